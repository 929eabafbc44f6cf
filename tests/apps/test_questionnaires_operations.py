"""Answers are never lost, and a report goes only where its state table lets it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samplan.apps.questionnaires.models import Answer, NumberWaiver, ReportRequest
from samplan.apps.questionnaires.operations import (
    Typed,
    ask_for_effort,
    change_form,
    move_request,
    save_answers,
    waive_number,
)
from samplan.apps.questionnaires.queries import answers_of, filled
from samplan.base.audit.models import Event
from samplan.base.mail.models import OutboxMail
from samplan.domain.access import STRANGER, Actor, Assignment, Role
from samplan.domain.cycle import MOVES, NEEDS_REASON, ReportStatus, move
from samplan.domain.errors import Invalid, Refused
from tests.small_year import AT, BOSS, LAST_DAY, QUESTIONS, Year, load_places, make_year, person

pytestmark = pytest.mark.django_db
NUMBER = "19121212-1212"


@pytest.fixture
def year() -> Year:
    load_places()
    return make_year()


@pytest.fixture
def asked(year: Year) -> ReportRequest:
    directive = year.issued()
    return directive.shares.get(party=year.parties[0]).request


def writer(asked: ReportRequest, name: str = "Rapportör", account_id: int | None = None) -> Actor:
    held = Assignment(Role.PARTY_REPORTER, asked.county, asked.party.organisation_id)
    return Actor(kind="account", name=name, account_id=account_id, assignments=(held,))


def save(asked: ReportRequest, by: Actor | None = None, **answers: Typed):  # type: ignore[no-untyped-def]
    return save_answers(by=by or writer(asked), at=AT, request=asked, answers=answers)


def test_two_people_in_different_parts_never_meet(asked: ReportRequest) -> None:
    first = save(asked, writer(asked, "Anna"), done=Typed("Tre kurser."))
    second = save(asked, writer(asked, "Bo"), people=Typed("1 234,50"))
    assert first.whole
    assert second.whole
    values = {code: answer.value for code, answer in answers_of(asked).items()}
    assert values == {"done": "Tre kurser.", "people": "1234.5"}
    assert asked.state == "draft"


def test_the_same_answer_changed_by_both_gives_both_texts(asked: ReportRequest) -> None:
    save(asked, writer(asked, "Anna"), done=Typed("Annas text"))
    saved = save(asked, writer(asked, "Bo"), done=Typed("Bos text", version=0), people=Typed("5"))
    assert saved.conflicts["done"].value == "Annas text"
    assert saved.stored == ["people"]
    assert answers_of(asked)["done"].value == "Annas text"
    chosen = save(asked, writer(asked, "Bo"), done=Typed("Bos text", version=1))
    assert chosen.stored == ["done"]
    assert answers_of(asked)["done"].version == 2


def test_the_same_text_by_both_is_no_conflict(asked: ReportRequest) -> None:
    save(asked, done=Typed("Samma"))
    assert save(asked, done=Typed("Samma", version=0)).unchanged == ["done"]


def test_an_answer_that_cannot_be_read_leaves_the_others_stored(asked: ReportRequest) -> None:
    saved = save(asked, people=Typed("många"), costs=Typed({"salaries": "10 000", "other": "x"}), done=Typed("Kurser."))
    assert saved.stored == ["done"]
    assert saved.errors["people"].code == "number"
    assert saved.errors["costs"].params["kind"] == "other"


def test_more_money_than_was_given_is_allowed(asked: ReportRequest) -> None:
    assert save(asked, costs=Typed({"salaries": "900 000"})).whole


def test_a_personal_number_is_not_stored_until_somebody_says_it_is_none(asked: ReportRequest) -> None:
    text = f"Ärende {NUMBER} gick bra."
    saved = save(asked, done=Typed(text), people=Typed("3"))
    assert [find.text for find in saved.numbers["done"]] == [NUMBER]
    assert saved.stored == ["people"]
    assert not Answer.objects.filter(code="done").exists()
    waive_number(by=writer(asked), at=AT, request=asked, code="done", number=NUMBER)
    assert save(asked, done=Typed(text)).stored == ["done"]
    assert NUMBER not in "".join(NumberWaiver.objects.values_list("fingerprint", flat=True))
    event = Event.objects.get(verb="number_waived")
    assert NUMBER not in event.after + event.before


def test_a_waiver_is_for_one_question_only(asked: ReportRequest) -> None:
    waive_number(by=writer(asked), at=AT, request=asked, code="other", number=NUMBER)
    assert "done" in save(asked, done=Typed(NUMBER)).numbers


def test_a_number_in_the_reason_is_refused(asked: ReportRequest) -> None:
    with pytest.raises(Invalid, match="personal_number"):
        move_request(by=writer(asked), at=AT, request=asked, to=ReportStatus.NOTHING, reason=f"Se {NUMBER}")
    asked.refresh_from_db()
    assert asked.state == "open"


def test_only_the_partys_own_people_write(asked: ReportRequest, year: Year) -> None:
    neighbour = Actor(
        kind="account", name="Granne",
        assignments=(Assignment(Role.PARTY_REPORTER, asked.county, year.parties[1].organisation_id),),
    )  # fmt: skip
    elsewhere = Actor(
        kind="account", name="Annat län",
        assignments=(Assignment(Role.PARTY_REPORTER, "25", asked.party.organisation_id),),
    )  # fmt: skip
    for by in (STRANGER, neighbour, elsewhere):
        with pytest.raises(Refused, match="forbidden"):
            save(asked, by, done=Typed("Inte mitt"))
    assert not Answer.objects.exists()


def test_a_submitted_report_is_not_written_in(asked: ReportRequest) -> None:
    save(asked, done=Typed("Kurser."))
    move_request(by=writer(asked), at=AT, request=asked, to=ReportStatus.SUBMITTED)
    with pytest.raises(Refused, match="not_editable"):
        save(asked, done=Typed("Ändrat", version=1))


def test_what_is_required_is_named_when_it_is_missing(asked: ReportRequest) -> None:
    save(asked, people=Typed("3"))
    with pytest.raises(Refused) as raised:
        move_request(by=writer(asked), at=AT, request=asked, to=ReportStatus.SUBMITTED)
    assert raised.value.code == "incomplete"
    assert raised.value.params["missing"] == ["done"]


def test_autosaves_are_one_event_per_sitting_and_changes_after_a_return_are_all_kept(asked: ReportRequest) -> None:
    by = writer(asked)
    for number in range(4):
        save_answers(
            by=by, at=AT + timedelta(minutes=number), request=asked, answers={"done": Typed(f"Text {number}", number)}
        )
    assert Event.objects.filter(verb="draft_saved").count() == 1
    assert "Text" not in Event.objects.get(verb="draft_saved").after
    move_request(by=by, at=AT, request=asked, to=ReportStatus.SUBMITTED)
    move_request(by=BOSS, at=AT, request=asked, to=ReportStatus.RETURNED, reason="Hur många?")
    assert asked.question == "Hur många?"
    save(asked, done=Typed("Tolv.", 4))
    event = Event.objects.get(verb="answer_changed")
    assert "Text 3" in event.before
    assert "Tolv." in event.after


PEOPLE = {
    "reporter": (Role.PARTY_REPORTER, True), "approver": (Role.PARTY_APPROVER, True),
    "coordinator": (Role.COORDINATOR, False), "controller": (Role.CONTROLLER, False), "reader": (Role.READER, False),
}  # fmt: skip


@pytest.mark.parametrize("needs_approval", [False, True])
@pytest.mark.parametrize("who", [*PEOPLE, "stranger"])
def test_every_move_from_and_to_by_every_role(asked: ReportRequest, who: str, needs_approval: bool) -> None:
    """The database moves exactly when the domain's table says yes, and stands still when it says no."""
    save(asked, done=Typed("Kurser."))
    assignments: tuple[Assignment, ...] = ()
    if who in PEOPLE:
        role, party = PEOPLE[who]
        assignments = (Assignment(role, asked.county, asked.party.organisation_id if party else None),)
    actor = Actor(kind="account", name=who, assignments=assignments)
    moved = 0
    for status in ReportStatus:
        for to in ReportStatus:
            ReportRequest.objects.filter(pk=asked.pk).update(
                state=status, needs_approval=needs_approval, outcome="", reason="", question=""
            )
            reason = "Därför." if to in NEEDS_REASON else ""
            verdict = move(
                actor, status, to, county=asked.county, organisation_id=asked.party.organisation_id, reason=reason,
                needs_approval=needs_approval,
            )  # fmt: skip
            if verdict:
                move_request(by=actor, at=AT, request=asked, to=to, reason=reason)
                moved += 1
            else:
                with pytest.raises(Refused) as raised:
                    move_request(by=actor, at=AT, request=asked, to=to, reason=reason)
                assert raised.value.code == verdict.code
            there = ReportRequest.objects.get(pk=asked.pk)
            assert there.state == (to if verdict else status)
    assert (moved > 0) == (who in {"reporter", "approver", "coordinator"})
    assert moved <= sum(len(targets) for targets in MOVES.values())


def test_nothing_and_declined_need_a_reason(asked: ReportRequest) -> None:
    for to in (ReportStatus.NOTHING, ReportStatus.DECLINED):
        with pytest.raises(Refused, match="reason_needed"):
            move_request(by=writer(asked), at=AT, request=asked, to=to, reason="  ")


def test_a_return_sends_the_question_by_mail(year: Year) -> None:
    person(Role.PARTY_REPORTER, "21", "Rapportör", year.parties[0])
    asked = year.issued().shares.get(party=year.parties[0]).request
    OutboxMail.objects.all().delete()
    move_request(by=writer(asked), at=AT, request=asked, to=ReportStatus.NOTHING, reason="Inget hann bli av.")
    move_request(by=BOSS, at=AT, request=asked, to=ReportStatus.RETURNED, reason="Verkligen inget?")
    mail = OutboxMail.objects.get()
    assert "Verkligen inget?" in mail.body
    assert f"/21/2024/aterrapporter/{asked.number}/" in mail.body


def test_an_effort_is_asked_for_without_a_directive(year: Year) -> None:
    asked = ask_for_effort(
        by=BOSS, at=AT, plan=year.plan, area=None, title="Samtalsgrupper", party=year.parties[0], questions=QUESTIONS,
        last_day=LAST_DAY,
    )  # fmt: skip
    assert (asked.kind, asked.state, asked.number) == ("effort", "open", 1)
    assert asked.form.frozen_at is not None
    with pytest.raises(Refused, match="form_frozen"):
        change_form(by=BOSS, at=AT, form=asked.form, questions=QUESTIONS[:1])


def test_an_effort_is_only_asked_for_by_the_countys_coordinator(year: Year) -> None:
    other = Actor(kind="account", name="Granne", assignments=(Assignment(Role.COORDINATOR, "25"),))
    with pytest.raises(Refused, match="forbidden"):
        ask_for_effort(
            by=other, at=AT, plan=year.plan, area=None, title="X", party=year.parties[0], questions=QUESTIONS,
            last_day=LAST_DAY,
        )  # fmt: skip
    assert not ReportRequest.objects.exists()


def test_how_much_is_filled_in(asked: ReportRequest) -> None:
    save(asked, done=Typed("Kurser."), people=Typed("3"))
    assert filled([asked]) == {asked.pk: 40}
