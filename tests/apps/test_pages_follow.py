"""Follow a krona: each sum with its parts, and only what its reader may see."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samplan.apps.plans.operations.activities import FigureValue, add_activity
from samplan.apps.plans.operations.budget import pay_for
from samplan.apps.questionnaires.models import Question
from samplan.apps.spending.following import courses, of_line, of_party, total
from samplan.apps.spending.operations import About, pay_out_all, tell_use
from samplan.apps.spending.queries import money_of
from samplan.domain.access import Role
from tests.apps.test_pages_spending import flat, lead, page, signed_in
from tests.small_year import AT, BOSS
from tests.spending_year import CONTROLLER, COORDINATOR, ON, SpendingYear, held

pytestmark = pytest.mark.django_db
ROOM = "/21/2024/pengar/folj/"


@pytest.fixture
def year() -> SpendingYear:
    return SpendingYear()


def text(shown: BeautifulSoup) -> str:
    assert shown.main is not None
    return flat(shown.main.get_text(" "))


def test_every_krona_granted_is_followed(year: SpendingYear) -> None:
    year.report({"salaries": "31 234"})
    found = money_of("21", 2024)
    followed = courses(COORDINATOR, "21", found)
    assert total(followed) == sum(one.facts.granted for one in found)
    assert total(of_line(followed, year.line.uid)) == year.line.amount == 100_000
    assert total(of_line(followed, year.line.uid), "used") == 31_234
    own = next(one for one in found if one.asked.level == "municipalities" and one.asked.recipient == year.hofors)
    assert total(of_party(followed, year.hofors)) == 50_000 + own.facts.granted


def test_from_the_agreement_to_the_line_and_each_receiver(year: SpendingYear) -> None:
    year.report({"salaries": "31 234"})
    pay_out_all(by=CONTROLLER, at=AT, line=year.line, on=ON)
    boss = signed_in(Role.COORDINATOR)
    whole = page(boss.get(ROOM))
    assert whole.select("svg.drawing--wide .drawing__ribbon")
    assert "Varje krona finns med en gång." in text(whole)
    assert whole.select(f"a[href='{ROOM}post/{year.line.uid}/']")
    assert whole.select(f"a[href='{ROOM}part/{year.hofors.code}/']")
    line = page(boss.get(f"{ROOM}post/{year.line.uid}/"))
    assert [flat(step.get_text(" ")).split(" ")[0] for step in line.select(".course > li")][-1] == "Post"
    assert "Av 100 000 kr är 31 234 kr använda. Användningen av 50 000 kr är inte redovisad." in lead(line)
    assert "utbetalt 50 000 kr, inte använt 18 766" in text(line)
    receiver = f"/21/2024/pengar/anvandning/{year.line.uid}/mottagare/{year.hofors.code}/"
    assert line.select(f"td a[href='{receiver}']")
    party = page(boss.get(f"{ROOM}part/{year.hofors.code}/"))
    assert "Hofors: kronorna 2024" in text(party)
    assert party.select(f"td a[href='{receiver}']")
    grant = page(boss.get(f"{ROOM}bidrag/{year.of('municipalities').asked.grant.uid}/"))
    assert grant.select(f"a[href='{ROOM}part/{year.gavle.code}/']")


def test_what_is_to_be_repaid_has_the_agreements_own_day(year: SpendingYear) -> None:
    asked = year.of("municipalities").asked
    about = About(grant=asked.grant, recipient=asked.recipient)
    tell_use(by=year.economist(), at=AT, about=about, costs={"salaries": asked.granted - 5_432}, version=0)
    boss = signed_in(Role.COORDINATOR)
    for address in (ROOM, f"{ROOM}bidrag/{asked.grant.uid}/", f"{ROOM}part/{year.hofors.code}/"):
        shown = page(boss.get(address))
        assert "5 432 kr ska betalas tillbaka senast 31 mars 2025." in lead(shown)
        assert shown.select(f"td a[href='/21/2024/pengar/aterbetalning/{asked.grant.uid}/{asked.recipient.code}/']")
    assert "betalas tillbaka" not in lead(page(boss.get(f"{ROOM}part/{year.gavle.code}/")))


def test_the_economist_follows_only_the_own_kronor(year: SpendingYear) -> None:
    client = signed_in(Role.PARTY_CONTROLLER, party=year.hofors)
    shown = page(client.get(ROOM))
    own = year.of("municipalities").facts.granted
    assert f"Av {own + 50_000:,}".replace(",", " ") in lead(shown)
    assert "Gävle" not in text(shown).replace("Gävleborg", "")
    assert client.get(f"{ROOM}part/{year.hofors.code}/").status_code == 200
    assert client.get(f"{ROOM}part/{year.gavle.code}/").status_code == 404
    assert client.get(f"{ROOM}bidrag/{year.of('region').asked.grant.uid}/").status_code == 404
    line = page(client.get(f"{ROOM}post/{year.line.uid}/"))
    assert "Av 50 000 kr är 0 kr använda." in lead(line)
    for address in {link["href"] for one in (shown, line) for link in one.select("main a[href^='/']")}:
        assert client.get(address.split("#")[0]).status_code == 200, address
    assert signed_in(Role.PARTY_REPORTER, party=year.hofors).get(ROOM).status_code == 404


def test_what_only_the_coordinator_reads_ends_as_hidden(year: SpendingYear) -> None:
    year.report({"salaries": "31 234"})
    Question.objects.filter(kind="costs").update(audience="coordinator")
    reader, boss = signed_in(Role.READER), signed_in(Role.COORDINATOR)
    for address in (ROOM, f"{ROOM}post/{year.line.uid}/", f"{ROOM}part/{year.hofors.code}/"):
        shown = text(page(reader.get(address)))
        assert "bara samordnaren läser 50 000" in shown
        assert "31 234" not in shown
        assert "18 766" not in shown
        assert "31 234" in text(page(boss.get(address)))
    followed = courses(held(Role.READER), "21", money_of("21", 2024))
    assert total(followed, "hidden") == 50_000


def test_the_people_reached_stand_beside_the_money(year: SpendingYear) -> None:
    area = year.year.plan.areas.first()
    activity = add_activity(
        by=BOSS, at=AT, area=area, number="1.1", title="Kurser", figures=[FigureValue("people", "Personer", 128)]
    )
    pay_for(by=BOSS, at=AT, activity=activity, lines=[year.line])
    shown = text(page(signed_in(Role.READER).get(f"{ROOM}post/{year.line.uid}/")))
    assert "Kurser Personer: 128" in shown


def test_queries_do_not_grow_with_receivers(year: SpendingYear) -> None:
    boss = signed_in(Role.COORDINATOR)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert boss.get(f"{ROOM}post/{year.line.uid}/").status_code == 200
        return len(captured)

    queries()
    before = queries()
    pay_out_all(by=CONTROLLER, at=AT, line=year.line, on=ON)
    assert queries() == before
    year.report({"salaries": "31 234"})
    assert queries() <= before + 8, "the report's form, its questions, answers and what of it is handed on"
