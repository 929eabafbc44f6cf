"""Restricted Markdown on screen: the blocks of `samplan.domain.markup` as HTML, everything escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samplan.domain.document import Block, Cell, Heading, Inline, ListBlock, Paragraph, Table, Text
from samplan.domain.indicators import Quote, parted
from samplan.domain.markup import parse


@dataclass(frozen=True, slots=True)
class Figure:
    """A quoted value as it reads now, and the page of its row; empty for a reader who may not open it."""

    words: str
    url: str


Figures = Callable[[Quote], Figure | None]
"""Finds the value that a text quotes; None for one that is not there."""


def _join(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


class _Page:
    """Blocks as HTML, with the values that their texts quote found by `figures` (None: quotes stay as they are)."""

    def __init__(self, figures: Figures | None) -> None:
        self.figures = figures

    def words(self, text: str, *, links: bool) -> SafeString:
        """A text; each quoted value as it reads now with a way to its row, one that is not there as missing."""
        figures = self.figures
        if figures is None:
            return conditional_escape(text)

        def said(part: str | Quote) -> SafeString:
            if isinstance(part, str):
                return conditional_escape(part)
            found = figures(part)
            if found is None:
                return format_html('<mark class="marked">{}</mark>', _("saknas: %(value)s") % {"value": part})
            if not (links and found.url):
                return conditional_escape(found.words)
            return format_html('<a class="figure-link" href="{}">{}</a>', found.url, found.words)

        return _join(said(part) for part in parted(text))

    def run(self, run: Text) -> SafeString:
        html = self.words(run.text, links=not run.link)
        if run.bold:
            html = format_html("<strong>{}</strong>", html)
        if run.italic:
            html = format_html("<em>{}</em>", html)
        if run.link:
            html = format_html('<a href="{}" rel="noopener">{}</a>', run.link, html)
        if run.made_up:
            html = format_html('{}<span class="made-up">{}</span>', html, _("ex."))
        if run.footnote:
            html = format_html('{} <small class="quiet">({})</small>', html, run.footnote)
        return html

    def inline(self, content: Inline) -> SafeString:
        return _join(map(self.run, content))

    def row(self, tag: str, cells: tuple[Cell, ...]) -> SafeString:
        def cell(part: Cell) -> SafeString:
            return format_html(
                "<{0}{1}>{2}</{0}>",
                tag,
                format_html(' class="{}"', "fig") if part.align == "right" else "",
                self.inline(part.content),
            )

        return format_html("<tr>{}</tr>", _join(map(cell, cells)))

    def table(self, table: Table) -> SafeString:
        return format_html(
            '<div class="scroll" role="region" tabindex="0" aria-label="{}"><table class="table table--plain">'
            "<thead>{}</thead><tbody>{}</tbody></table></div>",
            table.caption or _("Tabell"),
            self.row("th", table.head),
            _join(map(partial(self.row, "td"), table.rows)),
        )

    def item(self, blocks: tuple[Block, ...]) -> SafeString:
        """The first paragraph of a list item stands without a `p` of its own."""
        if blocks and isinstance(blocks[0], Paragraph):
            return format_html("<li>{}{}</li>", self.inline(blocks[0].content), _join(map(self.block, blocks[1:])))
        return format_html("<li>{}</li>", _join(map(self.block, blocks)))

    def block(self, block: Block) -> SafeString:
        match block:
            case Heading(level=level, content=content):
                return format_html("<h{0}>{1}</h{0}>", min(6, level), self.inline(content))
            case Paragraph(content=content):
                return format_html("<p>{}</p>", self.inline(content))
            case ListBlock(items=items, ordered=ordered):
                return format_html("<{0}>{1}</{0}>", "ol" if ordered else "ul", _join(map(self.item, items)))
            case Table():
                return self.table(block)
        return SafeString("")


def render_line(text: str, *, figures: Figures | None, links: bool = True) -> SafeString:
    """Plain `text` as HTML, with the values it quotes."""
    return _Page(figures).words(text, links=links)


def render_markdown(text: str, *, base_level: int = 2, figures: Figures | None = None) -> SafeString:
    """`text` as HTML. Its highest heading comes one level below `base_level`, the level of the place's own heading."""
    return _join(map(_Page(figures).block, parse(text, base_level=base_level, key="text")))
