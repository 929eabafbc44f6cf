"""The pages about what became of the money: the controller's, a municipality's economist's, and what others find."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samplan.apps.orgs.models import Party
from samplan.apps.plans.models import BudgetLine
from samplan.apps.plans.operations.activities import add_activity
from samplan.apps.plans.operations.budget import pay_for
from samplan.apps.questionnaires.models import Question
from samplan.apps.questionnaires.operations import move_request
from samplan.apps.spending.models import EconomicReport, Payment, Use
from samplan.apps.spending.operations import About, pay, pay_out_all, tell_use
from samplan.base.audit.models import Event
from samplan.domain.access import Role
from samplan.domain.cycle import ReportStatus
from tests.small_year import AT, BOSS, person
from tests.spending_year import CONTROLLER, ON, SpendingYear

pytestmark = pytest.mark.django_db
ROOM = "/21/2024/pengar/"


@pytest.fixture
def year() -> SpendingYear:
    return SpendingYear()


def signed_in(role: Role, county: str = "21", party: Party | None = None) -> Client:
    client = Client()
    client.force_login(person(role, county, str(role), party), backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(response: Any) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def flat(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").split())


def lead(shown: BeautifulSoup) -> str:
    found = shown.select_one(".lead")
    assert found is not None
    return flat(found.text)


def of_line(year: SpendingYear, party: Party | None = None) -> str:
    address = f"{ROOM}anvandning/{year.line.uid}/"
    return f"{address}mottagare/{party.code}/" if party else address


def of_grant(year: SpendingYear, level: str, room: str = "anvandning/bidrag") -> str:
    asked = year.of(level).asked
    return f"{ROOM}{room}/{asked.grant.uid}/{asked.recipient.code}/"


def test_the_controller_pays_and_tells_what_was_used(year: SpendingYear) -> None:
    boss = signed_in(Role.CONTROLLER)
    shown = page(boss.get(f"{ROOM}anvandning/"))
    assert "är inte redovisad" in lead(shown)
    line = page(boss.get(of_line(year)))
    assert "2 mottagare har 100 000 kr kvar att få." in flat(line.text)
    wrong = page(boss.post(f"{of_line(year)}betala/", {"on": "i går"}))
    assert "behöver ses över" in wrong.text
    assert boss.post(f"{of_line(year)}betala/", {"on": "2024-10-01"}).status_code == 302
    assert Payment.objects.count() == 2
    assert "kvar att få" not in page(boss.get(of_line(year))).text
    form = page(boss.get(of_line(year, year.hofors))).select_one("#anvant form")
    assert form is not None
    assert len(form.select("input.input--number")) == 8
    typed = {"salaries": "40 000", "courses": "tio", "version": "0"}
    assert "Skriv ett helt tal" in page(boss.post(of_line(year, year.hofors), typed)).text
    typed["courses"] = "2 500"
    assert boss.post(of_line(year, year.hofors), typed).status_code == 302
    assert "7 500 kr är kvar" in lead(page(boss.get(of_line(year, year.hofors))))
    stale = page(boss.post(of_line(year, year.hofors), typed))
    assert "Sidan var gammal" in stale.text
    back = {"about": "payment", "payment-kind": "back", "payment-amount": "7500", "payment-on": "2024-10-02"}
    assert boss.post(of_line(year, year.hofors), back).status_code == 302
    too_much = page(boss.post(of_line(year, year.hofors), back | {"payment-amount": "50 000"}))
    assert "inte betala tillbaka mer än den har fått" in too_much.text
    shown = page(boss.get(of_line(year)))
    assert "löner 40 000, utbildning 2 500" in flat(shown.text)
    assert "förde in vad pengarna har gått till" in shown.select_one("#spar").text  # type: ignore[union-attr]
    remove = next(form for form in shown.select("#betalningar form") if "ta-bort" in form["action"])
    assert boss.post(str(remove["action"]), {}).status_code == 302
    assert Payment.objects.count() == 2


def test_figures_from_a_report_are_shown_with_their_source_and_not_typed(year: SpendingYear) -> None:
    asked = year.report({"salaries": "31 000"}, accept=False)
    boss = signed_in(Role.COORDINATOR)
    assert "återrapporten är inte godkänd än" in page(boss.get(of_line(year))).text
    asked.refresh_from_db()
    move_request(by=BOSS, at=AT, request=asked, to=ReportStatus.ACCEPTED)
    shown = page(boss.get(of_line(year, year.hofors)))
    assert "Siffrorna kommer ur den godkända återrapporten." in shown.text
    assert not shown.select("#anvant form")
    assert shown.select_one("dl.terms dd").text.replace("\xa0", " ") == "31 000 kr"  # type: ignore[union-attr]
    assert shown.select(f"a[href='/21/2024/aterrapporter/{asked.number}/']")
    assert page(boss.get(of_line(year))).select(f"a[href='/21/2024/aterrapporter/{asked.number}/']")


def test_what_only_the_coordinator_reads_is_hidden_from_the_countys_readers(year: SpendingYear) -> None:
    asked = year.report({"salaries": "31 234"})
    pay_out_all(by=CONTROLLER, at=AT, line=year.line, on=ON)
    reader, boss = signed_in(Role.READER), signed_in(Role.CONTROLLER)
    pages = [of_line(year), of_line(year, year.hofors), f"{ROOM}aterbetalning/"]
    said = ["löner 31 234", "31 234 kr är använda", "50 000 kr 31 234 kr 0 kr 18 766 kr"]
    for audience, hidden in (("parties", False), ("coordinator", True)):
        Question.objects.filter(kind="costs").update(audience=audience)
        for address, words in zip(pages, said, strict=True):
            shown = page(reader.get(address)).main.get_text(" ")  # type: ignore[union-attr]
            assert (words not in flat(shown)) is hidden, address
            assert words in flat(page(boss.get(address)).main.get_text(" "))  # type: ignore[union-attr]
    assert "bara samordnaren läser siffrorna" in page(reader.get(pages[0])).text
    assert "31 234" not in flat(page(reader.get(pages[1])).text)
    paper = "/21/2024/arsrapport/ekonomi/21.html"
    for client, told in ((reader, False), (boss, True)):
        text = client.get(paper).content.decode()
        assert ("Hofors" in text) is told
    mine = signed_in(Role.PARTY_CONTROLLER, party=year.hofors)
    assert "31 234" in flat(page(mine.get(pages[1])).text)
    assert not page(reader.get(pages[0])).select(f"a[href='/21/2024/aterrapporter/{asked.number}/']")


def test_a_municipality_sees_and_tells_its_own(year: SpendingYear) -> None:
    mine = signed_in(Role.PARTY_CONTROLLER, party=year.hofors)
    shown = page(mine.get(f"{ROOM}anvandning/"))
    assert len(shown.select("tbody tr")) == 2
    assert "Gävle" not in shown.main.text.replace("Gävleborg", "")  # type: ignore[union-attr]
    links = {str(link["href"]) for link in shown.main.select("tbody a")}  # type: ignore[union-attr]
    assert links == {of_line(year, year.hofors), of_grant(year, "municipalities")}
    for address, count in ((of_line(year, year.hofors), 50_000), (of_grant(year, "municipalities"), None)):
        told = page(mine.get(address))
        assert not told.select("#betalningar form")
        assert mine.post(address, {"salaries": "1000", "version": "0"}).status_code == 302
        assert "1 000 kr är använda" in lead(page(mine.get(address))), count
    assert mine.post(of_line(year, year.hofors), {"about": "payment"}).status_code == 403
    assert Use.objects.count() == 2


def test_a_municipality_repays_and_certifies(year: SpendingYear) -> None:
    mine = signed_in(Role.PARTY_CONTROLLER, party=year.hofors)
    came = year.of("municipalities").facts.came
    mine.post(of_grant(year, "municipalities"), {"courses": str(came - 900), "version": "0"})
    address = of_grant(year, "municipalities", "aterbetalning")
    shown = page(mine.get(address))
    assert shown.select_one("[name=amount]")["value"] == "900"  # type: ignore[index]
    assert "Kvar att betala tillbaka: 900 kr" in flat(shown.text)
    assert "behöver ses över" in page(mine.post(address, {"amount": "900", "on": "2024-10-01"})).text
    assert mine.post(address, {"amount": "900", "on": "2024-10-01", "to": "Kammarkollegiet"}).status_code == 302
    assert "0 kronor kvar. Summan stämmer." in flat(page(mine.get(address)).text)
    listed = page(mine.get(f"{ROOM}aterbetalning/"))
    assert "0 kronor kvar. Summan stämmer." in lead(listed)
    report = f"{ROOM}redovisning/2104/"
    assert "Inte intygad än. All användning är redovisad." in lead(page(mine.get(report)))
    typed = {"certified_by": "Kim Ek", "certified_function": "Ekonomichef", "on": "2024-10-05"}
    assert "behöver ses över" in page(mine.post(report, typed | {"on": ""})).text
    assert mine.post(report, typed).status_code == 302
    assert lead(page(mine.get(report))) == "Intygad 5 oktober 2024 av Kim Ek, Ekonomichef."
    frozen = page(mine.get(f"{report}1/"))
    assert EconomicReport.objects.get().facts_sha256 in frozen.text
    mine.post(of_grant(year, "municipalities"), {"courses": "5", "version": "1"})
    assert "Uppgifterna har ändrats sedan dess." in lead(page(mine.get(report)))
    assert flat(frozen.main.text) == flat(page(mine.get(f"{report}1/")).main.text)  # type: ignore[union-attr]
    assert mine.post(report, typed).status_code == 302
    assert "Ersatt av en senare." in lead(page(mine.get(f"{report}1/")))
    assert mine.get(f"{report}3/").status_code == 404


def test_the_list_of_what_is_left_names_every_difference(year: SpendingYear) -> None:
    tell_use(
        by=CONTROLLER, at=AT, about=About(line=year.line, party=year.hofors), costs={"salaries": 44_000}, version=0
    )
    pay_out_all(by=CONTROLLER, at=AT, line=year.line, on=ON)
    shown = page(signed_in(Role.READER).get(f"{ROOM}aterbetalning/"))
    text = flat(shown.text)
    assert "Kvar att betala tillbaka: 6 000 kr" in text
    assert "Användningen är inte redovisad: 50 000 kr" in text
    (returns,) = [one for one in shown.select("section") if "Från mottagarna till Region Gävleborg" in one.text]
    assert len(returns.select("tbody tr")) == 1
    assert "6 000 kr" in flat(returns.text)
    assert "Inte mottaget än" in text


def test_an_activity_shows_all_that_pays_for_it(year: SpendingYear) -> None:
    line = year.payee(payee_name="Konsulten")
    (moved,) = BudgetLine.objects.filter(supersedes=year.line)
    activity = add_activity(by=BOSS, at=AT, area=year.year.area, number="3.1.1", title="Samtal")
    pay_for(by=BOSS, at=AT, activity=activity, lines=[line, moved])
    tell_use(by=CONTROLLER, at=AT, about=About(line=line), costs={"purchased_service": 50_000}, version=0)
    shown = page(signed_in(Role.READER).get(f"{ROOM}anvandning/"))
    row = shown.find("a", href=f"/21/2024/plan/insats/{activity.uid}/").find_parent("tr")  # type: ignore[union-attr]
    assert row is not None
    assert flat(row.get_text(" ")) == "3.1.1 Samtal Kurser; Samordnare 100 000 kr 50 000 kr ofullständigt 10 000 kr"


def everything(year: SpendingYear) -> dict[str, set[str]]:
    """Every address of the room, with the roles of the county (or Hofors) that may send a form there."""
    payment = pay_out_all(by=CONTROLLER, at=AT, line=year.line, on=ON)[0]
    county, region = {"coordinator", "controller"}, {"controller"}
    return {
        f"{ROOM}anvandning/": set(), of_line(year): set(), f"{of_line(year)}betala/": county,
        of_line(year, year.hofors): county | {"party_controller"}, of_grant(year, "region"): region,
        of_grant(year, "municipalities"): {"party_controller"}, f"{ROOM}betalning/{payment.uid}/ta-bort/": county,
        f"{ROOM}redovisning/": set(), f"{ROOM}redovisning/21/": region,
        f"{ROOM}redovisning/2104/": {"party_controller"}, f"{ROOM}aterbetalning/": set(),
        of_grant(year, "joint", "aterbetalning"): region,
        of_grant(year, "municipalities", "aterbetalning"): {"party_controller"},
    }  # fmt: skip


OWN = ("party_controller", "party_reporter", "party_approver")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_every_page_by_every_role(year: SpendingYear, role: Role) -> None:
    party = year.hofors if role.value in OWN else None
    client = signed_in(role, party=party)
    reads = role.value not in OWN
    addresses = everything(year)
    before = Event.objects.count()
    for address, senders in addresses.items():
        own = role is Role.PARTY_CONTROLLER and (
            address in {f"{ROOM}anvandning/", f"{ROOM}redovisning/", f"{ROOM}aterbetalning/"}
            or address.startswith(f"{ROOM}redovisning/2104/")
            or address.endswith("/2104/")
        )
        status = client.get(address).status_code
        if "betala/" in address or "ta-bort" in address:
            assert status in {404, 405}, address
        else:
            assert status == (200 if reads or own else 404), address
        status = client.post(address, {}).status_code
        if role.value in senders:
            assert status in {200, 302}, address
        elif reads or own:
            assert status == (403 if senders else 200), address
        else:
            assert status in {403, 404}, address
    assert Event.objects.count() == before or any(role.value in senders for senders in addresses.values())


def test_neighbours_and_strangers_find_nothing(year: SpendingYear) -> None:
    addresses = everything(year)
    neighbours = [
        signed_in(Role.CONTROLLER, "25"), signed_in(Role.COORDINATOR, "25"), signed_in(Role.READER, "25"),
    ]  # fmt: skip
    gavle = signed_in(Role.PARTY_CONTROLLER, party=year.gavle)
    for address in addresses:
        assert Client().get(address).status_code == 302
        for client in neighbours:
            assert client.get(address).status_code in {404, 405}, address
            assert client.post(address, {}).status_code in {403, 404}, address
        if address.endswith("/2104/") or "/21/" in address.removeprefix("/21/2024"):
            assert gavle.get(address).status_code == 404, address
            assert gavle.post(address, {}).status_code == 404, address


def test_no_page_asks_more_when_more_is_paid_and_told(year: SpendingYear) -> None:
    boss = signed_in(Role.CONTROLLER)
    rooms = [f"{ROOM}{name}/" for name in ("anvandning", "aterbetalning", "redovisning", "redovisning/21")]
    pages = [*rooms, of_line(year)]
    year.report({"salaries": "31 000"})
    pay(by=CONTROLLER, at=AT, line=year.line, party=year.hofors, amount=5, on=ON)
    before = [_queries(boss, address) for address in pages]
    for _time in range(5):
        for party in (year.hofors, year.gavle):
            pay(by=CONTROLLER, at=AT, line=year.line, party=party, amount=5, on=ON)
    tell_use(by=CONTROLLER, at=AT, about=About(line=year.line, party=year.gavle), costs={"other": 5}, version=0)
    assert [_queries(boss, address) for address in pages] == before


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(client.get(address))
    return len(captured)
