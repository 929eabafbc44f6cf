"""The neutral document as HTML: a fragment for a page of the site, or a whole accessible page that stands alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from typing import Final
from urllib.parse import quote

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
)
from samplan.edges.reports.writers.tidy import Tidy, heading_text, is_followable, tidy

_BLANK: Final = re.compile(r"\s")


def write(document: Document, *, language: str) -> bytes:
    """The document as the bytes of a whole page (`write_page`)."""
    return write_page(document, language=language).encode()


def write_fragment(document: Document, *, language: str, first_level: int = 2) -> str:
    """Notice, blocks and footnotes, for inside a page with its own title. Headings of level 1 become h`first_level`.

    Every block has its key as `id` and `data-key`; nothing in the document is ever read as HTML.
    """
    return _Writer(tidy(document, language=language, run_in=True), first_level).fragment()


def write_page(document: Document, *, language: str) -> str:
    """A whole page with its style sheet inside: language, skip link, title, contents list, text; prints well."""
    ready = tidy(document, language=language, run_in=True)
    return _Writer(ready, 2).page()


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of a document as HTML. `key` is the block's, `address` what a link to it has after "#"."""

    key: str
    address: str
    html: str
    heading: Heading | None


def write_pieces(document: Document, *, language: str, first_level: int = 2) -> tuple[list[Piece], str]:
    """The blocks one by one, as in `write_fragment`, and what stands after them (footnotes)."""
    writer = _Writer(tidy(document, language=language), first_level)
    pieces = [
        Piece(block.key, _address(block.key), writer.block(block), block if isinstance(block, Heading) else None)
        for block in writer.ready.document.blocks
    ]
    return pieces, "".join(writer.footnotes())


class _Writer:
    def __init__(self, ready: Tidy, first_level: int) -> None:
        self.ready = ready
        self.words = ready.words
        self.first_level = first_level
        self.notes: list[str] = []
        title = escape(self.words["made_up_title"])
        self.made_up = f'<sup class="made-up"><abbr title="{title}">{escape(self.words["made_up"])}</abbr></sup>'

    def fragment(self) -> str:
        return "\n".join([*self.notice(), *self.body()])

    def page(self) -> str:
        document = self.ready.document
        language = escape(document.language)
        style = (files("samplan.edges.reports.writers") / "page.css").read_text(encoding="utf-8")
        title = escape(document.title)
        header = ["<header>"]
        if document.logotypes:
            drawn = "".join(self.drawn(one) for one in document.logotypes)
            header.append(f'<div class="logotypes" data-key="furniture/logotypes">{drawn}</div>')
        header.append(f'<h1 data-key="furniture/title">{title}</h1>')
        if document.subtitle:
            header.append(f'<p class="subtitle" data-key="furniture/subtitle">{escape(document.subtitle)}</p>')
        if document.motto:
            header.append(f'<p class="motto" data-key="furniture/motto">{self.runs(document.motto)}</p>')
        if document.picture:
            drawn = self.drawn(document.picture)
            header.append(f'<div class="cover-picture" data-key="furniture/picture">{drawn}</div>')
        header += [
            f'<p data-key="furniture/cover/{number}">{self.runs(line)}</p>'
            for number, line in enumerate(document.cover, 1)
        ]
        return "\n".join(
            [
                f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">',
                '<meta name="viewport" content="width=device-width, initial-scale=1">',
                f"<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>",
                f'<a class="skip" href="#content">{escape(self.words["skip"])}</a>',
                *header,
                *self.notice(),
                "</header>",
                *self.contents(),
                '<main id="content" tabindex="-1">',
                *self.body(),
                "</main>\n</body>\n</html>\n",
            ]
        )

    def notice(self) -> list[str]:
        notice = self.ready.document.notice
        return [f'<p class="notice" data-key="furniture/notice">{self.runs(notice)}</p>'] if notice else []

    def contents(self) -> Iterator[str]:
        if not self.ready.contents:
            return
        yield '<nav aria-labelledby="contents">'
        yield f'<h2 id="contents" data-key="furniture/contents">{escape(self.words["contents"])}</h2>\n<ol>'
        for heading in self.ready.contents:
            text = escape(heading_text(heading))
            yield f'<li class="level-{heading.level}"><a href="#{_address(heading.key)}">{text}</a></li>'
        yield "</ol>\n</nav>"

    def body(self) -> list[str]:
        made = [self.block(block) for block in self.ready.document.blocks]
        return [*made, *self.footnotes()]

    def footnotes(self) -> list[str]:
        if not self.notes:
            return []
        level = self.first_level
        return [
            f'<section class="footnotes" role="doc-endnotes"><h{level} data-key="furniture/notes">'
            f"{escape(self.words['notes'])}</h{level}>\n<ol>\n{''.join(self.notes)}</ol></section>"
        ]

    def block(self, block: Block) -> str:
        if isinstance(block, Heading):
            level = min(block.level + self.first_level - 1, 6)
            number = (Text(f"{block.number} "),) if block.number else ()
            return f"<h{level}{_key(block.key)}>{self.runs(number + block.content)}</h{level}>"
        if isinstance(block, Paragraph):
            return self.paragraph(block)
        if isinstance(block, ListBlock):
            return self.listing(block)
        if isinstance(block, Table):
            return self.table(block)
        return self.figure(block)

    def paragraph(self, block: Paragraph) -> str:
        text = self.runs(block.content)
        if block.style == "quote":
            return f"<blockquote{_key(block.key)}><p>{text}</p></blockquote>"
        name = f' class="{escape(block.style)}"' if block.style != "body" else ""
        return f"<p{name}{_key(block.key)}>{text}</p>"

    def listing(self, block: ListBlock) -> str:
        tag = "ol" if block.ordered else "ul"
        name = ' class="bare"' if block.bare else ""
        start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
        items = "".join(f"<li>{''.join(self.block(child) for child in item)}</li>\n" for item in block.items)
        return f"<{tag}{name}{start}{_key(block.key)}>\n{items}</{tag}>"

    def table(self, block: Table) -> str:
        label = self.ready.labels.get(block.key, "")
        caption = (
            f"<caption><strong>{escape(label)}.</strong> {escape(block.caption)}</caption>" if block.caption else ""
        )
        head = "".join(f'<th scope="col"{_side(cell)}>{self.runs(cell.content)}</th>' for cell in block.head)
        rows = "".join(self.row(row) for row in block.rows)
        total = f"<tfoot>{self.row(block.total)}</tfoot>" if block.total else ""
        name = escape(". ".join(part for part in (label, block.caption) if part) or self.words["table"])
        note = f'<p class="note">{self.runs(block.note)}</p>' if block.note else ""
        return (
            f'<div class="table" role="region" tabindex="0" aria-label="{name}"{_key(block.key)}><table>{caption}\n'
            f"<thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody>{total}</table>{note}</div>"
        )

    def row(self, cells: tuple[Cell, ...]) -> str:
        parts = [
            f'<th scope="row"{_side(cell)}>{self.runs(cell.content)}</th>'
            if cell.header
            else f"<td{_side(cell)}>{self.runs(cell.content)}</td>"
            for cell in cells
        ]
        return f"<tr>{''.join(parts)}</tr>\n"

    def figure(self, block: Figure) -> str:
        picture = self.drawn(block)
        label = self.ready.labels.get(block.key, "")
        caption = (
            f"<figcaption><strong>{escape(label)}.</strong> {escape(block.caption)}</figcaption>"
            if block.caption
            else ""
        )
        return f"<figure{_key(block.key)}>{caption}{picture}</figure>"

    def drawn(self, figure: Figure) -> str:
        alt = escape(figure.alt)
        return f'<div role="img" aria-label="{alt}">{figure.svg}</div>' if figure.svg else f"<p><em>{alt}</em></p>"

    def runs(self, content: Inline) -> str:
        parts = []
        for run in content:
            text = escape(run.text, quote=False)
            if "\n" in text:
                text = text.replace("\n", "<br>")
            if run.bold:
                text = f"<strong>{text}</strong>"
            if run.italic:
                text = f"<em>{text}</em>"
            if run.link and is_followable(run.link):
                address = f"#{_address(run.link[1:])}" if run.link.startswith("#") else run.link
                text = f'<a href="{escape(address)}">{text}</a>'
            parts.append(text)
            if run.made_up:
                parts.append(self.made_up)
            if run.footnote:
                parts.append(self.footnote(run.footnote))
        return "".join(parts)

    def footnote(self, text: str) -> str:
        number = len(self.notes) + 1
        back = escape(self.words["back"])
        self.notes.append(
            f'<li id="note-{number}">{escape(text, quote=False)} '
            f'<a href="#mark-{number}" role="doc-backlink" aria-label="{back} {number}">↩</a></li>\n'
        )
        return f'<sup><a id="mark-{number}" href="#note-{number}" role="doc-noteref">{number}</a></sup>'


def _name(key: str) -> str:
    return _BLANK.sub("_", key)


def _address(key: str) -> str:
    return quote(_name(key), safe="/-._~")


def _key(key: str) -> str:
    return f' id="{escape(_name(key))}" data-key="{escape(key)}"'


def _side(cell: Cell) -> str:
    return {"right": ' class="number"', "center": ' class="middle"'}.get(cell.align, "")
