"""What somebody typed becomes one exact value, or a clear no."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samplan.domain.errors import Invalid
from samplan.domain.questionnaire import (
    LONGEST,
    Audience,
    CostKind,
    Option,
    Question,
    QuestionKind,
    add_up_values,
    complete,
    costs_of,
    costs_total,
    may_see,
    parse_answer,
    parse_kronor,
    to_field,
)

OPTIONS = (Option("yes", "Ja"), Option("partly", "Delvis"), Option("no", "Nej"))


def question(kind: QuestionKind, code: str = "q", **more: Any) -> Question:
    return Question(code, kind, "Fråga?", options=OPTIONS, **more)


NUMBER, CHOICE, CHOICES, TEXT, COSTS = map(question, QuestionKind)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0", "0"),
        ("007", "7"),
        ("153", "153"),
        (" 850 ", "850"),
        ("1 500 000", "1500000"),
        ("1\u00a0500\u202f000", "1500000"),
        ("12\u2009500", "12500"),
        ("1234,5", "1234.5"),
        ("1 234.50", "1234.5"),
        ("0,10", "0.1"),
        ("3,000", "3"),
        ("", ""),
        ("  ", ""),
        (None, ""),
        (0, "0"),
        ("999999999999999", "999999999999999"),
    ],
)
def test_numbers(raw: Any, value: str) -> None:
    assert parse_answer(NUMBER, raw) == value


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("tio", "number"),
        ("-1", "number"),
        ("1e3", "number"),
        ("1,2,3", "number"),
        ("1.234.567", "number"),
        ("15 00", "number"),
        ("1  500", "number"),
        (",5", "number"),
        ("5,", "number"),
        ("٣", "number"),
        ("1/2", "number"),
        ("NaN", "number"),
        ("1" * 16, "number_too_large"),
        ("0,1234567", "number_too_large"),
    ],
)
def test_what_is_no_number(raw: str, code: str) -> None:
    with pytest.raises(Invalid) as error:
        parse_answer(NUMBER, raw)
    assert (error.value.code, error.value.field) == (code, "q")


@pytest.mark.parametrize(("raw", "kronor"), [("1 500 000 kr", 1_500_000), ("0", 0), ("25\u00a0000\u00a0kr", 25_000)])
def test_kronor(raw: str, kronor: int) -> None:
    assert parse_kronor(raw) == kronor


@pytest.mark.parametrize("raw", ["1,5", "tusen", "-5", "kr", "", "5 kr kr"])
def test_what_are_no_whole_kronor(raw: str) -> None:
    with pytest.raises(Invalid) as error:
        parse_kronor(raw, field="f")
    assert (error.value.code, error.value.field) == ("kronor", "f")


@pytest.mark.parametrize(
    ("asked", "raw", "value"),
    [
        (CHOICE, "partly", "partly"),
        (CHOICE, "", ""),
        (CHOICES, ["no", "yes", "no"], "yes\nno"),
        (CHOICES, "partly", "partly"),
        (CHOICES, [], ""),
        (CHOICES, None, ""),
        (TEXT, "  Vi har\r\nbörjat.\x00 ", "Vi har\nbörjat."),
        (TEXT, "x" * LONGEST, "x" * LONGEST),
        (COSTS, {"premises": "5 000", "salaries": "300 000 kr", "other": ""}, '{"premises":5000,"salaries":300000}'),
        (COSTS, {"other": 0}, '{"other":0}'),
        (COSTS, {"other": " "}, ""),
        (COSTS, None, ""),
    ],
)
def test_other_kinds(asked: Question, raw: Any, value: str) -> None:
    assert parse_answer(asked, raw) == value


@pytest.mark.parametrize(
    ("asked", "raw", "code", "params"),
    [
        (CHOICE, "maybe", "unknown_choice", {}),
        (CHOICES, ["yes", "maybe"], "unknown_choice", {}),
        (TEXT, "x" * (LONGEST + 1), "too_long", {"most": LONGEST}),
        (COSTS, {"salaries": "1,50"}, "kronor", {"kind": "salaries"}),
        (COSTS, {"salaries": "9" * 16}, "number_too_large", {"kind": "salaries"}),
        (COSTS, {"bonus": "1"}, "unknown_choice", {}),
    ],
)
def test_other_kinds_refused(asked: Question, raw: Any, code: str, params: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as error:
        parse_answer(asked, raw)
    assert (error.value.code, error.value.field, error.value.params) == (code, "q", params)


raw_numbers = st.tuples(st.integers(0, 10**15 - 1), st.integers(0, 10**6 - 1)).map(lambda n: f"{n[0]},{n[1]:06}")
raw_answers = st.one_of(
    raw_numbers.map(lambda raw: (NUMBER, raw)),
    st.sampled_from(["", "yes", "no"]).map(lambda raw: (CHOICE, raw)),
    st.lists(st.sampled_from(["yes", "partly", "no"])).map(lambda raw: (CHOICES, raw)),
    st.text(max_size=200).map(lambda raw: (TEXT, raw)),
    st.dictionaries(st.sampled_from(CostKind), st.integers(0, 10**12).map(str)).map(lambda raw: (COSTS, raw)),
)


@given(raw_answers)
def test_a_value_goes_to_its_field_and_back(case: tuple[Question, Any]) -> None:
    asked, raw = case
    value = parse_answer(asked, raw)
    assert parse_answer(asked, to_field(asked, value)) == value
    assert parse_answer(asked, to_field(asked, value, comma=".")) == value


@given(st.text())
def test_any_text_is_a_value_or_a_clear_no(raw: str) -> None:
    for asked in (NUMBER, CHOICE, TEXT):
        try:
            value = parse_answer(asked, raw)
        except Invalid:
            continue
        assert parse_answer(asked, value) == value


def test_sums_are_exact() -> None:
    assert add_up_values([]) == "0"
    assert add_up_values(["0.1", "0.2"]) == "0.3"
    assert add_up_values(["1.5", "2.5", "96"]) == "100"
    assert add_up_values(["153", "850", "0.000001"]) == "1003.000001"


@given(st.lists(raw_numbers), st.randoms())
def test_sums_do_not_depend_on_order(raws: list[str], random: Any) -> None:
    values = [parse_answer(NUMBER, raw) for raw in raws]
    assert Fraction(add_up_values(values)) == sum((Fraction(value) for value in values), Fraction(0))
    shuffled = values[:]
    random.shuffle(shuffled)
    assert add_up_values(shuffled) == add_up_values(values)


def test_costs() -> None:
    value = parse_answer(COSTS, {"salaries": "300 000", "courses": "12 500"})
    assert costs_of(value) == {"salaries": 300_000, "courses": 12_500}
    assert costs_total(value) == 312_500
    assert (costs_of(""), costs_total("")) == ({}, 0)


def test_what_is_missing() -> None:
    form = [
        question(QuestionKind.NUMBER, "n", required=True),
        question(QuestionKind.TEXT, "t", required=True),
        question(QuestionKind.TEXT, "free"),
        question(QuestionKind.COSTS, "c", required=True),
    ]
    assert complete(form, {}) == ("n", "t", "c")
    assert complete(form, {"n": "0", "t": "", "free": "x"}) == ("t", "c")
    assert complete(form, {"n": "0", "t": "x", "c": '{"other":0}'}) == ()


@pytest.mark.parametrize(
    ("audience", "seen_by"),
    [
        (Audience.COORDINATOR, {"coordinator"}),
        (Audience.PARTIES, {"coordinator", "party"}),
        (Audience.EVERYBODY, {"coordinator", "party", "public"}),
    ],
)
def test_who_may_see(audience: Audience, seen_by: set[str]) -> None:
    assert {viewer for viewer in ("coordinator", "party", "public") if may_see(audience, viewer, own=False)} == seen_by
    assert may_see(audience, "party", own=True)
    with pytest.raises(KeyError):
        may_see(audience, "neighbour", own=False)
