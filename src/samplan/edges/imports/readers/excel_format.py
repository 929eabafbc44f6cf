"""Numbers of an Excel file as a person in Sweden sees them: with decimal commas, spaces for thousands, the words of the
cell's format, and dates year first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import cache
from typing import Final

_BUILT_IN: Final = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "#,##0", 6: "#,##0", 7: "#,##0.00", 8: "#,##0.00", 9: "0%",
    10: "0.00%", 11: "0.00E+00", 14: "yyyy-mm-dd", 15: "d mmm yyyy", 16: "d mmm", 17: "mmm yyyy", 18: "h:mm",
    19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss",
}  # fmt: skip
_MONTHS: Final = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
    "december",
)  # fmt: skip
_LITERAL: Final = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]')
_SPACE: Final = "\u00a0"
_PLACES: Final = Context(prec=60)
_LARGEST: Final = Decimal(10) ** 21
_LAST_DAY: Final = 2958465


@dataclass(frozen=True, slots=True)
class Format:
    """What a number format says: digits after the comma (None: as many as there are), thousands apart, a percentage,
    words before and after, what of a date it shows; `scale`: thousands that it leaves out."""

    decimals: int | None = None
    thousands: bool = False
    percent: bool = False
    before: str = ""
    after: str = ""
    date: str = ""
    scale: int = 0


def format_of(number: int, codes: dict[int, str]) -> Format:
    """The format with a number, among the file's own `codes` and those that every file has."""
    return parsed(codes.get(number) or _BUILT_IN.get(number, ""))


@cache
def parsed(code: str) -> Format:
    """A format's code, its first section: for numbers above zero."""
    section = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code)[0]
    if not section or section.strip().lower() in ("general", "standard", "@"):
        return Format()
    bare = _LITERAL.sub("", section)
    if re.search(r"[ymdhs]", bare, re.IGNORECASE) and not re.search(r"[0#?]", bare.replace(".0", "")):
        lower = bare.lower()
        clock = "h" in lower or "s" in lower
        # An m beside hours or seconds is minutes.
        month = "m" in re.sub(r"h+[^a-z]*m+|m+[^a-z]*s+", "", lower)
        return Format(date=f"{'y' * ('y' in lower)}{'m' * month}{'d' * ('d' in lower)}{'h' * clock}")
    digits = list(re.finditer(r"[0#?][0#?.,\s]*", bare))
    if not digits:
        return Format(before=_words(section))
    body = re.search(r"[0#?](?:[0#?.,]|\s(?=[0#?]))*", bare)
    shape = body[0] if body else ""
    fraction = re.search(r"\.([0#?]+)", shape)
    scale = len(shape) - len(shape.rstrip(","))
    first = re.search(r'[0#?](?=(?:[^"]*"[^"]*")*[^"]*$)', section)
    last = max((match.end() for match in re.finditer(r'[0#?.,](?=(?:[^"]*"[^"]*")*[^"]*$)', section)), default=0)
    return Format(
        decimals=len(fraction[1]) if fraction else 0,
        thousands="," in shape.rstrip(",") or " " in shape,
        percent="%" in bare,
        before=_words(section[: first.start()]) if first else "",
        after=_words(section[last:].replace("%", "")),
        scale=scale,
    )


def _words(part: str) -> str:
    """The words in a part of a code: in quotes, after a backslash, or a currency."""
    found = []
    for match in _LITERAL.finditer(part):
        found.append(match[1] or match[2] or match[3] or "")
    loose = _LITERAL.sub("", part)
    return " ".join(("".join(found) + re.sub(r"[^A-Za-zÅÄÖåäö€$£ ]|E\+0*", "", loose)).split())


def shown(value: str, form: Format, *, from_1904: bool) -> str:
    """A number of the file as it is seen; what is no number is given as it stands."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number) >= _LARGEST:
        return value
    if form.date and (date := _date(number, form.date, from_1904=from_1904)):
        return date
    if form.percent:
        number *= 100
    number /= Decimal(1000) ** form.scale
    text = _digits(number, form)
    if form.percent:
        text += f"{_SPACE}%"
    if form.before:
        text = f"{form.before}{_SPACE}{text}"
    return f"{text}{_SPACE}{form.after}" if form.after else text


def _digits(number: Decimal, form: Format) -> str:
    if form.decimals is None:
        # As many digits as Excel shows; a fraction is stored in binary and seldom exact.
        rounded = number.quantize(Decimal(1).scaleb(min(0, max(-10, number.adjusted() - 10)))) if number else number
        text = f"{rounded:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        text = f"{number.quantize(Decimal(1).scaleb(-min(form.decimals, 15)), ROUND_HALF_UP, _PLACES):f}"
    whole, _, fraction = text.lstrip("-").partition(".")
    if form.thousands:
        whole = f"{int(whole):,}".replace(",", _SPACE)
    sign = "-" if text.startswith("-") and any(digit in "123456789" for digit in text) else ""
    return sign + whole + ("," + fraction if fraction else "")


def _date(number: Decimal, parts: str, *, from_1904: bool) -> str:
    """A day counted from 1900 (as Excel counts, with a day too many in February) or 1904; "" for what is none."""
    if not 0 <= number <= _LAST_DAY:
        return ""
    year, month, day_of = (1904, 1, 1) if from_1904 else (1899, 12, 30) if number >= 60 else (1899, 12, 31)
    start = datetime(year, month, day_of)  # noqa: DTZ001
    try:
        moment = start + timedelta(days=float(number)) + timedelta(microseconds=500)
    except OverflowError:
        return ""
    clock = moment.strftime("%H:%M")
    day = parts.replace("h", "")
    texts = {
        "ymd": moment.strftime("%Y-%m-%d"),
        "ym": f"{_MONTHS[moment.month - 1]} {moment.year}",
        "md": f"{moment.day} {_MONTHS[moment.month - 1]}",
        "m": _MONTHS[moment.month - 1],
        "y": str(moment.year),
        "d": str(moment.day),
    }
    text = texts.get(day, moment.strftime("%Y-%m-%d") if day else "")
    return " ".join(part for part in (text, clock if "h" in parts else "") if part)
