"""The report form, the board and one's own list, as people meet them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samplan.apps.plans.operations.plans import create_plan
from samplan.apps.questionnaires.models import Answer, ReportRequest
from samplan.apps.questionnaires.operations import Typed, ask, move_request, save_answers
from samplan.domain.access import Role
from samplan.domain.cycle import ReportStatus
from tests.small_year import AT, BOSS, Year, actor, load_places, make_year, person

pytestmark = pytest.mark.django_db
NUMBER = "19121212-1212"
BOARD = "/21/2024/aterrapporter/"


class Room:
    """A county with one directive out, and a signed-in client for each of its people."""

    def __init__(self, needs_approval: bool = False) -> None:
        load_places()
        self.year: Year = make_year()
        self.directive = self.year.issued(needs_approval=needs_approval)
        party = self.year.parties[0]
        self.reporter = person(Role.PARTY_REPORTER, "21", "Rut Rapportör", party)
        self.colleague = person(Role.PARTY_APPROVER, "21", "Agne Chef", party)
        self.coordinator = person(Role.COORDINATOR, "21", "Sara Samordnare")
        self.asked = self.directive.shares.get(party=party).request
        self.path = f"{BOARD}{self.asked.number}/"

    def as_(self, account: Any) -> Client:
        client = Client()
        client.force_login(account)
        return client

    def again(self) -> ReportRequest:
        return ReportRequest.objects.get(pk=self.asked.pk)


@pytest.fixture
def room() -> Room:
    return Room()


def page(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def fields(response: Any, **changes: str) -> dict[str, Any]:
    """What a browser would send from the page's form: every field as it stands, with some typed over."""
    form = page(response).select_one("form.report")
    assert form is not None
    found: dict[str, Any] = {}
    for control in form.select("input[name], textarea[name]"):
        kind = control.get("type")
        if kind in {"radio", "checkbox"} and not control.has_attr("checked"):
            continue
        text = control.text.removeprefix("\n") if control.name == "textarea" else control.get("value", "")
        found[str(control["name"])] = text
    return found | {name.replace("__", "-"): value for name, value in changes.items()}


def test_the_form_says_beforehand_who_may_see_each_answer_and_what_was_given(room: Room) -> None:
    text = page(room.as_(room.reporter).get(room.path)).get_text(" ", strip=True)
    assert "Alla får läsa svaret" in text
    assert "Länets parter får läsa svaret" in text
    assert "Bara samordnaren läser svaret" in text
    assert "50\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr" in text
    assert "31 december 2024" in text
    assert "Lokal och vikarier." in text


def test_saving_leads_back_to_the_form_with_everything_stored(room: Room) -> None:
    client = room.as_(room.reporter)
    sent = fields(client.get(room.path), a__done="Tre kurser.", a__people="1 234", a__costs__salaries="60 000")
    response = client.post(room.path, sent | {"action": "save"}, follow=True)
    assert response.redirect_chain == [(room.path, 302)]
    text = page(response).get_text(" ", strip=True)
    assert "Allt är sparat" in text
    assert "Det är mer än de 50\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr ni fick" in text
    values = dict(Answer.objects.values_list("code", "value"))
    assert values == {"done": "Tre kurser.", "people": "1234", "costs": '{"salaries":60000}'}


def test_two_presses_on_one_button_are_one_write(room: Room) -> None:
    client = room.as_(room.reporter)
    sent = fields(client.get(room.path), a__done="En gång.") | {"action": "submitted"}
    first, second = client.post(room.path, sent), client.post(room.path, sent)
    assert (first.status_code, first["Location"]) == (302, room.path)
    assert (second.status_code, second["Location"]) == (302, room.path)
    assert Answer.objects.get(code="done").version == 1
    assert room.again().state == "submitted"


def test_a_field_that_cannot_be_read_is_named_and_nothing_else_is_lost(room: Room) -> None:
    client = room.as_(room.reporter)
    sent = fields(client.get(room.path), a__done="Kurser.", a__people="många", a__costs__other="x")
    response = client.post(room.path, sent | {"action": "submitted"})
    found = page(response)
    links = [a["href"] for a in found.select(".errors a")]
    assert links == ["#fraga-people", "#fraga-costs"]
    assert "Skriv ett tal med siffror" in found.select_one("#fraga-people").text  # type: ignore[union-attr]
    assert "Skriv hela kronor" in found.select_one("#fraga-costs").text  # type: ignore[union-attr]
    assert all(found.select_one(link) for link in map(str, links))
    assert found.select_one("[name=a-people]")["value"] == "många"  # type: ignore[index]
    assert found.select_one("[name=a-costs-other]")["value"] == "x"  # type: ignore[index]
    assert found.select_one("[name=a-people]")["aria-invalid"] == "true"  # type: ignore[index]
    assert Answer.objects.get().value == "Kurser."
    assert room.again().state == "draft"


def test_a_personal_number_is_marked_in_its_place_and_can_be_said_to_be_none(room: Room) -> None:
    client = room.as_(room.reporter)
    sent = fields(client.get(room.path), a__done=f"Ärende {NUMBER} löstes.", a__people="7")
    response = client.post(room.path, sent | {"action": "save"})
    found = page(response)
    assert [mark.text for mark in found.select("mark")] == [NUMBER]
    assert "Det är inget personnummer" in found.get_text()
    assert found.select_one("textarea[name=a-done]").text.strip() == f"Ärende {NUMBER} löstes."  # type: ignore[union-attr]
    assert list(Answer.objects.values_list("code", flat=True)) == ["people"]
    again = fields(response) | {"action": f"waive:done:{NUMBER}"}
    assert client.post(room.path, again).status_code == 302
    assert Answer.objects.get(code="done").value == f"Ärende {NUMBER} löstes."


def test_both_texts_are_shown_and_one_is_chosen(room: Room) -> None:
    mine, theirs = room.as_(room.reporter), room.as_(room.colleague)
    sent = fields(mine.get(room.path), a__done="Min text", a__people="4") | {"action": "save"}
    theirs.post(room.path, fields(theirs.get(room.path), a__done="Deras text") | {"action": "save"})
    response = mine.post(room.path, sent)
    text = page(response).get_text(" ", strip=True)
    assert "Deras text" in text
    assert "Agne Chef" in text
    assert page(response).select_one("textarea[name=a-done]").text.strip() == "Min text"  # type: ignore[union-attr]
    assert Answer.objects.get(code="people").value == "4"
    unchosen = mine.post(room.path, fields(response) | {"action": "save"})
    assert page(unchosen).select(".compare")
    assert Answer.objects.get(code="done").value == "Deras text"
    assert mine.post(room.path, fields(unchosen, choice__done="mine") | {"action": "save"}).status_code == 302
    assert Answer.objects.get(code="done").value == "Min text"


def test_the_others_text_can_be_let_stand(room: Room) -> None:
    mine, theirs = room.as_(room.reporter), room.as_(room.colleague)
    sent = fields(mine.get(room.path), a__done="Min text") | {"action": "save"}
    theirs.post(room.path, fields(theirs.get(room.path), a__done="Deras text") | {"action": "save"})
    response = mine.post(room.path, fields(mine.post(room.path, sent), choice__done="theirs") | {"action": "save"})
    assert response.status_code == 302
    assert Answer.objects.get(code="done").value == "Deras text"


def test_what_is_missing_is_said_before_it_is_sent(room: Room) -> None:
    client = room.as_(room.reporter)
    response = client.post(room.path, fields(client.get(room.path), a__people="3") | {"action": "submitted"})
    assert [a["href"] for a in page(response).select(".errors a")] == ["#fraga-done"]
    assert room.again().state == "draft"


@pytest.mark.parametrize("state", ["nothing", "declined"])
def test_nothing_to_report_and_declined_want_a_reason(room: Room, state: str) -> None:
    client = room.as_(room.reporter)
    sent = fields(client.get(room.path), a__done="Halva meningen") | {"action": state}
    response = client.post(room.path, sent)
    assert "Skriv i en mening varför" in page(response).select_one(".errors").text  # type: ignore[union-attr]
    assert Answer.objects.get().value == "Halva meningen"
    sent = fields(response) | {"action": state, f"reason-{state}": "Vi hade ingen samordnare."}
    assert client.post(room.path, sent).status_code == 302
    assert (room.again().state, room.again().reason) == (state, "Vi hade ingen samordnare.")


def test_the_manager_approves_or_sends_back(db: None) -> None:
    room = Room(needs_approval=True)
    writer, boss, coordinator = (room.as_(who) for who in (room.reporter, room.colleague, room.coordinator))
    form = writer.get(room.path)
    assert "Skicka till chef för godkännande" in page(form).text
    writer.post(room.path, fields(form, a__done="Kurser.") | {"action": "submitted"})
    assert "Godkänn rapporten" not in [b.text for b in page(coordinator.get(room.path)).select("button")]
    assert "Sänd tillbaka till utkast" in page(boss.get(room.path)).text
    boss.post(room.path, {"action": "draft"})
    assert room.again().state == "draft"
    writer.post(room.path, fields(writer.get(room.path)) | {"action": "submitted"})
    boss.post(room.path, {"action": "approved"})
    assert room.again().state == "approved"
    coordinator.post(room.path, {"action": "accepted"})
    assert room.again().state == "accepted"


def test_the_coordinators_question_stands_on_top_of_the_form(room: Room) -> None:
    writer, coordinator = room.as_(room.reporter), room.as_(room.coordinator)
    writer.post(room.path, fields(writer.get(room.path), a__done="Kurser.") | {"action": "submitted"})
    empty = coordinator.post(room.path, {"action": "returned", "reason-returned": ""})
    assert "Skriv i en mening varför" in page(empty).text
    coordinator.post(room.path, {"action": "returned", "reason-returned": "Hur många var unga?"})
    assert "Hur många var unga?" in page(writer.get(room.path)).select_one(".notice--question").text  # type: ignore[union-attr]


def test_a_draft_is_the_partys_own(room: Room) -> None:
    writer, coordinator = room.as_(room.reporter), room.as_(room.coordinator)
    writer.post(room.path, fields(writer.get(room.path), a__done="Ofärdig tanke") | {"action": "save"})
    assert "Ofärdig tanke" not in coordinator.get(room.path).content.decode()
    writer.post(room.path, fields(writer.get(room.path)) | {"action": "submitted"})
    assert "Ofärdig tanke" in coordinator.get(room.path).content.decode()


def test_the_trace_is_shown_to_those_who_may_read_it(room: Room) -> None:
    save_answers(by=actor(room.reporter), at=AT, request=room.asked, answers={"done": Typed("Första")})
    move_request(by=actor(room.reporter), at=AT, request=room.asked, to=ReportStatus.SUBMITTED)
    move_request(by=BOSS, at=AT, request=room.asked, to=ReportStatus.RETURNED, reason="Mer?")
    save_answers(by=actor(room.reporter), at=AT, request=room.asked, answers={"done": Typed("Andra", 1)})
    trace = page(room.as_(room.coordinator).get(room.path)).select_one(".trace")
    assert trace is not None
    assert "skickade in rapporten" in trace.text
    assert ("Första", "Andra") in [(p.find("del").text, p.find("ins").text) for p in trace.select("p:has(del)")]  # type: ignore[union-attr]
    assert not page(room.as_(room.reporter).get(room.path)).select(".trace")


def test_what_will_be_public_can_be_read_beforehand(room: Room) -> None:
    answers = {"done": Typed("Syns för alla"), "people": Typed("77")}
    save_answers(by=actor(room.reporter), at=AT, request=room.asked, answers=answers)
    client = room.as_(room.reporter)
    seen = {whom: page(client.get(f"{room.path}forhandsvisning/", {"som": whom})).select_one("main").text  # type: ignore[union-attr]
            for whom in ("alla", "parterna", "samordnaren")}  # fmt: skip
    assert ["Syns för alla" in text for text in seen.values()] == [True, True, True]
    assert ["77" in text for text in seen.values()] == [False, True, True]
    assert client.get(f"{room.path}forhandsvisning/", {"som": "granne"}).status_code == 404
    assert room.as_(room.coordinator).get(f"{room.path}forhandsvisning/").status_code == 404


def test_last_years_answer_stands_beside_the_question(room: Room) -> None:
    plan = create_plan(by=BOSS, at=AT, county="21", year=2023, title="Länets plan 2023")
    before = ask(
        by=BOSS, at=AT, plan=plan, area=None, kind="directive", title=room.asked.title, party=room.asked.party,
        form=room.asked.form, last_day=date(2023, 12, 31),
    )  # fmt: skip
    save_answers(by=actor(room.reporter), at=AT, request=before, answers={"done": Typed("Två kurser i fjol.")})
    assert "Två kurser i fjol." in page(room.as_(room.reporter).get(room.path)).select_one(".before").text  # type: ignore[union-attr]


def test_strangers_and_neighbours_find_nothing(room: Room) -> None:
    other = person(Role.PARTY_REPORTER, "21", "Grannkommun", room.year.parties[1])
    neighbour = person(Role.COORDINATOR, "25", "Norrbotten")
    for account in (other, neighbour):
        assert room.as_(account).get(room.path).status_code == 404
        assert room.as_(account).post(room.path, {"action": "save", "a-done": "x", "v-done": "0"}).status_code == 404
    assert Client().get(room.path).status_code == 302
    assert not Answer.objects.exists()


def test_a_reader_of_the_county_sees_the_board_but_no_answers(room: Room) -> None:
    reader = room.as_(person(Role.READER, "21", "Lena"))
    assert reader.get(room.path).status_code == 404
    assert not page(reader.get(BOARD)).select(".board__cell a")


def test_who_was_signed_out_gets_the_text_back(room: Room) -> None:
    sent = fields(room.as_(room.reporter).get(room.path), a__done="En lång\ntext.") | {"action": "save"}
    room.reporter.set_password("en lång mening som lösenord")
    room.reporter.save()
    client = Client()
    response = client.post(room.path, sent)
    assert response.status_code == 403
    found = page(response)
    assert "En lång\ntext." in [area.text.removeprefix("\n") for area in found.select("textarea")]
    carried = found.select_one("[name=carried]")["value"]  # type: ignore[index]
    signing = {"username": room.reporter.email, "password": "fel", "next": room.path, "carried": carried}
    wrong = client.post("/konto/logga-in/", signing)
    assert page(wrong).select_one("[name=carried]")["value"] == carried  # type: ignore[index]
    right = client.post("/konto/logga-in/", signing | {"password": "en lång mening som lösenord"})
    form = page(right).select_one("form[action='/21/2024/aterrapporter/1/']")
    assert form is not None
    assert not Answer.objects.exists()
    again = {str(i["name"]): i["value"] for i in form.select("input[name]")}
    assert client.post(room.path, again).status_code == 302
    assert Answer.objects.get(code="done").value == "En lång\ntext."
    assert json.loads(str(carried))


def test_a_report_sent_in_by_a_colleague_meanwhile_gives_the_text_back(room: Room) -> None:
    client = room.as_(room.reporter)
    sent = fields(client.get(room.path), a__done="Sent påkommet.") | {"action": "save"}
    save_answers(by=actor(room.colleague), at=AT, request=room.asked, answers={"done": Typed("Klart.")})
    move_request(by=actor(room.colleague), at=AT, request=room.asked, to=ReportStatus.SUBMITTED)
    response = client.post(room.path, sent)
    assert response.status_code == 409
    assert "Sent påkommet." in page(response).text


@pytest.mark.parametrize(
    ("chosen", "parties"),
    [
        ("", {"Gävle", "Hofors"}),
        ("missing", {"Gävle"}),
        ("late", {"Gävle"}),
        ("returned", set()),
        ("review", {"Hofors"}),
    ],
)
def test_the_board_and_its_filters(room: Room, chosen: str, parties: set[str]) -> None:
    save_answers(by=actor(room.reporter), at=AT, request=room.asked, answers={"done": Typed("Klart.")})
    move_request(by=actor(room.reporter), at=AT, request=room.asked, to=ReportStatus.SUBMITTED)
    found = page(room.as_(room.coordinator).get(BOARD, {"visa": chosen}))
    assert {row.text for row in found.select(".board tbody th")} == parties
    assert "1 av 2 rapporter är inne" in found.text
    assert "är sen" in found.text


def test_an_unknown_filter_is_not_found(room: Room) -> None:
    assert room.as_(room.coordinator).get(BOARD, {"visa": "allt"}).status_code == 404


def test_asking_for_an_effort_from_its_page(room: Room) -> None:
    client = room.as_(room.coordinator)
    path = f"{BOARD}insats/ny/"
    wrong = client.post(path, {"title": "Samtalsgrupper"})
    assert page(wrong).select_one("[name=title]")["value"] == "Samtalsgrupper"  # type: ignore[index]
    sent = {"title": "Samtalsgrupper", "party": str(room.year.parties[0].pk), "last_day": "2027-01-31"}
    assert client.post(path, sent)["Location"] == BOARD
    effort = ReportRequest.objects.get(kind="effort")
    codes = list(effort.form.questions.values_list("code", flat=True))
    assert codes == ["title", "description", "goal", "result", "phase", "point"]
    assert "Samtalsgrupper" in page(client.get(BOARD)).select_one("#insatser").text  # type: ignore[union-attr]
    assert room.as_(room.reporter).get(f"{BOARD}{effort.number}/").status_code == 200
    assert room.as_(room.reporter).post(path, sent).status_code == 404


def test_ones_own_reports_are_listed(room: Room) -> None:
    found = page(room.as_(room.reporter).get(f"{BOARD}mina/"))
    assert [a["href"] for a in found.select(".todo__title")] == [room.path]
    assert "En återrapport är kvar" in found.text
    assert room.as_(room.coordinator).get(f"{BOARD}mina/").status_code == 404


@pytest.mark.parametrize("path", [BOARD, "/21/2024/direktiv/", "/21/2024/direktiv/1/", "/21/2024/"])
def test_pages_ask_the_database_no_more_when_there_are_more_parties(path: str) -> None:
    load_places()
    counts = []
    coordinator = person(Role.COORDINATOR, "21", "Sara")
    client = Client()
    client.force_login(coordinator)
    year = make_year(parties=10)
    directive = year.issued()
    shares = list(directive.shares.select_related("request"))
    few, many = shares[:1], shares
    for kept in (few, many):
        ReportRequest.objects.update(state="withdrawn")
        ReportRequest.objects.filter(pk__in=[share.request_id for share in kept]).update(state="submitted")
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
