"""A drawing of how far the parties' reports have come."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from samplan.base.ui.charts import Chart, bar_chart
from samplan.base.ui.charts.bars import Row


class Answered(NamedTuple):
    """A directive's reports: those that are in, those that are late and not in, and the others."""

    title: str
    inside: int
    late: int
    waiting: int


def reports_in(directives: Iterable[Answered]) -> Chart | None:
    """How many reports are in, directive by directive; nothing where none is asked for."""
    rows = [Row(one.title, (one.inside, one.late, one.waiting)) for one in directives]
    if not rows:
        return None
    names = [_("Redovisat"), _("Sena"), _("Inte redovisat än")]
    asked, told = sum(sum(row.values) for row in rows), sum(row.values[0] for row in rows)
    alt = _("Staplar: %(told)s av %(asked)s återrapporter har kommit in.") % {"told": told, "asked": asked}
    return bar_chart(_("Återrapporterna, direktiv för direktiv"), alt, rows, names, said=str, about=_("Direktiv"))
