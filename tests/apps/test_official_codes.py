"""The package's own file of counties, regions and municipalities."""

from __future__ import annotations

import csv
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

FOLDER = files("samplan.apps.orgs").joinpath("data")
# The official lists, on machines that keep them beside the repository.
OFFICIAL = Path(__file__).parents[3] / "shared" / "data"

MUNICIPALITIES_PER_COUNTY = {
    "01": 26, "03": 8, "04": 9, "05": 13, "06": 13, "07": 8, "08": 12, "09": 1, "10": 5, "12": 33, "13": 6,
    "14": 49, "17": 16, "18": 12, "19": 10, "20": 15, "21": 10, "22": 7, "23": 8, "24": 15, "25": 14,
}  # fmt: skip
REGIONS_BY_ANOTHER_NAME = {
    "04": "Region Sörmland",
    "06": "Region Jönköpings län",
    "08": "Region Kalmar län",
    "14": "Västra Götalandsregionen",
    "18": "Region Örebro län",
    "23": "Region Jämtland Härjedalen",
}


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(FOLDER.joinpath(name).read_text(encoding="utf-8").splitlines()))


COUNTIES, MUNICIPALITIES = rows("counties.csv"), rows("municipalities.csv")


def test_counts() -> None:
    assert len({row["code"] for row in COUNTIES}) == len(COUNTIES) == 21
    assert len({row["region"] for row in COUNTIES}) == 21
    assert len({row["code"] for row in MUNICIPALITIES}) == len(MUNICIPALITIES) == 290
    assert Counter(row["county"] for row in MUNICIPALITIES) == MUNICIPALITIES_PER_COUNTY


def test_codes_and_order() -> None:
    assert [row["code"] for row in COUNTIES] == sorted(row["code"] for row in COUNTIES)
    assert [row["code"] for row in MUNICIPALITIES] == sorted(row["code"] for row in MUNICIPALITIES)
    for row in MUNICIPALITIES:
        assert row["code"].isdigit()
        assert len(row["code"]) == 4
        assert row["code"].startswith(row["county"])


def test_names() -> None:
    for row in COUNTIES:
        assert row["name"].endswith(" län")
        assert row["name"].startswith(row["short_name"])
        assert not row["short_name"].endswith("s")
        assert row["region"] == REGIONS_BY_ANOTHER_NAME.get(row["code"], f"Region {row['short_name']}")
    assert all(cell == cell.strip() != "" for row in COUNTIES + MUNICIPALITIES for cell in row.values())
    gavleborg = [row["name"] for row in MUNICIPALITIES if row["county"] == "21"]
    assert gavleborg == [
        "Ockelbo", "Hofors", "Ovanåker", "Nordanstig", "Ljusdal",
        "Gävle", "Sandviken", "Söderhamn", "Bollnäs", "Hudiksvall",
    ]  # fmt: skip


def test_gotland_is_one_organisation_and_two_parties() -> None:
    [gotland] = [row for row in MUNICIPALITIES if row["county"] == "09"]
    [county] = [row for row in COUNTIES if row["code"] == "09"]
    assert gotland["code"] == "0980"
    assert gotland["organisation"] == county["region"] == "Region Gotland"
    regions = {row["region"] for row in COUNTIES}
    assert [row["code"] for row in MUNICIPALITIES if row["organisation"] in regions] == ["0980"]
    assert len(regions | {row["organisation"] for row in MUNICIPALITIES}) == 310


def test_population_of_the_municipalities_is_the_countys() -> None:
    sums: Counter[str] = Counter()
    for row in MUNICIPALITIES:
        sums[row["county"]] += int(row["population"])
    assert sums == {row["code"]: int(row["population"]) for row in COUNTIES}
    assert sum(sums.values()) == 10_327_589


@pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the official lists are not beside the repository")
def test_the_same_as_the_official_lists() -> None:
    def official(name: str) -> list[dict[str, str]]:
        with (OFFICIAL / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    assert [(row["code"], row["name"], row["population"]) for row in COUNTIES] == [
        (row["county_code"], row["name"], row["population_2019_12_31"]) for row in official("counties.csv")
    ]
    assert [(row["code"], row["name"], row["county"], row["population"]) for row in MUNICIPALITIES] == [
        (row["municipality_code"], row["name"], row["county_code"], row["population_2019_12_31"])
        for row in official("municipalities.csv")
    ]
