"""By population or age inside a catchment area of municipalities, with fixed sums outside it and exceptions."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samplan.domain.allocation import Allocation, Row, allocate, prove
from samplan.domain.allocation_keys import AgeGroup, Area, Equal, Part, Population, Split, from_data
from samplan.domain.exact import Exact

INSIDE = frozenset({"a", "b"})
ROWS = [Row("a", "A", 30), Row("b", "B", 10), Row("c", "C", 500), Row("d", "D", 0)]


def amounts(allocation: Allocation) -> list[int]:
    prove(allocation)
    return [share.amount for share in allocation.shares]


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        (Area(), [56, 18, 926, 0]),
        (Area(INSIDE), [750, 250, 0, 0]),
        (Area(INSIDE, 100), [600, 200, 100, 100]),
        (Area(INSIDE, 100, (("c", 20),)), [660, 220, 20, 100]),
        (Area(INSIDE, 100, (("c", 0), ("d", 0))), [750, 250, 0, 0]),
        # An exception inside the area: it takes its sum and leaves the sharing.
        (Area(INSIDE, 100, (("a", 5),)), [5, 795, 100, 100]),
        (Area(None, 0, (("c", 200),)), [600, 200, 200, 0]),
        # Everything is given by hand: nobody is inside, and nothing is left.
        (Area(INSIDE, 0, (("a", 700), ("b", 300))), [700, 300, 0, 0]),
        (Area(INSIDE, 500), [0, 0, 500, 500]),
    ],
)
@pytest.mark.parametrize("key", [Population(), AgeGroup(0, 25)])
def test_inside_outside_and_exceptions(key: Population | AgeGroup, area: Area, expected: list[int]) -> None:
    allocation = allocate(1000, replace(key, area=area), ROWS, "largest-remainder")
    assert amounts(allocation) == expected
    assert allocation.differences == ()


def test_every_party_is_told_why() -> None:
    key = Population(Area(INSIDE, 100, (("c", 20),)))
    a, _b, c, d = allocate(1001, key, ROWS, "largest-remainder").shares
    assert a.explanation == (
        {"step": "area", "amount": 1001, "apart": 120, "rows": 2, "rest": 881},
        {"step": "weight", "weight": "30", "weights": "40", "amount": 881, "exact": "2643/4"},
        {"step": "down", "exact": "2643/4", "amount": 661, "left": 1, "last": True, "codes": ["a"]},
    )
    assert c.explanation == ({"step": "exception", "amount": 20},)
    assert d.explanation == ({"step": "outside", "amount": 100},)


def test_in_a_split_the_group_is_told_whole() -> None:
    rows = [replace(one, group="towns") for one in ROWS] + [Row("r", "R", 1, "region")]
    inner = AgeGroup(0, 17, Area(INSIDE, 100))
    key = Split((Part("region", Equal(), Exact(50)), Part("towns", inner, Exact(50))))
    allocation = allocate(2000, key, rows, "largest-remainder")
    assert amounts(allocation) == [600, 200, 100, 100, 1000]
    for share in allocation.shares[:4]:
        assert share.explanation[0] == {
            "step": "group", "group": "towns", "amount": 1000, "percent": "50", "of": 2000,
        }  # fmt: skip


def test_keys_of_before_are_read_and_written_as_they_were() -> None:
    """What was frozen before there were exceptions."""
    old = {"key": "age", "from": 0, "to": 25, "catchment": ["2101", "2180"], "outside": 50000}
    assert from_data(old) == AgeGroup(0, 25, Area(frozenset({"2101", "2180"}), 50000))
    for data in (old, old | {"catchment": None, "outside": 0}, {"key": "population"}):
        assert json.dumps(from_data(data).to_data()) == json.dumps(data)


PERSONS = st.dictionaries(st.text("0123456789", min_size=1, max_size=4), st.integers(0, 10**6), min_size=2, max_size=50)


@given(
    PERSONS, st.integers(0, 10**10), st.integers(0, 10**5), st.data(), st.sampled_from(["nearest", "largest-remainder"])
)
def test_always(persons: dict[str, int], rest: int, outside: int, data: st.DataObject, rounding: str) -> None:
    codes = sorted(persons)
    catchment = data.draw(st.none() | st.sets(st.sampled_from(codes), min_size=1).map(frozenset))
    own = data.draw(st.dictionaries(st.sampled_from(codes), st.integers(0, 10**6), max_size=3))
    area = Area(catchment, outside, tuple(own.items()))
    within = [code for code in codes if area.inside(code)]
    if not any(persons[code] for code in within):
        return
    without = set(codes) - set(within) - set(own)
    amount = rest + outside * len(without) + sum(own.values())
    rows = [Row(code, "", number) for code, number in persons.items()]
    result = dict(zip(persons, amounts(allocate(amount, Population(area), rows, rounding)), strict=True))

    assert {code: result[code] for code in own} == own
    assert {result[code] for code in without} <= {outside}
    assert all(kronor >= 0 for kronor in result.values())
    gap = amount - sum(result.values())
    assert gap == 0 if rounding == "largest-remainder" else abs(gap) <= len(within) / 2
    by_size = sorted(within, key=lambda code: persons[code])
    assert [result[code] for code in by_size] == sorted(result[code] for code in within)
    turned = allocate(amount, Population(area), rows[::-1], rounding)
    assert {share.code: share.amount for share in turned.shares} == result
