"""By what a sum is shared: small frozen keys, each with a plain form for the database. How it is done: `allocation`.

A key says which formula, never whose figures: the weights (persons on a date, persons of an age) come with the rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias

from samplan.domain.errors import Invalid
from samplan.domain.exact import Exact, parse_exact

Data: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Population:
    """Amount × weight ÷ all weights, the weight being the party's population."""

    name: ClassVar[str] = "population"

    def to_data(self) -> Data:
        return {"key": self.name}


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """By the persons from `low` to `high` years (None: and older), handed in as weights.

    With a `catchment` (codes of the parties inside) a party outside gets `outside` kronor, 0 for nothing, and the rest
    is shared inside.
    """

    name: ClassVar[str] = "age"
    low: int
    high: int | None
    catchment: frozenset[str] | None = None
    outside: int = 0

    def __post_init__(self) -> None:
        if self.low < 0 or (self.high is not None and self.high < self.low):
            raise Invalid("age_range", low=self.low, high=self.high)
        _not_negative(self.outside, "outside")

    def to_data(self) -> Data:
        catchment = None if self.catchment is None else sorted(self.catchment)
        return {"key": self.name, "from": self.low, "to": self.high, "catchment": catchment, "outside": self.outside}


@dataclass(frozen=True, slots=True)
class Equal:
    """The same to everybody, whatever the weights."""

    name: ClassVar[str] = "equal"

    def to_data(self) -> Data:
        return {"key": self.name}


@dataclass(frozen=True, slots=True)
class FlatPopulation:
    """`flat` kronor to every party first, then what is left by weight."""

    name: ClassVar[str] = "flat"
    flat: int

    def __post_init__(self) -> None:
        _not_negative(self.flat, "flat")

    def to_data(self) -> Data:
        return {"key": self.name, "flat": self.flat}


@dataclass(frozen=True, slots=True)
class Fixed:
    """Sums written by hand, kronor by party code; a party not named gets nothing. What they miss has a name."""

    name: ClassVar[str] = "fixed"
    sums: tuple[tuple[str, int], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "sums", tuple(sorted(self.sums)))
        if len(dict(self.sums)) != len(self.sums):
            raise Invalid("sum_twice", field="sums")
        for _code, kronor in self.sums:
            _not_negative(kronor, "sums")

    def to_data(self) -> Data:
        return {"key": self.name, "sums": dict(self.sums)}


@dataclass(frozen=True, slots=True)
class Steps:
    """A table of (from so many persons, kronor): each party gets the kronor of the highest limit it reaches.

    A party below every limit gets nothing. What the sums miss of the amount has a name.
    """

    name: ClassVar[str] = "steps"
    table: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "table", tuple(sorted(self.table)))
        if not self.table:
            raise Invalid("steps_missing", field="table")
        if len(dict(self.table)) != len(self.table):
            raise Invalid("step_twice", field="table")
        for limit, kronor in self.table:
            _not_negative(limit, "table")
            _not_negative(kronor, "table")

    def to_data(self) -> Data:
        return {"key": self.name, "table": [list(step) for step in self.table]}


@dataclass(frozen=True, slots=True)
class Part:
    """What one group gets of a split, `percent` or `kronor` (one of them), and the key inside the group."""

    group: str
    key: SimpleKey
    percent: Exact | None = None
    kronor: int | None = None

    def __post_init__(self) -> None:
        if (self.percent is None) == (self.kronor is None):
            raise Invalid("percent_or_kronor", field="groups", group=self.group)
        if self.kronor is not None:
            _not_negative(self.kronor, "groups")

    def to_data(self) -> Data:
        if self.percent is None:
            return {"group": self.group, "kronor": self.kronor, "key": self.key.to_data()}
        return {"group": self.group, "percent": _canonical(self.percent), "key": self.key.to_data()}


@dataclass(frozen=True, slots=True)
class Split:
    """Between groups first, then by a key inside each. Groups in kronor take theirs first; the percents, exactly 100
    together, are of what is left."""

    name: ClassVar[str] = "split"
    groups: tuple[Part, ...]

    def __post_init__(self) -> None:
        if len({part.group for part in self.groups}) != len(self.groups) or not self.groups:
            raise Invalid("group_twice" if self.groups else "groups_missing", field="groups")
        percents = [part.percent.fraction for part in self.groups if part.percent is not None]
        if percents and sum(percents) != 100:
            raise Invalid("percents_not_100", field="groups", total=str(sum(percents)))

    def to_data(self) -> Data:
        return {"key": self.name, "groups": [part.to_data() for part in self.groups]}


SimpleKey: TypeAlias = Population | AgeGroup | Equal | FlatPopulation | Fixed | Steps
Key: TypeAlias = SimpleKey | Split


def from_data(data: object) -> Key:
    """The key that `to_data` wrote. Raises `Invalid` "key_data" with the field for anything else."""
    key = _mapping(data, "key")
    match key.get("key"), frozenset(key) - {"key"}:
        case "population", keys if not keys:
            return Population()
        case "equal", keys if not keys:
            return Equal()
        case "flat", keys if keys == {"flat"}:
            return FlatPopulation(_whole(key["flat"], "flat"))
        case "fixed", keys if keys == {"sums"}:
            return Fixed(tuple((code, _whole(sum_, "sums")) for code, sum_ in _mapping(key["sums"], "sums").items()))
        case "age", keys if keys == {"from", "to", "catchment", "outside"}:
            high = None if key["to"] is None else _whole(key["to"], "to")
            catchment = None if key["catchment"] is None else frozenset(_texts(key["catchment"], "catchment"))
            return AgeGroup(_whole(key["from"], "from"), high, catchment, _whole(key["outside"], "outside"))
        case "steps", keys if keys == {"table"} and isinstance(key["table"], list):
            return Steps(tuple(_step(step) for step in key["table"]))
        case "split", keys if keys == {"groups"} and isinstance(key["groups"], list):
            return Split(tuple(_part(_mapping(part, "groups")) for part in key["groups"]))
        case _:
            raise Invalid("key_data", field="key")


def _part(data: Mapping[str, Any]) -> Part:
    inner = from_data(data.get("key"))
    if isinstance(inner, Split):
        raise Invalid("split_in_split", field="groups")
    group, rest = _text(data.get("group"), "group"), frozenset(data) - {"group", "key"}
    if rest == {"percent"}:
        return Part(group, inner, percent=parse_exact(_text(data["percent"], "percent"), field="percent"))
    if rest == {"kronor"}:
        return Part(group, inner, kronor=_whole(data["kronor"], "kronor"))
    raise Invalid("percent_or_kronor", field="groups", group=group)


def _step(data: object) -> tuple[int, int]:
    if not isinstance(data, list) or len(data) != 2:
        raise Invalid("key_data", field="table")
    return _whole(data[0], "table"), _whole(data[1], "table")


def _canonical(number: Exact) -> str:
    plain = str(Exact(number.digits, number.scale))
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _not_negative(kronor: int, field: str) -> None:
    if kronor < 0:
        raise Invalid("number_negative", field=field, text=str(kronor))


def _mapping(data: object, field: str) -> Mapping[str, Any]:
    if isinstance(data, dict) and all(isinstance(name, str) for name in data):
        return data
    raise Invalid("key_data", field=field)


def _whole(data: object, field: str) -> int:
    if isinstance(data, int) and not isinstance(data, bool):
        return data
    raise Invalid("key_data", field=field)


def _text(data: object, field: str) -> str:
    if isinstance(data, str):
        return data
    raise Invalid("key_data", field=field)


def _texts(data: object, field: str) -> list[str]:
    if isinstance(data, list):
        return [_text(item, field) for item in data]
    raise Invalid("key_data", field=field)
