"""Personal links: how their code is written and read, and when they end.

A code has 130 bits in Crockford's base 32: no letters that look like digits, capitals or not, hyphens where they help
the eye. A person can type it from paper.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from samplan.domain.deadlines import ends_at

ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH: Final = 26
_GROUP: Final = 5
_ALIKE: Final = str.maketrans({"o": "0", "i": "1", "l": "1", "-": None, " ": None, "\u2013": None, "\u2011": None})
LIFE: Final = timedelta(days=30)


class Purpose(StrEnum):
    """What a link is for: to write and send in a report, or to approve it for the party."""

    WRITE = "write"
    APPROVE = "approve"


class LinkState(StrEnum):
    """Only a live link opens anything. `replaced`: by a newer one; `over`: thirty days after the last day."""

    LIVE = "live"
    REPLACED = "replaced"
    REVOKED = "revoked"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    OVER = "over"


def new_code(choose: Callable[[str], str]) -> str:
    """A fresh code; `choose` picks one of the characters at random."""
    return "".join(choose(ALPHABET) for _place in range(LENGTH))


def written(code: str) -> str:
    """The code as it stands in an address: groups of five."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def read_code(typed: str) -> str:
    """The code that somebody has typed or followed; empty for what can be none."""
    code = typed.lower().translate(_ALIKE)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def link_state(
    *, ended: str, accepted: bool, withdrawn: bool, last_day: date, made_at: datetime, at: datetime
) -> LinkState:
    """Where a link stands. `ended`: how a person or a newer link has ended it, empty for not; `accepted`: whether the
    report has been accepted since the link was made, also when it was returned later.

    A link that is made when its time would be out already, for a party that is very late, lasts as long from then.
    """
    if ended:
        return LinkState(ended)
    if withdrawn:
        return LinkState.WITHDRAWN
    if accepted:
        return LinkState.ACCEPTED
    end = ends_at(last_day + LIFE)
    if made_at >= end:
        end = made_at + LIFE
    return LinkState.OVER if at >= end else LinkState.LIVE
