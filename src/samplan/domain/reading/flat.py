"""Tables that plain text has lost: a head of column words, and cells as short paragraphs one after the other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias

from samplan.domain.reading import heads, lines
from samplan.domain.reading.heads import Reading
from samplan.domain.reading.paras import Flow, Grid, Para, raw
from samplan.domain.reading.vocabulary import Vocabulary, pattern_of

_LONG_PARAGRAPH: Final = 260
AMOUNT: Final = re.compile(r"\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?!\d)|\d{4,}")


Rows: TypeAlias = list[tuple[list[Para], list[Para]]]
"""The rows of a lost matrix: the paragraphs of the first cell (the activity), and of all the others."""


@dataclass(slots=True, eq=False)
class Flat:
    """`kind`: `matrix` (rows of activities), `tags` (a tag beside what it means) or `money`."""

    kind: str
    columns: tuple[str, ...]
    head: tuple[Para, ...]
    paras: tuple[Para, ...]
    rows: Rows = field(default_factory=list)


def find(running: Sequence[Flow], reading: Reading) -> dict[int, tuple[Flat, int]]:
    """Regions by the index of their first paragraph: the table, and the index after its last."""
    regions: dict[int, tuple[Flat, int]] = {}
    index = 0
    while index < len(running):
        item = running[index]
        found = None
        if isinstance(item, Para):
            found = _matrix(running, index, reading) or _money(running, index, reading)
        if found:
            regions[index] = found
            index = found[1]
        else:
            index += 1
    return regions


def columns_in(text: str, words: Vocabulary) -> tuple[str, ...]:
    """The columns of a line that is nothing but heads of columns; empty for any other line."""
    parts = [part for part in re.split(r"[\s|]+", text.strip()) if part]
    if not 2 <= len(parts) <= 24 or not parts[0][:1].isupper():
        return ()
    columns: list[str] = []
    index = 0
    while index < len(parts):
        for length in range(min(5, len(parts) - index), 0, -1):
            begin = " ".join(parts[index : index + length])
            key = words.exact("columns", begin) or words.exact("fields", begin)
            if key and (begin[:1].isupper() or begin[0] == "#"):
                columns.append(key)
                index += length
                break
        else:
            return ()
    return tuple(columns) if len(columns) >= 2 else ()


def _matrix(running: Sequence[Flow], index: int, reading: Reading) -> tuple[Flat, int] | None:
    head = running[index]
    if not isinstance(head, Para) or head.kind == "item":
        return None
    columns = columns_in(raw(head), reading.words)
    if "title" not in columns or (len(columns) < 3 and columns[0] != "title"):
        return None
    end = index + 1
    paras: list[Para] = []
    while end < len(running):
        item = running[end]
        if isinstance(item, Grid) or _ends_region(item, reading):
            break
        if columns_in(raw(item), reading.words) and end > index + 1:
            break
        paras.append(item)
        end += 1
    if len(paras) < 2:
        return None
    kind = "matrix"
    if len(columns) == 2:
        kind = "tags"
    return Flat(kind, columns, (head,), tuple(paras)), end


def _ends_region(para: Para, reading: Reading) -> bool:
    text = raw(para).strip()
    if len(text) > _LONG_PARAGRAPH and para.kind == "paragraph" and max(map(len, text.split("\n"))) > 90:
        return True
    label, number, title, _ = heads.name(para, reading.words)
    if label.kind in ("area", "areas") and para.kind == "heading":
        return True
    return para.kind == "heading" and "." in number and number[0].isdigit() and title[:1].isupper()


# --- tags


def tag_words(elements: Sequence[Any], words: Vocabulary) -> frozenset[str]:
    """Words that the document's own small table explains: the last word of each of its rows, or its short column."""
    found: set[str] = set()
    for item in elements:
        if isinstance(item, Flat) and item.kind == "tags":
            last = [_last_word(raw(para)) for para in item.paras]
            found.update(word for word in last if word)
        if isinstance(item, Grid):
            found.update(tags_of_grid(item, words))
    return frozenset(found)


def _last_word(text: str) -> str:
    parts = text.split()
    return parts[-1] if len(parts) > 1 and parts[-1][:1].isupper() and parts[-1].isalpha() else ""


def tags_of_grid(grid: Grid, words: Vocabulary) -> set[str]:
    """A table of two columns, one of them of single short words: each word a tag."""
    rows = [row for row in grid.rows if not row.head]
    if grid.width != 2 or len(rows) < 3:
        return set()
    head = [words.column(cell.text) if cell.text else None for cell in grid.rows[0].cells]
    named = any(words.has("tables", "tags", cell.text) for cell in grid.rows[0].cells)
    if not named and head[:2] not in (["title", "description"], ["description", "title"], ["description", "tags"]):
        return set()
    for column in (1, 0):
        texts = [cell.text for row in rows[0 if grid.rows[0].head else 1 :] if (cell := row.cell(column)) is not None]
        if texts and all(text and len(text.split()) <= 2 and len(text) <= 30 and text[:1].isupper() for text in texts):
            return set(texts)
    return set()


# --- money


def _money(running: Sequence[Flow], index: int, reading: Reading) -> tuple[Flat, int] | None:
    """A head that ends with two or more recipients, and rows with amounts after it.

    The first of its cells may stand before it as a paragraph of its own.
    """
    head = running[index]
    if not isinstance(head, Para):
        return None
    if reading.words.exact("money", lines.join(raw(head).split("\n"))) == "section":
        found = _money(running, index + 1, reading) if index + 1 < len(running) else None
        return (replace(found[0], head=(head, *found[0].head)), found[1]) if found else None
    if len(raw(head)) > 240 or len(raw(head).split()) > 16:
        return None
    recipients = recipients_in(raw(head), reading.words)
    if len(recipients) < 2:
        return None
    end = index + 1
    amounts = 0
    since = 0
    last = index
    paras: list[Para] = []
    while end < len(running) and since <= 3:
        item = running[end]
        if isinstance(item, Grid) or lines.is_caption(raw(item)) or len(raw(item)) > 400:
            break
        hits = len(AMOUNT.findall(raw(item)))
        amounts += hits
        since = 0 if hits else since + 1
        paras.append(item)
        end += 1
        if hits:
            last = end - 1
    if amounts < 3:
        return None
    caption = running[last + 1] if last + 1 < len(running) else None
    after = last + 1
    kept = paras[: last - index]
    if isinstance(caption, Para) and lines.is_caption(raw(caption)):
        kept = [*kept, caption]
        after += 1
    return Flat("money", recipients, (head,), tuple(kept)), after


def recipients_in(text: str, words: Vocabulary) -> tuple[str, ...]:
    """Recipients in the order in which the head of a table names them, each once."""
    keys = {word: key for key in ("region", "municipalities", "joint") for word in words.of("recipients", key)}
    found = pattern_of(tuple(keys)).findall(text.casefold())
    return tuple(dict.fromkeys(keys[word] for word in found))


# --- rows of a lost matrix

_TIME: Final = re.compile(
    r"(?:(?:start|början|påbörjas|från|planering|klart|senast|under|hela|våren|hösten|vår|höst|vt|ht|kvartal|q|v|vecka)\b\.?\s*"
    r"(?:av\s+|i\s+|under\s+)?(?:hösten|våren|sommaren|vintern|början|slutet|av|\d)?)|(?:19|20)\d\d\b|löpande|kontinuerligt|årligen|fortlöpande"
    r"|(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)\b",
    re.IGNORECASE,
)
_WHO: Final = re.compile(
    r"\w*(?:samordnar|grupp|kommun|region|chef|ansvar|ledning|nämnd|utskott|centrum|myndighet|organisation|förvaltning|enhet"
    r"|huvudm[aä]n|psykiatri|socialtjänst|projektledar|styrelse|förbund|länsstyrelse|utvecklare|kansli)\w*",
    re.IGNORECASE,
)


_NEW_ROW: Final = 1.5
_EMPTY: Final = 0.8
_EMPTY_END: Final = 0.6


@dataclass(frozen=True, slots=True)
class _Cell:
    paras: tuple[Para, ...]
    text: str
    width: int
    time: float
    who: float
    low: bool
    bullet: bool


def rows_of(tables: Sequence[Flat]) -> list[Rows]:
    """For each lost matrix its rows: the paragraphs of the first cell (the activity), and of all the others.

    The cheapest way to read the cells as rows: columns come in order, some may be empty; a time looks like a time,
    whoever is responsible like somebody; cells of a column are about as wide as each other. The widths are learned
    from all tables with the same columns first, then from each by itself.
    """
    cells = [_cells(table.paras) for table in tables]
    paths: list[list[int]] = [[] for _ in tables]
    for columns in {table.columns for table in tables}:
        places = [place for place, table in enumerate(tables) if table.columns == columns and cells[place]]
        widths = [0.0] * len(columns)
        for _ in range(3):
            for place in places:
                paths[place] = _cheapest(cells[place], columns, widths)
            widths = _widths(
                [pair for place in places for pair in zip(cells[place], paths[place], strict=True)], columns
            )
        for place in places:
            mixed = _mixed(list(zip(cells[place], paths[place], strict=True)), columns, widths)
            paths[place] = _cheapest(cells[place], columns, mixed)
    return [_rows(cells[place], paths[place], len(table.columns)) for place, table in enumerate(tables)]


def _rows(cells: Sequence[_Cell], path: Sequence[int], count: int) -> Rows:
    rows: Rows = []
    before = count
    for cell, column in zip(cells, path, strict=True):
        if column < 0 or column < before or not rows:
            rows.append(([], []))
        state = abs(column) - 1 if column < 0 else column
        (rows[-1][0] if state == 0 else rows[-1][1]).extend(cell.paras)
        before = state
    return rows


def _cells(paras: Sequence[Para]) -> list[_Cell]:
    """Paragraphs without an empty line between them are one cell; a line of spaces is an empty paragraph in a cell."""
    groups: list[list[Para]] = []
    last: Para | None = None
    for para in paras:
        blank = last.spans[-1].text.split("\n")[1:-1] if last is not None else []
        if last is not None and para.at.line == last.last_line + 1 + len(blank) and all(blank):
            groups[-1].append(para)
        else:
            groups.append([para])
        last = para
    cells = []
    for group in groups:
        text = " ".join(para.text for para in group)
        rows = [row.strip() for para in group for row in raw(para).split("\n") if row.strip()]
        first = rows[0]
        time = 1.0 if _TIME.match(first) else 0.0
        who = len(_WHO.findall(text)) / max(1, len(text.split()))
        low, bullet = lines.begins_low(first), bool(lines.bullet(first))
        cells.append(_Cell(tuple(group), text, max(map(len, rows)), time, min(1.0, who * 2), low, bullet))
    return cells


def _cheapest(cells: Sequence[_Cell], columns: tuple[str, ...], widths: Sequence[float]) -> list[int]:
    """A column for each cell; a new row is a column that is not after the one before, told by -(column + 1)."""
    count = len(columns)
    time = columns.index("timeline") if "timeline" in columns else -1
    best: list[list[float]] = []
    back: list[list[tuple[int, bool]]] = []
    for index, cell in enumerate(cells):
        costs = []
        came = []
        for column in range(count):
            here = _cost(cell, columns, column, widths)
            if index == 0:
                costs.append(here + column * 3.0)
                came.append((-1, True))
                continue
            options: list[tuple[float, tuple[int, bool]]] = []
            for before in range(count):
                if before == column:
                    options.append((best[-1][before] + _stay(cells[index - 1], cell, column), (before, False)))
                if before < column:
                    listed = 1.2 if cell.bullet and not cells[index - 1].bullet else 0.0
                    options.append((best[-1][before] + (column - before - 1) * _EMPTY + listed, (before, False)))
                new = _NEW_ROW + (count - 1 - before) * _EMPTY_END + column * 4.0 + (2.5 if cell.low else 0.0)
                new += 2.0 if before < time else 0.0
                options.append((best[-1][before] + new, (before, True)))
            cost, source = min(options, key=lambda option: option[0])
            costs.append(cost + here)
            came.append(source)
        best.append(costs)
        back.append(came)
    column = min(range(count), key=lambda place: best[-1][place] + (count - 1 - place) * _EMPTY_END)
    path: list[int] = []
    for index in range(len(cells) - 1, -1, -1):
        before, new = back[index][column]
        path.append(-(column + 1) if new else column)
        column = before
    return path[::-1]


def _stay(before: _Cell, cell: _Cell, column: int) -> float:
    """The cost of two paragraphs in one cell."""
    if cell.bullet:
        return -0.6
    if cell.low:
        return 0.4
    return 1.6 if abs(before.width - cell.width) <= 8 else 2.4


def _cost(cell: _Cell, columns: tuple[str, ...], column: int, widths: Sequence[float]) -> float:
    key = columns[column]
    cost = 0.0
    if key == "timeline":
        cost += 0.0 if cell.time else 4.0
    else:
        cost += 3.4 * cell.time
    if key == "responsible":
        cost += 2.4 * (1.0 - cell.who)
    elif key == "indicators":
        cost += 1.2 * cell.who
    elif key == "title":
        cost += 0.8 * cell.who
    if key == "indicators" and re.match(r"(?:-|antal|andel|mått|procent)", cell.text, re.IGNORECASE):
        cost -= 1.0
    if widths[column]:
        over = (cell.width - widths[column]) / 6
        # A time and whoever is responsible often stand in one: plain text has lost what parted them.
        most = 1.0 if key == "timeline" and cell.time and cell.who else 3.0
        cost += min(most, over * 1.2 if over > 0 else -over * 0.35)
    elif key == "title":
        cost += max(0.0, (24 - cell.width) / 8)
    return cost


def _mixed(pairs: Sequence[tuple[_Cell, int]], columns: tuple[str, ...], usual: Sequence[float]) -> list[float]:
    """A table's own widths, for columns with cells enough to tell."""
    own = _widths(pairs, columns)
    times = Counter(abs(column) - 1 if column < 0 else column for _, column in pairs)
    return [own[place] if times[place] >= 4 else usual[place] for place in range(len(columns))]


def _widths(pairs: Sequence[tuple[_Cell, int]], columns: tuple[str, ...]) -> list[float]:
    """The width of each column: near the widest of its cells."""
    by_column: dict[int, list[int]] = {}
    for cell, column in pairs:
        by_column.setdefault(abs(column) - 1 if column < 0 else column, []).append(cell.width)
    widths = []
    for column in range(len(columns)):
        values = sorted(by_column.get(column, []))
        widths.append(float(values[int(len(values) * 0.8)]) if values else 0.0)
    return widths
