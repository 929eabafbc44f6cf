"""The neutral document as a Word file: real heading styles, contents list, alternative texts, a key at every paragraph.

The text is built as one piece of WordprocessingML and read once, which is many times faster than a call per paragraph.
Every block stands in a bookmark whose name is a hash of its key; a part in the file holds the keys (`docx_keys`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from samplan.domain.document import (
    Block,
    Cell,
    Document,
    Figure,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Table,
    Text,
)
from samplan.edges.reports.writers.fitting import Fit, fit, groups
from samplan.edges.reports.writers.paging import openings
from samplan.edges.reports.writers.tidy import Tidy, is_followable, tidy
from samplan.edges.reports.writers.word_base import DEEPEST_LIST
from samplan.edges.reports.writers.word_frame import NS, Frame
from samplan.edges.reports.writers.word_into import TemplateFrame
from samplan.edges.reports.writers.word_keys import bookmark_name, docx_keys, keys_part
from samplan.edges.reports.writers.word_template import Template
from samplan.edges.reports.writers.word_xml import DXA_PER_MM, characters, picture, png

__all__ = ["docx_keys", "write"]

_STYLES: Final = {
    "body": "Normal", "lead": "Lead", "note": "Note", "quote": "Quote", "warning": "Warning", "label": "Label",
    "fact": "Fact",
}  # fmt: skip
_EMU_PER_MM: Final = 36_000
_TALLEST_MM: Final = 200.0


def write(
    document: Document, *, language: str, timestamp: datetime | int = 0, template: Template | None = None
) -> bytes:
    """The document as a Word file, dated `timestamp` (aware, or seconds since 1970); never fails on text. `template`:
    what it is written into, read for this document only; ours when none is given."""
    ready = tidy(document, language=language, run_in=True)
    when = timestamp if isinstance(timestamp, datetime) else datetime.fromtimestamp(timestamp, UTC)
    frame = Frame(ready) if template is None else TemplateFrame(ready, template)
    return _Writer(ready, frame).write(when)


class _Writer:
    def __init__(self, ready: Tidy, frame: Frame) -> None:
        self.ready = ready
        self.document = ready.document
        self.frame = frame
        self.file = frame.file
        self.keys: dict[str, str] = {}
        self.marks = frame.first_mark
        self.notes: list[str] = []
        self.links: dict[str, str] = {}
        self.pictures = frame.first_picture
        self.short = not ready.contents
        opened = openings(ready.document.blocks, page=frame.page) if ready.contents else {}
        self.held = {key: key != keys[-1] for keys in opened.values() for key in keys}
        self.hold = ""
        first = ready.document.blocks[0] if ready.document.blocks else None
        self.first = first.key if isinstance(first, Heading) else ""
        self.made_up = (
            f'<w:r><w:rPr><w:rStyle w:val="{frame.style("MadeUp")}"/></w:rPr>'
            f"<w:t>{escape(ready.words['made_up'])}</w:t></w:r>"
        )

    def write(self, when: datetime) -> bytes:
        frame = self.frame
        frame.head_and_foot(self)
        front = frame.front(self)
        self.last_section = frame.section()
        text = "".join(self.text(self.document.blocks))
        made = parse_xml(f"<w:body {NS}>{text}{self.last_section}</w:body>")
        made[0:0] = front
        self.file.element.replace(self.file.element.body, made)
        frame.settings()
        self.extra_parts()
        frame.properties(when)
        frame.finish()
        file = BytesIO()
        self.file.save(file)
        return file.getvalue()

    # ---- the file around the text

    def extra_parts(self) -> None:
        package = self.file.part.package
        part = Part(PackURI("/customXml/keys.xml"), "application/xml", keys_part(self.keys), package)
        self.file.part.relate_to(part, RT.CUSTOM_XML)
        self.frame.keys_part = part
        if self.notes:
            self.frame.put_notes(self.notes)

    # ---- blocks

    def text(self, blocks: tuple[Block, ...]) -> Iterator[str]:
        """All blocks; what stands on turned paper gets a section of its own."""
        parted = list(groups(blocks, page=self.frame.page))
        if parted and parted[0][0]:
            yield self.empty("furniture/turn/first", self.frame.section())
        for n, (turned, group) in enumerate(parted):
            for block in group:
                # A chapter's opening stays together: with too little room for it Word begins a new page.
                holds = self.held.get(block.key) if turned is None else None
                self.hold = "" if holds is None else "<w:keepNext/><w:keepLines/>" if holds else "<w:keepLines/>"
                yield from self.block(block, -1)
            self.hold = ""
            ends = self.frame.section(turned.paper_mm if turned else None)
            if n == len(parted) - 1:
                self.last_section = ends
            else:
                yield self.empty(f"furniture/turn/{n}", ends)

    def heading(self, block: Heading) -> str:
        number = (Text(f"{block.number} "),) if block.number else ()
        fresh = block.level == 1 and not self.short and block.key == self.first
        properties = self.frame.heading_properties(block.level, fresh=fresh)
        return self.paragraph(f"Heading{block.level}", number + block.content, block.key, properties)

    def block(self, block: Block, depth: int) -> Iterator[str]:
        if isinstance(block, Paragraph):
            yield self.paragraph(_STYLES.get(block.style, "Normal"), block.content, block.key)
        elif isinstance(block, ListBlock):
            yield from self.listing(block, depth + 1)
        elif isinstance(block, Table):
            yield from self.table(block, fit(block, may_turn=depth < 0, page=self.frame.page))
        elif isinstance(block, Figure):
            yield from self.figure(block)
        else:
            yield self.heading(block)

    def listing(self, block: ListBlock, depth: int) -> Iterator[str]:
        depth = min(depth, DEEPEST_LIST)
        if block.bare:
            yield from (piece for item in block.items for child in item for piece in self.fact(child, depth))
            return
        if block.ordered:
            number = self.frame.new_list(max(0, block.start), depth)
            style, marker = "ListNumber", self.frame.numbered(number, depth)
        else:
            style, marker = "ListBullet", self.frame.bullet(depth)
        for item in block.items:
            for n, child in enumerate(item):
                if isinstance(child, Paragraph):
                    place = marker if n == 0 else self.frame.continued(depth)
                    yield self.paragraph(style if n == 0 else "ListContinue", child.content, child.key, place)
                else:
                    yield from self.block(child, depth)

    def fact(self, child: Block, depth: int) -> Iterator[str]:
        """An item that begins with its own label: a line without a mark."""
        if isinstance(child, Paragraph):
            yield self.paragraph("Fact", child.content, child.key, self.frame.continued(depth - 1) if depth else "")
        else:
            yield from self.block(child, depth)

    def figure(self, block: Figure) -> Iterator[str]:
        if block.caption:
            yield self.caption(block, block.caption)
        drawn = self.drawing(block, 0, _TALLEST_MM)
        yield self.raw("Normal", drawn, block.key)

    def drawing(self, figure: Figure, most_wide: float, most_high: float) -> str:
        """A run with the picture, as wide as the text or `most_wide`, not higher than `most_high` (mm); its alternative
        text where it cannot be drawn."""
        drawn = png(figure.svg) if figure.svg else b""
        if not drawn:
            return self.runs((Text(figure.alt, italic=True),))
        relation, image = self.file.part.get_or_add_image(BytesIO(drawn))
        self.pictures += 1
        wide = int((most_wide or self.frame.page.text) * _EMU_PER_MM)
        high = wide * image.px_height // image.px_width
        tallest = int(most_high * _EMU_PER_MM)
        if high > tallest:
            wide, high = wide * tallest // high, tallest
        name = f"{self.ready.words['figure']} {self.pictures}"
        return picture(self.pictures, name, figure.alt, relation, wide, high)

    def caption(self, block: Table | Figure, caption: str) -> str:
        label = Text(f"{self.ready.labels[block.key]}. ", bold=True)
        return self.paragraph("Caption", (label, Text(caption)), block.key)

    def table(self, block: Table, fitted: Fit) -> Iterator[str]:
        if block.caption:
            yield self.caption(block, block.caption)
        widths = [round(share * fitted.width * DXA_PER_MM) for share in fitted.shares]
        said = fitted.size < 9 or self.frame.says_size
        size = f'<w:sz w:val="{round(fitted.size * 2)}"/>' if said else ""
        summary = f"<w:tblCaption w:val={quoteattr(block.caption)}/>" if block.caption else ""
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        start, end = self.bookmark(block.key)
        lines = [("head", block.head), *(("", row) for row in block.rows)]
        if block.total:
            lines.append(("total", block.total))
        # A short table stays on one page, and a note with its last row.
        together = len(lines) if fitted.whole else 1
        rows = []
        for n, (kind, row) in enumerate(lines, 1):
            keep = (
                "keepNext" in self.hold
                or n < together
                or (n == 1 and len(lines) > 1)
                or (n == len(lines) and bool(block.note))
            )
            rows.append(self.row(row, widths, size, kind, keep, start + end if n == 1 else ""))
        yield (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{self.frame.table_style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
            f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{summary}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f"{''.join(rows)}</w:tbl>"
        )
        if block.note:
            yield self.paragraph("TableNote", block.note, block.key)
        else:
            yield self.empty(block.key, '<w:spacing w:after="160"/>')

    def row(self, cells: tuple[Cell, ...], widths: list[int], size: str, kind: str, together: bool, mark: str) -> str:
        place = "bottom" if kind == "head" else "top"
        edge = {"head": "bottom", "total": "top"}.get(kind)
        border = (
            f'<w:tcBorders><w:{edge} w:val="single" w:sz="8" w:space="0" w:color="17242C"/></w:tcBorders>'
            if edge
            else ""
        )
        repeat = "<w:tblHeader/>" if kind == "head" else ""
        keep = "<w:keepNext/>" if together else ""
        style = self.frame.style("TableText")
        parts = [f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>"]
        for cell, width in zip(cells, widths, strict=True):
            side = f'<w:jc w:val="{cell.align}"/>' if cell.align in ("right", "center") else ""
            runs = self.runs(cell.content, bold=bool(kind), size=size)
            parts.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{border}<w:vAlign w:val="{place}"/></w:tcPr>'
                f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{side}</w:pPr>{mark}{runs}</w:p></w:tc>'
            )
            mark = ""
        parts.append("</w:tr>")
        return "".join(parts)

    # ---- paragraphs and runs

    def paragraph(self, style: str, content: Inline, key: str, properties: str = "", size: str = "") -> str:
        return self.raw(style, self.runs(content, size=size), key, properties)

    def raw(self, style: str, runs: str, key: str, properties: str = "") -> str:
        start, end = self.bookmark(key)
        hold = "" if "keepNext" in properties else self.hold
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{self.frame.style(style)}"/>{hold}{properties}</w:pPr>'
            f"{start}{runs}{end}</w:p>"
        )

    def empty(self, key: str, properties: str) -> str:
        return self.raw("Gap", "", key, properties)

    def bookmark(self, key: str) -> tuple[str, str]:
        """Start and end around a paragraph; a key that stands on several (caption, table, note) gets numbered names."""
        name = plain_name = bookmark_name(key)
        again = 1
        while name in self.keys:
            again += 1
            name = f"{plain_name}_{again}"
        self.keys[name] = key
        self.marks += 1
        return (
            f'<w:bookmarkStart w:id="{self.marks}" w:name="{name}"/>',
            f'<w:bookmarkEnd w:id="{self.marks}"/>',
        )

    def runs(self, content: Inline, *, bold: bool = False, size: str = "") -> str:
        parts = []
        for run in content:
            marks = "<w:b/>" if bold or run.bold else ""
            if run.italic:
                marks += "<w:i/>"
            text = characters(run.text)
            if run.link and is_followable(run.link):
                props = f'<w:rPr><w:rStyle w:val="{self.frame.style("Hyperlink")}"/>{marks}{size}</w:rPr>'
                parts.append(f"<w:hyperlink {self.target(run.link)}><w:r>{props}{text}</w:r></w:hyperlink>")
            elif text:
                props = f"<w:rPr>{marks}{size}</w:rPr>" if marks or size else ""
                parts.append(f"<w:r>{props}{text}</w:r>")
            if run.made_up:
                parts.append(self.made_up)
            if run.footnote:
                parts.append(self.footnote(run.footnote))
        return "".join(parts)

    def target(self, address: str) -> str:
        if address.startswith("#"):
            return f'w:anchor="{bookmark_name(address[1:])}"'
        if address not in self.links:
            self.links[address] = self.file.part.relate_to(address, RT.HYPERLINK, is_external=True)
        return f'r:id="{self.links[address]}"'

    def footnote(self, text: str) -> str:
        number = self.frame.first_note + len(self.notes) + 1
        mark = f'<w:rPr><w:rStyle w:val="{self.frame.style("FootnoteReference")}"/></w:rPr>'
        style = self.frame.style("FootnoteText")
        self.notes.append(
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
            f'<w:r>{mark}<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>'
            f"<w:r>{characters(text)}</w:r></w:p></w:footnote>"
        )
        return f'<w:r>{mark}<w:footnoteReference w:id="{number}"/></w:r>'
