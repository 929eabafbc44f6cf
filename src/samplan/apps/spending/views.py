"""What was paid and what it was used for: every grant, one line, one receiver, a whole grant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samplan.apps.agreements.labels import LEVELS
from samplan.apps.agreements.requisitions import handles
from samplan.apps.questionnaires.labels import COSTS
from samplan.apps.spending.forms import PayAllForm, PaymentForm, UseForm
from samplan.apps.spending.labels import DIFFERENCES, LINE_KINDS, PAYMENTS, SOURCES
from samplan.apps.spending.models import Payment
from samplan.apps.spending.operations import About, pay, pay_out_all, remove_payment, tell_use
from samplan.apps.spending.queries import (
    Line,
    Money,
    Receiver,
    find_grant,
    find_line,
    may_tell,
    money_of,
    money_shown,
    see_money,
    sees_use,
)
from samplan.base.audit.trace import events_about
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, see, tell
from samplan.base.ui.templatetags.samplan import kronor
from samplan.domain.access import FORBIDDEN, Actor, Permission, may
from samplan.domain.errors import DomainError
from samplan.domain.money import Difference
from samplan.domain.spending import GrantFacts, ReceiverFacts

MANAGE = Permission.MANAGE_MONEY


def named(differences: Iterable[Difference]) -> list[tuple[Any, int]]:
    """Differences in words: what they are, and how many kronor."""
    return [(DIFFERENCES[one.code][one.amount < 0], abs(one.amount)) for one in differences]


def in_kinds(costs: dict[str, int]) -> list[tuple[Any, int]]:
    """Kronor by kind of cost in words, in the kinds' own order."""
    return [(words, costs[kind]) for kind, words in COSTS.items() if costs.get(kind)]


def costs_of_receiver(facts: ReceiverFacts) -> list[tuple[Any, int]]:
    return in_kinds({cost.kind: cost.amount for cost in facts.costs})


def source_words(receiver: Receiver) -> Any:
    """Where the figures come from, or why there are none."""
    if receiver.waits and not receiver.facts.told:
        return _("återrapporten är inte godkänd än")
    return SOURCES[receiver.facts.source]


def proof(facts: GrantFacts) -> dict[str, Any]:
    """What came less what became of it, and by which names something is left."""
    return {
        "came": facts.came, "used": facts.counted, "carried": facts.carried, "repaid": facts.repaid,
        "remaining": facts.remaining, "named": named(facts.at_the_end()), "waits": facts.received is None,
    }  # fmt: skip


def overview(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Every grant with what became of its money; for one who handles a party's money only that."""
    actor = actor_of(request)
    reads = see_money(actor, county)
    shown, parts = money_shown(actor, county, money_of(county, year))
    parts = [] if reads else parts
    divided = [one for one in shown if any(line.row for line in one.lines)]
    whole = [one for one in shown if one not in divided and (one.lines or one.asked.level == "joint")]
    context = {
        "county": county, "year": year, "reads": reads, "lead": _lead(shown, parts),
        "grants": [_grant(one) for one in divided], "whole": _whole_rows(whole),
        "activities": _by_activity(divided) if reads else [],
        "parts": [_part(line, receiver) for _money, line, receiver in parts],
    }  # fmt: skip
    return render(request, "spending/overview.html", context)


def _grant(one: Money) -> dict[str, Any]:
    facts = one.facts
    return {
        "money": one, "level": LEVELS[facts.level], "lines": [_line_row(line) for line in one.lines],
        "between": named(facts.between()), "on_the_way": named(facts.on_the_way()), "proof": proof(facts),
        "kinds": in_kinds(facts.costs), "divided": facts.divided, "paid": sum(line.facts.paid for line in one.lines),
        "left": sum(line.facts.left for line in one.lines),
    }  # fmt: skip


def _line_row(line: Line) -> dict[str, Any]:
    facts = line.facts
    told = sum(one.told for one in facts.receivers)
    if len(facts.receivers) > 1:
        words = ngettext("%(n)s part", "%(n)s parter", len(facts.receivers)) % {"n": len(facts.receivers)}
        words += ", " + ngettext("%(n)s har redovisat", "%(n)s har redovisat", told) % {"n": told}
    else:
        words = facts.receivers[0].name if facts.receivers else ""
    return {
        "line": line, "facts": facts, "kind": LINE_KINDS[facts.kind], "to": words,
        "untold": bool(facts.untold), "pays": any(not one.own for one in facts.receivers),
    }  # fmt: skip


def _by_activity(found: list[Money]) -> list[dict[str, Any]]:
    """What pays for each activity, out of however many grants, and what of it is used."""
    paying: dict[int, list[Line]] = {}
    for one in found:
        for line in one.lines:
            if line.row is not None and line.row.activity_id is not None:
                paying.setdefault(line.row.activity_id, []).append(line)
    rows = [
        {
            "activity": lines[0].row.activity, "lines": [line.facts for line in lines],
            "amount": sum(line.facts.amount for line in lines), "used": sum(line.facts.counted for line in lines),
            "left": sum(line.facts.left for line in lines), "untold": any(line.facts.untold for line in lines),
            "made_up": any(line.facts.made_up for line in lines),
        }
        for lines in paying.values()
        if lines[0].row is not None
    ]  # fmt: skip
    return sorted(rows, key=lambda row: [int(part) for part in re.findall("[0-9]+", row["activity"].number)])


def _whole_rows(found: list[Money]) -> list[dict[str, Any]]:
    """Undivided grants by level and by what their rows have in common."""
    groups: dict[tuple[str, str], list[Money]] = {}
    for one in sorted(found, key=lambda one: list(LEVELS).index(one.facts.level)):
        groups.setdefault((one.facts.level, one.asked.in_common), []).append(one)
    return [
        {
            "level": LEVELS[level], "words": words, "own": level == "municipalities",
            "rows": [{"money": one, "facts": one.facts, "words": _whole_words(one)} for one in rows],
        }
        for (level, words), rows in groups.items()
    ]  # fmt: skip


def _whole_words(one: Money) -> str:
    if one.facts.declined:
        return _("avböjt")
    if not one.lines:
        return _("inte delat på poster än")
    if one.facts.received is None:
        return _("pengarna har inte kommit in än")
    return _("inte redovisat") if one.facts.untold else ""


def _part(line: Line, receiver: Receiver) -> dict[str, Any]:
    return {"line": line, "receiver": receiver, "facts": receiver.facts, "source": source_words(receiver)}


def _lead(found: list[Money], parts: list[Any]) -> str:
    if not found and not parts:
        return _("Det finns inga pengar att redovisa än.")
    untold = sum(one.facts.untold for one in found) + sum(receiver.facts.untold for _m, _l, receiver in parts)
    used = sum(one.facts.counted for one in found) + sum(receiver.facts.counted for _m, _l, receiver in parts)
    words = _("%(used)s är använda.") % {"used": kronor(used)}
    if untold:
        return words + " " + _("Användningen av %(untold)s är inte redovisad.") % {"untold": kronor(untold)}
    return words + " " + _("All användning är redovisad.")


def line(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """A budget line: what each receiver was given, paid and has used, and every payment."""
    return _line(request, county, year, uid, None)


def _line(request: HttpRequest, county: str, year: int, uid: UUID, wrong: PayAllForm | None) -> HttpResponse:
    actor = actor_of(request)
    see(actor, county)
    money, found, row = find_line(money_of(county, year), uid)
    manages = bool(may(actor, MANAGE, county=county))
    rows = [
        {
            "receiver": one, "facts": one.facts, "kinds": costs_of_receiver(one.facts),
            "source": source_words(one), "shown": sees_use(actor, county, one),
        }
        for one in found.receivers
    ]  # fmt: skip
    due = [one.facts.unpaid for one in found.receivers if one.facts.unpaid]
    uses = [one.use.uid for one in found.receivers if one.use]
    context = {
        "county": county, "year": year, "line": found, "facts": found.facts, "money": money, "rows": rows,
        "reviews": bool(may(actor, Permission.REVIEW_REPORTS, county=county)),
        "kind": LINE_KINDS[found.facts.kind], "level": LEVELS[money.facts.level], "manages": manages,
        "named": named(found.facts.differences()), "payments": _payments(found.receivers),
        "pay_all": (wrong or PayAllForm(use_required_attribute=False)) if manages and len(due) > 1 else None,
        "due": sum(due), "due_to": len(due),
        "used": sum(one.facts.used for one in found.receivers), "left": found.facts.left,
        "events": events_about(row.uid, *uses)[:50]
        if may(actor, Permission.READ_TRACE, county=county) else None,
    }  # fmt: skip
    return render(request, "spending/line.html", context)


def _payments(receivers: Iterable[Receiver]) -> list[tuple[Any, Payment]]:
    """What was paid to and by them, in words, by day."""
    rows = sorted((one for receiver in receivers for one in receiver.payments), key=lambda one: (one.paid_on, one.pk))
    return [(PAYMENTS[one.kind], one) for one in rows]


@once
@require_POST
def pay_all(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Pay every receiver of a line what it has not been paid."""
    at, actor = timezone.now(), actor_of(request)
    see(actor, county)
    row = find_line(money_of(county, year), uid)[2]
    may(actor, MANAGE, county=county).demand()
    form = PayAllForm(request.POST, use_required_attribute=False)
    if form.is_valid():
        try:
            made = pay_out_all(by=actor, at=at, line=row, on=form.cleaned_data["on"])
        except DomainError as error:
            tell(error, form)
        else:
            words = ngettext("En betalning är införd.", "%(n)s betalningar är införda.", len(made))
            messages.success(request, words % {"n": len(made)})
            return redirect("spending:line", county, year, uid)
    return _line(request, county, year, uid, form)


@once
def receiver(request: HttpRequest, county: str, year: int, uid: UUID, code: str = "") -> HttpResponse:
    """One receiver of a line: what it has used, for the county's people and its own; what it was paid."""
    at, actor = timezone.now(), actor_of(request)
    reads = see_money(actor, county)
    money, found, row = find_line(money_of(county, year), uid)
    one = next((one for one in found.receivers if one.facts.code == code), None)
    if one is None:
        raise Http404
    tells = may_tell(actor, money, found, one)
    if not reads and not tells:
        raise Http404
    manages, shown = bool(may(actor, MANAGE, county=county)), sees_use(actor, county, one)
    paying = request.method == "POST" and request.POST.get("about") == "payment"
    using = request.POST if request.method == "POST" and not paying else None
    use_form = UseForm(using, receiver=one, may_carry=money.facts.may_carry_on and manages)
    payment_form = PaymentForm(request.POST if paying else None, receiver=one) if manages else None
    here = ("spending:receiver", county, year, uid, code) if code else ("spending:payee", county, year, uid)
    if request.method == "POST":
        _demand(manages if paying else tells)
        if paying and payment_form and payment_form.is_valid():
            given = payment_form.cleaned_data
            act: Callable[[], Any] = lambda: pay(by=actor, at=at, line=row, party=one.party, **given)  # noqa: E731
            if _done(act, payment_form):
                messages.success(request, _("Betalningen är införd."))
                return redirect(*here)
        elif not paying and use_form.is_valid():
            about = About(line=row, party=one.party)
            act = lambda: tell_use(by=actor, at=at, about=about, **use_form.values())  # noqa: E731
            if _done(act, use_form):
                messages.success(request, _("Användningen är sparad."))
                return redirect(*here)
    context = {
        "county": county, "year": year, "money": money, "line": found, "one": one, "facts": one.facts, "reads": reads,
        "use_form": use_form if tells else None, "payment_form": payment_form, "kinds": costs_of_receiver(one.facts),
        "payments": _payments([one]), "manages": manages,
        "shown": shown, "reviews": bool(may(actor, Permission.REVIEW_REPORTS, county=county)),
        "lead": _receiver_lead(one.facts, shown=shown),
        "title": found.facts.title, "heading": one.facts.name, "named": named(one.facts.differences()),
    }  # fmt: skip
    return render(request, "spending/receiver.html", context)


def _demand(allowed: bool) -> None:
    if not allowed:
        FORBIDDEN.demand()


def _done(act: Callable[[], Any], form: Any) -> bool:
    """Whether the operation was carried out; else its refusal stands in the form."""
    try:
        act()
    except DomainError as error:
        tell(error, form)
        return False
    return True


def _receiver_lead(facts: ReceiverFacts, *, shown: bool = True) -> str:
    words = _("Beloppet är %(amount)s.") % {"amount": kronor(facts.amount)}
    if not shown:
        return words + " " + _("Bara samordnaren läser hur det har använts.")
    if not facts.told:
        return words + " " + _("Användningen är inte redovisad än.")
    words += " " + _("%(used)s är använda.") % {"used": kronor(facts.used)}
    if facts.own_money:
        return words + " " + _("%(own)s av dem är egna medel.") % {"own": kronor(facts.own_money)}
    return words + " " + _("%(left)s är kvar.") % {"left": kronor(facts.left)}


@once
def whole(request: HttpRequest, county: str, year: int, uid: UUID, code: str) -> HttpResponse:
    """What a recipient has used of a grant that is not divided into lines."""
    at, actor = timezone.now(), actor_of(request)
    reads = see_money(actor, county)
    money = find_grant(money_of(county, year), uid, code)
    found = next((one for one in money.lines if one.row is None), None)
    own = handles(actor, money.asked.level, money.asked.recipient)
    if found is None or not (reads or own):
        raise Http404
    one = found.receivers[0]
    form = UseForm(request.POST if request.method == "POST" else None, receiver=one, may_carry=money.facts.may_carry_on)
    if request.method == "POST":
        _demand(own)
        if form.is_valid():
            about = About(grant=money.asked.grant, recipient=money.asked.recipient)
            if _done(lambda: tell_use(by=actor, at=at, about=about, **form.values()), form):
                messages.success(request, _("Användningen är sparad."))
                return redirect("spending:whole", county, year, uid, code)
    context = {
        "county": county, "year": year, "money": money, "line": found, "one": one, "facts": one.facts, "reads": reads,
        "use_form": form if own else None, "payment_form": None, "kinds": costs_of_receiver(one.facts),
        "payments": [], "manages": False, "shown": True, "lead": _receiver_lead(one.facts), "title": one.facts.name,
        "heading": money.facts.title, "named": named(one.facts.differences()),
    }  # fmt: skip
    return render(request, "spending/receiver.html", context)


@once
@require_POST
def remove(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Take away a payment that was entered wrongly."""
    at, actor = timezone.now(), actor_of(request)
    see_money(actor, county)
    found = Payment.objects.filter(county=county, uid=uid, grant__line__section__agreement__year=year)
    payment = found.select_related("line", "grant__line", "recipient").first()
    if payment is None or not _sees(actor, payment, county):
        raise Http404
    remove_payment(by=actor, at=at, payment=payment)
    messages.success(request, _("Betalningen är borttagen. Vad som stod finns i spåret."))
    if payment.line is None:
        return redirect("spending:repayment", county, year, payment.grant.uid, payment.recipient.code)
    return redirect("spending:line", county, year, payment.line.uid)


def _sees(actor: Actor, payment: Payment, county: str) -> bool:
    reads = bool(may(actor, Permission.READ_COUNTY, county=county))
    return reads or handles(actor, payment.grant.line.level, payment.recipient)
