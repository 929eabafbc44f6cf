from django.apps import AppConfig

from samplan.base.audit.labels import know_names
from samplan.edges.imports.slot_labels import TRACE_NAMES


class ImportsConfig(AppConfig):
    name = "samplan.edges.imports"
    label = "imports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        know_names(TRACE_NAMES)
