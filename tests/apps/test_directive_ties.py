"""Directives tied to the goals of frameworks: who may, what is shown and printed, what a new version and year keep."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samplan.apps.directives.models import Directive
from samplan.apps.directives.operations import Wording, draft_directive, supersede_directive, tie_directive
from samplan.apps.needs.operations import add_need
from samplan.apps.plans.facts import plan_facts
from samplan.apps.plans.models import FrameworkGoal
from samplan.apps.plans.operations.activities import add_activity
from samplan.apps.plans.operations.rows import add_framework, add_row
from samplan.apps.plans.operations.turning import start_next_plan
from samplan.base.audit.trace import events_about
from samplan.domain.access import Actor, Assignment, Role
from samplan.domain.document import Table, plain_text, text_of, walk
from samplan.domain.errors import Refused
from samplan.domain.facts import from_data, to_data
from samplan.domain.planfacts import PlanFacts
from samplan.edges.reports.compile import compile_plan
from tests.small_year import AT, BOSS, LAST_DAY, Year, load_places, make_year, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> Year:
    load_places()
    return make_year()


def goals(county: str = "21") -> list[FrameworkGoal]:
    strategy = add_framework(by=BOSS, at=AT, county=county, title="Nationell strategi")
    return [
        add_row(by=BOSS, at=AT, kind="framework_goal", owner=strategy, values={"number": str(n), "title": title})
        for n, title in enumerate(("Bättre psykisk hälsa", "Färre suicid"), start=1)
    ]


@pytest.fixture
def client(year: Year) -> Client:
    signed_in = Client()
    signed_in.force_login(person(Role.COORDINATOR, "21", "Sara Samordnare"))
    return signed_in


def test_who_ties_a_directive_and_only_to_the_own_countys_goals(year: Year) -> None:
    mine, theirs, directive = goals(), goals("25"), year.draft()
    for role, county in ((Role.READER, "21"), (Role.PARTY_REPORTER, "21"), (Role.COORDINATOR, "25")):
        stranger = Actor("account", "Någon", 7, (Assignment(role, county),))
        with pytest.raises(Refused, match="forbidden"):
            tie_directive(by=stranger, at=AT, directive=directive, framework_goals=mine)
    with pytest.raises(Refused, match="forbidden"):
        tie_directive(by=BOSS, at=AT, directive=directive, framework_goals=theirs)
    wording = Wording(title="Annat", last_day=LAST_DAY)
    with pytest.raises(Refused, match="forbidden"):
        draft_directive(by=BOSS, at=AT, area=year.area, number=2, wording=wording, framework_goals=theirs)
    tie_directive(by=BOSS, at=AT, directive=directive, framework_goals=mine[:1])
    tie_directive(by=BOSS, at=AT, directive=directive, framework_goals=mine[:1])
    assert list(directive.framework_goals.all()) == mine[:1]
    assert [event.verb for event in events_about(directive.uid)].count("directive_tied") == 1


def test_a_new_version_keeps_its_ties(year: Year) -> None:
    directive = year.issued()
    tie_directive(by=BOSS, at=AT, directive=directive, framework_goals=goals())
    wording = Wording(title="Kurser i samtal, igen", last_day=LAST_DAY)
    new = supersede_directive(by=BOSS, at=AT, directive=directive, decision_point=year.point, wording=wording)
    assert {str(goal) for goal in new.framework_goals.all()} == {"1 Bättre psykisk hälsa", "2 Färre suicid"}


def crossed(year: Year) -> tuple[FrameworkGoal, Directive]:
    """A goal that a need, an area, an activity and an issued directive are tied to; the other goal to nothing."""
    goal, directive = goals()[0], year.issued()
    tie_directive(by=BOSS, at=AT, directive=directive, framework_goals=[goal])
    year.area.framework_goals.set([goal])
    add_activity(by=BOSS, at=AT, area=year.area, number="3.9.1", title="Samtal", framework_goals=[goal])
    add_need(by=BOSS, at=AT, county="21", year=2024, title="Stöd till unga", framework_goals=[goal])
    return goal, directive


def test_the_cross_table_shows_all_four_and_prints_them(year: Year, client: Client) -> None:
    goal, directive = crossed(year)
    address = reverse("plans:frameworks", args=["21", 2024])
    page = BeautifulSoup(client.get(address).content, "html.parser")
    rows = [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in page.select("tbody tr")]
    assert rows[0] == ["1 Bättre psykisk hälsa", "Stöd till unga", "Barn och unga", "3.9.1 Samtal", "Kurser i samtal"]
    assert rows[1] == ["2 Färre suicid", "\u2013", "\u2013", "\u2013", "\u2013"]
    assert not BeautifulSoup(client.get(address.replace("2024", "2026")).content, "html.parser").select("tbody a")
    facts = plan_facts(year.plan)
    (framework,) = facts.frameworks
    assert framework.goals[0].directives == (str(directive.uid),)
    assert from_data(PlanFacts, to_data(facts)) == facts
    document = compile_plan(year.plan, at=AT, shape="fulfilment").document
    (table,) = [
        block for block in walk(document.blocks) if isinstance(block, Table) and block.caption == "Nationell strategi"
    ]
    assert [text_of(cell.content) for cell in table.head] == ["Mål", "Behov", "Områden och insatser", "Direktiv"]
    assert text_of(table.rows[0][3].content) == "Kurser i samtal"
    assert goal.title in plain_text(document)


def test_facts_kept_before_directives_were_tied_are_read(year: Year) -> None:
    crossed(year)
    old: dict[str, Any] = to_data(plan_facts(year.plan))
    for goal in old["frameworks"][0]["goals"]:
        del goal["directives"], goal["needs"]
    read = from_data(PlanFacts, old)
    assert read.frameworks[0].goals[0].directives == ()


def test_a_directive_is_tied_on_its_page_also_when_it_is_issued(year: Year, client: Client) -> None:
    goal, directive = goals()[0], year.issued()
    detail = reverse("directives:detail", args=["21", 2024, directive.number])
    ties = reverse("directives:ties", args=["21", 2024, directive.number])
    assert ties in client.get(detail).content.decode()
    assert client.post(ties, {"framework_goals": [str(goal.uid)]})["Location"] == detail
    assert "Nationell strategi: 1 Bättre psykisk hälsa" in client.get(detail).content.decode()
    reader = Client()
    reader.force_login(person(Role.READER, "21", "Lina Läsare"))
    assert (reader.get(ties).status_code, reader.get(detail).status_code) == (403, 200)
    assert ties not in reader.get(detail).content.decode()
    neighbour = Client()
    neighbour.force_login(person(Role.COORDINATOR, "25", "Nils Norr"))
    assert neighbour.post(ties, {"framework_goals": []}).status_code == 404


def test_next_years_directive_begins_with_this_years_words_questions_and_ties(year: Year, client: Client) -> None:
    goal, directive = goals()[0], year.issued()
    tie_directive(by=BOSS, at=AT, directive=directive, framework_goals=[goal])
    new = start_next_plan(by=BOSS, at=AT, plan=year.plan, year=2025, title="Planen 2025")
    turn = client.get(reverse("turn:turn", args=["21", 2024, year.plan.uid])).content.decode()
    address = reverse("directives:new", args=["21", 2025]) + "?fran=1"
    assert address in turn
    page = BeautifulSoup(client.get(address).content, "html.parser")
    form = page.select_one("main form")
    assert form is not None
    sent: dict[str, Any] = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        if control.get("type") in {"radio", "checkbox"} and not control.has_attr("checked"):
            continue
        chosen = control.select_one("option[selected]") if control.name == "select" else None
        text = control.text.removeprefix("\n") if control.name == "textarea" else control.get("value", "")
        sent[str(control["name"])] = (chosen["value"] if chosen else "") if control.name == "select" else text
    assert (sent["title"], sent["last_day"]) == ("Kurser i samtal", "")
    assert sent["framework_goals"] == str(goal.uid)
    made = client.post(address, sent | {"last_day": "2025-12-31", "action": "save"})
    assert made.status_code == 302
    drafted = Directive.objects.get(plan=new)
    assert (drafted.purpose, drafted.area.title) == (directive.purpose, "Barn och unga")
    assert list(drafted.framework_goals.all()) == [goal]
    codes = list(drafted.form.questions.values_list("code", flat=True))
    assert codes == list(directive.form.questions.values_list("code", flat=True))
    assert address not in client.get(reverse("turn:turn", args=["21", 2024, year.plan.uid])).content.decode()
    assert client.get(reverse("directives:new", args=["21", 2025]) + "?fran=99").status_code == 200


def test_the_cross_table_asks_no_more_for_more_ties(year: Year, client: Client) -> None:
    goal, _directive = crossed(year)
    address = reverse("plans:frameworks", args=["21", 2024])

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    count()
    before = count()
    for number in range(20):
        add_activity(
            by=BOSS, at=AT, area=year.area, number=f"4.{number}", title=f"Insats {number}", framework_goals=[goal]
        )
        draft_directive(
            by=BOSS, at=AT, area=year.area, number=20 + number, framework_goals=[goal],
            wording=Wording(title=f"Direktiv {number}", last_day=LAST_DAY),
        )  # fmt: skip
    assert count() == before
