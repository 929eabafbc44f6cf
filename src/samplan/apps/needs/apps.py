from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from samplan.apps.needs.labels import FIELDS
from samplan.base.audit.labels import know_names


class NeedsConfig(AppConfig):
    name = "samplan.apps.needs"
    label = "needs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        know_names({**FIELDS, "priority": _("Plats"), "origin": _("Visades av"), "grant": _("Medel")})
