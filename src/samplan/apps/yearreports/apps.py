from django.apps import AppConfig

from samplan.apps.yearreports.labels import NAMES
from samplan.base.audit.labels import know_names


class YearreportsConfig(AppConfig):
    name = "samplan.apps.yearreports"
    label = "yearreports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        know_names(NAMES)
