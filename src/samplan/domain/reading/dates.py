"""Dates and times as Swedish texts write them, from a day to a span of years, with how exact they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "januari jan", "februari feb", "mars mar", "april apr", "maj", "juni jun", "juli jul", "augusti aug",
            "september sep sept", "oktober okt", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_SEASONS: Final = {
    "våren": (1, 6), "vårterminen": (1, 6), "vår": (1, 6), "vt": (1, 6), "sommaren": (6, 8), "sommar": (6, 8),
    "hösten": (7, 12), "höstterminen": (7, 12), "höst": (7, 12), "ht": (7, 12), "vintern": (12, 12),
}  # fmt: skip
_SEASON: Final = "|".join(sorted(_SEASONS, key=len, reverse=True))
_S: Final = r"[\s\u00a0]"
_YEAR: Final = r"(?:19|20)\d\d"

_PATTERNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("iso", re.compile(rf"(?<![\d-])(?P<year>{_YEAR})-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\d-])")),
    (
        "day",
        re.compile(
            rf"(?<![\d.,])(?P<day>[0-3]?\d)(?:{_S}?[–-]{_S}?(?P<last>[0-3]?\d))?\.?{_S}+(?P<month>{_MONTH})\.?(?:{_S}+(?P<year>{_YEAR}))?(?![\wåäö])",
            re.IGNORECASE,
        ),
    ),
    (
        "slash",
        re.compile(rf"(?<![\d/])(?P<day>[0-3]?\d)/(?P<month>1[0-2]|0?[1-9])(?:{_S}+|[-/])(?P<year>{_YEAR})(?![\d/])"),
    ),
    ("month", re.compile(rf"(?<![\wåäö])(?P<month>{_MONTH}){_S}+(?P<year>{_YEAR})(?!\d)", re.IGNORECASE)),
    (
        "quarter",
        re.compile(
            rf"(?<![\wåäö])(?:kvartal{_S}*|q)(?P<quarter>[1-4]){_S}*,?{_S}*(?P<year>{_YEAR})(?!\d)", re.IGNORECASE
        ),
    ),
    ("season", re.compile(rf"(?<![\wåäö])(?P<season>{_SEASON})\.?{_S}*(?P<year>{_YEAR})(?!\d)", re.IGNORECASE)),
    (
        "week",
        re.compile(
            rf"(?<![\wåäö])v(?:ecka)?\.?{_S}*(?P<week>[1-5]?\d)(?!\d)(?:{_S}*,?{_S}*(?P<year>{_YEAR}))?", re.IGNORECASE
        ),
    ),
    ("years", re.compile(rf"(?<![\d.,/-])(?P<year>{_YEAR}){_S}?[–-]{_S}?(?P<end>{_YEAR}|\d\d)(?![\d-])")),
)


_DIGIT: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Time:
    """`first` to `last`: ISO days, None without a year. `precision`: day, week, month, quarter, season, years."""

    first: str | None
    last: str | None
    precision: str
    text: str
    start: int
    end: int


def find(text: str) -> Iterator[Time]:
    """Every date in order; where two patterns hit, the earlier and longer one counts."""
    if not _DIGIT.search(text):
        return
    hits = []
    for name, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if (time := _time(name, match)) is not None:
                hits.append(time)
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    position = 0
    for hit in hits:
        if hit.start >= position:
            position = hit.end
            yield hit


_LONG_MONTH: Final = "|".join(sorted((name for name in _MONTHS if len(name) > 3), key=len, reverse=True))
_LOOKS_LIKE_A_DAY: Final = re.compile(
    rf"(?<![\d.,-])(?:(?P<iso>{_YEAR}-\d\d-\d\d)(?![\d-])"
    rf"|(?P<day>\d{{1,2}}){_S}+(?P<month>{_LONG_MONTH})(?![\wåäö]))",
    re.IGNORECASE,
)
_LONGEST_MONTH: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def impossible(text: str) -> Iterator[tuple[str, int]]:
    """Days that no calendar has, "31 april" or "2024-02-30", with where each begins."""
    if not _DIGIT.search(text):
        return
    for match in _LOOKS_LIKE_A_DAY.finditer(text):
        if match["iso"]:
            try:
                date.fromisoformat(match["iso"])
            except ValueError:
                yield match["iso"], match.start()
        elif not 1 <= int(match["day"]) <= _LONGEST_MONTH[_MONTHS[match["month"].lower()] - 1]:
            yield " ".join(match.group().split()), match.start()


def _time(name: str, match: re.Match[str]) -> Time | None:
    groups = match.groupdict()
    year = int(groups["year"]) if groups.get("year") else None
    try:
        first, last, precision = _span(name, groups, year)
    except ValueError:
        return None
    written = " ".join(match.group().split())
    return Time(
        first.isoformat() if first and year else None,
        last.isoformat() if last and year else None,
        precision,
        written,
        match.start(),
        match.end(),
    )


def _span(name: str, groups: dict[str, str | None], year: int | None) -> tuple[date | None, date | None, str]:
    if name in ("iso", "day", "slash"):
        written = str(groups["month"]).lower().rstrip(".")
        month = int(written) if written.isdigit() else _MONTHS[written]
        first = date(year or 2000, month, int(str(groups["day"])))
        last = first.replace(day=int(str(groups["last"]))) if groups.get("last") else first
        return first, last, "day"
    if name == "week":
        week = int(str(groups["week"]))
        if not 1 <= week <= 53:
            raise ValueError(week)
        first = date.fromisocalendar(year or 2024, min(week, 52), 1)
        return first, first + timedelta(days=6), "week"
    if year is None:
        raise ValueError(name)
    if name == "years":
        end = int(str(groups["end"]))
        end = end if end > 99 else year // 100 * 100 + end
        if not year < end <= year + 40:
            raise ValueError(end)
        return date(year, 1, 1), date(end, 12, 31), "years"
    if name == "month":
        month = _MONTHS[str(groups["month"]).lower()]
        return date(year, month, 1), _month_end(year, month), "month"
    if name == "quarter":
        month = int(str(groups["quarter"])) * 3
        return date(year, month - 2, 1), _month_end(year, month), "quarter"
    begin, finish = _SEASONS[str(groups["season"]).lower()]
    return date(year, begin, 1), _month_end(year, finish), "season"


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)
