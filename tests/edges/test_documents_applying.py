"""A checked draft becomes a plan: everything with its place once, in one transaction, and only once."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from samplan.apps.agreements.models import Grant
from samplan.apps.directives.models import Directive
from samplan.apps.orgs.models import Organisation
from samplan.apps.plans.facts import plan_facts
from samplan.apps.plans.models import Activity, ActivityStep, FocusArea, Goal, Plan, PlanText
from samplan.apps.plans.operations.plans import create_plan
from samplan.base.audit.models import Event
from samplan.domain.access import Actor, Role
from samplan.domain.drafts.edits import Edit
from samplan.domain.drafts.opening import opened
from samplan.domain.drafts.tree import DOING, FIELDS, PLAN, Tree
from samplan.domain.errors import Invalid, Refused
from samplan.domain.facts import canonical_json, to_data
from samplan.edges.imports.models import Draft, DraftContent, DraftRow
from samplan.edges.imports.money import fitting
from samplan.edges.imports.operations.applying import apply_draft
from samplan.edges.imports.operations.editing import change_draft
from samplan.edges.imports.queries import edits_of, tree_of
from tests.drafts_by_hand import SMALL, Line, bit_of, reading
from tests.small_year import AT, BOSS, load_places, make_year
from tests.stored_drafts import STATES, a_document, an_actor, how, plan_of

ANNA = an_actor(Role.COORDINATOR)
TABLES = (Plan, PlanText, FocusArea, Goal, Activity, ActivityStep, Directive, DraftRow)


def tree(draft: Draft) -> Tree:
    return tree_of(DraftContent.objects.get(draft=draft), edits_of(draft))[0]


def apply(draft: Draft, by: Actor = ANNA, **other: Any) -> Plan:
    return apply_draft(by=by, at=AT, draft=draft, how=how(Draft.objects.get(pk=draft.pk), **other))


def count() -> list[int]:
    return [table._default_manager.count() for table in TABLES]


def everything_said(plan: Plan) -> str:
    """Every text of the plan's facts and of its directives."""
    directives = [
        [row.title, row.background, row.purpose, row.goals, row.description]
        for row in Directive.objects.filter(plan=plan)
    ]
    facts = to_data(plan_facts(plan))
    for area in facts["areas"]:
        del area["short_title"]
    return canonical_json([facts, directives])


@pytest.fixture
def places(db: None) -> None:
    load_places()


def test_a_plan_with_all_that_was_read(places: None) -> None:
    make_year("21", year=2023)
    plan = apply(a_document(), subject="Länets egen")
    assert (plan.title, plan.year, plan.year_to, plan.shape, plan.owner) == (
        "Länets plan 2023",
        2023,
        2023,
        "directive",
        None,
    )
    facts = plan_facts(plan)
    assert [(one.kind, one.title, one.text) for one in facts.texts] == [
        ("introduction", "Inledning", "Länet arbetar tillsammans.\n\nHär står hur.")
    ]
    assert [(one.number, one.title, one.text, one.next_steps) for one in facts.areas] == [
        (1, "Barn och unga", "Unga mår sämre än förr.", ""), (2, "Suicidprevention", "", "En ny plan skrivs."),
    ]  # fmt: skip
    assert [(one.horizon, one.text) for one in facts.goals] == [
        ("county", "Fler vågar söka stöd."), ("long", "Skolan är trygg."), ("short", "Alla skolor har elevhälsa."),
    ]  # fmt: skip
    course, net, friends = facts.areas[0].activities
    assert (course.number, course.title, course.kind, course.sections) == (
        "1.1",
        "Kurser i samtal",
        "activity",
        ("halsa",),
    )
    assert course.text("purpose") == "Fler vågar fråga.\n\nIngen ska stå ensam."
    assert course.text("responsible") == "Folkhälsoenheten"
    assert [step.text for step in course.steps] == ["Bjud in.", "Håll kursen."]
    assert [link.url for link in course.links] == ["https://example.org/kurser"]
    assert [(one.title, one.text) for one in course.further] == [("Länkar", "www.example.org")]
    assert (net.text("funding"), net.text("result")) == ("250 tkr", "Tolv tusen besök.")
    assert (friends.kind, friends.title) == ("partnership", "Anhöriggruppen")
    directive = Directive.objects.get(plan=plan)
    assert (directive.title, directive.state, directive.last_day) == ("Skolsociala team", "draft", date(2023, 12, 31))
    assert (directive.purpose, directive.description) == ("Närvaron ska öka.", "### Resultat\n\nTio team finns.")


def test_every_row_knows_where_it_came_from_and_the_trace_says_so(places: None) -> None:
    draft = a_document()
    plan = apply(draft)
    made_rows = {
        row.uid for table in (PlanText, FocusArea, Goal, Activity, Directive) for row in table._default_manager.all()
    } | {plan.uid}
    origins = {row.row_uid: row for row in DraftRow.objects.filter(draft=draft)}
    assert set(origins) == made_rows
    course = Activity.objects.get(title="Kurser i samtal")
    assert (origins[course.uid].kind, origins[course.uid].page, origins[course.uid].page_to) == ("plans.activity", 1, 2)
    assert (origins[plan.uid].page, origins[plan.uid].page_to) == (1, 1)
    draft.refresh_from_db()
    assert (draft.state, draft.plan, draft.applied_by, draft.applied_at) == ("applied", plan, ANNA.name, AT)
    assert [event.verb for event in Event.objects.filter(subject_uid=draft.uid).order_by("id")][-1] == "draft_applied"
    assert "plan.txt" in Event.objects.get(subject_uid=plan.uid, verb="plan_from_document").after


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CONTROLLER, Role.READER, Role.PARTY_REPORTER])
def test_only_who_manages_the_plan_and_only_from_a_draft_that_is_read(places: None, state: str, role: Role) -> None:
    draft = a_document(state)
    before = count()
    if role is Role.COORDINATOR and state == "read":
        with pytest.raises(Refused, match="forbidden"):
            apply(draft, by=an_actor(role, "25"))
        assert apply(draft) == plan_of(draft)
        return
    with pytest.raises(Refused, match="draft_closed" if role is Role.COORDINATOR else "forbidden"):
        apply(draft, by=an_actor(role))
    assert count() == before


def test_pressed_twice_is_one_plan(places: None) -> None:
    draft = a_document()
    apply(draft)
    before = count()
    with pytest.raises(Refused, match="draft_closed"):
        apply(draft)
    assert count() == before


def test_one_that_has_changed_since_it_was_looked_at_is_looked_at_again(places: None) -> None:
    draft = a_document()
    change_draft(by=ANNA, at=AT, draft=draft, verb="years", values={"years": [2024]}, seen=0)
    with pytest.raises(Refused, match="draft_moved_on"):
        apply(draft, seen=0)
    assert Plan.objects.count() == 0


def test_a_personal_identity_number_stands_in_the_way_until_it_is_gone(places: None) -> None:
    draft = a_document(lines=[*SMALL, ("areas.fields.result", "paragraph", "En boende, 121212-1212, fick hjälp.")])
    with pytest.raises(Refused) as refused:
        apply(draft)
    assert (refused.value.code, refused.value.params) == ("personal_number_left", {"number": 1})
    bit = bit_of(tree(draft), "En boende, 121212-████, fick hjälp.")
    change_draft(
        by=ANNA, at=AT, draft=draft, verb="write", values={"bit": bit, "text": "En boende fick hjälp."}, seen=0
    )
    plan = apply(draft)
    assert "En boende fick hjälp." in everything_said(plan)
    assert "121212" not in everything_said(plan)


@pytest.mark.parametrize(
    ("other", "code"),
    [({"year_to": 2022}, "years_in_order"), ({"shape": "round"}, "unknown_choice"), ({"title": " "}, "required"),
     ({"title": "121212-1212"}, "personal_number"), ({"loose_goals": "soon"}, "unknown_choice")],
)  # fmt: skip
def test_what_cannot_be_made_writes_nothing(places: None, other: dict[str, Any], code: str) -> None:
    draft = a_document(lines=[*SMALL, ("areas.goals.any", "item", "Ingen dör.")])
    with pytest.raises(Invalid) as refused:
        apply(draft, **other)
    assert refused.value.code == code
    assert count() == [0] * len(TABLES)
    assert Draft.objects.get().state == "read"


def test_a_plan_of_the_same_owner_and_year_is_not_written_over(places: None) -> None:
    there = create_plan(by=BOSS, at=AT, county="21", year=2023, title="Den som finns")
    draft = a_document()
    with pytest.raises(Invalid, match="plan_exists"):
        apply(draft)
    assert list(Plan.objects.all()) == [there]
    region = Organisation.objects.get(parties__county="21", parties__role="region")
    assert apply(draft, owner=region).owner == region


def test_goals_without_a_horizon_get_the_one_the_person_says(places: None) -> None:
    draft = a_document(lines=[*SMALL, ("areas.goals.any", "item", "Ingen dör.")])
    plan = apply(draft, loose_goals="short")
    assert plan.goals.get(text="Ingen dör.").horizon == "short"


def test_money_that_fits_a_grant_is_entered_as_decided_and_the_rest_told(places: None) -> None:
    make_year("21", year=2023)
    raw = reading()
    raw["draft"]["money"][0] |= {"section": "1", "recipient": "joint", "amount": 1_500_000}
    draft = a_document(raw=raw)
    grants = list(Grant.objects.filter(superseded_by=None).select_related("line__section"))
    fits, others = fitting(tree(draft), grants)
    assert (list(fits.values()), others) == ([1_500_000], [])
    apply(draft, subject="Egen", grants=fits)
    assert Grant.objects.get(supersedes=grants[0]).amount == 1_500_000
    raw["draft"]["money"][0]["recipient"] = "region"
    fits, others = fitting(opened(raw), grants)
    assert (fits, [bit.text for bit in others]) == ({}, ["Suicidprevention 1 500 000"])
    raw["draft"]["money"][0] |= {"recipient": "joint", "amount": -1}
    assert fitting(opened(raw), grants)[0] == {}


def test_times_and_what_texts_count_come_along_when_they_are_certain(places: None) -> None:
    lines = [*SMALL[:22], ("areas.activities.fields.timeline", "paragraph", "Hösten 2023 till vidare"), *SMALL[22:]]
    raw = reading(lines)
    at = {piece["text"].strip(): piece["at"] for piece in raw["pieces"]}
    place = at["Hösten 2023 till vidare"]
    autumn = {"text": "Hösten 2023", "from": "2023-07-01", "to": "2023-12-31", "precision": "season", "at": place}
    raw["draft"]["dates"] = [autumn, autumn | {"from": None, "to": None, "text": "vidare"}]
    count_of = {"value": 12.5, "unit": "stycken tusen besök", "text": "Tolv tusen besök", "at": at["Tolv tusen besök."]}
    raw["draft"]["figures"] = [count_of, count_of | {"unit": "st"}, count_of | {"at": {"page": 1, "line": 2}}]
    plan = apply(a_document(raw=raw), figures=True)
    course, net = plan.activities.get(title="Kurser i samtal"), plan.activities.get(title="Stöd på nätet")
    assert (course.starts_on, course.ends_on, course.precision) == (date(2023, 7, 1), date(2023, 12, 31), "half_year")
    assert (net.starts_on, net.precision) == (None, "")
    assert [(one.label, one.value, one.scale) for one in net.figures.all()] == [("Tusen besök", 125, 1)]
    assert course.figures.count() == 0


def test_two_presses_at_once_make_one_plan(committed: None) -> None:
    load_places()
    draft = a_document()
    gate, results = threading.Barrier(3), list[str]()

    def press() -> None:
        try:
            gate.wait(10)
            results.append(str(apply(Draft.objects.get(pk=draft.pk))))
        except (Refused, Invalid) as error:
            results.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(results) == ["Länets plan 2023", "draft_closed", "draft_closed"]
    assert Plan.objects.count() == 1


# Whatever was read, and whatever people have done to it.

WORDS = st.text(alphabet="abcdeåäö ÅÄÖ.,-*#•0123456789", min_size=1, max_size=30)


@st.composite
def documents(draw: st.DrawFn) -> list[Line]:
    """Lines of a document: areas with everything that an area can hold, each text told by its own mark."""
    lines: list[Line] = [("title", "heading", "Planen <plan>")]
    marks = iter(range(10_000))

    def text() -> str:
        return f"{draw(WORDS)} <{next(marks)}>"

    for _chapter in range(draw(st.integers(0, 2))):
        lines += [("chapters.title", "heading", text()), ("chapters.text", "paragraph", text())]
    for _area in range(draw(st.integers(1, 3))):
        lines.append(("areas.title", "heading", text()))
        for name in draw(st.lists(st.sampled_from((*FIELDS, "further")), max_size=3, unique=True)):
            lines.append((f"areas.fields.{name}", "paragraph", text()))
        for horizon in draw(st.lists(st.sampled_from(("long", "short", "any")), max_size=2)):
            lines.append((f"areas.goals.{horizon}", "item", text()))
        for kind in draw(st.lists(st.sampled_from(("activities", "directives", "partnerships")), max_size=3)):
            lines.append((f"areas.{kind}.title", "heading", text()))
            for name in draw(st.lists(st.sampled_from((*FIELDS, "further")), max_size=3, unique=True)):
                lines.append((f"areas.{kind}.fields.{name}", "paragraph", text()))
            for name in draw(st.lists(st.sampled_from(("steps", "tags", "links")), max_size=2)):
                lines.append((f"areas.{kind}.{name}", "item", text()))
    return lines


@st.composite
def doings(draw: st.DrawFn, now: Tree) -> list[Edit]:
    """A few edits with ids that are there."""
    bits, nodes = st.sampled_from(sorted(now.bits)), [n for n in now.nodes.values() if n.id != PLAN]
    areas = [node.id for node in nodes if node.kind == "area"]
    edits = []
    for number in range(1, draw(st.integers(0, 4)) + 1):
        node = draw(st.sampled_from(nodes))
        kind = draw(st.sampled_from(DOING))
        verb, values = draw(st.sampled_from([
            ("move", {"bits": [draw(bits)], "node": node.id, "slot": "title" if node.kind == "chapter" else "goal"}),
            ("aside", {"bits": [draw(bits)]}), ("aside", {"node": node.id}),
            ("kind", {"node": node.id, "kind": kind, "under": draw(st.sampled_from(areas))}),
            ("merge", {"node": node.id, "into": draw(st.sampled_from(nodes)).id}),
            ("new", {"bit": draw(bits), "kind": kind, "under": draw(st.sampled_from(areas)), "rest": True}),
        ]))  # fmt: skip
        edits.append(Edit(number, verb, values))
    return edits


class Applied(TestCase):
    """In a transaction that each example leaves as it found it."""

    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )
    @given(st.data())
    def test_the_plans_facts_hold_every_placed_text_once(self, data: st.DataObject) -> None:
        load_places()
        lines = data.draw(documents())
        draft = a_document(lines=lines)
        edits = data.draw(doings(tree(draft)))
        for edit in edits:
            with suppress(Refused):
                change_draft(by=ANNA, at=AT, draft=draft, verb=edit.verb, values=edit.values, seen=0)
        now = tree(draft)
        outside = {bit for slot in ("aside", "unplaced", "money") for bit in now.nodes[PLAN].slots.get(slot, ())}
        said = everything_said(apply(draft, title=now.title(now.nodes[PLAN]) or "Planen"))
        for bit in now.bits.values():
            mark = bit.text[bit.text.rindex("<") :]
            assert said.count(mark) == int(bit.id not in outside), (bit, edits)
