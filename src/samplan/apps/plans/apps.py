from django.apps import AppConfig

from samplan.apps.plans.labels import PHASES
from samplan.base.audit.labels import know


class PlansConfig(AppConfig):
    name = "samplan.apps.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        know({"phase": PHASES})
