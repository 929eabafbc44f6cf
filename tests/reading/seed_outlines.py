"""What stands where in the five documents, by line numbers alone: no sentence of theirs is kept here.

`blocks(name)` gives a document as headings, labels, paragraphs, items, tables, contents lines, as a person reads the
text: the makers set them as Word and PDF, and what was set is what a reader must find. The documents lie outside the
repository; `NAMES` is empty where they are missing, and tests that need them are skipped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

_BESIDE: Final = [folder / "shared/seeds" for folder in Path(__file__).resolve().parents]
FOLDER: Final = next((folder for folder in _BESIDE if folder.is_dir()), _BESIDE[0])


@dataclass(frozen=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True)
class Label:
    """A line of its own that names what follows ("Mål"): no style for headings, bold letters."""

    text: str


@dataclass(frozen=True)
class Para:
    text: str


@dataclass(frozen=True)
class Aside(Para):
    """A footnote, or a line of tags: no text goes on with it."""


@dataclass(frozen=True)
class Item:
    text: str


@dataclass(frozen=True)
class Contents:
    text: str


@dataclass(frozen=True)
class Grid:
    """`title`: a first row over all columns. A cell's lines are paragraphs of their own. `wide`: on turned paper."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    wide: bool = False


Part = Heading | Label | Para | Item | Contents | Grid


@dataclass(frozen=True)
class _Outline:
    """`headings`: "level: line line-line ..."; `labels`: lines, or words that are a label wherever they stand alone.
    `grids`: the first line of each with how it is read; `skip`: lines left out; `alone`: footnotes and lines of tags,
    that the text goes on around; `items`: list items of several sentences."""

    headings: tuple[str, ...] = ()
    labels: str = ""
    words: tuple[str, ...] = ()
    numbered_from: int = 0
    title: int = 0
    contents: str = ""
    skip: str = ""
    alone: str = ""
    items: str = ""
    grids: tuple[tuple[str, str, tuple[str, ...], bool], ...] = ()


# A row: its cells from left to right, each lines "501-504", "-" for an empty one; "662a" is a line's first word and
# "662b" the rest, "697c" its first two words and "697d" the rest.
_MATRIX: Final = (
    ("498-824", "498", (
        "501-504 506-509 511-512 514-520 522-526 528-538",
        "540-553 555-558 560-563 565-566 568-570 571-580",
        "582-585 590-591 593-596 598-602 604-605 607-609",
        "613-621 624-630 633-634 636-640 642-643 -",
        "647-649 651-653 655-660 - 662a 662b,663-664",
        "666-669 671-676 678-683 685-689 691 -",
        "693-694 - 697c 697d,698-700 702a 702b",
        "704-708 710-713 - - 715 -",
        "719-721 723-733 735-736 738-740 742a 742b,743",
        "745-752 754-756 758-760 - 762-763 766-772",
        "774-786 788-795 797-808 810-814 816-819 821-824",
    )),
    ("825-1016", "825", (
        "828-834 836-843 845-851 853-854 857-860 862-865",
        "867-872 874-877 879-881 884-889 892-894 896-903",
        "905-910 913-916 918-920 922-924 926-928 930-936",
        "938-944 946-949 951-954 956-958 960-964 966-970",
        "977-987 989-990 992-996 998-1003 1005-1006 1008-1016",
    )),
    ("1017-1261", "1017", (
        "1020-1026 1029-1042 1044-1052 1054-1056 1058-1063 1065-1068",
        "1070-1074 1076-1079 1081-1087 1089-1090 1092-1097 1099-1100",
        "1102-1107 1113a 1113b,1114-1119 1121-1123 1125a 1125b,1126-1133",
        "1137-1146 1148-1150 1152-1155 1164-1166 1168-1178 1180-1184",
        "1186-1201 1203-1205 1207-1217 1219-1220 1222-1223 1225-1229",
        "1231-1238 1240-1246 1248-1252 - 1254-1255 1257-1261",
    )),
)  # fmt: skip

_OUTLINES: Final = {
    "gavleborg-2023-joint": _Outline(numbered_from=54, title=3, labels="17", contents="19-51", skip="11-13"),
    "gavleborg-2024-joint": _Outline(
        headings=(
            "1: 1 188 364 566 826-828 1217",
            "2: 71 126 195 367-369 455 569 658 832-834 1015 1219",
            "3: 409 458 545 622 660 673 684 693 919 1018 1072 1117 1130 1182 1243",
        ),
        labels="41 53 62 166 197 206 222 223 235 269 285 303 315 323 328 333 344 351 358 370 395 400 489 503 512 524 "
        "517 571 596 600 607 706 835 883 888 893",
        skip="605 813",
    ),
    "gavleborg-2024-region": _Outline(
        headings=(
            "1: 1 69-72 575 911",
            "2: 12 75 127 579 630 914 934",
            "3: 130 153 180-181 202 248 281 322 358 380-381 397 428 452 478 536 559 633 659 673-674 692 711 749-750 "
            "769-770 819 838 861 888 937 958 986 1007 1028 1049 1074",
        ),
        words=("Mål med insatsen", "Resultat"),
    ),
    "norrbotten-2021-joint": _Outline(
        headings=(
            "1: 1 108 204 211 256 267 305 496",
            "2: 36 220 307 398 433 474",
            "3: 65 362 378",
            "4: 69 90",
        ),
        grids=tuple((lines, title, rows, True) for lines, title, rows in _MATRIX),
    ),
    "stockholm-2023-joint": _Outline(
        headings=(
            "1: 1 34 173 272 299",
            "2: 36 64 91 103 318 630 785 839",
            "3: 381 501 575",
        ),
        labels="470-471 496 565 771",
        words=("Långsiktiga mål", "Kortsiktiga mål"),
        alone="55 56 57 62 88 113 114 115 116 291 342 343 344 423 424 425 491 493 537 538 539 540 541 543 545 595 597 "
        "629 689-690 691 692 696 752 753 797 799 838 868",
        items="626-627",
        grids=(
            ("122-169", "", (
                "127-128 130x 130y -",
                "132-136 138 - -",
                "140u - - 140v",
                "142-146 - - 148",
                "150-151 153x 153y -",
                "155-157 - - 159",
                "161-162 - - 164",
                "166-167 169 - -",
            ), False),
            ("346-358", "", ("348v 348u", "350v 350u", "352v 352u", "354v 354u", "356v 356u", "358v 358u"), False),
        ),
    ),
}  # fmt: skip
_HEADS: Final = {
    "498-824": (499, (1, 1, 1, 1, 1, 1)),
    "825-1016": (499, (1, 1, 1, 1, 1, 1)),
    "1017-1261": (499, (1, 1, 1, 1, 1, 1)),
    "122-169": (125, (2, 2, 1, 1)),
    "346-358": (346, (1, 1)),
}
"""The line with the columns' names, and how many words each has."""

NAMES: Final = tuple(name for name in _OUTLINES if (FOLDER / f"{name}.txt").is_file())
_BULLET: Final = re.compile(r"^(?:[•\uf0b7]|o|[-–])\s+(?=\S)")
_NUMBERED: Final = re.compile(r"^[0-9]{1,2}\.\s")
_ADDRESS: Final = re.compile(r"^(?:https?|file|sip):\S+.*\S$|^sip:ar$")
_HEADING: Final = re.compile(r"^([0-9]+(?:\.[0-9]+)*)\s+[A-ZÅÄÖ]")


def text_of(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8-sig")


@cache
def blocks(name: str) -> tuple[Part, ...]:
    """The document, from its outline above."""
    return _Reader(name).read()


def _span(words: str) -> list[tuple[int, int]]:
    return [(int(one.split("-")[0]), int(one.split("-")[-1])) for one in words.split()]


def joined(lines: list[str]) -> str:
    """Lines as one text; a word that a hyphen broke at the end of a line is made whole."""
    text = ""
    for line in (" ".join(one.split()) for one in lines):
        broken = re.search(r"(\w)-$", text)
        if broken and re.match(r"[a-zåäö]", line) and not re.match(r"(och|eller|samt)\b", line):
            if broken[1].islower():
                text = text[:-1] + line
            else:
                text += line if broken[1].isalpha() else f" {line}"
        else:
            text = f"{text} {line}".strip()
    return text


class _Reader:
    def __init__(self, name: str) -> None:
        self.outline = _OUTLINES[name]
        self.lines = ["", *text_of(name).split("\n")]
        self.full = sorted(len(line) for line in self.lines if line.strip())[-40]
        self.length = 0
        self.starts: dict[int, tuple[str, int, int]] = {}
        for heading in self.outline.headings:
            level, places = heading.split(":")
            for first, last in _span(places):
                self.starts[first] = (f"h{level}", first, last)
        for first, last in _span(self.outline.labels):
            self.starts[first] = ("label", first, last)
        for lines, *_rest in self.outline.grids:
            first, last = _span(lines)[0]
            self.starts[first] = ("grid", first, last)
        for n, line in enumerate(self.lines):
            if line.strip() in self.outline.words:
                self.starts[n] = ("label", n, n)
            match = _HEADING.match(line.strip())
            if self.outline.numbered_from and n >= self.outline.numbered_from and match:
                self.starts[n] = (f"h{match[1].count('.') + 1}", n, n)
        for first, last in _span(self.outline.alone):
            self.starts[first] = ("alone", first, last)
        for first, last in _span(self.outline.items):
            self.starts[first] = ("item", first, last)
        if self.outline.title:
            self.starts[self.outline.title] = ("h0", self.outline.title, self.outline.title)

    def read(self) -> tuple[Part, ...]:
        parts: list[Part] = []
        skipped = {n for first, last in _span(self.outline.skip) for n in range(first, last + 1)}
        contents = {n for first, last in _span(self.outline.contents) for n in range(first, last + 1)}
        n, blank = 1, 0
        while n < len(self.lines):
            line = self.lines[n]
            if n in self.starts:
                kind, first, last = self.starts[n]
                text = joined(self.lines[first : last + 1])
                if kind == "grid":
                    parts.append(self._grid(first))
                elif kind == "alone":
                    parts.append(Aside(text))
                elif kind == "item":
                    parts.append(Item(_BULLET.sub("", text)))
                else:
                    parts.append(Label(text) if kind == "label" else Heading(int(kind[1:]), text))
                n, blank = last + 1, 9
                continue
            n += 1
            if not line.strip() or n - 1 in skipped:
                blank += 1
                continue
            if n - 1 in contents:
                parts.append(Contents(" ".join(line.split())))
            else:
                self._add(parts, line, blank)
                self.length = len(line)
            blank = 0
        return tuple(parts)

    def _add(self, parts: list[Part], line: str, blank: int) -> None:
        """A line of running text: it goes on with the last paragraph, or begins one."""
        text = " ".join(line.split())
        last = next((n for n in range(len(parts) - 1, -1, -1) if not self._is_address(parts[n])), -1)
        before = parts[last] if last >= 0 else None
        end = parts[-1] if parts else None
        if isinstance(end, Para) and re.search(r"^https?:\S+[-/]$", end.text) and blank == 0 and " " not in text:
            parts[-1] = Para(end.text + text)
        elif bullet := _BULLET.match(text):
            parts.append(Item(text[bullet.end() :]))
        elif _ADDRESS.match(text) or not isinstance(before, Para | Item) or _NUMBERED.match(text):
            parts.append(Para(text))
        elif self._goes_on(before.text, text, blank):
            parts[last] = type(before)(joined([before.text, text]))
        else:
            parts.append(Para(text))

    @staticmethod
    def _is_address(part: Part) -> bool:
        return isinstance(part, Aside) or (isinstance(part, Para) and _ADDRESS.match(part.text) is not None)

    def _goes_on(self, before: str, text: str, blank: int) -> bool:
        if self.outline.numbered_from:
            return False  # one line is one paragraph there
        if re.match(r"[a-zåäö(]", text):
            return True
        return blank < 2 and not re.search(r"[.:;?!]$", before) and self.length > 0.7 * self.full

    def _grid(self, first: int) -> Grid:
        lines, title, rows, wide = next(grid for grid in self.outline.grids if _span(grid[0])[0][0] == first)
        where, counts = _HEADS[lines]
        words = self.lines[where].split()
        head = tuple(" ".join(words[sum(counts[:n]) : sum(counts[: n + 1])]) for n in range(len(counts)))
        return Grid(
            head,
            tuple(tuple(self._cell(cell) for cell in row.split()) for row in rows),
            " ".join(self.lines[int(title)].split()) if title else "",
            wide,
        )

    def _cell(self, places: str) -> str:
        """A cell's text; its paragraphs on lines of their own."""
        if places == "-":
            return ""
        found: list[str] = []
        for place in places.split(","):
            if place[-1].isdigit():
                first, last = _span(place)[0]
                found += [" ".join(line.split()) for line in self.lines[first : last + 1] if line.strip()]
                continue
            words = self.lines[int(place[:-1])].split()
            cut = {"a": 1, "b": 1, "c": 2, "d": 2, "x": 3, "y": 3, "u": -1, "v": -1}[place[-1]]
            if place[-1] in "uv" and words[-1].isdigit():  # an amount of three groups at the end
                cut = -3
            found.append(" ".join(words[:cut] if place[-1] in "acxu" else words[cut:]))
        paragraphs: list[list[str]] = []
        for line in found:
            if not paragraphs or _BULLET.match(line) or line.startswith("-"):
                paragraphs.append([])
            paragraphs[-1].append(line)
        return "\n".join(joined(lines) for lines in paragraphs)
