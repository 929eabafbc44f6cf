"""When a report is reminded of, and who: the rule alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samplan.domain.cycle import ReportStatus
from samplan.domain.reminders import STEPS, Days, Step, Who, coming, due, receivers, waits_for

LAST, ASKED = date(2024, 12, 31), date(2024, 11, 4)
NOTHING: frozenset[Step] = frozenset()


def on(today: date, sent: frozenset[Step] = NOTHING, *, days: Days = Days(), asked: date = ASKED) -> Step | None:  # noqa: B008
    found = due(days, last_day=LAST, asked_on=asked, today=today, sent=sent)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("today", "step"),
    [
        (date(2024, 12, 16), None), (date(2024, 12, 17), Step.BEFORE), (date(2024, 12, 23), Step.BEFORE),
        (date(2024, 12, 24), None), (LAST, Step.ON), (date(2025, 1, 2), Step.ON), (date(2025, 1, 3), Step.AFTER),
        (date(2025, 1, 9), Step.AFTER), (date(2025, 1, 10), Step.LAST), (date(2025, 1, 16), Step.LAST),
        (date(2025, 1, 17), None), (date(2026, 11, 28), None),
    ],
)  # fmt: skip
def test_which_step_is_due_on_a_day(today: date, step: Step | None) -> None:
    assert on(today) is step


def test_a_step_whose_day_had_come_when_the_report_was_asked_for_is_not_sent() -> None:
    assert on(date(2024, 12, 20), asked=date(2024, 12, 18)) is None
    assert on(LAST, asked=date(2024, 12, 18)) is Step.ON


def test_a_county_may_do_without_a_step() -> None:
    assert on(LAST, days=Days(on=False, before=None)) is None
    assert on(date(2025, 1, 3), days=Days(after=None)) is Step.ON


@given(st.lists(st.integers(-40, 40), max_size=30))
def test_whatever_the_clock_does_no_step_comes_twice_and_none_after_a_later_one(jumps: list[int]) -> None:
    sent: list[Step] = []
    for jump in jumps:
        step = on(LAST + timedelta(days=jump), frozenset(sent))
        if step:
            sent.append(step)
    assert sent == sorted(set(sent), key=STEPS.index)


def test_what_comes_next() -> None:
    def next_after(today: date, sent: frozenset[Step] = NOTHING) -> tuple[Step, date] | None:
        return coming(Days(), last_day=LAST, asked_on=ASKED, today=today, sent=sent)

    assert next_after(date(2024, 12, 1)) == (Step.BEFORE, date(2024, 12, 17))
    assert next_after(date(2024, 12, 18)) == (Step.BEFORE, date(2024, 12, 17))
    assert next_after(date(2024, 12, 18), frozenset({Step.BEFORE})) == (Step.ON, LAST)
    assert next_after(date(2025, 1, 20)) is None


def test_who_holds_a_report() -> None:
    held = {state: waits_for(state, needs_approval=True) for state in ReportStatus}
    assert [state for state, who in held.items() if who is Who.REPORTER] == ["open", "draft", "returned"]
    assert [state for state, who in held.items() if who is Who.APPROVER] == ["submitted", "nothing", "declined"]
    assert waits_for("submitted", needs_approval=False) is None


def test_the_chain_goes_up() -> None:
    assert receivers(Step.BEFORE, Who.REPORTER) == (Who.REPORTER,)
    assert receivers(Step.LAST, Who.REPORTER) == (Who.REPORTER, Who.APPROVER, Who.MANAGER, Who.COORDINATOR)
    assert receivers(Step.BEFORE, Who.APPROVER) == (Who.APPROVER,)
    assert receivers(Step.LAST, Who.APPROVER) == (Who.APPROVER, Who.MANAGER, Who.COORDINATOR)
