"""How compiling and the plan's page grow with the county, through a throwaway SQLite database filled by operations.

The largest county (49 municipalities, 10 directives a year, three years) against one of the demo's size, per party
report; at most 1.3 × is wanted. A plan of 2 000 activities against one of 60: opened, looked through, printed.

python -m benchmarks.database
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

ROUNDS = 3
LARGEST, DEMO = "14", "21"
YEARS = (2022, 2023, 2024)
NUMBERS, TEXTS = 3, 4
"""Questions of each kind in a report."""
SAID = "Vi har hållit kurser och samtal hela året. " * 6
FEW, MANY = 60, 2000
AREAS = 6


def run() -> None:
    """In a process of its own: the framework is set up once for a process, and here for a directory that is thrown
    away."""
    with tempfile.TemporaryDirectory(prefix="samplan-benchmark-") as directory:
        surroundings = os.environ | {"SAMPLAN_DIRECTORY": directory, "SAMPLAN_SECRET_KEY": "benchmark"}
        surroundings.pop("DATABASE_URL", None)
        subprocess.run([sys.executable, "-m", "benchmarks.database", "here"], env=surroundings, check=True)


def say(words: str) -> None:
    sys.stdout.write(f"  {words}\n")
    sys.stdout.flush()


def fastest(*calls: Callable[[], object]) -> list[float]:
    """Seconds of each call's fastest round; the calls take turns, so that a busy machine disturbs all alike."""
    times = [float("inf")] * len(calls)
    for _round in range(ROUNDS):
        for place, call in enumerate(calls):
            gc.collect()
            begun = time.perf_counter()
            call()
            times[place] = min(times[place], time.perf_counter() - begun)
    return times


def most_memory(call: Callable[[], object]) -> int:
    """The most memory that a call's own objects take at once, in bytes."""
    gc.collect()
    tracemalloc.start()
    call()
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def here() -> None:
    """The whole benchmark, in the directory that the surroundings name."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "samplan.config.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    with transaction.atomic():
        reports, plans = fill()
    say(f"rows made through operations in {time.perf_counter() - begun:.0f} s")
    compiling(reports)
    of_many(*plans)


def fill() -> tuple[dict[str, Any], tuple[Any, Any]]:
    """The years of both counties with every report accepted (county → its report of the last year), and the two
    plans."""
    from samplan.apps.plans.operations.plans import create_plan
    from samplan.apps.yearreports.operations import open_report
    from samplan.domain.access import command_line
    from tests import small_year
    from tests.small_year import AT, load_places, make_year

    # Who makes the small years of the tests acts for the counties of the tests.
    small_year.BOSS = BOSS = command_line(DEMO, LARGEST, name="Kommandoraden")
    load_places()
    reports = {}
    for county, years, directives, parties in ((DEMO, YEARS[-1:], 3, 10), (LARGEST, YEARS, 10, 49)):
        for year in years:
            made = make_year(county, year=year, parties=parties)
            answered(made, directives)
        reports[county] = open_report(by=BOSS, at=AT, plan=made.plan, title=f"Årsrapport {county}")
    plans = []
    for year, number in ((2030, FEW), (2031, MANY)):
        plan = create_plan(by=BOSS, at=AT, county=DEMO, year=year, title=f"Planen {year}")
        with_activities(plan, number)
        plans.append(plan)
    return reports, (plans[0], plans[1])


def answered(year: Any, directives: int) -> None:
    """Issues directives to all parties of a small year; each reports on seven questions, and is accepted."""
    from samplan.apps.directives.operations import Wording, draft_directive, issue_directive
    from samplan.apps.questionnaires.operations import Typed, move_request, save_answers
    from samplan.domain.access import Actor, Assignment, Role
    from samplan.domain.cycle import ReportStatus
    from samplan.domain.questionnaire import Audience, Question, QuestionKind
    from tests.small_year import AT, BOSS, LAST_DAY

    questions = [
        Question(f"q{n}", QuestionKind.NUMBER if n < NUMBERS else QuestionKind.TEXT, f"Fråga {n}?", Audience.EVERYBODY,
                 adds_up=n < NUMBERS)
        for n in range(NUMBERS + TEXTS)
    ]  # fmt: skip
    answers = {f"q{n}": Typed(str(n + 1) if n < NUMBERS else SAID) for n in range(NUMBERS + TEXTS)}
    for number in range(1, directives + 1):
        wording = Wording(title=f"Direktiv {number}", last_day=LAST_DAY, background=SAID, purpose=SAID, goals=SAID)
        directive = draft_directive(
            by=BOSS, at=AT, area=year.area, number=number, wording=wording, questions=questions, budget_line=year.line
        )
        issued = issue_directive(by=BOSS, at=AT, directive=directive, decision_point=year.point)
        for share in issued.shares.select_related("request__party"):
            asked = share.request
            held = Assignment(Role.PARTY_REPORTER, asked.county, asked.party.organisation_id)
            writer = Actor("link", "Rapportör", None, (held,))
            save_answers(by=writer, at=AT, request=asked, answers=answers)
            move_request(by=writer, at=AT, request=asked, to=ReportStatus.SUBMITTED)
            move_request(by=BOSS, at=AT, request=asked, to=ReportStatus.ACCEPTED)


def with_activities(plan: Any, number: int) -> None:
    """So many activities in six areas, with texts, times and a step each."""
    from datetime import date

    from samplan.apps.plans.operations.activities import When, add_activity
    from samplan.apps.plans.operations.plans import add_area
    from samplan.apps.plans.operations.rows import add_row
    from tests.small_year import AT, BOSS

    areas = [add_area(by=BOSS, at=AT, plan=plan, number=n, title=f"Område {n}") for n in range(1, AREAS + 1)]
    texts = dict.fromkeys(("purpose", "responsible", "principal", "goal", "description", "timeline"), SAID)
    for n in range(number):
        activity = add_activity(
            by=BOSS, at=AT, area=areas[n % AREAS], number=f"{n}", title=f"Insats {n}", texts=texts,
            phase=("planned", "ongoing", "done")[n % 3], when=When(date(2030, 1 + n % 12, 1), None, "month"),
        )  # fmt: skip
        add_row(by=BOSS, at=AT, kind="step", owner=activity, values={"text": "Börja."})


def compiling(reports: dict[str, Any]) -> None:
    """The year report from the rows to a document, and on to Word and HTML."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from samplan.apps.questionnaires.models import ReportRequest
    from samplan.domain.document import plain_text
    from samplan.edges.reports.compile import compile_report, write
    from tests.small_year import AT

    counties = (DEMO, LARGEST)
    asked = {one: ReportRequest.objects.filter(county=one, year=YEARS[-1]).count() for one in counties}
    every = {one: ReportRequest.objects.filter(county=one).count() for one in counties}

    def compiled(county: str) -> Any:
        return compile_report(reports[county], at=AT, preview=False).document

    def written(county: str) -> None:
        document = compiled(county)
        write(document, "docx")
        write(document, "html")

    for county in counties:
        told = plain_text(compiled(county)).count(SAID.strip())
        if told < TEXTS * asked[county]:
            raise RuntimeError(f"county {county}: {told} answers told, of {TEXTS} to each of {asked[county]}")
    both = fastest(*(lambda one=one: compiled(one) for one in counties))  # type: ignore[misc]
    files = fastest(*(lambda one=one: written(one) for one in counties))  # type: ignore[misc]
    for place, county in enumerate(counties):
        with CaptureQueriesContext(connection) as seen:
            compiled(county)
        memory = most_memory(lambda county=county: compiled(county))  # type: ignore[misc]
        whole = most_memory(lambda county=county: written(county))  # type: ignore[misc]
        say(
            f"county {county}: {asked[county]} reports of {every[county]}, {len(seen)} queries, "
            f"{both[place] / asked[county] * 1000:.2f} ms per report compiled, "
            f"{files[place] / asked[county] * 1000:.2f} ms with Word and HTML, "
            f"{memory / 1e6:.0f} and {whole / 1e6:.0f} MB at most"
        )
    for name, times in (("compiled", both), ("with Word and HTML", files)):
        ratio = times[1] / asked[LARGEST] / (times[0] / asked[DEMO])
        say(f"per report, largest county against demo, {name:<20}{ratio:>7.2f} ×")


def of_many(few: Any, many: Any) -> None:
    """The plan's page opened and looked through, and the plan printed."""
    from django.test import Client
    from django.urls import reverse

    from samplan.domain.access import Role
    from samplan.edges.reports.compile import compile_plan, write
    from tests.small_year import AT, person

    client = Client()
    client.force_login(person(Role.COORDINATOR, DEMO, "Samordnare"))

    def get(plan: Any, **asked: str) -> None:
        answer = client.get(reverse("plans:whole", args=[plan.county, plan.year, plan.uid]), asked)
        if answer.status_code != 200:
            raise RuntimeError(f"status {answer.status_code}")

    def printed(plan: Any) -> None:
        write(compile_plan(plan, at=AT, shape="matrix").document, "html")

    doings: dict[str, Callable[[Any], None]] = {
        "opened": get,
        "filtered by phase": lambda plan: get(plan, lage="ongoing"),
        "filtered by words": lambda plan: get(plan, sok="samtal", ansvarig="kurser"),
        "printed": printed,
    }
    for name, doing in doings.items():
        small, large = fastest(lambda doing=doing: doing(few), lambda doing=doing: doing(many))  # type: ignore[misc]
        say(
            f"plan of {MANY} against {FEW}, {name:<20}{large:>7.2f} s against {small:.2f} s{large / small:>8.2f} ×"
            f" ({large / small / (MANY / FEW):.2f} × per activity)"
        )


if __name__ == "__main__":
    if sys.argv[1:] == ["here"]:
        here()
    else:
        run()
