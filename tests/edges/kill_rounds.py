"""What processes do until they are killed: `python -m tests.edges.kill_rounds DIRECTORY` loads everything once, and for
each line that it reads starts a process that does what the line says.

It writes the number of the process; the process says that it is ready, and each round that it has finished; and when
it has ended, how.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from samplan.config.installation import start_django

start_django(Path(sys.argv[1]))

from django.conf import settings  # noqa: E402

from samplan.apps.bodies.models import DecisionPoint  # noqa: E402
from samplan.apps.letters.operations import send_due  # noqa: E402
from samplan.apps.orgs.models import RoleAssignment  # noqa: E402
from samplan.apps.orgs.queries import actor_for  # noqa: E402
from samplan.apps.questionnaires.models import ReportRequest  # noqa: E402
from samplan.apps.questionnaires.operations import Typed, move_part, move_request, save_answers  # noqa: E402
from samplan.apps.questionnaires.queries import answers_of  # noqa: E402
from samplan.apps.yearreports.models import YearReport  # noqa: E402
from samplan.apps.yearreports.operations import approve_report  # noqa: E402
from samplan.base.jobs import operations as job_operations  # noqa: E402
from samplan.base.jobs.work import make_next  # noqa: E402
from samplan.base.mail.outbox import send_waiting  # noqa: E402
from samplan.domain.access import Actor, command_line  # noqa: E402
from samplan.domain.cycle import ReportStatus  # noqa: E402
from samplan.domain.drafts.opening import opened  # noqa: E402
from samplan.domain.handing import PartStatus  # noqa: E402
from samplan.edges.imports.models import Draft  # noqa: E402
from samplan.edges.imports.operations import reading as operations  # noqa: E402
from samplan.edges.imports.operations.applying import apply_draft  # noqa: E402
from samplan.edges.imports.operations.reading import (  # noqa: E402
    keep_reading,
    receive_document,
    take_up_reading,
)
from samplan.edges.imports.reading_work import read_next  # noqa: E402
from samplan.edges.reports.compile import compile_report, freeze  # noqa: E402
from tests.drafts_by_hand import reading  # noqa: E402
from tests.stored_drafts import how  # noqa: E402


def say(what: object) -> None:
    print(what, flush=True)  # noqa: T201


def of_nordanstig() -> tuple[ReportRequest, Actor]:
    """The report that is a draft in the demo, and who writes it."""
    requests = ReportRequest.objects.select_related("party", "form")
    request = requests.get(party__code="2132", year=2024, title__startswith="MHFA")
    held = RoleAssignment.objects.get(role="party_reporter", organisation_id=request.party.organisation_id)
    return request, actor_for(held.account, at=datetime.now(UTC))


def submit(first: int) -> None:
    """Answer every question that must be answered, send the report in, take it back, and so on."""
    request, by = of_nordanstig()
    required = {q.code: q for q in request.form.questions.filter(required=True)}
    options = {"number": "1", "costs": {"material": "1"}}
    for part in request.parts.filter(state=PartStatus.OUT):  # nothing is sent in while a colleague has a part
        move_part(by=by, at=datetime.now(UTC), part=part, to=PartStatus.TAKEN_BACK)
    say("ready")
    for number in itertools.count(first):
        there = answers_of(request)
        typed = {
            code: Typed(
                json.loads(q.options)[0]["code"] if q.kind == "choice" else options.get(q.kind, f"omgång {number}"),
                there[code].version if code in there else 0,
            )
            for code, q in required.items()
        }
        assert save_answers(by=by, at=datetime.now(UTC), request=request, answers=typed).whole
        move_request(by=by, at=datetime.now(UTC), request=request, to=ReportStatus.SUBMITTED)
        say(number)
        move_request(by=by, at=datetime.now(UTC), request=request, to=ReportStatus.DRAFT)


def take_back() -> None:
    """Once, and to the end."""
    request, by = of_nordanstig()
    say("ready")
    move_request(by=by, at=datetime.now(UTC), request=request, to=ReportStatus.DRAFT)


def compile_and_approve() -> None:
    """The year report, again and again."""
    report, point = YearReport.objects.get(), DecisionPoint.objects.get(kind="report")
    say("ready")
    for number in itertools.count():
        now = datetime.now(UTC)
        made = freeze(report, compile_report(report, at=now, preview=False))
        approve_report(by=command_line("21"), at=now, report=report, decision_point=point, compiled=made)
        say(number)


def read(first: int) -> None:
    """Hand in a document and read it, again and again; a later process comes when an earlier has fallen silent."""
    by, late = command_line("21"), timedelta(minutes=first)
    operations.MOST_ATTEMPTS = 100  # type: ignore[misc]  # no file is to blame for these deaths
    say("ready")
    for number in itertools.count():
        content = f"Handlingsplan {first}.{number}\n\nInledning\n\nVi arbetar.\n".encode()
        now = datetime.now(UTC) + late
        receive_document(by=by, at=now, county="21", year=2024, name=f"{first}.txt", content=content)
        while read_next(now=lambda: datetime.now(UTC) + late):
            say(number)


def read_the_rest(first: int) -> None:
    """Everything that waits, and to the end."""
    operations.MOST_ATTEMPTS = 100  # type: ignore[misc]
    say("ready")
    while read_next(now=lambda: datetime.now(UTC) + timedelta(minutes=first)):
        pass


def make_files(first: int) -> None:
    """Ask for the report's files and make them, again and again; a later process comes when an earlier has fallen
    silent."""
    coordinator = RoleAssignment.objects.get(role="coordinator", county="21").account
    report, late = YearReport.objects.get(), timedelta(minutes=first)
    by = actor_for(coordinator, at=datetime.now(UTC))
    job_operations.MOST_ATTEMPTS = 100  # type: ignore[misc]  # no job is to blame for these deaths
    say("ready")
    for number in itertools.count():
        what = {"report": str(report.uid), "round": f"{first}.{number}"}
        at = datetime.now(UTC) + late
        job_operations.ask(by=by, at=at, county="21", year=2024, kind="report", arguments=what, language="sv")
        while make_next(now=lambda: datetime.now(UTC) + late):
            say(number)


def make_the_rest(first: int) -> None:
    """Everything that waits, and to the end."""
    job_operations.MOST_ATTEMPTS = 100  # type: ignore[misc]
    say("ready")
    while make_next(now=lambda: datetime.now(UTC) + timedelta(minutes=first)):
        pass


def apply(first: int) -> None:
    """Make plans of drafts, again and again; first of those that a killed process had left."""
    by, late = command_line("21"), timedelta(minutes=first)
    say("ready")
    for number in itertools.count():
        name = f"plan {first}.{number}"
        at = datetime.now(UTC) + late
        receive_document(by=by, at=at, county="21", year=2024, name=f"{name}.txt", content=name.encode())
        while (taken := take_up_reading(at=at)) and taken.claim:
            keep_reading(at=at, claim=taken.claim, tree=opened(reading()))
        for draft in Draft.objects.filter(state="read", name__startswith="plan"):
            apply_draft(by=by, at=at, draft=draft, how=how(draft, subject=draft.name))
            say(number)


def remind(first: int) -> None:
    """Carry the reports that wait through the days of reminding, again and again with a new last day, the clock moved
    forth and back; each round sends what is due and the mail that waits."""
    settings.EMAIL_BACKEND = "tests.edges.left_mail.LeftBackend"
    say("ready")
    for number in itertools.count():
        last = date(2030, 1, 1) + timedelta(days=60 * (first * 50 + number))
        ReportRequest.objects.filter(state__in=["open", "draft", "returned"]).update(last_day=last)
        for days in (-14, 0, -14, 3, 0, 10, 3):
            at = datetime.combine(last + timedelta(days=days), time(9), tzinfo=UTC)
            send_due(at=at)
            while send_waiting(at=at):
                pass
        say(number)


def send_the_rest() -> None:
    """What still waits in the outbox, and to the end."""
    settings.EMAIL_BACKEND = "tests.edges.left_mail.LeftBackend"
    say("ready")
    while send_waiting(at=datetime(2200, 1, 1, tzinfo=UTC)):
        pass


if __name__ == "__main__":
    for line in sys.stdin:
        name, *numbers = line.split()
        told, tell = os.pipe()
        child = os.fork()
        if not child:
            os.read(told, 1)  # the number is said before the process says anything
            globals()[name](*map(int, numbers))
            os._exit(0)
        say(child)
        os.write(tell, b".")
        os.close(told)
        os.close(tell)
        _child, status = os.waitpid(child, 0)
        say(f"ended {os.waitstatus_to_exitcode(status)}")
