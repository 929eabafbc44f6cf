"""What a worker makes for somebody: asked for once, made once, told of as it goes, and nobody else's."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client

from samplan.apps.orgs.queries import actor_for
from samplan.base.files.models import File
from samplan.base.jobs import kinds
from samplan.base.jobs.kinds import Kind, Made, Progress, Task
from samplan.base.jobs.models import Job
from samplan.base.jobs.operations import KEPT, LONGEST_SILENCE, MOST_ATTEMPTS, ask, clear_old, keep, take_up, tell
from samplan.base.jobs.work import make_next
from samplan.domain.access import Actor, Permission, Role
from samplan.domain.errors import Refused
from tests.edges.report_year import ReportYear, build
from tests.edges.test_reports_pages import page
from tests.small_year import AT, person

pytestmark = pytest.mark.django_db
LATER = AT + LONGEST_SILENCE + timedelta(seconds=1)


def make(at: object = AT) -> int:
    return make_next(now=lambda: at, alive=False)  # type: ignore[arg-type, return-value]


@pytest.fixture
def made() -> ReportYear:
    return build()


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """A kind "small" of three parts; what the job said at each."""
    seen: list[tuple[int, int]] = []

    def three(task: Task, progress: Progress) -> Made:
        if task.arguments.get("breaks"):
            raise ValueError
        for done in range(4):
            progress(done, 3)
            row = Job.objects.get(state="working")
            seen.append((row.done, row.of))
        return Made("a.txt", b"hej")

    monkeypatch.setattr(kinds, "_KINDS", dict(kinds._KINDS))
    kinds.can_make(Kind("small", Permission.READ_COUNTY, "Liten", three))
    return seen


def signed_in(role: Role = Role.COORDINATOR, county: str = "21") -> tuple[Client, Actor]:
    client = Client()
    account = person(role, county, str(role))
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client, actor_for(account, at=AT)


def asked(by: Actor, **arguments: object) -> Job:
    return ask(by=by, at=AT, county="21", year=2024, kind="small", arguments=arguments, language="sv")


def test_it_is_asked_for_once_and_tells_each_finished_part(made: ReportYear, parts: list[tuple[int, int]]) -> None:
    _client, boss = signed_in()
    job = asked(boss, n=1)
    assert asked(boss, n=1) == job
    assert asked(boss, n=2) != job
    assert (make(), make(), make()) == (1, 1, 0)
    assert parts[:4] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    job.refresh_from_db()
    assert job.file is not None
    assert (job.state, job.done, job.file.content) == ("done", 3, b"hej")
    assert asked(boss, n=1) != job, "a new one, when the first is done"


def test_a_dead_workers_job_is_taken_up_and_its_file_kept_once(made: ReportYear, parts: list[tuple[int, int]]) -> None:
    _client, boss = signed_in()
    asked(boss)
    dead = take_up(at=AT)
    assert dead is not None
    assert dead.claim is not None
    assert take_up(at=AT) is None, "while it is heard of, nobody else has it"
    second = take_up(at=LATER)
    assert second is not None
    assert second.claim is not None
    assert tell(at=LATER, claim=dead.claim, done=1, of=2) is False
    assert keep(at=LATER, claim=dead.claim, made=Made("a.txt", b"first")) is False
    assert keep(at=LATER, claim=second.claim, made=Made("a.txt", b"second")) is True
    assert keep(at=LATER, claim=second.claim, made=Made("a.txt", b"third")) is False
    assert [bytes(file.content) for file in File.objects.filter(name="a.txt")] == [b"second"]


def test_what_workers_die_of_or_cannot_make_has_failed(made: ReportYear, parts: list[tuple[int, int]]) -> None:
    client, boss = signed_in()
    deadly = asked(boss)
    for turn in range(MOST_ATTEMPTS):
        assert take_up(at=AT + turn * (LONGEST_SILENCE + timedelta(seconds=1))) is not None
    assert take_up(at=AT + timedelta(hours=1)) is None
    broken = asked(boss, breaks=True)
    assert make() == 1
    for job in (deadly, broken):
        job.refresh_from_db()
        assert job.state == "failed"
    assert "kunde inte göras" in page(client.get(f"/21/2024/jobb/{broken.uid}/")).text


def test_nobody_else_sees_it_and_it_is_kept_a_week(made: ReportYear, parts: list[tuple[int, int]]) -> None:
    client, boss = signed_in()
    other, _actor = signed_in(Role.READER)
    job = asked(boss)
    here = f"/21/2024/jobb/{job.uid}/"
    waiting = page(client.get(here))
    assert "Väntar på sin tur" in waiting.text
    assert waiting.select("noscript meta[http-equiv=refresh]")
    assert "Pågår" in page(client.get("/21/2024/")).text
    make()
    done = page(client.get(here))
    assert not done.select("meta[http-equiv=refresh]")
    assert client.get(f"{here}fil").content == b"hej"
    assert "Klar att hämta" in page(client.get("/21/2024/")).text
    assert "Liten" in page(client.get("/21/2024/jobb/")).text
    assert "Liten" not in page(other.get("/21/2024/jobb/")).text
    for address in (here, f"{here}fil"):
        assert other.get(address).status_code == 404
    assert other.post(f"{here}ta-bort/").status_code == 404
    assert signed_in(Role.COORDINATOR, "25")[0].get("/21/2024/jobb/").status_code == 404
    with pytest.raises(Refused):
        asked(Actor("command", "samplan"))
    assert clear_old(at=AT + KEPT) == 0
    assert clear_old(at=AT + KEPT + timedelta(days=1)) == 1
    assert not File.objects.filter(name="a.txt").exists()
    again = asked(boss)
    assert client.post(f"/21/2024/jobb/{again.uid}/ta-bort/").status_code == 302
    assert not Job.objects.exists()


def test_the_report_in_every_format_and_all_letters(made: ReportYear) -> None:
    client, _boss = signed_in()
    for address, most in (("/21/2024/arsrapport/forhandsvisning/packa/", 3), ("/21/2024/brev/alla/packa/", 4)):
        led = client.post(address)
        assert led.status_code == 302
        assert make() == 1
        shown = page(client.get(led["Location"]))
        assert "Filen är klar" in shown.text
        packed = client.get(f"{led['Location']}fil")
        assert packed["Content-Type"] == "application/zip"
        names = zipfile.ZipFile(BytesIO(packed.content)).namelist()
        assert len(names) == most
        assert {name.rsplit(".", 1)[-1] for name in names} >= {"docx", "pdf"}
    assert client.get("/21/2024/brev/alla.zip").status_code == 404
    assert signed_in(Role.READER)[0].post("/21/2024/brev/alla/packa/").status_code == 404
