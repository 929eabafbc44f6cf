"""The board: who has answered what."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samplan.apps.directives.charts import Answered, reports_in
from samplan.apps.directives.queries import BoardCell, BoardRow, cell_of, directives_of
from samplan.apps.directives.queries import board as board_of
from samplan.apps.plans.queries import get_plan_for
from samplan.apps.questionnaires.queries import filled, requests_of
from samplan.domain.access import Actor, Permission, may

FILTERS = (
    ("", gettext_lazy("Alla"), ""),
    ("missing", gettext_lazy("Saknas"), "open"),
    ("late", gettext_lazy("Sena"), "late"),
    ("returned", gettext_lazy("Återsända"), "returned"),
    ("review", gettext_lazy("Att granska"), "submitted"),
)


def board(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Party × directive with filters by address; below it the efforts that were asked for."""
    at = timezone.now()
    actor: Actor = request.actor  # type: ignore[attr-defined]
    plan = get_plan_for(actor, county=county, year=year)
    chosen = request.GET.get("visa", "")
    if chosen not in {code for code, _title, _sign in FILTERS}:
        raise Http404
    directives = [directive for directive in directives_of(plan) if directive.state == "issued"]
    requests = [share.request for directive in directives for share in directive.shares.all()]
    asked = list(requests_of(county, year).filter(kind="effort").order_by("last_day", "number"))
    parts = filled([*requests, *asked])
    rows = board_of(directives, at=at, parts=parts)
    efforts = [cell_of(effort, at=at, parts=parts) for effort in asked]
    cells = [cell for row in rows for cell in row.cells if cell] + efforts
    columns = [_column(number, directive, rows) for number, directive in enumerate(directives)]
    context = {
        "columns": columns,
        "drawing": reports_in(
            Answered(one["directive"].title, one["inside"], one["late"], one["asked"] - one["inside"] - one["late"])
            for one in columns
        ),
        "rows": _chosen(rows, chosen), "chosen": chosen,
        "efforts": [cell for cell in efforts if cell.is_among(chosen)],
        "filters": [
            {"code": code, "title": title, "sign": sign, "number": sum(cell.is_among(code) for cell in cells)}
            for code, title, sign in FILTERS
        ],
        "inside": sum(cell.inside for cell in cells), "asked": len(cells), "lead": lead(cells), "any": bool(cells),
        "may_open": bool(may(actor, Permission.REVIEW_REPORTS, county=county)),
        "may_ask": bool(may(actor, Permission.MANAGE_DIRECTIVES, county=county)),
    }  # fmt: skip
    return render(request, "directives/board.html", context)


def _column(number: int, directive: Any, rows: list[BoardRow]) -> dict[str, Any]:
    cells = [row.cells[number] for row in rows]
    here = [cell for cell in cells if cell]
    return {
        "directive": directive,
        "inside": sum(cell.inside for cell in here),
        "late": sum(cell.is_among("late") for cell in here),
        "asked": len(here),
        "area": (directive.area.number - 1) % 4 + 1,
    }


def _chosen(rows: list[BoardRow], chosen: str) -> list[tuple[BoardRow, list[tuple[BoardCell | None, bool]]]]:
    """The rows with anything in the filter; each cell with whether it is."""
    found = []
    for row in rows:
        cells = [(cell, bool(cell and cell.is_among(chosen))) for cell in row.cells]
        if any(among for _cell, among in cells):
            found.append((row, cells))
    return found


def lead(cells: list[BoardCell]) -> str:
    """How the answering goes: "21 av 31 rapporter är inne. Ljusdal och Nordanstig är sena." """
    if not cells:
        return _("Inga återrapporter är begärda än.")
    inside = sum(cell.inside for cell in cells)
    words = [_("%(inside)s av %(asked)s rapporter är inne.") % {"inside": inside, "asked": len(cells)}]
    late = list(dict.fromkeys(cell.request.party.name for cell in cells if cell.is_among("late")))
    if late:
        words.append(ngettext("%(names)s är sen.", "%(names)s är sena.", len(late)) % {"names": in_a_row(late)})
    asked = list(dict.fromkeys(cell.request.party.name for cell in cells if cell.is_among("returned")))
    if asked:
        words.append(_("%(names)s har en fråga att svara på.") % {"names": in_a_row(asked)})
    return " ".join(words)


def in_a_row(names: list[str], most: int = 4) -> str:
    """Names as they are said: "Ljusdal, Ovanåker och Söderhamn"; past `most` the rest are counted."""
    if len(names) > most:
        names = [*names[: most - 1], _("%(number)s till") % {"number": len(names) - most + 1}]
    return _(" och ").join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
