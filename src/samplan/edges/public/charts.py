"""What the open site draws with the charts that pages and documents share, out of the frozen facts."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from samplan.apps.agreements.labels import tag_words
from samplan.apps.plans import charts as of_plans
from samplan.base.ui.charts import Chart, bar_chart
from samplan.base.ui.charts.bars import Row
from samplan.base.ui.charts.drawing import FILLS
from samplan.base.ui.templatetags.samplan import kronor
from samplan.domain.yearfacts import ShareFacts
from samplan.edges.public.year import Municipality, PublicYear


def by_area(year: PublicYear) -> Chart | None:
    """The budget by area and kind of line."""
    return of_plans.money_by_area(
        of_plans.Money(tag_words(line.area), line.kind, line.amount, line.made_up) for line in year.facts.plan.budget
    )


def by_party(year: PublicYear) -> Chart | None:
    """What the directives gave each party, the largest first, area by area in the areas' own order and fills."""
    names = [area.facts.short_title or area.facts.title for area in year.areas]
    place = {one.uid: at for at, area in enumerate(year.areas) for one in area.directives}
    if len(year.parties) < 2 or not names or len(names) >= len(FILLS):
        return None
    outside = any(directive.uid not in place for directive in year.facts.directives)
    series = [*names, *([_("Utanför områdena")] if outside else [])]
    rows = []
    for party, _amount in year.parties:
        sums = [0] * len(series)
        for directive in year.facts.directives:
            own = sum(share.amount for share in directive.shares if share.party == party)
            sums[place.get(directive.uid, len(names))] += own
        rows.append(Row(party, tuple(sums)))
    most, amount = year.parties[0]
    alt = _("Staplar: %(number)s mottagare får tillsammans %(total)s. Mest får %(most)s, %(amount)s.") % {
        "number": len(rows), "total": kronor(sum(sum(row.values) for row in rows)), "most": most,
        "amount": kronor(amount),
    }  # fmt: skip
    return bar_chart(
        _("Medlen efter mottagare och område"), alt, rows, series, said=kronor, about=_("Mottagare"), total=_("Summa"),
        made_up=any(share.made_up for directive in year.facts.directives for share in directive.shares),
    )  # fmt: skip


def used_by_party(year: PublicYear) -> Chart | None:
    """What each party has accounted for of what the directives gave it; nothing while nobody has."""
    rows = []
    for party, _amount in year.parties:
        shares = [share for directive in year.facts.directives for share in directive.shares if share.party == party]
        rows.append((party, shares))
    return _used(rows, _("Hur mycket som är redovisat, part för part"), about=_("Part"))


def used_in(place: Municipality) -> Chart | None:
    """The same for one municipality, directive by directive; nothing for a single directive."""
    if len(place.parts) < 2:
        return None
    rows = [(part.directive.title, [part.share]) for part in place.parts]
    return _used(rows, _("Pengarna, direktiv för direktiv"), about=_("Direktiv"))


def _used(rows: Iterable[tuple[str, Iterable[ShareFacts]]], caption: str, *, about: str) -> Chart | None:
    drawn, made_up, total, known = [], False, 0, 0
    for label, shares in rows:
        own = list(shares)
        amount = sum(share.amount for share in own)
        used = sum(share.used or 0 for share in own)
        made_up = made_up or any(share.made_up for share in own)
        drawn.append(Row(label, (used, max(0, amount - used))))
        total, known = total + amount, known + used
    if not known:
        return None
    alt = _("Staplar: av %(total)s är %(used)s redovisade.") % {"total": kronor(total), "used": kronor(known)}
    return bar_chart(
        caption, alt, drawn, [_("Redovisat"), _("Inte redovisat")], said=kronor, about=about, total=_("Summa"),
        made_up=made_up,
    )  # fmt: skip
