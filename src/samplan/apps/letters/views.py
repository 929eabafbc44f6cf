"""Letters to the parties: which are made, sent and answered, and where each party is written to."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samplan.apps.letters.forms import AddressForm
from samplan.apps.letters.labels import WHO
from samplan.apps.letters.listing import rows_of
from samplan.apps.letters.operations import Sent, revoke_link, send_letters, write_addresses
from samplan.apps.letters.queries import addresses_of, get_link, letter_requests, receivers_of
from samplan.apps.orgs.queries import parties_of
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, see, tell
from samplan.domain.access import Permission
from samplan.domain.cycle import EDITABLE
from samplan.domain.deadlines import swedish_day
from samplan.domain.errors import DomainError
from samplan.domain.reminders import Who

M = Permission.MANAGE_DIRECTIVES
PARTY = (Who.REPORTER, Who.APPROVER, Who.MANAGER)


def letters(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Every party's letter about every report that is asked for."""
    see(actor_of(request), county, M)
    rows = rows_of(letter_requests(county, year), at=timezone.now())
    groups = [(title, list(those)) for title, those in groupby(rows, key=lambda row: row.request.title)]
    to_send = [row for row in rows if row.needs and row.receivers]
    context = {
        "groups": groups, "any": bool(rows), "to_send": len(to_send),
        "made": sum(row.letter is not None for row in rows), "asked": len(rows),
        "unreachable": [row for row in rows if row.needs and not row.receivers],
        "lost": [row for row in rows if row.fate in {"failed", "unknown"}],
    }  # fmt: skip
    return render(request, "letters/list.html", context)


@require_POST
@once
def send(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Make and mail letters: those named by `number`, or all that no letter has been made about."""
    at, actor = timezone.now(), actor_of(request)
    see(actor, county, M)
    asked = letter_requests(county, year)
    numbers = request.POST.getlist("number")
    if numbers:
        chosen = asked.filter(number__in=[number for number in numbers if number.isdigit() and len(number) < 9])
    else:
        chosen = asked.filter(letters=None, state__in=EDITABLE)
    sent = send_letters(by=actor, at=at, requests=chosen, again=bool(numbers))
    _say(request, sent)
    if len(numbers) == 1 and request.POST.get("back") == "letter":
        return redirect("letters:one", county, year, numbers[0])
    return redirect("letters:list", county, year)


def _say(request: HttpRequest, sent: Sent) -> None:
    made = len(sent.letters)
    if made:
        words = ngettext("Ett brev är på väg.", "%(number)s brev är på väg.", made)
        messages.success(request, words % {"number": made})
    if sent.nobody:
        names = ", ".join(dict.fromkeys(one.party.name for one in sent.nobody))
        messages.warning(request, _("Ingen adress finns till %(names)s. Skriv in en, eller skriv ut brevet.") % {
            "names": names})  # fmt: skip
    if not made and not sent.nobody:
        messages.info(request, _("Inget brev behövdes."))


@require_POST
@once
def revoke(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """End a personal link now."""
    see(actor_of(request), county, M)
    link = get_link(uid, county=county, year=year)
    revoke_link(by=actor_of(request), at=timezone.now(), link=link)
    messages.success(request, _("Länken är återkallad. Den öppnar inget mer."))
    return redirect("letters:one", county, year, link.request.number)


def addresses(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Where each party is written to: people with an account, or the county's own book."""
    at = timezone.now()
    see(actor_of(request), county, M)
    parties = parties_of(county, on=swedish_day(at))
    found = {who: receivers_of(parties, who, at=at) for who in PARTY}
    rows = [
        {"party": party, "cells": [(who, WHO[who], found[who].get(party.pk, ())) for who in PARTY]} for party in parties
    ]
    missing = [row["party"] for row in rows if not found[Who.REPORTER].get(row["party"].pk)]  # type: ignore[attr-defined]
    return render(request, "letters/addresses.html", {"rows": rows, "missing": missing})


@once
def address(request: HttpRequest, county: str, year: int, code: str) -> HttpResponse:
    """One party's addresses in the county's book."""
    at, actor = timezone.now(), actor_of(request)
    see(actor, county, M)
    party = next((one for one in parties_of(county, on=swedish_day(at)) if one.code == code), None)
    if party is None:
        raise Http404
    there = {who: row for (party_id, who), row in addresses_of(county).items() if party_id == party.pk}
    initial: dict[str, Any] = {who: row.email for who, row in there.items()}
    initial["language"] = next((row.language for row in there.values()), "sv")
    form = AddressForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            write_addresses(
                by=actor, at=at, party=party, addresses=form.addresses(), language=form.cleaned_data["language"]
            )
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Adresserna till %(party)s är sparade.") % {"party": party.name})
            return redirect("letters:addresses", county, year)
    people = [(who, receivers_of([party], who, at=at)[party.pk]) for who in PARTY]
    with_account = [one for _who, those in people for one in those if one.account]
    return render(request, "letters/address.html", {"party": party, "form": form, "people": with_account})
