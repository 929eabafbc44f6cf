"""Restricted Markdown on screen: the blocks of `samplan.domain.markup` as HTML, everything escaped."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samplan.domain.document import Block, Cell, Heading, Inline, ListBlock, Paragraph, Table, Text
from samplan.domain.markup import parse


def _join(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _run(run: Text) -> SafeString:
    html = conditional_escape(run.text)
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


def _inline(content: Inline) -> SafeString:
    return _join(map(_run, content))


def _row(tag: str, cells: tuple[Cell, ...]) -> SafeString:
    def cell(part: Cell) -> SafeString:
        return format_html(
            "<{0}{1}>{2}</{0}>",
            tag,
            format_html(' class="{}"', "fig") if part.align == "right" else "",
            _inline(part.content),
        )

    return format_html("<tr>{}</tr>", _join(map(cell, cells)))


def _table(table: Table) -> SafeString:
    return format_html(
        '<div class="scroll" role="region" tabindex="0" aria-label="{}"><table class="table table--plain">'
        "<thead>{}</thead><tbody>{}</tbody></table></div>",
        table.caption or _("Tabell"),
        _row("th", table.head),
        _join(map(partial(_row, "td"), table.rows)),
    )


def _item(blocks: tuple[Block, ...]) -> SafeString:
    """The first paragraph of a list item stands without a `p` of its own."""
    if blocks and isinstance(blocks[0], Paragraph):
        return format_html("<li>{}{}</li>", _inline(blocks[0].content), _join(map(_block, blocks[1:])))
    return format_html("<li>{}</li>", _join(map(_block, blocks)))


def _block(block: Block) -> SafeString:
    match block:
        case Heading(level=level, content=content):
            return format_html("<h{0}>{1}</h{0}>", min(6, level), _inline(content))
        case Paragraph(content=content):
            return format_html("<p>{}</p>", _inline(content))
        case ListBlock(items=items, ordered=ordered):
            return format_html("<{0}>{1}</{0}>", "ol" if ordered else "ul", _join(map(_item, items)))
        case Table():
            return _table(block)
    return SafeString("")


def render_markdown(text: str, *, base_level: int = 2) -> SafeString:
    """`text` as HTML. Its highest heading comes one level below `base_level`, the level of the place's own heading."""
    return _join(map(_block, parse(text, base_level=base_level, key="text")))
