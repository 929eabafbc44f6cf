"""Plain text and Markdown: lines with the white space between them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Final

from samplan.domain.reading import layout
from samplan.domain.reading.source import At, Line, SourceDocument, count

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
"""A line as an editor counts them; a form feed ends none."""

_MARKS: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def read(content: bytes, name: str, progress: Callable[[int, int], None] | None = None) -> SourceDocument:
    """The document in a text file: UTF-8, UTF-16 with a mark, or Windows' Western European letters."""
    text = decoded(content)
    return SourceDocument(
        name=name,
        kind="text",
        sha256=hashlib.sha256(content).hexdigest(),
        characters=count(text),
        parts=layout.blocks(lines_of(text)),
    )


def decoded(content: bytes) -> str:
    """The file's text without a byte order mark; every byte becomes a character."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def lines_of(text: str) -> list[Line]:
    """Lines that hold something; blank lines go with the line before them (those at the top with the first).

    A form feed begins a page; a file without any has no pages.
    """
    pages = "\f" in text
    found: list[Line] = []
    waiting = ""
    blank = 0
    page = 1
    for number, line in enumerate(_LINE.findall(text), start=1):
        if not line.strip():
            page += line.count("\f")
            blank += 1
            if found:
                last = found[-1]
                found[-1] = Line(last.text + line, last.at, gap=last.gap)
            else:
                waiting += line
            continue
        page += line[: len(line) - len(line.lstrip())].count("\f")
        found.append(Line(waiting + line, At(page if pages else None, number), gap=float(blank)))
        waiting, blank = "", 0
    return found
