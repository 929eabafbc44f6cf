"""What differs between two pictures of a plan, row by row and field by field.

Two editions of one plan are compared by their rows' uids. Two years are compared through `same`, which says as what an
activity went on, and by kind and title for what has no such thread. Values are texts as they stand in the facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from samplan.domain.planfacts import ActivityFacts, PlanFacts

_STRUCTURE = frozenset({"uid", "format", "area_uid", "parent_uid", "at_uid", "content", "made_up"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a plan: its table, what it is called, and every field that says something."""

    kind: str
    uid: str
    title: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """`before` is empty for what is new, `after` for what is gone; both and no `field`: never."""

    kind: str
    uid: str
    title: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Rows only in the later picture, rows only in the earlier, and fields that differ in rows of both."""

    new: tuple[Row, ...]
    gone: tuple[Row, ...]
    changed: tuple[Difference, ...]


def rows_of(facts: PlanFacts) -> list[Row]:
    """Every row of the plan, in reading order."""
    return list(_rows(facts))


def _rows(thing: Any) -> Iterator[Row]:
    yield Row(thing.ROW, thing.uid, _title(thing), _values(thing))
    for part in fields(thing):
        value = getattr(thing, part.name)
        if isinstance(value, tuple) and not (isinstance(thing, ActivityFacts) and part.name == "texts"):
            for item in value:
                if is_dataclass(item):
                    yield from _rows(item)


def _title(thing: Any) -> str:
    for name in ("title", "label", "name", "text", "alt", "about"):
        if value := getattr(thing, name, ""):
            return str(value)[:100]
    return ""


def _values(thing: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in fields(thing):
        value = getattr(thing, part.name)
        if part.name in _STRUCTURE:
            continue
        if isinstance(value, tuple):
            plain = [str(item) for item in value if not is_dataclass(item)]
            if plain:
                found[part.name] = ", ".join(plain)
        elif value not in ("", None):
            found[part.name] = str(value)
    if isinstance(thing, ActivityFacts):
        found |= {text.kind: text.text for text in thing.texts}
    return found


def compare(before: PlanFacts, after: PlanFacts, same: Mapping[str, str] | None = None) -> Compared:
    """What has changed from `before` to `after`. `same`: uid in `before` → uid in `after` of what went on."""
    threads = dict(same or {})
    old, new = rows_of(before), rows_of(after)
    theirs = {row.uid: row for row in new}
    by_name = {} if before.uid == after.uid else {(row.kind, row.title): row for row in reversed(new)}
    threads[before.uid] = after.uid
    taken: set[str] = set()
    gone: list[Row] = []
    changed: list[Difference] = []
    for row in old:
        if row.uid in threads:
            other = theirs.get(threads[row.uid])
        else:
            other = theirs.get(row.uid) or by_name.get((row.kind, row.title))
        if other is None or other.uid in taken:
            gone.append(row)
            continue
        taken.add(other.uid)
        for name in [*row.values, *(name for name in other.values if name not in row.values)]:
            was, now = row.values.get(name, ""), other.values.get(name, "")
            if was != now:
                changed.append(Difference(row.kind, other.uid, other.title, name, was, now))
    return Compared(tuple(row for row in new if row.uid not in taken), tuple(gone), tuple(changed))
