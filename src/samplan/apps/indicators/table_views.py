"""A pasted table of values: shown as it was understood, compared with what is there, entered on a person's word."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samplan.apps.indicators.forms import PastedForm
from samplan.apps.indicators.labels import PROBLEMS, SEXES, STATES
from samplan.apps.indicators.models import Indicator
from samplan.apps.indicators.operations import Entry, enter_table
from samplan.apps.indicators.pasted_table import Table, parse
from samplan.apps.indicators.queries import Compared, compared, get_indicator_for
from samplan.apps.indicators.quoting import as_read
from samplan.apps.orgs.models import Party
from samplan.apps.orgs.queries import county_named, parties_named, parties_of
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, tell
from samplan.domain.access import Permission, may
from samplan.domain.errors import DomainError

CHOICES = {"new": ("new",), "all": ("new", "differs")}
"""What a button enters: only what is new, or what differs too."""


@once
def table(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """First press: what each cell became, beside what is there. Second press: what is new, or all, is entered."""
    at, actor = timezone.now(), actor_of(request)
    found = get_indicator_for(actor, uid, county=county)
    may(actor, Permission.MANAGE_PLAN, county=county).demand()
    form = PastedForm(request.POST if request.method == "POST" else None)
    rows: list[Compared] = []
    passed: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            read = _read(found, county, form.cleaned_data["table"], form.cleaned_data["period"])
            rows, passed = compared(found, read.cells), read.passed
            action = request.POST.get("action", "")
            if action in CHOICES and request.POST.get("seen") != _seen(rows):
                # What is entered is what the person has looked at.
                form.add_error(None, _("Tabellen eller värdena har ändrats sedan du jämförde. Titta igen."))
            elif action in CHOICES:
                chosen = [_entry(row) for row in rows if row.state in CHOICES[action]]
                reason = form.cleaned_data["reason"]
                new, corrected = enter_table(by=actor, at=at, indicator=found, entries=chosen, reason=reason)
                words = _("Infört: %(new)s nya och %(corrected)s rättade värden.")
                messages.success(request, words % {"new": new, "corrected": corrected})
                return redirect("indicators:indicator", county, year, found.uid)
        except DomainError as error:
            tell(error, form)
    numbers = {state: sum(row.state == state for row in rows) for state in STATES}
    context = {
        "county": county, "year": year, "indicator": found, "form": form, "seen": _seen(rows), "numbers": numbers,
        "passed": passed,
        "rows": [_shown(row) for row in rows if row.state], "others": [_shown(row) for row in rows if not row.state],
    }  # fmt: skip
    return render(request, "indicators/table.html", context)


def _read(found: Indicator, county: str, text: str, when: str) -> Table[Party]:
    place = county_named(county)
    named = parties_named(parties_of(county, on=timezone.localdate()))
    return parse(text, named, county=place.short_name if place else county, unit=found.unit, when=when)


def _entry(row: Compared) -> Entry:
    cell, about = row.cell, row.cell.about
    if cell.value is None:
        raise ValueError("a cell without a value is not entered")
    return Entry(about.period, cell.value, cell.party, about.sex, about.ages or (None, None), about.target)


def _seen(rows: list[Compared]) -> str:
    """Names what a person has looked at: every cell, what it became and what was there."""
    said = repr([(row.cell, row.cell.party and row.cell.party.pk, row.state, row.was) for row in rows])
    return hashlib.sha256(said.encode()).hexdigest()


def _shown(row: Compared) -> dict[str, Any]:
    cell, about = row.cell, row.cell.about
    ages = f"{about.ages[0]}\u2013{'' if about.ages[1] is None else about.ages[1]}" if about.ages else ""
    whose = [str(SEXES[about.sex])] if about.sex in {"women", "men"} else []
    return {
        "line": cell.line, "column": cell.column, "text": cell.text, "who": cell.who,
        "party": cell.party.name if cell.party else _("Hela länet"), "period": about.period,
        "whose": ", ".join([*whose, *([ages] if ages else [])]), "target": about.target,
        "value": as_read(cell.value) if cell.value is not None else "",
        "was": as_read(row.was) if row.was is not None else "", "state": row.state, "words": STATES.get(row.state, ""),
        "problem": PROBLEMS.get(cell.problem, ""), "parts": as_read(row.parts) if row.parts is not None else "",
    }  # fmt: skip
