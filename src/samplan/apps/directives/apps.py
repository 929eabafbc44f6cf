from typing import Any

from django.apps import AppConfig
from django.urls import reverse

from samplan.base.files.holders import Holder, hold_files
from samplan.domain.access import Actor, Permission, may


def _reads(actor: Actor, directive: Any) -> bool:
    """The county's people, and once it is issued those who report for its parties."""
    if may(actor, Permission.READ_COUNTY, county=directive.county):
        return True
    parties = directive.shares.values_list("party__organisation_id", flat=True) if directive.state == "issued" else ()
    return any(may(actor, Permission.WRITE_REPORT, county=directive.county, organisation_id=one) for one in parties)


class DirectivesConfig(AppConfig):
    name = "samplan.apps.directives"
    label = "directives"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        hold_files(
            Holder(
                "direktiv", "directives.directive", Permission.MANAGE_DIRECTIVES,
                lambda one, _year: reverse("directives:detail", args=[one.county, one.plan.year, one.number]), _reads,
            )
        )  # fmt: skip
