"""Times in words, as exact as they are known."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SEASONS = (gettext_lazy("våren"), gettext_lazy("sommaren"), gettext_lazy("hösten"), gettext_lazy("vintern"))


def day(iso: str) -> str:
    """An ISO date in words; empty for empty."""
    return date_format(date.fromisoformat(iso), "j F Y") if iso else ""


def month(iso: str) -> str:
    """An ISO date's month and year in words."""
    return date_format(date.fromisoformat(iso), "F Y")


def when_words(starts_on: str, ends_on: str, precision: str) -> str:
    """From and to in words, as exact as they are known."""
    start, end = moment_words(starts_on, precision), moment_words(ends_on, precision)
    if precision in {"open", "funded"}:
        since = _("från %(start)s") % {"start": start} if start else ""
        how = _("så länge medel kommer") if precision == "funded" else _("tills vidare")
        return f"{since}, {how}" if since else how
    if start and end and start != end:
        return f"{start}\u2013{end}" if start.isdecimal() and end.isdecimal() else f"{start} \u2013 {end}"
    return start or (_("till %(end)s") % {"end": end} if end else "")


def moment_words(iso: str, precision: str) -> str:
    """An ISO date as exact as `precision` says; empty for empty."""
    if not iso:
        return ""
    on = date.fromisoformat(iso)
    match precision:
        case "week":
            year, week, _day = on.isocalendar()
            return _("vecka %(week)s %(year)s") % {"week": week, "year": year}
        case "month":
            return month(iso)
        case "season":
            season = SEASONS[3 if on.month == 12 else max(0, (on.month - 3) // 3) if on.month > 2 else 3]
            return f"{season} {on.year}"
        case "half_year":
            half = _("första halvåret") if on.month <= 6 else _("andra halvåret")
            return f"{half} {on.year}"
        case "year" | "open" | "funded":
            return str(on.year)
    return day(iso)
