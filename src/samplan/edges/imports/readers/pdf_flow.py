"""A page whose file tells no structure: its tables and lines in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from samplan.edges.imports.readers.pdf_cells import Sheet, bare, carried_on, from_grid
from samplan.edges.imports.readers.pdf_grid import fill, grids
from samplan.edges.imports.readers.pdf_lines import Strip, joined, strips, without_doubles
from samplan.edges.imports.readers.pdf_margins import Sides, footnotes, furniture, usual_size
from samplan.edges.imports.readers.pdf_order import Placed, columns_edge, reading_order
from samplan.edges.imports.readers.pdf_page import Char, Page, Rule


@dataclass(slots=True)
class Laid:
    """A page on its way: rows of stretches outside its ruled tables; text that is turned; letters drawn twice."""

    page: Page
    sheets: list[Sheet]
    rows: list[list[Strip]]
    turned: list[Strip]
    doubles: list[Strip]
    levels: list[float]


@dataclass(slots=True)
class FlowLine:
    """A line in reading order. `gap`: white space above in line heights, None at the top of a column; `shift`: how far
    its column stands from the leftmost."""

    strip: Strip
    gap: float | None
    shift: float = 0.0
    furniture: bool = False
    note: bool = False


@dataclass(slots=True)
class Flow:
    """A page in reading order."""

    page: Page
    items: list[FlowLine | Sheet] = field(default_factory=list)
    turned: list[Strip] = field(default_factory=list)
    doubles: list[Strip] = field(default_factory=list)


def laid(page: Page) -> Laid:
    """Tables apart from text, characters as stretches of lines."""
    page = _upright(page)
    kept, doubled = without_doubles(page.chars)
    sheets: list[Sheet] = []
    for grid in grids(page.rules):
        rest = fill(grid, kept)
        sheet = from_grid(grid, page.number)
        if sheet is not None:
            sheets.append(sheet)
            kept = rest
    straight = [char for char in kept if char.turn == 0]
    levels = sorted({rule.top for rule in page.rules if not rule.upright and rule.x1 - rule.x0 >= 100})
    return Laid(
        page,
        sheets,
        strips(straight, page.number),
        [line for turn in (1, 2, 3) for line in _rows((char for char in kept if char.turn == turn), page.number)],
        [line for turn in range(4) for line in _rows((char for char in doubled if char.turn == turn), page.number)],
        levels,
    )


def _rows(chars: Iterable[Char], page: int) -> list[Strip]:
    return [joined(row) for row in strips(chars, page)]


def _upright(page: Page) -> Page:
    """A page whose text is turned as a whole is turned back."""
    turns = [0, 0, 0, 0]
    for char in page.chars:
        turns[char.turn] += 1
    turn = turns.index(max(turns))
    if turn == 0 or turns[turn] * 10 < sum(turns) * 6:
        return page
    wide, high = page.width, page.height

    def place(x: float, y: float) -> tuple[float, float]:
        return {1: (high - y, x), 2: (wide - x, high - y), 3: (y, wide - x)}[turn]

    made = Page(page.number, page.identity, *((wide, high) if turn == 2 else (high, wide)), pictured=page.pictured)
    along, across = {1: (high, 0.0), 2: (wide, high), 3: (0.0, wide)}[turn]
    for char in page.chars:
        if char.turn == turn:
            moved = Char(
                char.text, char.x0 + along, char.x1 + along, char.base + across, char.size, char.bold, char.mark,
                char.aside, 0,
            )  # fmt: skip
        else:
            moved = Char(
                char.text,
                char.x0,
                char.x1,
                char.base,
                char.size,
                char.bold,
                char.mark,
                char.aside,
                (char.turn - turn) % 4,
            )
        made.chars.append(moved)
    for rule in page.rules:
        (ax, ay), (bx, by) = place(rule.x0, rule.top), place(rule.x1, rule.bottom)
        made.rules.append(Rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), rule.fill))
    for x0, top, x1, bottom, address in page.links:
        (ax, ay), (bx, by) = place(x0, top), place(x1, bottom)
        made.links.append((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), address))
    return made


def flows(pages: Sequence[Laid]) -> list[Flow]:
    """Each page in reading order; what is told from all of them together: running heads, the usual size of type."""
    around = furniture([Sides(one.page.number, one.page.height, one.rows) for one in pages])
    size = usual_size([strip for one in pages for row in one.rows for strip in row])
    made: list[Flow] = []
    open_sheet: Sheet | None = None
    for one in pages:
        flow, open_sheet = _flow(one, around[one.page.number], size, open_sheet)
        made.append(flow)
    return made


def _flow(one: Laid, around: set[int], size: float, before: Sheet | None) -> tuple[Flow, Sheet | None]:
    rows = [row for n, row in enumerate(one.rows) if n not in around]
    aside = [joined(one.rows[n]) for n in sorted(around)]
    sheets = list(one.sheets)
    loose: list[list[Strip]] = []
    if before is not None and not (sheets and rows and sheets[0].top < rows[0][0].top):
        sheet, after = carried_on(rows, before, one.levels)
        if sheet is not None:
            sheets.append(sheet)
            rows = rows[after:]
    edge = columns_edge([Placed(s.x0, s.top, s.x1, s.bottom, s) for row in rows for s in row])
    while (found := bare(rows, one.levels, edge)) is not None:
        sheet, first, after = found
        sheets.append(sheet)
        loose += rows[:first]
        rows = rows[after:]
    loose += rows
    things: list[Placed[Strip | Sheet]] = [
        Placed(sheet.edges[0], sheet.top, sheet.edges[-1], sheet.bottom, sheet, solid=True) for sheet in sheets
    ]
    things += [Placed(strip.x0, strip.top, strip.x1, strip.bottom, strip) for row in loose for strip in row]
    flow = Flow(one.page, turned=one.turned, doubles=one.doubles)
    middle = one.page.height / 2
    flow.items += [FlowLine(line, None, furniture=True) for line in aside if line.base < middle]
    text_left = min((thing.x0 for thing in things), default=0.0)
    for stretch in reading_order(things):
        flow.items += _column(stretch, min(thing.x0 for thing in stretch) - text_left, size)
    flow.items += [FlowLine(line, None, furniture=True) for line in aside if line.base >= middle]
    last = next((item for item in reversed(flow.items) if not (isinstance(item, FlowLine) and item.furniture)), None)
    return flow, last if isinstance(last, Sheet) and last.head else None


def _column(stretch: Sequence[Placed[Strip | Sheet]], shift: float, size: float) -> list[FlowLine | Sheet]:
    """The lines and tables of a stretch of one column, footnotes marked."""
    items: list[FlowLine | Sheet] = []
    row: list[Strip] = []

    def flush() -> None:
        if row:
            items.append(FlowLine(joined(sorted(row, key=lambda strip: strip.x0)), None, shift))
            row.clear()

    for thing in stretch:
        if isinstance(thing.what, Sheet):
            flush()
            items.append(thing.what)
            continue
        if row and abs(thing.what.base - row[0].base) > 0.35 * min(thing.what.size, row[0].size):
            flush()
        row.append(thing.what)
    flush()
    bottom: float | None = None
    for item in items:
        if isinstance(item, Sheet):
            bottom = item.bottom
        else:
            if bottom is not None:
                item.gap = max((item.strip.top - bottom) / max(item.strip.size, 1.0), 0.0)
            bottom = item.strip.bottom
    ending: list[FlowLine] = []
    for item in reversed(items):
        if isinstance(item, Sheet):
            break
        ending.insert(0, item)
    for line in ending[footnotes([one.strip for one in ending], size) :]:
        line.note = True
    return items
