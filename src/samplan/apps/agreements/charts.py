"""Drawings of the county's grants."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from samplan.apps.agreements.labels import LEVELS
from samplan.apps.agreements.models import Grant
from samplan.base.ui.charts import Chart, bar_chart
from samplan.base.ui.charts.bars import Row
from samplan.base.ui.charts.differences import differences
from samplan.base.ui.templatetags.samplan import kronor, signed


def beside_in_bars(rows: Iterable[tuple[str, int]], *, pays: bool) -> Chart | None:
    """What each party gets, or with `pays` pays, more or less by another key; nothing when nothing differs."""
    listed = list(rows)
    if not any(value for _name, value in listed):
        return None
    name, most = max(listed, key=lambda row: abs(row[1]))
    alt = _("Staplar: skillnaden för %(number)s parter. Störst är den för %(name)s, %(amount)s.") % {
        "number": len(listed), "name": name, "amount": _kr(most),
    }  # fmt: skip
    more, less = (_("Betalar mer"), _("Betalar mindre")) if pays else (_("Får mer"), _("Får mindre"))
    return Chart(
        caption=_("Skillnaden, part för part"), alt=alt,
        draw=lambda width: differences(listed, more=more, less=less, said=_kr, width=width),
        head=(_("Part"), _("Skillnad")), numbers=tuple((name, _kr(value)) for name, value in listed),
    )  # fmt: skip


def _kr(value: int) -> str:
    return f"{signed(value)}\u00a0kr"


def grants_by_area(grants: Iterable[Grant]) -> Chart | None:
    """The grants' kronor by section of the agreement and by whom they are for; nothing for fewer than two sections."""
    amounts: dict[str, dict[str, int]] = {}
    made_up = False
    for grant in grants:
        section = grant.line.section
        row = amounts.setdefault(f"{section.number.rstrip('.')}. {section.title}", {})
        row[grant.line.level] = row.get(grant.line.level, 0) + grant.amount
        made_up = made_up or grant.made_up
    if len(amounts) < 2:
        return None
    levels = [level for level in LEVELS if any(level in row for row in amounts.values())]
    rows = [Row(area, tuple(row.get(level, 0) for level in levels)) for area, row in amounts.items()]
    most = max(rows, key=lambda row: sum(row.values))
    alt = _("Staplar: länets %(total)s, avsnitt för avsnitt. Mest ger %(most)s, %(amount)s.") % {
        "total": kronor(sum(sum(row.values) for row in rows)), "most": most.label, "amount": kronor(sum(most.values)),
    }  # fmt: skip
    return bar_chart(
        _("Länets medel efter område och mottagare"), alt, rows, [str(LEVELS[level]) for level in levels], said=kronor,
        about=_("Avsnitt"), total=_("Summa"), made_up=made_up,
    )  # fmt: skip
