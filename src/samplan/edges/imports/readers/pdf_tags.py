"""The structure that a tagged PDF tells itself: headings, paragraphs, lists, tables, in the order of reading.

Word, LibreOffice and our own writer tag what they print; that is worth more than what the looks of a page suggest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import PSLiteral

from samplan.domain.reading.source import Kind
from samplan.edges.imports.readers.pdf_page import Char

Marked = dict[tuple[int, int], list[tuple[int, Char]]]
"""Characters, each with its page's number, by the page's identity and the number of their marked content."""

_HEADINGS: Final = {"H": 0, "H1": 1, "H2": 2, "H3": 3, "H4": 4, "H5": 5, "H6": 6, "Title": 0}
_BLOCKS: Final[dict[str, Kind]] = {
    "P": "paragraph",
    "Caption": "caption",
    "Note": "note",
    "FENote": "note",
    "Footnote": "note",
    "Endnote": "note",
    "TOC": "furniture",
    "TOCI": "furniture",
    "Index": "furniture",
    "Artifact": "furniture",
    "Figure": "picture",
    "Formula": "picture",
    "Form": "paragraph",
    "Annot": "paragraph",
}
_INSIDE: Final = frozenset(
    {"Span", "Quote", "Reference", "BibEntry", "Code", "Link", "Em", "Strong", "Sub", "Ruby", "RB", "RT", "RP",
     "Warichu", "WT", "WP", "Lbl", "LBody", "Private", "NonStruct"}
)  # fmt: skip
_LISTS: Final = frozenset({"L", "LI"})
_TABLES: Final = frozenset({"Table", "TR", "TH", "TD", "THead", "TBody", "TFoot"})
_DEEPEST: Final = 150
_WIDEST: Final = 200


@dataclass(slots=True)
class TagBlock:
    """A block that the file tells of, with its characters in their order, each with its page's number."""

    kind: Kind
    level: int = 0
    sure: bool = False
    style: str = ""
    label: str = ""
    chars: list[tuple[int, Char]] = field(default_factory=list)


@dataclass(slots=True)
class TagCell:
    column: int
    columns: int
    rows: int
    blocks: list[TagBlock]


@dataclass(slots=True)
class TagTable:
    """`rows`: the cells of each, and whether all are heads."""

    rows: list[tuple[list[TagCell], bool]]


class Tags:
    """The tree of a document. `items` gives it as blocks and tables; characters are handed out once."""

    def __init__(self, catalog: Any) -> None:
        root = resolve1(catalog.get("StructTreeRoot")) if isinstance(catalog, dict) else None
        self._root = root if isinstance(root, dict) else {}
        roles = resolve1(self._root.get("RoleMap"))
        self._roles: dict[str, Any] = roles if isinstance(roles, dict) else {}
        classes = resolve1(self._root.get("ClassMap"))
        self._classes: dict[str, Any] = classes if isinstance(classes, dict) else {}
        self._marked: Marked = {}
        self._seen: set[int] = set()

    def __bool__(self) -> bool:
        return bool(self._root)

    def items(self, marked: Marked) -> list[TagBlock | TagTable]:
        """Everything in the order of reading; what `marked` holds and the tree does not name is left in it."""
        self._marked = marked
        self._seen = set()
        return list(self._walk(self._root, 0, 0, 0))

    def _role(self, element: dict[str, Any]) -> str:
        role = _name(element.get("S"))
        for _ in range(10):
            if role in _HEADINGS or role in _BLOCKS or role in _INSIDE or role in _LISTS or role in _TABLES:
                break
            mapped = _name(resolve1(self._roles.get(role)))
            if not mapped or mapped == role:
                break
            role = mapped
        return role

    def _kids(self, element: dict[str, Any]) -> list[Any]:
        kids = resolve1(element.get("K"))
        if isinstance(kids, list):
            return kids
        return [] if kids is None else [element["K"] if isinstance(element.get("K"), PDFObjRef) else kids]

    def _elements(self, element: dict[str, Any], page: int) -> Iterator[tuple[Any, int]]:
        """Children: a number of marked content, or an element that was not met before; with the page they stand on."""
        own = element.get("Pg")
        page = own.objid if isinstance(own, PDFObjRef) else page
        for kid in self._kids(element):
            if isinstance(kid, PDFObjRef):
                if kid.objid in self._seen:
                    continue
                self._seen.add(kid.objid)
            resolved = resolve1(kid)
            if isinstance(resolved, int):
                yield resolved, page
            elif isinstance(resolved, dict):
                if "MCID" in resolved:
                    there = resolved.get("Pg")
                    mark = resolve1(resolved["MCID"])
                    if isinstance(mark, int) and "Stm" not in resolved:
                        yield mark, there.objid if isinstance(there, PDFObjRef) else page
                elif "S" in resolved:
                    yield resolved, page

    def _walk(self, element: dict[str, Any], page: int, depth: int, lists: int) -> Iterator[TagBlock | TagTable]:
        """What stands in a part of the document: loose text between its blocks is paragraphs."""
        if depth > _DEEPEST:
            return
        loose = TagBlock("paragraph")
        for kid, there in self._elements(element, page):
            if isinstance(kid, int):
                loose.chars += self._marked.pop((there, kid), [])
                continue
            role = self._role(kid)
            if role in _INSIDE and role not in ("LBody", "NonStruct", "Private"):
                after: list[tuple[dict[str, Any], int]] = []
                self._gather(kid, there, loose, after, depth + 1)
                for inner, its_page in after:
                    yield from self._block(inner, its_page, depth + 1, lists)
                continue
            if loose.chars:
                yield loose
                loose = TagBlock("paragraph")
            yield from self._block(kid, there, depth + 1, lists)
        if loose.chars:
            yield loose

    def _block(self, element: dict[str, Any], page: int, depth: int, lists: int) -> Iterator[TagBlock | TagTable]:
        if depth > _DEEPEST:
            return
        role = self._role(element)
        if role in _HEADINGS:
            yield from self._text(element, page, TagBlock("heading", _HEADINGS[role], True, role.lower()), depth, lists)
        elif role in _BLOCKS:
            made = TagBlock(_BLOCKS[role], style=role.lower() if role != "P" else "")
            if role in ("Figure", "Formula"):
                made.label = words(resolve1(element.get("Alt")))
            if role in ("TOC", "Index"):
                for item in self._walk(element, page, depth, lists):
                    if isinstance(item, TagBlock):
                        item.kind = "furniture"
                    yield item
            else:
                yield from self._text(element, page, made, depth, lists)
        elif role == "L":
            for kid, there in self._elements(element, page):
                if isinstance(kid, int):
                    if chars := self._marked.pop((there, kid), []):
                        yield TagBlock("item", lists + 1, True, chars=chars)
                else:
                    yield from self._block(kid, there, depth + 1, lists + 1)
        elif role == "LI":
            yield from self._item(element, page, depth, max(lists, 1))
        elif role == "Table":
            beside: list[TagBlock | TagTable] = []
            table = self._table(element, page, depth, beside)
            yield from beside
            yield table
        else:
            yield from self._walk(element, page, depth, lists)

    def _text(
        self, element: dict[str, Any], page: int, made: TagBlock, depth: int, lists: int
    ) -> Iterator[TagBlock | TagTable]:
        """A block's own text, then the blocks that stand inside it although they should not."""
        after: list[tuple[dict[str, Any], int]] = []
        self._gather(element, page, made, after, depth)
        if made.kind == "note" and not made.chars:
            for inner, its_page in after:
                for item in self._block(inner, its_page, depth + 1, lists):
                    if isinstance(item, TagBlock):
                        item.kind = "note"
                    yield item
            return
        if made.chars or made.kind == "picture":
            yield made
        for inner, its_page in after:
            yield from self._block(inner, its_page, depth + 1, lists)

    def _gather(
        self, element: dict[str, Any], page: int, made: TagBlock, after: list[tuple[dict[str, Any], int]], depth: int
    ) -> None:
        if depth > _DEEPEST:
            return
        for kid, there in self._elements(element, page):
            if isinstance(kid, int):
                made.chars += self._marked.pop((there, kid), [])
            elif self._role(kid) in _INSIDE or (made.kind in ("picture", "note") and self._role(kid) == "P"):
                self._gather(kid, there, made, after, depth + 1)
            else:
                after.append((kid, there))

    def _item(self, element: dict[str, Any], page: int, depth: int, lists: int) -> Iterator[TagBlock | TagTable]:
        """A list item: its sign and its text in one block, further paragraphs and lists after it."""
        made = TagBlock("item", lists, True)
        later: list[TagBlock | TagTable] = []
        for kid, there in self._elements(element, page):
            if isinstance(kid, int):
                made.chars += self._marked.pop((there, kid), [])
                continue
            role = self._role(kid)
            if role in _INSIDE and role != "LBody":
                self._gather(kid, there, made, [], depth + 1)
                continue
            for inner in (
                self._walk(kid, there, depth + 1, lists)
                if role == "LBody"
                else self._block(kid, there, depth + 1, lists)
            ):
                first = isinstance(inner, TagBlock) and inner.kind == "paragraph" and not later
                if first and isinstance(inner, TagBlock) and (not made.chars or len(made.chars) < 8):
                    made.chars += inner.chars
                else:
                    later.append(inner)
        if made.chars:
            yield made
        yield from later

    # --- tables

    def _table(self, element: dict[str, Any], page: int, depth: int, beside: list[TagBlock | TagTable]) -> TagTable:
        """The rows; what is no row, such as the caption, goes to `beside`."""
        rows: list[tuple[list[TagCell], bool]] = []
        covered: dict[tuple[int, int], bool] = {}
        for row, there in self._rows(element, page, depth, beside):
            cells: list[TagCell] = []
            heads = 0
            column = 0
            for cell, its_page, role in self._cells(row, there, depth):
                while (len(rows), column) in covered:
                    column += 1
                wide, high = self._span(cell, "ColSpan"), self._span(cell, "RowSpan")
                blocks = list(_flat(self._walk(cell, its_page, depth + 2, 0)))
                cells.append(TagCell(column, wide, high, blocks))
                heads += role == "TH"
                if high > 1:
                    covered.update(
                        ((len(rows) + below, column + beside), True)
                        for below in range(1, high)
                        for beside in range(wide)
                    )
                column += wide
            rows.append((cells, bool(cells) and heads == len(cells)))
        return TagTable(rows)

    def _rows(
        self, element: dict[str, Any], page: int, depth: int, beside: list[TagBlock | TagTable]
    ) -> Iterator[tuple[dict[str, Any], int]]:
        for kid, there in self._elements(element, page):
            if isinstance(kid, int):
                beside.append(TagBlock("paragraph", chars=self._marked.pop((there, kid), [])))
                continue
            role = self._role(kid)
            if role == "TR":
                yield kid, there
            elif role in ("THead", "TBody", "TFoot") and depth < _DEEPEST:
                yield from self._rows(kid, there, depth + 1, beside)
            else:
                beside.extend(self._block(kid, there, depth + 1, 0))

    def _cells(self, row: dict[str, Any], page: int, depth: int) -> Iterator[tuple[dict[str, Any], int, str]]:
        for kid, there in self._elements(row, page):
            if isinstance(kid, int):
                continue
            role = self._role(kid)
            if role in ("TD", "TH"):
                yield kid, there, role
            elif depth < _DEEPEST:
                yield from self._cells(kid, there, depth + 1)

    def _span(self, element: dict[str, Any], name: str) -> int:
        """How many rows or columns a cell takes: in its attributes or those of its class."""
        found = []
        for key in ("A", "C"):
            value = resolve1(element.get(key))
            found += value if isinstance(value, list) else [value]
        for one in found:
            attributes = resolve1(one)
            if isinstance(attributes, PSLiteral):
                attributes = resolve1(self._classes.get(_name(attributes)))
            if isinstance(attributes, dict):
                span = resolve1(attributes.get(name))
                if isinstance(span, int) and span > 1:
                    return min(span, _WIDEST)
        return 1


def _flat(items: Iterator[TagBlock | TagTable]) -> Iterator[TagBlock]:
    for item in items:
        if isinstance(item, TagBlock):
            yield item
        else:
            for cells, _head in item.rows:
                for cell in cells:
                    yield from cell.blocks


def _name(value: Any) -> str:
    name = value.name if isinstance(value, PSLiteral) else ""
    return name.decode("utf-8", "replace") if isinstance(name, bytes) else str(name)


def words(value: Any) -> str:
    """A text of the file: UTF-16 with a mark, or Latin letters."""
    if not isinstance(value, bytes):
        return ""
    if value.startswith((b"\xfe\xff", b"\xff\xfe")):
        return value.decode("utf-16", "replace").strip()
    return value.decode("utf-8", "replace").strip()
