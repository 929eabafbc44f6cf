"""A drawing of an indicator against its target. Plain values in: pages draw rows, documents the frozen facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from samplan.apps.indicators.labels import period_words
from samplan.apps.indicators.quoting import as_read
from samplan.base.ui.charts import Chart
from samplan.base.ui.charts.bars import Row, bars
from samplan.domain.exact import Exact

MET = {True: "yes", False: "no", None: ""}


class Measured(NamedTuple):
    """A period: its value and target, and whether it was met ("yes", "no" or "")."""

    period: str
    value: Exact | None
    target: Exact | None
    met: str
    made_up: bool = False


def against_target(title: str, unit: str, periods: Sequence[Measured]) -> Chart | None:
    """Outcome and target, period by period, in bars of one scale; nothing without a number."""
    numbers = [number for one in periods for number in (one.value, one.target) if number is not None]
    if not numbers:
        return None
    scale = max(number.scale for number in numbers)
    drawn = []
    for one in periods:
        if one.value is not None:
            drawn.append(
                Row(_("%(period)s utfall") % {"period": period_words(one.period)}, (one.value.scaled(scale), 0))
            )
        if one.target is not None:
            drawn.append(Row(_("%(period)s mål") % {"period": period_words(one.period)}, (0, one.target.scaled(scale))))

    def said(digits: int) -> str:
        return f"{as_read(Exact(digits, scale))} {unit}".strip()

    def read(number: Exact | None) -> str:
        return as_read(number) if number is not None else "\u2013"

    newest = periods[-1]
    alt = _("Staplar: %(title)s. Senast, %(period)s: %(value)s, mål %(target)s.") % {
        "title": title, "period": period_words(newest.period), "value": read(newest.value),
        "target": read(newest.target),
    }  # fmt: skip
    words = {"yes": _("Ja"), "no": _("Nej"), "": "\u2013"}
    names = (_("Utfall"), _("Mål"))
    return Chart(
        caption=title, alt=alt, draw=lambda width: bars(drawn, names, said=said, width=width),
        head=(_("Period"), *(f"{name} ({unit})" if unit else name for name in names), _("Nått")),
        numbers=tuple((period_words(one.period), read(one.value), read(one.target), words[one.met]) for one in periods),
        made_up=any(one.made_up for one in periods),
    )  # fmt: skip
