"""When something is due and how late it came. A last day ends at midnight in Sweden, whatever the server's clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")


def ends_at(last_day: date) -> datetime:
    """The first moment after `last_day` in Sweden, in UTC."""
    return datetime.combine(last_day + timedelta(days=1), time(), tzinfo=SWEDEN).astimezone(UTC)


def swedish_day(at: datetime) -> date:
    """The calendar day in Sweden at an aware moment. Raises ValueError for a moment without time zone."""
    if at.utcoffset() is None:
        raise ValueError("a moment needs a time zone")
    return at.astimezone(SWEDEN).date()


def is_late(last_day: date, submitted_at: datetime | None, at: datetime) -> bool:
    """Whether it came after its last day, or has not come and the last day is over at the moment `at`."""
    return days_late(last_day, submitted_at, at) > 0


def days_late(last_day: date, submitted_at: datetime | None, at: datetime) -> int:
    """Swedish calendar days after the last day, 0 when in time; counted until `at` as long as nothing has come."""
    return max(0, (swedish_day(at if submitted_at is None else submitted_at) - last_day).days)


def days_left(last_day: date, at: datetime) -> int:
    """Swedish calendar days until the last day: 0 on the day itself, negative when it is over."""
    return (last_day - swedish_day(at)).days
