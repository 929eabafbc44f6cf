"""What charts are drawn with: our own small SVG, readable in grey, without colour and at arm's length.

Every series has its own pattern and its name beside it, so nothing hangs on colour. Lengths are in units of the view
box; a letter of 13 units is taken to be 7.2 wide, which is more than any of our fonts needs. The colours are those of
paper; every part has a class too, by which the style sheet of a page gives it the colours of the reader's mode.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from zlib import crc32

WIDTH = 760
PAGE = 640
"""The width of a page's column beside its margin; drawn to it, letters keep their size."""
NARROW = 350
"""The width of a telephone's page: labels stand above their bars instead of beside them."""
INK, QUIET, LINE, NOW = "#17242C", "#51585A", "#C9C9C2", "#B3264A"
SHEET, RIBBON, RIBBON_EDGE = "#FFFFFF", "#DCE7EE", "#7F9CAE"
LETTER = 7.2
ROW = 17
FILLS = ("#2B5C77", "#D9A441", "#7C8F5A", "#B3264A", "#6C6FA8", "#8A6414")
"""Told apart by lightness as well as by hue; each also has a pattern of its own."""


def pattern(number: int) -> str:
    """The definition of a series' fill: its colour with lines or dots of its own, so it can be told apart in grey."""
    fill = FILLS[number % len(FILLS)]
    marks = (
        "",
        '<path class="drawing__mark" d="M0 8 L8 0" stroke="#FFFFFF" stroke-width="2"/>',
        '<circle class="drawing__dot" cx="4" cy="4" r="1.7" fill="#FFFFFF"/>',
        '<path class="drawing__mark" d="M0 4 H8" stroke="#FFFFFF" stroke-width="2"/>',
        '<path class="drawing__mark" d="M4 0 V8" stroke="#FFFFFF" stroke-width="2"/>',
        '<path class="drawing__mark" d="M0 0 L8 8 M0 8 L8 0" stroke="#FFFFFF" stroke-width="1.4"/>',
    )[number % 6]
    return (
        f'<pattern id="fill-{number}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect class="drawing__series-{number % len(FILLS) + 1}" width="8" height="8" fill="{fill}"/>{marks}</pattern>'
    )


def wrapped(text: str, width: float) -> list[str]:
    """Lines of a text that fit in `width`; a word that is longer is broken."""
    most = max(4, int(width / LETTER))
    lines = [""]
    for word in text.split():
        for start in range(0, len(word), most):
            part = word[start : start + most]
            if lines[-1] and len(lines[-1]) + 1 + len(part) > most:
                lines.append("")
            lines[-1] = f"{lines[-1]} {part}".strip()
    return lines


def text(
    x: float, y: float, words: str, *, anchor: str = "start", bold: bool = False, quiet: bool = False,
    halo: bool = False,
) -> str:  # fmt: skip
    """`halo`: with an edge in the colour of the page, to be read on top of a ribbon."""
    weight = ' font-weight="600"' if bold else ""
    side = f' text-anchor="{anchor}"' if anchor != "start" else ""
    ink, colour = ("drawing__quiet", QUIET) if quiet else ("drawing__ink", INK)
    if halo:
        ink += " drawing__halo"
        side += f' stroke="{SHEET}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
    return f'<text class="{ink}" x="{x:g}" y="{y:g}" fill="{colour}"{side}{weight}>{escape(words)}</text>'


def block(x: float, y: float, lines: Iterable[str], **how: bool | str) -> str:
    """Lines under each other, the first at `y`."""
    return "".join(text(x, y + n * ROW, line, **how) for n, line in enumerate(lines))  # type: ignore[arg-type]


def bar(x: float, y: float, width: float, height: float, series: int) -> str:
    return (
        f'<rect class="drawing__edge" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" '
        f'fill="url(#fill-{series})" stroke="{INK}" stroke-width="0.8"/>'
    )


def ribbon(x: float, y: float, to_x: float, to_y: float, thick: float) -> str:
    """A band from one bar to another, as thick at both ends; its edges tell it from its neighbours in grey."""
    middle = (x + to_x) / 2
    path = (
        f"M{x:g} {y:g} C{middle:g} {y:g} {middle:g} {to_y:g} {to_x:g} {to_y:g} V{to_y + thick:g} "
        f"C{middle:g} {to_y + thick:g} {middle:g} {y + thick:g} {x:g} {y + thick:g} Z"
    )
    return f'<path class="drawing__ribbon" d="{path}" fill="{RIBBON}" stroke="{RIBBON_EDGE}" stroke-width="0.6"/>'


def line(path: str) -> str:
    """A thin line that helps the eye."""
    return f'<path class="drawing__line" d="{path}" stroke="{LINE}"/>'


def solid(path: str) -> str:
    """A filled shape in the colour of the text."""
    return f'<path class="drawing__ink" d="{path}" fill="{INK}"/>'


def diamond(x: float, y: float, size: float) -> str:
    """A day on the way, on its bar: dark with a light edge, so that it is seen on every fill."""
    path = f"M{x:g} {y - size:g} L{x + size:g} {y:g} L{x:g} {y + size:g} L{x - size:g} {y:g} Z"
    return f'<path class="drawing__ink drawing__rim" d="{path}" fill="{INK}" stroke="#FFFFFF" stroke-width="2"/>'


def now(x: float, top: float, bottom: float, word: str, *, room: float) -> str:
    """The line of today, with its word below it."""
    side = "end" if x > room - 60 else "start" if x < 60 else "middle"
    return (
        f'<path class="drawing__now" d="M{x:g} {top:g} V{bottom:g}" stroke="{NOW}" stroke-width="2" '
        f'stroke-dasharray="5 3" fill="none"/>{text(x, bottom + 13, word, anchor=side, bold=True)}'
    )


def key(parts: list[str], series: Iterable[tuple[int, str]], most: float) -> float:
    """The names of the series with their fills, on as many lines as they need; returns where the drawing begins."""
    x, y = 0.0, 6.0
    for number, name in series:
        width = 30 + len(name) * LETTER + 16
        if x and x + width > most:
            x, y = 0.0, y + 24
        parts += [bar(x, y, 20, 14, number), text(x + 28, y + 12, name)]
        x += width
    return y + 34


def svg(parts: Iterable[str], height: float, *, series: int, width: float = WIDTH) -> str:
    """The whole drawing."""
    drawn = "".join(pattern(number) for number in range(series)), "".join(parts)
    # Two drawings on one page have fills of their own.
    name = f"fill{crc32(drawn[1].encode()):08x}-"
    defs, body = (part.replace('id="fill-', f'id="{name}').replace("#fill-", f"#{name}") for part in drawn)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" font-family="Inter, sans-serif" '
        f'font-size="13"><defs>{defs}</defs>{body}</svg>'
    )
