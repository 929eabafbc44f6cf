"""Reading a county's Word template: its styles, its cover, where its contents list stands, its paper, head and foot.

The template is a document like any other: what stands before its contents list is its cover, the list is where ours
goes, and what comes after is sample text. Without a list the cover ends at the first page or section break.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import docx
from docx.oxml.ns import qn

from samplan.domain.errors import Invalid
from samplan.edges.reports.writers.fitting import Page
from samplan.edges.reports.writers.word_styles import Match, Sheet
from samplan.edges.reports.writers.word_xml import DXA_PER_MM

PLACEHOLDER: Final = re.compile(r"\{\{\s*([a-zåäö]+)\s*\}\}", re.IGNORECASE)
_CONTENTS: Final = re.compile(r"^\s*TOC\b(?!.*\\c\b)", re.IGNORECASE)
_RANGE: Final = re.compile(r'\\o\s+"\d\s*-\s*(\d)"')
_BY_STYLE: Final = re.compile(r'\\t\s+"([^"]*)"')
_PICTURES: Final = (qn("w:drawing"), qn("w:pict"), qn("w:object"))
# What a paragraph's own text does not reach into: text boxes and pictures inside it.
_BOXES: Final = frozenset({*_PICTURES, "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"})
_NARROWEST_DXA: Final = 3_000


@dataclass(frozen=True, slots=True)
class Contents:
    """The template's contents list: children `first` to `last` of the body, one content control or paragraphs of a
    field; `levels` of headings in it, 0 when it does not say."""

    first: int
    last: int
    control: bool
    levels: int


class Template:
    """A template as it was read, before anything is written into it. `choices`: our style → the template's, by hand.

    Raises Invalid("file_broken") at "file" for a file that cannot be understood.
    """

    def __init__(self, content: bytes, choices: Mapping[str, str] | None = None) -> None:
        try:
            self.file: Any = docx.Document(BytesIO(content))
            self.body: Any = self.file.element.body
            self.children = [child for child in self.body if child.tag != qn("w:sectPr")]
            self.sheet = Sheet(self.file.styles.element, self._used())
            self.found: dict[str, Match] = self.sheet.find(choices or {})
            self.contents = self._contents()
            self.front = self._front()
            self.page, self.paper = self._paper()
        except (KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
            raise Invalid("file_broken", field="file") from error

    def _used(self) -> Counter[str]:
        return Counter(style.get(qn("w:val"), "") for style in self.body.iter(qn("w:pStyle")))

    # ---- contents and cover

    def _contents(self) -> Contents | None:
        for place, child in enumerate(self.children):
            instruction = next((words for words in _instructions(child) if _CONTENTS.match(words)), "")
            if not instruction:
                continue
            control = child.find(qn("w:sdtContent")) is not None
            last = place if control else self._end_of_field(place)
            return Contents(place, last, control, _levels(instruction))
        return None

    def _end_of_field(self, first: int) -> int:
        """Where the field that begins in this child ends; the child itself when it never does."""
        depth = 0
        for place in range(first, len(self.children)):
            for mark in self.children[place].iter(qn("w:fldChar")):
                kind = mark.get(qn("w:fldCharType"))
                depth += {"begin": 1, "end": -1}.get(kind, 0)
            if depth <= 0:
                return place
        return first

    def _front(self) -> int:
        """How many children of the body are the cover: those before the contents list, or before the first break."""
        if self.contents:
            return self.contents.first
        headings = {self.found[f"Heading{n}"].id for n in range(1, 7)} - {""}
        for place, child in enumerate(self.children):
            if style_of(child) in headings:
                return place if self._looks_like_a_cover(place) else 0
            if child.tag != qn("w:p"):
                continue
            if child.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None or has_page_break(child):
                return place + 1
            if place and self._begins_page(child):
                return place
        return len(self.children) if self._looks_like_a_cover(len(self.children)) else 0

    def _looks_like_a_cover(self, before: int) -> bool:
        title = self.found["Title"].id
        return any(
            has_picture(child) or (title and style_of(child) == title) or PLACEHOLDER.search(text_of(child))
            for child in self.children[:before]
        )

    def _begins_page(self, paragraph: Any) -> bool:
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}")
        if own is None:
            own = self.sheet.says(style_of(paragraph), "w:pPr/w:pageBreakBefore")
        return own is not None and own.get(qn("w:val"), "1") not in {"0", "false"}

    @property
    def cover(self) -> list[Any]:
        return self.children[: self.front]

    # ---- sections and paper

    def sections(self) -> list[tuple[int, Any]]:
        """(the child in which it ends, its properties) for each section; the last ends after all children."""
        found = [
            (place, child.find(f"{qn('w:pPr')}/{qn('w:sectPr')}"))
            for place, child in enumerate(self.children)
            if child.tag == qn("w:p")
        ]
        last = self.body.find(qn("w:sectPr"))
        return [(place, one) for place, one in found if one is not None] + [(len(self.children), last)]

    def text_section(self) -> tuple[int, int]:
        """(section of the contents list or the cover's end, section of the text), as places in `sections`."""
        sections = self.sections()
        at = self.contents.last if self.contents else max(0, self.front - 1)
        here = next(n for n, (end, _one) in enumerate(sections) if end >= at)
        ends = sections[here][0]
        beyond = self.contents.last + 1 if self.contents else self.front
        if any(text_of(child).strip() or has_picture(child) for child in self.children[beyond : ends + 1]):
            return here, here
        later = [n for n in range(here + 1, len(sections)) if not _lies(sections[n][1])]
        return here, later[0] if later else here

    def _paper(self) -> tuple[Page, Any]:
        """The paper of the text in mm, and its section's properties."""
        _here, n = self.text_section()
        section = self.sections()[n][1]
        size, margins = (section.find(qn(name)) if section is not None else None for name in ("w:pgSz", "w:pgMar"))

        def dxa(element: Any, name: str, default: int) -> int:
            return round(float(element.get(qn(name), default))) if element is not None else default

        wide, high = sorted((dxa(size, "w:w", 11906), dxa(size, "w:h", 16838)))
        sides = sum(dxa(margins, name, usual) for name, usual in (("w:left", 1417), ("w:right", 1417), ("w:gutter", 0)))
        text = max(_NARROWEST_DXA, wide - sides)
        return Page(wide / DXA_PER_MM, high / DXA_PER_MM, text / DXA_PER_MM), section

    def references(self) -> dict[tuple[str, str], str]:
        """(header or footer, its type) → relationship, as they hold in the text's section: what a section does not say
        it has from the one before."""
        _here, n = self.text_section()
        found: dict[tuple[str, str], str] = {}
        for _end, section in self.sections()[: n + 1]:
            for one in section if section is not None else ():
                if one.tag in (qn("w:headerReference"), qn("w:footerReference")):
                    found[one.tag, one.get(qn("w:type"), "default")] = one.get(qn("r:id"))
        return found

    def furniture(self) -> list[Any]:
        """The roots of the head and foot parts that the text has and that say something."""
        parts = [self.file.part.related_parts[id_].element for id_ in self.references().values()]
        return [part for part in parts if text_of(part).strip() or has_picture(part)]


def _lies(section: Any) -> bool:
    size = section.find(qn("w:pgSz")) if section is not None else None
    return size is not None and int(size.get(qn("w:w"), 0)) > int(size.get(qn("w:h"), 1))


def _instructions(element: Any) -> Iterator[str]:
    """The instructions of the fields in an element, each as one text."""
    pieces: list[str] = []
    for one in element.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:fldSimple")):
        if one.tag == qn("w:instrText"):
            pieces.append(one.text or "")
            continue
        if pieces:
            yield "".join(pieces)
            pieces = []
        if one.tag == qn("w:fldSimple"):
            yield one.get(qn("w:instr"), "")
    if pieces:
        yield "".join(pieces)


def _levels(instruction: str) -> int:
    """The deepest level of headings that a contents field asks for; 0 when it does not say."""
    found = [int(level) for level in _RANGE.findall(instruction)]
    for styles in _BY_STYLE.findall(instruction):
        found += [int(part) for part in re.split("[,;]", styles) if part.strip().isdecimal()]
    return max(found, default=0)


def style_of(element: Any) -> str:
    """The id of a paragraph's style; "" for the default and for what is no paragraph."""
    found = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}") if element.tag == qn("w:p") else None
    return str(found.get(qn("w:val"), "")) if found is not None else ""


def has_picture(element: Any) -> bool:
    return next(element.iter(*_PICTURES), None) is not None


def has_page_break(paragraph: Any) -> bool:
    return any(mark.get(qn("w:type")) == "page" for mark in paragraph.iter(qn("w:br")))


def text_of(element: Any) -> str:
    """All characters in an element, those in text boxes too."""
    return "".join(one.text or "" for one in element.iter(qn("w:t")))


def own_texts(element: Any) -> Iterator[Any]:
    """The text elements of a paragraph itself, not of boxes inside it, in order."""
    for child in element:
        if child.tag == qn("w:t"):
            yield child
        elif child.tag not in _BOXES:
            yield from own_texts(child)
