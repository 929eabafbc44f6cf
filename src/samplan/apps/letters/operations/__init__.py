"""Every write about letters, personal links, reminders and calendars."""

from samplan.apps.letters.operations.addresses import set_days, write_addresses
from samplan.apps.letters.operations.calendars import end_calendar, make_calendar
from samplan.apps.letters.operations.letters import (
    Sent,
    follow_report,
    follow_reports,
    letter_on_paper,
    send_letters,
)
from samplan.apps.letters.operations.links import actor_of, revoke_link, state_who
from samplan.apps.letters.operations.reminders import Reminded, remind, send_due

__all__ = [
    "Reminded", "Sent", "actor_of", "end_calendar", "follow_report", "follow_reports", "letter_on_paper",
    "make_calendar", "remind", "revoke_link", "send_due", "send_letters", "set_days", "state_who", "write_addresses",
]  # fmt: skip
