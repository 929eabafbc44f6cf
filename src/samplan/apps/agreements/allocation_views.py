"""A sum shared between parties: tried, explained, compared, and fixed at a decision."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samplan.apps.agreements.allocation_page import (
    Trial,
    counted_by,
    heading_of,
    lead_of,
    replaced_by,
    rows_of,
)
from samplan.apps.agreements.beside import Beside, beside_of
from samplan.apps.agreements.charts import beside_in_bars
from samplan.apps.agreements.computing import compute
from samplan.apps.agreements.explain import differences, stored_key
from samplan.apps.agreements.forms import MANAGE, PointForm
from samplan.apps.agreements.frozen import as_decided, stamp_of
from samplan.apps.agreements.key_forms import AllocationForm, KeyForm
from samplan.apps.agreements.labels import ALLOCATION_STATES, KEYS
from samplan.apps.agreements.levies import sources_of
from samplan.apps.agreements.levy_forms import LevyForm
from samplan.apps.agreements.levy_views import levy_trial
from samplan.apps.agreements.models import Allocation, Share
from samplan.apps.agreements.operations.levies import change_levy
from samplan.apps.agreements.operations.money import change_allocation, draft_allocation, freeze_allocation
from samplan.apps.agreements.queries import get_allocation_for
from samplan.apps.bodies.queries import points_open_for
from samplan.apps.orgs.models import Party
from samplan.apps.orgs.queries import in_order, parties_of, population_dates, population_source
from samplan.base.audit.trace import events_about
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, see, tell
from samplan.domain.access import Permission, may
from samplan.domain.allocation_keys import Key, Levy
from samplan.domain.errors import DomainError


@once
def new_allocation(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Share a sum; one that takes a decided allocation's place begins with its figures (`?ersatter=`)."""
    at, actor = timezone.now(), actor_of(request)
    see(actor, county)
    may(actor, MANAGE, county=county).demand()
    parties = parties_of(county, on=timezone.localdate(at))
    old = replaced_by(request, county, year)
    initial: dict[str, Any] = {"members": [str(party.uid) for party in parties if party.role == "municipality"]}
    if old and old.kind == "shared":
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
            tell(error, form, names={party.code: party.name for party in parties})
        else:
            messages.success(request, _("Fördelningen är räknad. Inget är beslutat än."))
            return redirect("agreements:allocation", county, year, made.uid)
    return render(request, "agreements/new_allocation.html", {"county": county, "year": year, "form": form, "old": old})


def allocation(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """The table of an allocation; `?key=…` tries another key beside it, and writes nothing."""
    return _show(request, get_allocation_for(actor_of(request), uid, county=county, year=year), county, year)


def _trial(
    request: HttpRequest, found: Allocation, key: Key, shares: Mapping[Party, Share], changing: KeyForm | None
) -> Trial:
    """Another key beside the present one, for the same parties and the same sum."""
    names = {party.code: party.name for party in shares}
    trying = "key" in request.GET
    form = changing or KeyForm(
        request.GET if trying else None, parties=shares, dates=population_dates(),
        initial=KeyForm.initial_of(found, key.to_data(), names),
    )  # fmt: skip
    beside = _try(form, found, shares) if trying and not changing else None
    counts = counted_by(key) and found.population_on
    source = population_source(list(names), on=found.population_on) if counts and found.population_on else ""
    return Trial(form, beside, list(shares), {"source": source, "presets": _presets(form, key)})


def _presets(form: KeyForm, key: Key) -> list[tuple[Any, str, bool]]:
    """The keys that need nothing written, each one press away: words, address, whether it is tried now."""
    dates = form.fields["population_on"].choices  # type: ignore[attr-defined]
    on = form.initial.get("population_on") or next((value for value, _words in dates if value), "")
    now, tried = str(key.to_data()["key"]), form.data.get("key") if form.is_bound else None
    found = []
    for code in ("population", "equal"):
        if code != now and (on or code == "equal"):
            asked = {"key": code, "rounding": form.initial.get("rounding", ""), "population_on": on}
            found.append((KEYS[code], "?" + urlencode(asked), code == tried))
    return found


def _try(form: KeyForm, found: Allocation, shares: Mapping[Party, Share]) -> Beside | None:
    """What the key that was typed gives; nothing is written."""
    if not form.is_valid():
        return None
    try:
        how = form.how(found.amount)
        made = compute(found.amount, how.key, shares, how.rounding, on=how.population_on)
    except DomainError as error:
        tell(error, form, names={party.code: party.name for party in shares})
        return None
    return beside_of(made, {party: share.amount for party, share in shares.items()})


def _show(
    request: HttpRequest,
    found: Allocation,
    county: str,
    year: int,
    *,
    freezing: PointForm | None = None,
    changing: Any = None,
) -> HttpResponse:
    actor = actor_of(request)
    unordered = {share.party: share for share in found.shares.all()}
    shares = {party: unordered[party] for party in in_order(unordered)}
    key = stored_key(found)
    if isinstance(key, Levy):
        trial = levy_trial(request, found, key, shares, changing)
    else:
        trial = _trial(request, found, key, shares, changing)
    total = sum(share.amount for share in shares.values())
    counted = counted_by(key)
    rows = rows_of(trial.parties, shares, trial.beside, counted)
    compared = [(row["party"].name, row["difference"]) for row in rows] if trial.beside else []
    draft, manages = found.state == "draft", bool(may(actor, MANAGE, county=county))
    context = {
        "county": county, "year": year, "allocation": found, "state": ALLOCATION_STATES[found.state], "draft": draft,
        "levy": found.kind == "levy", "new": "agreements:new_levy" if found.kind == "levy" else "agreements:new",
        "named": differences(key, found.amount - total), "rows": rows, "beside": trial.beside, "form": trial.form,
        "drawing": beside_in_bars(compared, pays=found.kind == "levy"),
        "tried": [(name, value) for name, values in request.GET.lists() for value in values],
        "tried_address": request.GET.urlencode(), "counted": counted,
        "asked_why": request.GET.get("varfor", ""), "total": total, "left": found.amount - total,
        "lead": lead_of(found, key, shares),
        "persons": sum(row["persons"] or 0 for row in rows) if counted else None,
        "heading": heading_of(found, key, shares), "may_manage": manages,
        "superseded_by": getattr(found, "superseded_by", None), "stands": draft or as_decided(found),
        "seen": stamp_of(found),
        "freezing": freezing or (PointForm(points=points_open_for(county, "budget")) if draft and manages else None),
        "events": events_about(found.uid)[:50] if may(actor, Permission.READ_TRACE, county=county) else None,
        **trial.more,
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
    everybody = parties_of(county, on=timezone.localdate(at))
    form: KeyForm | LevyForm
    if found.kind == "levy":
        offered, _unclear = sources_of(county, year)
        form = LevyForm(request.POST, offered=offered, parties=in_order({*parties, *everybody}))
    else:
        form = KeyForm(request.POST, parties=parties, dates=population_dates())
    if form.is_valid():
        try:
            if isinstance(form, LevyForm):
                change_levy(by=actor, at=at, allocation=found, how=form.how())
            else:
                change_allocation(by=actor, at=at, allocation=found, how=form.how(found.amount), parties=parties)
        except DomainError as error:
            tell(error, form, names={party.code: party.name for party in (*parties, *everybody)})
        else:
            messages.success(
                request, _("Avsättningen är omräknad.") if found.kind == "levy" else _("Fördelningen är omräknad.")
            )
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
            freeze_allocation(
                by=actor, at=at, allocation=found, decision_point=form.cleaned_data["decision_point"],
                seen=request.POST.get("seen", ""),
            )  # fmt: skip
        except DomainError as error:
            tell(error, form)
        else:
            levy = found.kind == "levy"
            words = _("Fördelningen är fastställd och kan läggas i budgeten.")
            messages.success(request, _("Avsättningen är fastställd.") if levy else words)
            return redirect("agreements:allocation", county, year, uid)
    return _show(request, found, county, year, freezing=form)
