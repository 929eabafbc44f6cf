"""Each krona of a grant is in one strand, whatever became of it."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from samplan.domain.flow import ENDS, became, in_order, strands
from samplan.domain.spending import GrantFacts, LineFacts
from tests.domain.test_spending import HELD, KRONOR, SHARED, grant, receiver, receivers


def told(found: GrantFacts) -> list[tuple[str, str, int]]:
    return [(one.line.uid if one.line else "", one.end, one.amount) for one in strands(found)]


def test_each_krona_of_a_divided_grant() -> None:
    assert told(grant(SHARED, HELD, granted=310)) == [
        ("", "not_divided", 10), ("l", "used", 80), ("l", "to_repay", 20), ("l", "untold", 100),
        ("h", "held_back", 100),
    ]  # fmt: skip


def test_an_undivided_grant_tells_what_fell_away_before_it_came() -> None:
    whole = LineFacts("g", "Vård", "whole", 280, (receiver(280, 300),))
    found = grant(whole, requested=290, paid=290, received=280)
    assert told(found) == [("", "requested", 10), ("", "received", 10), ("g", "used", 280)]
    assert told(grant(declined=True, requested=None, paid=None, received=None)) == [("", "declined", 300)]


def test_more_divided_than_granted_is_told_with_its_sign() -> None:
    assert ("", "not_divided", -10) in told(grant(SHARED, HELD, granted=290))


@given(
    st.lists(st.tuples(st.lists(receivers(), max_size=4), KRONOR, st.booleans()), max_size=4), KRONOR,
    st.none() | KRONOR, st.booleans(),
)  # fmt: skip
def test_no_krona_is_lost_or_counted_twice(rows: Any, granted: int, received: int | None, declined: bool) -> None:
    lines = [
        LineFacts("l", "Post", "held_back" if held else "post", sum(one.amount for one in there) + kept, tuple(there))
        for there, kept, held in rows
    ]
    found = GrantFacts("g", "Medel", "joint", granted, granted, received, received, declined, lines=tuple(lines))
    assert sum(one.amount for one in strands(found)) == granted
    assert all(one.end in ENDS for one in strands(found))
    for line in lines:
        for one in line.receivers:
            assert sum(part.amount for part in became(one)) == one.amount


def test_ends_are_told_in_one_order() -> None:
    assert in_order(["untold", "used", "untold"]) == ["used", "untold"]
