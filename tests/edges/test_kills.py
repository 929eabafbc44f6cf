"""Eighty kills at random moments, of real processes: the last saved state is whole, nothing is lost and nothing done
twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from tests.processes import Place, place

SEED = int(os.environ.get("SAMPLAN_KILL_SEED", random.SystemRandom().randrange(10**6)))


class Rounds:
    """Processes that go round until they are killed; `kill_rounds.py` is the other end."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.asked: IO[str] = process.stdin
        self.said: IO[str] = process.stdout

    def begin(self, work: str) -> int:
        """The number of a process that is ready to begin its first round."""
        self.asked.write(f"{work}\n")
        self.asked.flush()
        process = int(self.said.readline())
        assert self.said.readline() == "ready\n"
        return process

    def until_ended(self) -> tuple[list[str], str]:
        """The rounds that the process had finished, and how it ended."""
        lines = []
        while not (line := self.said.readline()).startswith("ended "):
            assert line
            lines.append(line)
        return lines, line.split()[1]

    def kill_after(self, seconds: float, work: str) -> list[str]:
        """SIGKILL that long after it has begun; the rounds that it had finished."""
        process = self.begin(work)
        time.sleep(seconds)
        os.kill(process, signal.SIGKILL)
        lines, status = self.until_ended()
        assert status == str(-signal.SIGKILL)
        return lines

    def do(self, work: str) -> None:
        self.begin(work)
        assert self.until_ended() == ([], "0")


@pytest.fixture(scope="module")
def moments() -> random.Random:
    sys.stdout.write(f"SAMPLAN_KILL_SEED={SEED}\n")
    return random.Random(SEED)


@pytest.fixture(scope="module")
def built(demo_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with place(tmp_path_factory.mktemp("kills"), like=demo_database) as copy:
        yield copy


@pytest.fixture(scope="module")
def rounds(built: Place) -> Iterator[Rounds]:
    with built.start("-m", "tests.edges.kill_rounds", str(built.directory)) as process:
        yield Rounds(process)


def count(there: Place, rows: str) -> int:
    return int(str(there.rows(f"SELECT count(*) FROM {rows}")[0][0]))  # noqa: S608 (our own words)


def test_ten_kills_while_the_demo_is_built(tmp_path: Path, moments: random.Random) -> None:
    """Each time it is started again on the same directory, as a person would."""
    with place(tmp_path / "demo") as there:
        command = ["-m", "samplan", "demo", "--once", "--directory", str(there.directory)]
        for _kill in range(10):
            process = there.start(*command)
            time.sleep(moments.uniform(0.1, 5))
            process.kill()
            process.communicate()
            tables = there.tables()
            if tables:
                there.demand_whole()
            if "kernel_installation" in tables and count(there, "kernel_installation"):
                assert count(there, "yearreports_reportversion WHERE state = 'published'") == 1
                assert count(there, "questionnaires_reportrequest") == 32
        process = there.start(*command)
        process.communicate()
        assert process.returncode == 0
        assert len(json.loads((there.directory / "demo-sign-ins.json").read_text())) == 43
        assert {path.suffix for path in (there.directory / "reports").iterdir()} == {".docx", ".pdf", ".html"}


def test_twenty_five_kills_during_submissions(built: Place, rounds: Rounds, moments: random.Random) -> None:
    """Answers, state and trace of a submission go together: a submitted report has them all, and one event each
    time."""
    others = count(built, "audit_event WHERE verb = 'report_submitted'")
    said = 0
    for _kill in range(25):
        said += len(rounds.kill_after(moments.uniform(0.02, 0.4), f"submit {said}"))
        built.demand_whole()
        submitted = count(built, "audit_event WHERE verb = 'report_submitted'")
        taken_back = count(built, "audit_event WHERE verb = 'report_draft'")
        ((state,),) = built.rows(
            "SELECT state FROM questionnaires_reportrequest WHERE party_id = "
            "(SELECT id FROM orgs_party WHERE code = '2132') AND year = 2024 AND title LIKE 'MHFA%'"
        )
        if state == "submitted":
            rounds.do("take_back")
            taken_back += 1
        assert submitted - taken_back == others, (submitted, taken_back, state)
    assert said


def test_fifteen_kills_during_a_compile(built: Place, rounds: Rounds, moments: random.Random) -> None:
    """A version is there with its three files, or not at all; at most one is approved and waits for publication."""
    for _kill in range(15):
        rounds.kill_after(moments.uniform(0.02, 1.5), "compile_and_approve")
        built.demand_whole()
        files = built.rows(
            "SELECT count(f.id) FROM yearreports_reportversion v LEFT JOIN yearreports_reportversion_files f "
            "ON f.reportversion_id = v.id GROUP BY v.id"
        )
        assert set(files) == {(3,)}
        assert count(built, "yearreports_reportversion WHERE state = 'published'") == 1
        assert count(built, "yearreports_reportversion WHERE state = 'approved'") in {0, 1}
    made = count(built, "yearreports_reportversion")
    assert made == count(built, "audit_event WHERE verb = 'year_report_approved'")


def test_ten_kills_while_documents_are_read(built: Place, rounds: Rounds, moments: random.Random) -> None:
    """A document is read once, however many workers have died of it; nothing of one is there before it is all there."""
    waiting = count(built, "imports_draft")  # the demo's own
    texts = count(built, "files_file WHERE name LIKE '%.txt'")
    for kill in range(1, 11):
        rounds.kill_after(moments.uniform(0.1, 2.5), f"read {kill}")
        built.demand_whole()
        assert count(built, "imports_draft WHERE state = 'read'") == count(built, "imports_draftcontent")
    rounds.do("read_the_rest 99")
    documents = count(built, "imports_draft")
    assert documents > waiting
    assert count(built, "imports_draft WHERE state = 'read'") == documents
    for verb in ("document_received", "document_read"):
        assert count(built, f"audit_event WHERE verb = '{verb}'") == documents
    assert count(built, "files_file WHERE name LIKE '%.txt'") == texts + documents - waiting


def test_ten_kills_while_files_are_made(built: Place, rounds: Rounds, moments: random.Random) -> None:
    """What was asked for is made once and kept once, however many workers have died of it."""
    files = count(built, "files_file")
    for kill in range(1, 11):
        rounds.kill_after(moments.uniform(0.1, 2.5), f"make_files {kill}")
        built.demand_whole()
        assert count(built, "jobs_job WHERE state = 'done'") == count(built, "files_file") - files
    rounds.do("make_the_rest 99")
    jobs = count(built, "jobs_job")
    assert jobs > 0
    assert count(built, "jobs_job WHERE state = 'done' AND file_id IS NOT NULL") == jobs
    assert count(built, "files_file") == files + jobs
    for verb in ("job_asked_for", "job_done"):
        assert count(built, f"audit_event WHERE verb = '{verb}'") == jobs


def test_ten_kills_while_plans_are_made_of_drafts(built: Place, rounds: Rounds, moments: random.Random) -> None:
    """A plan is there with all its rows and the draft that it came of, or not at all; and one for each draft."""
    said = 0
    for kill in range(1, 11):
        said += len(rounds.kill_after(moments.uniform(0.05, 1.5), f"apply {kill}"))
        built.demand_whole()
        whole = built.rows(
            "SELECT (SELECT count(*) FROM plans_focusarea a WHERE a.plan_id = p.id), "
            "(SELECT count(*) FROM plans_goal g WHERE g.plan_id = p.id), "
            "(SELECT count(*) FROM plans_activity i WHERE i.plan_id = p.id), "
            "(SELECT count(*) FROM imports_draft d WHERE d.plan_id = p.id AND d.state = 'applied'), "
            "(SELECT count(r.id) FROM imports_draftrow r, imports_draft d "
            "WHERE r.draft_id = d.id AND d.plan_id = p.id) "
            "FROM plans_plan p WHERE p.subject LIKE 'plan%'"
        )
        assert set(whole) <= {(2, 3, 3, 1, 11)}
    assert said
    assert count(built, "imports_draft WHERE state = 'applied'") == count(
        built, "plans_plan WHERE subject LIKE 'plan%'"
    )
    assert count(built, "audit_event WHERE verb = 'plan_from_document'") == count(
        built, "imports_draft WHERE state = 'applied'"
    )


def test_ten_kills_while_two_workers_remind(built: Place, rounds: Rounds, moments: random.Random) -> None:
    """No reminder leaves twice, whatever is killed between sending and noting and wherever the clock is moved; none is
    made twice; and no link that has been taken up stands in a row."""
    with built.start("-m", "tests.edges.kill_rounds", str(built.directory)) as process:
        other = Rounds(process)
        for kill in range(5):
            beside = other.begin(f"remind {kill}")
            rounds.kill_after(moments.uniform(0.3, 3), f"remind {kill}")
            time.sleep(moments.uniform(0.05, 0.5))
            os.kill(beside, signal.SIGKILL)
            other.until_ended()
            built.demand_whole()
        assert process.stdin is not None
        process.stdin.close()
    rounds.do("send_the_rest")
    # Ordinary mail, such as the demo's own, goes again when nobody knows whether it left.
    once = {str(uid).replace("-", "") for (uid,) in built.rows("SELECT uid FROM mail_outboxmail WHERE once")}
    gone = (built.directory / "left.txt").read_text().replace("-", "").splitlines()
    left = [mail for mail in gone if mail.strip("<>").split("@")[0] in once]
    assert left
    assert len(left) == len(set(left))
    (made,) = built.rows("SELECT count(*) FROM letters_reminder")
    distinct = "SELECT DISTINCT request_id, step, last_day, email FROM letters_reminder"
    assert built.rows(f"SELECT count(*) FROM ({distinct}) AS once") == [made]  # noqa: S608 (our own words)
    # At most one message for each killed worker is of unknown fate; it is not sent again.
    unknown = count(built, "mail_outboxmail WHERE once AND claimed_at IS NOT NULL AND sent_at IS NULL")
    assert unknown <= 10
    assert count(built, "mail_outboxmail WHERE claimed_at IS NOT NULL AND secret <> ''") == 0
