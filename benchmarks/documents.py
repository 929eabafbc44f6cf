"""How long the three writers take, against writing the same content with the bare library. Ratios of one run.

python -m benchmarks.documents
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from html import escape
from io import BytesIO
from typing import Any

import docx as python_docx
import typst
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from samplan.domain.document import Document, Figure, Heading, Paragraph, Table, Text, text_of, walk
from samplan.edges.reports.writers import docx, html, pdf
from samplan.edges.reports.writers.tidy import table_rows
from samplan.edges.reports.writers.word_xml import png
from tests.edges.swedish_report import big_report

ROUNDS = 5
WORDS = {
    "contents": "Innehåll",
    "page": "Sida",
    "table": "Tabell",
    "figure": "Figur",
    "notes": "Noter",
    "made_up": "ex.",
    "made_up_notice": "Siffror märkta ex. är påhittade exempel.",
    "made_up_title": "Påhittat exempel",
    "skip": "Hoppa till innehållet",
    "back": "Tillbaka",
}
BARE_TYPST = b"""
#set document(title: "x")
#let data = json(bytes(sys.inputs.data))
#let runs(content) = for run in content {
  let it = text(run.t)
  if run.b { it = strong(it) }
  if run.i { it = emph(it) }
  it
}
#outline()
#for block in data {
  if block.kind == "heading" { heading(level: block.level, runs(block.content)) }
  else if block.kind == "paragraph" { par(runs(block.content)) }
  else if block.kind == "table" {
    table(columns: block.rows.first().len(), table.header(..block.rows.first().map(runs)),
      ..block.rows.slice(1).flatten().map(cell => text(cell.t)))
  } else { image(bytes(block.svg), format: "svg", width: 100%, alt: block.alt) }
}
"""


def bare_word(document: Document) -> bytes:
    """The same headings, paragraphs, cells and pictures, a call each, the way the library's guide shows."""
    file = python_docx.Document()
    file.add_heading(document.title, 0)
    for block in walk(document.blocks):
        if isinstance(block, Heading):
            _bare_runs(file.add_heading(level=block.level), block.content)
        elif isinstance(block, Paragraph):
            _bare_runs(file.add_paragraph(), block.content)
        elif isinstance(block, Table):
            file.add_paragraph(block.caption, "Caption")
            rows = list(table_rows(block))
            table = file.add_table(len(rows), len(block.head))
            written = iter(table._cells)
            for row in rows:
                for cell in row:
                    paragraph = next(written).paragraphs[0]
                    _bare_runs(paragraph, cell.content)
                    if cell.align == "right":
                        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        elif isinstance(block, Figure):
            file.add_picture(BytesIO(png(block.svg)), width=Mm(150))
    made = BytesIO()
    file.save(made)
    return made.getvalue()


def _bare_runs(paragraph: Any, content: tuple[Text, ...]) -> None:
    for run in content:
        written = paragraph.add_run(run.text)
        if run.bold:
            written.bold = True
        if run.italic:
            written.italic = True


def bare_pdf(document: Document) -> bytes:
    """The same content by the shortest template: no tags demanded, no look."""

    def runs(content: tuple[Text, ...]) -> list[dict[str, Any]]:
        return [{"t": run.text, "b": run.bold, "i": run.italic} for run in content]

    blocks: list[dict[str, Any]] = []
    for block in walk(document.blocks):
        if isinstance(block, Heading):
            blocks.append({"kind": "heading", "level": block.level, "content": runs(block.content)})
        elif isinstance(block, Paragraph):
            blocks.append({"kind": "paragraph", "content": runs(block.content)})
        elif isinstance(block, Table):
            rows = [[runs(cell.content) for cell in row] for row in table_rows(block)]
            blocks.append({"kind": "table", "rows": rows})
        elif isinstance(block, Figure):
            blocks.append({"kind": "figure", "svg": block.svg, "alt": block.alt})
    inputs = {"data": json.dumps(blocks)}
    return typst.compile(BARE_TYPST, format="pdf", sys_inputs=inputs, ignore_system_fonts=True)


def bare_html(document: Document) -> bytes:
    """The same text between tags, joined."""
    parts = []
    for block in walk(document.blocks):
        if isinstance(block, Heading):
            parts.append(f"<h{block.level}>{escape(text_of(block.content))}</h{block.level}>")
        elif isinstance(block, Paragraph):
            parts.append(f"<p>{escape(text_of(block.content))}</p>")
        elif isinstance(block, Table):
            parts.append("<table>")
            for row in table_rows(block):
                parts.append("<tr>")
                parts.extend(f"<td>{escape(text_of(cell.content))}</td>" for cell in row)
                parts.append("</tr>")
            parts.append("</table>")
        elif isinstance(block, Figure):
            parts.append(block.svg)
    return "".join(parts).encode()


def best(write: Callable[[Document], object], documents: list[Document]) -> float:
    """The shortest of one round per document, in seconds; each is new, so that nothing remembered helps."""
    times = []
    for document in documents:
        start = time.perf_counter()
        write(document)
        times.append(time.perf_counter() - start)
    return min(times)


def run() -> None:
    """Prints the ratio of each writer to its bare library (1.0: as fast), measured in turn on a report of some fifty
    tables."""
    report = replace(big_report(), words=WORDS)
    documents = [replace(report, title=f"Årsrapport {n}", blocks=_renamed(report, n)) for n in range(ROUNDS)]
    pairs: dict[str, tuple[Callable[[Document], object], Callable[[Document], object]]] = {
        "docx": (lambda document: docx.write(document, language="sv"), bare_word),
        "pdf": (lambda document: pdf.write(document, language="sv"), bare_pdf),
        "html": (lambda document: html.write(document, language="sv"), bare_html),
    }
    for name, (ours, bare) in pairs.items():
        bare_time, our_time = best(bare, documents), best(ours, documents)
        ratio = our_time / bare_time
        sys.stdout.write(f"  {name:<28}{our_time:>8.3f} s, bare {bare_time:.3f} s{ratio:>7.2f} ×\n")


def _renamed(report: Document, number: int) -> tuple[Any, ...]:
    """The report's blocks with another number in every heading and paragraph."""
    mark = Text(f" ({number})")
    return tuple(
        replace(block, content=(*block.content, mark)) if isinstance(block, Heading | Paragraph) else block
        for block in report.blocks
    )
