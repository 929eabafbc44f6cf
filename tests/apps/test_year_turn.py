"""The year turns: what goes on, ends, is handed over, merged, split or new; and nothing of the old year changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers

from samplan.apps.plans.facts import plan_facts
from samplan.apps.plans.models import Activity, Continuation, Plan
from samplan.apps.plans.operations.activities import FigureValue, When, add_activity
from samplan.apps.plans.operations.plans import add_area, write_plan_text
from samplan.apps.plans.operations.rows import add_row
from samplan.apps.plans.operations.turning import OUTCOMES, GoesOnAs, carry_over, start_next_plan, take_back_turn
from samplan.apps.plans.queries import history_of
from samplan.apps.plans.turning import POLICIES, Policy
from samplan.domain.access import Actor, Assignment, Role
from samplan.domain.comparing import compare
from samplan.domain.errors import Invalid, Refused
from tests.small_year import AT, BOSS, Year, load_places, make_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> Year:
    load_places()
    return make_year("21")


def act(year: Year, number: str, title: str, **more: Any) -> Activity:
    return add_activity(by=BOSS, at=AT, area=year.area, number=number, title=title, **more)


def into(plan: Plan, number: str, title: str = "", **more: Any) -> GoesOnAs:
    area = plan.areas.first()
    assert area is not None
    return GoesOnAs(area, number, title, **more)


def picture_of(plan: Plan) -> str:
    """Every row of a plan as text, without what was said about its end."""
    rows: list[Any] = [plan]
    for related in Plan._meta.related_objects:
        if related.related_model not in {Plan, Continuation} and not related.one_to_one:
            rows += related.related_model._default_manager.filter(**{related.field.name: plan}).order_by("pk")
    return str(serializers.serialize("json", rows))


def relations() -> set[str]:
    """Forward relations of the rows that make up a plan, and whatever else points at one of them."""
    wanted: set[str] = set()
    for model in apps.get_models():
        if not model.__module__.startswith("samplan."):
            continue
        for field in (*model._meta.fields, *model._meta.many_to_many):
            target = field.related_model
            if not isinstance(target, type):
                continue
            inside = model.__module__.startswith("samplan.apps.plans.")
            if inside or target.__module__.startswith("samplan.apps.plans."):
                wanted.add(f"{model._meta.app_label}.{model.__name__}.{field.name}")
    return wanted


def unsaid(policies: Mapping[str, Policy]) -> tuple[set[str], set[str]]:
    """Relations without a policy, and policies without a relation."""
    named = {name for name in policies if not name.endswith(".county")}
    return relations() - named, named - relations()


def test_every_relation_of_a_plan_has_a_policy() -> None:
    assert unsaid(POLICIES) == (set(), set()), "say what each of these does when the year turns"
    assert all(policy.deed in {"copied", "moved", "left", "asked"} and policy.reason for policy in POLICIES.values())


@pytest.mark.parametrize("forgotten", ["plans.BudgetLine.activity", "plans.Activity.parent", "needs.Need.area"])
def test_a_relation_that_nobody_has_said_anything_about_is_found(forgotten: str) -> None:
    assert unsaid({name: policy for name, policy in POLICIES.items() if name != forgotten}) == ({forgotten}, set())
    made_up = {**POLICIES, "plans.Activity.weather": POLICIES[forgotten]}
    assert unsaid(made_up) == (set(), {"plans.Activity.weather"})


def test_a_new_year_starts_from_the_old_one_and_leaves_it_alone(year: Year) -> None:
    write_plan_text(by=BOSS, at=AT, plan=year.plan, kind="situation", title="Nuläge", text="Fler mår bra.")
    add_row(by=BOSS, at=AT, kind="goal", owner=year.plan, values={"horizon": "long", "text": "Alla", "area": year.area})
    add_row(by=BOSS, at=AT, kind="post", owner=year.plan, values={"title": "Samordnare", "percent": 50})
    add_row(by=BOSS, at=AT, kind="assignment", owner=year.plan, values={"title": "Klart", "state": "closed"})
    first = act(
        year, "3.9.1", "Samtal", texts={"purpose": "Tala", "result": "Talat"},
        when=When(date(2024, 1, 1), None, "open"), figures=[FigureValue("g", "Grupper", 3)],
    )  # fmt: skip
    add_row(by=BOSS, at=AT, kind="step", owner=first, values={"text": "Gjort", "done": True})
    add_row(by=BOSS, at=AT, kind="step", owner=first, values={"text": "Kvar", "done": False})
    before = picture_of(year.plan)
    new = start_next_plan(by=BOSS, at=AT, plan=year.plan, year=2025, title="Planen 2025")
    (went_on,) = carry_over(
        by=BOSS, at=AT, plan=new, outcome="goes_on", before=[first], after=[into(new, "3.1.1", "Samtal för fler")]
    )
    assert picture_of(year.plan) == before
    assert (new.follows, new.year, new.owner, new.shape) == (year.plan, 2025, None, year.plan.shape)
    assert [area.title for area in new.areas.all()] == [area.title for area in year.plan.areas.all()]
    assert [text.text for text in new.texts.all()] == ["Fler mår bra."]
    assert [goal.text for goal in new.goals.all()] == ["Alla"]
    assert [post.percent for post in new.posts.all()] == [50]
    assert not new.assignments.exists()
    assert (went_on.title, went_on.purpose, went_on.result) == ("Samtal för fler", "Tala", "")
    assert (went_on.starts_on, went_on.precision) == (date(2024, 1, 1), "open")
    assert [step.text for step in went_on.steps.all()] == ["Kvar"]
    assert not went_on.figures.exists()
    assert not new.budget_lines.exists()


def test_every_outcome_and_its_history(year: Year) -> None:
    rows = {name: act(year, f"3.9.{n}", name.title()) for n, name in enumerate(["a", "b", "c", "d", "e"], start=1)}
    new = start_next_plan(by=BOSS, at=AT, plan=year.plan, year=2025, title="Planen 2025")
    told = {"by": BOSS, "at": AT, "plan": new}
    carry_over(**told, outcome="ends", before=[rows["a"]], note="Medlen tog slut.")
    (both,) = carry_over(**told, outcome="merged", before=[rows["b"], rows["c"]], after=[into(new, "1", "B och C")])
    parts = carry_over(
        **told, outcome="split", before=[rows["d"]], after=[into(new, "2", "D ett"), into(new, "3", "D två")]
    )
    carry_over(**told, outcome="handed_over", before=[rows["e"]], note="Gävle tar över.")
    (fresh,) = carry_over(**told, outcome="new", after=[into(new, "4", "Ny")])
    assert [one.title for one in history_of(both)] == ["B", "C", "B och C"]
    assert [one.title for one in history_of(rows["d"])] == ["D", "D ett", "D två"]
    assert history_of(fresh) == [fresh]
    assert [one.title for one in history_of(parts[0])] == ["D", "D ett"]
    with pytest.raises(Refused, match="already_turned"):
        carry_over(**told, outcome="ends", before=[rows["a"]])
    take_back_turn(**told, before=rows["d"])
    assert not Activity.objects.filter(plan=new, number__in=["2", "3"]).exists()
    carry_over(**told, outcome="ends", before=[rows["d"]])
    with pytest.raises(Refused, match="in_use"):
        take_back_turn(**told, before=rows["b"])


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("before", [0, 1, 2])
@pytest.mark.parametrize("after", [0, 1, 2])
def test_only_outcomes_that_fit_their_numbers(year: Year, outcome: str, before: int, after: int) -> None:
    fitting = {
        "goes_on": {(1, 1)}, "ends": {(1, 0)}, "handed_over": {(1, 0)}, "merged": {(2, 1)}, "split": {(1, 2)},
        "new": {(0, 1)},
    }  # fmt: skip
    old = [act(year, f"3.9.{n}", f"Gammal {n}") for n in range(before)]
    new = start_next_plan(by=BOSS, at=AT, plan=year.plan, year=2025, title="Planen 2025")
    targets = [into(new, f"9.{n}", f"Ny {n}") for n in range(after)]
    given = {"by": BOSS, "at": AT, "plan": new, "outcome": outcome, "before": old, "after": targets}
    if (before, after) in fitting[outcome]:
        assert len(carry_over(**given)) == after
    else:
        with pytest.raises(Invalid, match="turn_numbers"):
            carry_over(**given)


def test_only_the_countys_coordinator_turns_its_year_and_only_from_the_plan_before(year: Year) -> None:
    other = make_year("25", codes=("2505", "2506"))
    first = act(year, "3.9.1", "Samtal")
    for role, county in ((Role.READER, "21"), (Role.COORDINATOR, "25"), (Role.PARTY_REPORTER, "21")):
        stranger = Actor("account", "Någon", 7, (Assignment(role, county),))
        with pytest.raises(Refused, match="forbidden"):
            start_next_plan(by=stranger, at=AT, plan=year.plan, year=2025, title="Planen 2025")
    with pytest.raises(Invalid, match="years_in_order"):
        start_next_plan(by=BOSS, at=AT, plan=year.plan, year=year.plan.year, title="Samma år")
    theirs = start_next_plan(by=BOSS, at=AT, plan=other.plan, year=2025, title="Deras 2025")
    with pytest.raises(Refused, match="forbidden"):
        carry_over(by=BOSS, at=AT, plan=theirs, outcome="ends", before=[first])


def test_two_years_are_compared_field_by_field(year: Year) -> None:
    first = act(year, "3.9.1", "Män 75 år och äldre", texts={"target_group": "Män 75+"}, phase="planned")
    gone = act(year, "3.9.2", "Trisam")
    new = start_next_plan(by=BOSS, at=AT, plan=year.plan, year=2025, title="Planen 2025")
    (went_on,) = carry_over(
        by=BOSS, at=AT, plan=new, outcome="goes_on", before=[first],
        after=[into(new, "3.1.1", "Män 70 år och äldre", phase="ongoing")],
    )  # fmt: skip
    Activity.objects.filter(pk=went_on.pk).update(target_group="Män 70+")
    add_area(by=BOSS, at=AT, plan=new, number=9, title="Nytt område")
    compared = compare(plan_facts(year.plan), plan_facts(new), {str(first.uid): str(went_on.uid)})
    found = {
        (one.title, one.field): (one.before, one.after) for one in compared.changed if one.kind == "plans.activity"
    }
    assert found == {
        ("Män 70 år och äldre", "title"): ("Män 75 år och äldre", "Män 70 år och äldre"),
        ("Män 70 år och äldre", "target_group"): ("Män 75+", "Män 70+"),
        ("Män 70 år och äldre", "phase"): ("planned", "ongoing"),
        ("Män 70 år och äldre", "number"): ("3.9.1", "3.1.1"),
    }
    assert [row.title for row in compared.gone if row.kind == "plans.activity"] == ["Trisam"]
    assert gone.title == "Trisam"
    assert "Nytt område" in [row.title for row in compared.new]
