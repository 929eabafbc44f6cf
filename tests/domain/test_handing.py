"""From × to × side, and who stands on which side."""

from __future__ import annotations

import itertools

import pytest

from samplan.domain.access import ROLES, STRANGER, Actor, Assignment, Permission, Role
from samplan.domain.handing import PART_MOVES, PartStatus, Side, move_part, sides

UID = "6f0e"
MAY = {
    (PartStatus.OUT, PartStatus.DONE, Side.HOLDER),
    (PartStatus.OUT, PartStatus.TAKEN_BACK, Side.GIVER),
    (PartStatus.DONE, PartStatus.OUT, Side.GIVER),
    (PartStatus.DONE, PartStatus.OUT, Side.HOLDER),
}


def stands(actor: Actor, **changes: object) -> frozenset[Side]:
    where: dict[str, object] = {"county": "21", "organisation_id": 7, "account_id": 3, "uid": UID} | changes
    return sides(actor, **where)  # type: ignore[arg-type]


@pytest.mark.parametrize(("status", "to", "side"), list(itertools.product(PartStatus, PartStatus, Side)))
def test_every_move_by_every_side(status: PartStatus, to: PartStatus, side: Side) -> None:
    verdict = move_part(frozenset({side}), status, to)
    assert bool(verdict) == ((status, to, side) in MAY)
    if not verdict:
        assert verdict.code == ("forbidden" if to in PART_MOVES[status] else "no_such_move")
    assert move_part(frozenset(), status, to).code == "forbidden"


@pytest.mark.parametrize("role", list(Role))
def test_a_writer_of_the_party_gives_whatever_else_it_is(role: Role) -> None:
    actor = Actor("account", "X", 9, (Assignment(role, "21", 7),))
    assert (Side.GIVER in stands(actor)) == (Permission.WRITE_REPORT in ROLES[role])
    assert not stands(Actor("account", "X", 9, (Assignment(Role.PARTY_REPORTER, "25", 7),)))
    assert not stands(Actor("account", "X", 9, (Assignment(Role.PARTY_REPORTER, "21", 8),)))


def test_the_holder_is_the_account_while_it_is_of_the_party_or_comes_by_the_parts_link() -> None:
    of_the_party = (Assignment(Role.PARTY_CONTROLLER, "21", 7),)
    assert stands(Actor("account", "Ekonom", 3, of_the_party)) == {Side.HOLDER}
    assert not stands(Actor("account", "Annan", 4, of_the_party))
    assert not stands(Actor("account", "Slutat", 3))
    assert not stands(STRANGER, account_id=None)
    assert stands(Actor("link", "Gäst", parts=frozenset({UID}))) == {Side.HOLDER}
    assert not stands(Actor("link", "Gäst", parts=frozenset({"annan"})))
