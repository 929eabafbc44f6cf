"""Where each krona of a grant goes: the line it came to, who received it, what became of it. Whole kronor.

Every krona that was granted is in exactly one strand. What passes a line or a receiver is the sum of its strands, and
what became of it is told by the same names as in `domain.spending`, so every total can be taken apart again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from samplan.domain.money import Difference, check_parts
from samplan.domain.spending import GrantFacts, LineFacts, ReceiverFacts

ENDS: Final = (
    "used", "carried", "to_repay", "untold", "hidden", "held_back", "not_shared", "not_divided", "declined", "changed",
    "requested", "paid", "received",
)  # fmt: skip
"""What may become of a krona, in the order it is told. "hidden": used or not, but not for this reader to see."""


@dataclass(frozen=True, slots=True)
class Strand:
    """Kronor that went the same way. `line` and `receiver` are None where they never came so far.

    `amount` is negative where the parts are more than the whole (more was divided than granted).
    """

    line: LineFacts | None
    receiver: ReceiverFacts | None
    end: str
    amount: int


def strands(grant: GrantFacts) -> tuple[Strand, ...]:
    """A grant's kronor by the way they went. Together they are what was granted, to the krona.

    Raises Invalid "parts_differ" otherwise. What has fallen away between granted and received is a strand only where
    the recipient uses the grant undivided; a divided grant's lines share out what was granted, and `GrantFacts.proof`
    tells what came.
    """
    found = [Strand(None, None, one.code, one.amount) for one in _beside_the_lines(grant)]
    for line in grant.lines:
        found += [Strand(line, None, one.code, one.amount) for one in line.differences()]
        for receiver in line.receivers:
            found += [Strand(line, receiver, one.code, one.amount) for one in became(receiver)]
    check_parts(grant.granted, (one.amount for one in found))
    return tuple(found)


def _beside_the_lines(grant: GrantFacts) -> tuple[Difference, ...]:
    fallen = grant.on_the_way() if grant.granted_now != grant.granted else ()
    return (*fallen, *grant.between())


def became(receiver: ReceiverFacts) -> tuple[Difference, ...]:
    """What became of what a receiver was given: "used" (by the grant's money), "carried", "to_repay", "untold"."""
    parts = (
        ("used", receiver.counted), ("carried", receiver.carried), ("to_repay", receiver.to_repay),
        ("untold", receiver.untold),
    )  # fmt: skip
    return tuple(Difference(code, amount) for code, amount in parts if amount)


def in_order(ends: Iterable[str]) -> list[str]:
    """Codes of `ENDS`, each once, in the order they are told."""
    there = set(ends)
    return [code for code in ENDS if code in there]
