"""The text of one part of a Word file: paragraphs, tables and boxes in the order in which they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from samplan.domain.reading.source import At, Block, Kind, Part, Piece
from samplan.edges.imports.readers import Progress
from samplan.edges.imports.readers.word_fields import Fields
from samplan.edges.imports.readers.word_numbers import Numbering
from samplan.edges.imports.readers.word_styles import VAL, Letters, Style, Styles, W, letters_of, numbered, whole
from samplan.edges.imports.readers.word_tables import table

MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SPACES: Final = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    # A hyphen that may not break is an element and no character of the text; a symbol is one of another font.
    W + "noBreakHyphen": " ",
    W + "sym": " ",
}
_PROPERTIES: Final = frozenset(
    W + name for name in ("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "tblPrEx")
)
_GONE: Final = frozenset({W + "moveFrom", W + "del"})
_PICTURES: Final = frozenset({W + "drawing", W + "pict", W + "object"})


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while it is being read. `channel`: where its next text goes."""

    at: At
    style: Style
    channel: Kind = "paragraph"
    text: list[str] = field(default_factory=list)
    pieces: dict[Kind, list[Piece]] = field(default_factory=dict)
    before: list[Part] = field(default_factory=list)
    after: list[Part] = field(default_factory=list)
    links: dict[str, None] = field(default_factory=dict)
    sizes: dict[float, int] = field(default_factory=dict)
    plain: int = 0
    strong: int = 0
    in_contents: int = 0


class Story:
    """Reads the parts of a file one after the other; what counts over all of them is kept here."""

    def __init__(self, styles: Styles, numbering: Numbering, progress: Progress) -> None:
        self._styles = styles
        self._numbering = numbering
        self._progress = progress
        self.total = 0
        self._line = 0
        self._order = 0
        self._marks: dict[str, dict[str, str]] = {}
        self._start("paragraph", {}, Fields(None))

    def _start(self, kind: Kind, addresses: dict[str, str], fields: Fields) -> None:
        self._kind: Kind = kind
        self._addresses = addresses
        self._fields = fields
        self._seen: set[int] = set()
        self._label = ""

    def read(self, root: Any, kind: Kind, addresses: dict[str, str], texts: list[Any]) -> list[Part]:
        """The blocks and tables of a part. `texts`: all its `w:t`, kept alive by the caller."""
        self._start(kind, addresses, Fields(root))
        if kind in ("note", "comment"):
            parts = []
            for note in root:
                what = {W + "footnote": "footnote", W + "endnote": "endnote", W + "comment": "comment"}.get(
                    note.tag, ""
                )
                self._label = self._marks.get(what, {}).get(note.get(W + "id", ""), "")
                parts += self.blocks(note)
            self._label = ""
        else:
            parts = self.blocks(root)
        if len(self._seen) < len(texts):
            # What stands where no text belongs is still text.
            left = "".join("".join(text.itertext()) for text in texts if id(text) not in self._seen)
            if left:
                parts.append(Block(kind, (self._piece(left, At(None, max(self._line, 1))),)))
        return parts

    # --- blocks

    def blocks(self, container: Any) -> list[Part]:
        """What stands in a body, a cell, a note, a box or a wrapper around any of them."""
        parts: list[Part] = []
        for element in container:
            tag = element.tag
            if tag == W + "p":
                parts += self._paragraph(element)
            elif tag == W + "tbl":
                parts += table(element, self.blocks, in_notes=self._kind != "paragraph")
            elif tag == MC + "AlternateContent":
                parts += self._alternatives(element, self.blocks)
            elif tag in (W + "r", W + "t", W + "hyperlink"):
                parts += self._stray(element)
            elif tag == W + "sdt":
                parts += self._control(element)
            elif tag in _GONE:
                parts += self._as(element, "double")
            elif tag not in _PROPERTIES:
                parts += self.blocks(element)
        return parts

    def _control(self, element: Any) -> list[Part]:
        """A content control; one that holds the contents list says so."""
        gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        if gallery is not None and gallery.get(VAL, "") in ("Table of Contents", "Innehållsförteckning"):
            return self._as(element, "furniture")
        return self.blocks(element)

    def _as(self, element: Any, kind: Kind) -> list[Part]:
        """What stands in `element`, all of it of one kind."""
        before, self._kind = self._kind, kind
        try:
            parts = self.blocks(element)
        finally:
            self._kind = before
        return parts

    def _alternatives(self, element: Any, read: Callable[[Any], list[Part]]) -> list[Part]:
        """The first way to show something is the thing itself, the others are it once more."""
        ways = [child for child in element if child.tag in (MC + "Choice", MC + "Fallback")]
        chosen = next((way for way in ways if next(way.iter(W + "t"), None) is not None), ways[0] if ways else None)
        parts: list[Part] = []
        for way in ways:
            if way is chosen:
                parts += read(way)
                continue
            kind, fields = self._kind, self._fields
            self._kind, self._fields = "double", Fields(way)
            parts += read(way)
            self._kind, self._fields = kind, fields
        return parts

    def _stray(self, element: Any) -> list[Part]:
        """Text that stands where a paragraph should."""
        made = _Paragraph(At(None, max(self._line, 1)), self._styles.paragraph(""), self._kind)
        self._inline((element,), made, Letters(), None)
        return self._finished(made, None)

    def _paragraph(self, element: Any) -> list[Part]:
        self._line += 1
        if self._line % 200 == 0:
            self._progress(self._line, max(self.total, self._line))
        properties = element.find(W + "pPr")
        name = ""
        if properties is not None and (chosen := properties.find(W + "pStyle")) is not None:
            name = chosen.get(VAL, "")
        style = self._styles.paragraph(name)
        made = _Paragraph(At(None, self._line), style, self._kind)
        number, indent = numbered(properties) if properties is not None else (None, None)
        if properties is not None and (outline := properties.find(W + "outlineLvl")) is not None:
            level = whole(outline.get(VAL))
            made.style = replace(style, role="", level=level + 1 if level is not None and 0 <= level < 9 else 0)
        shown = None
        if self._kind not in ("double", "hidden"):
            shown = self._numbering.next(
                number or style.number, indent if indent is not None or number else style.indent, name
            )
        self._inline(element, made, style.letters, None)
        return self._finished(made, shown)

    def _finished(self, made: _Paragraph, shown: Any) -> list[Part]:
        self._flush(made)
        own = made.pieces.pop(self._kind, [])
        parts = list(made.before)
        if own:
            parts.append(self._block(made, tuple(own), shown))
        parts += [Block(kind, tuple(pieces), style=made.style.name) for kind, pieces in made.pieces.items()]
        return [*parts, *made.after]

    def _block(self, made: _Paragraph, pieces: tuple[Piece, ...], shown: Any) -> Block:
        style, kind, level, sure = made.style, self._kind, 0, False
        number = shown.text if shown else ""
        if kind == "paragraph":
            if style.role == "contents" or made.in_contents > (made.plain + made.strong) // 2:
                kind = "furniture"
            elif style.role == "title" or (style.level and not style.role):
                kind, level, sure = "heading", style.level if not style.role else 0, True
            elif style.role == "caption":
                kind = "caption"
            elif shown or style.role == "list":
                kind, level, sure = "item", max(shown.depth if shown else 1, style.level), True
        total = made.plain + made.strong
        return Block(
            kind, pieces, level, number, sure,
            bold=total > 0 and made.plain == 0,
            size=max(made.sizes, key=lambda size: (made.sizes[size], size)) if made.sizes else None,
            style=style.role if style.role in ("title", "subtitle") else style.name,
            label=self._label,
            links=tuple(made.links),
        )  # fmt: skip

    # --- what stands in a paragraph

    def _inline(self, elements: Any, made: _Paragraph, look: Letters, link: str | None) -> None:
        for element in elements:
            tag = element.tag
            if tag == W + "r":
                self._inline(element, made, self._look(element, look), link)
            elif tag == W + "t":
                self._text(element, made, look, link)
            elif tag in _SPACES:
                made.text.append(_SPACES[tag])
            elif tag in _PROPERTIES:
                continue
            elif tag == W + "hyperlink":
                target = self._addresses.get(element.get(R + "id", ""), "")
                self._inline(element, made, look, target or link)
            elif tag in (W + "fldChar", W + "instrText"):
                self._fields.meet(element)
            elif tag == W + "fldSimple":
                self._inline(element, made, look, self._fields.address(element.get(W + "instr", "")) or link)
            elif tag in _GONE:
                self._switched(element, made, look, "double")
            elif tag in (W + "footnoteReference", W + "endnoteReference", W + "commentReference"):
                self._mark(tag.removeprefix(W).removesuffix("Reference"), element)
            elif tag in (W + "txbxContent", W + "p", W + "tbl"):
                self._box(element, made)
            elif tag == MC + "AlternateContent":
                self._boxes(element, made, look, link)
            elif tag in _PICTURES:
                self._picture(element, made, look, link)
            elif len(element):
                self._inline(element, made, look, link)

    def _text(self, element: Any, made: _Paragraph, look: Letters, link: str | None) -> None:
        self._seen.add(id(element))
        text = element.text or "" if not len(element) else "".join(element.itertext())
        if look.hidden and made.channel == "paragraph":
            self._flush(made)
            made.text.append(text)
            self._flush(made, "hidden")
            return
        made.text.append(text)
        size = len(text.strip())
        if not size:
            return
        if look.bold or look.marked:
            made.strong += size
        else:
            made.plain += size
        if look.size:
            made.sizes[look.size] = made.sizes.get(look.size, 0) + size
        if self._fields.in_contents:
            made.in_contents += size
        if address := link or self._fields.link:
            made.links[address] = None

    def _look(self, run: Any, look: Letters) -> Letters:
        """How the letters of a run look, over those of its paragraph."""
        properties = run.find(W + "rPr")
        if properties is None or not len(properties):
            return look
        own = letters_of(properties)
        style = properties.find(W + "rStyle")
        if style is not None:
            name = style.get(VAL, "")
            look = self._styles.character(name).over(look)
        return own.over(look)

    def _switched(self, element: Any, made: _Paragraph, look: Letters, channel: Kind, link: str | None = None) -> None:
        """What may be of another kind in the middle of a paragraph."""
        if channel == made.channel:
            self._inline(element, made, look, link)
            return
        self._flush(made)
        before, made.channel = made.channel, channel
        counted = made.plain, made.strong
        self._inline(element, made, look, link)
        self._flush(made)
        made.channel, (made.plain, made.strong) = before, counted

    def _flush(self, made: _Paragraph, channel: Kind | None = None) -> None:
        text = "".join(made.text)
        made.text.clear()
        if text and (not text.isspace() or made.pieces.get(channel or made.channel)):
            made.pieces.setdefault(channel or made.channel, []).append(self._piece(text, made.at))

    def _piece(self, text: str, at: At) -> Piece:
        self._order += 1
        return Piece(text, at, self._order)

    def _mark(self, kind: str, element: Any) -> None:
        """Notes are numbered in the order in which the text refers to them."""
        known = self._marks.setdefault(kind, {})
        known.setdefault(element.get(W + "id", ""), str(len(known) + 1))

    # --- boxes and pictures

    def _box(self, element: Any, made: _Paragraph) -> None:
        self._flush(made)
        outer, self._fields = self._fields, Fields(element)
        parts = self.blocks((element,)) if element.tag != W + "txbxContent" else self.blocks(element)
        self._fields = outer
        (made.after if made.pieces else made.before).extend(parts)

    def _boxes(self, element: Any, made: _Paragraph, look: Letters, link: str | None) -> None:
        """Alternatives inside a run: a box and its copy for older programs, as a rule."""

        def read(way: Any) -> list[Part]:
            self._switched(way, made, look, self._kind, link)
            return []

        self._alternatives(element, read)

    def _picture(self, element: Any, made: _Paragraph, look: Letters, link: str | None) -> None:
        if next(element.iter(W + "txbxContent"), None) is not None or next(element.iter(W + "t"), None) is not None:
            self._inline(element, made, look, link)
        elif self._kind == "paragraph":
            label = next((text for text in _described(element) if text), "")
            made.after.append(Block("picture", (), label=label))


def _described(element: Any) -> Iterator[str]:
    for child in element.iter():
        if isinstance(child.tag, str) and child.tag.endswith(("}docPr", "}shape", "}imagedata")):
            yield (child.get("descr") or child.get("alt") or child.get("title") or "").strip()
