from django.apps import AppConfig

from samplan.apps.orgs.labels import ROLES
from samplan.base.audit.labels import know


class OrgsConfig(AppConfig):
    name = "samplan.apps.orgs"
    label = "orgs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        know({"role": ROLES})
