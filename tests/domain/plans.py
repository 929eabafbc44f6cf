"""Small facts of a plan and its year, for tests that need no database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from samplan.domain.planfacts import ActivityFacts, AreaFacts, BudgetFacts, PlanFacts
from samplan.domain.yearfacts import YearFacts


def year_facts(budget: Iterable[tuple[str, str, int]] = ()) -> YearFacts:
    """A year with budget lines (area, kind, kronor)."""
    lines = tuple(
        BudgetFacts(f"line-{number}", area, kind, f"Post {number}", amount, "", made_up=False)
        for number, (area, kind, amount) in enumerate(budget)
    )
    return YearFacts("report", 2024, "Årsrapport", False, "", replace(plan(), budget=lines), (), (), (), ())


def plan(uid: str = "plan") -> PlanFacts:
    """An empty plan."""
    return PlanFacts(
        uid=uid, county="21", county_name="Gävleborg", owner="", title="Planen", subject="", year=2024, year_to=2024,
        edition=1, shape="directive", chapters=("money",), motto="", dated_on="", case_number="",
    )  # fmt: skip


def area(uid: str, title: str) -> AreaFacts:
    return AreaFacts(uid, 1, title, title, "", ())


def activity(uid: str, title: str) -> ActivityFacts:
    return ActivityFacts(uid, "", "activity", "1", title, "", (), (), (), (), (), (), made_up=False)
