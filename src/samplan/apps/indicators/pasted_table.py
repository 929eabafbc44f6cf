"""Values of an indicator, pasted as a table: a row for each party, a column for each period, sex or age; or a row for
each value. What each cell became is told, and so is what was not understood; nothing is guessed.

The first row names the columns. "Part", "Period", "Kön", "Ålder" say something about their row. A column of values is
headed by what its values have in common: a period, a sex, ages ("2024", "Kvinnor", "2024 män 0–17 år"), by "Värde", or
by "Mål" for targets of the whole county; English words do as well. What neither column nor row says is what the form
says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from samplan.domain.errors import Invalid
from samplan.domain.exact import Exact, parse_exact
from samplan.domain.indicators import period
from samplan.domain.pasted import NOTHING, Line, column, lines_of

MOST_LINES, MOST_CELLS = 1000, 3000
PARTY = ("part", "kommun", "region", "huvudman", "organisation", "område", "vem", "municipality")
PERIOD, SEX, AGE = ("period", "år", "tid", "year"), ("kön", "sex"), ("ålder", "age")
VALUES = ("värde", "utfall", "antal", "andel", "value")
TARGET = ("mål", "target")
SEXES = {
    "alla": "all", "totalt": "all", "båda": "all", "total": "all", "all": "all", "kvinnor": "women", "kvinna": "women",
    "flickor": "women", "tjejer": "women", "women": "women", "män": "men", "man": "men", "pojkar": "men",
    "killar": "men", "men": "men",
}  # fmt: skip
WHOLE = ("länet", "hela länet", "län")
SUMS = ("summa", "totalt", "total", "alla kommuner", "samtliga")
_AGES = re.compile(r"([0-9]{1,3})\s*(?:[-–—]\s*([0-9]{1,3})|(\+|[-–—]\s*w|(?:år\s*)?och\s*äldre))(?:\s*år)?")
_SPACES = re.compile(r"(?<=[0-9])[\s\u00a0\u202f\u2009](?=[0-9]{3}(?:[^0-9]|$))")

P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class About:
    """What a row or a column says of its values; empty and None for what it does not."""

    period: str = ""
    sex: str = ""
    ages: tuple[int, int | None] | None = None
    target: bool = False


@dataclass(frozen=True, slots=True)
class Cell(Generic[P]):
    """A cell and what it became. `party` is None for the whole county. `problem` says why it is no value to enter:
    "party", "period", "sex", "age", "number", "twice", "target", or "sum": of a row of sums, whose `value` is there to
    be compared with its parts."""

    line: int
    column: str
    text: str
    who: str
    party: P | None = None
    about: About = About()
    value: Exact | None = None
    problem: str = ""

    @property
    def understood(self) -> bool:
        return self.value is not None and not self.problem

    @property
    def key(self) -> tuple[P | None, About]:
        return self.party, self.about


@dataclass(frozen=True, slots=True)
class Table(Generic[P]):
    """Every cell of values that says something, and the heads of columns that were passed over."""

    cells: tuple[Cell[P], ...]
    passed: tuple[str, ...]


def parse(text: str, parties: Mapping[str, P], *, county: str, unit: str = "", when: str = "") -> Table[P]:
    """What a table says. `parties`: how they are written, folded, → party; `county`: what the
    county is called; `unit`: what may stand after a number; `when`: the period of what has none.

    Raises Invalid "value_head" when the first row has no column of values, "table_empty", "table_long", "table_cells"
    (most), "period".
    """
    head, *lines = lines_of(text, most=MOST_LINES)
    said = period(when) if when.strip() else ""
    where = {name: column(head.cells, names) for name, names in (("sex", SEX), ("age", AGE))}
    where["party"] = _party_column(head)
    where["period"] = next(
        (at for at, cell in enumerate(head.cells) if cell.casefold() in PERIOD or cell.casefold().startswith("period")),
        None,
    )
    taken = {at for at in where.values() if at is not None}
    heads = {at: _heading(cell) for at, cell in enumerate(head.cells) if at not in taken}
    columns = {at: about for at, about in heads.items() if about is not None}
    if not columns or not lines:
        raise Invalid("value_head", field="table")
    reader = _Reader(parties, county.casefold(), unit.casefold(), said, where, columns, head)
    found: list[Cell[P]] = []
    seen: set[tuple[P | None, About]] = set()
    for line in lines:
        for cell in reader.cells(line):
            if cell.understood and cell.key in seen:
                cell = replace(cell, value=None, problem="twice")
            if cell.understood:
                seen.add(cell.key)
            found.append(cell)
        if len(found) > MOST_CELLS:
            raise Invalid("table_cells", field="table", most=MOST_CELLS)
    return Table(tuple(found), tuple(head.cells[at] for at, about in heads.items() if about is None and head.cells[at]))


def _party_column(head: Line) -> int | None:
    """The column of names; the first where nothing is headed so and the first says nothing of values."""
    named = column(head.cells, PARTY)
    return named if named is not None else 0 if head.cell(0) == "" else None


def _heading(text: str) -> About | None:
    """What a column's head says of its values; None when it heads none."""
    words = text.casefold()
    if words.startswith(TARGET) or words.endswith(TARGET):
        rest = _about(words.replace("målvärde", "").replace("mål", "").replace("target", ""))
        return About(rest.period, rest.sex, rest.ages, target=True) if rest else About(target=True)
    if words.startswith(VALUES):
        return _about(words.split(" ", 1)[1] if " " in words else "") or About()
    return _about(words) if words else None


def _about(words: str) -> About | None:
    """A period, a sex and ages, in any order and with nothing else; None when something else is there."""
    rest, ages = words.strip(" ,:()"), None
    if found := _AGES.search(rest):
        ages = _ages(found)
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    when = sex = ""
    for word in rest.replace(",", " ").replace("(", " ").replace(")", " ").split():
        if not sex and word in SEXES:
            sex = SEXES[word]
        elif not when and (read := _period(word)):
            when = read
        elif word not in {"år", "utfall", "värde", "och"}:
            return None
    return About(when, sex, ages) if when or sex or ages or not words.strip() else None


def _period(text: str) -> str:
    try:
        return period(text)
    except Invalid:
        return ""


def _ages(found: re.Match[str]) -> tuple[int, int | None]:
    return int(found.group(1)), int(found.group(2)) if found.group(2) else None


class _Reader(Generic[P]):
    """Reads the lines of one table."""

    def __init__(
        self, parties: Mapping[str, P], county: str, unit: str, when: str, where: Mapping[str, int | None],
        columns: Mapping[int, About], head: Line,
    ) -> None:  # fmt: skip
        self.parties, self.county, self.unit, self.when = parties, county, unit, when
        self.where, self.columns, self.head = where, columns, head

    def cells(self, line: Line) -> list[Cell[P]]:
        """The line's values, each with what it became."""
        who, party, problem = self._party(line)
        row, trouble = self._row(line)
        found: list[Cell[P]] = []
        for at, about in self.columns.items():
            text = line.cell(at)
            if text in NOTHING:
                continue
            cell = Cell(line.number, self.head.cell(at), text, who, party, self._joined(row, about))
            wrong = problem or trouble or self._wrong(cell)
            value = self._number(text) if wrong in {"", "sum"} else None
            found.append(replace(cell, value=value, problem=wrong or ("" if value is not None else "number")))
        return found

    def _party(self, line: Line) -> tuple[str, P | None, str]:
        """Who the line is about: as written, the party (None for the whole county), and what is wrong."""
        at = self.where["party"]
        if at is None:
            return "", None, ""
        who = line.cell(at)
        name = who.casefold()
        first, _space, rest = name.partition(" ")
        for written in (name, rest if first in self.parties else name):
            if written in self.parties:
                return who, self.parties[written], ""
        if name in {*WHOLE, self.county, f"{self.county} län", f"{self.county}s län"}:
            return who, None, ""
        return who, None, "sum" if name in SUMS else "party"

    def _row(self, line: Line) -> tuple[About, str]:
        """What the line says of its values, and what in it was not understood."""
        said: dict[str, str] = {}
        for name in ("period", "sex", "age"):
            at = self.where[name]
            said[name] = line.cell(at) if at is not None else ""
        when = _period(said["period"])
        if said["period"] not in NOTHING and not when:
            return About(), "period"
        sex = SEXES.get(said["sex"].casefold(), "")
        if said["sex"] not in NOTHING and not sex:
            return About(), "sex"
        every = said["age"].casefold() in {*NOTHING, "alla", "totalt", "alla åldrar"}
        ages = _AGES.fullmatch(said["age"].casefold())
        if not every and ages is None:
            return About(), "age"
        return About(when, sex, _ages(ages) if ages else None), ""

    def _joined(self, row: About, head: About) -> About:
        """A value is about what its column says, else its row, else the form."""
        return About(
            head.period or row.period or self.when, head.sex or row.sex or "all", head.ages or row.ages, head.target
        )

    def _wrong(self, cell: Cell[P]) -> str:
        about = cell.about
        if not about.period:
            return "period"
        if about.ages and about.ages[1] is not None and about.ages[1] < about.ages[0]:
            return "age"
        # A target is the whole county's, for all.
        return "target" if about.target and (cell.party is not None or about.sex != "all" or about.ages) else ""

    def _number(self, text: str) -> Exact | None:
        bare = text.casefold().removesuffix(self.unit).strip() if self.unit else text
        bare = _SPACES.sub("", bare.removesuffix("%").strip())
        try:
            return parse_exact(bare)
        except Invalid:
            return None
