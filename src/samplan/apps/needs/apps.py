from django.apps import AppConfig

from samplan.apps.needs.labels import FIELDS, NAMES, NEED_STATES, PROPOSAL_STATES
from samplan.base.audit.labels import STATES, know, know_names


class NeedsConfig(AppConfig):
    name = "samplan.apps.needs"
    label = "needs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        know_names({**FIELDS, **NAMES})
        know({"state": {**NEED_STATES, **PROPOSAL_STATES, **STATES}})
