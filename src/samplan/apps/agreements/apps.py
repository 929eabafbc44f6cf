from django.apps import AppConfig

from samplan.apps.agreements.labels import GROUPS, KEYS, ROUNDINGS
from samplan.base.audit.labels import know


class AgreementsConfig(AppConfig):
    name = "samplan.apps.agreements"
    label = "agreements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        know({"key": KEYS, "group": GROUPS, "rounding": ROUNDINGS})
