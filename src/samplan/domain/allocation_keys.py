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


def _not_negative(kronor: int, field: str) -> None:
    if kronor < 0:
        raise Invalid("number_negative", field=field, text=str(kronor))


@dataclass(frozen=True, slots=True)
class Area:
    """Who shares by weight, and what the others get first.

    `catchment` is the codes of the parties inside (None: everybody). A party outside gets `outside` kronor, 0 for
    nothing. An exception gives one party, inside or outside, its own kronor in place of that; the rest is shared by
    those inside that have none.
    """

    catchment: frozenset[str] | None = None
    outside: int = 0
    exceptions: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "exceptions", tuple(sorted(self.exceptions)))
        if self.catchment is not None and not self.catchment:
            raise Invalid("catchment_empty", field="catchment")
        if len(dict(self.exceptions)) != len(self.exceptions):
            raise Invalid("exception_twice", field="exceptions")
        for kronor in (self.outside, *dict(self.exceptions).values()):
            _not_negative(kronor, "outside")

    @property
    def everybody(self) -> bool:
        return self.catchment is None and not self.exceptions

    def inside(self, code: str) -> bool:
        """Whether the party is one of those that share by weight."""
        return (self.catchment is None or code in self.catchment) and code not in dict(self.exceptions)

    def to_data(self) -> Data:
        """Exceptions stand in the data where there are any, so that a key without is written as it always was."""
        data: Data = {"catchment": None if self.catchment is None else sorted(self.catchment), "outside": self.outside}
        return data | {"exceptions": dict(self.exceptions)} if self.exceptions else data


EVERYBODY = Area()


@dataclass(frozen=True, slots=True)
class Population:
    """Amount × weight ÷ all weights, the weight being the party's population; in an `area` as that says."""

    name: ClassVar[str] = "population"
    area: Area = EVERYBODY

    def to_data(self) -> Data:
        return {"key": self.name} | ({} if self.area == EVERYBODY else self.area.to_data())


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """By the persons from `low` to `high` years (None: and older), handed in as weights; in an `area` as that says."""

    name: ClassVar[str] = "age"
    low: int
    high: int | None
    area: Area = EVERYBODY

    def __post_init__(self) -> None:
        if self.low < 0 or (self.high is not None and self.high < self.low):
            raise Invalid("age_range", low=self.low, high=self.high)

    def to_data(self) -> Data:
        return {"key": self.name, "from": self.low, "to": self.high} | self.area.to_data()


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


@dataclass(frozen=True, slots=True)
class Levy:
    """`percent` of what each party has got goes to a joint pot. The weights handed in are the kronor each has got.

    `exempt`: the parties that pay nothing whatever they got, each with the reason, as they declined the money.
    """

    name: ClassVar[str] = "levy"
    percent: Exact
    exempt: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "exempt", tuple(sorted(self.exempt)))
        if not 0 < self.percent.fraction <= 100:
            raise Invalid("levy_percent", field="percent", text=str(self.percent))
        if len(dict(self.exempt)) != len(self.exempt):
            raise Invalid("exempt_twice", field="exempt")
        for code, reason in self.exempt:
            if not reason.strip():
                raise Invalid("exempt_reason", field="exempt", row=code)

    @property
    def rate(self) -> tuple[int, int]:
        """Kronor out of kronor, as whole numbers: 2.5 % is 25 of 1000."""
        return self.percent.digits, int(100 * 10**self.percent.scale)

    def to_data(self) -> Data:
        return {"key": self.name, "percent": _canonical(self.percent), "exempt": dict(self.exempt)}


SimpleKey: TypeAlias = Population | AgeGroup | Equal | FlatPopulation | Fixed | Steps
Key: TypeAlias = SimpleKey | Split | Levy


def from_data(data: object) -> Key:
    """The key that `to_data` wrote. Raises `Invalid` "key_data" with the field for anything else."""
    key = _mapping(data, "key")
    match key.get("key"), frozenset(key) - {"key"}:
        case "population", keys if not keys or keys >= {"catchment", "outside"}:
            return Population(_area(key, keys))
        case "equal", keys if not keys:
            return Equal()
        case "flat", keys if keys == {"flat"}:
            return FlatPopulation(_whole(key["flat"], "flat"))
        case "fixed", keys if keys == {"sums"}:
            return Fixed(tuple((code, _whole(sum_, "sums")) for code, sum_ in _mapping(key["sums"], "sums").items()))
        case "age", keys if keys >= {"from", "to", "catchment", "outside"}:
            high = None if key["to"] is None else _whole(key["to"], "to")
            return AgeGroup(_whole(key["from"], "from"), high, _area(key, keys - {"from", "to"}))
        case "levy", keys if keys == {"percent", "exempt"}:
            percent = parse_exact(_text(key["percent"], "percent"), field="percent")
            exempt = _mapping(key["exempt"], "exempt").items()
            return Levy(percent, tuple((code, _text(reason, "exempt")) for code, reason in exempt))
        case "steps", keys if keys == {"table"} and isinstance(key["table"], list):
            return Steps(tuple(_step(step) for step in key["table"]))
        case "split", keys if keys == {"groups"} and isinstance(key["groups"], list):
            return Split(tuple(_part(_mapping(part, "groups")) for part in key["groups"]))
        case _:
            raise Invalid("key_data", field="key")


def _area(data: Mapping[str, Any], names: frozenset[str]) -> Area:
    """The area of a key's data; `names` are those of its fields that may be about it."""
    if not names:
        return EVERYBODY
    if names - {"catchment", "outside", "exceptions"}:
        raise Invalid("key_data", field="catchment")
    listed = data["catchment"]
    catchment = None if listed is None else frozenset(_texts(listed, "catchment"))
    own = _mapping(data.get("exceptions", {}), "exceptions").items()
    exceptions = tuple((code, _whole(kronor, "exceptions")) for code, kronor in own)
    return Area(catchment, _whole(data["outside"], "outside"), exceptions)


def _part(data: Mapping[str, Any]) -> Part:
    inner = from_data(data.get("key"))
    if isinstance(inner, Levy):
        raise Invalid("key_data", field="groups")
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
