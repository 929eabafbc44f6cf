"""A sum shared between parties: tried, explained, compared, and fixed at a decision."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samplan.apps.agreements.allocation_page import counted_by, lead_of, party_words, rows_of
from samplan.apps.agreements.beside import Beside, beside_of
from samplan.apps.agreements.computing import compute
from samplan.apps.agreements.explain import differences, stored_key
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
        initial |= KeyForm.initial_of(old, json.loads(old.key), {party.code: party.name for party in parties})
        initial |= KeyForm.initial_of_query(request.GET)
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


def _try(form: KeyForm, found: Allocation, shares: Mapping[Party, Share]) -> Beside | None:
    """What another key would give the same parties of the same sum; nothing is written."""
    if not form.is_valid():
        return None
    try:
        how = form.how(found.amount)
        made = compute(found.amount, how.key, shares, how.rounding, on=how.population_on)
    except DomainError as error:
        tell(error, form)
        return None
    return beside_of(made, {party: share.amount for party, share in shares.items()})


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
    unordered = {share.party: share for share in found.shares.all()}
    parties = in_order(unordered)
    shares = {party: unordered[party] for party in parties}
    key, names = stored_key(found), {party.code: party.name for party in parties}
    trying = "key" in request.GET
    form = changing or KeyForm(
        request.GET if trying else None, parties=parties, dates=population_dates(),
        initial=KeyForm.initial_of(found, key.to_data(), names),
    )  # fmt: skip
    beside = _try(form, found, shares) if trying and not changing else None
    total = sum(share.amount for share in shares.values())
    counted = counted_by(key)
    rows = rows_of(parties, shares, beside, counted)
    draft, manages = found.state == "draft", bool(may(actor, MANAGE, county=county))
    context = {
        "county": county, "year": year, "allocation": found, "state": ALLOCATION_STATES[found.state], "draft": draft,
        "named": differences(key, found.amount - total),
        "rows": rows, "beside": beside, "form": form,
        "tried": [(name, value) for name, values in request.GET.lists() for value in values],
        "tried_address": request.GET.urlencode(),
        "total": total, "left": found.amount - total, "lead": lead_of(found, key, names), "counted": counted,
        "persons": sum(row["persons"] or 0 for row in rows) if counted else None,
        "heading": _("%(amount)s till %(parties)s")
        % {"amount": kronor(found.amount), "parties": party_words(parties)},
        "source": population_source([party.code for party in parties], on=found.population_on)
        if counted and found.population_on else "",
        "may_manage": manages, "superseded_by": getattr(found, "superseded_by", None),
        "freezing": freezing or (PointForm(points=points_open_for(county, "budget")) if draft and manages else None),
        "events": events_about(found.uid)[:50] if may(actor, Permission.READ_TRACE, county=county) else None,
    }  # fmt: skip
    return render(request, "agreements/allocation.html", context)


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
