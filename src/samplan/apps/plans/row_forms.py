"""Forms for the small rows of a plan, made from the columns that `operations.rows.ROWS` gives each kind."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy

from samplan.apps.bodies.queries import bodies_of
from samplan.apps.orgs.models import Party
from samplan.apps.plans.labels import (
    ASSIGNMENT_STATES,
    DOCUMENT_KINDS,
    HORIZONS,
    PICTURE_PLACES,
    PILOT_STATES,
    PRECISIONS,
    ROW_FIELDS,
    SHAPES,
)
from samplan.apps.plans.models import Activity, FocusArea, FrameworkGoal, Plan
from samplan.apps.plans.operations.rows import ROWS, Owner
from samplan.base.kernel.fields import CodeField
from samplan.base.ui.fields import DayField, LongText, OfferField, OffersField, one_of

CHOICES: dict[str, Any] = {
    "goal.horizon": HORIZONS, "steeringdocument.kind": DOCUMENT_KINDS, "assignment.state": ASSIGNMENT_STATES,
    "pilot.state": PILOT_STATES, "happening.precision": PRECISIONS,
    "activitymilestone.precision": {code: PRECISIONS[code] for code in ("day", "month")},
}  # fmt: skip


class RowKindForm(forms.Form):
    """One row of a kind; what it may point at is what belongs to the same plan or county as its owner."""

    def __init__(self, *args: Any, kind: str, owner: Owner, **options: Any) -> None:
        super().__init__(*args, **options)
        what = ROWS[kind]
        for name in what.fields:
            column = what.model._meta.get_field(name)
            if name == "number" and what.counted == "number":
                continue
            field = self._field(what.model, name, column, owner)
            field.label = ROW_FIELDS[name]
            field.required = name in what.demanded
            self.fields[name] = field

    def _field(self, model: type[Any], name: str, column: Any, owner: Owner) -> Any:
        if column.is_relation:
            rows = _rows_near(name, owner)
            made: Any = OffersField() if column.many_to_many else OfferField(empty=gettext_lazy("Inget"))
            if name in {"activities", "activity"}:
                made.offer(rows, lambda one: f"{one.number} {one.title}")
            else:
                made.offer(rows)
            return made
        if isinstance(column, CodeField):
            return forms.ChoiceField(choices=one_of(CHOICES[f"{model._meta.model_name}.{name}"]))
        if isinstance(column, models.TextField):
            return LongText(rows=4)
        if isinstance(column, models.DateField):
            return DayField()
        if isinstance(column, models.BooleanField):
            return forms.BooleanField()
        if isinstance(column, models.IntegerField):
            number = forms.NumberInput(attrs={"class": "input--short"})
            return forms.IntegerField(min_value=0, max_value=32_767, widget=number)
        if isinstance(column, models.URLField):
            return forms.URLField(max_length=500, assume_scheme="https")
        return forms.CharField(max_length=column.max_length)

    @staticmethod
    def initial_of(kind: str, row: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name in ROWS[kind].fields:
            column = row._meta.get_field(name)
            if column.many_to_many:
                found[name] = [str(one.uid) for one in getattr(row, name).all()]
            elif column.is_relation:
                other = getattr(row, name)
                found[name] = str(other.uid) if other else ""
            else:
                found[name] = getattr(row, name)
        return found


def _rows_near(name: str, owner: Owner) -> Any:
    plan = owner.pk if isinstance(owner, Plan) else getattr(owner, "plan_id", None)
    if name == "area":
        return FocusArea.objects.filter(plan=plan)
    if name in {"activity", "activities"}:
        return Activity.objects.filter(plan=plan)
    if name == "body":
        return bodies_of(owner.county)
    if name == "party":
        return Party.objects.filter(county=owner.county).order_by("code")
    return FrameworkGoal.objects.filter(framework__uid=owner.uid)


class PlanSettingsForm(forms.Form):
    """What a plan is called, whose shape it has, and what stands on its cover."""

    title = forms.CharField(label=gettext_lazy("Planens namn"), max_length=300)
    year_to = forms.IntegerField(label=gettext_lazy("Sista året"), min_value=2000, max_value=2099)
    shape = forms.ChoiceField(label=gettext_lazy("Form"), choices=one_of(SHAPES), widget=forms.RadioSelect)
    subject = forms.CharField(label=gettext_lazy("Ämne, om planen gäller en del"), max_length=100, required=False)
    motto = forms.CharField(label=gettext_lazy("Motto på omslaget"), max_length=300, required=False)
    dated_on = DayField(label=gettext_lazy("Datum på omslaget"), required=False)
    case_number = forms.CharField(label=gettext_lazy("Diarienummer"), max_length=100, required=False)


class NewPlanForm(PlanSettingsForm):
    """A plan of the county jointly, of the region or of a municipality."""

    owner = OfferField(label=gettext_lazy("Vems plan"), empty=gettext_lazy("Länets gemensamma"), required=False)
    year = forms.IntegerField(label=gettext_lazy("Första året"), min_value=2000, max_value=2099)

    def __init__(self, *args: Any, owners: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].offer(owners)  # type: ignore[attr-defined]
        self.order_fields(["owner", "title", "year", "year_to", "shape"])


class PictureForm(forms.Form):
    """What a picture shows. The file only when it is new."""

    alt = LongText(label=gettext_lazy("Vad bilden visar, för den som inte ser den"), rows=3)
    caption = LongText(
        label=gettext_lazy("Bildtext"), rows=2, required=False,
        help_text=gettext_lazy("Visas inte på omslaget."),
    )  # fmt: skip
    place = forms.ChoiceField(
        label=gettext_lazy("Plats"), choices=one_of(PICTURE_PLACES), widget=forms.RadioSelect, initial="text",
    )  # fmt: skip


class NewPictureForm(PictureForm):
    picture = forms.FileField(
        label=gettext_lazy("Bild"), help_text=gettext_lazy("PNG, JPEG eller SVG, högst 5 MB."),
    )  # fmt: skip
    chapter = OfferField(label=gettext_lazy("Kapitel"), empty=gettext_lazy("Inget"), required=False)
    area = OfferField(label=gettext_lazy("Område"), empty=gettext_lazy("Inget"), required=False)

    def __init__(self, *args: Any, plan: Plan, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["chapter"].offer(plan.texts.all())  # type: ignore[attr-defined]
        self.fields["area"].offer(plan.areas.all())  # type: ignore[attr-defined]
        self.order_fields(["picture", "alt", "place", "chapter", "area", "caption"])


class ChapterForm(forms.Form):
    """A new chapter of running text."""

    kind = forms.ChoiceField(label=gettext_lazy("Slag"))
    parent = OfferField(label=gettext_lazy("Del av kapitlet"), empty=gettext_lazy("Ett eget kapitel"), required=False)
    party = OfferField(label=gettext_lazy("Handlar om parten"), empty=gettext_lazy("Ingen särskild"), required=False)
    title = forms.CharField(label=gettext_lazy("Rubrik"), max_length=300)
    text = LongText(label=gettext_lazy("Text"), rows=14, required=False)

    def __init__(self, *args: Any, plan: Plan, kinds: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = one_of(kinds)  # type: ignore[attr-defined]
        self.fields["parent"].offer(plan.texts.filter(parent=None))  # type: ignore[attr-defined]
        parties = Party.objects.filter(county=plan.county).order_by("code")
        self.fields["party"].offer(parties)  # type: ignore[attr-defined]


class AreaTextForm(forms.Form):
    """The texts of an area there is."""

    title = forms.CharField(label=gettext_lazy("Rubrik"), max_length=300)
    text = LongText(label=gettext_lazy("Text"), rows=10, required=False)
    goal_fulfilment = LongText(label=gettext_lazy("Måluppfyllelse"), rows=6, required=False)
    next_steps = LongText(label=gettext_lazy("Planering"), rows=6, required=False)


class FrameworkForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Namn"), max_length=300)
    text = LongText(label=gettext_lazy("Om ramverket"), rows=4, required=False)
    url = forms.URLField(label=gettext_lazy("Adress"), max_length=500, required=False, assume_scheme="https")


class TiesForm(forms.Form):
    """What an area or activity is tied to."""

    sections = OffersField(label=gettext_lazy("Områden i överenskommelsen"), required=False)
    framework_goals = OffersField(label=gettext_lazy("Mål i ramverken"), required=False)
    lines = OffersField(label=gettext_lazy("Budgetposter som betalar insatsen"), required=False)
