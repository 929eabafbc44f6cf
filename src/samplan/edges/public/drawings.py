"""What the open site draws out of a published year: the cloth, the map of tiles, the money as one bar.

SVG with classes, coloured by the style sheet. Every drawing has its numbers in a table beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from zlib import crc32

from django.utils.html import conditional_escape as escape
from django.utils.safestring import SafeString, mark_safe

from samplan.apps.orgs import official
from samplan.edges.public.year import STEPS, Municipality, PublicYear

PITCH = 6
"""Units of a thread in the cloth."""
WARPS = 3
TILE_WIDTH, TILE_HEIGHT, TILE_GAP = 100, 78, 6
TILE_SCALE = 0.92
"""How large a tile's unit is shown: names stay readable, and a wide county's map scrolls on a telephone."""
LONG_NAME = 12


def _svg(
    parts: Sequence[str], *, width: float, height: float, kind: str, label: str, fit: str = "xMidYMid"
) -> SafeString:
    name = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true" focusable="false"'
    frame = f'viewBox="0 0 {width:g} {height:g}" preserveAspectRatio="{fit}"'
    # All words are escaped where they are put in.
    return mark_safe(f'<svg class="{kind}" {frame} {name}>{"".join(parts)}</svg>')  # noqa: S308


def shared(amounts: Sequence[int], length: int, least: int) -> list[int]:
    """`length` threads shared by amounts, each at least `least`; the parts add up to `length`."""
    total = sum(amounts) or 1
    room = max(0, length - least * len(amounts))
    exact = [amount * room / total for amount in amounts]
    parts = [least + int(part) for part in exact]
    order = sorted(range(len(amounts)), key=lambda at: -(exact[at] % 1))
    for at in order[: max(0, length - sum(parts))]:
        parts[at] += 1
    return parts


def cloth(
    year: PublicYear, *, columns: int, rows: int, label: str, chosen: str = "", fit: str = "xMidYMid slice"
) -> SafeString:
    """The plan as a weave: a stripe for each party as wide as its money, a band for each area as high as its.

    `columns` and `rows` in threads; `chosen` is the party whose stripe is the red thread. Empty without money.
    """
    areas = [area for area in year.areas if area.amount]
    if not year.parties or not areas:
        return SafeString("")
    # Two cloths on one page have patterns of their own.
    own = f"cloth{crc32(f'{columns} {rows} {chosen} {year.facts.report_uid}'.encode()):08x}-"
    parts = [f"<defs>{''.join(_warp(own, number) for number in range(WARPS + 1))}</defs>"]
    width, height = columns * PITCH, rows * PITCH
    y = 0
    for area, threads in zip(areas, shared([area.amount for area in areas], rows, 2), strict=True):
        parts.append(f'<rect class="area-{area.weave}" y="{y}" width="{width}" height="{threads * PITCH}"/>')
        y += threads * PITCH
        parts.append(f'<path class="cloth__gap" d="M0 {y - 1} H{width}"/>')
    x = 0
    widths = shared([amount for _party, amount in year.parties], columns, 2)
    for number, ((party, _amount), threads) in enumerate(zip(year.parties, widths, strict=True)):
        warp = WARPS if party == chosen else number % WARPS
        parts.append(f'<rect x="{x}" width="{threads * PITCH}" height="{height}" fill="url(#{own}{warp})"/>')
        x += threads * PITCH
        parts.append(f'<path class="cloth__gap" d="M{x - 1} 0 V{height}"/>')
    return _svg(parts, width=width, height=height, kind="cloth", label=label, fit=fit)


def _warp(own: str, number: int) -> str:
    kind = "cloth__chosen" if number == WARPS else f"cloth__warp-{number}"
    return (
        f'<pattern id="{own}{number}" width="{2 * PITCH}" height="{2 * PITCH}" patternUnits="userSpaceOnUse">'
        f'<path class="{kind}" d="M0 0h{PITCH}v{PITCH}h-{PITCH}zM{PITCH} {PITCH}h{PITCH}v{PITCH}h-{PITCH}z"/></pattern>'
    )


def swatch(weave: int) -> SafeString:
    """An area's own weave, a small square."""
    threads = (
        "M0 0h6v6h-6zM12 0h6v6h-6zM24 0h6v6h-6zM6 6h6v6h-6zM18 6h6v6h-6zM30 6h6v6h-6z",
        "M0 0h6v6h-6zM6 6h6v6h-6zM12 12h6v6h-6zM18 18h6v6h-6zM24 24h6v6h-6zM30 30h6v6h-6zM18 0h6v6h-6zM24 6h6v6h-6z"
        "M30 12h6v6h-6zM0 18h6v6h-6zM6 24h6v6h-6zM12 30h6v6h-6z",
        "M0 0h12v12h-12zM24 0h12v12h-12zM12 12h12v12h-12zM0 24h12v12h-12zM24 24h12v12h-12z",
        "M0 6h6v6h-6zM6 12h6v6h-6zM12 6h6v6h-6zM18 12h6v6h-6zM24 6h6v6h-6zM30 12h6v6h-6zM0 24h6v6h-6zM6 30h6v6h-6z"
        "M12 24h6v6h-6zM18 30h6v6h-6zM24 24h6v6h-6zM30 30h6v6h-6z",
    )[weave - 1]
    if weave == 1:
        threads += "".join(f"M{6 * (row % 2) + 12 * at} {6 * row}h6v6h-6z" for row in range(2, 6) for at in range(3))
    return _svg(
        [f'<rect class="area-{weave}" width="36" height="36"/><path class="swatch__thread" d="{threads}"/>'],
        width=36, height=36, kind="swatch", label="",
    )  # fmt: skip


@cache
def tiles() -> dict[str, tuple[int, int]]:
    """Municipality code → column and row, for every municipality of the official list; `data/tiles.txt` is the map."""
    codes = {(one.county, one.name): one.code for one in official.parties() if one.role == "municipality"}
    counties = {short: code for code, (_name, short) in official.counties().items()}
    places: dict[str, tuple[int, int]] = {}
    county, row = "", 0
    text = files("samplan.edges.public").joinpath("data", "tiles.txt").read_text(encoding="utf-8")
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith("["):
            county, row = counties[line.strip("[]")], 0
        elif line and not line.startswith("#"):
            for column, name in enumerate(part.strip() for part in line.split(",")):
                if name != "-":
                    places[codes[county, name]] = (column, row)
            row += 1
    return places


def tile_map(
    municipalities: Sequence[Municipality],
    *,
    address: Callable[[Municipality], str],
    told: Callable[[Municipality], str],
) -> SafeString:
    """A labelled square for each municipality, where it lies in the county; woven rows tell how far it has come.

    `address` leads to its page, `told` says its state in words.
    """
    places = _places(municipalities)
    parts = [
        _tile(one, *_corner(*place), address(one), f"{one.name}: {told(one)}")
        for one, place in zip(municipalities, places, strict=True)
    ]
    frame = _frame(places, TILE_SCALE)
    return mark_safe(f'<svg class="tiles" {frame} role="group">{"".join(parts)}</svg>')  # noqa: S308 (words are escaped)


def small_map(municipalities: Sequence[Municipality], *, chosen: str, label: str) -> SafeString:
    """The county's squares without names, one of them filled: where a municipality lies."""
    places = _places(municipalities)
    drawn = []
    for one, place in zip(municipalities, places, strict=True):
        x, y = _corner(*place)
        kind = "tiles__here" if one.code == chosen else "tiles__edge"
        drawn.append(f'<rect class="{kind}" x="{x}" y="{y}" width="{TILE_WIDTH}" height="{TILE_HEIGHT}"/>')
    svg = f'<svg class="tiles tiles--small" {_frame(places, TILE_SCALE / 5)} role="img" aria-label="{escape(label)}">'
    return mark_safe(f"{svg}{''.join(drawn)}</svg>")  # noqa: S308 (the label is escaped)


def _places(municipalities: Sequence[Municipality]) -> list[tuple[int, int]]:
    known = tiles()
    return [known[one.code] for one in municipalities]


def _corner(column: int, row: int) -> tuple[int, int]:
    return column * (TILE_WIDTH + TILE_GAP) + 1, row * (TILE_HEIGHT + TILE_GAP) + 1


def _frame(places: Sequence[tuple[int, int]], scale: float) -> str:
    """The size of a map, and the size that it is shown in where there is room."""
    right, below = (max((place[way] for place in places), default=0) + 1 for way in (0, 1))
    width, height = right * (TILE_WIDTH + TILE_GAP) - TILE_GAP + 2, below * (TILE_HEIGHT + TILE_GAP) - TILE_GAP + 2
    return f'viewBox="0 0 {width} {height}" width="{width * scale:.0f}" height="{height * scale:.0f}"'


def _tile(one: Municipality, x: float, y: float, url: str, words: str) -> str:
    edge = "tiles__edge" if one.parts else "tiles__edge tiles__edge--none"
    drawn = [f'<rect class="{edge}" x="{x:g}" y="{y:g}" width="{TILE_WIDTH}" height="{TILE_HEIGHT}"/>']
    lines = _name_lines(one.name)
    size = "tiles__name" if max(map(len, lines)) < LONG_NAME else "tiles__name tiles__name--long"
    for number, line in enumerate(lines):
        drawn.append(f'<text class="{size}" x="{x + 8:g}" y="{y + 20 + number * 15:g}">{escape(line)}</text>')
    apart = 12 if len(lines) == 1 else 9
    for row in range(STEPS):
        at = y + TILE_HEIGHT - 8 - row * apart
        kind = "tiles__woven" if row < one.rows else "tiles__loose"
        drawn.append(f'<path class="{kind}" d="M{x + 7:g} {at - 3:g} H{x + TILE_WIDTH - 7:g}"/>')
    return f'<a href="{escape(url)}" aria-label="{escape(words)}"><title>{escape(words)}</title>{"".join(drawn)}</a>'


def _name_lines(name: str) -> list[str]:
    """A name of two words, or of two with a hyphen, on two lines where it is too long for one."""
    if len(name) < LONG_NAME:
        return [name]
    if " " in name:
        return name.split(" ", 1)
    head, hyphen, tail = name.partition("-")
    return [head + hyphen, tail] if hyphen else [name]


def steps_sign(rows: int, *, none: bool = False) -> SafeString:
    """The same woven rows as a small sign beside words."""
    drawn = [
        f'<path class="{"tiles__woven" if row < rows else "tiles__loose"}" d="M1 {24 - row * 7} H41"/>'
        for row in range(STEPS)
    ]
    if none:
        drawn = ['<rect class="tiles__edge tiles__edge--none" x="1" y="1" width="40" height="26"/>']
    return _svg(drawn, width=42, height=28, kind="steps-sign", label="")


def money_bar(year: PublicYear, *, label: str) -> SafeString:
    """The year's money as one bar, an area as wide as its part."""
    areas = [area for area in year.areas if area.amount]
    if not areas:
        return SafeString("")
    parts, x = [], 0
    for area, width in zip(areas, shared([area.amount for area in areas], 1000, 12), strict=True):
        parts.append(f'<rect class="area-{area.weave}" x="{x}" width="{width - 3}" height="48"/>')
        x += width
    return _svg(parts, width=1000, height=48, kind="money-bar", label=label, fit="none")
