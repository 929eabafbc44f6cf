"""The allocation engine: the agreement's own figures, the two ways of rounding, every key, and what always holds."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samplan.domain.allocation import Allocation, Row, Rows, allocate, prove
from samplan.domain.allocation_keys import (
    AgeGroup,
    Area,
    Equal,
    Fixed,
    FlatPopulation,
    Key,
    Levy,
    Part,
    Population,
    Split,
    Steps,
    from_data,
)
from samplan.domain.errors import Invalid
from samplan.domain.exact import Exact, decimals, parse_exact, parse_whole
from samplan.domain.money import Difference, check_parts

COUNTY = [Row("01", "Stockholm", 2317853669), Row("99", "Övriga", 7682146331)]
GAVLEBORG = [
    Row("2183", "Bollnäs", 26204, "kommuner"),
    Row("2180", "Gävle", 104030, "kommuner"),
    Row("2104", "Hofors", 9216, "kommuner"),
    Row("2184", "Hudiksvall", 37526, "kommuner"),
    Row("2161", "Ljusdal", 18434, "kommuner"),
    Row("2132", "Nordanstig", 9288, "kommuner"),
    Row("2101", "Ockelbo", 5709, "kommuner"),
    Row("2121", "Ovanåker", 11312, "kommuner"),
    Row("2181", "Sandviken", 38340, "kommuner"),
    Row("2182", "Söderhamn", 24435, "kommuner"),
]
REGION = Row("21", "Region Gävleborg", 284494, "region")
HALVES = Split((Part("region", Equal(), parse_exact("50")), Part("kommuner", Population(), parse_exact("50.0"))))


def amounts(allocation: Allocation) -> dict[str, int]:
    prove(allocation)
    return {share.code: share.amount for share in allocation.shares}


@pytest.mark.parametrize(
    ("section", "amount", "key", "first"),
    [
        ("3.1 region", 217_000_000, Population(), 50_297_425),
        ("3.1 municipalities", 197_000_000, Population(), 45_661_717),
        ("3.3 joint", 105_000_000, FlatPopulation(5_000_000), 27_019_610),
        ("3.4 region", 100_000_000, Population(), 23_178_537),
        ("3.6 joint", 200_000_000, Population(), 46_357_073),
        ("3.7 region", 50_000_000, Population(), 11_589_268),
    ],
)
def test_the_states_own_table(section: str, amount: int, key: Key, first: int) -> None:
    assert amounts(allocate(amount, key, COUNTY, "nearest"))["01"] == first, section


def test_flat_and_population_with_21_counties() -> None:
    """The flat sum goes to 21 counties: 21 × 5 000 000 + 95 000 000 by population."""
    rows = [Row("01", "Stockholm", 2317853669)] + [Row(f"{n:02}", "", 384107316) for n in range(2, 21)]
    rows.append(Row("21", "", 10**10 - sum(int(row.weight) for row in rows)))
    assert amounts(allocate(200_000_000, FlatPopulation(5_000_000), rows, "nearest"))["01"] == 27_019_610


def test_ten_municipalities_to_the_last_krona() -> None:
    allocation = allocate(1_500_000, Population(), GAVLEBORG, "largest-remainder")
    assert list(amounts(allocation).values()) == [
        138161, 548500, 48591, 197857, 97194, 48971, 30101, 59643, 202148, 128834,
    ]  # fmt: skip
    assert allocation.remainder == 0
    ockelbo = allocation.shares[6]
    assert (decimals(ockelbo.exact), ockelbo.floor, ockelbo.last_krona) == ("30100.81", 30100, True)
    by_weight, rounded = ockelbo.explanation
    assert (by_weight["weight"], by_weight["weights"], by_weight["amount"]) == ("5709", "284494", 1_500_000)
    assert Fraction(by_weight["exact"]) == Fraction(5709 * 1_500_000, 284494)
    assert (rounded["step"], rounded["left"], rounded["last"]) == ("down", 4, True)
    assert set(rounded["codes"]) == {"2101", "2184", "2161", "2121"}


def test_a_floor_of_50_000_for_ten_municipalities() -> None:
    assert list(amounts(allocate(1_500_000, FlatPopulation(50_000), GAVLEBORG, "largest-remainder")).values()) == [
        142107, 415667, 82394, 181904, 114796, 82648, 70067, 89762, 184766, 135889,
    ]  # fmt: skip


def test_nearest_rounds_halves_up_and_shows_what_is_too_much() -> None:
    allocation = allocate(1, Equal(), [Row("a", "", 1), Row("b", "", 1)], "nearest")
    assert (amounts(allocation), allocation.remainder) == ({"a": 1, "b": 1}, -1)
    assert allocation.differences == (Difference("rounding", -1),)


@pytest.mark.parametrize(
    ("amount", "weights", "expected"),
    [
        (1, {"b": 1, "a": 1}, {"b": 0, "a": 1}),  # equal fractions and weights: the lower code
        (2, {"a": 1, "b": 3}, {"a": 0, "b": 2}),  # 0.5 and 1.5: equal fractions, the larger weight
        (3, {"b": 1, "c": 1, "a": 0}, {"b": 2, "c": 1, "a": 0}),
        (5, {"a": 0, "b": 7}, {"a": 0, "b": 5}),
    ],
)
def test_ties(amount: int, weights: dict[str, int], expected: dict[str, int]) -> None:
    rows = [Row(code, "", weight) for code, weight in weights.items()]
    assert amounts(allocate(amount, Population(), rows, "largest-remainder")) == expected


def test_decimal_weights_are_taken_exactly() -> None:
    rows = [Row("a", "", parse_exact("0,1")), Row("b", "", parse_exact("0.20")), Row("c", "", parse_exact("0.3"))]
    assert amounts(allocate(6, Population(), rows, "nearest")) == {"a": 1, "b": 2, "c": 3}
    assert [str(row.weight) for row in rows] == ["0,1", "0.20", "0.3"]


def test_groups_first_then_a_key_inside_each() -> None:
    allocation = allocate(3_000_001, HALVES, [REGION, *GAVLEBORG], "largest-remainder")
    result = amounts(allocation)
    assert sum(result.values()) == 3_000_001
    # The odd krona goes to the lower group name, as both percents are alike.
    assert (result["21"], result["2101"]) == (1_500_000, 30_101)
    assert allocation.shares[0].explanation[0] == {
        "step": "group", "group": "region", "amount": 1_500_000, "percent": "50", "of": 3_000_001,
    }  # fmt: skip


def test_groups_in_kronor_first_and_the_rest_in_percent() -> None:
    key = Split((Part("region", Equal(), kronor=1_000_000), Part("kommuner", Population(), parse_exact("100"))))
    result = amounts(allocate(2_500_000, key, [*GAVLEBORG, REGION], "largest-remainder"))
    assert (result["21"], result["2101"]) == (1_000_000, 30_101)


def test_kronor_that_no_group_gets_have_a_name() -> None:
    key = Split((Part("region", Equal(), kronor=10), Part("kommuner", Equal(), kronor=20)))
    allocation = allocate(100, key, [*GAVLEBORG, REGION], "nearest")
    assert sum(amounts(allocation).values()) == 30
    assert allocation.differences == (Difference("not_shared", 70),)


def test_fixed_sums_and_what_they_miss() -> None:
    rows = [Row("a", "", 1), Row("b", "", 0), Row("c", "", 3)]
    allocation = allocate(100, Fixed((("c", 70), ("a", 40))), rows, "largest-remainder")
    assert amounts(allocation) == {"a": 40, "b": 0, "c": 70}
    assert allocation.differences == (Difference("not_shared", -10),)


def test_steps_by_population_and_what_they_miss() -> None:
    """Section 3.5 of 2023: 31 million in two steps to 21 counties, ten of them over the higher limit."""
    counties = [Row(f"{n:02}", "", 60_000 + 30_000 * n) for n in range(1, 22)]
    limit = 60_000 + 30_000 * 12
    allocation = allocate(31_000_000, Steps(((0, 1_000_000), (limit, 2_000_000))), counties, "nearest")
    assert sorted(amounts(allocation).values()) == [1_000_000] * 11 + [2_000_000] * 10
    assert allocation.differences == ()
    assert allocation.shares[0].explanation == ({"step": "steps", "weight": "90000", "from": 0, "amount": 1_000_000},)
    short = allocate(32_000_000, Steps(((limit, 2_000_000),)), counties, "largest-remainder")
    assert short.differences == (Difference("not_shared", 12_000_000),)
    assert short.shares[0].explanation == ({"step": "steps", "weight": "90000", "from": None, "amount": 0},)


def test_a_step_begins_at_its_limit_also_for_weights_with_decimals() -> None:
    rows = [Row("a", "", parse_exact("19.99")), Row("b", "", 20), Row("c", "", parse_exact("20.5"))]
    assert amounts(allocate(9, Steps(((20, 5), (3, 4))), rows, "nearest")) == {"a": 4, "b": 5, "c": 5}


@pytest.mark.parametrize(("outside", "expected"), [(0, [50, 50, 0]), (20, [40, 40, 20])])
def test_age_group_with_a_catchment(outside: int, expected: list[int]) -> None:
    rows = [Row("a", "", 5), Row("b", "", 5), Row("c", "", 90)]
    key = AgeGroup(0, 25, Area(frozenset({"a", "b"}), outside))
    assert list(amounts(allocate(100, key, rows, "largest-remainder")).values()) == expected


def test_age_group_without_a_catchment_goes_by_weight() -> None:
    assert amounts(allocate(10, AgeGroup(0, 25), [Row("a", "", 1), Row("b", "", 4)], "nearest")) == {"a": 2, "b": 8}


KEYS: list[Key] = [
    Population(),
    Equal(),
    AgeGroup(0, None),
    AgeGroup(6, 25, Area(frozenset({"0980", "0114"}), 5)),
    AgeGroup(0, 17, Area(None, 0, (("0980", 7), ("0114", 0)))),
    Population(Area(frozenset({"0980"}), 5, (("0114", 9),))),
    Levy(parse_exact("2,50")),
    Levy(parse_exact("0.1"), (("0980", "Tackade nej"),)),
    FlatPopulation(5),
    Fixed((("b", 2), ("a", 1))),
    Steps(((20_000, 5), (0, 3))),
    HALVES,
    Split((Part("region", Fixed((("21", 3),)), kronor=3),)),
]


@pytest.mark.parametrize("key", KEYS)
def test_a_key_comes_back_from_its_plain_data(key: Key) -> None:
    data = json.loads(json.dumps(key.to_data()))
    assert from_data(data).to_data() == key.to_data() == data


@pytest.mark.parametrize(
    "data",
    [
        None, [], "equal", {}, {"key": "levy"}, {"key": "equal", "x": 1},
        {"key": "levy", "percent": 2, "exempt": {}}, {"key": "levy", "percent": "0", "exempt": {}},
        {"key": "levy", "percent": "100.1", "exempt": {}}, {"key": "levy", "percent": "-1", "exempt": {}},
        {"key": "levy", "percent": "2", "exempt": {"a": ""}}, {"key": "levy", "percent": "2", "exempt": ["a"]},
        {"key": "population", "catchment": ["a"]}, {"key": "population", "exceptions": {"a": 1}},
        {"key": "population", "catchment": [], "outside": 0}, {"key": "population", "catchment": "a", "outside": 0},
        {"key": "population", "catchment": ["a"], "outside": -1},
        {"key": "population", "catchment": ["a"], "outside": 0, "exceptions": {"b": 0.5}},
        {"key": "population", "catchment": ["a"], "outside": 0, "exceptions": {"b": -1}},
        {"key": "population", "catchment": ["a"], "outside": 0, "more": 1},
        {"key": "split", "groups": [
            {"group": "a", "percent": "100", "key": {"key": "levy", "percent": "1", "exempt": {}}}
        ]},
        {"key": "steps", "table": []}, {"key": "steps", "table": [[1, 2], [1, 3]]}, {"key": "steps", "table": [[1]]},
        {"key": "steps", "table": [[0, -1]]}, {"key": "steps", "table": [[0, 1.5]]}, {"key": "flat", "flat": "5"},
        {"key": "flat", "flat": True}, {"key": "flat", "flat": -1}, {"key": "fixed", "sums": {"a": 1.5}},
        {"key": "age", "from": 25, "to": 6, "catchment": None, "outside": 0}, {"key": "split", "groups": []},
        {"key": "split", "groups": [{"group": "a", "percent": "99", "key": {"key": "equal"}}]},
        {"key": "split", "groups": [{"group": "a", "percent": 100, "key": {"key": "equal"}}]},
        {"key": "split", "groups": [{"group": "a", "percent": "100", "kronor": 1, "key": {"key": "equal"}}]},
        {"key": "split", "groups": [{"group": "a", "percent": "100", "key": HALVES.to_data()}]},
    ],
)  # fmt: skip
def test_plain_data_that_is_no_key_is_refused(data: object) -> None:
    with pytest.raises(Invalid):
        from_data(data)


@pytest.mark.parametrize(
    ("code", "amount", "key", "rows"),
    [
        ("amount_negative", -1, Equal(), COUNTY),
        ("rows_missing", 1, Equal(), []),
        ("code_twice", 1, Equal(), [COUNTY[0], COUNTY[0]]),
        ("number_negative", 1, Equal(), [Row("a", "", -1)]),
        ("weights_zero", 1, Population(), [Row("a", "", 0)]),
        ("flat_over_amount", 9, FlatPopulation(5), COUNTY),
        ("outside_over_amount", 9, AgeGroup(0, 25, Area(frozenset({"01"}), 10)), COUNTY),
        ("outside_over_amount", 9, Population(Area(None, 0, (("01", 10),))), COUNTY),
        ("catchment_stranger", 9, AgeGroup(0, 25, Area(frozenset({"02"}))), COUNTY),
        ("sum_for_stranger", 9, Population(Area(None, 0, (("02", 1),))), COUNTY),
        ("nobody_inside", 9, Population(Area(frozenset({"01"}), 1, (("01", 1),))), COUNTY),
        ("weights_zero", 9, Population(Area(frozenset({"a"}), 1)), [Row("a", "", 0), Row("b", "", 5)]),
        ("levy_amount", 9, Levy(Exact(10)), COUNTY),
        ("levy_nothing", 0, Levy(Exact(10)), [Row("a", "", 0)]),
        ("levy_nothing", 0, Levy(Exact(10), (("a", "Nej"),)), [Row("a", "", 5), Row("b", "", 0)]),
        ("exempt_stranger", 0, Levy(Exact(10), (("b", "Nej"),)), [Row("a", "", 5)]),
        ("sum_for_stranger", 9, Fixed((("02", 1),)), COUNTY),
        ("group_unknown", 9, HALVES, COUNTY),
        ("group_empty", 9, HALVES, GAVLEBORG),
    ],
)
def test_refusals(code: str, amount: int, key: Key, rows: list[Row]) -> None:
    with pytest.raises(Invalid) as refused:
        allocate(amount, key, rows, "nearest")
    assert refused.value.code == code


def test_an_unknown_rounding_is_refused() -> None:
    with pytest.raises(Invalid, match="rounding_unknown"):
        allocate(1, Equal(), COUNTY, "up")


def test_a_changed_amount_is_found() -> None:
    allocation = allocate(1_500_000, Population(), GAVLEBORG, "largest-remainder")
    first, second, *rest = allocation.shares
    allocation.__dict__["shares"] = (first._replace(amount=first.amount + 1), second, *rest)
    with pytest.raises(Invalid, match="parts_differ"):
        prove(allocation)
    allocation.__dict__["shares"] = (
        first._replace(amount=first.amount + 1),
        second._replace(amount=second.amount - 1),
        *rest,
    )
    with pytest.raises(Invalid, match="share_differs"):
        prove(allocation)


@pytest.mark.parametrize(
    "text", ["", " ", "-1", "+5", "1e5", "1.", ".5", "1,2,3", "1 000", "٣", "１", "NaN", "0x1", "1_0"]
)
def test_not_clearly_a_number(text: str) -> None:
    with pytest.raises(Invalid):
        parse_exact(text)


@pytest.mark.parametrize(("text", "whole"), [("0", 0), ("1 500 000", 1_500_000), ("12\u00a0345", 12_345), (" 7 ", 7)])
def test_whole_numbers(text: str, whole: int) -> None:
    assert parse_whole(text) == whole


@pytest.mark.parametrize("text", ["", "1 50", "15 00", "1  000", "1,5", "1.0", "-0", "+1", "１", "1 000 00", "9" * 101])
def test_not_whole(text: str) -> None:
    with pytest.raises(Invalid):
        parse_whole(text)


def test_parts_equal_the_whole_or_the_difference_has_a_name() -> None:
    check_parts(10, [4, 6])
    check_parts(10, [4, 5], [Difference("held_back", 1)])
    with pytest.raises(Invalid) as gap:
        check_parts(10, [4, 5])
    assert gap.value.params == {"whole": 10, "total": 9, "difference": 1}


WEIGHTS = st.builds(Exact, st.integers(0, 10**12), st.integers(0, 6))
PARTIES = st.dictionaries(st.text("0123456789", min_size=1, max_size=4), WEIGHTS, min_size=1, max_size=12).filter(
    lambda weights: any(weight.digits for weight in weights.values())
)
AMOUNTS = st.integers(0, 10**13)
ROUNDINGS = st.sampled_from(["nearest", "largest-remainder"])


@given(PARTIES, AMOUNTS, ROUNDINGS, st.integers(0, 10**5), st.randoms())
def test_always(parties: dict[str, Exact], amount: int, rounding: str, flat: int, random: object) -> None:
    rows = [Row(code, "", weight) for code, weight in parties.items()]
    key = FlatPopulation(flat)
    allocation = allocate(amount + flat * len(rows), key, rows, rounding)
    result = amounts(allocation)

    if rounding == "largest-remainder":
        assert allocation.total == allocation.amount
    assert abs(allocation.remainder) <= len(rows) / 2

    random.shuffle(rows)  # type: ignore[attr-defined]
    mixed = allocate(allocation.amount, key, rows, rounding)
    assert amounts(mixed) == result
    assert [share.code for share in mixed.shares] == [row.code for row in rows]

    by_weight = sorted(parties, key=lambda code: parties[code].fraction)
    assert [result[code] for code in by_weight] == sorted(result.values())
    for share in allocation.shares:
        assert share.exact == flat + amount * parties[share.code].fraction / sum(w.fraction for w in parties.values())
        assert json.loads(json.dumps(share.explanation))[-1]["amount"] == share.amount


@given(PARTIES, AMOUNTS, ROUNDINGS, st.integers(0, 10_000))
def test_a_split_keeps_every_krona(parties: dict[str, Exact], amount: int, rounding: str, hundredths: int) -> None:
    """Codes of even length are one group, odd ones the other."""
    rows = Rows(Row(code, "", 1 + weight.digits, str(len(code) % 2)) for code, weight in parties.items())
    groups = sorted({row.group for row in rows.rows})
    shares = [10_000] if len(groups) == 1 else [hundredths, 10_000 - hundredths]
    key = Split(tuple(Part(g, Population(), Exact(s, 2)) for g, s in zip(groups, shares, strict=True)))
    allocation = allocate(amount, key, rows, rounding)
    prove(allocation)
    if rounding == "largest-remainder":
        assert allocation.remainder == 0
    assert sum(named.amount for named in allocation.differences) == allocation.remainder
