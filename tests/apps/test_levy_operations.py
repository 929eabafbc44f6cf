"""A levy through the database: of what each party got, to the krona, frozen at a decision, and told when a source
changes."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samplan.apps.agreements.frozen import as_decided
from samplan.apps.agreements.levies import changed_sources, sources_of
from samplan.apps.agreements.models import Allocation, Grant, LevySource, Share
from samplan.apps.agreements.operations.levies import LevyHow, change_levy, draft_levy
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
from samplan.apps.agreements.operations.requisitions import Told, move_requisition
from samplan.apps.bodies.models import DecisionPoint
from samplan.apps.bodies.operations import Point, add_body, record_decision
from samplan.apps.orgs import official
from samplan.apps.orgs.models import Party
from samplan.apps.plans.operations.budget import Line, decide_budget
from samplan.apps.plans.operations.plans import create_plan
from samplan.apps.plans.queries import allocations_unused
from samplan.domain.access import Actor, Assignment, Role
from samplan.domain.allocation import Rounding
from samplan.domain.allocation_facts import read
from samplan.domain.allocation_keys import Equal, Fixed, Population
from samplan.domain.cycle import RequisitionStatus
from samplan.domain.errors import Invalid, Refused
from samplan.domain.exact import parse_exact
from tests.small_year import AT, BOSS, load_places

NEIGHBOUR = Actor("account", "Grannen", 1, (Assignment(Role.COORDINATOR, "25"),))
SECTIONS = [
    NewSection("3.1", "plan", "Handlingsplaner", (
        NewLine("region", 217_000_000, Population()), NewLine("municipalities", 197_000_000, Population()),
    )),
    NewSection("3.6.", "suicid", "Suicidprevention", (NewLine("joint", 200_000_000, Population()),)),
]  # fmt: skip


@pytest.fixture
def places(db: Any) -> None:
    load_places()


def granted(*, decided: bool = True, county: str = "21") -> dict[str, Grant]:
    """The county's grants by recipient level."""
    agreement = create_agreement(
        by=BOSS, at=AT, year=2024, title="Överenskommelse", parties="Staten och SKR", state="signed", sections=SECTIONS
    )
    made = compute_grants(
        by=BOSS, at=AT, county=county, agreement=agreement, population_on=official.ON_DATE,
        state="decided" if decided else "preliminary",
    )  # fmt: skip
    return {grant.line.level: grant for grant in made}


def point() -> DecisionPoint:
    body = add_body(
        by=BOSS,
        at=AT,
        county="21",
        name="Ledning",
        kind="steering_group",
        mandates=[("budget", date(2023, 1, 1), None)],
    )
    made = record_decision(
        by=BOSS, at=AT, body=body, decided_on=date(2024, 2, 1), title="Medel", points=[Point("budget", "Ja.")]
    )
    return made.points.get()


def towns(*codes: str) -> list[Party]:
    return list(Party.objects.filter(county="21", role="municipality", code__in=codes).order_by("code"))


def shared(at: DecisionPoint, sums: dict[str, int], *, supersedes: Allocation | None = None) -> Allocation:
    """A decided allocation by hand."""
    draft = draft_allocation(
        by=BOSS, at=AT, county="21", year=2024, title="Kurser", parties=towns(*sums), supersedes=supersedes,
        how=How(sum(sums.values()), Fixed(tuple(sums.items()))),
    )  # fmt: skip
    return freeze_allocation(by=BOSS, at=AT, allocation=draft, decision_point=at)


def levy(*sources: Grant | Allocation, percent: str = "2.5", **more: Any) -> Allocation:
    how = {name: more.pop(name) for name in ("exempt", "rounding") if name in more}
    return draft_levy(
        by=BOSS, at=AT, county="21", year=2024, title="Gemensam suicidprevention", **more,
        how=LevyHow(parse_exact(percent), sources, **how),
    )  # fmt: skip


def paid(made: Allocation) -> dict[str, int]:
    return dict(made.shares.values_list("party__code", "amount"))


def changes(made: Allocation) -> list[tuple[str, int, int | None, bool]]:
    made.refresh_from_db()
    found = changed_sources("21", 2024, [made]).get(made.pk, [])
    return [(one.title, one.was.amount, one.now.total if one.now else None, one.replaced) for one in found]


def test_each_pays_of_what_it_got_from_grants_and_allocations(places: None) -> None:
    """Independent arithmetic: every municipality's part of the national sum, and the sums by hand."""
    grants = granted()
    courses = shared(point(), {"2101": 30_101, "2180": 415_667})
    made = levy(grants["municipalities"], courses)
    people = {row.area_code: row.persons for row in official.population() if len(row.area_code) == 4}
    country = sum(people.values())
    got = {
        code: (2 * 197_000_000 * persons + country) // (2 * country)
        for code, persons in people.items()
        if code.startswith("21")
    }
    assert sum(got.values()) == grants["municipalities"].amount
    got["2101"] += 30_101
    got["2180"] += 415_667
    assert {row.party.code: int(row.weight) for row in made.shares.select_related("party")} == got
    pot = (2 * sum(got.values()) * 25 + 1000) // 2000
    assert (made.amount, sum(paid(made).values())) == (pot, pot)
    assert all(abs(kronor - got[code] * 25 / 1000) < 1 for code, kronor in paid(made).items())
    assert sorted(made.sources.values_list("amount", flat=True)) == sorted([445_768, grants["municipalities"].amount])
    nearest = levy(grants["municipalities"], courses, rounding=Rounding.NEAREST)
    assert paid(nearest) == {code: (2 * kronor * 25 + 1000) // 2000 for code, kronor in got.items()}

    steps = json.loads(made.shares.get(party__code="2101").explanation)
    assert [(one["title"], one["level"], one["amount"]) for one in steps[0]["sources"]] == [
        ("3.1. Handlingsplaner", "municipalities", got["2101"] - 30_101), ("Kurser", "", 30_101),
    ]  # fmt: skip
    assert steps[1] == {
        "step": "levy", "percent": "2.5", "of": str(got["2101"]), "exact": steps[-1]["exact"],
    }  # fmt: skip


def test_the_region_pays_of_its_own_grant_and_joint_money_is_nobodys(places: None) -> None:
    grants = granted()
    made = levy(grants["region"], percent="10")
    assert paid(made) == {Party.objects.get(county="21", role="region").code: made.amount}
    assert made.amount == (2 * grants["region"].amount + 10) // 20
    with pytest.raises(Refused, match="levy_source_unknown"):
        levy(grants["joint"])


def test_who_got_nothing_and_who_declined_pay_nothing_and_it_is_said(places: None) -> None:
    grants, at = granted(), point()
    courses = shared(at, {"2101": 1000, "2104": 0, "2180": 1000})
    made = levy(courses, percent="10", exempt=(("2180", " Har avtalat om annat  stöd. "),))
    assert len(paid(made)) == 10
    assert {code: kronor for code, kronor in paid(made).items() if kronor} == {"2101": 100}

    def steps(code: str) -> list[dict[str, Any]]:
        return list(json.loads(made.shares.get(party__code=code).explanation))

    assert steps("2180")[-1] == {"step": "exempt", "reason": "Har avtalat om annat stöd.", "amount": 0}
    assert steps("2104")[0] == {
        "step": "got", "amount": "0",
        "sources": [{"source": str(courses.uid), "title": "Kurser", "level": "", "amount": 0}],
    }  # fmt: skip
    assert steps("2121")[0] == {"step": "got", "amount": "0", "sources": []}

    ockelbo = towns("2101")[0]
    no = Actor("account", "Ockelbo", 1, (Assignment(Role.PARTY_CONTROLLER, "21", ockelbo.organisation_id),))
    before = levy(grants["municipalities"])
    move_requisition(
        by=no, at=AT, grant=grants["municipalities"], recipient=ockelbo, to=RequisitionStatus.DECLINED,
        told=Told(why="Vi saknar personal."),
    )  # fmt: skip
    made = levy(grants["municipalities"])
    assert paid(made)["2101"] == 0
    assert steps("2101")[0]["sources"][0] | {"source": ""} == {
        "source": "", "title": "3.1. Handlingsplaner", "level": "municipalities", "amount": 0,
        "declined": "Vi saknar personal.",
    }  # fmt: skip
    # A levy reckoned before the no is told of it.
    ((title, was, now, replaced),) = changes(before)
    assert (title, was, replaced) == ("3.1. Handlingsplaner", grants["municipalities"].amount, False)
    assert now == was - int(before.shares.get(party__code="2101").weight)
    with pytest.raises(Refused, match="levy_source_changed"):
        freeze_allocation(by=BOSS, at=AT, allocation=before, decision_point=at)


def test_what_cannot_be_levied(places: None) -> None:
    grants, at = granted(), point()
    courses = shared(at, {"2101": 1000, "2104": 0})
    with pytest.raises(Invalid, match="levy_sources_missing"):
        levy()
    with pytest.raises(Invalid, match="levy_percent"):
        levy(courses, percent="100.01")
    with pytest.raises(Invalid, match="levy_nothing"):
        levy(courses, exempt=(("2101", "Nej"),))
    with pytest.raises(Invalid, match="exempt_stranger"):
        levy(courses, exempt=(("0180", "Nej"),))
    with pytest.raises(Invalid, match="personal_number"):
        levy(courses, exempt=(("2101", "Född 19811228-9874"),))
    with pytest.raises(Invalid, match="required"):
        levy(courses, exempt=(("2101", "  "),))
    draft = draft_allocation(
        by=BOSS, at=AT, county="21", year=2024, title="Utkast", how=How(10, Equal()), parties=towns("2101")
    )
    first = levy(courses)
    freeze_allocation(by=BOSS, at=AT, allocation=first, decision_point=at)
    for unknown in (draft, first, Grant.objects.exclude(pk__in=[g.pk for g in grants.values()]).first()):
        if unknown is not None:
            with pytest.raises(Refused, match="levy_source_unknown"):
                levy(courses, unknown)
    # The decided amount is not the sum of the parts: what each got is not known to the krona.
    less = decide_grant(by=BOSS, at=AT, grant=grants["municipalities"], amount=grants["municipalities"].amount - 10)
    with pytest.raises(Refused, match="levy_source_unknown"):
        levy(less)
    assert sources_of("21", 2024)[1] == [less]
    assert not LevySource.objects.filter(grant=less).exists()


def test_a_levy_is_frozen_with_its_sources_and_ways(places: None) -> None:
    grants, at = granted(), point()
    made = freeze_allocation(by=BOSS, at=AT, allocation=levy(grants["municipalities"]), decision_point=at)
    kept = read(made.facts, made.facts_sha256)
    assert (kept.kind, kept.amount, kept.key) == ("levy", made.amount, {"key": "levy", "percent": "2.5", "exempt": {}})
    (source,) = kept.sources
    assert (source.kind, source.title, source.level, source.amount) == (
        "grant", "3.1. Handlingsplaner", "municipalities", grants["municipalities"].amount,
    )  # fmt: skip
    assert [(share.party, share.amount) for share in kept.shares] == [
        (s.party.code, s.amount) for s in made.shares.all()
    ]
    assert all(share.steps[0]["sources"][0]["source"] == source.uid for share in kept.shares)
    assert as_decided(made)
    Share.objects.filter(allocation=made, party__code="2101").update(amount=1)
    assert not as_decided(Allocation.objects.get(pk=made.pk))
    with pytest.raises(Refused, match="allocation_frozen"):
        change_levy(by=BOSS, at=AT, allocation=made, how=LevyHow(parse_exact("1"), (grants["region"],)))


def test_preliminary_money_is_tried_and_not_decided(places: None) -> None:
    grants, at = granted(decided=False), point()
    made = levy(grants["municipalities"])
    with pytest.raises(Refused, match="levy_source_preliminary"):
        freeze_allocation(by=BOSS, at=AT, allocation=made, decision_point=at)
    decided = decide_grant(by=BOSS, at=AT, grant=grants["municipalities"], amount=grants["municipalities"].amount)
    assert changes(made) == [("3.1. Handlingsplaner", decided.amount, decided.amount, True)]
    with pytest.raises(Refused, match="levy_source_changed"):
        freeze_allocation(by=BOSS, at=AT, allocation=made, decision_point=at)
    before = paid(made)
    change_levy(by=BOSS, at=AT, allocation=made, how=LevyHow(parse_exact("2.5"), (decided,)))
    assert (paid(made), changes(made)) == (before, [])
    freeze_allocation(by=BOSS, at=AT, allocation=made, decision_point=at)


def test_when_a_source_is_superseded_the_levy_stands_and_says_so(places: None) -> None:
    at = point()
    first = shared(at, {"2101": 1000, "2180": 3000})
    made = freeze_allocation(by=BOSS, at=AT, allocation=levy(first, percent="10"), decision_point=at)
    assert changes(made) == []
    again = shared(at, {"2101": 1000, "2104": 500}, supersedes=first)
    facts, rows = made.facts, paid(made)
    assert changes(made) == [("Kurser", 4000, 1500, True)]
    assert (Allocation.objects.get(pk=made.pk).state, made.facts, paid(made)) == ("frozen", facts, rows)
    third = shared(at, {"2104": 700}, supersedes=again)
    assert changes(made) == [("Kurser", 4000, 700, True)]

    new = levy(third, percent="10", supersedes=made)
    assert made.state == "frozen"
    freeze_allocation(by=BOSS, at=AT, allocation=new, decision_point=at)
    assert Allocation.objects.get(pk=made.pk).state == "superseded"
    assert (changes(made), changes(new)) == ([], [])
    assert (paid(made), sum(paid(new).values())) == (rows, 70)


def test_a_grant_that_a_revised_agreement_leaves_out_counts_no_more(places: None) -> None:
    grants, at = granted(), point()
    made = freeze_allocation(by=BOSS, at=AT, allocation=levy(grants["municipalities"]), decision_point=at)
    old = grants["municipalities"].line.section.agreement
    create_agreement(
        by=BOSS, at=AT, year=2024, title="Överenskommelse", parties="Staten och SKR", state="revised", supersedes=old,
        sections=SECTIONS[1:],
    )  # fmt: skip
    assert changes(made) == [("3.1. Handlingsplaner", grants["municipalities"].amount, None, False)]


def test_a_levy_and_an_allocation_do_not_take_each_others_place(places: None) -> None:
    at = point()
    courses = shared(at, {"2101": 1000})
    draft = levy(courses)
    with pytest.raises(Refused, match="levy_kind"):
        change_allocation(by=BOSS, at=AT, allocation=draft, how=How(10, Equal()), parties=towns("2101"))
    made = freeze_allocation(by=BOSS, at=AT, allocation=draft, decision_point=at)
    with pytest.raises(Refused, match="levy_kind"):
        shared(at, {"2101": 1}, supersedes=made)
    with pytest.raises(Refused, match="levy_kind"):
        levy(courses, supersedes=courses)
    levy(courses, supersedes=made)
    with pytest.raises(Refused, match="already_superseded"):
        levy(courses, supersedes=made)
    with pytest.raises(Refused, match="decision_superseded"):
        levy(courses, supersedes=levy(courses))


def test_a_levy_gives_no_budget_line_and_no_directive_money(places: None) -> None:
    grants, at = granted(), point()
    made = freeze_allocation(by=BOSS, at=AT, allocation=levy(grants["municipalities"]), decision_point=at)
    assert made not in allocations_unused("21", 2024)
    plan = create_plan(by=BOSS, at=AT, county="21", year=2024, title="Plan")
    lines = [
        Line(grants["joint"], "directive", "Direktiv", made.amount, allocation=made),
        Line(grants["joint"], "held_back", "Resten", grants["joint"].amount - made.amount),
    ]
    with pytest.raises(Refused, match="levy_is_no_share"):
        decide_budget(by=BOSS, at=AT, plan=plan, decision_point=at, lines=lines)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_who_may_take_a_levy(places: None, role: Role) -> None:
    courses = shared(point(), {"2101": 1000})
    party = towns("2101")[0]
    for county in ("25", "21"):
        actor = Actor("account", role, 1, (Assignment(role, county, party.organisation_id),))
        write: dict[str, Any] = {"by": actor, "at": AT, "how": LevyHow(parse_exact("1"), (courses,))}
        if county == "21" and role in {Role.COORDINATOR, Role.CONTROLLER}:
            made = draft_levy(county="21", year=2024, title="X", **write)
            change_levy(allocation=made, **write)
        else:
            with pytest.raises(Refused, match="forbidden"):
                draft_levy(county="21", year=2024, title="X", **write)
            with pytest.raises(Refused, match="forbidden"):
                change_levy(allocation=levy(courses), **write)


def test_a_neighbours_money_cannot_be_levied(places: None) -> None:
    courses = shared(point(), {"2101": 1000})
    with pytest.raises(Refused, match="levy_source_unknown"):
        draft_levy(by=NEIGHBOUR, at=AT, county="25", year=2024, title="X", how=LevyHow(parse_exact("1"), (courses,)))
    with pytest.raises(Refused, match="levy_source_unknown"):
        draft_levy(by=BOSS, at=AT, county="21", year=2025, title="X", how=LevyHow(parse_exact("1"), (courses,)))


def test_what_is_made_up_stays_marked(places: None) -> None:
    draft = draft_allocation(
        by=BOSS, at=AT, county="21", year=2024, title="Exempel", how=How(100, Equal()), parties=towns("2101"),
        made_up=True,
    )  # fmt: skip
    at = point()
    made_up = freeze_allocation(by=BOSS, at=AT, allocation=draft, decision_point=at)
    assert levy(shared(at, {"2104": 100}), made_up).made_up
    assert not levy(shared(at, {"2104": 100})).made_up


def test_looking_for_changes_asks_as_much_whatever_there_is(places: None) -> None:
    at = point()
    courses = shared(at, {"2101": 1000, "2104": 5})

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            changed_sources("21", 2024, Allocation.objects.filter(kind="levy"))
        return len(caught)

    levy(courses)
    few = asked()
    for _ in range(5):
        levy(courses, shared(at, {"2180": 1000}))
    assert asked() == few
