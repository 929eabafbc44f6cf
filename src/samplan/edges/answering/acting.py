"""Who stands before a report's form, and the addresses that its links and buttons lead to.

A page is drawn for an actor, not for a request's user: a signed-in person comes through the county's addresses, one
with a personal link through others, and both meet the same form.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from samplan.apps.directives.models import DirectiveShare
from samplan.apps.questionnaires.models import ReportRequest
from samplan.domain.access import Actor, Permission, may


@dataclass(frozen=True, slots=True)
class Addresses:
    """`page`: the form itself, which is read and posted to. An empty one: there is no such page for this person, and
    nothing leads to it."""

    page: str
    directive: str = ""
    back: str = ""
    back_title: str = ""


@dataclass(frozen=True, slots=True)
class Acting:
    """The actor, whether the report is of its own party, and its addresses."""

    actor: Actor
    own: bool
    addresses: Addresses


def with_account(actor: Actor, asked: ReportRequest, share: DirectiveShare | None) -> Acting:
    """A signed-in person in the county's rooms."""
    own = bool(may(actor, Permission.WRITE_REPORT, county=asked.county, organisation_id=asked.party.organisation_id))
    place = (asked.county, asked.year)
    return Acting(
        actor, own,
        Addresses(
            page=reverse("questionnaires:report", args=[*place, asked.number]),
            directive=reverse("directives:detail", args=[*place, share.directive.number]) if share else "",
            back=reverse("questionnaires:mine" if own else "questionnaires:board", args=place),
            back_title=_("Mina återrapporter") if own else _("Återrapporter"),
        ),
    )  # fmt: skip
