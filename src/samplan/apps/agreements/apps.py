from django.apps import AppConfig

from samplan.apps.agreements.labels import GROUPS, KEYS, LEVY_NAMES, REQUISITION_NAMES, ROUNDINGS
from samplan.base.audit.labels import know, know_names


class AgreementsConfig(AppConfig):
    name = "samplan.apps.agreements"
    label = "agreements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        know({"key": KEYS, "group": GROUPS, "rounding": ROUNDINGS})
        know_names(REQUISITION_NAMES | LEVY_NAMES)
