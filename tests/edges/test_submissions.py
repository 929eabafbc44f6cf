"""A report's way to its receivers: what may be done when and by whom, what is kept, and what others read of it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samplan.apps.yearreports.models import ReportVersion, Submission, SubmittedFile
from samplan.apps.yearreports.operations import approve_report, publish_report
from samplan.apps.yearreports.operations.submissions import (
    Sent,
    add_receiver,
    correct_sent,
    enclose,
    make_ready,
    remove_receiver,
    submit_again,
    take_back,
    take_out,
    tell_receipt,
    tell_sent,
)
from samplan.apps.yearreports.submissions import submitted_of
from samplan.base.files.models import File
from samplan.domain.access import Role
from samplan.domain.cycle import SUBMISSION_MOVES, SubmissionStatus
from samplan.domain.deadlines import swedish_day
from samplan.domain.errors import DomainError
from samplan.edges.reports.compile import compile_report, freeze
from tests.edges.report_year import ReportYear, build
from tests.edges.test_reports_pages import client, page
from tests.small_year import AT, BOSS
from tests.spending_year import held

pytestmark = pytest.mark.django_db
S = SubmissionStatus
ROOM = "/21/2024/arsrapport/inlamning/"
TODAY = swedish_day(AT)
SENT = Sent(TODAY, "Kim Ek", "E-post", "2024/1")


@pytest.fixture
def made() -> ReportYear:
    return build()


def approve(made: ReportYear) -> ReportVersion:
    compiled = compile_report(made.report, at=AT, preview=False)
    frozen = freeze(made.report, compiled)
    return approve_report(by=BOSS, at=AT, report=made.report, decision_point=made.point(), compiled=frozen)


def submission(made: ReportYear, state: SubmissionStatus = S.NOT_BEGUN) -> Submission:
    """One receiver, brought to a state."""
    row = add_receiver(by=BOSS, at=AT, report=made.report, receiver="Socialstyrelsen", last_day=TODAY)
    if state is S.NOT_BEGUN:
        return row
    version = ReportVersion.objects.filter(report=made.report).order_by("-number").first() or approve(made)
    row = make_ready(by=BOSS, at=AT, submission=row, version=version)
    if state is S.READY:
        return row
    row = tell_sent(by=BOSS, at=AT, submission=row, sent=SENT)
    if state is S.RECEIPTED:
        return tell_receipt(by=BOSS, at=AT, submission=row, on=TODAY, receipt="K1")
    if state is S.SUPERSEDED:
        later = make_ready(by=BOSS, at=AT, submission=submit_again(by=BOSS, at=AT, submission=row), version=version)
        tell_sent(by=BOSS, at=AT, submission=later, sent=SENT)
    row.refresh_from_db()
    return row


def moved(by: Any, row: Submission, to: SubmissionStatus, version: ReportVersion) -> Any:
    act = {
        S.READY: lambda: make_ready(by=by, at=AT, submission=row, version=version),
        S.NOT_BEGUN: lambda: take_back(by=by, at=AT, submission=row),
        S.SENT: lambda: tell_sent(by=by, at=AT, submission=row, sent=SENT),
        S.RECEIPTED: lambda: tell_receipt(by=by, at=AT, submission=row, on=TODAY, receipt="K1"),
        S.SUPERSEDED: lambda: submit_again(by=by, at=AT, submission=row),
    }
    return act[to]()


def refused(act: Any) -> str:
    with pytest.raises(DomainError) as error:
        act()
    return error.value.code


@pytest.mark.parametrize("state", S)
def test_every_move_for_every_role(made: ReportYear, state: SubmissionStatus) -> None:
    row = submission(made, state)
    version = row.version or approve(made)
    for role, to in product(Role, S):
        if role is Role.ADMINISTRATOR:
            continue
        there = to in SUBMISSION_MOVES[state]
        by = held(role)
        if there and role is Role.COORDINATOR:
            continue
        expected = "forbidden" if there else "no_such_move"
        assert refused(lambda by=by, to=to: moved(by, row, to, version)) in {expected, "forbidden"}, (role, to)
    row.refresh_from_db()
    assert row.state == state
    for to in SUBMISSION_MOVES[state]:
        done = moved(BOSS, submission(made, state), to, version)
        assert done.state == ("not_begun" if to is S.SUPERSEDED else to)


def test_only_an_approved_version_is_handed_in(made: ReportYear) -> None:
    first = approve(made)
    row = submission(made, S.READY)
    second = approve(made)
    first.refresh_from_db()
    assert refused(lambda: tell_sent(by=BOSS, at=AT, submission=row, sent=SENT)) == "version_not_approved"
    assert refused(lambda: make_ready(by=BOSS, at=AT, submission=submission(made), version=first)) == (
        "version_not_approved"
    )
    take_back(by=BOSS, at=AT, submission=row)
    ready = make_ready(by=BOSS, at=AT, submission=row, version=second)
    assert tell_sent(by=BOSS, at=AT, submission=ready, sent=SENT).version == second


def test_what_was_sent_stays_and_is_sent_again_by_another_row(made: ReportYear) -> None:
    row = submission(made, S.READY)
    kept = enclose(by=BOSS, at=AT, submission=row, name="../Svar.txt", content=b"Fr\xc3\xa5ga 1: ja")
    assert (kept.file.name, kept.file.size) == ("Svar.txt", 12)
    tell_sent(by=BOSS, at=AT, submission=row, sent=SENT)
    for act in (
        lambda: enclose(by=BOSS, at=AT, submission=row, name="b.txt", content=b"b"),
        lambda: take_out(by=BOSS, at=AT, enclosed=kept),
        lambda: remove_receiver(by=BOSS, at=AT, submission=row),
    ):
        assert refused(act) == "submission_sent"
    corrected = correct_sent(by=BOSS, at=AT, submission=row, sent=Sent(TODAY - timedelta(1), "Kim Ek"))
    assert (corrected.sent_on, corrected.state) == (TODAY - timedelta(1), "sent")
    later = submit_again(by=BOSS, at=AT, submission=row)
    assert submit_again(by=BOSS, at=AT, submission=row) == later
    row.refresh_from_db()
    assert row.state == "sent", "until the later one is sent"
    assert row.version is not None
    make_ready(by=BOSS, at=AT, submission=later, version=row.version)
    tell_sent(by=BOSS, at=AT, submission=later, sent=SENT)
    row.refresh_from_db()
    assert row.state == "superseded"
    assert [one.pk for one in submitted_of(row.version)] == [later.pk]


def test_a_receipt_is_a_number_or_a_file_and_no_day_is_in_the_future(made: ReportYear) -> None:
    tomorrow = TODAY + timedelta(1)
    ready = submission(made, S.READY)
    assert refused(lambda: tell_sent(by=BOSS, at=AT, submission=ready, sent=Sent(tomorrow, "Kim"))) == "day_to_come"
    row = submission(made, S.SENT)
    assert refused(lambda: tell_receipt(by=BOSS, at=AT, submission=row, on=TODAY)) == "receipt_missing"
    early = TODAY - timedelta(3)
    assert refused(lambda: tell_receipt(by=BOSS, at=AT, submission=row, on=early, receipt="1")) == "steps_in_order"
    assert refused(lambda: tell_receipt(by=BOSS, at=AT, submission=row, on=tomorrow, receipt="1")) == "day_to_come"
    number = "19121212-1212"
    assert refused(lambda: tell_receipt(by=BOSS, at=AT, submission=row, on=TODAY, receipt=number)) == "personal_number"
    done = tell_receipt(by=BOSS, at=AT, submission=row, on=TODAY, file=("k.txt", b"Mottaget"), case_number="9/24")
    assert (done.state, done.case_number) == ("receipted", "9/24")
    assert SubmittedFile.objects.get(kind="receipt").file.content == b"Mottaget"


def test_a_receiver_that_nothing_was_sent_to_leaves_no_file_behind(made: ReportYear) -> None:
    before = File.objects.count()
    row = submission(made)
    enclose(by=BOSS, at=AT, submission=row, name="a.txt", content=b"a")
    remove_receiver(by=BOSS, at=AT, submission=row)
    assert (Submission.objects.count(), File.objects.count()) == (0, before)


def test_the_coordinators_way_through_the_pages(made: ReportYear) -> None:
    boss = client()
    assert boss.post(ROOM, {"once_key": "a"}).status_code == 302
    assert boss.post(ROOM, {"once_key": "b"}).status_code == 302
    assert Submission.objects.count() == 3
    row = Submission.objects.filter(receiver="Folkhälsomyndigheten").get()
    here = f"{ROOM}{row.uid}/"
    assert "Ingen version är godkänd än" in page(boss.get(here)).text
    shown = page(boss.post(here, {"action": "ready"}, follow=True))
    assert "Bara en godkänd version kan lämnas in" in shown.text
    version = approve(made)
    publish_report(by=BOSS, at=AT, version=version)
    assert "Folkhälsomyndigheten" in page(boss.get("/21/2024/")).text
    upload = SimpleUploadedFile("Svar.txt", "Fråga 1: ja".encode())
    assert boss.post(here, {"action": "enclose", "file": upload}).status_code == 302
    assert boss.post(here, {"action": "ready"}).status_code == 302
    wrong = page(boss.post(here, {"action": "sent", "sent_on": "i går", "sent_by": ""}))
    assert wrong.select("[aria-invalid=true]")
    given = {"action": "sent", "sent_on": TODAY.isoformat(), "sent_by": "Kim Ek", "sent_how": "E-post"}
    assert boss.post(here, given).status_code == 302
    public = reverse("public:report", args=["21", 2024])
    shown = Client().get(public)
    assert "Lämnad till" in page(shown).text
    assert Client().get(public, headers={"if-none-match": shown["ETag"]}).status_code == 304
    corrected = given | {"sent_on": (TODAY - timedelta(1)).isoformat()}
    assert boss.post(here, corrected).status_code == 302
    assert Client().get(public, headers={"if-none-match": shown["ETag"]}).status_code == 200
    nothing = page(boss.post(here, {"action": "receipt", "receipted_on": TODAY.isoformat()}))
    assert "Skriv kvittensens nummer" in nothing.text
    receipt = {"action": "receipt", "receipted_on": TODAY.isoformat(), "receipt": "K-17", "case_number": "5/24"}
    assert boss.post(here, receipt).status_code == 302
    done = page(boss.get(here))
    assert "K-17" in done.text
    file = done.find("a", string="Svar.txt")
    assert file is not None
    assert boss.get(file["href"]).content == "Fråga 1: ja".encode()
    assert client(Role.READER).get(file["href"]).status_code == 200
    assert client(Role.COORDINATOR, "25").get(file["href"]).status_code == 404
    again = boss.post(here, {"action": "again"})
    assert again.status_code == 302
    assert again["Location"] != here


def test_a_reader_sees_how_far_it_has_come_and_changes_nothing(made: ReportYear) -> None:
    row = submission(made, S.READY)
    reader = client(Role.READER)
    assert "Klar att skicka" in page(reader.get(ROOM)).text
    shown = page(reader.get(f"{ROOM}{row.uid}/"))
    assert shown.main is not None
    assert shown.main.find("form") is None
    assert reader.post(f"{ROOM}{row.uid}/", {"action": "back"}).status_code == 403
    assert reader.post(ROOM).status_code == 403


def test_another_receiver_is_added_and_changed(made: ReportYear) -> None:
    boss = client()
    form: BeautifulSoup = page(boss.get(f"{ROOM}ny/"))
    assert form.main is not None
    given = {"receiver": "Länsstyrelsen", "wanted": "Årsrapporten.", "last_day": "2025-04-01"}
    assert boss.post(f"{ROOM}ny/", given).status_code == 302
    row = Submission.objects.get()
    changed = given | {"action": "change", "last_day": "2025-05-01"}
    assert boss.post(f"{ROOM}{row.uid}/", changed).status_code == 302
    row.refresh_from_db()
    assert row.last_day == date(2025, 5, 1)
    number = page(boss.post(f"{ROOM}{row.uid}/", changed | {"wanted": "19121212-1212"}))
    assert "personnummer" in number.text
