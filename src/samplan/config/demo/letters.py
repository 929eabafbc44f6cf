"""The letters about the year's reports, and the reminders of those that did not come: through the operations, on the
days when they would have gone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from samplan.apps.letters.operations import send_due, send_letters
from samplan.apps.questionnaires.models import ReportRequest
from samplan.domain.access import Actor
from samplan.domain.deadlines import SWEDEN
from samplan.domain.reminders import STEPS, Days


def write_letters(by: Actor, directive_requests: list[ReportRequest], *, issued: datetime) -> None:
    """Letters to every party of a directive, the morning after it was issued."""
    send_letters(by=by, at=issued + timedelta(hours=15), requests=directive_requests)


def send_reminders(last_days: set[date]) -> None:
    """What the worker would have sent on each day of a step about the reports that still have not come."""
    days = {day for last in last_days for step in STEPS if (day := Days().day_of(step, last))}
    for day in sorted(days):
        send_due(at=datetime.combine(day, time(7), tzinfo=SWEDEN))
