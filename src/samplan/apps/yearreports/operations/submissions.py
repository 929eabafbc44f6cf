"""Every write about a report's way to its receivers. Nothing is sent from here: a person sends, and tells it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction

from samplan.apps.yearreports.models import ReportVersion, Submission, SubmittedFile, YearReport
from samplan.base.audit.trace import record
from samplan.base.files.kinds import kind_of
from samplan.base.files.store import store
from samplan.domain.access import Actor, Permission, may
from samplan.domain.cycle import SUBMISSION_MOVES, SubmissionStatus, step
from samplan.domain.deadlines import swedish_day
from samplan.domain.errors import Invalid, Refused
from samplan.domain.freetext import free_text, one_line

S = SubmissionStatus
MAY_BE_SENT = frozenset({"approved", "published"})
BEFORE_SENDING = frozenset({S.NOT_BEGUN, S.READY})
LONGEST_NAME = 150
MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class Sent:
    """How a person sent it. `case_number`: ours or the receiver's, where it is known."""

    sent_on: date
    sent_by: str
    sent_how: str = ""
    case_number: str = ""


@transaction.atomic
def add_receiver(
    *, by: Actor, at: datetime, report: YearReport, receiver: str, wanted: str = "", last_day: date | None = None,
    made_up: bool = False,
) -> Submission:  # fmt: skip
    """One more that the report is to be sent to. Raises Invalid("required", "personal_number")."""
    may(by, Permission.COMPILE_REPORT, county=report.county).demand()
    row = Submission.objects.create(
        county=report.county, report=report, receiver=one_line(receiver, field="receiver"), wanted=free_text(wanted),
        last_day=last_day, made_up=made_up,
    )  # fmt: skip
    after = {"receiver": row.receiver, "wanted": row.wanted, "last_day": row.last_day}
    record(by=by, at=at, verb="submission_added", subject=row, after={name: v for name, v in after.items() if v})
    return row


@transaction.atomic
def change_receiver(
    *, by: Actor, at: datetime, submission: Submission, receiver: str, wanted: str, last_day: date | None
) -> Submission:
    """Say otherwise who is to be sent what. Raises Refused("submission_sent")."""
    row = _before_sending(by, submission)
    values = {"receiver": one_line(receiver, field="receiver"), "wanted": free_text(wanted), "last_day": last_day}
    _tell(row, by, at, "submission_changed", values)
    return row


@transaction.atomic
def remove_receiver(*, by: Actor, at: datetime, submission: Submission) -> None:
    """Take away a receiver that nothing has been sent to. Raises Refused("submission_sent")."""
    row = _before_sending(by, submission)
    record(by=by, at=at, verb="submission_removed", subject=row.report, before={"receiver": row.receiver})
    files = [one.file for one in row.enclosed.select_related("file")]
    row.delete()
    for file in files:
        file.delete()


@transaction.atomic
def enclose(*, by: Actor, at: datetime, submission: Submission, name: str, content: bytes) -> SubmittedFile:
    """Put a file with what is to be sent, such as answers to the receiver's questions.

    Raises Refused("submission_sent", "too_many_files") and what `kinds.kind_of` does.
    """
    row = _before_sending(by, submission)
    if row.enclosed.count() >= MOST_FILES:
        raise Refused("too_many_files", most=MOST_FILES)
    made = _keep(row, at, "answers", name, content)
    after = {"name": made.file.name, "sha256": made.file.sha256}
    record(by=by, at=at, verb="submission_enclosed", subject=row, after=after)
    return made


@transaction.atomic
def take_out(*, by: Actor, at: datetime, enclosed: SubmittedFile) -> None:
    """Take away a file before anything is sent. Raises Refused("submission_sent")."""
    row = _before_sending(by, enclosed.submission)
    file = enclosed.file
    record(by=by, at=at, verb="submission_taken_out", subject=row, before={"name": file.name})
    enclosed.delete()
    file.delete()


@transaction.atomic
def make_ready(*, by: Actor, at: datetime, submission: Submission, version: ReportVersion) -> Submission:
    """Say which approved version is to be sent. Raises Refused("version_not_approved", "forbidden")."""
    row = _stepped(by, submission, S.READY)
    if version.report_id != row.report_id:
        raise Refused("forbidden")
    _demand_current(version)
    return _move(row, by, at, S.READY, {"version": version})


@transaction.atomic
def take_back(*, by: Actor, at: datetime, submission: Submission) -> Submission:
    """It is not ready after all."""
    return _move(_stepped(by, submission, S.NOT_BEGUN), by, at, S.NOT_BEGUN, {"version": None})


@transaction.atomic
def tell_sent(*, by: Actor, at: datetime, submission: Submission, sent: Sent) -> Submission:
    """A person has sent it. What it takes the place of is superseded.

    Raises Refused("version_not_approved") when another version has been approved meanwhile, Invalid("day_to_come").
    """
    row = _stepped(by, submission, S.SENT)
    assert row.version is not None  # noqa: S101 (what is ready has one)
    _demand_current(row.version)
    values = _sent_values(sent, at)
    _move(row, by, at, S.SENT, values)
    if row.supersedes is not None:
        earlier = _stepped(by, row.supersedes, S.SUPERSEDED)
        _move(earlier, by, at, S.SUPERSEDED, {})
    return row


@transaction.atomic
def correct_sent(*, by: Actor, at: datetime, submission: Submission, sent: Sent) -> Submission:
    """Tell otherwise when and how it was sent; what was sent stays. Raises Refused("no_such_move") before that."""
    row = _locked(by, submission)
    if S(row.state) in BEFORE_SENDING:
        raise Refused("no_such_move", status=row.state, to=S.SENT.value)
    _tell(row, by, at, "submission_changed", _sent_values(sent, at))
    return row


@transaction.atomic
def tell_receipt(
    *, by: Actor, at: datetime, submission: Submission, on: date, receipt: str = "", case_number: str = "",
    file: tuple[str, bytes] | None = None,
) -> Submission:  # fmt: skip
    """The receiver has said that it came: a number, a file (name, content) or both.

    Raises Invalid("receipt_missing", "day_to_come", "steps_in_order") and what `kinds.kind_of` does.
    """
    row = _stepped(by, submission, S.RECEIPTED)
    said = one_line(receipt, field="receipt") if receipt.strip() else ""
    if not said and file is None:
        raise Invalid("receipt_missing", field="receipt")
    if on > swedish_day(at):
        raise Invalid("day_to_come", field="receipted_on")
    if row.sent_on and on < row.sent_on:
        raise Invalid("steps_in_order", field="receipted_on")
    values: dict[str, Any] = {"receipt": said, "receipted_on": on}
    if case_number.strip():
        values["case_number"] = one_line(case_number, field="case_number")
    if file is not None:
        made = _keep(row, at, "receipt", *file)
        after = {"name": made.file.name, "sha256": made.file.sha256}
        record(by=by, at=at, verb="submission_enclosed", subject=row, after=after)
    return _move(row, by, at, S.RECEIPTED, values)


@transaction.atomic
def submit_again(*, by: Actor, at: datetime, submission: Submission) -> Submission:
    """A new row to the same receiver; the one before is superseded when the new one is sent. Twice gives one."""
    row = _locked(by, submission)
    step(SUBMISSION_MOVES, by, S(row.state), S.SUPERSEDED, county=row.county).demand()
    there = Submission.objects.filter(supersedes=row).first()
    if there:
        return there
    made = Submission.objects.create(
        county=row.county, report=row.report, receiver=row.receiver, wanted=row.wanted, last_day=row.last_day,
        case_number=row.case_number, made_up=row.made_up, supersedes=row,
    )  # fmt: skip
    record(by=by, at=at, verb="submission_again", subject=made, after={"receiver": made.receiver})
    return made


def _locked(by: Actor, submission: Submission) -> Submission:
    may(by, Permission.COMPILE_REPORT, county=submission.county).demand()
    rows = Submission.objects.select_for_update(of=("self",)).select_related("report", "version", "supersedes")
    return rows.get(pk=submission.pk)


def _before_sending(by: Actor, submission: Submission) -> Submission:
    row = _locked(by, submission)
    if S(row.state) not in BEFORE_SENDING:
        raise Refused("submission_sent")
    return row


def _stepped(by: Actor, submission: Submission, to: SubmissionStatus) -> Submission:
    """The row, which the actor may move there."""
    row = Submission.objects.select_for_update(of=("self",)).select_related("report", "version", "supersedes")
    found = row.get(pk=submission.pk)
    step(SUBMISSION_MOVES, by, S(found.state), to, county=found.county).demand()
    return found


def _demand_current(version: ReportVersion) -> None:
    if ReportVersion.objects.get(pk=version.pk).state not in MAY_BE_SENT:
        raise Refused("version_not_approved")


def _sent_values(sent: Sent, at: datetime) -> dict[str, Any]:
    if sent.sent_on > swedish_day(at):
        raise Invalid("day_to_come", field="sent_on")
    return {
        one.name: one_line(value, field=one.name) if isinstance(value := getattr(sent, one.name), str) and value.strip()
        else value
        for one in fields(Sent)
    }  # fmt: skip


def _keep(row: Submission, at: datetime, kind: str, name: str, content: bytes) -> SubmittedFile:
    ending = kind_of(content, name)
    stem = one_line(name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0][:LONGEST_NAME] or "fil", field="file")
    file = store(county=row.county, name=f"{stem}.{ending}", content=content, at=at)
    return SubmittedFile.objects.create(county=row.county, submission=row, kind=kind, file=file)


def _tell(row: Submission, by: Actor, at: datetime, verb: str, values: dict[str, Any]) -> None:
    before = {name: getattr(row, name) for name, value in values.items() if getattr(row, name) != value}
    if not before:
        return
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    record(by=by, at=at, verb=verb, subject=row, before=before, after={name: values[name] for name in before})


def _move(row: Submission, by: Actor, at: datetime, to: SubmissionStatus, values: dict[str, Any]) -> Submission:
    before = {name: getattr(row, name) for name in values}
    row.state = to.value
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=["state", *values])
    changed = {name for name, value in values.items() if before[name] != value}
    record(
        by=by, at=at, verb=f"submission_{to.value}", subject=row,
        before={name: before[name] for name in changed}, after={name: values[name] for name in changed},
    )  # fmt: skip
    return row
