"""What is typed about needs and proposals. Checks and converts, never saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from samplan.apps.bodies.labels import OUTCOMES
from samplan.apps.needs.labels import FIELDS, NEED_STATES
from samplan.apps.needs.operations import TEXTS
from samplan.apps.plans.models import Activity
from samplan.base.ui.fields import DayField, LongText, OfferField, OffersField, WholeField, one_of


def _activity(activity: Activity) -> str:
    return f"{activity.plan.year}: {activity.number} {activity.title}"


class NeedForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Behovet, kort"), max_length=300)
    text = LongText(label=gettext_lazy("Mer om behovet"), rows=4, required=False)
    state = forms.ChoiceField(label=gettext_lazy("Läge"), choices=one_of(NEED_STATES), widget=forms.RadioSelect)
    area = OfferField(label=gettext_lazy("Område"), empty=gettext_lazy("Inget valt"), required=False)
    persons = WholeField(label=gettext_lazy("Antal personer som behovet gäller"), required=False)
    origin = LongText(label=gettext_lazy("Vad som visade det"), rows=2, required=False)
    activity = OfferField(
        label=gettext_lazy("Insats som visade det"), empty=gettext_lazy("Ingen insats"), required=False
    )
    municipalities = OffersField(label=gettext_lazy("Var"), required=False)
    framework_goals = OffersField(label=gettext_lazy("Mål i ramverken"), required=False)

    def __init__(self, *args: Any, parties: Any, goals: Any, areas: Any, activities: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area"].offer(areas)  # type: ignore[attr-defined]
        self.fields["activity"].offer(activities, _activity)  # type: ignore[attr-defined]
        self.fields["municipalities"].offer(parties)  # type: ignore[attr-defined]
        self.fields["framework_goals"].offer(goals, lambda goal: goal.in_full)  # type: ignore[attr-defined]


class FromAnswerForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Behovet, kort"), max_length=300)
    text = LongText(label=gettext_lazy("Mer om behovet"), rows=4, required=False)
    state = forms.ChoiceField(label=gettext_lazy("Läge"), choices=one_of(NEED_STATES), widget=forms.RadioSelect)
    year = forms.IntegerField(label=gettext_lazy("Behov för året"), min_value=2000, max_value=2099)


class ProposalForm(forms.Form):
    """A proposal as far as it has come: only the title is needed to save it."""

    title = forms.CharField(label=gettext_lazy("Förslaget, kort"), max_length=300)
    working_group = OfferField(label=gettext_lazy("Arbetsgrupp"), empty=gettext_lazy("Ingen vald"), required=False)
    decided_by = OfferField(label=gettext_lazy("Vem som beslutar"), empty=gettext_lazy("Inget valt"), required=False)
    cost = WholeField(label=gettext_lazy("Kostnad i kronor"), required=False)
    grant = OfferField(label=gettext_lazy("Ur vilka medel"), empty=gettext_lazy("Inte sagt"), required=False)
    points = LongText(
        label=gettext_lazy("Punkter, en på varje rad"), rows=4, required=False,
        help_text=gettext_lazy("Till exempel: att anställa en samordnare."),
    )  # fmt: skip
    activity = OfferField(
        label=gettext_lazy("Insats som det gäller"), empty=gettext_lazy("Ingen, det är något nytt"), required=False
    )
    needs = OffersField(label=gettext_lazy("Behov som förslaget svarar mot"), required=False)
    municipalities = OffersField(label=gettext_lazy("Var"), required=False)

    def __init__(
        self, *args: Any, bodies: Any, grants: Any, needs: Any, parties: Any, activities: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["activity"].offer(activities, _activity)  # type: ignore[attr-defined]
        rows = list(bodies)
        self.fields["working_group"].offer(rows)  # type: ignore[attr-defined]
        self.fields["decided_by"].offer(rows)  # type: ignore[attr-defined]
        self.fields["grant"].offer(  # type: ignore[attr-defined]
            grants, lambda grant: grant.line.title or grant.line.section.title
        )
        self.fields["needs"].offer(needs)  # type: ignore[attr-defined]
        self.fields["municipalities"].offer(parties)  # type: ignore[attr-defined]
        for name in TEXTS:
            self.fields[name] = LongText(label=FIELDS[name], rows=3, required=False)

    def values(self) -> dict[str, Any]:
        """As `write_proposal` wants them."""
        given = dict(self.cleaned_data)
        given["texts"] = {name: given.pop(name) for name in TEXTS}
        given["points"] = given["points"].splitlines()
        return given


class DecideForm(forms.Form):
    decided_on = DayField(label=gettext_lazy("Beslutsdag"))
    case_number = forms.CharField(label=gettext_lazy("Diarienummer"), max_length=100, required=False)

    def __init__(self, *args: Any, points: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.points = [f"point-{point.number}" for point in points]
        for point in points:
            self.fields[f"point-{point.number}"] = forms.ChoiceField(
                label=f"{point.number}. {point.text}", choices=one_of(OUTCOMES), widget=forms.RadioSelect
            )

    def outcomes(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.points]


class IntoActivityForm(forms.Form):
    area = OfferField(label=gettext_lazy("Område"), empty=gettext_lazy("Välj område"))
    number = forms.CharField(label=gettext_lazy("Nummer"), max_length=20)
