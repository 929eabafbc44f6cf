from django.apps import AppConfig

from samplan.apps.questionnaires.labels import COSTS
from samplan.base.audit.labels import know


class QuestionnairesConfig(AppConfig):
    name = "samplan.apps.questionnaires"
    label = "questionnaires"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        know({"cost": COSTS})
