"""A table of population, as a person has it in a file, read into rows. Nothing is written and nothing is guessed.

Columns `area_code,date,persons,source,state,sex,age_from,age_to`, in any order, separated by comma or semicolon, UTF-8
with or without a mark at its start. `state` is final (also when empty) or preliminary; `sex` all (also when
empty), women or men; both ages empty means everybody, an empty `age_to` that age and older. At most 5 MB.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection
from datetime import date

from samplan.apps.orgs.operations import PopulationRow
from samplan.domain.errors import Invalid
from samplan.domain.exact import parse_whole

COLUMNS = ("area_code", "date", "persons", "source", "state", "sex", "age_from", "age_to")
NEEDED = ("area_code", "date", "persons", "source")
STATES = ("final", "preliminary")
SEXES = ("all", "women", "men")
MOST_BYTES = 5_000_000
OLDEST = 150


def parse(data: bytes, *, areas: Collection[str]) -> list[PopulationRow]:
    """The rows of a file. `areas` are the codes there are. Raises `Invalid` with one of the codes in
    `labels.ROW_PROBLEMS`.

    What is wrong with a row carries the parameters `row` (its line in the file, the head being 1) and `text`.
    """
    if len(data) > MOST_BYTES:
        raise Invalid("too_big", field="file", most=MOST_BYTES // 10**6)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("encoding", field="file") from None
    head, _, _rest = text.partition("\n")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",")
    names = [cell.strip().lower() for cell in next(reader, [])]
    if missing := [name for name in NEEDED if name not in names]:
        raise Invalid("columns", field="file", names=", ".join(missing))
    rows: list[PopulationRow] = []
    seen: dict[tuple[object, ...], int] = {}
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        line = reader.line_num
        if len(cells) != len(names):
            raise Invalid("cells", field="file", row=line, text="")
        row = _row(dict(zip(names, (cell.strip() for cell in cells), strict=True)), line, areas)
        same = (row.area_code, row.on_date, row.sex, row.age_from, row.age_to)
        if same in seen:
            raise Invalid("twice", field="file", row=line, text=str(seen[same]))
        seen[same] = line
        rows.append(row)
    if not rows:
        raise Invalid("empty", field="file")
    return rows


def _row(cells: dict[str, str], line: int, areas: Collection[str]) -> PopulationRow:
    def wrong(code: str, text: str) -> Invalid:
        return Invalid(code, field="file", row=line, text=text[:40])

    area = cells["area_code"]
    if not re.fullmatch("[0-9]{2}|[0-9]{4}", area):
        raise wrong("area", area)
    if area not in areas:
        raise wrong("unknown_area", area)
    try:
        if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", cells["date"]):
            raise ValueError
        on_date = date.fromisoformat(cells["date"])
    except ValueError:
        raise wrong("date", cells["date"]) from None
    try:
        persons = parse_whole(cells["persons"])
    except Invalid:
        raise wrong("persons", cells["persons"]) from None
    if persons > 10**12:
        raise wrong("persons", cells["persons"])
    if not cells["source"]:
        raise wrong("source", "")
    state, sex = cells.get("state") or "final", cells.get("sex") or "all"
    if state not in STATES:
        raise wrong("state", state)
    if sex not in SEXES:
        raise wrong("sex", sex)
    ages = []
    for name in ("age_from", "age_to"):
        typed = cells.get(name, "")
        if typed and (not re.fullmatch("[0-9]{1,3}", typed) or int(typed) > OLDEST):
            raise wrong("age", typed)
        ages.append(int(typed) if typed else None)
    low, high = ages
    if low is None and high is not None:
        low = 0
    if low is not None and high is not None and high < low:
        raise wrong("ages_in_order", "")
    return PopulationRow(area, on_date, persons, cells["source"][:200], state, sex, low, high)
