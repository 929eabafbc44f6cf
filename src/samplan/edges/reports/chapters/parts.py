"""What chapters are built of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language

from samplan.domain.document import Block, Cell, Heading, Inline, ListBlock, Paragraph, Source, Table, Text, plain
from samplan.domain.editing import Passage
from samplan.domain.markup import parse

SPACE = "\u00a0"
# A report that counts is not marked; one that is only sent in is, in the preview.
SETTLED = frozenset({"accepted"})


def grouped(value: int, scale: int = 0) -> str:
    """An exact number in the reader's way: 12345 with scale 1 is `1 234,5` in Swedish."""
    sign = "\u2212" if value < 0 else ""
    whole, part = divmod(abs(value), 10**scale)
    text = f"{whole:,}".replace(",", SPACE)
    comma = "." if get_language() == "en" else ","
    return f"{sign}{text}{comma}{part:0{scale}d}" if scale else sign + text


def decimal(value: str) -> str:
    """A canonical number ("1234.5") in the reader's way."""
    whole, _point, part = value.partition(".")
    return grouped(int(whole + part), len(part))


def kronor(amount: int) -> str:
    return f"{grouped(amount)}{SPACE}kr"


def day(iso: str) -> str:
    """An ISO date in words; empty for empty."""
    return date_format(date.fromisoformat(iso), "j F Y") if iso else ""


def month(iso: str) -> str:
    """An ISO date's month and year in words."""
    return date_format(date.fromisoformat(iso), "F Y")


def figure_cell(text: str, *, made_up: bool = False, source: Source | None = None) -> Cell:
    return Cell(plain(text, made_up=made_up), align="right", source=source)


def cell(text: str, *, source: Source | None = None, header: bool = False, made_up: bool = False) -> Cell:
    return Cell(plain(text, made_up=made_up), header=header, source=source)


class Writer:
    """Collects passages. A passage made from a user's text can be edited; headings, tables and lists of figures
    cannot."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.level = 0

    def heading(self, level: int, text: str, *, key: str, number: str = "", source: Source | None = None) -> None:
        """A heading; the texts that follow put their own headings under it."""
        self.level = level
        self._add(key, (Heading(level, plain(text), key=key, number=number, source=source),), source)

    def text(
        self,
        text: str,
        *,
        key: str,
        source: Source,
        party: str = "",
        made_up: bool = False,
        mark: str = "",
    ) -> None:
        """A user's text as blocks; nothing for an empty one. `party` names who says it, `mark` how sure it is."""
        if not text.strip():
            return
        blocks = parse(text, base_level=self.level, key=key, source=source)
        lead = [Text(party, bold=True)] if party else []
        if mark:
            lead.append(Text(f" ({mark})", italic=True))
        if made_up:
            lead.append(Text(SPACE, made_up=True))
        if lead:
            opening = Paragraph((*lead,), key=f"{key}/who", source=source)
            blocks = (opening, *blocks)
        self.passages.append(Passage(key=key, blocks=blocks, text=text, source=source))

    def paragraph(self, content: Inline | str, *, key: str, source: Source | None, style: str = "body") -> None:
        inline = plain(content) if isinstance(content, str) else content
        self._add(key, (Paragraph(inline, key=key, style=style, source=source),), source)

    def items(self, rows: Iterable[tuple[Inline, Source | None]], *, key: str, source: Source | None = None) -> None:
        """A list of one-line items, each with its own source."""
        listed = tuple(
            (Paragraph(inline, key=f"{key}/{number}", source=origin or source),)
            for number, (inline, origin) in enumerate(rows, start=1)
        )
        if listed:
            self._add(key, (ListBlock(listed, key=key, source=source),), source)

    def table(
        self,
        caption: str,
        head: Sequence[Cell],
        rows: Sequence[Sequence[Cell]],
        *,
        key: str,
        total: Sequence[Cell] = (),
        note: str = "",
        source: Source | None = None,
    ) -> None:
        if not rows:
            return
        table = Table(
            caption, tuple(head), tuple(tuple(row) for row in rows), total=tuple(total), key=key,
            note=plain(note) if note else (), source=source,
        )  # fmt: skip
        self._add(key, (table,), source)

    def _add(self, key: str, blocks: tuple[Block, ...], source: Source | None) -> None:
        self.passages.append(Passage(key=key, blocks=blocks, text="", source=source))
