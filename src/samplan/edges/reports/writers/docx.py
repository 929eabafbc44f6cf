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

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

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
    plain,
)
from samplan.edges.reports.writers.fitting import PORTRAIT_MM, Fit, fit, fresh_pages
from samplan.edges.reports.writers.tidy import Tidy, heading_text, is_followable, tidy
from samplan.edges.reports.writers.word_base import BULLETS, DEEPEST_LIST, base, ordered_list
from samplan.edges.reports.writers.word_keys import bookmark_name, docx_keys, keys_part
from samplan.edges.reports.writers.word_xml import DXA_PER_MM, FIELD_END, characters, field, picture, png, section

__all__ = ["docx_keys", "write"]

_LOCALES: Final = {"sv": "sv-SE", "en": "en-GB"}
_NS: Final = nsdecls("w", "r", "wp", "a", "pic")
_STYLES: Final = {"body": "Normal", "lead": "Lead", "note": "Note", "quote": "Quote", "warning": "Warning"}
_FOOTNOTES: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_EMU_PER_MM: Final = 36_000


def write(document: Document, *, language: str, timestamp: datetime | int = 0) -> bytes:
    """The document as a Word file, dated `timestamp` (aware, or seconds since 1970); never fails on text."""
    return _Writer(tidy(document, language=language), timestamp).write()


class _Writer:
    def __init__(self, ready: Tidy, timestamp: datetime | int) -> None:
        self.ready = ready
        self.document = ready.document
        self.when = timestamp if isinstance(timestamp, datetime) else datetime.fromtimestamp(timestamp, UTC)
        self.locale = _LOCALES.get(self.document.language, self.document.language)
        self.file = docx.Document(BytesIO(base(self.locale)))
        self.keys: dict[str, str] = {}
        self.marks = 0
        self.notes: list[str] = []
        self.lists = BULLETS
        self.links: dict[str, str] = {}
        self.pictures = 0
        self.short = not ready.contents
        self.fresh = fresh_pages(ready.document)
        self.made_up = (
            f'<w:r><w:rPr><w:rStyle w:val="MadeUp"/></w:rPr><w:t>{escape(ready.words["made_up"])}</w:t></w:r>'
        )

    def write(self) -> bytes:
        self.head_and_foot()
        last = self.file.element.body[-1]
        refs = "".join(
            f'<w:{name} w:type="default" r:id="{child.get(qn("r:id"))}"/>'
            for name in ("headerReference", "footerReference")
            for child in last.iter(qn(f"w:{name}"))
        )
        self.upright = section(refs)
        self.last_section = self.upright
        parts = [*self.front(), *self.text(self.document.blocks, refs), self.last_section]
        made = parse_xml(f"<w:body {_NS}>{''.join(parts)}</w:body>")
        body = self.file.element.body
        self.file.element.replace(body, made)
        self.settings()
        self.extra_parts()
        self.properties()
        file = BytesIO()
        self.file.save(file)
        return file.getvalue()

    # ---- the file around the text

    def head_and_foot(self) -> None:
        section = self.file.sections[0]
        page = escape(self.ready.words["page"])
        field = (
            f'<w:r><w:tab/><w:t xml:space="preserve">{page} </w:t></w:r>'
            '<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        )
        for place, style, text, after in (
            (section.header, "Header", self.document.running_head, ""),
            (section.footer, "Footer", self.document.subtitle, field),
        ):
            place.is_linked_to_previous = False
            element = place._element
            for child in list(element):
                element.remove(child)
            runs = self.runs(plain(text)) + after
            element.append(parse_xml(f'<w:p {_NS}><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'))

    def settings(self) -> None:
        settings = self.file.settings.element
        if self.ready.contents:
            mark = parse_xml(f'<w:updateFields {nsdecls("w")} w:val="true"/>')
            compat = settings.find(qn("w:compat"))
            settings.append(mark) if compat is None else compat.addprevious(mark)
        tab = settings.find(qn("w:defaultTabStop"))
        if tab is not None:
            tab.addnext(parse_xml(f"<w:autoHyphenation {nsdecls('w')}/>"))
        theme = settings.find(qn("w:themeFontLang"))
        if theme is not None:
            theme.set(qn("w:val"), self.locale)

    def extra_parts(self) -> None:
        package = self.file.part.package
        part = Part(PackURI("/customXml/keys.xml"), "application/xml", keys_part(self.keys), package)
        self.file.part.relate_to(part, RT.CUSTOM_XML)
        if self.notes:
            separators = "".join(
                f'<w:footnote w:type="{kind}" w:id="{n}"><w:p><w:r><w:{tag}/></w:r></w:p></w:footnote>'
                for n, kind, tag in (
                    (-1, "separator", "separator"),
                    (0, "continuationSeparator", "continuationSeparator"),
                )
            )
            xml = f"<w:footnotes {_NS}>{separators}{''.join(self.notes)}</w:footnotes>".encode()
            part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, xml, package)
            self.file.part.relate_to(part, RT.FOOTNOTES)

    def properties(self) -> None:
        core = self.file.core_properties
        core.title, core.subject, core.language = self.document.title[:255], self.document.subtitle[:255], self.locale
        core.author, core.comments, core.keywords = "Samplan", "", ""
        core.created = core.modified = self.when
        core.last_modified_by, core.revision = "Samplan", 1

    # ---- cover and contents

    def front(self) -> Iterator[str]:
        document = self.document
        yield self.paragraph("ShortTitle" if self.short else "Title", plain(document.title), "furniture/title")
        if document.subtitle:
            yield self.paragraph("Subtitle", plain(document.subtitle), "furniture/subtitle")
        cover = [self.paragraph("Cover", line, f"furniture/cover/{n}") for n, line in enumerate(document.cover, 1)]
        if document.notice:
            cover.append(self.paragraph("Notice", document.notice, "furniture/notice"))
        yield from cover
        if self.short:
            return
        yield self.empty("furniture/cover/end", section(""))
        yield self.paragraph("TOCHeading", plain(self.ready.words["contents"]), "furniture/contents")
        deepest = max(heading.level for heading in self.ready.contents)
        last = len(self.ready.contents)
        for n, heading in enumerate(self.ready.contents, 1):
            yield self.contents_line(heading, n, deepest if n == 1 else 0, n == last)
        first = self.document.blocks[0]
        if not (isinstance(first, Heading) and first.level == 1):
            yield self.empty("furniture/contents/end", "<w:pageBreakBefore/>")

    def contents_line(self, heading: Heading, number: int, opens: int, closes: bool) -> str:
        """A filled-in line of the contents field, so that the list is there before anybody updates it."""
        name = bookmark_name(heading.key)
        before = field(f'TOC \\o "1-{opens}" \\h \\z \\u') if opens else ""
        page = field(f"PAGEREF {name} \\h") + f"<w:r><w:t></w:t></w:r>{FIELD_END}"
        runs = self.runs(plain(heading_text(heading)))
        line = f'<w:hyperlink w:anchor="{name}">{runs}<w:r><w:tab/></w:r>{page}</w:hyperlink>'
        after = FIELD_END if closes else ""
        return self.raw(f"TOC{min(heading.level, 3)}", before + line + after, f"furniture/contents/{number}")

    # ---- blocks

    def text(self, blocks: tuple[Block, ...], refs: str) -> Iterator[str]:
        """All blocks; a table on turned paper gets a section of its own, with the headings right before it."""
        waiting: list[str] = []
        turned_before = False
        for n, block in enumerate(blocks):
            if isinstance(block, Heading):
                waiting.append(self.heading(block))
                continue
            fitted = fit(block) if isinstance(block, Table) else None
            if fitted and fitted.turned:
                if not turned_before:
                    yield self.empty(f"furniture/turn/{n}", self.upright)
                yield from waiting
                yield from self.table(block, fitted)  # type: ignore[arg-type]
                turned = section(refs, fitted.paper_mm)
                if n == len(blocks) - 1:
                    self.last_section = turned
                else:
                    yield self.empty(f"furniture/turn/{n}/end", turned)
            else:
                yield from waiting
                yield from self.block(block, -1)
            turned_before = bool(fitted and fitted.turned)
            waiting = []
        yield from waiting

    def heading(self, block: Heading) -> str:
        number = (Text(f"{block.number} "),) if block.number else ()
        same = self.short or block.key not in self.fresh
        same_page = '<w:pageBreakBefore w:val="0"/><w:spacing w:before="480"/>' if same and block.level == 1 else ""
        return self.paragraph(f"Heading{block.level}", number + block.content, block.key, same_page)

    def block(self, block: Block, depth: int) -> Iterator[str]:
        if isinstance(block, Paragraph):
            yield self.paragraph(_STYLES.get(block.style, "Normal"), block.content, block.key)
        elif isinstance(block, ListBlock):
            yield from self.listing(block, depth + 1)
        elif isinstance(block, Table):
            yield from self.table(block, fit(block, may_turn=False) if depth >= 0 else fit(block))
        elif isinstance(block, Figure):
            yield from self.figure(block)
        else:
            yield self.heading(block)

    def listing(self, block: ListBlock, depth: int) -> Iterator[str]:
        depth = min(depth, DEEPEST_LIST)
        number = BULLETS
        if block.ordered:
            self.lists += 1
            number = self.lists
            numbering = self.file.part.numbering_part.element
            numbering.append(parse_xml(ordered_list(number, max(0, block.start))))
        style = "ListNumber" if block.ordered else "ListBullet"
        # A fresh list counts at its first level; how deep it stands shows in its indent.
        level = 0 if block.ordered else depth
        left = 340 * (depth + 1)
        marker = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        marker += f'<w:ind w:left="{left}" w:hanging="340"/>'
        for item in block.items:
            for n, child in enumerate(item):
                if isinstance(child, Paragraph):
                    place = marker if n == 0 else f'<w:ind w:left="{left}"/>'
                    yield self.paragraph(style if n == 0 else "ListContinue", child.content, child.key, place)
                else:
                    yield from self.block(child, depth)

    def figure(self, block: Figure) -> Iterator[str]:
        if block.caption:
            yield self.caption(block, block.caption)
        drawn = png(block.svg) if block.svg else b""
        if not drawn:
            yield self.paragraph("Normal", (Text(block.alt, italic=True),), block.key)
            return
        relation, image = self.file.part.get_or_add_image(BytesIO(drawn))
        self.pictures += 1
        wide = int(PORTRAIT_MM * _EMU_PER_MM)
        high = wide * image.px_height // image.px_width
        tallest = Mm(200)
        if high > tallest:
            wide, high = wide * tallest // high, tallest
        name = f"{self.ready.words['figure']} {self.pictures}"
        yield self.raw("Normal", picture(self.pictures, name, block.alt, relation, wide, high), block.key)

    def caption(self, block: Table | Figure, caption: str) -> str:
        label = Text(f"{self.ready.labels[block.key]}. ", bold=True)
        return self.paragraph("Caption", (label, Text(caption)), block.key)

    def table(self, block: Table, fitted: Fit) -> Iterator[str]:
        if block.caption:
            yield self.caption(block, block.caption)
        widths = [round(share * fitted.width * DXA_PER_MM) for share in fitted.shares]
        size = f'<w:sz w:val="{round(fitted.size * 2)}"/>' if fitted.size < 9 else ""
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
            keep = n < together or (n == 1 and len(lines) > 1) or (n == len(lines) and bool(block.note))
            top = block.landscape and kind != "head"
            rows.append(self.row(row, widths, size, kind, keep, start + end if n == 1 else "", top=top))
        yield (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="Lines"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
            f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{summary}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f"{''.join(rows)}</w:tbl>"
        )
        if block.note:
            yield self.paragraph("TableNote", block.note, block.key)
        else:
            yield self.empty(block.key, "")

    def row(
        self, cells: tuple[Cell, ...], widths: list[int], size: str, kind: str, together: bool, mark: str, *, top: bool
    ) -> str:
        place = "top" if top else "bottom"
        edge = {"head": "bottom", "total": "top"}.get(kind)
        border = (
            f'<w:tcBorders><w:{edge} w:val="single" w:sz="8" w:space="0" w:color="17242C"/></w:tcBorders>'
            if edge
            else ""
        )
        repeat = "<w:tblHeader/>" if kind == "head" else ""
        keep = "<w:keepNext/>" if together else ""
        parts = [f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>"]
        for cell, width in zip(cells, widths, strict=True):
            side = f'<w:jc w:val="{cell.align}"/>' if cell.align in ("right", "center") else ""
            runs = self.runs(cell.content, bold=bool(kind), size=size)
            parts.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{border}<w:vAlign w:val="{place}"/></w:tcPr>'
                f'<w:p><w:pPr><w:pStyle w:val="TableText"/>{keep}{side}</w:pPr>{mark}{runs}</w:p></w:tc>'
            )
            mark = ""
        parts.append("</w:tr>")
        return "".join(parts)

    # ---- paragraphs and runs

    def paragraph(self, style: str, content: Inline, key: str, properties: str = "") -> str:
        return self.raw(style, self.runs(content), key, properties)

    def raw(self, style: str, runs: str, key: str, properties: str = "") -> str:
        start, end = self.bookmark(key)
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{start}{runs}{end}</w:p>'

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
                props = f'<w:rPr><w:rStyle w:val="Hyperlink"/>{marks}{size}</w:rPr>'
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
        number = len(self.notes) + 1
        mark = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
        self.notes.append(
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
            f'<w:r>{mark}<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>'
            f"<w:r>{characters(text)}</w:r></w:p></w:footnote>"
        )
        return f'<w:r>{mark}<w:footnoteReference w:id="{number}"/></w:r>'
