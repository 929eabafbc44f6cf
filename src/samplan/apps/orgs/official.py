"""Counties, regions and municipalities by official code, and their population, read from the package's own files.

Source: Statistics Sweden's codes of counties and municipalities, and its population figures of 31 December 2019.
"""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files

from samplan.apps.orgs.operations import OfficialParty, PopulationRow

SOURCE = "SCB, folkmängd 31 december 2019"
ON_DATE = date(2019, 12, 31)


def _rows(name: str) -> list[dict[str, str]]:
    text = files("samplan.apps.orgs").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def counties() -> dict[str, tuple[str, str]]:
    """Code → (name, short name) of the 21 counties."""
    return {row["code"]: (row["name"], row["short_name"]) for row in _rows("counties.csv")}


def parties() -> list[OfficialParty]:
    """21 regions and 290 municipalities. Gotland's region and municipality name the same organisation."""
    regions = [
        OfficialParty(row["code"], "region", row["code"], row["region"], row["region"]) for row in _rows("counties.csv")
    ]
    municipalities = [
        OfficialParty(row["county"], "municipality", row["code"], row["name"], row["organisation"])
        for row in _rows("municipalities.csv")
    ]
    return regions + municipalities


def population() -> list[PopulationRow]:
    """Totals of every county and municipality at the end of 2019, final."""
    rows = _rows("counties.csv") + _rows("municipalities.csv")
    return [PopulationRow(row["code"], ON_DATE, int(row["population"]), SOURCE) for row in rows]
