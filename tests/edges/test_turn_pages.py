"""The turn of the year on its pages: what is unspent and unanswered beside each activity; both years open at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samplan.apps.directives.models import DirectiveShare
from samplan.apps.plans.models import Activity, BudgetLine
from samplan.apps.plans.operations.activities import add_activity, change_activity
from samplan.apps.plans.operations.budget import decide_budget, pay_for
from samplan.apps.plans.operations.plans import add_area
from samplan.apps.plans.operations.turning import GoesOnAs, carry_over, start_next_plan, take_back_turn
from samplan.apps.questionnaires.operations import Typed, ask_for_effort, move_request, save_answers
from samplan.domain.access import Actor, Assignment, Role
from samplan.domain.cycle import ReportStatus
from samplan.domain.errors import Refused
from samplan.edges.home.left_over import left_over
from tests.small_year import AT, BOSS, QUESTIONS, Year, load_places, make_year, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> Year:
    load_places()
    return make_year()


@pytest.fixture
def client(year: Year) -> Client:
    signed_in = Client()
    signed_in.force_login(person(Role.COORDINATOR, "21", "Sara Samordnare"))
    return signed_in


def report(share: DirectiveShare, used: str) -> None:
    """The party's report with what it has used of its money, accepted."""
    held = Assignment(Role.PARTY_REPORTER, share.county, share.party.organisation_id)
    writer, asked = Actor("link", "Rapportör", None, (held,)), share.request
    answers = {"done": Typed("Kurser."), "costs": Typed({"salaries": used})}
    assert save_answers(by=writer, at=AT, request=asked, answers=answers).whole
    move_request(by=writer, at=AT, request=asked, to=ReportStatus.SUBMITTED)
    move_request(by=BOSS, at=AT, request=asked, to=ReportStatus.ACCEPTED)


def text_of(response: Any) -> str:
    main = BeautifulSoup(response.content, "html.parser").main
    return " ".join(main.get_text(" ", strip=True).replace("\u00a0", " ").split()) if main else ""


def test_what_is_left_is_told_area_by_area(year: Year) -> None:
    first, second = year.issued().shares.order_by("pk")
    ask_for_effort(
        by=BOSS, at=AT, plan=year.plan, area=None, title="Samtal", party=year.parties[0], questions=QUESTIONS[:1],
        last_day=date(2024, 12, 31),
    )  # fmt: skip
    before = left_over(year.plan)[str(year.area.uid)]
    assert (before.amount, before.unspent, before.open, before.asked) == (100_000, 0, 2, 2)
    report(first, "30000")
    after = left_over(year.plan)
    (row,) = after[str(year.area.uid)].rows
    assert (row.unspent, row.told, row.open) == (20_000, 1, 1)
    assert [(row.title, row.open) for row in after[""].rows] == [("Samtal, Hofors", 1)]
    report(second, "50000")
    assert left_over(year.plan)[str(year.area.uid)].open == 0


def test_each_activity_is_shown_with_what_pays_for_it_and_what_is_left(year: Year, client: Client) -> None:
    first, _second = year.issued().shares.order_by("pk")
    report(first, "30000")
    activity = add_activity(by=BOSS, at=AT, area=year.area, number="3.9.1", title="Samtal")
    pay_for(by=BOSS, at=AT, activity=activity, lines=[year.line])
    new = start_next_plan(by=BOSS, at=AT, plan=year.plan, year=2025, title="Planen 2025")
    listed = text_of(client.get(reverse("turn:turn", args=["21", 2024, year.plan.uid])))
    one = text_of(client.get(reverse("turn:decide", args=["21", 2024, year.plan.uid, activity.uid])))
    for shown in (listed, one):
        assert "Betalas av: Kurser 100 000 kr, 50 000 kr är inte redovisat, 20 000 kr kvar" in shown
        assert "Kvar från året: 20 000 kr av 100 000 kr är inte använt enligt rapporterna." in shown
        assert "En av 2 återrapporter är inte klar." in shown
    assert new.year == 2025


def test_who_says_what_pays_for_an_activity(year: Year) -> None:
    activity = add_activity(by=BOSS, at=AT, area=year.area, number="3.9.1", title="Samtal")
    other = make_year("25", codes=("2505", "2506"))
    for role, county in ((Role.READER, "21"), (Role.PARTY_REPORTER, "21"), (Role.COORDINATOR, "25")):
        stranger = Actor("account", "Någon", 7, (Assignment(role, county),))
        with pytest.raises(Refused, match="forbidden"):
            pay_for(by=stranger, at=AT, activity=activity, lines=[year.line])
    with pytest.raises(Refused, match="forbidden"):
        pay_for(by=BOSS, at=AT, activity=activity, lines=[other.line])
    pay_for(by=BOSS, at=AT, activity=activity, lines=[year.line])
    (moved,) = decide_budget(
        by=BOSS, at=AT, plan=year.plan, decision_point=year.line.decision_point, changes={year.line: 100_000}
    )
    assert (moved.activity, moved.amount) == (activity, 100_000)
    with pytest.raises(Refused, match="already_superseded"):
        pay_for(by=BOSS, at=AT, activity=activity, lines=[year.line])
    pay_for(by=BOSS, at=AT, activity=activity, lines=[])
    assert not BudgetLine.objects.get(pk=moved.pk).activity


def test_a_copy_that_something_pays_for_is_not_taken_back(year: Year) -> None:
    old = add_activity(by=BOSS, at=AT, area=year.area, number="3.9.1", title="Samtal")
    new = start_next_plan(by=BOSS, at=AT, plan=year.plan, year=2025, title="Planen 2025")
    area = new.areas.get()
    (copy,) = carry_over(by=BOSS, at=AT, plan=new, outcome="goes_on", before=[old], after=[GoesOnAs(area, "1")])
    BudgetLine.objects.filter(pk=year.line.pk).update(plan=new, activity=copy)
    with pytest.raises(Refused, match="in_use"):
        take_back_turn(by=BOSS, at=AT, plan=new, before=old)


def test_both_years_are_open_at_once_and_leave_each_other_alone(year: Year, client: Client) -> None:
    share = year.issued().shares.order_by("pk")[0]
    old = add_activity(by=BOSS, at=AT, area=year.area, number="3.9.1", title="Samtal", texts={"purpose": "Tala"})
    new = start_next_plan(by=BOSS, at=AT, plan=year.plan, year=2025, title="Planen 2025")
    (copy,) = carry_over(
        by=BOSS, at=AT, plan=new, outcome="goes_on", before=[old], after=[GoesOnAs(new.areas.get(), "1.1")]
    )
    change_activity(by=BOSS, at=AT, activity=old, purpose="Tala mer", result="Det gick bra")
    change_activity(by=BOSS, at=AT, activity=copy, purpose="Tala annorlunda")
    add_area(by=BOSS, at=AT, plan=new, number=9, title="Nytt område")
    add_area(by=BOSS, at=AT, plan=year.plan, number=8, title="Sent område")
    report(share, "30000")
    assert [a.purpose for a in Activity.objects.order_by("plan__year")] == ["Tala mer", "Tala annorlunda"]
    assert (Activity.objects.get(pk=copy.pk).result, new.areas.count(), year.plan.areas.count()) == ("", 2, 2)
    for shown, title, other in ((2024, "Sent område", "Nytt område"), (2025, "Nytt område", "Sent område")):
        page = text_of(client.get(reverse("plans:plan", args=["21", shown])))
        assert (title in page, other in page) == (True, False)


def test_the_turn_asks_no_more_for_more_activities(year: Year, client: Client) -> None:
    year.issued()
    start_next_plan(by=BOSS, at=AT, plan=year.plan, year=2025, title="Planen 2025")
    address = reverse("turn:turn", args=["21", 2024, year.plan.uid])

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    add_activity(by=BOSS, at=AT, area=year.area, number="0", title="Första")
    count()
    before = count()
    for number in range(1, 30):
        add_activity(by=BOSS, at=AT, area=year.area, number=str(number), title=f"Insats {number}")
    assert count() == before
