"""A reader for each kind of file. Each knows its format and nothing of plans."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Final

from samplan.domain.reading.source import SourceDocument, SourceKind

Progress = Callable[[int, int], None]
"""Called with how many are done and of how many: pages, sheets or parts."""

READERS: Final[dict[SourceKind, str]] = {
    "docx": "samplan.edges.imports.readers.docx",
    "xlsx": "samplan.edges.imports.readers.xlsx",
    "pdf": "samplan.edges.imports.readers.pdf",
    "text": "samplan.edges.imports.readers.text",
}
"""Modules with `read(content: bytes, name: str, progress: Progress) -> SourceDocument`; they raise Unreadable. Loaded
when called: a Word file needs no reader of PDF."""


def read_as(kind: SourceKind, content: bytes, name: str, progress: Progress) -> SourceDocument:
    """The document as it stands in the file. Raises Unreadable."""
    document: SourceDocument = importlib.import_module(READERS[kind]).read(content, name, progress)
    return document
