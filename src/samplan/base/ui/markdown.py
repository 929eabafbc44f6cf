"""Restricted Markdown on screen: the blocks of `samplan.domain.markup` as HTML, everything escaped."""

from __future__ import annotations

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from samplan.domain.document import Block, Heading, Inline, ListBlock, Paragraph, Table, Text


def _run(run: Text) -> SafeString:
    html = conditional_escape(run.text)
    if run.bold:
        html = format_html("<strong>{}</strong>", html)
    if run.italic:
        html = format_html("<em>{}</em>", html)
    if run.link:
        html = format_html('<a href="{}" rel="noopener">{}</a>', run.link, html)
    return html


def _inline(content: Inline) -> SafeString:
    return mark_safe("".join(_run(run) for run in content))


def _table(table: Table) -> SafeString:
    def row(cells: tuple[object, ...], tag: str) -> SafeString:
        return mark_safe("<tr>" + "".join(f"<{tag}>{_inline(cell.content)}</{tag}>" for cell in cells) + "</tr>")  # type: ignore[attr-defined]

    rows = format_html_join("", "{}", ((row(cells, "td"),) for cells in table.rows))
    return format_html(
        '<div class="scroll" tabindex="0"><table class="table"><thead>{}</thead><tbody>{}</tbody></table></div>',
        row(table.head, "th"),
        rows,
    )


def _block(block: Block, level: int) -> SafeString:
    if isinstance(block, Heading):
        depth = min(6, block.level + level)
        return format_html("<h{0}>{1}</h{0}>", depth, _inline(block.content))
    if isinstance(block, Paragraph):
        return format_html("<p>{}</p>", _inline(block.content))
    if isinstance(block, ListBlock):
        items = format_html_join("", "<li>{}</li>", ((_blocks(item, level),) for item in block.items))
        return format_html("<{0}>{1}</{0}>", "ol" if block.ordered else "ul", items)
    return _table(block) if isinstance(block, Table) else mark_safe("")


def _blocks(blocks: tuple[Block, ...], level: int) -> SafeString:
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph) and level > 1:
        return _inline(blocks[0].content)
    return format_html_join("", "{}", ((_block(block, level),) for block in blocks))


def render_markdown(text: str) -> SafeString:
    """`text` as HTML. A heading of level 1 becomes `h3`, since pages have their own `h1` and `h2`."""
    from samplan.domain.markup import parse

    return format_html_join("", "{}", ((_block(block, 2),) for block in parse(text)))
