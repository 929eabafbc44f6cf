from django.apps import AppConfig

from samplan.apps.bodies.labels import MANDATES
from samplan.base.audit.labels import know


class BodiesConfig(AppConfig):
    name = "samplan.apps.bodies"
    label = "bodies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        know({"mandates": MANDATES})
