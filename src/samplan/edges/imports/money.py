"""Which of the amounts that a document names are decided amounts of grants that the county has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from samplan.apps.agreements.models import Grant
from samplan.domain.drafts.tree import PLAN, Bit, Tree


def fitting(tree: Tree, grants: Iterable[Grant]) -> tuple[dict[Grant, int], list[Bit]]:
    """(grant → whole kronor, the rows that fit none). A row fits when it names the section (by number, short name or
    title) and the recipient of one grant, and no other row names the same."""
    rows = [tree.bits[bit] for bit in tree.nodes[PLAN].slots.get("money", ())]
    known = {(name, grant.line.level): grant for grant in grants for name in _names(grant.line.section)}
    found = [(bit, _grant_of(bit.row, known)) for bit in rows]
    times = Counter(grant.pk for _bit, grant in found if grant is not None)
    fits = {grant: int(bit.row["amount"]) for bit, grant in found if grant is not None and times[grant.pk] == 1}
    return fits, [bit for bit, grant in found if grant is None or times[grant.pk] > 1]


def _names(section: Any) -> set[str]:
    return {_plain(name) for name in (section.number, section.tag, section.title)}


def _plain(text: Any) -> str:
    return " ".join(re.sub(r"[^\w ]", " ", str(text)).casefold().split())


def _grant_of(row: dict[str, Any], known: dict[tuple[str, str], Grant]) -> Grant | None:
    amount = row.get("amount")
    if not isinstance(amount, int) or amount < 0:
        return None
    named = (row.get(name) for name in ("section", "area"))
    return next((known[key] for name in named if (key := (_plain(name or ""), row.get("recipient"))) in known), None)
