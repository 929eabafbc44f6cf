"""The drawn signs: state shapes (silhouettes that differ without colour) and line icons, on a square of 16 units."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_STROKE = 'fill="none" stroke-linecap="round" stroke-linejoin="round"'
_LINE = f'{_STROKE} stroke="currentColor" stroke-width="1.5"'
_CUT = f'{_STROKE} stroke="var(--state-ground, var(--sheet))" stroke-width="1.7"'


def _full(path: str) -> str:
    return f'<path fill="currentColor" d="{path}"/>'


def _line(path: str) -> str:
    return f'<path {_LINE} d="{path}"/>'


def _cut(path: str) -> str:
    """A line cut out of a filled shape: it has the colour of the ground."""
    return f'<path {_CUT} d="{path}"/>'


def _ring(radius: float, x: float = 8, y: float = 8, more: str = "") -> str:
    return f'<circle cx="{x}" cy="{y}" r="{radius}" {_LINE}{more}/>'


_DISC = '<circle cx="8" cy="8" r="7" fill="currentColor"/>'
_BOX = f'<rect x="2" y="2" width="12" height="12" rx="2" {_LINE}/>'

_DRAWN: dict[str, str] = {
    "open": _ring(6, more=' stroke-dasharray="0.5 2.64"'),
    "draft": _ring(5.8) + _full("M8 2.2a5.8 5.8 0 0 0 0 11.6z"),
    "submitted": _full("M1.5 2.5 15 8 1.5 13.5 4 8.8 9.5 8 4 7.2z"),
    "approved": _ring(6.2) + _line("m5 8.3 2.1 2.1L11 6.2"),
    "accepted": _DISC + _cut("m4.8 8.3 2.2 2.2 4.2-4.5"),
    "returned": _full("M1.5 2h13v9.5H8.5L5 15v-3.5H1.5z")
    + _cut("M6.3 5.2c.3-1 3.5-1.1 3.4.6 0 1-1.7 1-1.7 2M8 9.9v.05"),
    "nothing": _BOX + _line("M5 8h6"),
    "declined": _BOX + _line("m5.5 5.5 5 5m0-5-5 5"),
    "late": _full("M8 .5 15.5 8 8 15.5.5 8z") + _cut("M8 5v3.2l2 1.6"),
    "none": _line("M6 8h4"),
    "tick": _DISC + _cut("m4.8 8.3 2.2 2.2 4.2-4.5"),
    "warning": _full("M8 1.3 15.5 14.5H.5z") + _cut("M8 6v4M8 12.2v.05"),
    "info": _DISC + _cut("M8 7.5v4M8 4.7v.05"),
    "chevron": _line("m4 6 4 4 4-4"),
    "menu": _line("M2 4h12M2 8h12M2 12h12"),
    "search": _ring(4.8, 7, 7) + _line("m10.7 10.7 3.8 3.8"),
    "help": _ring(6.5) + _line("M6.2 6.2c.4-1.6 3.8-1.4 3.6.5 0 1.1-1.8 1.2-1.8 2.3M8 11.5v.05"),
    "document": _line("M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3M6 8h4M6 11h4"),
    "download": _line("M8 2v8m-3-3 3 3 3-3M2.5 13.5h11"),
    "calendar": _line("M2 3.5h12v10.5H2zM2 6.8h12M5 1.5v3M11 1.5v3"),
    "money": _line("M2.5 4c0-3 11-3 11 0s-11 3-11 0v8c0 3 11 3 11 0V4M2.5 8c0 3 11 3 11 0"),
    "people": _ring(2.5, 6, 5) + _line("M1.5 14c0-6 9-6 9 0M10.5 2.7a2.5 2.5 0 0 1 0 4.6M12 10c2 .7 2.7 2 2.7 4"),
    "bell": _line("M3 11.5c2-2 .5-8.5 5-8.5s3 6.5 5 8.5zM6.5 13.8c.5 1 2.5 1 3 0M8 1.5V3"),
    "saved": _line("M4.5 13a3.3 3.3 0 0 1-.3-6.6 4 4 0 0 1 7.7 0 3.3 3.3 0 0 1-.4 6.6z")
    + _line("M6 9.2l1.6 1.6 2.7-2.9"),
    "link": _line("M6.8 9.2a2.8 2.8 0 0 0 4 0l2.5-2.5a2.8 2.8 0 0 0-4-4L8.2 3.8")
    + _line("M9.2 6.8a2.8 2.8 0 0 0-4 0L2.7 9.3a2.8 2.8 0 0 0 4 4l1.1-1.1"),
    "plus": _line("M8 2.5v11M2.5 8h11"),
    "edit": _line("m2.5 13.5.7-3.2 8-8 2.5 2.5-8 8z"),
    "up": _line("m4 9 4-4 4 4"),
    "down": _line("m4 6.5 4 4 4-4"),
    "first": _line("m4 11.5 4-4 4 4M4 4h8"),
    "last": _line("m4 4 4 4 4-4M4 12h8"),
    "grip": _full("M5.2 2.6a1.3 1.3 0 1 1 0 .1zM5.2 8a1.3 1.3 0 1 1 0 .1zM5.2 13.4a1.3 1.3 0 1 1 0 .1z")
    + _full("M9.8 2.6a1.3 1.3 0 1 1 0 .1zM9.8 8a1.3 1.3 0 1 1 0 .1zM9.8 13.4a1.3 1.3 0 1 1 0 .1z"),
    "arrow": _line("M2.5 8h11m-4-4 4 4-4 4"),
    "history": _line("M2.5 4v3h3M2.7 7a5.6 5.6 0 1 1 .4 3.5M8 5v3.2l2 1.3"),
    "lock": _line("M3 7.5h10v7H3zM5 7.5V5a3 3 0 0 1 6 0v2.5"),
}
SHAPES = {name: SafeString(drawn) for name, drawn in _DRAWN.items()}


def svg(name: str) -> SafeString:
    """The sign `name` as inline SVG in the colour of the text around it. Raises KeyError for an unknown name."""
    return format_html(
        '<svg class="icon icon--{}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">'
        "{}</svg>",
        name,
        SHAPES[name],
    )


def sprite(names: Iterable[str]) -> SafeString:
    """The signs `names` once, unseen, for a page that shows them hundreds of times with `pointer`."""
    symbols = format_html_join(
        "", '<symbol id="tecken-{}" viewBox="0 0 16 16">{}</symbol>', ((name, SHAPES[name]) for name in names)
    )
    return format_html(
        '<svg class="sprite" width="0" height="0" aria-hidden="true" focusable="false">{}</svg>', symbols
    )


def pointer(name: str) -> SafeString:
    """The sign `name` of the page's sprite."""
    return format_html(
        '<svg class="icon" width="16" height="16" aria-hidden="true" focusable="false"><use href="#tecken-{}"/></svg>',
        name,
    )
