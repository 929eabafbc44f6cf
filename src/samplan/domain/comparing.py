"""What differs between two pictures of a plan, row by row and field by field.

Two editions of one plan are compared by their rows' uids. Two years are compared through `same`, which says as what an
activity went on, and by kind and title for what has no such thread. Values are texts as they stand in the facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from samplan.domain.planfacts import ActivityFacts, AreaFacts, FrameworkGoalFacts, PlanFacts

_STRUCTURE = frozenset({"uid", "format", "area_uid", "parent_uid", "at_uid", "content", "made_up"})
_TIES = ("areas", "activities", "directives", "needs")
MOST_WORDS = 400
"""Longer texts are shown side by side without marks: finding them takes time with the square of the length."""
LEAST_ALIKE = 0.3
"""Texts with less in common than this are told apart better by reading both."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a plan: its table, what it is called, and every field that says something. `place`: the uid of the
    area it stands in, empty for the plan as a whole."""

    kind: str
    uid: str
    title: str
    values: Mapping[str, str]
    place: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """`before` is empty for what is new, `after` for what is gone; both and no `field`: never."""

    kind: str
    uid: str
    title: str
    field: str
    before: str
    after: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """Rows only in the later picture, rows only in the earlier, and fields that differ in rows of both. Places are
    areas of the later picture where the area is in both."""

    new: tuple[Row, ...]
    gone: tuple[Row, ...]
    changed: tuple[Difference, ...]


def rows_of(facts: PlanFacts) -> list[Row]:
    """Every row of the plan, in reading order."""
    return list(_rows(facts, _Places(facts), ""))


class _Places:
    """Where the things of a plan stand: by uid, and by the title that a post or a document names what it is about."""

    def __init__(self, facts: PlanFacts) -> None:
        self.by_uid: dict[str, str] = {}
        self.by_title: dict[str, str] = {}
        self.names: dict[str, str] = {}
        for area in facts.areas:
            things: tuple[AreaFacts | ActivityFacts, ...] = (area, *area.activities)
            for thing in things:
                self.by_uid[thing.uid] = area.uid
                self.by_title.setdefault(thing.title, area.uid)
                self.names[thing.uid] = thing.title

    def of(self, thing: Any, above: str) -> str:
        if isinstance(thing, AreaFacts):
            return thing.uid
        uid = getattr(thing, "area_uid", "") or getattr(thing, "at_uid", "")
        return above or self.by_uid.get(uid) or self.by_title.get(getattr(thing, "about", ""), "")


def _rows(thing: Any, places: _Places, above: str) -> Iterator[Row]:
    place = places.of(thing, above)
    yield Row(thing.ROW, thing.uid, _title(thing), _values(thing, places), place)
    for part in fields(thing):
        value = getattr(thing, part.name)
        if isinstance(value, tuple) and not (isinstance(thing, ActivityFacts) and part.name == "texts"):
            for item in value:
                if is_dataclass(item):
                    yield from _rows(item, places, place)


def _title(thing: Any) -> str:
    for name in ("title", "label", "name", "text", "alt", "about"):
        if value := getattr(thing, name, ""):
            return str(value)[:100]
    return ""


def _values(thing: Any, places: _Places) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in fields(thing):
        value = getattr(thing, part.name)
        if part.name in _STRUCTURE:
            continue
        if isinstance(thing, FrameworkGoalFacts) and part.name in _TIES:
            # By name: what is tied has another uid each year. Directives and needs are no part of the plan's picture.
            value = tuple(places.names[uid] for uid in value if uid in places.names)
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
    taken: dict[str, str] = {}
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
        taken[other.uid] = row.uid
        for name in [*row.values, *(name for name in other.values if name not in row.values)]:
            was, now = row.values.get(name, ""), other.values.get(name, "")
            if was != now:
                changed.append(Difference(row.kind, other.uid, other.title, name, was, now, other.place))
    later = {was: now for now, was in taken.items()}
    return Compared(
        tuple(row for row in new if row.uid not in taken),
        tuple(replace(row, place=later.get(row.place, row.place)) for row in gone),
        tuple(changed),
    )


class Piece(NamedTuple):
    """A part of a text; `differs` where the other text has something else there."""

    text: str
    differs: bool = False


def marked(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces, word by word; joined, each is its text again. Texts that have nothing in common, or are
    longer than MOST_WORDS, are one piece each."""
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    whole = tuple((Piece(text),) if text else () for text in (before, after))
    if not old or not new or max(len(old), len(new)) > 2 * MOST_WORDS:
        return whole[0], whole[1]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        return whole[0], whole[1]
    left: list[Piece] = []
    right: list[Piece] = []
    for deed, first, last, begin, end in matcher.get_opcodes():
        differs = deed != "equal"
        if first < last:
            left.append(Piece("".join(old[first:last]), differs))
        if begin < end:
            right.append(Piece("".join(new[begin:end]), differs))
    return tuple(left), tuple(right)
