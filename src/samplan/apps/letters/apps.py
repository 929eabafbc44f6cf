from django.apps import AppConfig

from samplan.apps.letters.labels import NAMES, PURPOSES, STEPS, WAYS
from samplan.base.audit.labels import know, know_names


class LettersConfig(AppConfig):
    name = "samplan.apps.letters"
    label = "letters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        know_names(NAMES)
        know({"step": STEPS, "purpose": PURPOSES, "way": WAYS})
