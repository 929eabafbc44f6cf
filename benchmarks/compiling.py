"""How compiling grows with the county: the largest (49 municipalities, 10 directives) against one of the demo's size.

Facts to document, and document to Word and HTML, in one run; no database. Each party answers seven questions.

python -m benchmarks.compiling
"""

from __future__ import annotations

import os
import sys
import time
import tracemalloc
from dataclasses import replace

import django

# Chapters are texts in the reader's language: the framework's translations are needed, nothing else of it.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samplan.config.settings")
os.environ.setdefault("SAMPLAN_SECRET_KEY", "benchmark")
django.setup()

from samplan.domain.planfacts import AreaFacts  # noqa: E402
from samplan.domain.yearfacts import AnswerFacts, DirectiveFacts, QuestionFacts, ShareFacts, YearFacts  # noqa: E402
from samplan.edges.reports.compile import assemble, write  # noqa: E402
from tests.domain.plans import year_facts  # noqa: E402

ROUNDS = 3
SAID = "Vi har hållit kurser och samtal hela året. " * 6
SIZES = {"demo county": (11, 3), "largest county": (49, 10), "largest county, three years": (49, 30)}


def facts(parties: int, directives: int) -> YearFacts:
    """A year in which every party has answered every directive."""
    made = []
    for number in range(1, directives + 1):
        shares = tuple(
            ShareFacts(f"s{number}-{n}", f"r{number}-{n}", f"Kommun {n}", 100_000, 90_000, "accepted", "reported", "",
                       False, True, True)
            for n in range(parties)
        )  # fmt: skip
        questions = tuple(
            QuestionFacts(
                f"q{code}", "number" if code < 3 else "text", f"Fråga {code}?", "", code < 3, (),
                tuple(
                    AnswerFacts(f"a{number}-{code}-{n}", f"{n:04}", f"Kommun {n}", str(n + 1) if code < 3 else SAID,
                                "accepted", True)
                    for n in range(parties)
                ),
            )
            for code in range(7)
        )  # fmt: skip
        made.append(
            DirectiveFacts(
                f"d{number}", "area", number, 1, f"Direktiv {number}", SAID, SAID, SAID, SAID, "", "", "Länsledningen",
                "2024-02-01", 100_000 * parties, True, "", SAID, shares, questions,
            )
        )  # fmt: skip
    base = year_facts()
    return with_area(base, tuple(made))


def with_area(base: YearFacts, directives: tuple[DirectiveFacts, ...]) -> YearFacts:
    area = AreaFacts("area", 1, "Området", "Området", "", ())
    plan = replace(base.plan, areas=(area,), chapters=("areas_directives", "not_reported"))
    return replace(base, plan=plan, directives=directives)


def measured(year: YearFacts) -> tuple[float, int]:
    """Seconds of the fastest round, and the most memory in bytes."""
    fastest = float("inf")
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        document = assemble(year, (), language="sv").document
        write(document, "docx")
        write(document, "html")
        fastest = min(fastest, time.perf_counter() - begun)
    tracemalloc.start()
    document = assemble(year, (), language="sv").document
    write(document, "docx")
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return fastest, most


def run() -> None:
    found = {}
    for name, (parties, directives) in SIZES.items():
        seconds, memory = measured(facts(parties, directives))
        found[name] = seconds / (parties * directives)
        sys.stdout.write(
            f"{name}: {parties} × {directives} reports, {found[name] * 1000:.2f} ms per report, "
            f"{memory / 1_000_000:.0f} MB at most\n"
        )
    for name in list(SIZES)[1:]:
        sys.stdout.write(f"per report, {name} against demo: {found[name] / found['demo county']:.2f} ×\n")


if __name__ == "__main__":
    run()
