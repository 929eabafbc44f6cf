"""The drawn signs: state shapes (silhouettes that differ without colour) and a few line icons, on a 16 unit square."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

_LINE = 'fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"'
_CUT = 'fill="none" stroke="var(--state-ground, var(--sheet))" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"'
_FULL = 'fill="currentColor"'

_DRAWN: dict[str, str] = {
    "open": f'<circle cx="8" cy="8" r="6" {_LINE} stroke-dasharray="0.5 2.64"/>',
    "draft": f'<circle cx="8" cy="8" r="5.8" {_LINE}/><path {_FULL} d="M8 2.200a5.800 5.800 0 0 0 0 11.600z"/>',
    "submitted": f'<path {_FULL} d="M1.500 2.500 15 8 1.500 13.500 4 8.800 9.500 8 4 7.200z"/>',
    "approved": f'<circle cx="8" cy="8" r="6.200" {_LINE}/><path {_LINE} d="m5 8.300 2.100 2.100L11 6.200"/>',
    "accepted": f'<circle cx="8" cy="8" r="7" {_FULL}/><path {_CUT} d="m4.800 8.300 2.200 2.200 4.200-4.500"/>',
    "returned": f'<path {_FULL} d="M1.500 2h13v9.500H8.500L5 15v-3.500H1.500z"/>'
    f'<path {_CUT} d="M6.300 5.200c.3-1 3.500-1.100 3.400.6 0 1-1.700 1-1.700 2M8 9.900v.05"/>',
    "nothing": f'<rect x="2" y="2" width="12" height="12" rx="2" {_LINE}/><path {_LINE} d="M5 8h6"/>',
    "declined": f'<rect x="2" y="2" width="12" height="12" rx="2" {_LINE}/><path {_LINE} d="m5.500 5.500 5 5m0-5-5 5"/>',
    "late": f'<path {_FULL} d="M8 .5 15.500 8 8 15.500.5 8z"/><path {_CUT} d="M8 5v3.200l2 1.600"/>',
    "none": f'<path {_LINE} d="M6 8h4"/>',
    "tick": f'<circle cx="8" cy="8" r="7" {_FULL}/><path {_CUT} d="m4.800 8.300 2.200 2.200 4.200-4.500"/>',
    "warning": f'<path {_FULL} d="M8 1.300 15.500 14.500H.5z"/><path {_CUT} d="M8 6v4M8 12.200v.05"/>',
    "info": f'<circle cx="8" cy="8" r="7" {_FULL}/><path {_CUT} d="M8 7.500v4M8 4.700v.05"/>',
    "chevron": f'<path {_LINE} d="m4 6 4 4 4-4"/>',
    "menu": f'<path {_LINE} d="M2 4h12M2 8h12M2 12h12"/>',
    "search": f'<circle cx="7" cy="7" r="4.800" {_LINE}/><path {_LINE} d="m10.700 10.700 3.800 3.800"/>',
    "help": f'<circle cx="8" cy="8" r="6.500" {_LINE}/><path {_LINE} d="M6.200 6.200c.4-1.600 3.800-1.400 3.600.5 0 1.100-1.800 1.200-1.800 2.300M8 11.500v.05"/>',
    "document": f'<path {_LINE} d="M3.500 1.500h6l3 3v10h-9zM9.500 1.500v3h3M6 8h4M6 11h4"/>',
    "download": f'<path {_LINE} d="M8 2v8m-3-3 3 3 3-3M2.500 13.500h11"/>',
    "calendar": f'<path {_LINE} d="M2 3.500h12v10.500H2zM2 6.800h12M5 1.500v3M11 1.500v3"/>',
    "money": f'<ellipse cx="8" cy="4" rx="5.500" ry="2.200" {_LINE}/><path {_LINE} d="M2.500 4v8c0 3 11 3 11 0V4M2.500 8c0 3 11 3 11 0"/>',
    "people": f'<circle cx="6" cy="5" r="2.500" {_LINE}/><path {_LINE} d="M1.500 14c0-6 9-6 9 0M10.500 2.700a2.500 2.500 0 0 1 0 4.600M12 10c2 .7 2.700 2 2.700 4"/>',
    "bell": f'<path {_LINE} d="M3 11.500c2-2 .5-8.500 5-8.500s3 6.500 5 8.500zM6.500 13.800c.5 1 2.500 1 3 0M8 1.500V3"/>',
    "saved": f'<path {_LINE} d="M4.500 13a3.300 3.300 0 0 1-.3-6.600 4 4 0 0 1 7.700 0 3.300 3.300 0 0 1-.4 6.600zM6 9.200l1.600 1.600 2.700-2.900"/>',
    "link": f'<path {_LINE} d="M6.800 9.200a2.800 2.800 0 0 0 4 0l2.500-2.500a2.800 2.800 0 0 0-4-4L8.200 3.800M9.200 6.800a2.800 2.800 0 0 0-4 0L2.700 9.300a2.800 2.800 0 0 0 4 4l1.100-1.100"/>',
    "plus": f'<path {_LINE} d="M8 2.500v11M2.500 8h11"/>',
    "edit": f'<path {_LINE} d="m2.500 13.500.7-3.200 8-8 2.500 2.500-8 8z"/>',
    "arrow": f'<path {_LINE} d="M2.500 8h11m-4-4 4 4-4 4"/>',
    "history": f'<path {_LINE} d="M2.500 4v3h3M2.700 7a5.600 5.600 0 1 1 .4 3.500M8 5v3.200l2 1.300"/>',
    "lock": f'<path {_LINE} d="M3 7.500h10v7H3zM5 7.500V5a3 3 0 0 1 6 0v2.500"/>',
}

SHAPES = {name: SafeString(drawn) for name, drawn in _DRAWN.items()}


def svg(name: str) -> SafeString:
    """The sign `name` as inline SVG in the colour of the text around it. Raises KeyError for an unknown name."""
    return format_html(
        '<svg class="icon icon--{}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">{}</svg>',
        name,
        SHAPES[name],
    )
