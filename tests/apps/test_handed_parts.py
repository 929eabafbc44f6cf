"""Parts of a report in colleagues' hands, through the operations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from samplan.apps.questionnaires.models import Answer, HandedPart, ReportRequest
from samplan.apps.questionnaires.operations import (
    Typed,
    hand_over,
    move_part,
    move_request,
    save_answers,
    waive_number,
)
from samplan.apps.questionnaires.queries import parts_held, parts_out
from samplan.base.accounts.models import Account
from samplan.base.audit.models import Event
from samplan.base.mail.models import OutboxMail
from samplan.domain.access import Actor, Role
from samplan.domain.cycle import ReportStatus
from samplan.domain.errors import DomainError, Invalid, Refused
from samplan.domain.handing import PartStatus
from tests.small_year import AT, BOSS, actor, load_places, make_year, person

pytestmark = pytest.mark.django_db
R = ReportStatus


class Room:
    def __init__(self) -> None:
        load_places()
        year = make_year()
        self.asked: ReportRequest = year.issued().shares.get(party=year.parties[0]).request
        party, other = year.parties
        self.reporter = person(Role.PARTY_REPORTER, "21", "Rut Rapportör", party)
        self.economist = person(Role.PARTY_CONTROLLER, "21", "Eva Ekonom", party)
        self.boss = person(Role.PARTY_APPROVER, "21", "Agne Chef", party)
        self.neighbour = person(Role.PARTY_REPORTER, "21", "Granne", other)
        self.coordinator = person(Role.COORDINATOR, "21", "Sara")
        self.far = person(Role.COORDINATOR, "25", "Norrbotten")

    def hand(self, *codes: str, to: Account | None = None, by: Account | None = None) -> HandedPart:
        return hand_over(
            by=actor(by or self.reporter), at=AT, request=self.asked, codes=codes or ("costs",), to=to or self.economist
        )

    def write(self, by: Any, **values: Any) -> Any:
        typed = {code: value if isinstance(value, Typed) else Typed(value) for code, value in values.items()}
        who = by if isinstance(by, Actor) else actor(by)
        return save_answers(by=who, at=AT, request=self.asked, answers=typed)

    def again(self) -> ReportRequest:
        return ReportRequest.objects.get(pk=self.asked.pk)


@pytest.fixture
def room() -> Room:
    return Room()


def code_of(call: Any) -> str:
    with pytest.raises(DomainError) as caught:
        call()
    return caught.value.code


def test_a_colleague_who_writes_no_reports_writes_the_part_and_nothing_else(room: Room) -> None:
    assert code_of(lambda: room.write(room.economist, costs={"salaries": "10"})) == "forbidden"
    room.hand("costs", "people")
    assert room.write(room.economist, costs={"salaries": "10"}, people="4").stored == ["costs", "people"]
    assert code_of(lambda: room.write(room.economist, done="Inte min fråga")) == "forbidden"
    assert code_of(lambda: room.write(room.neighbour, costs={"salaries": "1"})) == "forbidden"
    assert set(Answer.objects.values_list("code", "changed_by")) == {("costs", "Eva Ekonom"), ("people", "Eva Ekonom")}


def test_a_colleague_gets_a_mail_and_the_giver_is_told_when_it_is_done(room: Room) -> None:
    part = room.hand()
    mail = OutboxMail.objects.get(to=room.economist.email)
    assert f"/21/2024/aterrapporter/{room.asked.number}/del/{part.uid}/" in mail.body
    assert "Rut Rapportör ber dig" in mail.body
    move_part(by=actor(room.economist), at=AT, part=part, to=PartStatus.DONE)
    assert "Eva Ekonom är klar med sin del" in OutboxMail.objects.get(subject__contains="är klar").body
    events = list(Event.objects.filter(subject_uid=room.asked.uid, verb__startswith="part_").order_by("id"))
    assert [(event.verb, event.actor_name) for event in events] == [
        ("part_handed", "Rut Rapportör"), ("part_done", "Eva Ekonom"),
    ]  # fmt: skip


def test_nobodys_text_is_overwritten(room: Room) -> None:
    """Giver and colleague write on the same answer: the later one is shown both, whoever it is."""
    room.hand("done")
    room.write(room.reporter, done="Rapportörens ord")
    saved = room.write(room.economist, done="Kollegans ord")
    assert saved.conflicts["done"].value == "Rapportörens ord"
    room.write(room.economist, done=Typed("Båda", 1))
    assert room.write(room.reporter, done=Typed("Mina igen", 1)).conflicts["done"].value == "Båda"
    assert Answer.objects.get().value == "Båda"


def test_a_part_that_is_done_or_taken_back_is_closed_to_its_holder(room: Room) -> None:
    part = room.hand()
    move_part(by=actor(room.economist), at=AT, part=part, to=PartStatus.DONE)
    assert code_of(lambda: room.write(room.economist, costs={"other": "1"})) == "part_closed"
    move_part(by=actor(room.economist), at=AT, part=part, to=PartStatus.OUT)
    room.write(room.economist, costs={"other": "1"})
    move_part(by=actor(room.reporter), at=AT, part=part, to=PartStatus.TAKEN_BACK)
    assert code_of(lambda: room.write(room.economist, costs={"other": "2"})) == "part_closed"
    assert Answer.objects.get().value == '{"other":1}'
    assert room.write(room.reporter, costs=Typed({"other": "3"}, 1)).stored == ["costs"]


def test_a_question_is_in_one_colleagues_hands_at_a_time(room: Room) -> None:
    part = room.hand("costs", "people")
    assert code_of(lambda: room.hand("people", to=room.boss)) == "part_is_out"
    room.hand("done", to=room.boss)
    move_part(by=actor(room.economist), at=AT, part=part, to=PartStatus.DONE)
    room.hand("people", to=room.boss)
    assert code_of(lambda: move_part(by=actor(room.reporter), at=AT, part=part, to=PartStatus.OUT)) == "part_is_out"


@pytest.mark.parametrize(
    ("codes", "field"), [((), "codes"), (("finns_inte",), "codes"), (("costs", "finns_inte"), "codes")]
)
def test_only_questions_of_the_form_are_handed_over(room: Room, codes: tuple[str, ...], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        hand_over(by=actor(room.reporter), at=AT, request=room.asked, codes=codes, to=room.economist)
    assert caught.value.field == field


@pytest.mark.parametrize("who", ["neighbour", "coordinator", "reporter"])
def test_only_a_colleague_of_the_party_is_given_a_part(room: Room, who: str) -> None:
    assert code_of(lambda: room.hand(to=getattr(room, who))) == "not_a_colleague"


@pytest.mark.parametrize("who", ["economist", "neighbour", "coordinator", "far"])
def test_only_the_partys_writers_hand_over(room: Room, who: str) -> None:
    assert code_of(lambda: room.hand(by=getattr(room, who), to=room.boss)) == "forbidden"
    assert not HandedPart.objects.exists()


WHO = ["reporter", "boss", "economist", "neighbour", "coordinator", "far"]
GIVERS, HOLDERS = {"reporter", "boss"}, {"economist"}
ALLOWED = {("out", "done"): HOLDERS, ("out", "taken_back"): GIVERS, ("done", "out"): GIVERS | HOLDERS}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("start", list(PartStatus))
def test_from_to_and_role_through_the_database(room: Room, who: str, start: PartStatus) -> None:
    for to in PartStatus:
        part = room.hand()
        if start is not PartStatus.OUT:
            mover = room.economist if start is PartStatus.DONE else room.reporter
            move_part(by=actor(mover), at=AT, part=part, to=start)
        may = who in ALLOWED.get((start.value, to.value), set())
        try:
            move_part(by=actor(getattr(room, who)), at=AT, part=part, to=to)
        except Refused:
            assert not may, (start, to, who)
            part.refresh_from_db()
            assert part.state == start
        else:
            assert may, (start, to, who)
            assert HandedPart.objects.get(pk=part.pk).state == to
        HandedPart.objects.update(state="taken_back")


def test_the_report_is_not_sent_in_while_a_part_is_out(room: Room) -> None:
    part = room.hand()
    room.write(room.reporter, done="Kurser.")
    send = {"by": actor(room.reporter), "at": AT, "request": room.asked}
    assert code_of(lambda: move_request(**send, to=R.SUBMITTED)) == "parts_out"
    assert room.again().state == "draft"
    move_part(by=actor(room.economist), at=AT, part=part, to=PartStatus.DONE)
    move_request(**send, to=R.SUBMITTED)
    assert code_of(lambda: move_part(by=actor(room.reporter), at=AT, part=part, to=PartStatus.OUT)) == "not_editable"
    assert code_of(lambda: room.hand("people")) == "not_editable"


@pytest.mark.parametrize("to", [R.NOTHING, R.DECLINED, R.WITHDRAWN])
def test_parts_come_back_when_nobody_has_to_answer(room: Room, to: ReportStatus) -> None:
    room.hand()
    by = BOSS if to is R.WITHDRAWN else actor(room.reporter)
    move_request(by=by, at=AT, request=room.asked, to=to, reason="Ingen tid.")
    assert parts_out(room.asked) == []
    assert Event.objects.filter(verb="part_taken_back").count() == 1
    assert code_of(lambda: room.write(room.economist, costs={"other": "1"})) in {"part_closed", "not_editable"}


def test_who_has_left_the_party_holds_nothing(room: Room) -> None:
    room.hand()
    left = Actor(kind="account", name=room.economist.name, account_id=room.economist.pk)
    assert code_of(lambda: room.write(left, costs={"other": "1"})) == "forbidden"
    assert not parts_held(left, county="21", year=2024)


def test_somebody_without_an_account_holds_a_part_by_its_link(room: Room) -> None:
    part = hand_over(
        by=actor(room.reporter), at=AT, request=room.asked, codes=["people"], name="Gun Gäst", email="Gun@Example.org"
    )
    assert (part.account, part.email) == (None, "gun@example.org")
    assert not OutboxMail.objects.filter(to="gun@example.org")
    guest = Actor(kind="link", name="Gun Gäst", parts=frozenset({str(part.uid)}))
    room.write(guest, people="12")
    assert code_of(lambda: room.write(guest, done="x")) == "forbidden"
    move_part(by=guest, at=AT, part=part, to=PartStatus.DONE)
    assert Answer.objects.get().changed_by == "Gun Gäst"
    for name, email, field in (("", "a@b.se", "name"), ("Gun", "a", "email")):
        with pytest.raises(Invalid) as caught:
            hand_over(by=actor(room.reporter), at=AT, request=room.asked, codes=["with"], name=name, email=email)
        assert caught.value.field == field


def test_a_holder_says_that_a_number_is_none_in_the_own_part_only(room: Room) -> None:
    room.hand("done")
    options = {"by": actor(room.economist), "at": AT, "request": room.asked, "number": "19121212-1212"}
    waive_number(**options, code="done")
    assert code_of(lambda: waive_number(**options, code="with")) == "forbidden"


def test_what_waits_for_a_colleague_is_found_until_it_is_done(room: Room) -> None:
    part = room.hand()
    who = actor(room.economist)
    assert list(parts_held(who, county="21", year=2024)) == [part]
    assert not parts_held(who, county="21", year=2023)
    assert not parts_held(actor(room.boss), county="21", year=2024)
    move_part(by=who, at=AT + timedelta(days=1), part=part, to=PartStatus.DONE)
    assert not parts_held(who, county="21", year=2024)
