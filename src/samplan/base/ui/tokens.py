"""The tokens of the style sheet, read where they are set, and how well one colour is seen on another."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

COLOUR = re.compile(r"--([a-z0-9-]+): (#[0-9A-F]{6});")
DARK = "@media (prefers-color-scheme: dark)"


@cache
def _sheet() -> str:
    return files("samplan.base.ui").joinpath("static/samplan/css/tokens.css").read_text(encoding="utf-8")


@cache
def colours(dark: bool) -> dict[str, str]:
    """The colours of one mode by their names, as `#RRGGBB`."""
    light, night = _sheet().split(DARK)
    return dict(COLOUR.findall(light)) | (dict(COLOUR.findall(night.split("@media")[0])) if dark else {})


def sizes(prefix: str) -> dict[str, str]:
    """Tokens whose name begins so ("s", "size-", "r-"), as they are set first: for a wide screen."""
    pattern = re.compile(rf"--({prefix}[a-z0-9]+): ([0-9.]+(?:rem|px));")
    found: dict[str, str] = {}
    for name, value in pattern.findall(_sheet().split(DARK)[0]):
        found.setdefault(name, value)
    return found


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white), as WCAG 2.2 defines it."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)
