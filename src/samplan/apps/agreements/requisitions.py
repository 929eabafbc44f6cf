"""Who asks for which money, how far that has come, and where the amounts differ. Reads only; amounts in kronor."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404

from samplan.apps.agreements.models import Grant, Requisition
from samplan.apps.agreements.queries import get_grant_in, grants_with_history
from samplan.apps.orgs.models import Party
from samplan.apps.orgs.queries import in_order
from samplan.domain.access import Actor, Permission, Verdict, may
from samplan.domain.cycle import OWN_REQUISITION_MOVES, REQUISITION_MOVES, RequisitionStatus, step
from samplan.domain.money import Difference, along

Q = RequisitionStatus
DONE = frozenset({Q.SENT, Q.PAID, Q.RECEIVED, Q.DECLINED})


@dataclass(frozen=True, slots=True)
class Asked:
    """A recipient's money of a grant in force: what it was granted, and its request when there is one.

    `history`: row ids of the grant and all that it supersedes.
    """

    grant: Grant
    recipient: Party
    granted: int
    history: frozenset[int]
    row: Requisition | None = None

    @property
    def state(self) -> RequisitionStatus:
        return Q(self.row.state) if self.row else Q.TO_REQUEST

    @property
    def level(self) -> str:
        return self.grant.line.level

    @property
    def title(self) -> str:
        return self.grant.line.title or self.grant.line.section.title

    @property
    def in_common(self) -> str:
        """What it has in common with others of its level: the recipient, or what all municipalities get."""
        return self.title if self.level == "municipalities" else self.recipient.name

    @property
    def last_day(self) -> date | None:
        return self.grant.line.section.agreement.request_by

    @property
    def received(self) -> int:
        """Kronor that have come in."""
        return (self.row.received if self.row else None) or 0

    @property
    def made_up(self) -> bool:
        return self.grant.made_up or bool(self.row and self.row.made_up)

    def days_late(self, today: date) -> int:
        """Days after the last day that it was sent, or today when it is not; 0 in time, declined or without a day."""
        if self.last_day is None or self.state is Q.DECLINED:
            return 0
        sent = self.row.sent_on if self.row else None
        return max(0, ((sent or today) - self.last_day).days)

    def differences(self) -> tuple[Difference, ...]:
        """Every difference from the granted amount on, by name: "declined", "changed" (the grant was decided anew
        after the request), "requested", "paid", "received"."""
        if self.row is None:
            return ()
        if self.state is Q.DECLINED:
            return (Difference("declined", self.granted),) if self.granted else ()
        first = "requested" if self.row.grant_id == self.grant.pk else "changed"
        row = self.row
        return along([("granted", self.granted), (first, row.amount), ("paid", row.paid), ("received", row.received)])

    def may(self, actor: Actor, to: RequisitionStatus) -> Verdict:
        """Whether the actor may take the request there: the region's controller for the region and the county jointly,
        a municipality's own people for theirs."""
        if self.level == "municipalities":
            table, organisation = OWN_REQUISITION_MOVES, self.recipient.organisation_id
            return step(table, actor, self.state, to, county=self.grant.county, organisation_id=organisation)
        return step(REQUISITION_MOVES, actor, self.state, to, county=self.grant.county)


def handles(actor: Actor, level: str, recipient: Party) -> bool:
    """Whether the actor handles a recipient's money of that level: requests it, accounts for it, repays it."""
    if level == "municipalities":
        own = recipient.organisation_id
        return bool(may(actor, Permission.REQUEST_OWN_MONEY, county=recipient.county, organisation_id=own))
    return bool(may(actor, Permission.REQUEST_MONEY, county=recipient.county))


def _recipients(grant: Grant, parties: Iterable[Party]) -> list[tuple[Party, int | None]]:
    """Who gets a grant: the region (for the county jointly as well), or each municipality its computed part."""
    if grant.line.level != "municipalities":
        return [(party, None) for party in parties if party.role == "region"]
    parts = {part["code"]: part["amount"] for part in json.loads(grant.computation)["parts"]}
    return [(party, parts[party.code]) for party in parties if party.role == "municipality" and party.code in parts]


def asked_of(county: str, year: int) -> list[Asked]:
    """Every recipient's money of every grant in force, in the agreement's order; four queries.

    A grant that a revised agreement has left out comes with 0 kronor, as long as somebody had asked for it.
    """
    parties = in_order(Party.objects.filter(county=county, role__in=["region", "municipality"]))
    return asked_among(county, year, parties)


def asked_among(county: str, year: int, parties: list[Party]) -> list[Asked]:
    """As `asked_of`, with the county's parties at hand."""
    there: dict[int, dict[int, Requisition]] = {}
    for row in Requisition.objects.filter(county=county, grant__line__section__agreement__year=year):
        there.setdefault(row.grant_id, {})[row.recipient_id] = row
    found = []
    for grant, history, whole in grants_with_history(county, year):
        rows: dict[int, Requisition] = {}
        for pk in sorted(history):
            rows |= there.get(pk, {})
        for party, part in _recipients(grant, parties):
            granted = whole if part is None or not whole else part
            if granted or party.pk in rows:
                found.append(Asked(grant, party, granted, history, rows.get(party.pk)))
    return found


def get_asked_for(actor: Actor, *, county: str, year: int, uid: UUID, code: str) -> Asked:
    """One recipient's money of a grant, for one who may read the county or handles it; 404 otherwise."""
    grant = get_grant_in(county, year, uid)
    found = next((one for one in asked_of(county, year) if one.grant == grant and one.recipient.code == code), None)
    if found is None:
        raise Http404
    if not handles(actor, found.level, found.recipient) and not may(actor, Permission.READ_COUNTY, county=county):
        raise Http404
    return found
