"""Who stands before a report's form, and the addresses that its links and buttons lead to.

A page is drawn for an actor, not for a request's user: a signed-in person comes through the county's addresses, one
with a personal link through others, and both meet the same form.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from samplan.apps.directives.models import DirectiveShare
from samplan.apps.questionnaires.models import HandedPart, ReportRequest
from samplan.domain.access import Actor, Permission, may
from samplan.domain.cycle import editable
from samplan.domain.handing import PartStatus


@dataclass(frozen=True, slots=True)
class Addresses:
    """`page`: the form itself, read and posted to; `save`: what scripts post to. An empty one, or no `part`: there is
    no such page for this person, and nothing leads to it. `letter` and `leave` are for who has come through a link."""

    page: str
    save: str
    preview: str = ""
    hand: str = ""
    paper: str = ""
    directive: str = ""
    back: str = ""
    back_title: str = ""
    letter: str = ""
    leave: str = ""
    part: Callable[[UUID], str] | None = None


@dataclass(frozen=True, slots=True)
class Acting:
    """`own`: the report is of the actor's own party. `part`: all that this person sees of it. `person` tells people
    in one browser apart, and nobody else."""

    actor: Actor
    own: bool
    addresses: Addresses
    person: str
    part: HandedPart | None = None

    def writes(self, asked: ReportRequest) -> bool:
        """Whether there is anything for this person to write in now."""
        if self.part is not None:
            return editable(asked.state) and self.part.state == PartStatus.OUT
        return self.own and editable(asked.state)


def with_account(actor: Actor, person: str, asked: ReportRequest, share: DirectiveShare | None) -> Acting:
    """A signed-in person in the county's rooms."""
    own = bool(may(actor, Permission.WRITE_REPORT, county=asked.county, organisation_id=asked.party.organisation_id))
    place = (asked.county, asked.year)
    here = [*place, asked.number]
    return Acting(
        actor, own,
        Addresses(
            page=reverse("questionnaires:report", args=here), save=reverse("questionnaires:save", args=here),
            preview=reverse("questionnaires:preview", args=here) if own else "",
            hand=reverse("questionnaires:hand", args=here) if own else "",
            paper=reverse("questionnaires:paper", args=here) if own else "",
            directive=reverse("directives:detail", args=[*place, share.directive.number]) if share else "",
            back=reverse("questionnaires:mine" if own else "questionnaires:board", args=place),
            back_title=_("Mina återrapporter") if own else _("Återrapporter"),
            part=lambda uid: reverse("questionnaires:part", args=[*here, uid]),
        ),
        person,
    )  # fmt: skip


def with_part(actor: Actor, person: str, part: HandedPart) -> Acting:
    """A signed-in colleague who has been handed a part of a report."""
    asked = part.request
    here = [asked.county, asked.year, asked.number, part.uid]
    own = bool(may(actor, Permission.WRITE_REPORT, county=asked.county, organisation_id=asked.party.organisation_id))
    return Acting(
        actor, own,
        Addresses(
            page=reverse("questionnaires:part", args=here), save=reverse("questionnaires:save_part", args=here),
            back=reverse("questionnaires:mine", args=here[:2]), back_title=_("Mina återrapporter"),
        ),
        person, part,
    )  # fmt: skip
