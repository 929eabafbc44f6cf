"""A last day ends at midnight in Sweden, in winter and in summer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samplan.domain.deadlines import days_late, days_left, ends_at, is_late, swedish_day

LAST = date(2025, 1, 14)


@pytest.mark.parametrize(
    ("last_day", "end"),
    [
        (date(2025, 1, 14), datetime(2025, 1, 14, 23, tzinfo=UTC)),
        (date(2024, 12, 31), datetime(2024, 12, 31, 23, tzinfo=UTC)),
        (date(2024, 6, 30), datetime(2024, 6, 30, 22, tzinfo=UTC)),
        (date(2024, 2, 29), datetime(2024, 2, 29, 23, tzinfo=UTC)),
        # The clocks change in the night before these days: the day before still ends in the old time.
        (date(2024, 3, 30), datetime(2024, 3, 30, 23, tzinfo=UTC)),
        (date(2024, 3, 31), datetime(2024, 3, 31, 22, tzinfo=UTC)),
        (date(2024, 10, 26), datetime(2024, 10, 26, 22, tzinfo=UTC)),
        (date(2024, 10, 27), datetime(2024, 10, 27, 23, tzinfo=UTC)),
    ],
)
def test_the_end_of_a_last_day(last_day: date, end: datetime) -> None:
    assert ends_at(last_day) == end
    assert ends_at(last_day).utcoffset() == timedelta(0)
    assert not is_late(last_day, end - timedelta(microseconds=1), end + timedelta(days=9))
    assert is_late(last_day, end, end)


@pytest.mark.parametrize(
    ("submitted_at", "at", "days"),
    [
        (None, datetime(2025, 1, 14, 22, 59, tzinfo=UTC), 0),
        (None, datetime(2025, 1, 14, 23, 0, tzinfo=UTC), 1),
        (None, datetime(2025, 1, 20, 12, 0, tzinfo=UTC), 6),
        (datetime(2025, 1, 2, 8, tzinfo=UTC), datetime(2025, 3, 1, tzinfo=UTC), 0),
        (datetime(2025, 1, 15, 8, tzinfo=UTC), datetime(2025, 3, 1, tzinfo=UTC), 1),
        # Eight in the evening in New York is two in the night of the next day in Sweden.
        (datetime(2025, 1, 14, 20, tzinfo=timezone(timedelta(hours=-5))), datetime(2025, 3, 1, tzinfo=UTC), 1),
    ],
)
def test_days_late(submitted_at: datetime | None, at: datetime, days: int) -> None:
    assert days_late(LAST, submitted_at, at) == days
    assert is_late(LAST, submitted_at, at) is (days > 0)


def test_days_left() -> None:
    assert days_left(LAST, datetime(2025, 1, 12, 12, tzinfo=UTC)) == 2
    assert days_left(LAST, datetime(2025, 1, 14, 22, 30, tzinfo=UTC)) == 0
    assert days_left(LAST, datetime(2025, 1, 14, 23, 30, tzinfo=UTC)) == -1


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        swedish_day(datetime(2025, 1, 14, 12))  # noqa: DTZ001


@given(
    st.dates(date(1996, 1, 1), date(2099, 12, 30)),
    st.datetimes(datetime(1996, 1, 1), datetime(2099, 12, 30), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_late_is_exactly_from_the_end_on(last_day: date, at: datetime) -> None:
    assert is_late(last_day, at, at) == is_late(last_day, None, at) == (at >= ends_at(last_day))
    assert ends_at(last_day) - ends_at(last_day - timedelta(days=1)) in {timedelta(hours=h) for h in (23, 24, 25)}
