"""Tables that plain text has lost: a head of column words, and cells as short paragraphs one after the other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from samplan.domain.reading import heads, lines
from samplan.domain.reading.heads import Reading
from samplan.domain.reading.paras import Flow, Grid, Para, raw
from samplan.domain.reading.vocabulary import Vocabulary, plain

_LONG_PARAGRAPH: Final = 260
AMOUNT: Final = re.compile(r"\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?!\d)|\d{4,}")


@dataclass(slots=True, eq=False)
class Flat:
    """`kind`: `matrix` (rows of activities), `tags` (a tag beside what it means) or `money`."""

    kind: str
    columns: tuple[str, ...]
    head: tuple[Para, ...]
    paras: tuple[Para, ...]


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
            found.update(_tags_of_grid(item, words))
    return frozenset(found)


def _last_word(text: str) -> str:
    parts = text.split()
    return parts[-1] if len(parts) > 1 and parts[-1][:1].isupper() and parts[-1].isalpha() else ""


def _tags_of_grid(grid: Grid, words: Vocabulary) -> set[str]:
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
    """A head that ends with two or more recipients, and rows with amounts after it."""
    head = running[index]
    if not isinstance(head, Para):
        return None
    recipients = recipients_in(raw(head), reading.words)
    if len(recipients) < 2 or len(raw(head).split()) > 16:
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
    hits: list[tuple[int, str]] = []
    for key in ("region", "municipalities", "joint"):
        for word in words.of("recipients", key):
            if match := re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE):
                hits.append((match.start(), key))
    ordered = [key for _, key in sorted(hits)]
    return tuple(dict.fromkeys(ordered))


# --- rows of a lost matrix

_TIME: Final = re.compile(
    r"(?:(?:start|början|påbörjas|från|planering|klart|senast|under|hela|våren|hösten|vår|höst|vt|ht|kvartal|q|v|vecka)\b\.?\s*"
    r"(?:av\s+|i\s+|under\s+)?(?:hösten|våren|sommaren|vintern|början|slutet|av|\d)?)|(?:19|20)\d\d\b|löpande|kontinuerligt|årligen|fortlöpande"
    r"|(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)\b",
    re.IGNORECASE,
)
_WHO: Final = re.compile(
    r"\w*(?:samordnar|grupp|kommun|region|chef|ansvar|ledning|nämnd|utskott|centrum|myndighet|organisation|förvaltning|enhet"
    r"|huvudm[aä]n|psykiatri|socialtjänst|projektledar|styrelse|förbund|verksamhet|samordning|skola|vård|länsstyrelse|utvecklar)\w*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Cell:
    paras: tuple[Para, ...]
    text: str
    width: int
    time: float
    who: float
    low: bool
    bullet: bool


def rows_of(table: Flat) -> list[tuple[list[Para], list[Para]]]:
    """The rows of a lost matrix: the paragraphs of the first cell (the activity), and of all the others.

    The cheapest way to read the cells as rows: columns come in order, some may be empty; a time looks like a time,
    whoever is responsible like somebody; cells of a column are about as wide as each other.
    """
    cells = _cells(table.paras)
    if not cells:
        return []
    columns = table.columns
    widths = [0.0] * len(columns)
    path: list[int] = []
    for _ in range(4):
        path = _cheapest(cells, columns, widths)
        widths = _widths(cells, path, len(columns))
    rows: list[tuple[list[Para], list[Para]]] = []
    before = len(columns)
    for cell, column in zip(cells, path, strict=True):
        if column < 0 or column < before or not rows:
            rows.append(([], []))
        state = abs(column) - 1 if column < 0 else column
        (rows[-1][0] if state == 0 else rows[-1][1]).extend(cell.paras)
        before = state
    return rows


def _cells(paras: Sequence[Para]) -> list[_Cell]:
    """Paragraphs without a blank line between them are one cell."""
    groups: list[list[Para]] = []
    last = -9
    for para in paras:
        if groups and para.at.line == last + 1:
            groups[-1].append(para)
        else:
            groups.append([para])
        last = para.last_line
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
                    options.append((best[-1][before] + (column - before - 1) * 1.1, (before, False)))
                new = 1.5 + (count - 1 - before) * 0.9 + column * 4.0 + (2.5 if cell.low else 0.0)
                options.append((best[-1][before] + new, (before, True)))
            cost, source = min(options, key=lambda option: option[0])
            costs.append(cost + here)
            came.append(source)
        best.append(costs)
        back.append(came)
    column = min(range(count), key=lambda place: best[-1][place] + (count - 1 - place) * 0.9)
    path: list[int] = []
    for index in range(len(cells) - 1, -1, -1):
        before, new = back[index][column]
        path.append(-(column + 1) if new else column)
        column = before
    return path[::-1]


def _stay(before: _Cell, cell: _Cell, column: int) -> float:
    """The cost of two paragraphs in one cell."""
    if cell.bullet or cell.low:
        return 0.4
    return 1.6 if abs(before.width - cell.width) <= 8 else 2.4


def _cost(cell: _Cell, columns: tuple[str, ...], column: int, widths: Sequence[float]) -> float:
    key = columns[column]
    cost = 0.0
    if key == "timeline":
        cost += 0.0 if cell.time else 4.0
    else:
        cost += 2.6 * cell.time if key != "baseline" else 1.3 * cell.time
    if key == "responsible":
        cost += 1.8 * (1.0 - cell.who)
    elif key in ("timeline", "indicators"):
        cost += 1.2 * cell.who
    elif key == "title":
        cost += 0.8 * cell.who
    if key == "indicators" and re.match(r"(?:-|antal|andel|mått|procent)", cell.text, re.IGNORECASE):
        cost -= 1.0
    if widths[column]:
        over = (cell.width - widths[column]) / 6
        cost += min(3.0, over * 1.2 if over > 0 else -over * 0.35)
    elif key == "title":
        cost += max(0.0, (24 - cell.width) / 8)
    return cost


def _widths(cells: Sequence[_Cell], path: Sequence[int], count: int) -> list[float]:
    """The width of each column: near the widest of its cells."""
    by_column: dict[int, list[int]] = {}
    for cell, column in zip(cells, path, strict=True):
        by_column.setdefault(abs(column) - 1 if column < 0 else column, []).append(cell.width)
    widths = []
    for column in range(count):
        values = sorted(by_column.get(column, []))
        widths.append(float(values[int(len(values) * 0.8)]) if values else 0.0)
    return widths


def repeated_texts(texts: Sequence[str]) -> frozenset[str]:
    counted = Counter(plain(text) for text in texts)
    return frozenset(text for text, times in counted.items() if times > 1)
