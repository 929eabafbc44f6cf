"""Personal identity numbers in free text.

A number counts when it is written as one (six or eight digits, a separator or none, four digits), its date is a real one
(co-ordination numbers add 60 to the day) and its check digit is right. Organisation numbers, whose third digit is at least
2, case numbers and telephone numbers pass. Source: folkbokföringslagen (1991:481) 18 and 18 a §§.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_DASH = "\\-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
_GAP = f"(?:[ \u00a0\u202f]?[{_DASH}+][ \u00a0\u202f]?|[ \u00a0\u202f])?"
# Unicode digits are matched too: a number typed full-width is the same number.
# Digits that go on before or after, with or without a dash, make it a longer number of another kind.
_NUMBER = re.compile(
    rf"(?<!\d)(?<!\d[{_DASH}])(?P<date>\d{{8}}|\d{{6}}){_GAP}(?P<tail>\d{{4}})(?!\d)(?![{_DASH}]\d)"
)


@dataclass(frozen=True, slots=True)
class Find:
    """A number found at text[start:end]."""

    start: int
    end: int
    text: str


def _ascii(digits: str) -> str:
    return "".join(str(int(digit)) for digit in digits)


def _check_digit_right(digits: str) -> bool:
    doubled = (int(digit) * (2 - index % 2) for index, digit in enumerate(digits))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def _real_date(digits: str) -> bool:
    day = int(digits[-2:])
    day -= 60 if day > 60 else 0
    month = int(digits[-4:-2])
    short = int(digits[:2])
    years = [int(digits[:4])] if len(digits) == 8 else [1800 + short, 1900 + short, 2000 + short]
    for year in years:
        if not 1800 <= year <= 2099:
            continue
        try:
            date(year, month, day)
        except ValueError:
            continue
        return True
    return False


def find_personal_numbers(text: str) -> tuple[Find, ...]:
    """Every personal identity or co-ordination number in a text, in order. Time grows in step with the text."""
    found = []
    for match in _NUMBER.finditer(text):
        day, tail = _ascii(match["date"]), _ascii(match["tail"])
        if _real_date(day) and _check_digit_right(day[-6:] + tail):
            found.append(Find(match.start(), match.end(), match.group()))
    return tuple(found)


def fingerprint(number: str, *, salt: str) -> str:
    """A keyed hash of a number's digits: knows the number again without keeping it."""
    digits = _ascii("".join(sign for sign in number if sign.isdecimal()))
    return hmac.new(salt.encode(), digits[-10:].encode(), hashlib.sha256).hexdigest()


def marked(text: str, finds: Iterable[Find]) -> tuple[tuple[str, bool], ...]:
    """The text in pieces, each with whether it is a number found: for showing the place."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for find in finds:
        pieces += [(text[end : find.start], False), (text[find.start : find.end], True)]
        end = find.end
    return tuple(piece for piece in [*pieces, (text[end:], False)] if piece[0])
