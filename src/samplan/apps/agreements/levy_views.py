"""A levy: begun here, tried beside itself, and told when what it is reckoned on has changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samplan.apps.agreements.allocation_page import Trial, replaced_by
from samplan.apps.agreements.beside import Beside, beside_of
from samplan.apps.agreements.forms import MANAGE
from samplan.apps.agreements.labels import LEVELS, source_name
from samplan.apps.agreements.levies import (
    Source,
    changed_sources,
    compute_levy,
    level_of,
    payers_of,
    source_now,
    sources_in,
    sources_of,
    title_of,
)
from samplan.apps.agreements.levy_forms import LevyForm, NewLevyForm
from samplan.apps.agreements.models import Allocation, LevySource, Share
from samplan.apps.agreements.operations.levies import draft_levy
from samplan.apps.orgs.models import Party
from samplan.apps.orgs.queries import in_order, parties_of
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, see, tell
from samplan.domain.access import may
from samplan.domain.allocation_keys import Levy
from samplan.domain.errors import DomainError


@once
def new_levy(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Take a percentage to a joint pot; one that takes a decided levy's place begins with its figures
    (`?ersatter=`), on what is in force now."""
    at, actor = timezone.now(), actor_of(request)
    see(actor, county)
    may(actor, MANAGE, county=county).demand()
    offered, unclear = sources_of(county, year)
    parties = parties_of(county, on=timezone.localdate(at))
    old, initial = replaced_by(request, county, year), dict[str, Any]()
    if old and old.kind == "levy":
        names = {party.code: party.name for party in parties}
        now = source_now(county, year, sources := sources_in(old), offered)
        kept = [there for row in sources if (there := now[row.pk])]
        initial = {"title": old.title} | LevyForm.initial_of(old, json.loads(old.key), names, kept)
        initial |= LevyForm.initial_of_query(request.GET)
    posted = request.POST if request.method == "POST" else None
    form = NewLevyForm(posted, offered=offered, parties=parties, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = draft_levy(
                by=actor, at=at, county=county, year=year, title=form.cleaned_data["title"], how=form.how(),
                supersedes=old,
            )  # fmt: skip
        except DomainError as error:
            tell(error, form, names={party.code: party.name for party in parties})
        else:
            messages.success(request, _("Avsättningen är räknad. Inget är beslutat än."))
            return redirect("agreements:allocation", county, year, made.uid)
    context = {
        "county": county, "year": year, "form": form, "old": old, "offered": offered,
        "unclear": [source_name(title_of(one), level_of(one)) for one in unclear],
    }  # fmt: skip
    return render(request, "agreements/new_levy.html", context)


def levy_trial(
    request: HttpRequest, found: Allocation, key: Levy, shares: Mapping[Party, Share], changing: LevyForm | None
) -> Trial:
    """Another percentage, or other money, beside a levy; and what it is reckoned on, with what has changed."""
    county, year = found.county, found.year
    offered, _unclear = sources_of(county, year)
    parties = in_order({*shares, *parties_of(county, on=timezone.localdate())})
    names = {party.code: party.name for party in parties}
    rows = sources_in(found)
    now = source_now(county, year, rows, offered)
    kept = [there for row in rows if (there := now[row.pk])]
    initial = LevyForm.initial_of(found, key.to_data(), names, kept)
    trying = "percent" in request.GET
    form = changing or LevyForm(request.GET if trying else None, offered=offered, parties=parties, initial=initial)
    beside = _try(form, found, shares) if trying and not changing else None
    shown = in_order({*shares, *(beside.parties if beside else ())})
    changed = [
        {"name": source_name(one.title, level_of(one.was.source)), "was": one.was.amount, "now": one.now,
         "replaced": one.replaced}
        for one in changed_sources(county, year, [found]).get(found.pk, [])
    ]  # fmt: skip
    got = {party: int(share.weight) for party, share in shares.items()}
    spared = sum(got[party] for party in shares if party.code in dict(key.exempt))
    more = {
        "sources": [_source_row(row) for row in rows], "got": sum(got.values()), "spared": spared,
        "counting": sum(got.values()) - spared, "changed": changed,
        "as_now": urlencode(initial, doseq=True) if changed and kept else "",
    }  # fmt: skip
    return Trial(form, beside, shown, more)


def _source_row(row: LevySource) -> dict[str, Any]:
    one = row.source
    return {"title": title_of(one), "level": LEVELS.get(level_of(one), ""), "amount": row.amount, "row": one}


def _try(form: LevyForm, found: Allocation, shares: Mapping[Party, Share]) -> Beside | None:
    if not form.is_valid():
        return None
    how = form.how()
    sources: tuple[Source, ...] = form.chosen_sources
    parties = payers_of(found.county, sources, on=timezone.localdate())
    present = {party: shares[party].amount if party in shares else 0 for party in in_order({*shares, *parties})}
    try:
        made = compute_levy(Levy(how.percent, how.exempt), sources, parties, how.rounding)
    except DomainError as error:
        tell(error, form, names=form.names)
        return None
    return beside_of(made, present, sources=sources)
