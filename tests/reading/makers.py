"""Word and PDF files made from the five documents (or any parts): what readers and reading are measured on.

    from tests.reading.makers import FILES, made, parts_of
    for kind in FILES: content = made("norrbotten-2021-joint", kind)

`FILES` names the ways: each takes a document's parts (`seed_outlines.blocks`) and gives a file, or None where the
machine lacks the program. A file is made once and kept under the temporary directory. What was set is what must come
back: `parts_of(name)` are the parts, `seed_outlines.NAMES` the documents at hand.

- `word`: styles for headings, real lists, tables with repeated heads (wide ones on turned paper), head, page numbers
- `word_direct`: the same without any style: bold letters in sizes, bullets typed
- `word_numbered`: styles, and headings numbered by Word itself (typed numbers taken away)
- `word_light`: a table style with few lines
- `pdf_word`, `pdf_untagged`, `pdf_direct`, `pdf_light`: those printed by LibreOffice, with and without tags
- `pdf_typst`, `pdf_plain`, `pdf_columns`, `pdf_bare_tables`: set by typst: with tags; without; in two columns without,
  hyphenated; tables without any lines, without tags
- `pdf_ours`: by our own writer
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import docx as python_docx
import typst
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from benchmarks.documents import WORDS
from samplan.domain.document import Cell as OurCell
from samplan.domain.document import Document, Inline, ListBlock, plain
from samplan.domain.document import Heading as OurHeading
from samplan.domain.document import Paragraph as OurParagraph
from samplan.domain.document import Table as OurTable
from samplan.edges.reports.writers import pdf as our_writer
from tests.reading import seed_outlines
from tests.reading.seed_outlines import Contents, Grid, Heading, Item, Label, Para, Part

HEAD: Final = "Handlingsplan psykisk hälsa"
_SIZES: Final = {0: 22, 1: 16, 2: 14, 3: 12, 4: 11}
_TYPED: Final = re.compile(r"^[0-9]+(?:\.[0-9]+)*\.?\s+")


def parts_of(name: str) -> tuple[Part, ...]:
    """What a document's files are made of; Markdown's marks of bold are no text in a Word file."""
    return tuple(
        type(part)(**{**vars(part), "text": part.text.replace("**", "")}) if isinstance(part, Para) else part
        for part in seed_outlines.blocks(name)
    )


def made(name: str, kind: str) -> bytes | None:
    """A document as a file of a kind in `FILES`; None where the machine lacks a program."""
    parts = parts_of(name)
    source = "".join(Path(__file__).with_name(file).read_text() for file in ("makers.py", "seed_outlines.py"))
    key = hashlib.sha256(f"{kind} {parts!r} {source}".encode()).hexdigest()[:20]
    folder = Path(tempfile.gettempdir()) / "samplan-made-files"
    folder.mkdir(exist_ok=True)
    file = folder / f"{key}-{name}-{kind}"
    if not file.exists():
        content = FILES[kind](parts)
        if content is None:
            return None
        half = file.with_suffix(f".{id(content)}.half")
        half.write_bytes(content)
        half.replace(file)
    return file.read_bytes()


# --- Word


def word(
    parts: tuple[Part, ...], *, styles: bool = True, numbered: bool = False, table_style: str = "Table Grid"
) -> bytes:
    """A Word file. `styles`: real ones, else letters alone; `numbered`: Word counts the headings itself."""
    file = python_docx.Document()
    section = file.sections[0]
    section.header.paragraphs[0].text = HEAD
    _page_number(section.footer.paragraphs[0])
    turned = False
    if numbered:
        _number_headings(file)
    for part in parts:
        wide = isinstance(part, Grid) and part.wide
        if wide != turned:
            _turn(file)
            turned = wide
        if isinstance(part, Grid):
            _word_table(file, part, table_style)
        elif isinstance(part, Heading):
            text = _TYPED.sub("", part.text) if numbered and 0 < part.level < 4 else part.text
            if styles:
                file.add_heading(text, part.level)
            else:
                _bold(file, text, _SIZES[part.level])
        elif isinstance(part, Label):
            _bold(file, part.text, 11)
        elif isinstance(part, Item):
            if styles:
                file.add_paragraph(part.text, "List Bullet")
            else:
                file.add_paragraph("• " + part.text)
        elif isinstance(part, Contents):
            title, page = _entry(part)
            paragraph = file.add_paragraph(f"{title}\t{page}", _contents_style(file) if styles else None)
            width = section.page_width - section.left_margin - section.right_margin
            paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        else:
            file.add_paragraph(part.text)
    saved = BytesIO()
    file.save(saved)
    return saved.getvalue()


def _entry(part: Contents) -> tuple[str, str]:
    """A title of a contents list and its page, without what stands between."""
    match = re.fullmatch(r"(.*?)[. ]*(?:(?<=[. ])([0-9]+))?", part.text)
    return (match[1], match[2] or "") if match else (part.text, "")


def _bold(file: Any, text: str, size: int) -> None:
    run = file.add_paragraph().add_run(text)
    run.bold = True
    run.font.size = Pt(size)


def _contents_style(file: Any) -> Any:
    if "toc 1" not in [style.name for style in file.styles]:
        style = file.styles.add_style("toc 1", 1)
        style.base_style = file.styles["Normal"]
    return file.styles["toc 1"]


def _page_number(paragraph: Any) -> None:
    paragraph.add_run("Sida ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _turn(file: Any) -> None:
    section = file.add_section(WD_SECTION.NEW_PAGE)
    wide = section.orientation != WD_ORIENT.LANDSCAPE
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = section.page_height, section.page_width


def _word_table(file: Any, grid: Grid, style: str) -> None:
    rows = [*([(grid.title,)] if grid.title else []), grid.head, *grid.rows]
    table = file.add_table(len(rows), len(grid.head), style)
    heads = len(rows) - len(grid.rows)
    for n, row in enumerate(rows):
        cells = table.rows[n].cells
        if n < heads:
            properties = table.rows[n]._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:tblHeader"))
        if len(row) == 1:
            cells[0].merge(cells[-1])
            cells[0].text = row[0]
            continue
        for cell, text in zip(cells, row, strict=True):
            first, *rest = text.split("\n")
            cell.text = first
            for line in rest:
                cell.add_paragraph(line)
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.font.size = Pt(10)
    file.add_paragraph()


def _number_headings(file: Any) -> None:
    """A list of several levels that the styles for headings count with."""
    levels = "".join(
        f'<w:lvl xmlns:w="{_W}" w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="Heading{n + 1}"/><w:lvlText w:val="{".".join(f"%{k + 1}" for k in range(n + 1))}"/></w:lvl>'
        for n in range(3)
    )
    root = file.part.numbering_part.element
    abstract = python_docx.oxml.parse_xml(
        f'<w:abstractNum xmlns:w="{_W}" w:abstractNumId="77">{levels}</w:abstractNum>'
    )
    root.insert(0, abstract)
    root.append(python_docx.oxml.parse_xml(f'<w:num xmlns:w="{_W}" w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for n in range(3):
        properties = file.styles[f"Heading {n + 1}"].element.get_or_add_pPr()
        properties.append(
            python_docx.oxml.parse_xml(f'<w:numPr xmlns:w="{_W}"><w:ilvl w:val="{n}"/><w:numId w:val="77"/></w:numPr>')
        )


_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

# --- PDF


def printed(content: bytes, *, tagged: bool = True) -> bytes | None:
    """A Word file printed by LibreOffice; None where it is not installed."""
    program = shutil.which("soffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "file.docx").write_bytes(content)
        choices = json.dumps({"UseTaggedPDF": {"type": "boolean", "value": "true" if tagged else "false"}})
        subprocess.run(
            [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
             f"pdf:writer_pdf_Export:{choices}", "--outdir", folder, f"{folder}/file.docx"],
            check=True, capture_output=True, timeout=240,
        )  # fmt: skip
        return (Path(folder) / "file.pdf").read_bytes()


_TEMPLATE: Final = """
#set document(title: "x")
#let data = json(bytes(sys.inputs.data))
#set page(paper: "a4", margin: 2.2cm, columns: data.columns, header: data.head,
  footer: context align(right)[Sida #counter(page).display()])
#set text(size: 10.5pt, lang: "sv", hyphenate: data.columns > 1)
#set par(justify: data.columns > 1)
#set table(stroke: if data.lines { 0.5pt } else { none })
#let cell(it) = it.split("\\n").map(line => par(text(size: 9pt, hyphenate: true, line))).join()
#let grid(it) = table(columns: it.widths.map(width => width * 1fr),
  table.header(
    ..if it.title != "" { (table.cell(colspan: it.head.len(), it.title),) },
    ..it.head.map(name => strong(name))),
  ..it.rows.flatten().map(cell))
#for it in data.parts {
  if it.kind == "heading" {
    if data.tagged { heading(level: calc.max(it.level, 1), outlined: false, it.text) }
    else { block(above: 1.4em, below: 0.8em, sticky: true, text(size: it.size * 1pt, weight: "bold", it.text)) }
  }
  else if it.kind == "label" { block(above: 1.2em, below: 0.6em, sticky: true, strong(it.text)) }
  else if it.kind == "item" { list(it.text) }
  else if it.kind == "contents" { block(above: 0.6em, below: 0.6em, [#it.text #box(width: 1fr, repeat[.]) #it.page]) }
  else if it.kind == "grid" { if it.wide { page(flipped: true, columns: 1, grid(it)) } else { grid(it) } }
  else { par(it.text) }
}
"""


def set_by_typst(parts: tuple[Part, ...], *, columns: int = 1, tagged: bool = True, lines: bool = True) -> bytes:
    """Set by typst; without tags headings are letters alone."""

    def told(part: Part) -> dict[str, Any]:
        if isinstance(part, Grid):
            longest = [max(len(row[n]) for row in (part.head, *part.rows)) ** 0.5 + 3 for n in range(len(part.head))]
            return {"kind": "grid", "head": part.head, "rows": part.rows, "title": part.title, "wide": part.wide,
                    "widths": longest}  # fmt: skip
        if isinstance(part, Contents):
            title, page = _entry(part)
            return {"kind": "contents", "text": title, "page": page}
        level = part.level if isinstance(part, Heading) else 0
        return {"kind": type(part).__name__.lower(), "text": part.text, "level": level, "size": _SIZES[level]}

    data = {"parts": [told(part) for part in parts], "columns": columns, "lines": lines, "tagged": tagged, "head": HEAD}
    return typst.compile(
        _TEMPLATE.encode(),
        format="pdf",
        sys_inputs={"data": json.dumps(data)},
        ignore_system_fonts=True,
        pdf_tags=tagged,
    )


def set_by_us(parts: tuple[Part, ...]) -> bytes:
    """The neutral document in our own look."""
    blocks: list[Any] = []
    for part in parts:
        if isinstance(part, Heading):
            blocks.append(OurHeading(max(part.level, 1), plain(part.text)))
        elif isinstance(part, Item):
            if blocks and isinstance(blocks[-1], ListBlock):
                blocks[-1] = ListBlock((*blocks[-1].items, (OurParagraph(plain(part.text)),)))
            else:
                blocks.append(ListBlock(((OurParagraph(plain(part.text)),),)))
        elif isinstance(part, Grid):
            blocks.append(
                OurTable(
                    part.title,
                    tuple(OurCell(plain(text), header=True) for text in part.head),
                    tuple(tuple(OurCell(plain(text.replace("\n", " "))) for text in row) for row in part.rows),
                    landscape=part.wide,
                )
            )
        elif isinstance(part, Label):
            blocks.append(OurParagraph(_strong(part.text)))
        elif isinstance(part, Para):
            blocks.append(OurParagraph(plain(part.text)))
    title = next((part.text for part in parts if isinstance(part, Heading) and part.level == 0), HEAD)
    return our_writer.write(Document(title, "sv", tuple(blocks), running_head=HEAD, words=WORDS), language="sv")


def _strong(text: str) -> Inline:
    (run,) = plain(text)
    return (type(run)(text, bold=True),)


FILES: Final[dict[str, Callable[[tuple[Part, ...]], bytes | None]]] = {
    "word": word,
    "word_direct": lambda parts: word(parts, styles=False),
    "word_numbered": lambda parts: word(parts, numbered=True),
    "word_light": lambda parts: word(parts, table_style="Light List Accent 1"),
    "pdf_word": lambda parts: printed(word(parts)),
    "pdf_untagged": lambda parts: printed(word(parts), tagged=False),
    "pdf_direct": lambda parts: printed(word(parts, styles=False)),
    "pdf_light": lambda parts: printed(word(parts, table_style="Light List Accent 1"), tagged=False),
    "pdf_typst": set_by_typst,
    "pdf_plain": lambda parts: set_by_typst(parts, tagged=False),
    "pdf_columns": lambda parts: set_by_typst(parts, columns=2, tagged=False),
    "pdf_bare_tables": lambda parts: set_by_typst(parts, tagged=False, lines=False),
    "pdf_ours": set_by_us,
}
