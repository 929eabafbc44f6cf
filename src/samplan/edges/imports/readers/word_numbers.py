"""Automatic numbering of a Word file: what the reader sees before a paragraph and no `w:t` holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from samplan.edges.imports.readers.word_styles import VAL, Styles, W, is_on, whole

LEVELS: Final = 9
_ROMANS: Final = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
                  (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
# Fonts of symbols keep their bullets where other fonts have no letters.
_BULLETS: Final = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf02d": "–", "\uf06f": "o", "·": "•"}


@dataclass(slots=True)
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """`text` as shown ("3.1.1", "a)", "•"); `bullet`: it counts nothing; `depth` from 1."""

    text: str
    bullet: bool
    depth: int


class Numbering:
    """The lists of a file and how far each has counted. `next` is called once for each paragraph, in order."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._levels: dict[str, list[_Level]] = {}
        self._abstract: dict[str, str] = {}
        self._own: dict[str, dict[int, _Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, list[int | None]] = {}
        if root is None:
            return
        links: dict[str, str] = {}
        for element in root.iter(W + "abstractNum"):
            identity = element.get(W + "abstractNumId", "")
            levels = [_Level() for _ in range(LEVELS)]
            for level in element.findall(W + "lvl"):
                levels[_index(level)] = _level(level)
            self._levels[identity] = levels
            if (link := element.find(W + "numStyleLink")) is not None:
                links[identity] = link.get(VAL, "")
        for element in root.findall(W + "num"):
            self._number(element)
        for identity, style in links.items():
            # A list that only names a style counts with the list of that style.
            target = self._abstract.get(styles.numbering(style) or "")
            if target and target not in links:
                for number, abstract in self._abstract.items():
                    if abstract == identity:
                        self._abstract[number] = target

    def _number(self, element: Any) -> None:
        identity = element.get(W + "numId", "")
        abstract = element.find(W + "abstractNumId")
        self._abstract[identity] = abstract.get(VAL, "") if abstract is not None else ""
        for override in element.findall(W + "lvlOverride"):
            start, level = override.find(W + "startOverride"), override.find(W + "lvl")
            if level is not None:
                self._own.setdefault(identity, {})[_index(override)] = _level(level)
            if start is not None:
                self._starts.setdefault(identity, {})[_index(override)] = whole(start.get(VAL)) or 0

    def next(self, number: str | None, indent: int | None, style: str) -> Number | None:
        """The number of the next paragraph; None when it has none. `style`: its style's id, which may choose the level
        where the paragraph does not."""
        abstract = self._abstract.get(number or "")
        if not number or number == "0" or abstract is None or abstract not in self._levels:
            return None
        levels = [self._own.get(number, {}).get(n, level) for n, level in enumerate(self._levels[abstract])]
        if indent is None:
            indent = next((n for n, level in enumerate(levels) if level.style and level.style == style), 0)
        level = levels[indent]
        if level.format == "bullet":
            return Number(_bullet(level.text), True, indent + 1)
        counts = self._counts.setdefault(abstract, [None] * LEVELS)
        started = self._starts.get(number, {}).pop(indent, None)
        before = counts[indent]
        counts[indent] = started if started is not None else level.start if before is None else before + 1
        for deeper in range(indent + 1, LEVELS):
            restart = levels[deeper].restart
            if restart is None or (restart > 0 and indent < restart):
                counts[deeper] = None
        for higher in range(indent):
            if counts[higher] is None:
                counts[higher] = levels[higher].start
        if level.format == "none":
            return None
        text = re.sub(r"%([1-9])", lambda match: _shown(int(match[1]) - 1, indent, counts, levels), level.text)
        return Number(text.strip(), False, indent + 1) if text.strip() else None


def _shown(which: int, indent: int, counts: list[int | None], levels: list[_Level]) -> str:
    value = counts[which]
    if which > indent or value is None:
        return ""
    return written(value, "decimal" if levels[indent].legal else levels[which].format)


def written(value: int, form: str) -> str:
    """A counter in one of the forms of `w:numFmt`; digits for those that Swedish texts do not use."""
    if form in ("lowerLetter", "upperLetter") and 0 < value <= 780:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        roman = ""
        for worth, letters in _ROMANS:
            roman += letters * (value // worth)
            value %= worth
        return roman.upper() if form == "upperRoman" else roman
    if form in ("none", "bullet"):
        return ""
    return f"{value:02d}" if form == "decimalZero" else str(value)


def _bullet(text: str) -> str:
    sign = text.strip()[:1] or "•"
    if sign in _BULLETS:
        return _BULLETS[sign]
    return "•" if "\ue000" <= sign <= "\uf8ff" else sign


def _index(element: Any) -> int:
    return min(max(whole(element.get(W + "ilvl")) or 0, 0), LEVELS - 1)


def _level(element: Any) -> _Level:
    made = _Level()
    for child in element:
        value = child.get(VAL, "")
        if child.tag == W + "numFmt":
            made.format = value
        elif child.tag == W + "lvlText":
            made.text = value
        elif child.tag == W + "start":
            made.start = whole(value) or 0
        elif child.tag == W + "lvlRestart":
            made.restart = whole(value)
        elif child.tag == W + "isLgl":
            made.legal = is_on(child)
        elif child.tag == W + "pStyle":
            made.style = value
    return made
