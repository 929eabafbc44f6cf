"""Every move from × to × role, and the picture in the docs."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from samplan.domain import cycle
from samplan.domain.access import ORGANISATION_ROLES, STRANGER, WORKER, Actor, Assignment, Role, command_line
from samplan.domain.cycle import MOVES, Outcome, ReportStatus

COUNTY, NEIGHBOUR_COUNTY, PARTY, NEIGHBOUR_PARTY = "21", "20", 7, 8

# Written out by hand from requirement C9, apart from the code's table: who may send a request from where to where.
PARTY_WRITES = {
    "open": "draft nothing declined",
    "draft": "submitted nothing declined",
    "submitted": "draft",
    "nothing": "draft",
    "declined": "draft",
    "returned": "draft submitted nothing declined",
}
PARTY_APPROVES = {"submitted": "approved", "nothing": "approved", "declined": "approved"}
COORDINATES = {
    "open": "withdrawn",
    "draft": "withdrawn",
    "submitted": "accepted returned withdrawn",
    "nothing": "accepted returned withdrawn",
    "declined": "accepted returned withdrawn",
    "approved": "accepted returned withdrawn",
    "accepted": "returned",
    "returned": "withdrawn",
}
EXPECTED = {
    Role.PARTY_REPORTER: [PARTY_WRITES],
    Role.PARTY_APPROVER: [PARTY_WRITES, PARTY_APPROVES],
    Role.COORDINATOR: [COORDINATES],
}
PARTY_ROLES = ORGANISATION_ROLES


def holder(role: Role, county: str = COUNTY, party: int = PARTY) -> Actor:
    organisation = party if role in PARTY_ROLES else None
    return Actor(kind="account", name=role.value, assignments=(Assignment(role, county, organisation),))


def sent(actor: Actor, status: ReportStatus, to: ReportStatus, reason: str = "because", needs_approval: bool = False):
    return cycle.move(
        actor,
        status,
        to,
        county=COUNTY,
        organisation_id=PARTY,
        reason=reason,
        needs_approval=needs_approval,
    )


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("status", "to"), list(product(ReportStatus, ReportStatus)))
def test_every_move_for_every_role(role: Role, status: ReportStatus, to: ReportStatus) -> None:
    allowed = any(to in table.get(status, "").split() for table in EXPECTED.get(role, []))
    verdict = sent(holder(role), status, to)
    assert bool(verdict) is allowed
    assert verdict.code in (("",) if allowed else ("no_such_move", "forbidden"))


@pytest.mark.parametrize(("status", "to"), list(product(ReportStatus, ReportStatus)))
def test_nobody_from_outside_moves_anything(status: ReportStatus, to: ReportStatus) -> None:
    outsiders = [STRANGER, WORKER, command_line(NEIGHBOUR_COUNTY)]
    outsiders += [holder(role, county=NEIGHBOUR_COUNTY) for role in Role]
    outsiders += [holder(role, party=NEIGHBOUR_PARTY) for role in PARTY_ROLES]
    for outsider in outsiders:
        verdict = sent(outsider, status, to)
        assert verdict.code == ("forbidden" if to in MOVES[status] else "no_such_move")


@pytest.mark.parametrize("reason", ["", "   ", "\n\u00a0\t"])
@pytest.mark.parametrize(("status", "to"), [(s, to) for s, targets in MOVES.items() for to in targets])
def test_reasons_are_demanded_where_the_other_side_needs_one(
    status: ReportStatus, to: ReportStatus, reason: str
) -> None:
    everybody = Actor("account", "all", assignments=tuple(a for r in Role for a in holder(r).assignments))
    verdict = sent(everybody, status, to, reason=reason)
    assert verdict.code == ("reason_needed" if to in {"nothing", "declined", "returned"} else "")


@pytest.mark.parametrize("status", ["submitted", "nothing", "declined"])
def test_acceptance_waits_for_approval_where_the_party_demands_it(status: str) -> None:
    coordinator = holder(Role.COORDINATOR)
    waits = sent(coordinator, ReportStatus(status), ReportStatus.ACCEPTED, needs_approval=True)
    assert waits.code == "needs_approval"
    assert waits.params == {"status": status}
    assert sent(coordinator, ReportStatus(status), ReportStatus.ACCEPTED)
    assert sent(coordinator, ReportStatus.APPROVED, ReportStatus.ACCEPTED, needs_approval=True)
    assert sent(coordinator, ReportStatus(status), ReportStatus.RETURNED, needs_approval=True)


def test_a_missing_permission_is_told_before_a_missing_reason() -> None:
    assert sent(holder(Role.READER), ReportStatus.ACCEPTED, ReportStatus.RETURNED, reason="").code == "forbidden"


def test_unknown_status_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="late"):
        cycle.move(STRANGER, "late", "open", county=COUNTY, organisation_id=PARTY)


def test_offers_are_the_moves_that_would_be_let_through() -> None:
    for role, status, needs_approval in product(Role, ReportStatus, (True, False)):
        actor = holder(role)
        offered = cycle.offers(actor, status, county=COUNTY, organisation_id=PARTY, needs_approval=needs_approval)
        assert set(offered) == {to for to in ReportStatus if sent(actor, status, to, needs_approval=needs_approval)}


def test_returned_from_every_state_later_than_draft() -> None:
    later = [s for s in ReportStatus if s not in {"open", "draft", "returned", "withdrawn"}]
    assert [s for s in MOVES if "returned" in MOVES[s]] == later


@pytest.mark.parametrize(
    ("status", "writes", "has_answered"),
    [
        ("open", True, False),
        ("draft", True, False),
        ("submitted", False, True),
        ("nothing", False, True),
        ("declined", False, True),
        ("approved", False, True),
        ("accepted", False, True),
        ("returned", True, False),
        ("withdrawn", False, False),
    ],
)
def test_who_writes_and_who_has_answered(status: str, writes: bool, has_answered: bool) -> None:
    assert cycle.editable(status) is writes
    assert cycle.answered(status) is has_answered


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("draft", Outcome.NONE),
        ("draft submitted approved accepted", Outcome.REPORTED),
        ("nothing accepted", Outcome.NOTHING),
        ("declined approved accepted returned", Outcome.DECLINED),
        ("declined returned draft submitted accepted", Outcome.REPORTED),
        ("draft submitted draft", Outcome.NONE),
    ],
)
def test_the_kind_of_answer_survives_acceptance(path: str, outcome: Outcome) -> None:
    status, kept = ReportStatus.OPEN, Outcome.NONE
    for to in path.split():
        assert to in MOVES[status]
        status, kept = ReportStatus(to), cycle.outcome_after(to, kept)
    assert kept is outcome


TABLES = {
    "report": (MOVES, {"withdrawn"}),
    "directive": (cycle.DIRECTIVE_MOVES, {"superseded", "withdrawn"}),
    "allocation": (cycle.ALLOCATION_MOVES, {"superseded"}),
    "year report": (cycle.YEAR_REPORT_MOVES, {"superseded"}),
    "submission": (cycle.SUBMISSION_MOVES, {"superseded"}),
    "requisition": (cycle.REQUISITION_MOVES, set()),
    "own requisition": (cycle.OWN_REQUISITION_MOVES, set()),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_status_can_be_reached_and_the_ends_are_the_ends(name: str) -> None:
    table, ends = TABLES[name]
    assert set(table) == set(type(next(iter(table))))
    reached, todo = set(), [next(iter(table))]
    while todo:
        status = todo.pop()
        if status not in reached:
            reached.add(status)
            todo += table[status]
    assert reached == set(table)
    assert {status for status, targets in table.items() if not targets} == ends


OTHER_MOVES = {
    ("directive", "draft", "issued"): {Role.COORDINATOR},
    ("directive", "draft", "withdrawn"): {Role.COORDINATOR},
    ("directive", "issued", "superseded"): {Role.COORDINATOR},
    ("directive", "issued", "withdrawn"): {Role.COORDINATOR},
    ("allocation", "draft", "frozen"): {Role.COORDINATOR, Role.SECRETARY},
    ("allocation", "frozen", "superseded"): {Role.COORDINATOR, Role.SECRETARY},
    ("submission", "not_begun", "ready"): {Role.COORDINATOR},
    ("submission", "ready", "not_begun"): {Role.COORDINATOR},
    ("submission", "ready", "sent"): {Role.COORDINATOR},
    ("submission", "sent", "receipted"): {Role.COORDINATOR},
    ("submission", "sent", "superseded"): {Role.COORDINATOR},
    ("submission", "receipted", "superseded"): {Role.COORDINATOR},
    ("year report", "draft", "approved"): {Role.COORDINATOR, Role.SECRETARY},
    ("year report", "approved", "published"): {Role.COORDINATOR, Role.PUBLISHER},
    ("year report", "approved", "superseded"): {Role.COORDINATOR},
    ("year report", "published", "superseded"): {Role.COORDINATOR},
}


@pytest.mark.parametrize("name", ["directive", "allocation", "year report"])
def test_the_county_tables_from_to_and_role(name: str) -> None:
    table, _ends = TABLES[name]
    for status, to, role in product(table, table, Role):
        allowed = role in OTHER_MOVES.get((name, status.value, to.value), set())
        assert bool(cycle.step(table, holder(role), status, to, county=COUNTY)) is allowed
        assert not cycle.step(table, holder(role, county=NEIGHBOUR_COUNTY), status, to, county=COUNTY)
        assert not cycle.step(table, STRANGER, status, to, county=COUNTY)


# By hand from requirement C2.
REQUISITION = {
    "to_request": "signed declined",
    "signed": "sent to_request",
    "sent": "paid signed",
    "paid": "received sent",
    "received": "paid",
    "declined": "to_request",
}


@pytest.mark.parametrize(
    ("name", "allowed"), [("requisition", Role.CONTROLLER), ("own requisition", Role.PARTY_CONTROLLER)]
)
def test_a_request_for_money_from_to_and_role(name: str, allowed: Role) -> None:
    table, _ends = TABLES[name]
    for status, to, role in product(table, table, Role):
        granted = role is allowed and to.value in REQUISITION[status.value].split()
        assert bool(cycle.step(table, holder(role), status, to, county=COUNTY, organisation_id=PARTY)) is granted
        for outsider in (holder(role, county=NEIGHBOUR_COUNTY), STRANGER):
            assert not cycle.step(table, outsider, status, to, county=COUNTY, organisation_id=PARTY)
    assert not cycle.step(
        cycle.OWN_REQUISITION_MOVES, holder(Role.PARTY_CONTROLLER, party=NEIGHBOUR_PARTY), cycle.Q.SIGNED, cycle.Q.SENT,
        county=COUNTY, organisation_id=PARTY,
    )  # fmt: skip


def test_what_takes_a_step_back() -> None:
    back = {(s, to) for s, targets in cycle.REQUISITION_MOVES.items() for to in targets if cycle.takes_back(s, to)}
    assert {(s.value, to.value) for s, to in back} == {
        ("signed", "to_request"), ("sent", "signed"), ("paid", "sent"), ("received", "paid"),
        ("declined", "to_request"),
    }  # fmt: skip


def test_diagram_shows_beginning_moves_and_ends() -> None:
    assert cycle.diagram(cycle.ALLOCATION_MOVES) == (
        "stateDiagram-v2\n"
        "    [*] --> draft\n"
        "    draft --> frozen: decide\n"
        "    frozen --> superseded: decide\n"
        "    superseded --> [*]\n"
    )


def test_the_reference_page_is_current() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "states.md"
    assert page.read_text(encoding="utf-8") == cycle.states_page()
