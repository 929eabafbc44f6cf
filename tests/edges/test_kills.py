"""Fifty kills at random moments, of real processes: the last saved state is whole, nothing is lost and nothing done
twice."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

ENVIRONMENT = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "SAMPLAN_SECRET_KEY"}}
SEED = int(os.environ.get("SAMPLAN_KILL_SEED", random.SystemRandom().randrange(10**6)))

# What a process does in a loop until it is killed; each round that it has finished it says on a line.
SUBMIT = """
import itertools, json, sys
from samplan.config.installation import start_django
from pathlib import Path
start_django(Path(sys.argv[1]))
from datetime import datetime, UTC
from samplan.apps.questionnaires.models import ReportRequest
from samplan.apps.questionnaires.operations import Typed, move_request, save_answers
from samplan.apps.questionnaires.queries import answers_of
from samplan.apps.orgs.models import RoleAssignment
from samplan.apps.orgs.queries import actor_for
from samplan.domain.cycle import ReportStatus
request = ReportRequest.objects.select_related("party", "form").get(state="draft")
held = RoleAssignment.objects.get(role="party_reporter", organisation_id=request.party.organisation_id)
by = actor_for(held.account, at=datetime.now(UTC))
required = {q.code: q for q in request.form.questions.filter(required=True)}
options = {"number": "1", "costs": {"material": "1"}}
print("ready", flush=True)
for round in itertools.count(int(sys.argv[2])):
    there = answers_of(request)
    typed = {
        code: Typed(
            json.loads(q.options)[0]["code"] if q.kind == "choice" else options.get(q.kind, f"omgång {round}"),
            there[code].version if code in there else 0,
        )
        for code, q in required.items()
    }
    assert save_answers(by=by, at=datetime.now(UTC), request=request, answers=typed).whole
    move_request(by=by, at=datetime.now(UTC), request=request, to=ReportStatus.SUBMITTED)
    print(round, flush=True)
    move_request(by=by, at=datetime.now(UTC), request=request, to=ReportStatus.DRAFT)
"""
TAKE_BACK = """
import sys
from samplan.config.installation import start_django
from pathlib import Path
start_django(Path(sys.argv[1]))
from datetime import datetime, UTC
from samplan.apps.questionnaires.models import ReportRequest
from samplan.apps.questionnaires.operations import move_request
from samplan.apps.orgs.models import RoleAssignment
from samplan.apps.orgs.queries import actor_for
from samplan.domain.cycle import ReportStatus
request = ReportRequest.objects.select_related("party", "form").get(party__code="2132", title__startswith="MHFA")
held = RoleAssignment.objects.get(role="party_reporter", organisation_id=request.party.organisation_id)
now = datetime.now(UTC)
move_request(by=actor_for(held.account, at=now), at=now, request=request, to=ReportStatus.DRAFT)
"""
COMPILE = """
import sys, itertools
from samplan.config.installation import start_django
from pathlib import Path
start_django(Path(sys.argv[1]))
from datetime import datetime, UTC
from samplan.apps.bodies.models import DecisionPoint
from samplan.apps.yearreports.models import YearReport
from samplan.apps.yearreports.operations import approve_report
from samplan.domain.access import command_line
from samplan.edges.reports.compile import compile_report, freeze
report = YearReport.objects.get()
point = DecisionPoint.objects.get(kind="report")
print("ready", flush=True)
for round in itertools.count():
    now = datetime.now(UTC)
    made = freeze(report, compile_report(report, at=now, preview=False))
    approve_report(by=command_line("21"), at=now, report=report, decision_point=point, compiled=made)
    print(round, flush=True)
"""


def start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments], env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


def kill_after(process: subprocess.Popen[str], seconds: float, *, ready: bool = False) -> list[str]:
    """SIGKILL at a moment after the start, or after it has said that it is ready; the lines it had said since."""
    if ready:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    said, _nothing = process.communicate()
    return said.splitlines()


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(database) as connection:
        return connection.execute(query).fetchall()


def whole(database: Path) -> None:
    assert rows(database, "PRAGMA integrity_check") == [("ok",)]
    assert rows(database, "PRAGMA foreign_key_check") == []


@pytest.fixture(scope="module")
def moments() -> random.Random:
    sys.stdout.write(f"SAMPLAN_KILL_SEED={SEED}\n")
    return random.Random(SEED)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("kills") / "demo"
    subprocess.run(
        [sys.executable, "-m", "samplan", "demo", "--once", "--directory", str(directory)], env=ENVIRONMENT, check=True,
        capture_output=True,
    )  # fmt: skip
    return directory


def test_ten_kills_while_the_demo_is_built(tmp_path: Path, moments: random.Random) -> None:
    """Each time it is started again on the same directory, as a person would."""
    directory = tmp_path / "demo"
    command = ["-m", "samplan", "demo", "--once", "--directory", str(directory)]
    for _kill in range(10):
        kill_after(start(*command), moments.uniform(0.1, 6))
        database = directory / "samplan.sqlite3"
        if database.exists():
            whole(database)
            tables = {name for (name,) in rows(database, "SELECT name FROM sqlite_master WHERE type = 'table'")}
            if "kernel_installation" in tables and rows(database, "SELECT 1 FROM kernel_installation"):
                assert rows(database, "SELECT count(*) FROM yearreports_reportversion WHERE state = 'published'") == [
                    (1,)
                ]
                assert rows(database, "SELECT count(*) FROM questionnaires_reportrequest") == [(32,)]
    done = subprocess.run([sys.executable, *command], env=ENVIRONMENT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert len(json.loads((directory / "demo-sign-ins.json").read_text())) == 33
    assert {path.suffix for path in (directory / "reports").iterdir()} == {".docx", ".pdf", ".html"}


def test_twenty_five_kills_during_submissions(built: Path, moments: random.Random) -> None:
    """Answers, state and trace of a submission go together: a submitted report has them all, and one event each
    time."""
    database = built / "samplan.sqlite3"
    others = rows(database, "SELECT count(*) FROM audit_event WHERE verb = 'report_submitted'")
    said = 0
    for _kill in range(25):
        said += len(kill_after(start("-c", SUBMIT, str(built), str(said)), moments.uniform(0.02, 0.8), ready=True))
        whole(database)
        submitted = rows(database, "SELECT count(*) FROM audit_event WHERE verb = 'report_submitted'")[0][0]
        taken_back = rows(database, "SELECT count(*) FROM audit_event WHERE verb = 'report_draft'")[0][0]
        state = rows(
            database,
            "SELECT state FROM questionnaires_reportrequest WHERE party_id = "
            "(SELECT id FROM orgs_party WHERE code = '2132') AND title LIKE 'MHFA%'",
        )[0][0]
        if state == "submitted":
            subprocess.run([sys.executable, "-c", TAKE_BACK, str(built)], env=ENVIRONMENT, check=True)
            taken_back += 1
        assert isinstance(submitted, int)
        assert submitted - int(str(taken_back)) == others[0][0], (submitted, taken_back, state)
    assert said > 10


def test_fifteen_kills_during_a_compile(built: Path, moments: random.Random) -> None:
    """A version is there with its three files, or not at all; at most one is approved and waits for publication."""
    database = built / "samplan.sqlite3"
    for _kill in range(15):
        kill_after(start("-c", COMPILE, str(built)), moments.uniform(0.02, 1.5), ready=True)
        whole(database)
        counts = rows(
            database,
            "SELECT count(f.id) FROM yearreports_reportversion v LEFT JOIN yearreports_reportversion_files f "
            "ON f.reportversion_id = v.id GROUP BY v.id",
        )
        assert set(counts) == {(3,)}
        assert rows(database, "SELECT count(*) FROM yearreports_reportversion WHERE state = 'published'") == [(1,)]
        assert rows(database, "SELECT count(*) FROM yearreports_reportversion WHERE state = 'approved'")[0][0] in {0, 1}
    made = rows(database, "SELECT count(*) FROM yearreports_reportversion")[0][0]
    traced = rows(database, "SELECT count(*) FROM audit_event WHERE verb = 'year_report_approved'")[0][0]
    assert made == traced
