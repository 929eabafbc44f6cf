"""A part of a report in a colleague's hands: who may move it where.

The giver is whoever writes the report for its party; the holder is who the part was handed to. Somebody who is both may
do what either may.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from samplan.domain.access import YES, Actor, Permission, Verdict, may


class PartStatus(StrEnum):
    """`out`: the colleague may write; `done`: the colleague says that it is answered; `taken_back` ends it."""

    OUT = "out"
    DONE = "done"
    TAKEN_BACK = "taken_back"


class Side(StrEnum):
    GIVER = "giver"
    HOLDER = "holder"


S, G, H = PartStatus, Side.GIVER, Side.HOLDER

# Who said "klart" too early opens the part again; so does the giver who wants more. A part that was taken back stays
# so: the same questions can be handed over anew.
PART_MOVES: Mapping[PartStatus, Mapping[PartStatus, frozenset[Side]]] = {
    S.OUT: {S.DONE: frozenset({H}), S.TAKEN_BACK: frozenset({G})},
    S.DONE: {S.OUT: frozenset({G, H})},
    S.TAKEN_BACK: {},
}


def sides(
    actor: Actor, *, county: str, organisation_id: int | None, account_id: int | None, uid: str
) -> frozenset[Side]:
    """On which sides of a part the actor stands: a party's writer gives; the account it was handed to, while it has a
    role in the party, or who came by the part's own link, holds it."""
    found = set()
    if may(actor, Permission.WRITE_REPORT, county=county, organisation_id=organisation_id):
        found.add(G)
    of_the_party = any(held.county == county and held.organisation_id == organisation_id for held in actor.assignments)
    if (account_id is not None and actor.account_id == account_id and of_the_party) or uid in actor.parts:
        found.add(H)
    return frozenset(found)


def move_part(stands: frozenset[Side], status: PartStatus | str, to: PartStatus | str) -> Verdict:
    """Whether somebody on these sides may move a part. No: "no_such_move" (`status`, `to`) or "forbidden"."""
    status, to = PartStatus(status), PartStatus(to)
    if not stands:
        return Verdict(False, "forbidden")
    allowed = PART_MOVES[status].get(to)
    if allowed is None:
        return Verdict(False, "no_such_move", {"status": status.value, "to": to.value})
    return YES if stands & allowed else Verdict(False, "forbidden")
