"""Restricted Markdown, the way users write, into blocks of the neutral document.

Headings, emphasis, lists, links, tables and footnotes; everything else a person types is kept as the characters it is.
HTML is never interpreted, a link leads to http, https or mail, and a picture becomes its alternative text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from samplan.domain.document import (
    Block,
    Cell,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Source,
    Table,
    Text,
    step_levels,
    text_of,
)

DEEPEST_LEVEL: Final = 6
_NESTING: Final = 20

# Word stores the bullets of its symbol fonts in the private-use area; these few are more than a bullet.
_SYMBOLS: Final = {0xF0E0: "→", 0xF0FC: "✓", 0xF0FE: "☑", 0xF0A8: "☐", 0xF06F: "☐", 0xF02D: "–"}
_LINE_ENDS: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_UNWANTED: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\uffff"
    + "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_PRIVATE: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_BULLET: Final = re.compile(r"^([ \t]*)[•▪●◦‣·][ \t\u00a0]*(?=\S)", re.MULTILINE)
# "-" alone is an answer, not the start of a list.
_LONE_MARK: Final = re.compile(r"^([ \t]*\d{0,9})([-+*.)])(?=[ \t]*$)", re.MULTILINE)
_NOTE_TEXT: Final = re.compile(r"^\[\^([^\]\s]{1,40})\]:[ \t]*(.+)$", re.MULTILINE)
_NOTE_MARK: Final = re.compile(r"\[\^([^\]\s]{1,40})\]")
_PIPE: Final = re.compile(r"(?<!\\)\|")
_SAFE_LINK: Final = re.compile(r"(?:https?://|mailto:)[^\s<>\"\x00-\x1f\x7f-\x9f\ud800-\udfff]+", re.IGNORECASE)
_MARKUP: Final = re.compile(r"[*_\[\]\\<|]|  \n|^[ \t]*(?:#|[-+](?:\s|$)|\d{1,9}[.)])", re.MULTILINE)


def clean(text: str) -> str:
    """`text` fit to be stored: NFC, LF line ends, no control characters, bullets pasted from Word as list items.

    Characters that turn the direction of text go with the control characters: they can make a sum read backwards.
    A bullet that opens a line becomes "- ", another private-use character becomes "•" (arrows and ticks keep their
    meaning). Idempotent; every other character is left as it is.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _UNWANTED.sub("", text)
    text = _PRIVATE.sub(lambda found: _SYMBOLS.get(ord(found[0]), "•"), text)
    text = unicodedata.normalize("NFC", text)
    return _BULLET.sub(r"\1- ", text) if not text.isascii() else text


def is_safe_link(address: str) -> bool:
    """Whether an address may be followed from a text that a user wrote: http, https or mail."""
    return len(address) <= 2000 and _SAFE_LINK.fullmatch(address) is not None


def parse(text: str, *, base_level: int, key: str, source: Source | None = None) -> tuple[Block, ...]:
    """The blocks of a user's `text`, for a place whose own heading has `base_level` (0: none).

    The text's headings start one level below and never skip a level. Blocks get the keys `key/1`, `key/2` … in order,
    blocks in list items `key/2/1`, `key/2/2` …; all get `source`. Never raises on any text.
    """
    text = clean(text)
    if not text.strip():
        return ()
    if not _MARKUP.search(text):
        return _plain_blocks(text, key, source)
    body, notes = _without_notes(text)
    tokens = _parser().parse(_LONE_MARK.sub(r"\1\\\2", body))
    # The parser drops what is nested deeper than its limit and cells that have no head; nothing typed may be lost.
    if any(token.level >= _NESTING - 2 for token in tokens) or _has_spare_cells(tokens, body):
        return _plain_blocks(text, key, source)
    blocks = _Builder(notes, source).blocks(SyntaxTreeNode(tokens).children, key)
    return _with_levels(blocks, base_level)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"maxNesting": _NESTING})
    return parser.enable(
        # Not among them, so that the characters stay: code, quotes, rules, entities, HTML, reference links.
        [
            *("table", "list", "heading", "newline", "escape", "emphasis", "balance_pairs", "fragments_join"),
            *("link", "image", "autolink"),
        ]
    )


def _without_notes(text: str) -> tuple[str, dict[str, str]]:
    """The text without the footnotes' own lines, and those by label. A note nobody points at stays in the text."""
    notes = {label: note.strip() for label, note in _NOTE_TEXT.findall(text)}
    if not notes:
        return text, notes
    pointed_at = set(_NOTE_MARK.findall(_NOTE_TEXT.sub("", text)))
    notes = {label: note for label, note in notes.items() if label in pointed_at}
    return _NOTE_TEXT.sub(lambda found: "" if notes.get(found[1]) == found[2].strip() else found[0], text), notes


def _has_spare_cells(tokens: list[Token], text: str) -> bool:
    lines: list[str] = []
    for token in tokens:
        if token.type == "table_open" and token.map:
            lines = lines or text.split("\n")
            head, _, *rows = (len(_PIPE.findall(line.strip().strip("|"))) for line in lines[slice(*token.map)])
            if any(row > head for row in rows):
                return True
    return False


def _plain_blocks(text: str, key: str, source: Source | None) -> tuple[Block, ...]:
    parts = [" ".join(part.split("\n")) for part in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text)]
    inlines = [(Text(part.strip(" \t")),) for part in parts if part.strip()]
    return tuple(Paragraph(inline, f"{key}/{n}", source=source) for n, inline in enumerate(inlines, 1))


def _with_levels(blocks: tuple[Block, ...], base_level: int) -> tuple[Block, ...]:
    written = [block.level for block in blocks if isinstance(block, Heading)]
    levels = iter(step_levels(written, under=base_level))
    return tuple(
        replace(block, level=min(next(levels), DEEPEST_LEVEL)) if isinstance(block, Heading) else block
        for block in blocks
    )


class _Builder:
    """Walks the syntax tree of one text."""

    def __init__(self, notes: dict[str, str], source: Source | None) -> None:
        self.notes = notes
        self.source = source

    def blocks(self, nodes: list[SyntaxTreeNode], key: str, *, nested: bool = False) -> tuple[Block, ...]:
        made: list[Block] = []
        for node in nodes:
            block = self.block(node, f"{key}/{len(made) + 1}", nested)
            if block is not None:
                made.append(block)
        return tuple(made)

    def block(self, node: SyntaxTreeNode, key: str, nested: bool) -> Block | None:
        if node.type in ("bullet_list", "ordered_list"):
            return self.list_block(node, key)
        if node.type == "table":
            return self.table(node, key)
        content = self.inline_of(node)
        if not any(run.text.strip() or run.footnote for run in content):
            return None
        if node.type == "heading" and nested:
            return Paragraph(tuple(replace(run, bold=True) for run in content), key, source=self.source)
        if node.type == "heading":
            return Heading(int(node.tag[1:]), content, key, source=self.source)
        return Paragraph(content, key, source=self.source)

    def list_block(self, node: SyntaxTreeNode, key: str) -> ListBlock:
        items: list[tuple[Block, ...]] = []
        count = 0
        for item in node.children:
            blocks = tuple(
                block
                for n, child in enumerate(item.children, count + 1)
                if (block := self.block(child, f"{key}/{n}", nested=True)) is not None
            )
            count += len(item.children)
            items.append(blocks or (Paragraph((Text(""),), f"{key}/{(count := count + 1)}", source=self.source),))
        start = node.attrs.get("start", 1)
        return ListBlock(tuple(items), node.type == "ordered_list", key, self.source, int(start))

    def table(self, node: SyntaxTreeNode, key: str) -> Table:
        rows = [
            tuple(Cell(self.inline_of(cell), self.align(cell), cell.type == "th", self.source) for cell in row.children)
            for part in node.children
            for row in part.children
        ]
        return Table("", rows[0], tuple(rows[1:]), key=key, source=self.source)

    @staticmethod
    def align(cell: SyntaxTreeNode) -> str:
        style = str(cell.attrs.get("style", ""))
        return style.rpartition(":")[2] if style else "left"

    def inline_of(self, node: SyntaxTreeNode) -> Inline:
        runs: list[Text] = []
        for child in node.children:
            runs.extend(self.runs(child.children if child.type == "inline" else [child], Text("")))
        return _joined(runs)

    def runs(self, nodes: list[SyntaxTreeNode], like: Text) -> Iterator[Text]:
        for node in nodes:
            if node.type in ("softbreak", "hardbreak"):
                yield replace(like, text=" " if node.type == "softbreak" else "\n")
            elif node.type == "strong":
                yield from self.runs(node.children, replace(like, bold=True))
            elif node.type == "em":
                yield from self.runs(node.children, replace(like, italic=True))
            elif node.type == "link":
                address = str(node.attrs.get("href", ""))
                yield from self.link(node, address, like)
            elif node.type == "image":
                yield replace(like, text=node.content)
            else:
                yield from self.text(node.content, like)

    def link(self, node: SyntaxTreeNode, address: str, like: Text) -> Iterator[Text]:
        if is_safe_link(address):
            yield from self.runs(node.children, replace(like, link=address))
        else:
            yield from self.runs(node.children, like)
            yield replace(like, text=f" ({address})" if address else "")

    def text(self, text: str, like: Text) -> Iterator[Text]:
        """The characters, with `[^1]` turned into the footnote it points at."""
        place = 0
        for mark in _NOTE_MARK.finditer(text):
            note = self.notes.get(mark[1])
            if note is not None:
                yield replace(like, text=text[place : mark.start()])
                yield replace(like, text="", footnote=note)
                place = mark.end()
        yield replace(like, text=text[place:])


def _joined(runs: list[Text]) -> Inline:
    """Runs with the same marks made one, empty ones left out, blanks at both ends too."""
    joined: list[Text] = []
    for run in runs:
        if joined and not run.footnote and replace(joined[-1], text="") == replace(run, text=""):
            joined[-1] = replace(joined[-1], text=joined[-1].text + run.text)
        elif run.text or run.footnote:
            joined.append(run)
    if joined:
        joined[0] = replace(joined[0], text=joined[0].text.lstrip(" \n"))
        joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip(" \n"))
    return tuple(joined)


def plain_text(blocks: tuple[Block, ...]) -> str:
    """The bare characters of `blocks`, a line a paragraph and tabs between cells: for mail, search and comparing."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            lines.append(text_of(block.content))
        elif isinstance(block, ListBlock):
            for item in block.items:
                first, *rest = plain_text(item).split("\n")
                lines.extend([f"- {first}", *(f"  {line}" for line in rest)])
        elif isinstance(block, Table):
            rows = (block.head, *block.rows, *([block.total] if block.total else []))
            lines.extend("\t".join(text_of(cell.content) for cell in row) for row in rows)
        else:
            lines.append(block.alt)
    return "\n".join(lines)
