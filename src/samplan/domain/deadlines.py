"""When something is due and late. A last day ends at midnight in Europe/Stockholm."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def ends_at(last_day: date) -> datetime:
    """The first moment after the last day, in UTC."""
    midnight = datetime.combine(last_day + timedelta(days=1), time(), tzinfo=STOCKHOLM)
    return midnight.astimezone(UTC)


def is_late(last_day: date, submitted_at: datetime | None, at: datetime) -> bool:
    """Whether a report came, or (None) still has not come, after the last day."""
    return (submitted_at or at) >= ends_at(last_day)


def days_late(last_day: date, submitted_at: datetime | None, at: datetime) -> int:
    """Begun days past the last day in Swedish time; 0 when in time."""
    came = (submitted_at or at).astimezone(STOCKHOLM).date()
    return max(0, (came - last_day).days)
