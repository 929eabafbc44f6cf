from django.apps import AppConfig

from samplan.apps.indicators.labels import DIRECTIONS, NAMES, SEXES
from samplan.base.audit.labels import know, know_names


class IndicatorsConfig(AppConfig):
    name = "samplan.apps.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        know({"direction": DIRECTIONS, "sex": SEXES})
        know_names(NAMES)
