"""What is drawn on the pages of a PDF: every character with its place, the lines that rule it, pictures and links.

Places are points from the page's upper left corner as it is looked at.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from typing import Any, Final

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import MATRIX_IDENTITY, apply_matrix_pt, mult_matrix

from samplan.edges.imports.errors import Unreadable
from samplan.edges.imports.readers.pdf_content import Interpreter

_BOLD: Final = re.compile(r"bold|black|heavy|demi|semibd|-bd\b", re.IGNORECASE)
_FORCED_BOLD: Final = 1 << 18
_UNKNOWN: Final = "\ufffd"
_THIN: Final = 3.5
"""Points: a rectangle that is thinner is a line."""
_NO_MARK: Final = -1


class Char:
    """A drawn character (some fonts draw several letters as one). `mark`: the number of its marked content, -1 for
    none; `aside`: drawn as decoration, as the file says; `turn`: quarters of a turn, 0 for upright."""

    __slots__ = ("aside", "base", "bold", "mark", "size", "text", "turn", "x0", "x1")

    def __init__(
        self, text: str, x0: float, x1: float, base: float, size: float, bold: bool, mark: int, aside: bool, turn: int
    ) -> None:
        self.text = text
        self.x0 = x0
        self.x1 = x1
        self.base = base
        self.size = size
        self.bold = bold
        self.mark = mark
        self.aside = aside
        self.turn = turn


@dataclass(frozen=True, slots=True)
class Rule:
    """A line that is drawn straight up or across; `fill`: the edge of a coloured field."""

    x0: float
    top: float
    x1: float
    bottom: float
    fill: bool = False

    @property
    def upright(self) -> bool:
        return self.bottom - self.top > self.x1 - self.x0


@dataclass(slots=True)
class Page:
    """`pictured`: the part of the page that pictures cover, from 0 to 1. `links`: addresses and where they lie."""

    number: int
    identity: int
    width: float
    height: float
    chars: list[Char] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    links: list[tuple[float, float, float, float, str]] = field(default_factory=list)
    pictured: float = 0.0


class _Device(PDFTextDevice):
    """Takes down what a page draws."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.page = Page(0, 0, 0, 0)
        self._fonts: dict[int, tuple[Any, bool, dict[int, tuple[str, float]]]] = {}
        self._marks: list[tuple[int, bool]] = []
        self._mark, self._aside = _NO_MARK, False
        self._figures: list[Any] = []

    def start(self, page: Page) -> None:
        self.page = page
        self._marks, self._figures = [], []
        self._mark, self._aside = _NO_MARK, False

    # --- marked content

    def begin_tag(self, tag: PSLiteral, props: Any = None) -> None:
        self._marks.append((self._mark, self._aside))
        if isinstance(props, dict):
            mark = resolve1(props.get("MCID"))
            # Inside a form the numbers are the form's own.
            if isinstance(mark, int) and not self._figures:
                self._mark = mark
        if tag.name == "Artifact":
            self._aside = True

    def end_tag(self) -> None:
        if self._marks:
            self._mark, self._aside = self._marks.pop()

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        self._figures.append((self.ctm, self._mark))

    def end_figure(self, _name: str) -> None:
        ctm, self._mark = self._figures.pop()
        self.set_ctm(ctm)

    def render_image(self, name: str, stream: Any) -> None:
        if self.ctm is None:
            return
        corners = [apply_matrix_pt(self.ctm, point) for point in ((0, 0), (1, 1))]
        wide = min(max(corners[0][0], corners[1][0]), self.page.width) - max(min(corners[0][0], corners[1][0]), 0)
        high = min(max(corners[0][1], corners[1][1]), self.page.height) - max(min(corners[0][1], corners[1][1]), 0)
        if wide > 0 and high > 0:
            self.page.pictured += wide * high / max(self.page.width * self.page.height, 1)

    # --- lines

    def paint_path(self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:
        if not path or not (stroke or fill) or self.ctm is None:
            return
        if fill and not stroke and _is_white(graphicstate):
            return
        start = here = None
        points: list[tuple[float, float]] = []
        for step in path:
            if step[0] == "m":
                self._shape(points, stroke, fill)
                points = [apply_matrix_pt(self.ctm, (step[1], step[2]))]
                start = here = points[0]
            elif step[0] == "l" and here is not None:
                here = apply_matrix_pt(self.ctm, (step[1], step[2]))
                points.append(here)
            elif step[0] == "h" and start is not None:
                points.append(start)
            else:  # a curve rules nothing
                points = []
                here = None
        self._shape(points, stroke, fill)

    def _shape(self, points: list[tuple[float, float]], stroke: bool, fill: bool) -> None:
        """Lines of a path without curves: a thin field is one line, a wide one four."""
        if len(points) < 2:
            return
        xs, ys = [x for x, _ in points], [self.page.height - y for _, y in points]
        x0, x1, top, bottom = min(xs), max(xs), min(ys), max(ys)
        if x1 - x0 < _THIN or bottom - top < _THIN:
            if max(x1 - x0, bottom - top) >= 1:
                middle_x, middle_y = (x0 + x1) / 2, (top + bottom) / 2
                if bottom - top > x1 - x0:
                    self.page.rules.append(Rule(middle_x, top, middle_x, bottom))
                else:
                    self.page.rules.append(Rule(x0, middle_y, x1, middle_y))
            return
        if fill and not stroke and (x1 - x0 > self.page.width * 0.98 and bottom - top > self.page.height * 0.9):
            return  # the paper itself
        for (ax, ay), (bx, by) in pairwise(points):
            if abs(ax - bx) < 0.5 or abs(ay - by) < 0.5:
                ay, by = self.page.height - ay, self.page.height - by
                self.page.rules.append(Rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), fill and not stroke))

    # --- text

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        font = textstate.font
        if font.is_vertical():
            super().render_string(textstate, seq, ncs, graphicstate)
            return
        known = self._fonts.get(id(font))
        if known is None:
            known = self._fonts[id(font)] = (font, _is_bold(font), {})
        _, bold, glyphs = known
        bold = bold or textstate.render == 2
        a, b, c, d, e, f = mult_matrix(textstate.matrix, self.ctm or MATRIX_IDENTITY)
        size = textstate.fontsize
        scaling = textstate.scaling * 0.01
        charspace = textstate.charspace * scaling
        wordspace = 0.0 if font.is_multibyte() else textstate.wordspace * scaling
        per_unit = 0.001 * size * scaling
        x, y = textstate.linematrix
        rise = textstate.rise
        drawn = abs(size) * math.hypot(c, d)
        turn = 0 if a > 0 and abs(b) <= abs(a) else _quarters(a, b)
        height, mark, aside, add = self.page.height, self._mark, self._aside, self.page.chars.append
        spaced = False
        for part in seq:
            if isinstance(part, bytes):
                for code in font.decode(part):
                    if spaced:
                        x += charspace
                    glyph = glyphs.get(code)
                    if glyph is None:
                        glyph = glyphs[code] = _glyph(font, code)
                    text, width = glyph
                    advance = width * size * scaling
                    px, py = a * x + c * (y + rise) + e, b * x + d * (y + rise) + f
                    if turn == 0:
                        end = px + a * advance
                        add(Char(text, min(px, end), max(px, end), height - py, drawn, bold, mark, aside, 0))
                    else:
                        self._turned(text, px, height - py, math.hypot(a, b) * advance, drawn, bold, turn)
                    x += advance
                    if code == 32 and wordspace:
                        x += wordspace
                    spaced = True
            elif isinstance(part, int | float):
                x -= part * per_unit
                spaced = True
        textstate.linematrix = (x, y)

    def render_char(self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int, ncs: Any,
                    graphicstate: Any) -> float:  # fmt: skip
        """A character of a font that is set from top to bottom."""
        text, width = _glyph(font, cid)
        x, y = matrix[4], self.page.height - matrix[5]
        size = abs(fontsize)
        char = Char(text, x, x + size, y + size, size, _is_bold(font), self._mark, self._aside, 0)
        self.page.chars.append(char)
        return width * fontsize * scaling

    def _turned(self, text: str, x: float, y: float, long: float, size: float, bold: bool, turn: int) -> None:
        """Turned text is kept as if the page were turned until it stands upright."""
        along, across = {1: (-y, x), 2: (-x, -y), 3: (y, -x)}[turn]
        self.page.chars.append(Char(text, along, along + long, across, size, bold, self._mark, self._aside, turn))


def _quarters(a: float, b: float) -> int:
    """How far text is turned: 1: it runs up the page, 2: upside down, 3: down the page."""
    if abs(a) >= abs(b):
        return 0 if a > 0 else 2
    return 1 if b > 0 else 3


def _glyph(font: Any, code: int) -> tuple[str, float]:
    try:
        text = font.to_unichr(code)
    except PDFUnicodeNotDefined:
        text = _UNKNOWN
    # Half a pair of code units is no character.
    text = re.sub("[\ud800-\udfff]", _UNKNOWN, text) or _UNKNOWN
    return text, float(font.char_width(code))


def _is_bold(font: Any) -> bool:
    name = str(font.fontname)
    weight = resolve1(font.descriptor.get("FontWeight", 0))
    heavy = isinstance(weight, int | float) and weight >= 600
    return bool(_BOLD.search(name)) or bool(font.flags & _FORCED_BOLD) or heavy


def _is_white(state: Any) -> bool:
    color = state.ncolor
    if isinstance(color, int | float):
        return color > 0.99
    return isinstance(color, tuple) and len(color) == 3 and all(isinstance(v, int | float) and v > 0.99 for v in color)


def opened(content: bytes) -> PDFDocument:
    """The document. Raises Unreadable "encrypted" where it asks for a password, and what the library raises of a
    broken file."""
    try:
        return PDFDocument(PDFParser(BytesIO(content)))
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise Unreadable("encrypted") from error


def pages_of(document: PDFDocument) -> list[PDFPage]:
    return list(PDFPage.create_pages(document))


def drawn(pages: list[PDFPage]) -> Iterator[Page]:
    """Each page with what is drawn on it."""
    manager = PDFResourceManager()
    device = _Device(manager)
    interpreter = Interpreter(manager, device)
    for number, source in enumerate(pages, start=1):
        x0, y0, x1, y1 = source.mediabox
        wide, high = abs(x1 - x0), abs(y1 - y0)
        if source.rotate in (90, 270):
            wide, high = high, wide
        page = Page(number, source.pageid if isinstance(source.pageid, int) else 0, wide, high)
        device.start(page)
        interpreter.process_page(source)
        page.links = list(_links(source, page))
        yield page


def _links(source: PDFPage, page: Page) -> Iterator[tuple[float, float, float, float, str]]:
    x0, y0, x1, y1 = source.mediabox
    matrix = {
        90: (0, -1, 1, 0, -y0, x1),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, 1, -1, 0, y1, -x0),
    }.get(source.rotate, (1, 0, 0, 1, -x0, -y0))
    annotations = resolve1(source.annots)
    for reference in annotations if isinstance(annotations, list) else ():
        annotation = resolve1(reference)
        if not isinstance(annotation, dict):
            continue
        action = resolve1(annotation.get("A"))
        address = resolve1(action.get("URI")) if isinstance(action, dict) else None
        place = resolve1(annotation.get("Rect"))
        if not isinstance(address, bytes) or not isinstance(place, list) or len(place) != 4:
            continue
        corners = [resolve1(value) for value in place]
        if not all(isinstance(value, int | float) for value in corners):
            continue
        ax, ay = apply_matrix_pt(matrix, (corners[0], corners[1]))
        bx, by = apply_matrix_pt(matrix, (corners[2], corners[3]))
        text = address.decode("utf-8", "replace").strip()
        yield min(ax, bx), page.height - max(ay, by), max(ax, bx), page.height - min(ay, by), text
