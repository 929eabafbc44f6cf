"""Economic reports that somebody certifies, and what is to be paid back."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.apps.agreements.labels import LEVELS
from samplan.apps.agreements.requisitions import handles
from samplan.apps.spending.forms import CertifyForm, RepayForm
from samplan.apps.spending.labels import LINE_KINDS
from samplan.apps.spending.models import EconomicReport
from samplan.apps.spending.operations import certify, repay
from samplan.apps.spending.queries import (
    Money,
    economic_facts,
    economic_reports,
    find_grant,
    frozen_facts,
    money_of,
    money_shown,
    one_recipient,
    recipients_of,
    see_money,
    sees_use,
)
from samplan.apps.spending.views import in_kinds, named, proof
from samplan.base.audit.trace import events_about
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, tell
from samplan.base.ui.templatetags.samplan import day, kronor
from samplan.domain.access import FORBIDDEN, Permission, may
from samplan.domain.deadlines import swedish_day
from samplan.domain.errors import DomainError
from samplan.domain.money import Difference
from samplan.domain.spending import EconomicFacts, GrantFacts


def reports(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Who accounts for money of the year, and whether somebody has certified it."""
    actor = actor_of(request)
    reads = see_money(actor, county)
    found = money_of(county, year)
    newest: dict[int, EconomicReport] = {}
    for one in economic_reports(county, year):
        newest.setdefault(one.recipient_id, one)
    rows = [
        {
            "recipient": recipient, "certified": newest.get(recipient.pk),
            "came": sum(facts.came for facts in grants), "used": sum(facts.counted for facts in grants),
            "untold": sum(facts.untold for facts in grants), "made_up": any(facts.made_up for facts in grants),
        }
        for recipient in recipients_of(found, actor, county)
        for grants in [[one.facts for one in found if one.asked.recipient == recipient]]
    ]  # fmt: skip
    certified = sum(row["certified"] is not None for row in rows)
    lead = ngettext(
        "%(done)s av %(n)s redovisning är intygad.", "%(done)s av %(n)s redovisningar är intygade.", len(rows)
    ) % {"done": certified, "n": len(rows)}  # fmt: skip
    context = {
        "county": county, "year": year, "rows": rows, "reads": reads,
        "lead": lead if rows else _("Det finns inga pengar att redovisa än."),
    }  # fmt: skip
    return render(request, "spending/reports.html", context)


def picture(facts: EconomicFacts) -> list[dict[str, Any]]:
    """An economic report's grants as the page shows them."""
    return [
        {
            "facts": grant, "level": LEVELS[grant.level], "on_the_way": named(grant.on_the_way()),
            "between": named(grant.between()), "proof": proof(grant), "kinds": in_kinds(grant.costs),
            "lines": [
                {"facts": line, "kind": LINE_KINDS[line.kind]} for line in grant.lines if line.kind != "whole"
            ],
        }
        for grant in facts.grants
    ]  # fmt: skip


@once
def report(request: HttpRequest, county: str, year: int, code: str) -> HttpResponse:
    """A recipient's economic report from the rows as they are, and the certificate that freezes it."""
    at, actor = timezone.now(), actor_of(request)
    recipient, mine = one_recipient(actor, county, year, code)
    may_certify = all(handles(actor, one.asked.level, recipient) for one in mine)
    form = CertifyForm(request.POST if request.method == "POST" else None, use_required_attribute=False)
    if request.method == "POST":
        if not may_certify:
            FORBIDDEN.demand()
        if form.is_valid():
            try:
                certify(by=actor, at=at, recipient=recipient, year=year, **form.cleaned_data)
            except DomainError as error:
                tell(error, form)
            else:
                messages.success(request, _("Redovisningen är intygad och ändras inte mer."))
                return redirect("spending:report", county, year, code)
    facts = economic_facts(mine, recipient, year)
    versions = list(economic_reports(county, year).filter(recipient=recipient))
    changed = (
        bool(versions)
        and replace(frozen_facts(versions[0]), certified_by="", certified_function="", certified_on="") != facts
    )
    context = {
        "county": county, "year": year, "recipient": recipient, "facts": facts, "grants": picture(facts),
        "kinds": in_kinds(facts.costs), "total": sum(facts.costs.values()), "versions": versions, "changed": changed,
        "form": form if may_certify else None, "lead": _report_lead(facts, versions, changed),
        "events": events_about(*(one.uid for one in versions))[:50]
        if may(actor, Permission.READ_TRACE, county=county) else None,
    }  # fmt: skip
    return render(request, "spending/report.html", context)


def _report_lead(facts: EconomicFacts, versions: list[EconomicReport], changed: bool) -> str:
    if versions:
        words = _("Intygad %(day)s av %(name)s, %(function)s.") % {
            "day": day(versions[0].certified_on), "name": versions[0].certified_by,
            "function": versions[0].certified_function,
        }  # fmt: skip
        return words + (" " + _("Uppgifterna har ändrats sedan dess.") if changed else "")
    untold = sum(grant.untold for grant in facts.grants)
    if untold:
        return _("Inte intygad än. Användningen av %(untold)s är inte redovisad.") % {"untold": kronor(untold)}
    return _("Inte intygad än. All användning är redovisad.")


def version(request: HttpRequest, county: str, year: int, code: str, number: int) -> HttpResponse:
    """An economic report as it was certified."""
    recipient = one_recipient(actor_of(request), county, year, code)[0]
    found = economic_reports(county, year).filter(recipient=recipient, number=number).first()
    if found is None:
        raise Http404
    facts = frozen_facts(found)
    context = {
        "county": county, "year": year, "recipient": recipient, "facts": facts, "grants": picture(facts),
        "kinds": in_kinds(facts.costs), "total": sum(facts.costs.values()), "report": found,
        "later": EconomicReport.objects.filter(supersedes=found).first(),
    }  # fmt: skip
    return render(request, "spending/version.html", context)


def repayments(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """What is unused of each grant and recipient and was paid back, and what receivers owe the recipient."""
    actor = actor_of(request)
    reads = see_money(actor, county)
    shown, parts = money_shown(actor, county, money_of(county, year))
    shown.sort(key=lambda one: list(LEVELS).index(one.facts.level))
    today = swedish_day(timezone.now())
    rows = [_repay_row(one, today.isoformat()) for one in shown if one.facts.received is not None]
    grants = [row["facts"] for row in rows]
    returns: list[dict[str, Any]] = [
        {"line": line, "receiver": receiver, "facts": receiver.facts, "to": one.asked.recipient}
        for one, line, receiver in parts
        if (receiver.facts.to_return or receiver.facts.returned) and sees_use(actor, county, receiver)
    ]
    waiting = [one for one in shown if one.facts.received is None and not one.facts.declined]
    context = {
        "county": county, "year": year, "rows": rows, "returns": returns, "reads": reads,
        "returned": sum(row["facts"].returned for row in returns),
        "to_return": sum(row["facts"].to_return for row in returns), "waiting": waiting,
        "sums": _sums(grants), "named": named(_together(grants)), "lead": _repay_lead(grants),
    }  # fmt: skip
    return render(request, "spending/repayments.html", context)


def _repay_row(one: Money, today: str) -> dict[str, Any]:
    """A grant in the list. `says`: something else is left than what is to be repaid."""
    facts = one.facts
    says = {difference.code for difference in facts.at_the_end()} - {"owed"}
    late = bool(facts.repay_by and facts.repay_by < today and facts.to_repay > facts.repaid)
    return {
        "money": one, "facts": facts, "proof": proof(facts), "repayments": one.repayments, "says": bool(says),
        "late": late,
    }  # fmt: skip


def _sums(grants: list[GrantFacts]) -> dict[str, int]:
    return {
        "came": sum(one.came for one in grants), "used": sum(one.counted for one in grants),
        "carried": sum(one.carried for one in grants), "repaid": sum(one.repaid for one in grants),
        "remaining": sum(one.remaining for one in grants),
    }  # fmt: skip


def _together(grants: list[GrantFacts]) -> list[Difference]:
    """What is left of all of them, added up by name."""
    total: Counter[str] = Counter()
    for grant in grants:
        for one in grant.at_the_end():
            total[one.code] += one.amount
    return [Difference(code, amount) for code, amount in total.items()]


def _repay_lead(grants: list[GrantFacts]) -> str:
    if not grants:
        return _("Inga pengar har kommit in än.")
    owed = sum(max(0, one.to_repay - one.repaid) for one in grants)
    untold = sum(one.untold for one in grants)
    if owed:
        days = sorted({one.repay_by for one in grants if one.repay_by and one.to_repay > one.repaid})
        words = _("%(owed)s är kvar att betala tillbaka.") % {"owed": kronor(owed)}
        if days:
            words += " " + _("Sista dag är %(day)s.") % {"day": day(date.fromisoformat(days[0]))}
    elif any(one.at_the_end() for one in grants):
        words = _("Inget är kvar att betala tillbaka av det som är redovisat.")
    else:
        return _("0 kronor kvar. Summan stämmer.")
    if untold:
        words += " " + _("Användningen av %(untold)s är inte redovisad.") % {"untold": kronor(untold)}
    return words


@once
def repayment(request: HttpRequest, county: str, year: int, uid: UUID, code: str) -> HttpResponse:
    """What a recipient has paid back of a grant; enter one more repayment."""
    at, actor = timezone.now(), actor_of(request)
    reads = see_money(actor, county)
    money = find_grant(money_of(county, year), uid, code)
    own = handles(actor, money.asked.level, money.asked.recipient)
    if not (reads or own):
        raise Http404
    form = RepayForm(request.POST if request.method == "POST" else None, money=money)
    if request.method == "POST":
        if not own:
            FORBIDDEN.demand()
        if form.is_valid():
            try:
                repay(by=actor, at=at, grant=money.asked.grant, recipient=money.asked.recipient, **form.cleaned_data)
            except DomainError as error:
                tell(error, form)
            else:
                messages.success(request, _("Återbetalningen är införd."))
                return redirect("spending:repayment", county, year, uid, code)
    context = {
        "county": county, "year": year, "money": money, "facts": money.facts, "proof": proof(money.facts),
        "form": form if own else None, "own": own, "level": LEVELS[money.facts.level],
        "repay_by": date.fromisoformat(money.facts.repay_by) if money.facts.repay_by else None,
    }  # fmt: skip
    return render(request, "spending/repayment.html", context)
