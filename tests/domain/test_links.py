"""Personal links: codes that can be typed, and when a link ends."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samplan.domain.links import ALPHABET, LENGTH, LinkState, link_state, new_code, read_code, written

LAST = date(2024, 12, 31)
# Thirty days after the last day, in Sweden: the thirtieth of January is the last whole day.
ALIVE, OVER = datetime(2025, 1, 30, 22, 59, 59, tzinfo=UTC), datetime(2025, 1, 30, 23, tzinfo=UTC)


def test_a_code_has_at_least_128_bits_and_no_two_signs_that_look_alike() -> None:
    assert len(ALPHABET) ** LENGTH >= 2**128
    assert not set("ilou") & set(ALPHABET)


@given(st.randoms(use_true_random=False))
def test_a_code_is_read_as_it_was_written_however_it_is_typed(chance: random.Random) -> None:
    code = new_code(chance.choice)
    shown = written(code)
    for typed in (code, shown, shown.upper(), shown.replace("-", " "), shown.replace("0", "O").replace("1", "l")):
        assert read_code(typed) == code


@given(st.text(max_size=60))
def test_any_text_is_a_code_or_nothing(typed: str) -> None:
    code = read_code(typed)
    assert code == "" or (len(code) == LENGTH and set(code) <= set(ALPHABET))


@pytest.mark.parametrize(
    ("ended", "accepted", "withdrawn", "at", "expected"),
    [
        ("", False, False, ALIVE, LinkState.LIVE),
        ("", False, False, OVER, LinkState.OVER),
        ("", True, False, ALIVE, LinkState.ACCEPTED),
        ("", False, True, ALIVE, LinkState.WITHDRAWN),
        ("", True, True, ALIVE, LinkState.WITHDRAWN),
        ("replaced", False, False, ALIVE, LinkState.REPLACED),
        ("revoked", False, False, ALIVE, LinkState.REVOKED),
        ("revoked", True, True, OVER, LinkState.REVOKED),
    ],
)
def test_when_a_link_ends(ended: str, accepted: bool, withdrawn: bool, at: datetime, expected: LinkState) -> None:
    made = datetime(2024, 9, 20, tzinfo=UTC)
    found = link_state(ended=ended, accepted=accepted, withdrawn=withdrawn, last_day=LAST, made_at=made, at=at)
    assert found is expected


def test_a_link_that_is_made_when_the_time_is_out_lasts_thirty_days_from_then() -> None:
    def at(days: int) -> LinkState:
        moment = OVER + timedelta(days=days)
        return link_state(ended="", accepted=False, withdrawn=False, last_day=LAST, made_at=OVER, at=moment)

    assert (at(0), at(29), at(30)) == (LinkState.LIVE, LinkState.LIVE, LinkState.OVER)
