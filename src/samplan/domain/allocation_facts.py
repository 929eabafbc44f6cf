"""A decided allocation as it was frozen: plain data with a hash, and every format that has been written.

Format 1 (to 2026): shares without the way to each amount. Format 2: also what kind of allocation it is, the sources of
a levy, and each share's steps as in `allocation.Share.explanation`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from samplan.domain.facts import Frozen, from_data, frozen, thaw, to_data

FORMATS = (1, 2)


@dataclass(frozen=True, slots=True)
class ShareFacts:
    """One party by its code, with the weight as text, kronor, and the way to them (empty in format 1)."""

    party: str
    name: str
    weight: str
    amount: int
    steps: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """A grant or an allocation (`kind`) that a levy is reckoned on, and the kronor that the parties got from it."""

    uid: str
    kind: str
    title: str
    level: str
    amount: int


@dataclass(frozen=True, slots=True)
class AllocationFacts:
    """`key`: the key's plain data; `population_on`: ISO date or None; `decision_point`: uid; `kind`: shared or levy."""

    title: str
    county: str
    year: int
    amount: int
    key: dict[str, Any]
    rounding: str
    decision_point: str
    population_on: str | None
    shares: tuple[ShareFacts, ...]
    kind: str = "shared"
    sources: tuple[SourceFacts, ...] = ()
    format: int = FORMATS[-1]


def write(facts: AllocationFacts) -> Frozen:
    """The facts as canonical text with its hash."""
    return frozen(to_data(facts))


def read(text: str, sha256: str) -> AllocationFacts:
    """The facts of any format written so far. Raises ValueError when the text is not what was frozen, or newer."""
    data = thaw(text, sha256)
    if data.get("format") not in FORMATS:
        raise ValueError(f"AllocationFacts of format {data.get('format')}")
    return from_data(AllocationFacts, data | {"format": FORMATS[-1]})
