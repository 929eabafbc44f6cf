"""Another way of sharing the same sum, tried beside the present one. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samplan.apps.agreements.computing import explained
from samplan.apps.agreements.explain import age_words, area_words, differences, exempt_words, key_words, listing
from samplan.apps.agreements.labels import source_name
from samplan.apps.agreements.levies import Source, explained_levy
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
    parties: tuple[Party, ...]

    @property
    def left(self) -> int:
        return self.whole - self.total


def beside_of(made: Computed, present: Mapping[Party, int], *, sources: Iterable[Source] = ()) -> Beside:
    """`made` against the amounts there are; a party that is in one of them only has nothing in the other. `sources`: of
    a levy."""
    amounts = {share.code: share.amount for share in made.shares}
    change = {party: amounts.get(party.code, 0) - amount for party, amount in present.items()}
    names = {party.code: party.name for party in present}
    listed = list(sources)
    words = [f"{key_words(made.key)}.", area_words(made.key, names, brief=True), exempt_words(made.key, names)]
    if listed:
        words.insert(
            1, _("Underlag: %(sources)s.") % {"sources": listing([source_name(one.title, one.level) for one in listed])}
        )
    steps = {share.code: explained_levy(share, listed) if listed else explained(share) for share in made.shares}
    return Beside(
        " ".join(filter(None, words)), amounts, steps, made.amount, made.total, sum(change.values()),
        _change_words(change, pays=bool(listed)), age_words(made.key), differences(made.key, made.remainder),
        tuple(present),
    )  # fmt: skip


def _change_words(change: Mapping[Party, int], *, pays: bool) -> str:
    more, less = sum(one > 0 for one in change.values()), sum(one < 0 for one in change.values())
    if not more and not less:
        return _("Det blir samma belopp för alla.")
    shape = _("%(more)s betalar mer, %(less)s betalar mindre.") if pays else _("%(more)s får mer, %(less)s får mindre.")
    words = shape % {"more": more, "less": less}
    party, most = max(change.items(), key=lambda one: abs(one[1]))
    shape = _("Störst blir skillnaden för %(name)s, %(amount)s mer.")
    if most < 0:
        shape = _("Störst blir skillnaden för %(name)s, %(amount)s mindre.")
    return words + " " + shape % {"name": party.name, "amount": kronor(abs(most))}
