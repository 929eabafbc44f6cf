"""What a Word file has around its text: styles, paper, head and foot, cover and contents. Here our own; a county's
template is another frame (`word_template`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any, Final, Protocol

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, nsmap, qn

from samplan.domain.document import Figure, Heading, Inline, plain
from samplan.edges.reports.writers.fitting import A4, Page
from samplan.edges.reports.writers.tidy import Tidy, heading_text, on_cover
from samplan.edges.reports.writers.word_base import BULLETS, base, ordered_list
from samplan.edges.reports.writers.word_keys import bookmark_name
from samplan.edges.reports.writers.word_xml import FIELD_END, escape, field, section

NS: Final = nsdecls("w", "r", "wp", "a", "pic")
FOOTNOTES: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
LOCALES: Final = {"sv": "sv-SE", "en": "en-GB"}
LOGOTYPE_MM: Final = (50.0, 16.0)
COVER_PICTURE_MM: Final = 95.0
_INDENT: Final = 340
# The room for the lines of a contents list on its page, in points.
_CONTENTS_PT: Final = 640.0
_PREFIXES: Final = {"w": nsmap["w"]}


class Pen(Protocol):
    """What a frame needs of the writer: paragraphs in a style (by our own name of it), runs, pictures."""

    ready: Tidy

    def paragraph(self, style: str, content: Inline, key: str, properties: str = "", size: str = "") -> str: ...
    def raw(self, style: str, runs: str, key: str, properties: str = "") -> str: ...
    def empty(self, key: str, properties: str) -> str: ...
    def runs(self, content: Inline, *, bold: bool = False, size: str = "") -> str: ...
    def drawing(self, figure: Figure, most_wide: float, most_high: float) -> str: ...
    def bookmark(self, key: str) -> tuple[str, str]: ...


def locale_of(language: str) -> str:
    return LOCALES.get(language, language)


def elements(xml: str) -> list[Any]:
    """Pieces of a body's XML as elements."""
    return list(parse_xml(f"<w:body {NS}>{xml}</w:body>"))


class Frame:
    """Our own file. `page` is the paper, `file` the document that is written into."""

    page: Page = A4
    table_style = "Lines"
    first_mark = 0
    first_picture = 0
    first_note = 0
    keys_part: Any = None
    # Whether a table's size of type stands at its runs even where it is the style's own.
    says_size = False

    def __init__(self, ready: Tidy) -> None:
        self.ready = ready
        self.locale = locale_of(ready.document.language)
        self.file = docx.Document(BytesIO(base(self.locale)))
        self.lists = BULLETS
        self.refs = ""
        self._close_contents()

    def _close_contents(self) -> None:
        """A contents list that is a little too long for its page stands closer, also when Word makes it anew."""
        first = sum(1 for one in self.ready.contents if one.level == 1)
        others = len(self.ready.contents) - first
        gap = next((gap for gap in (6, 4, 2) if first * (14.9 + gap) + others * 14.9 <= _CONTENTS_PT), 6)
        spacing = self.file.styles.element.find("w:style[@w:styleId='TOC1']/w:pPr/w:spacing", _PREFIXES)
        spacing.set(qn("w:before"), str(gap * 20))

    def style(self, name: str) -> str:
        """The file's id of the style that we call `name`."""
        return name

    def heading_properties(self, level: int, *, fresh: bool) -> str:
        """What a heading says beside its style; `fresh`: a chapter that begins a page."""
        same_page = level == 1 and not fresh
        return '<w:pageBreakBefore w:val="0"/><w:spacing w:before="480"/>' if same_page else ""

    # ---- lists

    def new_list(self, start: int, depth: int = 0) -> int:
        """A numbered list of its own that counts from `start`."""
        self.lists += 1
        self.file.part.numbering_part.element.append(parse_xml(ordered_list(self.lists, start)))
        return self.lists

    def bullet(self, depth: int) -> str:
        """A paragraph's properties as an item of an unordered list, `depth` lists deep."""
        return _numbered(BULLETS, depth, _INDENT * (depth + 1))

    def numbered(self, number: int, depth: int) -> str:
        """The same in the ordered list `number`: it counts at its first level, its depth shows in its indent."""
        return _numbered(number, 0, _INDENT * (depth + 1))

    def continued(self, depth: int) -> str:
        return f'<w:ind w:left="{_INDENT * (depth + 1)}"/>'

    # ---- paper, head and foot

    def head_and_foot(self, pen: Pen) -> None:
        write_head_and_foot(self, self.file.sections[0], pen)
        self.refs = "".join(
            f'<w:{name} w:type="default" r:id="{child.get(qn("r:id"))}"/>'
            for name in ("headerReference", "footerReference")
            for child in self.file.element.body[-1].iter(qn(f"w:{name}"))
        )

    def section(self, paper: tuple[float, float] | None = None) -> str:
        """The end of a section on the paper standing up, or on `paper` (width and height in mm)."""
        return section(self.refs, paper or (self.page.wide, self.page.high))

    # ---- cover and contents

    def front(self, pen: Pen) -> list[Any]:
        """What stands before the text."""
        return elements("".join(self._front(pen)))

    def _front(self, pen: Pen) -> Iterator[str]:
        yield from cover(pen)
        if not self.ready.contents:
            return
        yield pen.empty("furniture/cover/end", section(""))
        yield pen.paragraph("TOCHeading", plain(self.ready.words["contents"]), "furniture/contents")
        yield from contents(pen, self.ready.contents)
        first = self.ready.document.blocks[0]
        if not (isinstance(first, Heading) and first.level == 1):
            yield pen.empty("furniture/contents/end", "<w:pageBreakBefore/>")

    # ---- the rest of the file

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

    def properties(self, when: datetime) -> None:
        core, document = self.file.core_properties, self.ready.document
        core.title, core.subject, core.language = document.title[:255], document.subtitle[:255], self.locale
        core.author, core.comments, core.keywords = "Samplan", "", ""
        core.created = core.modified = when
        core.last_modified_by, core.revision = "Samplan", 1

    def put_notes(self, notes: list[str]) -> None:
        """The footnotes, in a part of their own."""
        separators = "".join(
            f'<w:footnote w:type="{kind}" w:id="{n}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for n, kind in ((-1, "separator"), (0, "continuationSeparator"))
        )
        xml = f"<w:footnotes {NS}>{separators}{''.join(notes)}</w:footnotes>".encode()
        part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, xml, self.file.part.package)
        self.file.part.relate_to(part, RT.FOOTNOTES)

    def finish(self) -> None:
        """The last that is done to the file before it is saved."""


def write_head_and_foot(frame: Frame, part: Any, pen: Pen) -> None:
    """Our own head and foot in a section: the running head; the subtitle and the page's number."""
    document = frame.ready.document
    page = escape(frame.ready.words["page"])
    number = (
        f'<w:r><w:tab/><w:t xml:space="preserve">{page} </w:t></w:r>'
        '<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    )
    for place, style, text, after in (
        (part.header, "Header", document.running_head, ""),
        (part.footer, "Footer", document.subtitle, number),
    ):
        place.is_linked_to_previous = False
        element = place._element
        for child in list(element):
            element.remove(child)
        runs = pen.runs(plain(text)) + after
        element.append(parse_xml(f'<w:p {NS}><w:pPr><w:pStyle w:val="{frame.style(style)}"/></w:pPr>{runs}</w:p>'))


def _numbered(number: int, level: int, left: int) -> str:
    return (
        f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        f'<w:ind w:left="{left}" w:hanging="{_INDENT}"/>'
    )


def cover(pen: Pen, *, sizes: bool = True) -> Iterator[str]:
    """Our own cover: logotypes, title, motto, picture, then whose it is and from when. `sizes`: the title's size
    follows its length; else it is what its style says."""
    ready, document = pen.ready, pen.ready.document
    short = not ready.contents
    if document.logotypes:
        yield logotypes(pen)
    letters = len(document.title)
    size, before = (34, 200) if letters <= 40 else (29, 180) if letters <= 60 else (25, 150)
    if document.picture:
        before = 80 if document.logotypes else 110
    place = f'<w:spacing w:before="{before * 20}"/>' if not short else ""
    style = "ShortTitle" if short else "Title"
    points = f'<w:sz w:val="{size * 2}"/>' if sizes and not short else ""
    yield pen.paragraph(style, plain(on_cover(document.title)), "furniture/title", place, points)
    if document.subtitle:
        yield pen.paragraph("Subtitle", plain(document.subtitle), "furniture/subtitle")
    if document.motto:
        yield pen.paragraph("Motto", document.motto, "furniture/motto")
    if document.picture:
        yield picture(pen, document.picture)
    for n, line in enumerate(document.cover, 1):
        yield pen.paragraph("Cover", line, f"furniture/cover/{n}")
    if document.notice:
        yield pen.paragraph("Notice", document.notice, "furniture/notice")


def logotypes(pen: Pen) -> str:
    """All logotypes in one row, as many as have room."""
    gap = '<w:r><w:t xml:space="preserve">      </w:t></w:r>'
    drawn = gap.join(pen.drawing(one, *LOGOTYPE_MM) for one in pen.ready.document.logotypes)
    return pen.raw("CoverPicture", drawn, "furniture/logotypes")


def picture(pen: Pen, figure: Figure) -> str:
    drawn = pen.drawing(figure, 0, COVER_PICTURE_MM)
    return pen.raw("CoverPicture", drawn, "furniture/picture")


def contents(pen: Pen, headings: tuple[Heading, ...]) -> Iterator[str]:
    """The lines of the contents field, filled in, so that the list is there before anybody updates it."""
    instruction = f'TOC \\o "1-{max(heading.level for heading in headings)}" \\h \\z \\u'
    for n, heading in enumerate(headings, 1):
        name = bookmark_name(heading.key)
        before = field(instruction) if n == 1 else ""
        page = field(f"PAGEREF {name} \\h") + f"<w:r><w:t></w:t></w:r>{FIELD_END}"
        runs = pen.runs(plain(heading_text(heading)))
        line = f'<w:hyperlink w:anchor="{name}">{runs}<w:r><w:tab/></w:r>{page}</w:hyperlink>'
        after = FIELD_END if n == len(headings) else ""
        yield pen.raw(f"TOC{min(heading.level, 3)}", before + line + after, f"furniture/contents/{n}")
