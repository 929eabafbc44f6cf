"""What the worker does with reports: links that follow them, and reminders whose day has come, once a minute."""

from __future__ import annotations

from datetime import datetime, timedelta

from samplan.apps.letters.operations import follow_reports, send_due

EVERY = timedelta(minutes=1)


class FollowReports:
    """A round of work. It looks at the clock that it is handed, also when that has been moved back."""

    def __init__(self) -> None:
        self.last: datetime | None = None

    def __call__(self, at: datetime) -> int:
        if self.last is not None and abs(at - self.last) < EVERY:
            return 0
        self.last = at
        return follow_reports(at=at) + send_due(at=at)
