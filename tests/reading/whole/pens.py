"""What writes the files: Word by python-docx and a little XML, Excel by xlsxwriter, PDF by typst."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import docx as python_docx
import typst
import xlsxwriter
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from tests.reading.word_files import NAMESPACES, box, p

_NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


class Word:
    """A Word file, one thing after the other."""

    def __init__(self, *, head: str = "", foot: str = "", headings: Sequence[str] = ()) -> None:
        self.file = python_docx.Document()
        self.notes: list[str] = []
        section = self.file.sections[0]
        if head:
            section.header.paragraphs[0].text = head
        if foot:
            section.footer.paragraphs[0].text = foot
        self.names = [self._own(name, n) for n, name in enumerate(headings, start=1)]

    def _own(self, name: str, level: int) -> str:
        """A style of the county's own that says its level."""
        made = self.file.styles.add_style(name, 1)
        made.base_style = self.file.styles["Normal"]
        made.font.size = Pt(20 - 2 * level)
        made.font.color.rgb = RGBColor(0x1F, 0x4E, 0x79)
        level_told = OxmlElement("w:outlineLvl")
        level_told.set(qn("w:val"), str(level - 1))
        made.element.get_or_add_pPr().append(level_told)
        return name

    def title(self, text: str, style: str = "Title") -> None:
        self.file.add_paragraph(text, style)

    def h(self, level: int, text: str) -> Any:
        if self.names:
            return self.file.add_paragraph(text, self.names[level - 1])
        return self.file.add_heading(text, level)

    def p(self, text: str, *, lead: str = "", style: str | None = None) -> Any:
        """`lead`: the first words in bold."""
        made = self.file.add_paragraph(style=style)
        if lead:
            made.add_run(lead).bold = True
        made.add_run(text)
        return made

    def bold(self, text: str, size: float = 11) -> None:
        run = self.file.add_paragraph().add_run(text)
        run.bold = True
        run.font.size = Pt(size)

    def li(self, *texts: str, style: str = "List Bullet") -> None:
        for text in texts:
            self.file.add_paragraph(text, style)

    def rows(self, *rows: Sequence[str], style: str = "Table Grid", bold: bool = True, head: bool = True) -> Any:
        """A table; a row of one text lies over all columns."""
        table = self.file.add_table(len(rows), max(map(len, rows)), style)
        for n, row in enumerate(rows):
            cells = table.rows[n].cells
            if len(row) == 1 and len(cells) > 1:
                cells[0].merge(cells[-1])
            for cell, text in zip(cells, row, strict=False):
                first, *rest = text.split("\n")
                cell.text = first
                for line in rest:
                    cell.add_paragraph(line)
                for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
                    run.bold = (bold and head and n == 0) or None
        self.file.add_paragraph()
        return table

    def card(self, *rows: tuple[str, str], style: str = "Table Grid") -> Any:
        """Labels in bold to the left."""
        table = self.rows(*rows, head=False, style=style)
        for row in table.rows:
            for run in row.cells[0].paragraphs[0].runs:
                run.bold = True
        return table

    def box(self, text: str) -> None:
        self.file.add_paragraph()._p.append(self._xml(box(p(text))))

    def control(self, paragraph: Any) -> None:
        """The paragraph's runs become the content of a control to fill in."""
        control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        control.append(OxmlElement("w:sdtPr"))
        control.append(content)
        for run in list(paragraph._p.findall(qn("w:r"))):
            content.append(run)
        paragraph._p.append(control)

    def note(self, paragraph: Any, text: str) -> None:
        number = len(self.notes) + 1
        self.notes.append(f'<w:footnote w:id="{number}">{p(text)}</w:footnote>')
        run = paragraph.add_run()
        sign = OxmlElement("w:footnoteReference")
        sign.set(qn("w:id"), str(number))
        run._r.append(sign)

    def counted(self, levels: int) -> None:
        """Word counts the headings itself."""
        root = self.file.part.numbering_part.element
        inner = "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading{n + 1}"/>'
            f'<w:lvlText w:val="{".".join(f"%{k + 1}" for k in range(n + 1))}"/></w:lvl>'
            for n in range(levels)
        )
        root.insert(0, self._xml(f'<w:abstractNum w:abstractNumId="77">{inner}</w:abstractNum>'))
        root.append(self._xml('<w:num w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
        for n in range(levels):
            self.file.styles[f"Heading {n + 1}"].element.get_or_add_pPr().append(
                self._xml(f'<w:numPr><w:ilvl w:val="{n}"/><w:numId w:val="77"/></w:numPr>')
            )

    @staticmethod
    def _xml(text: str) -> Any:
        name = text[1 : text.index(">")].split()[0].rstrip("/")
        return parse_xml(text.replace(f"<{name}", f"<{name} {NAMESPACES}", 1))

    def saved(self) -> bytes:
        if self.notes:
            inner = "".join(self.notes)
            body = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {NAMESPACES}>{inner}</w:footnotes>'
            part = Part(PackURI("/word/footnotes.xml"), _NOTES, body.encode(), self.file.part.package)
            self.file.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        made = BytesIO()
        self.file.save(made)
        return made.getvalue()


def excel(fill: Callable[[Any], None]) -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        fill(book)
    return made.getvalue()


def typeset(markup: str, *, tagged: bool = True) -> bytes:
    """Typst's own text made a PDF."""
    return typst.compile(markup.encode(), format="pdf", ignore_system_fonts=True, pdf_tags=tagged)


def cells(*texts: str) -> str:
    """Cells of a typst table."""
    return "".join(f"[{quoted(text)}]," for text in texts)


def quoted(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "#*_$[]@<>\\`~" else sign for sign in text)
