"""What the writers share: a document made fit to be set, its words, numbers and keys. No file format lives here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _
from lxml import etree  # type: ignore[import-untyped]

from samplan.domain.document import (
    PARAGRAPH_STYLES,
    Block,
    Cell,
    Document,
    Figure,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Source,
    Table,
    Text,
    plain,
    step_levels,
    text_of,
    walk,
)
from samplan.domain.markup import is_safe_link

DEEPEST_LEVEL: Final = 6
_PHOTOGRAPH = re.compile("data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=]+$")
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BOX: Final = re.compile(r'viewBox="[\d.-]+[ ,]+[\d.-]+[ ,]+([\d.]+)[ ,]+([\d.]+)"')
_LONG_CONTENTS: Final = 45
_WORDS: Final = frozenset(
    ("contents", "page", "table", "figure", "notes", "made_up", "made_up_notice", "made_up_title", "skip", "back")
)


@dataclass(frozen=True, slots=True)
class Tidy:
    """A document whose keys are unique and never empty, whose heading levels start at 1 without gaps and whose rows are
    as long as their heads; `labels` numbers the captions ("Tabell 3") by key, `contents` lists the headings to show."""

    document: Document
    words: dict[str, str]
    labels: dict[str, str]
    contents: tuple[Heading, ...]


def default_words(language: str) -> dict[str, str]:
    """The words that furniture needs, in `language`; `Document.words` may say them otherwise."""
    with translation.override(language):
        return {
            "contents": _("Innehåll"),
            "page": _("Sida"),
            "table": _("Tabell"),
            "figure": _("Figur"),
            "notes": _("Noter"),
            "made_up": _("ex."),
            "made_up_notice": _("Siffror och svar som är märkta med ex. är påhittade exempel."),
            "made_up_title": _("Påhittat exempel"),
            "skip": _("Hoppa till innehållet"),
            "back": _("Tillbaka till texten"),
        }


def tidy(document: Document, *, language: str, run_in: bool = False) -> Tidy:
    """`document` made fit for any writer; never fails on text. `run_in`: labels stand in the paragraphs they name."""
    words = {name: legal(word) for name, word in document.words.items()}
    if not words.keys() >= _WORDS:
        words = {**default_words(language), **words}
    blocks = _with_steps(tuple(_blocks(document.blocks, "block", set(), nested=False)))
    if run_in:
        blocks = tuple(_run_in(blocks))
    invented = any(
        run.made_up for content in _all_inlines((*document.cover, document.motto), blocks) for run in content
    )
    notice = document.notice or (plain(words["made_up_notice"]) if invented else ())
    document = replace(
        document,
        title=legal(document.title).strip() or "–",
        subtitle=legal(document.subtitle),
        cover=tuple(_inline(line) for line in document.cover),
        running_head=legal(document.running_head) or legal(document.title),
        notice=_inline(notice),
        blocks=blocks,
        motto=_inline(document.motto),
        logotypes=tuple(_figure(one, f"furniture/logotype/{n}") for n, one in enumerate(document.logotypes, 1)),
        picture=_figure(document.picture, "furniture/picture") if document.picture else None,
    )
    return Tidy(document, words, _labels(blocks, words), _contents(document))


def legal(text: str) -> str:
    """`text` without characters that neither XML nor a page can hold."""
    return _ILLEGAL.sub("", text)


def heading_text(heading: Heading) -> str:
    """A heading's bare characters, its number first."""
    return " ".join(part for part in (heading.number, text_of(heading.content).strip()) if part)


def on_cover(title: str) -> str:
    """A title whose short last word, a year as a rule, does not stand on a line of its own."""
    words, _space, last = title.rpartition(" ")
    return f"{words}\u00a0{last}" if len(last) <= 5 and " " in words else title


def is_followable(address: str) -> bool:
    """Whether a writer makes a link of it: a safe address, or a key in this document after "#"."""
    return is_safe_link(address) or (address.startswith("#") and len(address) > 1)


def sources(document: Document, *, language: str) -> dict[str, Source | None]:
    """Every key that a written file can name, with the row it came from; furniture and computed blocks have None.

    Parts of a table are `key#r2c3` (row 0 is the head) with the cell's own source, or else the table's.
    """
    found: dict[str, Source | None] = {}
    for block in walk(tidy(document, language=language).document.blocks):
        found[block.key] = block.source
        if isinstance(block, Table):
            for r, row in enumerate(table_rows(block)):
                for c, cell in enumerate(row):
                    found[f"{block.key}#r{r}c{c}"] = cell.source or block.source
    return found


def table_rows(table: Table) -> Iterator[tuple[Cell, ...]]:
    """Head, rows and total, in order."""
    yield table.head
    yield from table.rows
    if table.total:
        yield table.total


def safe_svg(svg: str) -> str:
    """The SVG without scripts, foreign content and addresses that lead out of it; "" if it is not well-formed SVG."""
    try:
        root = etree.fromstring(legal(svg).encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return ""
    if etree.QName(root).localname != "svg":
        return ""
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        if etree.QName(element).localname in ("script", "foreignObject"):
            element.getparent().remove(element)
            continue
        for name, value in element.attrib.items():
            local = etree.QName(name).localname.lower()
            photograph = etree.QName(element).localname == "image" and _PHOTOGRAPH.match(value)
            if local.startswith("on") or (local == "href" and not value.startswith("#") and not photograph):
                del element.attrib[name]
    return etree.tostring(root, encoding="unicode", with_tail=False)


def sides(svg: str) -> tuple[float, float]:
    """Width and height of a drawing's view box; zeros where it says none."""
    box = _BOX.search(svg)
    return (float(box[1]), float(box[2])) if box else (0.0, 0.0)


def _blocks(blocks: tuple[Block, ...], under: str, taken: set[str], *, nested: bool) -> Iterator[Block]:
    for number, block in enumerate(blocks, 1):
        wanted = key = legal(block.key) or f"{under}/{number}"
        again = 1
        while key in taken:
            again += 1
            key = f"{wanted}~{again}"
        taken.add(key)
        if isinstance(block, ListBlock):
            items = tuple(
                tuple(_blocks(item or (Paragraph(plain("")),), f"{key}/{n}", taken, nested=True))
                for n, item in enumerate(block.items, 1)
            )
            if items:
                yield replace(block, items=items, key=key)
        elif isinstance(block, Table):
            yield _table(block, key)
        elif isinstance(block, Figure):
            yield _figure(block, key)
        elif isinstance(block, Heading):
            content = _inline(block.content)
            if not (text_of(content).strip() or block.number.strip()):
                continue
            if nested:
                bold = tuple(replace(run, bold=True) for run in content)
                yield Paragraph(bold, key, source=block.source)
            else:
                yield replace(block, content=content, number=legal(block.number).strip(), key=key)
        else:
            style = block.style if block.style in PARAGRAPH_STYLES else "body"
            yield replace(block, content=_inline(block.content), key=key, style=style)


def _run_in(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Each label put into the paragraph that it names, where there is one: "Syfte: Att nå fler."."""
    label: Paragraph | None = None
    for block in blocks:
        named, label = label, None
        if named is not None and isinstance(block, Paragraph) and block.style == "body":
            yield replace(block, content=(*_opened(named.content), *block.content), style="fact")
            continue
        if named is not None:
            yield named
        if isinstance(block, Paragraph) and block.style == "label":
            label = block
        else:
            yield block
    if label is not None:
        yield label


def _opened(label: Inline) -> Inline:
    """A label's runs with what divides them from the text."""
    runs = [replace(run, text=run.text.strip("\u00a0")) for run in label]
    colon = "" if text_of(label).rstrip().endswith((":", "?", ".", "!")) else ":"
    last = max((n for n, run in enumerate(runs) if run.text), default=0)
    runs[last] = replace(runs[last], text=f"{runs[last].text}{colon}")
    return (*runs, Text(" "))


def _figure(figure: Figure, key: str) -> Figure:
    alt = legal(figure.alt).strip() or legal(figure.caption).strip() or "–"
    return replace(figure, alt=alt, caption=legal(figure.caption), key=key, svg=safe_svg(figure.svg))


def _table(table: Table, key: str) -> Table:
    width = max(1, len(table.head))

    def row(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        made = tuple(replace(cell, content=_inline(cell.content)) for cell in cells[:width])
        return made + (Cell(()),) * (width - len(made))

    return replace(
        table,
        key=key,
        caption=legal(table.caption).strip(),
        head=row(table.head),
        rows=tuple(row(cells) for cells in table.rows),
        total=row(table.total) if table.total else (),
        note=_inline(table.note),
    )


def _inline(content: Inline) -> Inline:
    return tuple(
        replace(run, text=legal(run.text), footnote=legal(run.footnote), link=legal(run.link))
        if _ILLEGAL.search(f"{run.text}{run.footnote}{run.link}")
        else run
        for run in content
    )


def _with_steps(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    levels = iter(step_levels(block.level for block in blocks if isinstance(block, Heading)))
    return tuple(
        replace(block, level=min(next(levels), DEEPEST_LEVEL)) if isinstance(block, Heading) else block
        for block in blocks
    )


def _all_inlines(cover: tuple[Inline, ...], blocks: tuple[Block, ...]) -> Iterator[Inline]:
    yield from cover
    for block in walk(blocks):
        if isinstance(block, Heading | Paragraph):
            yield block.content
        elif isinstance(block, Table):
            yield block.note
            for row in table_rows(block):
                for cell in row:
                    yield cell.content


def _labels(blocks: tuple[Block, ...], words: dict[str, str]) -> dict[str, str]:
    labels: dict[str, str] = {}
    counts = {"table": 0, "figure": 0}
    for block in walk(blocks):
        if isinstance(block, Table | Figure) and block.caption:
            kind = "table" if isinstance(block, Table) else "figure"
            counts[kind] += 1
            labels[block.key] = f"{words[kind]} {counts[kind]}"
    return labels


def _contents(document: Document) -> tuple[Heading, ...]:
    if not document.contents:
        return ()
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    for deepest in (3, 2):
        shown = tuple(heading for heading in headings if heading.level <= deepest)
        if len(shown) <= _LONG_CONTENTS:
            return shown
    return shown
