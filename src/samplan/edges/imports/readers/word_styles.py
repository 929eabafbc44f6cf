"""What the styles of a Word file say: which are headings, and how their letters look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL: Final = W + "val"

# Word keeps the English name of a built-in style in every language; other programs write their own.
_HEADING: Final = re.compile(
    r"^(?:heading|rubrik|overskrift|otsikko|überschrift|titre|kop|título)\s*([1-9])(?!\d)", re.IGNORECASE
)
_LIST: Final = re.compile(
    r"^(?:list\s?(?:bullet|number|continue)|punktlista|numrerad\s?lista|lista\s?fortsätt)\s*([1-9])?", re.IGNORECASE
)
_CONTENTS: Final = re.compile(
    r"^(?:toc\s?(?:[1-9]|heading)|contents\s?(?:[1-9]|heading)|innehåll(?:sförteckning\w*)?\s?[1-9]?$|table of figures"
    r"|innehållsförteckningsrubrik|figurförteckning|index\s?[1-9])",
    re.IGNORECASE,
)
_NAMES: Final = {
    "title": re.compile(r"^(?:title|rubrik|titel)$", re.IGNORECASE),
    "subtitle": re.compile(r"^(?:subtitle|underrubrik|undertitel)$", re.IGNORECASE),
    "caption": re.compile(r"^(?:caption|beskrivning|bildtext)$", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Letters:
    """How letters look; None: not said here. `marked`: underlined or in capitals by formatting, as bold as bold."""

    bold: bool | None = None
    size: float | None = None
    marked: bool | None = None
    hidden: bool | None = None

    def over(self, base: Letters) -> Letters:
        """This, and what `base` says where this says nothing."""
        return Letters(
            base.bold if self.bold is None else self.bold,
            base.size if self.size is None else self.size,
            base.marked if self.marked is None else self.marked,
            base.hidden if self.hidden is None else self.hidden,
        )


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph's style with what it takes over from those it is based on.

    `name` in lower case; `role`: "title", "subtitle", "caption", "contents", "list" or ""; `level`: a heading's from 1,
    a list's depth from 1, else 0; `number`: the id of its numbering, `indent`: the level in it; None where it has none.
    """

    name: str = ""
    role: str = ""
    level: int = 0
    letters: Letters = Letters()
    number: str | None = None
    indent: int | None = None


def letters_of(properties: Any) -> Letters:
    """What a `w:rPr` says itself."""
    if properties is None:
        return Letters()
    bold = size = marked = hidden = None
    for element in properties:
        tag = element.tag
        if tag == W + "b":
            bold = is_on(element)
        elif tag == W + "sz":
            size = half_points(element.get(VAL))
        elif tag in (W + "caps", W + "smallCaps"):
            marked = is_on(element) or marked
        elif tag == W + "u":
            marked = element.get(VAL, "single") != "none" or marked
        elif tag == W + "vanish":
            hidden = is_on(element)
    return Letters(bold, size, marked, hidden)


def is_on(element: Any) -> bool:
    """A switch is on unless it says otherwise."""
    return element.get(VAL, "1").lower() not in ("0", "false", "off", "none")


def half_points(value: str | None) -> float | None:
    """Points of a size that is given in half points."""
    number = whole(value)
    return number / 2 if number is not None and 0 < number <= 3276 else None


def whole(value: str | None) -> int | None:
    """A whole number, None for anything else."""
    return int(value) if value and re.fullmatch(r"-?[0-9]{1,9}", value.strip()) else None


class Styles:
    """The styles of a file; made from the root of its part, or None where it has none."""

    def __init__(self, root: Any) -> None:
        self._paragraphs: dict[str, Any] = {}
        self._characters: dict[str, Any] = {}
        self._lists: dict[str, Any] = {}
        self._made: dict[str, Style] = {}
        self._looks: dict[str, Letters] = {}
        self._usual = Letters()
        self._default = ""
        if root is None:
            return
        self._usual = letters_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for style in root.iter(W + "style"):
            name = style.get(W + "styleId", "")
            if style.get(W + "type", "paragraph") == "paragraph":
                self._paragraphs.setdefault(name, style)
                if style.get(W + "default", "0") in ("1", "true") and not self._default:
                    self._default = name
            elif style.get(W + "type") == "character":
                self._characters.setdefault(name, style)
            elif style.get(W + "type") == "numbering":
                self._lists.setdefault(name, style)

    def paragraph(self, identity: str) -> Style:
        """The style of a paragraph; the file's default for one that names none, or one that is missing."""
        found = self._made.get(identity)
        if found is None:
            found = self._made[identity] = self._resolve(identity)
        return found

    def character(self, identity: str) -> Letters:
        """How letters of a character style look."""
        found = self._looks.get(identity)
        if found is None:
            found = Letters()
            for style in reversed(list(self._chain(self._characters, identity))):
                found = letters_of(style.find(W + "rPr")).over(found)
            # A link is underlined in every file; that says nothing of a heading.
            found = self._looks[identity] = replace(found, marked=None)
        return found

    def numbering(self, identity: str) -> str | None:
        """The id of the numbering that a style of lists stands for."""
        style = self._lists.get(identity)
        properties = style.find(W + "pPr") if style is not None else None
        return numbered(properties)[0] if properties is not None else None

    def _chain(self, styles: dict[str, Any], identity: str) -> Iterator[Any]:
        """The style and those it is based on, nearest first; a file that goes in circles is let go."""
        seen: set[str] = set()
        while identity in styles and identity not in seen and len(seen) < 50:
            seen.add(identity)
            yield styles[identity]
            base = styles[identity].find(W + "basedOn")
            identity = base.get(VAL, "") if base is not None else ""

    def _resolve(self, identity: str) -> Style:
        chain = list(self._chain(self._paragraphs, identity if identity in self._paragraphs else self._default))
        made = Style(name=_name(chain[0]).lower() if chain else "", letters=self._usual)
        for style in reversed(chain):
            made = replace(made, letters=letters_of(style.find(W + "rPr")).over(made.letters))
            made = _structured(made, style)
        return made


def _structured(base: Style, style: Any) -> Style:
    """`base` with what `style` says of structure itself."""
    made = base
    for name in (_name(style), style.get(W + "styleId", "")):
        if match := _HEADING.match(name):
            made = replace(made, role="", level=int(match[1]))
        elif _CONTENTS.match(name):
            made = replace(made, role="contents", level=0)
        elif match := _LIST.match(name):
            made = replace(made, role="list", level=int(match[1] or 1))
        else:
            role = next((role for role, names in _NAMES.items() if names.match(name)), "")
            if not role:
                continue
            made = replace(made, role=role, level=0)
        break
    properties = style.find(W + "pPr")
    if properties is None:
        return made
    outline = properties.find(W + "outlineLvl")
    if outline is not None and made.role not in ("contents", "title"):
        level = whole(outline.get(VAL))
        made = replace(made, role="", level=level + 1 if level is not None and 0 <= level < 9 else 0)
    number, indent = numbered(properties)
    if number is not None:
        made = replace(made, number=number)
    if indent is not None:
        made = replace(made, indent=indent)
    return made


def numbered(properties: Any) -> tuple[str | None, int | None]:
    """What a `w:pPr` says of numbering: the id ("0": none) and the level from 0; None where it says nothing."""
    element = properties.find(W + "numPr")
    if element is None:
        return None, None
    identity, level = element.find(W + "numId"), element.find(W + "ilvl")
    return (
        identity.get(VAL, "0") if identity is not None else None,
        min(max(whole(level.get(VAL)) or 0, 0), 8) if level is not None else None,
    )


def _name(style: Any) -> str:
    name = style.find(W + "name")
    return str(name.get(VAL, "")) if name is not None else ""
