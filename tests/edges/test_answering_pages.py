"""The pages of the reporter's form: saving in the background, figures filled in, parts, the preview, the copy, and who
may open each of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from samplan.apps.directives.operations import Wording, draft_directive, issue_directive
from samplan.apps.indicators.models import Indicator
from samplan.apps.indicators.operations import add_indicator, enter_value
from samplan.apps.plans.operations.plans import create_plan
from samplan.apps.questionnaires.counted import counted_for
from samplan.apps.questionnaires.models import Answer, HandedPart, ReportRequest
from samplan.apps.questionnaires.operations import Typed, ask, hand_over, move_part, move_request, save_answers
from samplan.apps.questionnaires.queries import questions_of
from samplan.domain.access import Role
from samplan.domain.cycle import ReportStatus
from samplan.domain.exact import Exact
from samplan.domain.handing import PartStatus
from samplan.domain.questionnaire import Audience, Question, QuestionKind
from tests.small_year import AT, BOSS, actor, load_places, make_year, person

pytestmark = pytest.mark.django_db
R = ReportStatus


class Room:
    def __init__(self, needs_approval: bool = False) -> None:
        load_places()
        self.year = make_year()
        directive = self.year.issued(needs_approval=needs_approval)
        party, other = self.year.parties
        self.asked: ReportRequest = directive.shares.get(party=party).request
        self.people = {
            "reporter": person(Role.PARTY_REPORTER, "21", "Rut Rapportör", party),
            "boss": person(Role.PARTY_APPROVER, "21", "Agne Chef", party),
            "economist": person(Role.PARTY_CONTROLLER, "21", "Eva Ekonom", party),
            "granne": person(Role.PARTY_REPORTER, "21", "Granne", other),
            "coordinator": person(Role.COORDINATOR, "21", "Sara Samordnare"),
            "reader": person(Role.READER, "21", "Lena Läsare"),
            "far": person(Role.COORDINATOR, "25", "Norrbotten"),
        }
        self.path = f"/21/2024/aterrapporter/{self.asked.number}/"

    def as_(self, who: str) -> Client:
        client = Client()
        if who != "stranger":
            client.force_login(self.people[who])
        return client

    def write(self, who: str = "reporter", **values: Any) -> None:
        typed = {code: Typed(value) for code, value in values.items()}
        save_answers(by=actor(self.people[who]), at=AT, request=self.asked, answers=typed)

    def hand(self, *codes: str) -> HandedPart:
        return hand_over(
            by=actor(self.people["reporter"]), at=AT, request=self.asked, codes=codes, to=self.people["economist"],
            message="Kan du?",
        )  # fmt: skip

    def page(self, who: str = "reporter", path: str = "", **query: str) -> BeautifulSoup:
        return BeautifulSoup(self.as_(who).get(self.path + path, query).content, "html.parser")


@pytest.fixture
def room() -> Room:
    return Room()


def test_a_script_saves_the_changed_questions_alone(room: Room) -> None:
    room.write(people="3")
    answer = room.as_("reporter").post(f"{room.path}spara/", {"v-done": "0", "a-done": "Kurser."}).json()
    assert answer["versions"] == {"done": 1}
    assert (answer["trouble"], answer["feet"], answer["answered"]) == ({}, {}, 2)
    assert "2 av 5 frågor är besvarade" in answer["summary"]
    assert dict(Answer.objects.values_list("code", "value")) == {"people": "3", "done": "Kurser."}


def test_a_script_is_told_what_could_not_be_saved_as_the_form_shows_it(room: Room) -> None:
    room.write("boss", done="Chefens ord")
    sent = {
        "v-done": "0", "a-done": "Mina ord", "v-people": "0", "a-people": "många", "v-costs": "0",
        "a-costs-other": "60000",
    }  # fmt: skip
    answer = room.as_("reporter").post(f"{room.path}spara/", sent).json()
    assert answer["versions"] == {"costs": 1}
    assert "Chefens ord" in answer["trouble"]["done"]
    assert "Skriv ett tal" in answer["trouble"]["people"]
    assert "Det är mer än de" in answer["feet"]["costs"]
    number = room.as_("reporter").post(f"{room.path}spara/", {"v-with": "0", "v-done": "1", "a-done": "19121212-1212"})
    assert "ser ut som ett personnummer" in number.json()["trouble"]["done"]


ADDRESSES = ["", "spara/", "lamna/", "forhandsvisning/", "kopia.pdf", "del/", "del/spara/"]
PARTY = {"reporter", "boss"}
OPENS = {  # who gets anything at all there; the economist holds a part
    "": PARTY | {"coordinator"}, "spara/": PARTY, "lamna/": PARTY, "forhandsvisning/": PARTY, "kopia.pdf": PARTY,
    "del/": PARTY | {"economist"}, "del/spara/": PARTY | {"economist"},
}  # fmt: skip


@pytest.mark.parametrize("who", ["reporter", "boss", "economist", "granne", "coordinator", "reader", "far", "stranger"])
def test_every_address_by_everybody(room: Room, who: str) -> None:
    part = room.hand("costs")
    client = room.as_(who)
    for address in ADDRESSES:
        path = room.path + address.replace("del/", f"del/{part.uid}/")
        posts = address.endswith("spara/")
        found = client.post(path, {"v-costs": "0"}) if posts else client.get(path)
        allowed = who in OPENS[address]
        refused = {403} if who == "stranger" and posts else {302} if who == "stranger" else {403, 404}
        assert found.status_code in ({200} if allowed else refused), (who, address, found.status_code)
    assert client.get(f"{room.path}del/{uuid4()}/").status_code in {302, 404}


def test_a_colleague_sees_the_part_alone_and_says_when_it_is_done(room: Room) -> None:
    room.write(done="Bara för rapportören")
    part = room.hand("costs", "people")
    client, path = room.as_("economist"), f"{room.path}del/{part.uid}/"
    text = client.get(path).content.decode()
    assert "Kan du?" in text
    assert "Bara för rapportören" not in text
    assert "a-done" not in text
    assert (
        client.post(f"{path}spara/", {"v-done": "1", "a-done": "x", "v-people": "0", "a-people": "4"}).status_code
        == 200
    )
    assert Answer.objects.get(code="done").value == "Bara för rapportören"
    sent = {"v-costs": "0", "a-costs-salaries": "900", "action": "done"}
    assert client.post(path, sent, follow=True).status_code == 200
    part.refresh_from_db()
    assert (part.state, Answer.objects.get(code="costs").value) == ("done", '{"salaries":900}')
    late = client.post(path, {"v-costs": "1", "a-costs-salaries": "1", "action": "save"})
    assert late.status_code == 409
    assert client.post(f"{path}spara/", {"v-costs": "1", "a-costs-salaries": "1"}).status_code == 409
    client.post(path, {"action": "out"})
    part.refresh_from_db()
    assert part.state == "out"


def test_the_reporter_sees_who_has_what_and_takes_it_back(room: Room) -> None:
    part = room.hand("costs")
    shown = room.page()
    assert "Eva Ekonom" in shown.select_one("#delar").text  # type: ignore[union-attr]
    assert "Hos Eva Ekonom" in shown.select_one("#fraga-costs").text  # type: ignore[union-attr]
    stopped = room.as_("reporter").post(room.path, {"v-done": "0", "a-done": "Kurser.", "action": "submitted"})
    assert "Eva Ekonom är inte klar med sin del" in stopped.content.decode()
    done = room.as_("reporter").post(
        room.path, {"action": f"part:{part.uid}:taken_back", "v-done": "1", "a-done": "Nytt."}
    )
    assert done["Location"] == f"{room.path}#delar"
    assert not room.page().select("#delar")
    assert Answer.objects.get(code="done").value == "Nytt."


def test_another_reports_part_is_not_moved_from_here(room: Room) -> None:
    part = room.hand("costs")
    other = f"/21/2024/aterrapporter/{room.asked.number + 1}/"
    assert room.as_("granne").post(other, {"action": f"part:{part.uid}:taken_back"}).status_code == 409
    part.refresh_from_db()
    assert part.state == "out"


def test_handing_over_from_its_page(room: Room) -> None:
    path = f"{room.path}lamna/"
    offered = [one.text for one in room.page(path="lamna/").select("select option")]
    assert offered == ["Välj kollega", "Agne Chef", "Eva Ekonom"]
    wrong = room.as_("reporter").post(path, {"message": "Ett ord"})
    assert "Ett ord" in wrong.content.decode()
    assert "Välj minst en fråga" in wrong.content.decode()
    sent = {"codes": ["people"], "to": str(room.people["economist"].pk)}
    assert room.as_("reporter").post(path, sent)["Location"] == f"{room.path}#delar"
    assert HandedPart.objects.get().listed == ["people"]
    other = {"codes": ["done"], "to": str(room.people["granne"].pk)}
    assert room.as_("reporter").post(path, other).status_code == 200
    move_request(by=actor(room.people["reporter"]), at=AT, request=room.asked, to=R.NOTHING, reason="Nej.")
    assert room.as_("reporter").get(path).status_code == 409


def test_the_desk_and_the_list_lead_a_colleague_to_the_part(room: Room) -> None:
    part = room.hand("costs")
    for path in ("/21/2024/", "/21/2024/aterrapporter/mina/"):
        assert f"{room.path}del/{part.uid}/" in room.as_("economist").get(path).content.decode()
    move_part(by=actor(room.people["economist"]), at=AT, part=part, to=PartStatus.DONE)
    assert str(part.uid) not in room.as_("economist").get("/21/2024/").content.decode()


def test_last_years_words_are_added_and_nothing_is_written_over(room: Room) -> None:
    room.write(done="Årets mening.")
    use = {"action": "use:done", "v-done": "1", "a-done": "Årets mening, ändrad."}
    assert room.as_("reporter").post(room.path, use).status_code == 409  # nothing was said last year
    plan = create_plan(by=BOSS, at=AT, county="21", year=2023, title="Länets plan 2023")
    before = ask(
        by=BOSS, at=AT, plan=plan, area=None, kind="effort", title=room.asked.title, party=room.asked.party,
        form=room.asked.form, last_day=date(2023, 12, 31),
    )  # fmt: skip
    save_answers(by=actor(room.people["reporter"]), at=AT, request=before, answers={"done": Typed("Två kurser.")})
    answer = room.as_("reporter").post(room.path, use | {"v-done": str(Answer.objects.get(request=room.asked).version)})
    assert answer["Location"] == f"{room.path}#fraga-done"
    assert Answer.objects.get(request=room.asked).value == "Årets mening, ändrad.\n\nTvå kurser."


def counting_year(**values: int) -> tuple[ReportRequest, Indicator]:
    """A report with a question that an indicator counts, and the party's values by period."""
    load_places()
    year = make_year()
    indicator = add_indicator(by=BOSS, at=AT, county="21", code="kurser", title="Kurser")
    question = Question("held", QuestionKind.NUMBER, "Hur många kurser?", Audience.EVERYBODY, counted="kurser")
    directive = draft_directive(
        by=BOSS, at=AT, area=year.area, number=1, wording=Wording("Kurser", last_day=AT.date()), questions=[question],
        budget_line=year.line,
    )  # fmt: skip
    directive = issue_directive(by=BOSS, at=AT, directive=directive, decision_point=year.point)
    asked = directive.shares.get(party=year.parties[0]).request
    for period, value in values.items():
        enter_value(
            by=BOSS, at=AT, indicator=indicator, party=asked.party, when=period.removeprefix("p"), value=Exact(value)
        )
    return asked, indicator


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"p2024": 7}, "7"), ({"p2024H1": 3, "p2024H2": 4}, "7"), ({"p2024H1": 3}, None), ({"p2023": 9}, None),
        ({"p2024": 8, "p2024H1": 3, "p2024H2": 4}, "8"),
    ],
)  # fmt: skip
def test_a_figure_that_is_counted_already_is_filled_in_with_its_source(
    values: dict[str, int], expected: str | None
) -> None:
    asked, _indicator = counting_year(**values)
    found = counted_for(asked, questions_of(asked.form))
    assert (found["held"].value if found else None) == expected
    client = Client()
    client.force_login(person(Role.PARTY_REPORTER, "21", "Rut", asked.party))
    shown = BeautifulSoup(client.get(f"/21/2024/aterrapporter/{asked.number}/").content, "html.parser")
    assert shown.select_one("[name=a-held]")["value"] == (expected or "")  # type: ignore[index]
    assert ("Hämtat från indikatorn Kurser" in shown.text) == (expected is not None)


def test_an_answer_that_differs_from_what_is_counted_stands_with_it_beside(db: None) -> None:
    asked, _indicator = counting_year(p2024=7)
    reporter = person(Role.PARTY_REPORTER, "21", "Rut", asked.party)
    save_answers(by=actor(reporter), at=AT, request=asked, answers={"held": Typed("9")})
    client = Client()
    client.force_login(reporter)
    text = client.get(f"/21/2024/aterrapporter/{asked.number}/").content.decode()
    assert "Enligt indikatorn Kurser: 7" in text
    assert 'value="9"' in text


def test_the_receipt_says_when_who_and_what_next_and_is_kept_as_a_file(db: None) -> None:
    room = Room(needs_approval=True)
    room.write(done="Kurser.", people="4")
    before = room.page().select_one("#skicka")
    assert before is not None
    assert "Agne Chef" in before.text
    move_request(by=actor(room.people["reporter"]), at=AT + timedelta(days=1), request=room.asked, to=R.SUBMITTED)
    receipt = room.page().select_one("#kvitto")
    assert receipt is not None
    for words in ("5 november 2024 kl. 10.00", "Rut Rapportör", "Agne Chef godkänner, sedan läser samordnaren."):
        assert words in receipt.text, words
    file = room.as_("reporter").get(f"{room.path}kopia.pdf")
    assert (file["Content-Type"], b"".join(file)[:4]) == ("application/pdf", b"%PDF")  # type: ignore[arg-type]
    assert not room.page("coordinator").select("#kvitto")


@override_settings(DEBUG=False)
def test_pages_of_failure_give_back_what_was_typed(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = {"v-done": "0", "a-done": "En lång text.", "action": "save"}
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(room.people["reporter"])
    old = strict.post(room.path, sent)
    assert (old.status_code, "En lång text." in old.content.decode()) == (403, True)

    def broken(**_options: Any) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("samplan.edges.answering.form.save_answers", broken)
    client = Client(raise_request_exception=False)
    client.force_login(room.people["reporter"])
    failed = client.post(room.path, sent)
    assert (failed.status_code, "En lång text." in failed.content.decode()) == (500, True)


def test_the_form_asks_no_more_when_there_is_more(room: Room) -> None:
    client, counts = room.as_("reporter"), []
    for codes in (("costs",), ("people",), ("with", "phase")):
        room.hand(*codes)
        client.get(room.path)
        with CaptureQueriesContext(connection) as queries:
            client.get(room.path)
        counts.append(len(queries))
        room.write(**{"done": f"Text {len(counts)}"} if len(counts) == 1 else {})
    assert counts[0] == counts[-1]
