"""The cells of one sheet of an Excel file, only those that hold something, as they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final

from lxml import etree  # type: ignore[import-untyped]

from samplan.edges.imports.errors import Unreadable
from samplan.edges.imports.packages import memory_error
from samplan.edges.imports.readers.excel_format import Format, format_of, shown

S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MOST_CELLS: Final = 400_000
"""Filled cells of a file; a county's sheets hold some thousands."""
_PLACE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_CODED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


_AS_IT_IS: Final = Format()


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell's numbers are shown and its letters look."""

    form: Format = _AS_IT_IS
    bold: bool = False
    size: float | None = None


@dataclass(slots=True)
class Filled:
    """A cell that holds something: `text` as shown, `style` its look, `link` where it leads, `number`: it is one."""

    text: str
    style: Style
    number: bool = False
    link: str = ""


@dataclass(slots=True)
class Sheet:
    """`cells` by row and column from 1; `merged`: top, left, bottom, right; `heads`: rows that the file calls heads."""

    cells: dict[tuple[int, int], Filled] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    heads: set[int] = field(default_factory=set)
    links: dict[str, str] = field(default_factory=dict)


def text_of(element: Any) -> str:
    """The text of a shared or inline string: its runs, without what tells how to pronounce it."""
    parts = [
        text.text or ""
        for text in element.iter(S + "t")
        if text.getparent() is None or text.getparent().tag != S + "rPh"
    ]
    # What XML cannot hold is written as a code.
    return _CODED.sub(lambda match: _decoded(match[0], int(match[1], 16)), "".join(parts))


def _decoded(code: str, number: int) -> str:
    return chr(number) if number < 0xD800 or 0xE000 <= number < 0xFFFE else code


def styles_of(root: Any) -> list[Style]:
    """The looks that cells refer to by number."""
    if root is None:
        return []
    codes = {int(one.get("numFmtId", "0") or 0): one.get("formatCode", "") for one in root.iter(S + "numFmt")}
    fonts = []
    for font in root.findall(f"{S}fonts/{S}font"):
        bold, size = font.find(S + "b"), font.find(S + "sz")
        fonts.append((bold is not None and bold.get("val", "1") not in ("0", "false"), _size(size)))
    made = []
    for one in root.findall(f"{S}cellXfs/{S}xf"):
        font = _number(one.get("fontId"))
        bold, points = fonts[font] if font is not None and font < len(fonts) else (False, None)
        made.append(Style(format_of(_number(one.get("numFmtId")) or 0, codes), bold, points))
    return made


def _size(element: Any) -> float | None:
    try:
        return float(element.get("val")) if element is not None else None
    except (TypeError, ValueError):
        return None


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None


def place_of(reference: str) -> tuple[int, int] | None:
    """Row and column, from 1, of a reference like "AB12"."""
    match = _PLACE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def area_of(reference: str) -> tuple[int, int, int, int] | None:
    """Top, left, bottom, right of a reference like "A1:C3"."""
    first, _, second = reference.partition(":")
    start, end = place_of(first), place_of(second or first)
    if start is None or end is None:
        return None
    return min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1])


def read_sheet(
    data: bytes, strings: list[str], styles: list[Style], addresses: dict[str, str], room: int, *, from_1904: bool
) -> Sheet:
    """The cells of a sheet. `room`: how many more a file may hold. Raises Unreadable."""
    sheet = Sheet()
    row = column = 0
    for element in _elements(data):
        tag = element.tag
        if tag == S + "c":
            place = place_of(element.get("r", ""))
            row, column = place if place is not None else (max(row, 1), column + 1)
            if (filled := _cell(element, strings, styles, from_1904=from_1904)) is not None:
                if len(sheet.cells) >= room:
                    raise Unreadable("unpacked_too_large", limit=MOST_CELLS)
                sheet.cells[(row, column)] = filled
        elif tag == S + "row":
            # Cells without a reference stand one after the other.
            row, column = row + 1 if element.get("r") is None else row, 0
        elif tag == S + "mergeCell" and (area := area_of(element.get("ref", ""))) is not None:
            sheet.merged.append(area)
        elif tag == S + "autoFilter" and (area := area_of(element.get("ref", ""))) is not None:
            sheet.heads.add(area[0])
        elif tag == S + "hyperlink":
            target = addresses.get(element.get(R + "id", ""), "")
            if target and (area := area_of(element.get("ref", ""))) is not None:
                sheet.links[f"{area[0]},{area[1]}"] = target
                if (one := sheet.cells.get(area[:2])) is not None:
                    one.link = target
        if tag in (S + "row", S + "mergeCell", S + "hyperlink"):
            element.clear()
    return sheet


def _elements(data: bytes) -> Iterator[Any]:
    """The elements of a sheet as they end, so that the whole never stands in memory."""
    events = etree.iterparse(
        BytesIO(data), events=("end",), resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True, huge_tree=False,
    )  # fmt: skip
    try:
        for _event, element in events:
            yield element
            parent = element.getparent()
            if element.tag == S + "row" and parent is not None:
                parent.remove(element)
    except etree.XMLSyntaxError as error:
        memory_error(error)
        raise Unreadable("broken", kind="xml") from error
    root = events.root
    if root is not None and root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("unsafe")


def _cell(element: Any, strings: list[str], styles: list[Style], *, from_1904: bool) -> Filled | None:
    number = _number(element.get("s"))
    style = styles[number] if number is not None and number < len(styles) else Style()
    kind = element.get("t", "n")
    value = element.findtext(S + "v") or ""
    if kind == "s":
        which = _number(value.strip())
        text = strings[which] if which is not None and which < len(strings) else ""
    elif kind == "inlineStr":
        inline = element.find(S + "is")
        text = text_of(inline) if inline is not None else ""
    elif kind == "b":
        text = {"1": "SANT", "0": "FALSKT"}.get(value.strip(), value)
    elif kind == "n":
        text = shown(value.strip(), style.form, from_1904=from_1904)
    else:
        text = value
    return Filled(text, style, kind == "n") if text and not text.isspace() else None
