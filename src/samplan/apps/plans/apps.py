from typing import Any

from django.apps import AppConfig
from django.urls import reverse

from samplan.apps.plans.labels import ACTIVITY_FIELDS, HORIZONS, PHASES, PRECISIONS, ROW_FIELDS, SHAPES
from samplan.base.audit.labels import know, know_names
from samplan.base.files.holders import Holder, hold_files
from samplan.domain.access import Permission

M = Permission.MANAGE_PLAN
# Rows of a plan that files are kept at, by their names in addresses.
ROWS_WITH_FILES = {
    "dokument": "plans.steeringdocument", "tjanst": "plans.post", "stod": "plans.offer", "uppdrag": "plans.assignment",
    "handelse": "plans.happening", "pilot": "plans.pilot",
}  # fmt: skip


def _whole(thing: Any, _year: int) -> str:
    plan = getattr(thing, "plan", thing)
    return reverse("plans:whole", args=[plan.county, plan.year, plan.uid])


def _activity(thing: Any, _year: int) -> str:
    return reverse("plans:activity", args=[thing.county, thing.plan.year, thing.uid])


class PlansConfig(AppConfig):
    name = "samplan.apps.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        know({"phase": PHASES, "precision": PRECISIONS, "horizon": HORIZONS, "shape": SHAPES})
        know_names({**ROW_FIELDS, **ACTIVITY_FIELDS})
        hold_files(
            Holder("plan", "plans.plan", M, _whole),
            Holder("omrade", "plans.focusarea", M, _whole),
            Holder("insats", "plans.activity", M, _activity),
            *(Holder(slug, kind, M, _whole) for slug, kind in ROWS_WITH_FILES.items()),
        )
