"""What of an indicator may be added up, when a target is met, and figures that texts quote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samplan.domain.errors import Invalid
from samplan.domain.exact import Exact
from samplan.domain.indicators import Value, met, period, quoted, quotes, total

PARTIES = ["2104", "2180"]


def value(number: int, party: str = "", sex: str = "all", ages: tuple[int | None, int | None] = (None, None)) -> Value:
    return Value(party, sex, ages[0], ages[1], Exact(number))


CASES = [
    ([], True, None, "", []),
    ([value(5)], True, 5, "given", []),
    ([value(2, "2104"), value(3, "2180")], True, 5, "parties", []),
    ([value(2, "2104")], True, None, "", []),
    ([value(2, "2104"), value(3, "2180")], False, None, "", []),
    ([value(7), value(2, "2104"), value(3, "2180")], False, 7, "given", []),
    ([value(7), value(2, "2104"), value(3, "2180")], True, 7, "given", [("parties", 5)]),
    ([value(4, sex="women"), value(3, sex="men")], True, 7, "sexes", []),
    ([value(4, sex="women")], True, None, "", []),
    ([value(4, ages=(0, 17)), value(6, ages=(18, None))], True, 10, "ages", []),
    ([value(4, ages=(0, 17)), value(6, ages=(20, None))], True, None, "", []),
    ([value(4, ages=(0, 17)), value(6, ages=(15, None))], True, None, "", []),
    ([value(4, ages=(1, 17)), value(6, ages=(18, None))], True, None, "", []),
    ([value(2, "2104"), value(3, "2180"), value(4, sex="women"), value(1, sex="men")], True, 5, "parties", []),
    (
        [value(2, "2104"), value(3, "2180"), value(4, sex="women"), value(2, sex="men")],
        True,
        5,
        "parties",
        [("sexes", 6)],
    ),
]


@pytest.mark.parametrize(("values", "adds_up", "expected", "way", "others"), CASES)
def test_a_total_is_made_from_one_complete_breakdown(
    values: list[Value], adds_up: bool, expected: int | None, way: str, others: list[tuple[str, int]]
) -> None:
    found = total(values, adds_up=adds_up, parties=PARTIES)
    assert (found.value.fraction if found.value else None) == expected
    assert found.way == way
    assert [(name, one.fraction) for name, one in found.others] == others


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 3)), min_size=2, max_size=2))
def test_parts_are_added_exactly(numbers: list[tuple[int, int]]) -> None:
    parts = [Exact(digits, scale) for digits, scale in numbers]
    values = [Value(code, "all", None, None, part) for code, part in zip(PARTIES, parts, strict=True)]
    found = total(values, adds_up=True, parties=PARTIES).value
    assert found is not None
    assert found.fraction == sum(part.fraction for part in parts)


def test_a_new_breakdown_loses_nothing() -> None:
    """From one year to the next the county begins to report by sex: both years have their total, and both rows stay."""
    before = [value(7)]
    after = [value(4, sex="women"), value(5, sex="men")]
    assert total(before, adds_up=True, parties=PARTIES).value == Exact(7)
    assert total(after, adds_up=True, parties=PARTIES).value == Exact(9)


@pytest.mark.parametrize(
    ("have", "want", "direction", "expected"),
    [
        (5, 5, "up", True), (6, 5, "up", True), (4, 5, "up", False), (5, 5, "down", True), (6, 5, "down", False),
        (4, 5, "none", None), (None, 5, "up", None), (5, None, "up", None),
    ],
)  # fmt: skip
def test_a_target_is_met_or_not_or_unsaid(
    have: int | None, want: int | None, direction: str, expected: bool | None
) -> None:
    said = [Exact(one) if one is not None else None for one in (have, want)]
    assert met(said[0], said[1], direction) is expected


@pytest.mark.parametrize("text", ["2024", "2024h1", " 2024Q4 ", "2024-05"])
def test_periods_have_a_normal_form(text: str) -> None:
    assert period(text) == text.strip().upper()


@pytest.mark.parametrize("text", ["", "24", "2024H3", "2024-13", "2024Q5", "våren 2024", "3024"])
def test_other_periods_are_refused(text: str) -> None:
    with pytest.raises(Invalid, match="period"):
        period(text)


def test_a_quoted_figure_follows_its_value() -> None:
    text = "Vi gav {{kurser 2024}} kurser, i Hofors {{kurser 2024 2104}}, och {{annat 2023}} annat."
    now = {("kurser", "2024", ""): "12", ("kurser", "2024", "2104"): "3"}

    def lookup(code: str, when: str, party: str) -> str:
        return now.get((code, when, party), "")

    assert quoted(text, lookup) == "Vi gav 12 kurser, i Hofors 3, och [saknas: annat 2023] annat."
    now["kurser", "2024", ""] = "13"
    assert "Vi gav 13 kurser" in quoted(text, lookup)
    assert quotes(text) == [("kurser", "2024", ""), ("kurser", "2024", "2104"), ("annat", "2023", "")]
    assert quoted("Ingen {{ citering", lookup) == "Ingen {{ citering"
