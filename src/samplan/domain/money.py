"""Money is whole kronor, in integers. At every level the parts equal the whole, or the difference has a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from samplan.domain.errors import Invalid

LARGEST = 2**63 - 1
"""The largest sum a 64-bit column holds, in kronor."""


@dataclass(frozen=True, slots=True)
class Difference:
    """So many kronor of the whole are in no part (negative: the parts are more than the whole), and why, as a code."""

    code: str
    amount: int


def difference(whole: int, parts: Iterable[int]) -> int:
    """Kronor left when the parts are taken from the whole; negative when they are more."""
    return whole - sum(parts)


def along(amounts: Sequence[tuple[str, int | None]]) -> tuple[Difference, ...]:
    """Where kronor fall away on the way, or come to: each known amount against the known one before it.

    `amounts` are (name, kronor) in order, None for a step not yet taken. A difference bears the name of the later step:
    granted 100, requested 90 is ("requested", 10). Together they are the first amount less the last known one.
    """
    known = [(name, amount) for name, amount in amounts if amount is not None]
    return tuple(
        Difference(name, before - amount) for (_name, before), (name, amount) in pairwise(known) if before != amount
    )


def check_parts(whole: int, parts: Iterable[int], differences: Iterable[Difference] = ()) -> None:
    """Parts and named differences make up the whole, to the krona; else `Invalid` "parts_differ" with the gap."""
    parts = list(parts)
    gap = difference(whole, parts) - sum(named.amount for named in differences)
    if gap:
        raise Invalid("parts_differ", whole=whole, total=sum(parts), difference=gap)
