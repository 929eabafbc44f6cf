"""Grants, allocations and budgets through the database: to the krona, frozen at a decision, only superseded."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from typing import Any

import pytest

from samplan.apps.agreements.models import Allocation, Grant
from samplan.apps.agreements.operations.money import (
    How,
    NewLine,
    NewSection,
    change_allocation,
    compute_grants,
    create_agreement,
    decide_grant,
    draft_allocation,
    freeze_allocation,
)
from samplan.apps.agreements.queries import grants_with_history
from samplan.apps.bodies.operations import Point, add_body, record_decision
from samplan.apps.orgs import official
from samplan.apps.orgs.models import Party
from samplan.apps.plans.models import BudgetLine
from samplan.apps.plans.operations.budget import Line, decide_budget
from samplan.apps.plans.operations.plans import create_plan
from samplan.apps.plans.queries import allocations_unused, lines_of_grant, successors
from samplan.domain.access import Actor, Assignment, Role, command_line
from samplan.domain.allocation import Rounding
from samplan.domain.allocation_keys import Equal, FlatPopulation, Part, Population, Split
from samplan.domain.errors import Invalid, Refused
from samplan.domain.exact import parse_exact
from samplan.domain.facts import thaw
from tests.small_year import AT, BOSS, load_places

NEIGHBOUR = Actor("account", "Grannen", 1, (Assignment(Role.COORDINATOR, "25"),))


@pytest.fixture
def places(db: Any) -> None:
    load_places()


def agreement_of(*lines: NewLine) -> Any:
    section = NewSection("1", "halsa", "Hälsa", lines)
    return create_agreement(
        by=BOSS, at=AT, year=2024, title="Överenskommelse", parties="Staten och SKR", state="signed", sections=[section]
    )


def grants(county: str, *lines: NewLine) -> dict[str, Grant]:
    made = compute_grants(by=BOSS, at=AT, county=county, agreement=agreement_of(*lines), population_on=official.ON_DATE)
    return {grant.line.level: grant for grant in made}


def points(county: str = "21", kinds: tuple[str, ...] = ("budget", "budget")) -> list[Any]:
    body = add_body(
        by=BOSS,
        at=AT,
        county=county,
        name="Ledning",
        kind="steering_group",
        mandates=[("budget", date(2023, 1, 1), None)],
    )
    decision = record_decision(
        by=BOSS,
        at=AT,
        body=body,
        decided_on=date(2024, 2, 1),
        title="Medel",
        points=[Point(kind, "Ja.") for kind in kinds],
    )
    return list(decision.points.order_by("number"))


def test_a_grant_is_the_countys_share_to_the_krona(places: None) -> None:
    """Independent arithmetic from the official figures: the country's sum divided by people, halves up."""
    people = {row.area_code: row.persons for row in official.population()}
    counties = {code: persons for code, persons in people.items() if len(code) == 2}
    towns = {code: persons for code, persons in people.items() if len(code) == 4}
    made = grants(
        "21",
        NewLine("joint", 160_000_000, Population()),
        NewLine("region", 168_000_000, FlatPopulation(3_000_000)),
        NewLine("municipalities", 250_000_000, Population()),
    )

    def nearest(amount: int, part: int, whole: int) -> int:
        return (2 * amount * part + whole) // (2 * whole)

    country = sum(counties.values())
    assert made["joint"].amount == nearest(160_000_000, counties["21"], country)
    assert made["region"].amount == 3_000_000 + nearest(168_000_000 - 63_000_000, counties["21"], country)
    mine = [nearest(250_000_000, n, sum(towns.values())) for code, n in towns.items() if code.startswith("21")]
    assert len(mine) == 10
    assert made["municipalities"].amount == sum(mine)
    computation = json.loads(made["municipalities"].computation)
    assert sum(part["amount"] for part in computation["parts"]) == made["municipalities"].amount


def test_a_decided_amount_supersedes_and_nothing_is_overwritten(places: None) -> None:
    first = grants("21", NewLine("joint", 160_000_000, Population()))["joint"]
    decided = decide_grant(by=BOSS, at=AT, grant=first, amount=first.amount - 3, reason="Utbetalt belopp")
    assert (decided.computed, decided.supersedes) == (first.amount, first)
    assert Grant.objects.get(pk=first.pk).amount == first.amount
    with pytest.raises(Refused, match="already_superseded"):
        decide_grant(by=BOSS, at=AT, grant=first, amount=1)
    with pytest.raises(Refused, match="forbidden"):
        decide_grant(by=NEIGHBOUR, at=AT, grant=decided, amount=1)


def test_without_population_the_names_are_said(places: None) -> None:
    with pytest.raises(Invalid, match="population_missing"):
        compute_grants(
            by=BOSS, at=AT, county="21", agreement=agreement_of(NewLine("joint", 1, Population())),
            population_on=date(2001, 1, 1),
        )  # fmt: skip


def test_a_frozen_allocation_is_kept_as_it_was_decided(places: None) -> None:
    parties = list(Party.objects.filter(county="21"))
    inside = Split((
        Part("region", Equal(), percent=parse_exact("50", field="percent")),
        Part("municipality", Population(), percent=parse_exact("50", field="percent")),
    ))  # fmt: skip
    how = How(2_400_001, inside, Rounding.LARGEST_REMAINDER, official.ON_DATE)
    draft = draft_allocation(by=BOSS, at=AT, county="21", year=2024, title="Direktiv 3", how=how, parties=parties)
    assert sum(share.amount for share in draft.shares.all()) == 2_400_001
    point = points()[0]
    frozen = freeze_allocation(by=BOSS, at=AT, allocation=draft, decision_point=point)
    facts = thaw(frozen.facts, frozen.facts_sha256)
    assert [s["amount"] for s in facts["shares"]] == [s.amount for s in frozen.shares.order_by("id")]
    with pytest.raises(Refused, match="allocation_frozen"):
        change_allocation(by=BOSS, at=AT, allocation=frozen, how=how, parties=parties)
    with pytest.raises(Refused, match="no_such_move"):
        freeze_allocation(by=BOSS, at=AT, allocation=frozen, decision_point=point)
    later = draft_allocation(
        by=BOSS, at=AT, county="21", year=2024, title="Direktiv 3", how=how, parties=parties, supersedes=frozen
    )
    freeze_allocation(by=BOSS, at=AT, allocation=later, decision_point=point)
    assert Allocation.objects.get(pk=frozen.pk).state == "superseded"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_who_may_freeze(places: None, role: Role) -> None:
    parties = list(Party.objects.filter(county="21", role="municipality"))
    draft = draft_allocation(by=BOSS, at=AT, county="21", year=2024, title="X", how=How(10, Equal()), parties=parties)
    point = points()[0]
    for county in ("25", "21"):
        actor = Actor("account", role, 1, (Assignment(role, county, parties[0].organisation_id),))
        if county == "21" and role in {Role.COORDINATOR, Role.SECRETARY}:
            freeze_allocation(by=actor, at=AT, allocation=draft, decision_point=point)
        else:
            with pytest.raises(Refused, match="forbidden"):
                freeze_allocation(by=actor, at=AT, allocation=draft, decision_point=point)


def test_a_neighbours_party_or_decision_cannot_be_used(places: None) -> None:
    other = list(Party.objects.filter(county="25", role="municipality"))
    with pytest.raises(Refused, match="forbidden"):
        draft_allocation(by=BOSS, at=AT, county="21", year=2024, title="X", how=How(10, Equal()), parties=other)
    mine = list(Party.objects.filter(county="21", role="municipality"))
    draft = draft_allocation(by=BOSS, at=AT, county="21", year=2024, title="X", how=How(10, Equal()), parties=mine)
    with pytest.raises(Refused, match="forbidden"):
        freeze_allocation(by=BOSS, at=AT, allocation=draft, decision_point=points("25")[0])


def test_budget_lines_equal_the_grant_or_nothing_is_written(places: None) -> None:
    grant = grants("21", NewLine("joint", 160_000_000, Population()))["joint"]
    plan = create_plan(by=BOSS, at=AT, county="21", year=2024, title="Plan")
    first, second = points()
    lines = [Line(grant, "post", "Samordnare", 700_000, 100), Line(grant, "held_back", "Hålls inne", 1)]
    with pytest.raises(Refused, match="parts_differ"):
        decide_budget(by=BOSS, at=AT, plan=plan, decision_point=first, lines=lines)
    assert not BudgetLine.objects.exists()
    lines[1] = Line(grant, "held_back", "Hålls inne", grant.amount - 700_000)
    post, held = decide_budget(by=BOSS, at=AT, plan=plan, decision_point=first, lines=lines)
    change = partial(decide_budget, by=BOSS, at=AT, plan=plan, decision_point=second)
    with pytest.raises(Refused, match="parts_differ"):
        change(changes={post: 1})
    change(changes={post: 600_000, held: grant.amount - 600_000})
    in_force = BudgetLine.objects.filter(superseded_by=None)
    assert sorted(line.amount for line in in_force) == sorted([600_000, grant.amount - 600_000])
    assert BudgetLine.objects.count() == 4
    with pytest.raises(Refused, match="already_superseded"):
        change(changes={post: 600_000})
    post, held = in_force.order_by("number")
    change(changes={held: held.amount - 5}, lines=[Line(grant, "purchase", "Webbplats", 5)])
    assert sum(line.amount for line in in_force.all()) == grant.amount
    with pytest.raises(Refused, match="forbidden"):
        decide_budget(by=NEIGHBOUR, at=AT, plan=plan, decision_point=first, lines=lines)


def test_a_divided_grant_that_is_decided_anew_is_divided_by_a_new_decision(places: None) -> None:
    grant = grants("21", NewLine("joint", 160_000_000, Population()))["joint"]
    plan = create_plan(by=BOSS, at=AT, county="21", year=2024, title="Plan")
    first, second = points()
    post, held = decide_budget(
        by=BOSS, at=AT, plan=plan, decision_point=first,
        lines=[Line(grant, "post", "Samordnare", 700_000), Line(grant, "held_back", "Resten", grant.amount - 700_000)],
    )  # fmt: skip
    less = decide_grant(by=BOSS, at=AT, grant=grant, amount=grant.amount - 10, reason="Utbetalt belopp")
    assert sum(line.amount for line in lines_of_grant(plan, less)) == grant.amount
    with pytest.raises(Refused, match="parts_differ"):
        decide_budget(by=BOSS, at=AT, plan=plan, decision_point=second, changes={post: post.amount - 9})
    (lowered,) = decide_budget(by=BOSS, at=AT, plan=plan, decision_point=second, changes={post: post.amount - 10})
    assert (lowered.grant, lowered.supersedes) == (less, post)
    assert lines_of_grant(plan, less) == [lowered, held]


def test_a_revised_agreement_takes_over_what_was_divided(places: None) -> None:
    old = agreement_of(NewLine("joint", 160_000_000, Population()))
    (grant,) = compute_grants(by=BOSS, at=AT, county="21", agreement=old, population_on=official.ON_DATE)
    plan = create_plan(by=BOSS, at=AT, county="21", year=2024, title="Plan")
    first, second = points()
    (post,) = decide_budget(
        by=BOSS, at=AT, plan=plan, decision_point=first, lines=[Line(grant, "post", "Samordnare", grant.amount)]
    )
    ((tag,),) = old.sections.values_list("tag")
    revised = create_agreement(
        by=BOSS, at=AT, year=2024, title="Överenskommelse", parties="Staten och SKR", state="revised", supersedes=old,
        sections=[NewSection("7", tag, "Samma område", (NewLine("joint", 170_000_000, Population()),))],
    )  # fmt: skip
    ((left_out, _ids, kronor),) = grants_with_history("21", 2024)
    assert (left_out, kronor) == (grant, 0)
    (more,) = compute_grants(by=BOSS, at=AT, county="21", agreement=revised, population_on=official.ON_DATE)
    assert more.supersedes == grant
    assert lines_of_grant(plan, more) == [post]
    (raised,) = decide_budget(by=BOSS, at=AT, plan=plan, decision_point=second, changes={post: more.amount})
    assert raised.grant == more
    ((now, ids, kronor),) = grants_with_history("21", 2024)
    assert (now, ids, kronor) == (more, {grant.pk, more.pk}, more.amount)


def test_an_allocated_line_takes_only_the_allocation_that_supersedes_its_own(places: None) -> None:
    grant = grants("21", NewLine("joint", 160_000_000, Population()))["joint"]
    plan = create_plan(by=BOSS, at=AT, county="21", year=2024, title="Plan")
    first, second = points()
    parties = list(Party.objects.filter(county="21", role="municipality"))

    def shared(kronor: int, supersedes: Allocation | None = None) -> Allocation:
        draft = draft_allocation(
            by=BOSS, at=AT, county="21", year=2024, title="Direktiv", how=How(kronor, Equal()), parties=parties,
            supersedes=supersedes,
        )  # fmt: skip
        return freeze_allocation(by=BOSS, at=AT, allocation=draft, decision_point=first)

    one, other = shared(1_000_000), shared(1)
    line, held = decide_budget(
        by=BOSS, at=AT, plan=plan, decision_point=first,
        lines=[
            Line(grant, "directive", "Direktiv", 1_000_000, allocation=one),
            Line(grant, "held_back", "Resten", grant.amount - 1_000_000),
        ],
    )  # fmt: skip
    again = shared(900_000, one)
    assert set(allocations_unused("21", 2024)) == {again, other}
    assert successors(plan, [line, held]) == {line.pk: again}
    change = partial(decide_budget, by=BOSS, at=AT, plan=plan, decision_point=second)
    with pytest.raises(Refused, match="allocation_differs"):
        change(changes={line: other})
    with pytest.raises(Refused, match="parts_differ"):
        change(changes={line: again})
    moved, _more = change(changes={line: again, held: held.amount + 100_000})
    assert (moved.allocation, moved.amount) == (again, 900_000)


def test_a_body_decides_only_within_its_mandate(places: None) -> None:
    with pytest.raises(Refused, match="no_mandate"):
        points(kinds=("directive",))
    assert command_line("21").counties == {"21"}
