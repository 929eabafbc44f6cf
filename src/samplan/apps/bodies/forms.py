"""What is typed about bodies and decisions. Checks and converts, never saves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samplan.apps.bodies.labels import KINDS, MANDATES, OUTCOMES
from samplan.apps.bodies.models import Body, Decision
from samplan.apps.bodies.operations import Point
from samplan.apps.orgs.models import Organisation
from samplan.base.ui.fields import DayField, LongText, OfferField, RowForm, WholeField, one_of
from samplan.base.ui.templatetags.samplan import day


class DecisionForm(forms.Form):
    """Who decided, when, and what the decision is called."""

    body = OfferField(label=gettext_lazy("Organ"), empty=gettext_lazy("Välj organ"))
    decided_on = DayField(label=gettext_lazy("Beslutsdag"))
    title = forms.CharField(label=gettext_lazy("Rubrik"), max_length=300)
    case_number = forms.CharField(label=gettext_lazy("Diarienummer"), max_length=60, required=False)
    supersedes = OfferField(
        label=gettext_lazy("Ersätter ett tidigare beslut"), empty=gettext_lazy("Nej, det är ett nytt beslut"),
        required=False,
        help_text=gettext_lazy("Det tidigare beslutet står kvar med en hänvisning hit, men bär inget nytt."),
    )  # fmt: skip

    def __init__(self, *args: Any, bodies: Iterable[Body], decisions: Iterable[Decision], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body"].offer(bodies)  # type: ignore[attr-defined]
        self.fields["supersedes"].offer(decisions, _decision_words)  # type: ignore[attr-defined]


def _decision_words(decision: Decision) -> str:
    return f"{day(decision.decided_on)}: {decision.title}"


class PointForm(RowForm):
    """One point of a decision."""

    said = ("text", "amount", "conditions")
    text = LongText(label=gettext_lazy("Vad som beslutades"), rows=3)
    kind = forms.ChoiceField(label=gettext_lazy("Gäller"), choices=one_of(MANDATES), initial="budget")
    outcome = forms.ChoiceField(label=gettext_lazy("Utfall"), choices=one_of(OUTCOMES), initial="approved")
    amount = WholeField(label=gettext_lazy("Belopp"), required=False)
    conditions = LongText(label=gettext_lazy("Villkor"), rows=2, required=False)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text.strip():
            raise forms.ValidationError(_("Skriv vad som beslutades."))
        return text

    def point(self) -> Point:
        given = self.cleaned_data
        return Point(
            given["kind"], given["text"].strip(), given["outcome"], given["amount"], given["conditions"].strip()
        )


class BodyForm(forms.Form):
    """A body, its place in the chain and what it may decide."""

    name = forms.CharField(label=gettext_lazy("Namn"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Slag"), choices=one_of(KINDS))
    parent = OfferField(
        label=gettext_lazy("Närmast över"), empty=gettext_lazy("Inget, det står överst"), required=False
    )
    remit = LongText(label=gettext_lazy("Uppdrag"), required=False)
    mandates = forms.MultipleChoiceField(
        label=gettext_lazy("Får besluta om"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(code, words) for code, words in MANDATES.items() if code != "other"],
    )  # fmt: skip
    valid_from = DayField(label=gettext_lazy("Från och med"))

    def __init__(self, *args: Any, bodies: Iterable[Body], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"].offer(bodies)  # type: ignore[attr-defined]


class SeatForm(forms.Form):
    """A place in a body, with or without a name."""

    function = forms.CharField(
        label=gettext_lazy("Funktion"), max_length=200, help_text=gettext_lazy("Till exempel socialchef.")
    )
    organisation = OfferField(label=gettext_lazy("Organisation"), empty=gettext_lazy("Ingen särskild"), required=False)
    person_name = forms.CharField(
        label=gettext_lazy("Namn"), max_length=200, required=False,
        help_text=gettext_lazy("Lämna tomt om namnet inte ska stå i registret, som för brukarrepresentanter."),
    )  # fmt: skip
    chair = forms.BooleanField(label=gettext_lazy("Ordförande"), required=False)
    votes = forms.BooleanField(label=gettext_lazy("Har rösträtt"), required=False, initial=True)
    valid_from = DayField(label=gettext_lazy("Från och med"), required=False)

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].offer(organisations)  # type: ignore[attr-defined]


class EndSeatForm(forms.Form):
    last_day = DayField(
        label=gettext_lazy("Sista dag"), help_text=gettext_lazy("Platsen gäller till och med den dagen.")
    )
