"""Exact decimal numbers as people write them: a whole number and how many of its digits stand after the point.

Only ASCII digits count as digits: what is not clearly a number is refused, never guessed at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from samplan.domain.errors import Invalid

MAX_CHARACTERS = 100
"""Longer than any real number; keeps a hostile one from costing time."""

SPACES = " \u00a0\u202f\u2009"
"""The spaces that stand between thousands in Swedish text: ordinary, no-break, narrow no-break, thin."""

_DECIMAL = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?")
_WHOLE = re.compile(rf"[0-9]+|[0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}})+")


@dataclass(frozen=True, slots=True)
class Exact:
    """The number `digits` ÷ 10^`scale`, with the `text` it was written as ("0,50" and "0.5" are equal numbers)."""

    digits: int
    scale: int = 0
    text: str = ""

    def __str__(self) -> str:
        return self.text or _plain(self.digits, self.scale)

    @property
    def fraction(self) -> Fraction:
        return Fraction(self.digits, 10**self.scale)

    def scaled(self, scale: int) -> int:
        """The number in units of 10^-`scale`, which must not be coarser than its own."""
        return self.digits * int(10 ** (scale - self.scale))


def _plain(digits: int, scale: int) -> str:
    whole, part = divmod(digits, 10**scale)
    return f"{whole}.{part:0{scale}d}" if scale else str(whole)


def parse_exact(text: str, *, field: str = "") -> Exact:
    """A non-negative decimal number with point or comma, no sign, exponent or spaces inside; its text is kept.

    Raises `Invalid`: "number_missing", "number_too_long", "number_negative", "not_a_number".
    """
    text = _checked(text, field)
    if (match := _DECIMAL.fullmatch(text)) is None:
        raise Invalid("number_negative" if _negative(text) else "not_a_number", field=field, text=text)
    whole, part = match[1], match[2] or ""
    return Exact(int(whole + part), len(part), text)


def parse_whole(text: str, *, field: str = "") -> int:
    """Whole kronor or persons: digits, where a space may stand between thousands ("1 500 000").

    Raises `Invalid`: "number_missing", "number_too_long", "number_negative", "not_whole".
    """
    text = _checked(text, field)
    if _WHOLE.fullmatch(text) is None:
        raise Invalid("number_negative" if _negative(text) else "not_whole", field=field, text=text)
    return int("".join(character for character in text if character not in SPACES))


def decimals(value: Fraction, places: int = 2) -> str:
    """`value` written with a point and so many decimals, halves away from zero: for showing, never for reckoning."""
    sign = "-" if value < 0 else ""
    units = (2 * abs(value.numerator) * 10**places + value.denominator) // (2 * value.denominator)
    return sign + _plain(units, places)


def _checked(text: str, field: str) -> str:
    text = text.strip(SPACES + "\t")
    if not text:
        raise Invalid("number_missing", field=field)
    if len(text) > MAX_CHARACTERS:
        raise Invalid("number_too_long", field=field, longest=MAX_CHARACTERS)
    return text


def _negative(text: str) -> bool:
    """Whether it is a number but for a minus in front (minus sign and hyphen alike)."""
    return text[0] in "-−" and _DECIMAL.fullmatch(text[1:].strip(SPACES)) is not None
