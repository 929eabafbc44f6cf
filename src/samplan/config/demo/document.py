"""A plan that a municipality has as a Word file, handed in and read, for the coordinator to go through."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from docx import Document

from samplan.domain.drafts.opening import opened
from samplan.edges.imports.child import answer
from samplan.edges.imports.operations.reading import keep_reading, receive_document, take_up_reading

if TYPE_CHECKING:
    from samplan.config.demo.build import Year

NAME = "Exempel Hofors handlingsplan 2026.docx"
HEAD = "Exempel"
_HEADING = re.compile(r"(#+) (.+)")


def as_word(text: str) -> bytes:
    """A Word file of headings, list items, tables and paragraphs, each a line of the text."""
    file = Document()
    file.sections[0].header.paragraphs[0].text = HEAD
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("| ").split("|")])
            continue
        if rows:
            table = file.add_table(len(rows), len(rows[0]), style="Table Grid")
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, words in zip(row.cells, cells, strict=True):
                    cell.text = words
            rows = []
        if heading := _HEADING.fullmatch(line):
            file.add_heading(heading[2], len(heading[1]) - 1)
        elif line.startswith("- "):
            file.add_paragraph(line[2:], style="List Bullet")
        elif line.strip():
            file.add_paragraph(line)
    made = BytesIO()
    file.save(made)
    return made.getvalue()


def hand_in_document(year: Year, at: datetime) -> None:
    """Handed in, and read at once: the file is our own, so no process of its own is needed."""
    content = as_word(year.file("hofors-2026.md").decode())
    receive_document(by=year.boss, at=at, county=year.county, year=2024, name=NAME, content=content)
    taken = take_up_reading(at=at)
    if taken is not None and taken.claim is not None:
        read = answer(content, NAME, "", lambda _done, _of: None)
        keep_reading(at=at, claim=taken.claim, tree=opened(read))
