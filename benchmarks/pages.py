"""How much longer each busy page takes than a bare page of the same server, in a county of the largest size.

The same reader opens both, in turn, over HTTP, at `samplan serve` on a throwaway SQLite database: the desk, the board
of 49 × 10, a plan of 300 activities and a form at most 6 ×; the open start, a county and a municipality at most 3 ×,
and those again with what the browser has kept (ETag) at most 1.5 ×. The bare page is the one about personal data: one
template, no rows of its own.

python -m benchmarks.pages
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from benchmarks.database import LARGEST, answered, say, with_activities

ROUNDS = 30
YEAR = 2024
DIRECTIVES, ACTIVITIES = 10, 300
WORKING, OPEN, KEPT = 6.0, 3.0, 1.5
BARE = "/personuppgifter/"


class Page(NamedTuple):
    """A page to be timed: its name and address, its reader's session (empty for a stranger), and what is wanted."""

    name: str
    address: str
    session: str
    most: float
    kept: bool = False


def run() -> None:
    """In a process of its own: the framework is set up once for a process, and here for a directory that is thrown
    away."""
    with tempfile.TemporaryDirectory(prefix="samplan-benchmark-") as directory:
        surroundings = os.environ | {"SAMPLAN_DIRECTORY": directory, "SAMPLAN_SECRET_KEY": "benchmark"}
        surroundings.pop("DATABASE_URL", None)
        subprocess.run([sys.executable, "-m", "benchmarks.pages", directory], env=surroundings, check=True)


def here(directory: str) -> None:
    """The whole benchmark, in a directory that is thrown away."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "samplan.config.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    with transaction.atomic():
        pages = fill()
    connection.close()
    say(f"rows made through operations in {time.perf_counter() - begun:.0f} s")
    with serving(directory) as port:
        measure(port, pages)


def fill() -> list[Page]:
    """A county of 49 municipalities with ten directives, nine of them reported, its published report, and a plan of 300
    activities; the pages that are timed."""
    from django.urls import reverse

    from samplan.apps.directives.operations import issue_directive
    from samplan.apps.orgs.models import Party
    from samplan.apps.plans.operations.plans import create_plan
    from samplan.base.kernel.models import Installation
    from samplan.domain.access import Role, command_line
    from tests import small_year
    from tests.small_year import AT, load_places, make_year, person

    small_year.BOSS = boss = command_line(LARGEST, name="Kommandoraden")
    Installation.objects.create(pk=1, kind="real", created_at=AT, version="0")
    load_places()
    made = make_year(LARGEST, year=YEAR, parties=49)
    answered(made, DIRECTIVES - 1)
    draft = made.draft(number=DIRECTIVES)
    draft.budget_line = made.line
    draft.save(update_fields=["budget_line"])
    asked = issue_directive(by=boss, at=AT, directive=draft, decision_point=made.point).shares.all()[0].request
    publish(made)
    plan = create_plan(by=boss, at=AT, county=LARGEST, year=YEAR + 1, title="Nästa plan")
    with_activities(plan, ACTIVITIES)
    coordinator = session_of(person(Role.COORDINATOR, LARGEST, "Samordnare"))
    party = Party.objects.get(pk=asked.party_id)
    reporter = session_of(person(Role.PARTY_REPORTER, LARGEST, "Rapportör", party))
    county = [LARGEST, YEAR]
    open_pages = [
        ("public start", reverse("public:start")), ("public county", reverse("public:county", args=county)),
        ("public municipality", reverse("public:municipality", args=[*county, "1480"])),
    ]  # fmt: skip
    return [
        Page("desk", reverse("home:desk", args=county), coordinator, WORKING),
        Page(f"board of 49 × {DIRECTIVES}", reverse("questionnaires:board", args=county), coordinator, WORKING),
        Page(f"plan of {ACTIVITIES}", reverse("plans:whole", args=[LARGEST, YEAR + 1, plan.uid]), coordinator, WORKING),
        Page("form", reverse("questionnaires:report", args=[*county, asked.number]), reporter, WORKING),
        *(Page(name, address, "", OPEN) for name, address in open_pages),
        *(Page(f"{name}, unchanged", address, "", KEPT, kept=True) for name, address in open_pages),
    ]


def publish(made: Any) -> None:
    """The year's report, approved and published."""
    from samplan.apps.bodies.models import Body
    from samplan.apps.bodies.operations import Point, record_decision
    from samplan.apps.yearreports.operations import approve_report, open_report, publish_report
    from samplan.edges.reports.compile import compile_report, freeze
    from tests import small_year
    from tests.small_year import AT

    boss = small_year.BOSS
    report = open_report(by=boss, at=AT, plan=made.plan, title=f"Årsrapport {YEAR}")
    decision = record_decision(
        by=boss, at=AT, body=Body.objects.get(county=LARGEST), decided_on=AT.date(), title="Rapporten",
        points=[Point("report", "Rapporten godkänns.")],
    )  # fmt: skip
    compiled = freeze(report, compile_report(report, at=AT, preview=False))
    point = decision.points.get()
    publish_report(
        by=boss, at=AT, version=approve_report(by=boss, at=AT, report=report, decision_point=point, compiled=compiled)
    )


def session_of(account: Any) -> str:
    """The cookie of somebody who is signed in."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


@contextmanager
def serving(directory: str) -> Iterator[int]:
    """`samplan serve` on a free port, ended whatever happens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = int(taken.getsockname()[1])
    command = [sys.executable, "-m", "samplan", "serve", "--directory", directory, "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        said = process.stdout
        if said is None or not any(line.startswith("Ready:") for line in iter(said.readline, "")):
            raise RuntimeError("the server did not start")
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def measure(port: int, pages: list[Page]) -> None:
    """Each page and the bare one by the same reader, in turn; the fastest round of each counts."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def asked(address: str, headers: dict[str, str], wanted: int) -> tuple[float, http.client.HTTPResponse, int]:
        begun = time.perf_counter()
        line.request("GET", address, headers=headers)
        answer = line.getresponse()
        length = len(answer.read())
        if answer.status != wanted:
            raise RuntimeError(f"{address}: {answer.status} instead of {wanted}")
        return time.perf_counter() - begun, answer, length

    for page in pages:
        headers = {"Cookie": page.session, "Accept-Encoding": "gzip"} if page.session else {"Accept-Encoding": "gzip"}
        _time, first, length = asked(page.address, headers, 200)
        own = headers | ({"If-None-Match": first.headers["ETag"]} if page.kept else {})
        wanted = 304 if page.kept else 200
        times = [float("inf")] * 2
        for _round in range(ROUNDS):
            times[0] = min(times[0], asked(page.address, own, wanted)[0])
            times[1] = min(times[1], asked(BARE, headers, 200)[0])
        ratio = times[0] / times[1]
        over = "" if ratio <= page.most else f"   over {page.most:g} ×"
        say(f"{page.name:<32}{times[0] * 1000:>8.1f} ms, {length / 1000:>6.1f} kB{ratio:>8.2f} ×{over}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        here(sys.argv[1])
    else:
        run()
