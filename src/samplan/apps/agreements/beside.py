"""Another way of sharing the same sum, tried beside the present one. Nothing here writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samplan.apps.agreements.computing import explained
from samplan.apps.agreements.explain import age_words, area_words, differences, key_words
from samplan.apps.orgs.models import Party
from samplan.base.ui.templatetags.samplan import kronor
from samplan.domain.allocation import Allocation as Computed


@dataclass(frozen=True)
class Beside:
    """What was tried, against what there is, in kronor.

    `left`: what the parts miss of `whole`, and `named` why; `change`: the sum of differences; `unit`: whom the key
    counts, in words, empty for everybody.
    """

    words: str
    amounts: Mapping[str, int]
    steps: Mapping[str, list[dict[str, Any]]]
    whole: int
    total: int
    change: int
    sentence: str
    unit: str
    named: str

    @property
    def left(self) -> int:
        return self.whole - self.total


def beside_of(made: Computed, present: Mapping[Party, int]) -> Beside:
    """`made` against the amounts there are; a party that is in one of them only has nothing in the other."""
    amounts = {share.code: share.amount for share in made.shares}
    change = {party: amounts.get(party.code, 0) - amount for party, amount in present.items()}
    words = " ".join(filter(None, [f"{key_words(made.key)}.", area_words(made.key, {p.code: p.name for p in present})]))
    steps = {share.code: explained(share) for share in made.shares}
    return Beside(
        words,
        amounts,
        steps,
        made.amount,
        made.total,
        sum(change.values()),
        _change_words(change),
        age_words(made.key),
        differences(made.key, made.remainder),
    )


def _change_words(change: Mapping[Party, int]) -> str:
    more, less = sum(one > 0 for one in change.values()), sum(one < 0 for one in change.values())
    if not more and not less:
        return _("Det blir samma belopp för alla.")
    words = _("%(more)s får mer, %(less)s får mindre.") % {"more": more, "less": less}
    party, most = max(change.items(), key=lambda one: abs(one[1]))
    shape = _("Störst blir skillnaden för %(name)s, %(amount)s mer.")
    if most < 0:
        shape = _("Störst blir skillnaden för %(name)s, %(amount)s mindre.")
    return words + " " + shape % {"name": party.name, "amount": kronor(abs(most))}
