"""The wheel's days and degrees."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samplan.domain.wheel import Phase, Window, degrees, months_from, phases, shown, window

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("on", "days", "start", "end"),
    [
        (date(2025, 1, 14), [date(2024, 9, 20), date(2025, 3, 31)], date(2024, 8, 1), date(2025, 8, 1)),
        # The year is over: the wheel stays where its last day is.
        (date(2026, 11, 28), [date(2024, 9, 20), date(2025, 3, 31)], date(2024, 10, 1), date(2025, 10, 1)),
        # It has not begun.
        (date(2023, 5, 1), [date(2024, 9, 20)], date(2024, 4, 1), date(2025, 4, 1)),
        (date(2025, 1, 14), [], date(2024, 8, 1), date(2025, 8, 1)),
    ],
)
def test_the_window_shows_five_months_back_and_seven_ahead(on: date, days: list[date], start: date, end: date) -> None:
    assert window(on, days) == Window(start, end)


@given(DAYS)
def test_a_window_is_a_year_and_holds_its_day(day: date) -> None:
    found = window(day, [])
    assert found.holds(day)
    assert found.end == months_from(found.start, 12)
    # A year later the same month lies at the same place: nothing on the circle is there twice.
    turned = [degrees(found.start + timedelta(days=n)) for n in range((found.end - found.start).days)]
    assert len(set(turned)) == len(turned)


@pytest.mark.parametrize(
    ("day", "turned"),
    [(date(2025, 1, 1), 0), (date(2025, 7, 2), 182 / 365 * 360), (date(2024, 12, 31), 365 / 366 * 360)],
)
def test_january_is_at_the_top_and_time_goes_clockwise(day: date, turned: float) -> None:
    assert degrees(day) == pytest.approx(turned)


def test_a_phase_begins_when_the_one_before_it_ended() -> None:
    found = phases(
        [
            (date(2024, 12, 31), "Återrapporter", "/r"),
            (date(2024, 9, 20), "Beslut", "/b"),
            (date(2024, 12, 31), "Använd", "/a"),
        ],
        begin=date(2024, 2, 1),
    )
    assert found == [
        Phase("Beslut", date(2024, 2, 1), date(2024, 9, 20), "/b", 1),
        Phase("Återrapporter, Använd", date(2024, 9, 21), date(2024, 12, 31), "/r", 2),
    ]


@given(st.lists(DAYS, min_size=1, max_size=12), DAYS)
def test_phases_follow_each_other_without_gap_and_the_window_cuts_them(days: list[date], on: date) -> None:
    found = phases((day, str(day), "") for day in days)
    assert [phase.end for phase in found] == sorted(set(days))
    for before, after in itertools.pairwise(found):
        assert after.start == before.end + timedelta(days=1)
    within = window(on, days)
    for part in shown(found, within):
        assert within.start <= part.start <= part.end < within.end
