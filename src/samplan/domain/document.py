"""The neutral document: headings, paragraphs, lists, tables and figures.

Every way in (Word, PDF, text, restricted Markdown) ends in a `Document`, every way out (Word, PDF, HTML) starts from
one. A block that states something carries a stable `key` (chapter/subject/field), on which a person's edit hangs, and
the `Source` it came from.
No layout, no file formats and no user texts live here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters. `made_up` marks an invented example figure; every writer shows the mark."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    made_up: bool = False
    footnote: str = ""


Inline: TypeAlias = tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The row a block was made from: `kind` is the model's label ("directives.directive"), `uid` its identity, `field`
    the column."""

    kind: str
    uid: str
    field: str = ""
    party: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    content: Inline
    key: str = ""
    number: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`style` is one of `PARAGRAPH_STYLES`. A "label" names what follows it: it runs into a paragraph, and stands right
    above a list or a table."""

    content: Inline
    key: str = ""
    style: str = "body"
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """Items are sequences of blocks, so a list can hold a list. An ordered list counts from `start`; the items of a
    `bare` one carry their own labels and have no marks."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    key: str = ""
    source: Source | None = None
    start: int = 1
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """`more`: where the further texts in the cell come from, when it holds several."""

    content: Inline
    align: str = "left"
    header: bool = False
    source: Source | None = None
    more: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One head row, body rows and, with `total`, a last row that sums up. Rows are as long as the head. A `landscape`
    one is too wide for an upright page."""

    caption: str
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    key: str = ""
    note: Inline = ()
    source: Source | None = None
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture as SVG text with its alternative text; `width` in units of the SVG's view box."""

    svg: str
    alt: str
    caption: str = ""
    key: str = ""
    source: Source | None = None


Block: TypeAlias = Heading | Paragraph | ListBlock | Table | Figure

PARAGRAPH_STYLES = frozenset({"body", "lead", "note", "quote", "warning", "label", "fact"})


@dataclass(frozen=True, slots=True)
class Document:
    """A whole text. Accessible output demands `title` and `language` ("sv", "en"); `motto` and `cover` lines stand
    under the title, `logotypes` and `picture` on the same page.

    Without `contents` it is a short paper: no cover page, no contents list, chapters that follow on the same page.
    `details` are facts that a template may ask for by name: owner, date, case_number, year, county.
    `words` says a writer's own words otherwise, and `party:<Source.party>` names a party in the PDF's margin.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    cover: tuple[Inline, ...] = ()
    running_head: str = ""
    notice: Inline = ()
    contents: bool = True
    words: dict[str, str] = field(default_factory=dict)
    motto: Inline = ()
    logotypes: tuple[Figure, ...] = ()
    picture: Figure | None = None
    details: dict[str, str] = field(default_factory=dict)


def text_of(content: Inline) -> str:
    """The bare characters of an inline content."""
    return "".join(run.text for run in content)


def plain(text: str, *, made_up: bool = False) -> Inline:
    """One unmarked run of `text`."""
    return (Text(text, made_up=made_up),)


def step_levels(levels: Iterable[int], *, under: int = 0) -> list[int]:
    """Heading levels made to start at `under + 1` and go down a step at a time: [2, 4, 4, 2] under 1 is [2, 3, 3, 2].

    Readers of a page by ear, and PDF/UA, do not accept a skipped level.
    """
    open_levels: list[int] = []
    stepped = []
    for level in levels:
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        open_levels.append(level)
        stepped.append(under + len(open_levels))
    return stepped


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block in reading order, those inside lists too."""
    for block in blocks:
        yield block
        if isinstance(block, ListBlock):
            for item in block.items:
                yield from walk(item)


def plain_text(document: Document) -> str:
    """Everything the document says, a line for each paragraph and cell."""
    lines = [document.title, document.subtitle, text_of(document.motto)]
    lines += [*(text_of(line) for line in document.cover), text_of(document.notice)]
    lines += [figure.alt for figure in (*document.logotypes, document.picture) if figure]
    return "\n".join(line for line in (*lines, *lines_of(document.blocks)) if line)


def lines_of(blocks: Iterable[Block]) -> list[str]:
    """Everything that blocks say, a line for each paragraph and cell."""
    lines: list[str] = []
    for block in walk(blocks):
        match block:
            case Heading() | Paragraph():
                lines.append(text_of(block.content))
                lines += [run.footnote for run in block.content if run.footnote]
            case Table():
                lines += [block.caption, text_of(block.note)]
                lines += [text_of(cell.content) for row in (block.head, *block.rows, block.total) for cell in row]
            case Figure():
                lines += [block.alt, block.caption]
    return [line for line in lines if line]


_KINDS: dict[str, Any] = {
    kind.__name__: kind for kind in (Text, Source, Heading, Paragraph, ListBlock, Cell, Table, Figure, Document)
}


def to_data(value: Any) -> Any:
    """A document (or any part) as plain lists and dicts for canonical JSON; each dict names its kind."""
    if is_dataclass(value) and not isinstance(value, type):
        data = {part.name: to_data(getattr(value, part.name)) for part in fields(value)}
        return {"kind!": type(value).__name__, **data}
    if isinstance(value, tuple | list):
        return [to_data(item) for item in value]
    return value


def from_data(data: Any) -> Any:
    """The reverse of `to_data`. Raises KeyError for a kind this version does not know."""
    if isinstance(data, dict) and "kind!" in data:
        kind = _KINDS[data["kind!"]]
        return kind(**{name: from_data(value) for name, value in data.items() if name != "kind!"})
    if isinstance(data, list):
        return tuple(from_data(item) for item in data)
    return data
