"""The board: who has answered what."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.apps.directives.board import (
    ALWAYS,
    FEW,
    FILTERS,
    FULL,
    ORDERS,
    SIGNS,
    Asked,
    Picture,
    cells_of,
    groups,
    in_words,
    legend,
)
from samplan.apps.directives.charts import Answered, reports_in
from samplan.apps.directives.models import Directive
from samplan.apps.directives.queries import AMONG, BoardCell, BoardRow, cell_of, for_board
from samplan.apps.directives.queries import board as board_of
from samplan.apps.plans.queries import get_plan_for
from samplan.apps.questionnaires.queries import filled, requests_of
from samplan.base.kernel.pages import actor_of
from samplan.base.ui.icons import sprite
from samplan.domain.access import Permission, may


def board(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Party × directive with filters by address; below it the efforts that were asked for."""
    at, actor, asked = timezone.now(), actor_of(request), Asked.of(request.GET)
    plan = get_plan_for(actor, county=county, year=year)
    if request.GET.get("visa", "") not in {"", *AMONG}:
        raise Http404
    every = list(for_board(plan))
    efforts = list(requests_of(county, year).filter(kind="effort").order_by("last_day", "number"))
    parts = filled([*(share.request for directive in every for share in directive.shares.all()), *efforts])
    whole = board_of(every, at=at, parts=parts)
    listed = [cell_of(effort, at=at, parts=parts) for effort in efforts]
    directives, rows, listed = _within(asked, every, whole, listed)
    cells = [cell for row in rows for cell in row.cells if cell] + listed
    opens = bool(may(actor, Permission.REVIEW_REPORTS, county=county))
    asks = bool(may(actor, Permission.MANAGE_DIRECTIVES, county=county))
    picture = Picture(county, year, opens=opens, reminds=asks)
    late = [cell.request.number for cell in cells if cell.is_among("late")]
    pages = {one.pk: reverse("directives:detail", args=[county, year, one.number]) for one in directives}
    columns = [_column(place, one, rows, pages[one.pk], picture) for place, one in enumerate(directives)]
    full = len(directives) > FULL[0] or len(rows) > FULL[1]
    shown = _chosen(rows, asked.state)
    context = {
        "county": county, "year": year, "asked": asked, "columns": columns, "full": full,
        "sprite": sprite(SIGNS),
        "rows": [
            {"row": row, "cells": cells_of(row, directives, asked, picture, full=full),
             "amount": sum(cell.amount for cell in row.cells if cell)}
            for row in shown
        ],
        "groups": groups(rows, directives, asked, picture, pages),
        "open": sum(cell.is_among(asked.state) for cell in cells) <= FEW,
        "legend": legend(cells, picture) if full and not asked.money else [],
        "total": in_words(cell for cell in cells), "pages": pages,
        "drawing": reports_in(
            Answered(one["directive"].title, one["inside"], one["late"], one["asked"] - one["inside"] - one["late"])
            for one in columns
        ),
        "efforts": [(cell, picture.roomy(cell)) for cell in listed if cell.is_among(asked.state)],
        "filters": _filters(cells, asked), "choices": _choices(every, whole, asked),
        "switches": [
            (_("Läget"), asked.address(money=""), not asked.money),
            (_("Pengarna"), asked.address(money="ja"), bool(asked.money)),
        ],
        "groupings": [
            (_("Part för part"), asked.address(group=""), not asked.group),
            (_("Direktiv för direktiv"), asked.address(group="direktiv"), bool(asked.group)),
        ],
        "lead": lead(cells, whole=not asked.narrows or bool(cells)), "any": bool(every or efforts),
        "here": request.get_full_path(), "to_remind": late if asks else [],
        "may_open": opens, "may_ask": asks,
    }  # fmt: skip
    return render(request, "directives/board.html", context)


def _within(
    asked: Asked, directives: list[Directive], rows: list[BoardRow], efforts: list[BoardCell]
) -> tuple[list[Directive], list[BoardRow], list[BoardCell]]:
    """What is left of directives, parties and efforts within the chosen directive, party and area."""
    kept = [
        place
        for place, one in enumerate(directives)
        if asked.directive in {"", str(one.number)} and asked.area in {"", str(one.area.uid)}
    ]
    narrowed = [
        BoardRow(row.party, tuple(row.cells[place] for place in kept))
        for row in rows
        if asked.party in {"", row.party.code}
    ]
    narrowed = [row for row in narrowed if row.asked]
    if asked.order:
        narrowed.sort(key=lambda row: row.inside - row.asked)
    left = [
        cell
        for cell in efforts
        if not asked.directive
        and asked.party in {"", cell.request.party.code}
        and asked.area in {"", str(cell.request.area.uid) if cell.request.area else None}
    ]
    return [directives[place] for place in kept], narrowed, left


def _column(number: int, directive: Directive, rows: list[BoardRow], address: str, picture: Picture) -> dict[str, Any]:
    here = [cell for row in rows if (cell := row.cells[number])]
    return {
        "directive": directive, "address": address, "asked": len(here), "inside": sum(cell.inside for cell in here),
        "late": sum(cell.is_among("late") for cell in here), "area": (directive.area.number - 1) % 4 + 1,
        "amount": sum(cell.amount for cell in here),
    }  # fmt: skip


def _chosen(rows: list[BoardRow], state: str) -> list[BoardRow]:
    """The rows with anything in the filter."""
    return [row for row in rows if any(cell and cell.is_among(state) for cell in row.cells)]


def _filters(cells: list[BoardCell], asked: Asked) -> list[dict[str, Any]]:
    """The filters by state, each with how many reports it has and the address that chooses it."""
    found = []
    for code, title, sign in FILTERS:
        count = sum(cell.is_among(code) for cell in cells)
        if count or code in ALWAYS or code == asked.state:
            found.append(
                {"code": code, "title": title, "sign": sign, "number": count, "address": asked.address(state=code)}
            )
    return found


def _choices(directives: list[Directive], rows: list[BoardRow], asked: Asked) -> list[dict[str, Any]]:
    """What the board can be narrowed to: directive, party and area, and the order of the parties."""
    areas = {str(one.area.uid): one.area.short_title or one.area.title for one in directives}
    every = (
        ("direktiv", _("Direktiv"), asked.directive, {str(one.number): one.title for one in directives}),
        ("part", _("Part"), asked.party, {row.party.code: row.party.name for row in rows}),
        ("omrade", _("Område"), asked.area, areas),
    )
    found = [
        {"name": name, "title": title, "value": value, "options": {"": _("Alla"), **options}}
        for name, title, value, options in every
        if len(options) > 1
    ]
    if len(rows) > 1:
        found.append({"name": "ordning", "title": _("Ordning"), "value": asked.order, "options": ORDERS})
    return found


def lead(cells: list[BoardCell], *, whole: bool = True) -> str:
    """How the answering goes: "21 av 31 rapporter är inne. Ljusdal och Nordanstig är sena." """
    if not cells:
        return _("Inga återrapporter är begärda än.") if whole else _("Ingen återrapport passar det ni valt.")
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
