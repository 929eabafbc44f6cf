"""Personal identity numbers in free text: found, shown, and remembered as "no personal number" without being kept.

A number counts when its date is real (co-ordination numbers add 60 to the day) and its check digit is right
(Folkbokföringslag 1991:481, 18 and 18 a §§). Organisation numbers never count: their third digit is at least 2.
What cannot be told apart from a personal number is found; a person can say that it is none.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

CENTURIES = (1800, 1900, 2000)

# What keyboards, Word and PDF files make of a hyphen, a plus sign and a space.
_HYPHENS = "\\-\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
_PLUS = "+\uff0b"
_SPACES = " \t\u00a0\u2000-\u200b\u202f\u2060\ufeff"

# Bounded everywhere, so that a search takes time in proportion to the text. What follows may be neither a digit nor a
# further part of a date, a time, a case number or an amount with öre: "2024-01-15 – 2024-02-15" is no number.
_SHAPE = re.compile(
    rf"""
    (?<!\d)
    (?P<century>\d\d)? (?P<year>\d\d)
    (?P<between>[{_HYPHENS}{_SPACES}./]?) (?P<month>\d\d) (?P=between) (?P<day>\d\d)
    [{_SPACES}]{{0,2}} (?P<sign>[{_HYPHENS}{_PLUS}]?) [{_SPACES}]{{0,2}}
    (?P<last>\d{{4}})
    (?! \d | [{_HYPHENS}./:]\d | ,\d\d?(?!\d) )
    """,
    re.VERBOSE,
)
_BARE_MOBILE = re.compile(r"07\d{8}")
_TELEPHONE = re.compile(rf"(?:tele?|telefon|tfn|mobil|sms|swish)(?:nr|nummer)?[.:{_SPACES}]{{0,3}}$", re.IGNORECASE)
_LONGEST_WORD = 20


@dataclass(frozen=True, slots=True)
class Find:
    """A personal number at `text[start:end]` of what was searched; `text` is how it is written there."""

    start: int
    end: int
    text: str


class Piece(NamedTuple):
    """A part of a text; `marked` where it is a personal number."""

    text: str
    marked: bool = False


def find_personal_numbers(text: str, *, newest_year: int = 2099) -> tuple[Find, ...]:
    """Every personal or co-ordination number in `text`, in order. Nobody is born after `newest_year`."""
    finds: list[Find] = []
    position = 0
    while match := _SHAPE.search(text, position):
        if _is_number(match, newest_year) and not _is_told_to_be_a_telephone(match):
            finds.append(Find(match.start(), match.end(), match.group()))
            position = match.end()
        else:
            position = match.start() + 1
    return tuple(finds)


def fingerprint(number: str, *, salt: str) -> str:
    """64 hexadecimal characters that are the same however the number is written (century, hyphen, spaces).

    The numbers are few enough to try them all: `salt` has to be a secret of the installation.
    """
    digits = "".join(str(int(character)) for character in number if character.isdecimal())[-10:]
    return hmac.new(salt.encode(), digits.encode(), hashlib.sha256).hexdigest()


def marked(text: str, finds: Iterable[Find]) -> tuple[Piece, ...]:
    """The text in pieces, the finds marked; joined, the pieces are the text again."""
    pieces: list[Piece] = []
    position = 0
    for find in sorted(finds, key=lambda find: find.start):
        pieces += [Piece(text[position : find.start]), Piece(text[find.start : find.end], marked=True)]
        position = find.end
    pieces.append(Piece(text[position:]))
    return tuple(piece for piece in pieces if piece.text)


def check_digit(nine_digits: str) -> int:
    """The tenth digit of a personal number (the Luhn algorithm, every other digit doubled from the first on)."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(nine_digits))
    return -sum(value - 9 if value > 9 else value for value in doubled) % 10


def _is_number(match: re.Match[str], newest_year: int) -> bool:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    nine = match["year"] + match["month"] + match["day"] + match["last"][:3]
    if check_digit(nine) != int(match["last"][3]):
        return False
    if match["century"]:
        years = [century + year for century in CENTURIES if century == int(match["century"]) * 100]
    else:
        # A plus sign stands from the year in which somebody turns a hundred.
        latest = newest_year - 100 if match["sign"] and match["sign"] in _PLUS else newest_year
        years = [century + year for century in CENTURIES if century + year <= latest]
    return any(year <= newest_year and _is_date(year, month, day - 60 if day > 60 else day) for year in years)


def _is_date(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _is_told_to_be_a_telephone(match: re.Match[str]) -> bool:
    """Ten digits in a row from 07, right after a word such as "mobil": the only telephone numbers of the same shape."""
    before = match.string[max(0, match.start() - _LONGEST_WORD) : match.start()]
    return bool(_BARE_MOBILE.fullmatch(match.group()) and _TELEPHONE.search(before))
