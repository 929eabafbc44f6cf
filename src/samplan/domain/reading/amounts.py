"""Sums of money in Swedish texts: "1 680 000 kronor", "1,2 mkr", "250 tkr", "1 500 000:-", "5 miljoner kronor"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

_SPACE: Final = r"[ \u00a0\u202f\u2009\t\n]"
_NUMBER: Final = rf"(?:\d{{1,3}}(?:(?:{_SPACE}|\.|'|’)\d{{3}})+(?:,\d{{1,2}})?(?!\d)|\d+(?:[.,]\d{{1,3}})?)"
_MULTIPLE: Final[dict[str, int]] = {
    "miljarder": 10**9, "miljard": 10**9, "mdkr": 10**9, "mdr": 10**9, "miljarders": 10**9,
    "miljoner": 10**6, "miljon": 10**6, "mkr": 10**6, "mnkr": 10**6, "msek": 10**6, "milj": 10**6, "mn": 10**6,
    "miljonkronor": 10**6, "mkronor": 10**6,
    "tusen": 10**3, "tkr": 10**3, "kkr": 10**3, "ksek": 10**3, "tsek": 10**3,
}  # fmt: skip
_UNIT: Final = (
    rf"(?P<many>miljarder|miljard|miljoner|miljon|milj\.?|tusen){_SPACE}*(?:svenska{_SPACE}+)?(?P<crown>kronor|kr\.?|sek|:-)?(?![\wåäö])"
    r"|(?P<short>mdkr|mdr|mnkr|mkr|msek|tkr|kkr|ksek|tsek)(?:onor)?(?![\wåäö])"
    r"|(?P<plain>kronor|kr|sek)(?![\wåäö])|(?P<dash>:[-–—]|,[-–—])"
)
_AMOUNT = re.compile(
    rf"(?<![\d,.])(?P<sign>[-−–]\s?)?(?P<number>{_NUMBER})(?:{_SPACE}*[–-]{_SPACE}*(?P<to>{_NUMBER}))?{_SPACE}*(?:{_UNIT})",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?<![\wåäö])(?P<unit>SEK|kr){_SPACE}+(?P<number>{_NUMBER})(?!{_SPACE}*(?:{_UNIT}))", re.IGNORECASE
)
_BARE = re.compile(
    rf"\s*(?:SEK{_SPACE}+)?(?P<sign>[-−–])?\s*(?P<number>{_NUMBER})\s*(?:(?:{_UNIT})\.?)?\s*$", re.IGNORECASE
)
_DIGIT: Final = re.compile(r"\d")
_COUNTED: Final = re.compile(
    rf"{_SPACE}*(?:invånare|personer|människor|barn|ungdomar|svenskar|elever|patienter)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Amount:
    """`kronor` at `text[start:end]`; `text` as it is written. `exact` is False where öre were left out."""

    kronor: int
    text: str
    start: int
    end: int


def find(text: str) -> Iterator[Amount]:
    """Every sum of money that is written with a unit, in order."""
    if not _DIGIT.search(text):
        return
    found = [*_with_unit_after(text)]
    taken = [(each.start, each.end) for each in found]
    for match in _BEFORE.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            whole = " ".join(match.group().split())
            found.append(Amount(_kronor(match["number"], 1), whole, match.start(), match.end()))
    yield from sorted(found, key=lambda each: each.start)


def _with_unit_after(text: str) -> Iterator[Amount]:
    for match in _AMOUNT.finditer(text):
        if match["many"] and not match["crown"] and _COUNTED.match(text, match.end()):
            continue
        if match["many"] and match["many"].lower() == "tusen" and not match["crown"]:
            continue
        for written in (match["number"], match["to"]):
            if written:
                value = _kronor(written, _multiple(match))
                whole = " ".join(match.group().split())
                negative = bool(match["sign"]) and match["sign"].strip() == "−"
                yield Amount(-value if negative else value, whole, match.start(), match.end())


def in_cell(text: str, multiple: int = 1) -> int | None:
    """The sum that a cell holds and nothing else, in kronor; `multiple` is what its column's head says (tkr: 1000)."""
    match = _BARE.match(text)
    if not match:
        return None
    unit = _multiple(match)
    has_unit = any(match[name] for name in ("many", "short", "plain", "dash"))
    value = _kronor(match["number"], unit if has_unit else multiple)
    return -value if match["sign"] else value


def is_amount(text: str) -> bool:
    """Whether a cell looks like money rather than a year, a count or a number of a row."""
    match = _BARE.match(text)
    if not match:
        return False
    if any(match[name] for name in ("many", "short", "plain", "dash")):
        return True
    digits = re.sub(r"\D", "", match["number"])
    return len(digits) >= 4 and not re.fullmatch(r"(?:19|20)\d\d", match["number"])


def multiple_of(head: str) -> int:
    """What a column's head says its numbers are in: "Belopp (tkr)" is 1000, "Mkr" a million, else 1."""
    for word in re.findall(r"[a-zåäö]+", head.lower()):
        if word in _MULTIPLE and word != "mn":
            return _MULTIPLE[word]
    return 1


def has_unit(head: str) -> bool:
    """Whether a column's head says that its numbers are money: "Kronor", "Belopp (kr)", "Mkr"."""
    words = set(re.findall(r"[a-zåäö]+", head.lower()))
    return multiple_of(head) > 1 or bool(words & {"kronor", "kr", "sek"})


def _multiple(match: re.Match[str]) -> int:
    word = (match["many"] or match["short"] or "").lower().rstrip(".")
    return _MULTIPLE.get(word, 1)


def _kronor(written: str, multiple: int) -> int:
    """Whole kronor; öre are rounded to the nearest."""
    bare = re.sub(r"[\s\u00a0\u202f\u2009'’]", "", written)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", bare):
        bare = bare.replace(".", "")
    return round(Fraction(bare.replace(",", ".")) * multiple)
