"""What became of the money: at every level the parts and the named differences are the whole."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samplan.domain.facts import canonical_json, from_data, frozen, thaw, to_data
from samplan.domain.money import Difference, along
from samplan.domain.spending import CostFacts, EconomicFacts, GrantFacts, LineFacts, ReceiverFacts


def receiver(amount: int = 100, used: int | None = 80, **more: Any) -> ReceiverFacts:
    costs = () if used is None else (CostFacts("salaries", used),)
    return ReceiverFacts("u", "2180", "Gävle", amount, told=used is not None, costs=costs, **more)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        # counted, own money, untold, left, to repay, to return, to pay
        (receiver(100, 80, paid=100), (80, 0, 0, 20, 20, 20, 0)),
        (receiver(100, 80, paid=100, returned=20), (80, 0, 0, 20, 20, 0, 0)),
        (receiver(100, 80, paid=50), (80, 0, 0, 20, 20, 0, 30)),
        (receiver(100, 80, paid=100, carried=15), (80, 0, 0, 20, 5, 5, 0)),
        (receiver(100, 130, paid=100), (100, 30, 0, 0, 0, 0, 0)),
        (receiver(100, None, paid=100), (0, 0, 100, 0, 0, 0, 0)),
        (receiver(100, 0, paid=100), (0, 0, 0, 100, 100, 100, 0)),
        (receiver(100, 80, own=True), (80, 0, 0, 20, 20, 0, 0)),
    ],
)
def test_a_receivers_money(one: ReceiverFacts, expected: tuple[int, ...]) -> None:
    found = (one.counted, one.own_money, one.untold, one.left, one.to_repay, one.to_return, one.to_pay)
    assert found == expected
    one.prove()


def grant(*lines: LineFacts, **more: Any) -> GrantFacts:
    amounts = {"granted": 300, "requested": 300, "paid": 300, "received": 300} | more
    return GrantFacts("g", "Barn och unga", "joint", lines=lines, **amounts)


SHARED = LineFacts("l", "Direktiv", "directive", 200, (receiver(100, 80), receiver(100, None)))
HELD = LineFacts("h", "Hålls inne", "held_back", 100)


def test_a_grant_with_something_untold_and_something_held_back() -> None:
    found = grant(SHARED, HELD)
    found.prove()
    assert (found.counted, found.untold, found.to_repay, found.remaining) == (80, 100, 120, 220)
    assert found.at_the_end() == (Difference("untold", 100), Difference("owed", 120))
    assert HELD.differences() == (Difference("held_back", 100),)
    assert found.between() == ()


def test_when_all_is_told_and_repaid_nothing_remains() -> None:
    line = LineFacts("l", "Direktiv", "directive", 300, (receiver(300, 260, carried=10),))
    found = grant(line, repaid=30)
    found.prove()
    assert (found.to_repay, found.remaining, found.at_the_end()) == (30, 0, ())
    late = grant(line, repaid=40)
    late.prove()
    assert late.at_the_end() == (Difference("over", -10),)


def test_more_used_than_came_has_its_name() -> None:
    line = LineFacts("l", "Direktiv", "directive", 300, (receiver(300, 300),))
    found = grant(line, received=250)
    found.prove()
    assert found.on_the_way() == (Difference("received", 50),)
    assert found.at_the_end() == (Difference("missing", -50),)


def test_one_receivers_own_money_pays_nothing_of_anothers_rest() -> None:
    line = LineFacts("l", "Direktiv", "directive", 300, (receiver(100, 150), receiver(200, 120)))
    found = grant(line)
    assert (found.counted, found.own_money, found.to_repay) == (220, 50, 80)
    assert found.costs == {"salaries": 270}


def test_a_grant_that_nobody_wanted_leaves_nothing_to_account_for() -> None:
    whole = LineFacts("g", "Barn och unga", "whole", 0, (receiver(0, None),))
    found = grant(whole, requested=None, paid=None, received=None, declined=True)
    found.prove()
    assert found.on_the_way() == (Difference("declined", 300),)
    assert (found.granted_now, found.at_the_end()) == (0, ())


def test_an_undivided_grant_is_what_came() -> None:
    found = grant(LineFacts("g", "Vård", "whole", 280, (receiver(280, 280, own=True),)), received=280, paid=280)
    found.prove()
    assert found.on_the_way() == (Difference("paid", 20),)
    assert (found.granted_now, found.between(), found.at_the_end()) == (280, (), ())


def test_a_grant_decided_anew_is_divided_again_or_the_difference_is_named() -> None:
    found = grant(SHARED, granted=310, changed=True)
    found.prove()
    assert found.between() == (Difference("not_divided", 110),)
    assert found.on_the_way() == (Difference("changed", 10),)


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ([100, None, None], ()),
        ([100, 90, None], (("b", 10),)),
        ([100, 100, 105], (("c", -5),)),
        ([100, None, 95], (("c", 5),)),
        ([None, None, None], ()),
    ],
)
def test_differences_along_the_way(amounts: list[int | None], expected: tuple[tuple[str, int], ...]) -> None:
    found = along(list(zip("abc", amounts, strict=True)))
    assert tuple((one.code, one.amount) for one in found) == expected


KRONOR = st.integers(0, 10**9)


@st.composite
def receivers(draw: Any) -> ReceiverFacts:
    amount, told = draw(KRONOR), draw(st.booleans())
    used = draw(KRONOR) if told else None
    carried = draw(st.integers(0, max(0, amount - used))) if used is not None else 0
    return receiver(amount, used, paid=draw(KRONOR), returned=draw(KRONOR), carried=carried, own=draw(st.booleans()))


@given(
    st.lists(st.tuples(st.lists(receivers(), max_size=4), KRONOR), max_size=4), KRONOR, st.none() | KRONOR, KRONOR,
    st.booleans(),
)  # fmt: skip
def test_it_always_adds_up(rows: Any, granted: int, received: int | None, repaid: int, declined: bool) -> None:
    lines = [
        LineFacts("l", "Post", "post", sum(one.amount for one in there) + kept, tuple(there)) for there, kept in rows
    ]
    found = GrantFacts(
        "g", "Medel", "joint", granted, granted, received, received, declined, lines=tuple(lines), repaid=repaid
    )
    found.prove()
    assert found.remaining == sum(one.amount for one in found.at_the_end())
    for line in lines:
        assert line.amount == line.counted + line.carried + line.untold + line.to_repay


def test_frozen_and_thawed_it_is_the_same() -> None:
    facts = EconomicFacts("Gävleborg", 2024, "Region Gävleborg", (grant(SHARED, HELD),), "Kim Ek", "Controller")
    ice = frozen(to_data(facts))
    assert from_data(EconomicFacts, thaw(ice.text, ice.sha256)) == facts


# What was frozen in the first format is read for as long as it is kept.
FIRST_FORMAT = (
    '{"certified_by":"Kim Ek","certified_function":"Controller","certified_on":"2025-03-14","county_name":"Gävleborg",'
    '"format":1,"grants":[{"changed":false,"declined":false,"granted":300,"level":"joint","lines":[{"activity":"",'
    '"amount":300,"kind":"post","made_up":false,"receivers":[{"amount":300,"carried":0,"code":"","costs":[{"amount":250'
    ',"kind":"salaries"}],"made_up":false,"name":"Regionen","own":true,"paid":0,"returned":0,"source":"typed",'
    '"source_uid":"","told":true,"uid":"l"}],"title":"Samordnare","uid":"l"}],"made_up":false,"may_carry_on":false,'
    '"paid":300,"received":300,"repaid":50,"repay_by":"2025-03-31","requested":300,"title":"Barn och unga","uid":"g"}],'
    '"made_up":false,"recipient":"Region Gävleborg","year":2024}'
)


def test_the_first_format_can_be_read() -> None:
    data = json.loads(FIRST_FORMAT)
    facts = from_data(EconomicFacts, data)
    assert canonical_json(data) == FIRST_FORMAT
    assert facts.grants[0].remaining == 0
    assert facts.costs == {"salaries": 250}
    with pytest.raises(ValueError, match="format 2"):
        from_data(EconomicFacts, data | {"format": 2})
