"""A sum shared between parties: tried, explained, compared, and fixed at a decision."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samplan.apps.agreements.computing import compute
from samplan.apps.agreements.explain import cells, key_words, last_kronor, stored_key
from samplan.apps.agreements.forms import MANAGE, PointForm
from samplan.apps.agreements.key_forms import AllocationForm, KeyForm
from samplan.apps.agreements.labels import ALLOCATION_STATES
from samplan.apps.agreements.models import Allocation, Share
from samplan.apps.agreements.operations.money import change_allocation, draft_allocation, freeze_allocation
from samplan.apps.agreements.queries import get_allocation_for
from samplan.apps.bodies.queries import points_open_for
from samplan.apps.orgs.models import Party
from samplan.apps.orgs.queries import in_order, parties_of, population_dates, population_source
from samplan.base.audit.trace import events_about
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, see, tell
from samplan.base.ui.templatetags.samplan import kronor
from samplan.domain.access import Permission, may
from samplan.domain.allocation_keys import AgeGroup, Equal, Fixed, Key, Split, Steps
from samplan.domain.errors import DomainError


@once
def new_allocation(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Share a sum; one that takes a decided allocation's place begins with its figures (`?ersatter=`)."""
    at, actor = timezone.now(), actor_of(request)
    see(actor, county)
    may(actor, MANAGE, county=county).demand()
    parties = parties_of(county, on=timezone.localdate(at))
    old = _replaced(request, county, year)
    initial: dict[str, Any] = {"members": [str(party.uid) for party in parties if party.role == "municipality"]}
    if old:
        members = [str(share.party.uid) for share in old.shares.all()]
        initial = {"title": old.title, "amount": old.amount, "members": members}
        initial |= KeyForm.initial_of(old, json.loads(old.key))
    form = AllocationForm(
        request.POST if request.method == "POST" else None, parties=parties, dates=population_dates(), initial=initial
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = draft_allocation(
                by=actor, at=at, county=county, year=year, title=given["title"], parties=given["members"],
                how=form.how(given["amount"]), supersedes=old,
            )  # fmt: skip
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Fördelningen är räknad. Inget är beslutat än."))
            return redirect("agreements:allocation", county, year, made.uid)
    return render(request, "agreements/new_allocation.html", {"county": county, "year": year, "form": form, "old": old})


def _replaced(request: HttpRequest, county: str, year: int) -> Allocation | None:
    try:
        uid = UUID(request.GET.get("ersatter", ""))
    except ValueError:
        return None
    return get_allocation_for(actor_of(request), uid, county=county, year=year)


def allocation(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """The table of an allocation; `?key=…` tries another key beside it, and writes nothing."""
    return _show(request, get_allocation_for(actor_of(request), uid, county=county, year=year), county, year)


@dataclass(frozen=True)
class Beside:
    """Another way of sharing the same sum, tried and not saved."""

    words: str
    amounts: dict[str, int]
    total: int
    change: int
    sentence: str


def _show(
    request: HttpRequest,
    found: Allocation,
    county: str,
    year: int,
    *,
    freezing: PointForm | None = None,
    changing: KeyForm | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    shares = {share.party: share for share in found.shares.all()}
    parties = in_order(shares)
    key = stored_key(found)
    trying = "key" in request.GET
    form = changing or KeyForm(
        request.GET if trying else None, parties=parties, dates=population_dates(),
        initial=KeyForm.initial_of(found, key.to_data()),
    )  # fmt: skip
    beside = _beside(form, found, parties, shares) if trying and not changing and form.is_valid() else None
    total = sum(share.amount for share in shares.values())
    counted = _counted(key)
    rows = _rows(parties, shares, beside, counted)
    draft, manages = found.state == "draft", bool(may(actor, MANAGE, county=county))
    context = {
        "county": county, "year": year, "allocation": found, "state": ALLOCATION_STATES[found.state], "draft": draft,
        "named": _differences(key, found.amount - total),
        "rows": rows, "beside": beside, "form": form,
        "tried": [(name, value) for name, values in request.GET.lists() for value in values],
        "total": total, "left": found.amount - total, "lead": _lead(found, key), "counted": counted,
        "persons": sum(row["persons"] or 0 for row in rows) if counted else None,
        "heading": _("%(amount)s till %(parties)s")
        % {"amount": kronor(found.amount), "parties": _party_words(parties)},
        "source": population_source([party.code for party in parties], on=found.population_on)
        if counted and found.population_on else "",
        "may_manage": manages, "superseded_by": getattr(found, "superseded_by", None),
        "freezing": freezing or (PointForm(points=points_open_for(county, "budget")) if draft and manages else None),
        "events": events_about(found.uid)[:50] if may(actor, Permission.READ_TRACE, county=county) else None,
    }  # fmt: skip
    return render(request, "agreements/allocation.html", context)


def _differences(key: Key, left: int) -> str:
    """Why the shares do not make up the sum; empty when they do."""
    if not left:
        return ""
    if isinstance(key, Fixed | Steps):
        return _("De är inte utdelade.")
    return _("Det beror på att varje belopp är avrundat för sig.")


def _counted(key: Key) -> str:
    """What the key counts in each party, in words; empty when it counts nothing."""
    if isinstance(key, Equal | Fixed):
        return ""
    return str(key_words(key)).removeprefix(_("Folkmängd") + " ") if isinstance(key, AgeGroup) else _("Invånare")


def _persons(steps: list[dict[str, Any]]) -> int | None:
    """How many persons a share was counted by; None when it was not."""
    return next((int(step["weight"]) for step in steps if step["step"] in {"weight", "steps"}), None)


def _party_words(parties: list[Party]) -> str:
    municipalities = sum(party.role == "municipality" for party in parties)
    if municipalities == len(parties):
        return ngettext("en kommun", "%(n)s kommuner", municipalities) % {"n": municipalities}
    return ngettext("en part", "%(n)s parter", len(parties)) % {"n": len(parties)}


def _lead(found: Allocation, key: Key) -> str:
    exactly = _("till sista kronan") if found.rounding == "largest-remainder" else _("till närmaste krona")
    shape = _("Fördelat efter %(key)s, %(exactly)s.")
    if isinstance(key, Equal):
        shape = _("Fördelat i %(key)s, %(exactly)s.")
    elif isinstance(key, Split):
        shape = _("Fördelat med %(key)s, %(exactly)s.")
    words = shape % {"key": _lower(key_words(key)), "exactly": exactly}
    if isinstance(key, Fixed):
        words = _("Fördelat för hand.")
    if isinstance(key, Steps):
        words = _("Fördelat %(key)s.") % {"key": _lower(key_words(key))}
    if found.state == "draft":
        return words + " " + _("Förslaget är inte beslutat än, så du kan prova fritt.")
    if found.state == "frozen" and found.decision_point:
        return words + " " + _("Beslutat av %(body)s.") % {"body": found.decision_point.decision.body.name}
    return words + " " + _("Ersatt av en senare fördelning.")


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _rows(
    parties: list[Party], shares: dict[Party, Share], beside: Beside | None, counted: str
) -> list[dict[str, Any]]:
    names = {party.code: party.name for party in parties}
    largest = max([share.amount for share in shares.values()] or [0])
    rows = []
    for party in parties:
        share = shares[party]
        steps = json.loads(share.explanation)
        other = beside.amounts.get(party.code, 0) if beside else None
        rows.append(
            {"party": party, "share": share, "persons": _persons(steps),
             "bar": f"{share.amount * 100 / largest:.2f}" if largest else "0", "other": other,
             "difference": other - share.amount if other is not None else None,
             "cells": cells(steps, name=party.name, unit="" if counted == _("Invånare") else counted),
             "last": last_kronor(steps, names)}
        )  # fmt: skip
    return rows


def _beside(form: KeyForm, found: Allocation, parties: list[Party], shares: dict[Party, Share]) -> Beside | None:
    try:
        how = form.how(found.amount)
        made = compute(found.amount, how.key, parties, how.rounding, on=how.population_on)
    except DomainError as error:
        tell(error, form)
        return None
    amounts = {share.code: share.amount for share in made.shares}
    change = {party: amounts[party.code] - share.amount for party, share in shares.items()}
    return Beside(key_words(how.key), amounts, made.total, sum(change.values()), _change_words(change))


def _change_words(change: dict[Party, int]) -> str:
    more, less = sum(one > 0 for one in change.values()), sum(one < 0 for one in change.values())
    if not more and not less:
        return _("Det blir samma belopp för alla.")
    words = _("%(more)s får mer, %(less)s får mindre.") % {"more": more, "less": less}
    party, most = max(change.items(), key=lambda one: abs(one[1]))
    shape = _("Störst blir skillnaden för %(name)s, %(amount)s mer.")
    if most < 0:
        shape = _("Störst blir skillnaden för %(name)s, %(amount)s mindre.")
    return words + " " + shape % {"name": party.name, "amount": kronor(abs(most))}


@once
@require_POST
def change(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Use another key for a draft."""
    at, actor = timezone.now(), actor_of(request)
    found = get_allocation_for(actor, uid, county=county, year=year)
    may(actor, MANAGE, county=county).demand()
    parties = in_order(share.party for share in found.shares.all())
    form = KeyForm(request.POST, parties=parties, dates=population_dates())
    if form.is_valid():
        try:
            change_allocation(by=actor, at=at, allocation=found, how=form.how(found.amount), parties=parties)
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Fördelningen är omräknad."))
            return redirect("agreements:allocation", county, year, uid)
    return _show(request, found, county, year, changing=form)


@once
@require_POST
def freeze(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Fix an allocation at a decision point."""
    at, actor = timezone.now(), actor_of(request)
    found = get_allocation_for(actor, uid, county=county, year=year)
    may(actor, MANAGE, county=county).demand()
    form = PointForm(request.POST, points=points_open_for(county, "budget"))
    if form.is_valid():
        try:
            freeze_allocation(by=actor, at=at, allocation=found, decision_point=form.cleaned_data["decision_point"])
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Fördelningen är fastställd och kan läggas i budgeten."))
            return redirect("agreements:allocation", county, year, uid)
    return _show(request, found, county, year, freezing=form)
