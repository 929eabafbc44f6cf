from django.apps import AppConfig

from samplan.apps.plans.labels import ACTIVITY_FIELDS, HORIZONS, PHASES, PRECISIONS, ROW_FIELDS, SHAPES
from samplan.base.audit.labels import know, know_names


class PlansConfig(AppConfig):
    name = "samplan.apps.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        know({"phase": PHASES, "precision": PRECISIONS, "horizon": HORIZONS, "shape": SHAPES})
        know_names({**ROW_FIELDS, **ACTIVITY_FIELDS})
