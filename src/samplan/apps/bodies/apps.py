from django.apps import AppConfig
from django.urls import reverse

from samplan.apps.bodies.labels import MANDATES
from samplan.base.audit.labels import know
from samplan.base.files.holders import Holder, hold_files
from samplan.domain.access import Permission


class BodiesConfig(AppConfig):
    name = "samplan.apps.bodies"
    label = "bodies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        know({"mandates": MANDATES})
        hold_files(
            Holder(
                "beslut", "bodies.decision", Permission.DECIDE,
                lambda decision, year: reverse("bodies:decision", args=[decision.county, year, decision.uid]),
            )
        )  # fmt: skip
