"""PDF files: every drawn character once. Their own structure where they tell one, else what the pages look like."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from pdfminer.pdfdocument import PDFDocument

from samplan.domain.reading import layout
from samplan.domain.reading.source import SourceDocument, count
from samplan.edges.imports.errors import Unreadable
from samplan.edges.imports.readers import Progress
from samplan.edges.imports.readers.pdf_flow import flows, laid
from samplan.edges.imports.readers.pdf_join import raw_parts
from samplan.edges.imports.readers.pdf_page import drawn, opened, pages_of
from samplan.edges.imports.readers.pdf_tagged import tagged_parts
from samplan.edges.imports.readers.pdf_tags import Tags, words

_MOSTLY: Final = 0.3
"""Of a page without text: how much pictures cover before it is said to be one."""


def read(content: bytes, name: str, progress: Progress) -> SourceDocument:
    """The file as it stands; `progress` counts pages. Raises Unreadable; "scanned" where pages are pictures alone."""
    try:
        document = opened(content)
        sources = pages_of(document)
        tags = Tags(document.catalog)
        title = _title(document)
        pages = []
        for page in drawn(sources):
            pages.append(page)
            progress(page.number, len(sources))
        parts = tagged_parts(tags, pages) if tags else None
    except (Unreadable, MemoryError, RecursionError):
        raise
    except Exception as error:
        # The library meets a broken file with whatever exception comes of it.
        raise Unreadable("broken", kind="pdf") from error
    characters = sum(count(char.text) for page in pages for char in page.chars)
    empty = [page for page in pages if not any(not char.text.isspace() for char in page.chars)]
    if not characters:
        raise Unreadable("scanned" if any(page.pictured > _MOSTLY for page in empty) else "empty")
    if parts is None:
        parts = layout.blocks(raw_parts(flows([laid(page) for page in pages])))
    return SourceDocument(
        name=name,
        kind="pdf",
        sha256=hashlib.sha256(content).hexdigest(),
        characters=characters,
        parts=parts,
        title=title,
        empty_pages=tuple(page.number for page in empty),
        notices=tuple(("pictures", str(page.number)) for page in empty if page.pictured > _MOSTLY),
    )


def _title(document: PDFDocument) -> str:
    """What the file's properties say; programs that put a file's name there say nothing."""
    information: dict[str, Any] = document.info[0] if document.info else {}
    title = " ".join(words(information.get("Title")).split())
    return "" if title.lower().endswith((".doc", ".docx", ".pdf", ".xlsx", ".odt")) else title
