"""The money at a glance: the agreement, what it gives the county, and how far it has been shared."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samplan.apps.agreements.charts import grants_by_area
from samplan.apps.agreements.decided_table import Decided
from samplan.apps.agreements.decided_table import parse as parse_table
from samplan.apps.agreements.explain import cells, key_words
from samplan.apps.agreements.forms import (
    MANAGE,
    NATIONAL_KEYS,
    AgreementForm,
    ComputeForm,
    GrantForm,
    SectionRow,
    TableForm,
)
from samplan.apps.agreements.key_forms import StepsField
from samplan.apps.agreements.labels import ALLOCATION_STATES, GRANT_STATES, LEVELS, STATES
from samplan.apps.agreements.levies import changed_sources
from samplan.apps.agreements.models import Agreement, Allocation, Grant
from samplan.apps.agreements.operations.money import (
    add_section,
    compute_grants,
    create_agreement,
    decide_grant,
    decide_grants,
)
from samplan.apps.agreements.queries import (
    agreements_of,
    allocations_of,
    get_agreement_for,
    get_grant_for,
    grants_of,
)
from samplan.apps.orgs.queries import population_dates
from samplan.base.audit.trace import events_about
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, see, tell
from samplan.base.ui.fields import all_valid, rows_of, saving
from samplan.base.ui.templatetags.samplan import kronor
from samplan.domain.access import Permission, may
from samplan.domain.allocation_keys import from_data
from samplan.domain.errors import DomainError


def money(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """The agreement by sections and levels, the county's grants and why, budget lines and allocations."""
    actor = actor_of(request)
    see(actor, county)
    return _money(request, county, year, None)


def _money(request: HttpRequest, county: str, year: int, wrong: ComputeForm | None) -> HttpResponse:
    actor = actor_of(request)
    manages = bool(may(actor, MANAGE, county=county))
    agreements = [_agreement(one) for one in agreements_of(year)]
    rows = [_grant_row(one) for one in grants_of(county, year)]
    listed = list(allocations_of(county, year))
    changed = changed_sources(county, year, listed)
    allocations = [
        {"allocation": one, "state": ALLOCATION_STATES.get(one.state, one.state), "parties": len(one.shares.all()),
         "levy": one.kind == "levy", "changed": one.pk in changed, "amount": _gives(one)}
        for one in listed
    ]  # fmt: skip
    by_level = [
        (words, sum(row["grant"].amount for row in rows if row["grant"].line.level == level))
        for level, words in LEVELS.items()
    ]
    context = {
        "county": county, "year": year, "agreements": agreements, "rows": rows, "allocations": allocations,
        "drawing": grants_by_area(row["grant"] for row in rows),
        "levels": list(LEVELS.values()), "by_level": by_level, "total": sum(amount for _words, amount in by_level),
        "lead": _lead(agreements, rows),
        "may_manage": manages, "may_install": bool(may(actor, Permission.INSTALLATION)),
        "compute": wrong or (ComputeForm(dates=population_dates()) if manages and agreements else None),
        "events": events_about(*(row["grant"].uid for row in rows), *(one["agreement"].uid for one in agreements))[:50]
        if may(actor, Permission.READ_TRACE, county=county) else None,
    }  # fmt: skip
    return render(request, "agreements/money.html", context)


def _gives(one: Allocation) -> int:
    """The sum that is shared; of a levy what comes in."""
    return sum(share.amount for share in one.shares.all()) if one.kind == "levy" else one.amount


def _agreement(one: Agreement) -> dict[str, Any]:
    sections: list[dict[str, Any]] = []
    for section in one.sections.all():
        lines = {line.level: line for line in section.lines.all()}
        sections.append(
            {"section": section, "lines": [lines.get(level) for level in LEVELS],
             "points": list(section.points.all()), "sum": sum(line.amount for line in lines.values())}
        )  # fmt: skip
    sums = [sum(row["lines"][at].amount for row in sections if row["lines"][at]) for at in range(len(LEVELS))]
    return {
        "agreement": one, "state": STATES.get(one.state, one.state), "sections": sections, "sums": sums,
        "total": sum(sums),
    }  # fmt: skip


def _grant_row(one: Grant) -> dict[str, Any]:
    """A grant with the way to what was computed."""
    found = json.loads(one.computation)
    parts = found["parts"]
    return {
        "grant": one, "level": LEVELS.get(one.line.level, one.line.level),
        "state": GRANT_STATES.get(one.state, one.state),
        "cells": cells(parts[0]["steps"], name=parts[0]["name"]) if len(parts) == 1 else [],
        "parts": parts if len(parts) > 1 else [], "key": key_words(from_data(json.loads(one.line.key))),
        "national": found["national"], "population_on": date.fromisoformat(found["population_on"]),
        "differs": one.amount - one.computed,
    }  # fmt: skip


def _lead(agreements: list[Any], rows: list[dict[str, Any]]) -> str:
    if not agreements:
        return _("Ingen överenskommelse är inskriven för året än.")
    if not rows:
        return _("Överenskommelsen är inskriven. Räkna vad den ger länet.")
    total = kronor(sum(row["grant"].amount for row in rows))
    preliminary = sum(row["grant"].state == "preliminary" for row in rows)
    words = _("Länet får %(total)s.") % {"total": total}
    if preliminary:
        words += " " + ngettext(
            "Ett belopp är preliminärt.", "%(n)s belopp är preliminära.", preliminary
        ) % {"n": preliminary}  # fmt: skip
    differs = sum(row["differs"] != 0 and not row["grant"].difference_reason for row in rows)
    if differs:
        words += " " + ngettext(
            "Ett skiljer sig från det uträknade utan att det står varför.",
            "%(n)s skiljer sig från det uträknade utan att det står varför.",
            differs,
        ) % {"n": differs}
    if not preliminary and not differs:
        words += " " + _("Alla belopp är beslutade.")
    return words


@once
@require_POST
def compute(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Compute what the year's agreements give the county."""
    at, actor = timezone.now(), actor_of(request)
    see(actor, county)
    may(actor, MANAGE, county=county).demand()
    form = ComputeForm(request.POST, dates=population_dates())
    if form.is_valid():
        on = date.fromisoformat(form.cleaned_data["population_on"])
        try:
            made = [
                grant
                for agreement in agreements_of(year)
                for grant in compute_grants(by=actor, at=at, county=county, agreement=agreement, population_on=on)
            ]
        except DomainError as error:
            tell(error, form)
        else:
            words = ngettext("Ett bidrag är räknat.", "%(n)s bidrag är räknade.", len(made)) % {"n": len(made)}
            messages.success(request, words if made else _("Inget bidrag har ändrats."))
            return redirect("agreements:money", county, year)
    return _money(request, county, year, form)


def _sections(rows: Iterable[SectionRow]) -> list[Any]:
    return [row.section() for row in rows if not row.blank]


@once
def new_agreement(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Write in an agreement with its sections and national sums."""
    see(actor_of(request), county)
    return _write_agreement(request, county, year, None)


@once
def revise(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Write in a changed agreement; the old one stands as it was, superseded."""
    return _write_agreement(request, county, year, get_agreement_for(actor_of(request), uid, county=county, year=year))


def _write_agreement(request: HttpRequest, county: str, year: int, old: Agreement | None) -> HttpResponse:
    at, actor = timezone.now(), actor_of(request)
    may(actor, MANAGE, county=county).demand()
    posted = request.POST if request.method == "POST" else None
    initial = AgreementForm.initial_of(old) if old else {"parties": _("Staten och Sveriges Kommuner och Regioner")}
    form = AgreementForm(posted, initial=initial)
    before = {(one.tag, line.level): line for one in _of(old) for line in one.lines.all()}
    rows = rows_of(
        SectionRow, request, "sections", first=1 if old else 2, initial=[_typed(one) for one in _of(old)],
        ready=lambda row: row.revise(before) if old else None,
    )  # fmt: skip
    if saving(request, form, *rows) and all_valid(form, *rows):
        given = form.cleaned_data
        try:
            create_agreement(
                by=actor, at=at, year=year, title=given["title"], parties=given["parties"], state=given["state"],
                sections=_sections(rows), dates=form.dates(), signed_on=given["signed_on"],
                may_carry_on=given["may_carry_on"], supersedes=old,
            )  # fmt: skip
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Överenskommelsen är inskriven. Räkna vad den ger länet."))
            return redirect("agreements:money", county, year)
    context = {"county": county, "year": year, "form": form, "rows": rows, "old": old}
    return render(request, "agreements/agreement.html", context)


def _of(old: Agreement | None) -> list[Any]:
    return list(old.sections.all()) if old else []


def _typed(section: Any) -> dict[str, Any]:
    """A section as it is typed."""
    found = {
        "number": section.number, "tag": section.tag, "title": section.title,
        "points": "\n".join(point.text for point in section.points.all()),
    }  # fmt: skip
    for line in section.lines.all():
        key = json.loads(line.key)
        chosen = key["key"] if key["key"] in NATIONAL_KEYS else "kept"
        found |= {f"amount_{line.level}": line.amount, f"key_{line.level}": chosen}
        found |= {f"flat_{line.level}": key["flat"]} if "flat" in key else {}
        found |= {f"table_{line.level}": StepsField.written(key["table"])} if "table" in key else {}
    return found


@once
def section(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Add a section to an agreement."""
    at, actor = timezone.now(), actor_of(request)
    found = get_agreement_for(actor, uid, county=county, year=year)
    may(actor, MANAGE, county=county).demand()
    form = SectionRow(request.POST if request.method == "POST" else None, use_required_attribute=False)
    if request.method == "POST" and form.is_valid():
        try:
            add_section(by=actor, at=at, agreement=found, section=form.section())
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Avsnittet är tillagt. Räkna vad det ger länet."))
            return redirect("agreements:money", county, year)
    context = {"county": county, "year": year, "form": form, "agreement": found}
    return render(request, "agreements/section.html", context)


@once
def table(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """A pasted table of decided amounts: compared line by line first, entered by a second press."""
    at, actor = timezone.now(), actor_of(request)
    see(actor, county)
    may(actor, MANAGE, county=county).demand()
    form = TableForm(request.POST if request.method == "POST" else None)
    rows: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        try:
            rows = _compared(county, year, parse_table(form.cleaned_data["table"]))
            if request.POST.get("action") == "save":
                made = decide_grants(by=actor, at=at, amounts={r["grant"]: r["amount"] for r in rows if r["grant"]})
                words = ngettext("Ett belopp är infört.", "%(n)s belopp är införda.", len(made)) % {"n": len(made)}
                messages.success(request, words if made else _("Alla belopp var redan införda."))
                return redirect("agreements:money", county, year)
        except DomainError as error:
            tell(error, form)
    context = {
        "county": county, "year": year, "form": form, "rows": rows, "unknown": sum(r["grant"] is None for r in rows),
        "differ": sum(bool(r["differs"]) for r in rows), "known": sum(r["grant"] is not None for r in rows),
    }  # fmt: skip
    return render(request, "agreements/table.html", context)


def _compared(county: str, year: int, decided: list[Decided]) -> list[dict[str, Any]]:
    """Each amount of the table beside the computed one; without a grant where the county has none of that kind."""
    grants: dict[tuple[str, str], Grant | None] = {}
    for one in grants_of(county, year):
        place = one.line.section.number.rstrip("."), one.line.level
        grants[place] = None if place in grants else one  # two agreements with the same number: nothing is guessed
    return [
        {"number": one.number, "level": LEVELS[one.level], "amount": one.amount, "grant": grant,
         "differs": one.amount - grant.computed if grant else None}
        for one in decided
        for grant in [grants.get((one.number, one.level))]
    ]  # fmt: skip


@once
def decide(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Enter the amount that was decided for a grant."""
    at, actor = timezone.now(), actor_of(request)
    found = get_grant_for(actor, uid, county=county, year=year)
    may(actor, MANAGE, county=county).demand()
    form = GrantForm(request.POST if request.method == "POST" else None, initial={"amount": found.amount})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            decide_grant(by=actor, at=at, grant=found, amount=given["amount"], reason=given["reason"])
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Det beslutade beloppet är infört."))
            return redirect("agreements:money", county, year)
    context = {"county": county, "year": year, "form": form, "row": _grant_row(found)}
    return render(request, "agreements/decide.html", context)
