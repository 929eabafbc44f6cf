"""Reminders: once for each report, step and receiver, up the party's chain, and by a press on a button."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from samplan.apps.letters.models import Reminder
from samplan.apps.letters.operations import remind, send_due, set_days
from samplan.apps.letters.queries import days_in
from samplan.apps.letters.work import FollowReports
from samplan.apps.questionnaires.operations import move_request
from samplan.base.mail.models import OutboxMail
from samplan.base.mail.outbox import send_waiting
from samplan.domain.access import Role
from samplan.domain.cycle import ReportStatus
from samplan.domain.errors import Invalid, Refused
from samplan.domain.reminders import Days
from tests.letters_year import GAVLE, HOFORS, Letters, book, letters_year, newest_path
from tests.small_year import BOSS, actor, person

BEFORE, ON, AFTER, LAST = (
    datetime(2024, 12, 17, 7, tzinfo=UTC), datetime(2024, 12, 31, 7, tzinfo=UTC), datetime(2025, 1, 3, 7, tzinfo=UTC),
    datetime(2025, 1, 10, 7, tzinfo=UTC),
)  # fmt: skip


@pytest.fixture
def year(db: Any) -> Letters:
    return letters_year()


def to(step: str = "") -> set[str]:
    found = Reminder.objects.filter(step=step) if step else Reminder.objects.all()
    return set(found.values_list("email", flat=True))


def test_the_year_of_a_report_that_does_not_come(year: Letters) -> None:
    sam = person(Role.COORDINATOR, "21", "Sam")
    for at in (BEFORE - timedelta(days=1), BEFORE, BEFORE, ON, ON + timedelta(hours=9), AFTER, LAST, LAST,
               LAST + timedelta(days=300)):  # fmt: skip
        send_due(at=at)
        send_waiting(at=at)
    assert to("before") == to("on") == {HOFORS, GAVLE}
    assert to("after") == {HOFORS, GAVLE, "chef.hofors@example.org"}
    assert to("last") == {HOFORS, GAVLE, "chef.hofors@example.org", "ekonomi.hofors@example.org", sam.email}
    # Two parties three times over and five people at the end; the coordinator hears of both in one mail.
    assert Reminder.objects.count() == 2 + 2 + 3 + 4 + 2
    told = OutboxMail.objects.get(to=sam.email)
    assert "Hofors" in told.body
    assert "Gävle" in told.body
    assert len(mail.outbox) == OutboxMail.objects.count() == 2 + 2 + 3 + 4 + 1


@pytest.mark.parametrize("moves", [(0, 20, 0, -30, 10), (30, 0, 3, 14), (-14, -14, 0, -14, 0, 3, 0)])
def test_a_clock_that_is_moved_sends_nothing_twice_and_nothing_late(year: Letters, moves: tuple[int, ...]) -> None:
    sent = []
    for days in moves:
        at = ON + timedelta(days=days)
        if send_due(at=at):
            sent.append(list(Reminder.objects.filter(at=at).values_list("email", "step", "day")))
    everything = [one for those in sent for one in those]
    assert len(everything) == len(set(everything))
    keys = Reminder.objects.values_list("request_id", "step", "email")
    assert len(keys) == len(set(keys))


def test_a_reminder_is_in_the_receivers_language_and_says_how_many_days_are_left(year: Letters) -> None:
    rut = person(Role.PARTY_REPORTER, "21", "Rut", year.hofors.party)
    type(rut).objects.filter(pk=rut.pk).update(language="en")
    send_due(at=BEFORE)
    sent = OutboxMail.objects.get(to=rut.email, dedup__startswith="reminder:")
    assert sent.subject.startswith("Reminder:")
    assert "14 days are left" in sent.body
    assert f"/21/2024/aterrapporter/{year.hofors.number}/" in sent.body
    assert "14 dagar kvar" in OutboxMail.objects.get(to=GAVLE).body


def test_who_has_no_account_gets_a_fresh_link_and_who_is_only_told_gets_none(year: Letters) -> None:
    year.send()
    old = newest_path(HOFORS)
    send_due(at=BEFORE)
    assert newest_path(HOFORS) != old
    send_due(at=AFTER)
    assert OutboxMail.objects.get(to="chef.hofors@example.org").secret == ""
    assert all(one.once for one in OutboxMail.objects.filter(dedup__startswith="reminder:"))


def test_a_report_that_waits_for_its_approver_reminds_the_approver(db: Any) -> None:
    year = letters_year(needs_approval=True)
    by = actor(person(Role.PARTY_REPORTER, "21", "Rut", year.hofors.party))
    move_request(by=by, at=BEFORE, request=year.hofors, to=ReportStatus.NOTHING, reason="Ingen ville.")
    send_due(at=BEFORE)
    assert to() == {"chef.hofors@example.org", GAVLE}


def test_what_is_answered_is_not_reminded_of(year: Letters) -> None:
    by = actor(person(Role.PARTY_REPORTER, "21", "Rut", year.hofors.party))
    move_request(by=by, at=BEFORE, request=year.hofors, to=ReportStatus.NOTHING, reason="Ingen ville.")
    for at in (BEFORE, ON, AFTER, LAST):
        send_due(at=at)
    assert set(Reminder.objects.values_list("request__party__name", flat=True)) == {"Gävle"}


def test_a_party_without_any_address_is_told_of_to_the_coordinator_all_the_same(year: Letters) -> None:
    sam = person(Role.COORDINATOR, "21", "Sam")
    for code in ("2104", "2180"):
        book(code, reporter="", approver="", manager="")
    for _round in range(3):
        send_due(at=LAST)
    assert to() == {sam.email}
    assert OutboxMail.objects.filter(to=sam.email).count() == 1


def test_a_new_last_day_is_reminded_of_anew(year: Letters) -> None:
    send_due(at=BEFORE)
    from samplan.apps.questionnaires.models import ReportRequest

    ReportRequest.objects.update(last_day=ON.date() + timedelta(days=14))
    send_due(at=ON)
    assert Reminder.objects.filter(step="before").count() == 4


def test_the_county_chooses_its_days(year: Letters) -> None:
    set_days(by=BOSS, at=BEFORE, county="21", days=Days(None, False, 1, 2))
    assert days_in("21") == Days(None, False, 1, 2)
    assert days_in("25") == Days()
    for at in (BEFORE, ON):
        assert send_due(at=at) == 0
    assert send_due(at=ON + timedelta(days=1)) == 2
    for days, code in ((Days(0), "days_between"), (Days(after=9, last=9), "days_in_order")):
        with pytest.raises(Invalid, match=code):
            set_days(by=BOSS, at=BEFORE, county="21", days=days)


def test_a_press_reminds_nobody_twice_the_same_day(year: Letters) -> None:
    both = [year.hofors, year.gavle]
    done = remind(by=BOSS, at=BEFORE - timedelta(days=3), requests=both[:1])
    assert [one.party.name for one in done.sent] == ["Hofors"]
    done = remind(by=BOSS, at=BEFORE - timedelta(days=3, hours=-5), requests=both)
    assert ([one.party.name for one in done.sent], [one.party.name for one in done.already]) == (["Gävle"], ["Hofors"])
    assert len(remind(by=BOSS, at=BEFORE - timedelta(days=2), requests=both).sent) == 2
    send_due(at=BEFORE)
    assert len(remind(by=BOSS, at=BEFORE, requests=both).already) == 2


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.COORDINATOR, Role.ADMINISTRATOR}])
def test_only_who_handles_directives_reminds(year: Letters, role: Role) -> None:
    by = actor(person(role, "21", "Någon", year.hofors.party if role.startswith("party") else None))
    with pytest.raises(Refused, match="forbidden"):
        remind(by=by, at=BEFORE, requests=[year.hofors])
    with pytest.raises(Refused, match="forbidden"):
        set_days(by=by, at=BEFORE, county="21", days=Days())


def test_the_button_and_the_log(year: Letters, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: BEFORE - timedelta(days=3))
    client.force_login(person(Role.COORDINATOR, "21", "Sam"))
    address, log = (reverse(f"letters:{name}", args=["21", 2024]) for name in ("remind", "reminders"))
    assert client.get(address).status_code == 405
    page = client.get(log).content.decode()
    assert "17 december 2024" in page
    assert client.post(address, {"number": year.hofors.number, "next": "/21/2024/aterrapporter/"})["Location"] == (
        "/21/2024/aterrapporter/"
    )
    assert client.post(address, {"all": "1", "next": "https://evil.example/"})["Location"] == log
    assert Reminder.objects.count() == 2
    assert HOFORS in client.get(log).content.decode()


def test_the_worker_looks_once_a_minute_and_the_mail_leaves_once(year: Letters) -> None:
    follow = FollowReports()
    assert [follow(ON), follow(ON + timedelta(seconds=5)), follow(ON + timedelta(minutes=2))] == [2, 0, 0]
    for _round in range(3):
        send_waiting(at=ON)
    assert len(mail.outbox) == OutboxMail.objects.count() == 2
