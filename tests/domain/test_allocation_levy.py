"""A levy: a percentage of what each party has got goes to a joint pot, to the krona, and says of which money."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samplan.domain.allocation import Allocation, Row, allocate, levy, prove
from samplan.domain.allocation_keys import Levy, from_data
from samplan.domain.errors import Invalid
from samplan.domain.exact import Exact, parse_exact
from samplan.domain.money import Difference

ROUNDINGS = ["nearest", "largest-remainder"]


def row(code: str, *parts: int) -> Row:
    """A party that got so much from the first source, the second, and so on."""
    return Row(code, code.upper(), sum(parts), parts=tuple((f"s{at}", kronor) for at, kronor in enumerate(parts, 1)))


def paid(allocation: Allocation) -> list[int]:
    prove(allocation)
    return [share.amount for share in allocation.shares]


@pytest.mark.parametrize(
    ("percent", "got", "nearest", "pot", "largest"),
    [
        ("10", [100, 200, 300], [10, 20, 30], 60, [10, 20, 30]),
        # 1.25 + 1.25 + 2.5 = 5: nearest takes 1 + 1 + 3, as halves go up.
        ("2.5", [50, 50, 100], [1, 1, 3], 5, [1, 1, 3]),
        # 0.5 each, 1.5 together: nearest takes 3 of a pot of 2; the last two kronor go by size, then by code.
        ("1", [50, 50, 50], [1, 1, 1], 2, [1, 1, 0]),
        ("0.1", [499, 499], [0, 0], 1, [1, 0]),
        ("0.1", [1, 2, 3], [0, 0, 0], 0, [0, 0, 0]),
        ("100", [7, 0, 9], [7, 0, 9], 16, [7, 0, 9]),
        ("0.000001", [10**13, 10**12], [100_000, 10_000], 110_000, [100_000, 10_000]),
        ("33.333333", [3, 3, 3], [1, 1, 1], 3, [1, 1, 1]),
        # The one that got nothing pays nothing, and none of the last kronor is its.
        ("50", [1, 1, 1, 0], [1, 1, 1, 0], 2, [1, 1, 0, 0]),
    ],
)
def test_a_percentage_of_what_each_got(
    percent: str, got: list[int], nearest: list[int], pot: int, largest: list[int]
) -> None:
    rows = [row(f"p{at}", kronor) for at, kronor in enumerate(got)]
    key = Levy(parse_exact(percent))
    by_itself, exactly = levy(key, rows, "nearest"), levy(key, rows, "largest-remainder")
    assert (paid(by_itself), by_itself.amount, by_itself.remainder) == (nearest, pot, pot - sum(nearest))
    assert (paid(exactly), exactly.amount, exactly.total) == (largest, pot, pot)
    if pot != sum(nearest):
        assert by_itself.differences == (Difference("rounding", pot - sum(nearest)),)


def test_why_ockelbo_paid_this() -> None:
    rows = [row("2101", 48_591, 30_101), row("2104", 99_000, 0), row("2180", 548_500, 415_690)]
    ockelbo, hofors, _gavle = levy(Levy(parse_exact("2,5")), rows, "largest-remainder").shares
    assert ockelbo.explanation == (
        {"step": "got", "sources": [{"source": "s1", "amount": 48_591}, {"source": "s2", "amount": 30_101}],
         "amount": "78692"},
        {"step": "levy", "percent": "2.5", "of": "78692", "exact": "19673/10"},
        {"step": "down", "exact": "19673/10", "amount": 1_967, "left": 1, "last": False, "codes": ["2180"]},
    )  # fmt: skip
    assert json.loads(json.dumps(ockelbo.explanation)) == list(ockelbo.explanation)
    assert (hofors.exact, hofors.amount) == (Fraction(2475), 2475)


def test_one_that_declined_pays_nothing_and_the_pot_is_of_the_others() -> None:
    rows = [row("a", 1000), row("b", 1000), row("c", 0)]
    allocation = levy(Levy(Exact(10), (("b", "Tackade nej till medlen"),)), rows, "largest-remainder")
    assert (paid(allocation), allocation.amount) == ([100, 0, 0], 100)
    _a, b, c = allocation.shares
    assert b.explanation[-1] == {"step": "exempt", "reason": "Tackade nej till medlen", "amount": 0}
    assert (b.exact, c.explanation[1]) == (0, {"step": "levy", "percent": "10", "of": "0", "exact": "0"})


def test_a_changed_figure_is_found() -> None:
    wrong = Row("a", "", 1000, parts=(("s1", 999),))
    with pytest.raises(Invalid, match="parts_differ"):
        prove(levy(Levy(Exact(10)), [wrong], "nearest"))
    with pytest.raises(Invalid, match="levy_amount"):
        allocate(101, Levy(Exact(10)), [row("a", 1000)], "nearest")


GOT = st.dictionaries(
    st.text("0123456789", min_size=1, max_size=4), st.lists(st.integers(0, 10**10), min_size=1, max_size=4),
    min_size=1, max_size=50,
)  # fmt: skip
PERCENTS = st.builds(Exact, st.integers(1, 10**8), st.just(6))


@given(GOT, PERCENTS, st.sampled_from(ROUNDINGS), st.randoms(), st.integers(0, 3))
def test_always(got: dict[str, list[int]], percent: Exact, rounding: str, random: object, spared: int) -> None:
    rows = [row(code, *parts) for code, parts in got.items()]
    exempt = tuple((code, "Nej") for code in sorted(got)[:spared])
    key = Levy(percent, exempt)
    paying = [one for one in rows if one.code not in dict(exempt)]
    if not any(one.weight for one in paying):
        with pytest.raises(Invalid, match="levy_nothing"):
            levy(key, rows, rounding)
        return
    allocation = levy(key, rows, rounding)
    result = dict(zip(got, paid(allocation), strict=True))

    exact = sum(int(str(one.weight)) for one in paying) * percent.fraction / 100
    assert abs(allocation.amount - exact) <= Fraction(1, 2)
    assert rounding == "nearest" or allocation.total == allocation.amount
    assert all(0 <= result[code] <= sum(parts) for code, parts in got.items())
    assert all(result[code] == 0 for code, _reason in exempt)

    # More got is never less paid, and the order of rows decides nothing.
    by_got = sorted((one for one in paying), key=lambda one: int(str(one.weight)))
    assert [result[one.code] for one in by_got] == sorted(result[one.code] for one in paying)
    random.shuffle(rows)  # type: ignore[attr-defined]
    mixed = levy(from_data(key.to_data()), rows, rounding)  # type: ignore[arg-type]
    assert {share.code: share.amount for share in mixed.shares} == result


@given(GOT, st.integers(1, 99), st.integers(1, 10))
def test_a_higher_percentage_never_takes_less(got: dict[str, list[int]], percent: int, more: int) -> None:
    rows = [row(code, *parts) for code, parts in got.items()]
    if not any(one.weight for one in rows):
        return
    low, high = (levy(Levy(Exact(p)), rows, "nearest") for p in (percent, min(100, percent + more)))
    assert high.amount >= low.amount
    assert all(b >= a for a, b in zip(paid(low), paid(high), strict=True))
