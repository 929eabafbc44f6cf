"""What chapters are built of."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samplan.apps.plans.moments import day as day
from samplan.apps.plans.moments import month as month
from samplan.apps.plans.moments import when_words as when_words
from samplan.base.files.pictures import sides
from samplan.domain.document import (
    Block,
    Cell,
    Figure,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Source,
    Table,
    Text,
    plain,
)
from samplan.domain.editing import Passage
from samplan.domain.markup import parse
from samplan.domain.planfacts import FileFacts, PictureFacts, PlanFacts

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


def figure_cell(text: str, *, made_up: bool = False, source: Source | None = None) -> Cell:
    return Cell(plain(text, made_up=made_up), align="right", source=source)


def cell(text: str, *, source: Source | None = None, header: bool = False, made_up: bool = False) -> Cell:
    return Cell(plain(text, made_up=made_up), header=header, source=source)


def _svg(facts: PictureFacts) -> str:
    """The picture as a drawing: an SVG as it is, a photograph inside one."""
    if facts.media_type == "image/svg+xml":
        return base64.b64decode(facts.content).decode()
    width, height = sides(base64.b64decode(facts.content))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:{facts.media_type};base64,{facts.content}"/></svg>'
    )


def drawn_picture(facts: PictureFacts) -> Figure:
    """A picture of the plan as a figure of the document; on the cover without its caption."""
    source = Source("plans.picture", facts.uid, "alt")
    caption = facts.caption if facts.place == "text" else ""
    return Figure(_svg(facts), facts.alt, caption, key=f"picture/{facts.uid}", source=source)


def inline_of(text: str) -> Inline:
    """A user's text inside a table's cell: paragraphs and list items each on a line of their own."""
    return _lines(parse(text, base_level=1, key="", source=None))


def _lines(blocks: Iterable[Block], mark: str = "") -> Inline:
    runs: list[Text] = []
    for block in blocks:
        if runs:
            runs.append(Text("\n"))
        if isinstance(block, ListBlock):
            for item in block.items:
                runs += [Text("\n")] if runs and runs[-1].text != "\n" else []
                runs += _lines(item, "\u2022 ")
        elif isinstance(block, Heading | Paragraph):
            runs += [Text(mark), *block.content] if mark else block.content
        mark = ""
    return tuple(runs)


class Writer:
    """Collects passages. A passage made from a user's text can be edited; headings, tables and lists of figures
    cannot."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.level = 0
        self._counts: list[int] = []

    def heading(self, level: int, text: str, *, key: str, source: Source | None = None, numbered: bool = False) -> None:
        """A heading; the texts that follow put their own headings under it. A numbered one gets the next number."""
        self.level = level
        number = self._next_number(level) if numbered else ""
        self._add(key, (Heading(level, plain(text), key=key, number=number, source=source),), source)

    def label(self, text: str, *, key: str, source: Source | None = None) -> None:
        """Names the text that follows, more quietly than a heading."""
        self._add(key, (Paragraph((Text(text, bold=True),), key=key, style="label", source=source),), source)

    def _next_number(self, level: int) -> str:
        """1, 1.1, 1.2, 2 … ; a level without numbered headings above it counts on its own."""
        counts = self._counts[:level]
        counts += [0] * (level - len(counts))
        counts[-1] += 1
        self._counts = counts
        return ".".join(str(count) for count in counts if count)

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
            opening = Paragraph((*lead,), key=f"{key}/who", style="label", source=source)
            blocks = (opening, *blocks)
        self.passages.append(Passage(key=key, blocks=blocks, text=text, source=source))

    def paragraph(self, content: Inline | str, *, key: str, source: Source | None, style: str = "body") -> None:
        inline = plain(content) if isinstance(content, str) else content
        self._add(key, (Paragraph(inline, key=key, style=style, source=source),), source)

    def items(
        self,
        rows: Iterable[tuple[Inline, Source | None]],
        *,
        key: str,
        source: Source | None = None,
        ordered: bool = False,
        bare: bool = False,
    ) -> None:
        """A list of one-line items, each with its own source; `bare` when each begins with its own label."""
        listed = tuple(
            (Paragraph(inline, key=f"{key}/{number}", source=origin or source),)
            for number, (inline, origin) in enumerate(rows, start=1)
        )
        if listed:
            self._add(key, (ListBlock(listed, ordered=ordered, key=key, source=source, bare=bare),), source)

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
        landscape: bool = False,
    ) -> None:
        if not rows:
            return
        table = Table(
            caption, tuple(head), tuple(tuple(row) for row in rows), total=tuple(total), key=key,
            note=plain(note) if note else (), source=source, landscape=landscape,
        )  # fmt: skip
        self._add(key, (table,), source)

    def picture(self, facts: PictureFacts) -> None:
        """A picture with what it shows in words."""
        drawn = drawn_picture(facts)
        self._add(drawn.key, (drawn,), drawn.source)

    def figure(self, svg: str, alt: str, caption: str, *, key: str, source: Source) -> None:
        """A drawing that was made from rows, with its message in words."""
        self._add(key, (Figure(svg, alt, caption, key=key, source=source),), source)

    def _add(self, key: str, blocks: tuple[Block, ...], source: Source | None) -> None:
        self.passages.append(Passage(key=key, blocks=blocks, text="", source=source))


def files(out: Writer, kept: Iterable[FileFacts], at_uid: str, *, key: str) -> None:
    """The files that are kept at a thing, by name: they are fetched where the plan is, not in the document."""
    rows = [(file_words(one), Source(one.ROW, one.uid, "name")) for one in kept if one.at_uid == at_uid]
    out.items(rows, key=f"{key}/files")


def file_words(one: FileFacts) -> Inline:
    """What a file is, and its name where that says something else."""
    name = (Text(f" ({one.name})", italic=True),) if one.name != one.title else ()
    return (Text(_("Fil: "), bold=True), Text(one.title), *name)


def pictures(out: Writer, plan: PlanFacts, at_uid: str) -> None:
    """The pictures that stand in the text at a chapter, an area or an activity."""
    for picture in plan.pictures:
        if picture.place == "text" and picture.at_uid == at_uid:
            out.picture(picture)
