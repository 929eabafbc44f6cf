from django.apps import AppConfig

from samplan.apps.spending.labels import NAMES
from samplan.base.audit.labels import know_names


class SpendingConfig(AppConfig):
    name = "samplan.apps.spending"
    label = "spending"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        know_names(NAMES)
