"""When somebody is reminded of a report, and who: before, on and after its last day, and up the party's chain.

A step is due from its day and a week on: a reminder that is later than that is not sent, nor one whose day had come
when the report was asked for. A later step takes the place of an earlier one that was never sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from samplan.domain.cycle import ReportStatus, editable

FRESH: Final = timedelta(days=7)


class Step(StrEnum):
    """In the order of time. `asked`: somebody pressed the button."""

    BEFORE = "before"
    ON = "on"
    AFTER = "after"
    LAST = "last"
    ASKED = "asked"


class Who(StrEnum):
    """The party's chain, and the coordinator, who is told."""

    REPORTER = "reporter"
    APPROVER = "approver"
    MANAGER = "manager"
    COORDINATOR = "coordinator"


STEPS: Final = (Step.BEFORE, Step.ON, Step.AFTER, Step.LAST)
CHAIN: Final[dict[Step, tuple[Who, ...]]] = {
    Step.BEFORE: (Who.REPORTER,),
    Step.ON: (Who.REPORTER,),
    Step.AFTER: (Who.REPORTER, Who.APPROVER),
    Step.LAST: (Who.REPORTER, Who.APPROVER, Who.MANAGER, Who.COORDINATOR),
    Step.ASKED: (Who.REPORTER,),
}
_TO_APPROVE: Final = frozenset({ReportStatus.SUBMITTED, ReportStatus.NOTHING, ReportStatus.DECLINED})


@dataclass(frozen=True, slots=True)
class Days:
    """A county's days. None: no reminder at that step; `on`: whether there is one on the last day itself."""

    before: int | None = 14
    on: bool = True
    after: int | None = 3
    last: int | None = 10

    def day_of(self, step: Step, last_day: date) -> date | None:
        """The day of a step, None for one that the county has done without."""
        match step:
            case Step.BEFORE if self.before is not None:
                return last_day - timedelta(days=self.before)
            case Step.ON if self.on:
                return last_day
            case Step.AFTER if self.after is not None:
                return last_day + timedelta(days=self.after)
            case Step.LAST if self.last is not None:
                return last_day + timedelta(days=self.last)
        return None


def waits_for(state: ReportStatus | str, *, needs_approval: bool) -> Who | None:
    """Who in the party holds the report: its reporter, its approver, or nobody any more."""
    if editable(state):
        return Who.REPORTER
    return Who.APPROVER if needs_approval and ReportStatus(state) in _TO_APPROVE else None


def receivers(step: Step, waiting: Who) -> tuple[Who, ...]:
    """Who is written to at a step. A report that waits for its approver is no longer the reporter's to be reminded
    of."""
    if waiting is Who.REPORTER:
        return CHAIN[step]
    return (waiting, *(who for who in CHAIN[step] if who not in {Who.REPORTER, waiting}))


def due(days: Days, *, last_day: date, asked_on: date, today: date, sent: frozenset[Step]) -> tuple[Step, date] | None:
    """The step to send today with its day, if any: the latest whose day has come, unless it or a later one has gone."""
    gone = max((STEPS.index(step) for step in sent if step in STEPS), default=-1)
    for index in range(len(STEPS) - 1, gone, -1):
        day = days.day_of(STEPS[index], last_day)
        if day is None or day > today:
            continue
        return (STEPS[index], day) if asked_on < day and today - day < FRESH else None
    return None


def coming(
    days: Days, *, last_day: date, asked_on: date, today: date, sent: frozenset[Step]
) -> tuple[Step, date] | None:
    """What comes next: what is due today, or else the first step whose day has not come."""
    if now := due(days, last_day=last_day, asked_on=asked_on, today=today, sent=sent):
        return now
    gone = max((STEPS.index(step) for step in sent if step in STEPS), default=-1)
    listed = [(step, days.day_of(step, last_day)) for step in STEPS[gone + 1 :]]
    ahead = [(step, day) for step, day in listed if day and day > max(today, asked_on)]
    return min(ahead, key=lambda one: one[1]) if ahead else None


def horizon(days: Days) -> tuple[int, int]:
    """Between how many days before today and after it a last day lies that anything may be due for."""
    ahead = max(days.before or 0, 0)
    behind = max(days.after or 0, days.last or 0) + FRESH.days
    return behind, ahead
