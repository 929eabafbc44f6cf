"""The budget: each grant divided into lines by a decision, to the krona."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.apps.agreements.labels import LEVELS, tag_words
from samplan.apps.agreements.models import Grant, Share
from samplan.apps.agreements.queries import get_grant_for, grants_with_history, kronor_in_force
from samplan.apps.bodies.queries import organisations_in, points_open_for
from samplan.apps.orgs.models import Party
from samplan.apps.orgs.queries import in_order
from samplan.apps.plans.budget_forms import BudgetForm, LineRow, ready
from samplan.apps.plans.charts import Money, drawn_lines, money_by_area, money_by_receiver
from samplan.apps.plans.labels import LINE_KINDS
from samplan.apps.plans.models import BudgetLine
from samplan.apps.plans.operations.budget import decide_budget
from samplan.apps.plans.queries import (
    allocations_unused,
    budget_of,
    get_plan_for,
    joint_plan,
    lines_of_grant,
    successors,
)
from samplan.base.audit.trace import events_about
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, see, tell
from samplan.base.ui.fields import all_valid, rows_of, saving
from samplan.base.ui.templatetags.samplan import kronor
from samplan.domain.access import Permission, may
from samplan.domain.errors import DomainError

MANAGE = Permission.MANAGE_MONEY


def overview(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Every grant with its lines and the proof that they make it up."""
    actor = actor_of(request)
    see(actor, county)
    plan = joint_plan(county, year)
    lines = list(budget_of(plan)) if plan else []
    grants = [
        _grant(grant, whole, [line for line in lines if line.grant_id in history])
        for grant, history, whole in grants_with_history(county, year)
    ]
    shown = [row for row in grants if row["lines"] or (row["whole"] and row["grant"].line.level == "joint")]
    context = {
        "county": county, "year": year, "plan": plan, "grants": shown, "lead": _lead(shown),
        "by_area": money_by_area(drawn_lines(lines)), "by_receiver": money_by_receiver(_received(lines, county)),
        "may_manage": bool(plan and may(actor, MANAGE, county=county)),
        "events": events_about(*([plan.uid] if plan else []), *(line.uid for line in lines))
        .filter(verb__startswith="budget")[:50] if may(actor, Permission.READ_TRACE, county=county) else None,
    }  # fmt: skip
    return render(request, "plans/budget.html", context)


def _grant(grant: Grant, whole: int, lines: list[BudgetLine]) -> dict[str, Any]:
    given = sum(line.amount for line in lines)
    return {
        "grant": grant, "level": LEVELS.get(grant.line.level, grant.line.level), "given": given, "whole": whole,
        "left": whole - given, "left_out": bool(lines and not whole and grant.amount),
        "lines": [
            {"line": line, "kind": LINE_KINDS.get(line.kind, line.kind), "to": _receiver(line)} for line in lines
        ],
    }  # fmt: skip


def _receiver(line: BudgetLine) -> str:
    if line.allocation_id is not None:
        return _("Fördelas mellan parterna")
    return line.payee.name if line.payee else line.payee_name


def _received(lines: list[BudgetLine], county: str) -> list[Money]:
    """Who gets what of each area: the parties of an allocated line, the region first, then single receivers. What goes
    to nobody in particular is left out."""
    shares = Share.objects.filter(allocation__in=[line.allocation_id for line in lines if line.allocation_id])
    of: dict[int, list[Share]] = {}
    for share in shares.select_related("party").exclude(amount=0):
        of.setdefault(share.allocation_id, []).append(share)
    owned = {party.organisation_id: party for party in Party.objects.filter(county=county, valid_to=None)}
    parties: list[tuple[Party, Money]] = []
    others: list[Money] = []
    for line in lines:
        area = tag_words(line.grant.line.section.tag)
        for share in of.get(line.allocation_id or 0, []):
            parties.append((share.party, Money(area, share.party.name, share.amount, line.made_up)))
        party = owned.get(line.payee_id or 0)
        receiver = line.payee.name if line.payee else line.payee_name
        if party is not None and line.amount:
            parties.append((party, Money(area, party.name, line.amount, line.made_up)))
        elif receiver and line.amount:
            others.append(Money(area, receiver, line.amount, line.made_up))
    order = {party.pk: place for place, party in enumerate(in_order({party for party, _money in parties}))}
    parties.sort(key=lambda one: order[one[0].pk])
    return [*(money for _party, money in parties), *others]


def _lead(grants: list[dict[str, Any]]) -> str:
    if not grants:
        return _("Länet har inga bidrag att dela än.")
    left = sum(row["left"] for row in grants)
    total = kronor(sum(row["whole"] for row in grants))
    if not left:
        return _("%(total)s är delade på poster. 0 kronor kvar, summan stämmer.") % {"total": total}
    undivided = sum(row["left"] != 0 for row in grants)
    return ngettext(
        "%(left)s av %(total)s är kvar att dela, i ett bidrag.",
        "%(left)s av %(total)s är kvar att dela, i %(n)s bidrag.",
        undivided,
    ) % {"left": kronor(left), "total": total, "n": undivided}


@once
def decide(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Divide a grant into lines, or divide it otherwise, by a decision."""
    at, actor = timezone.now(), actor_of(request)
    plan = get_plan_for(actor, county=county, year=year)
    grant = get_grant_for(actor, uid, county=county, year=year)
    may(actor, MANAGE, county=county).demand()
    there = lines_of_grant(plan, grant)
    meant = successors(plan, there)
    form = BudgetForm(
        request.POST if request.method == "POST" else None, points=points_open_for(county, "budget"),
        lines=there, successors=meant,
    )  # fmt: skip
    free = [one for one in allocations_unused(county, year) if one not in meant.values()]
    rows = rows_of(LineRow, request, "lines", first=1 if there else 4, ready=ready(free, organisations_in(county)))
    if saving(request, form, *rows) and all_valid(form, *rows):
        lines, changes = [row.line(grant) for row in rows if not row.blank], form.changes()
        try:
            if not lines and not changes:
                form.add_error(None, _("Skriv minst en post.") if not there else _("Inget belopp är ändrat."))
            else:
                point = form.cleaned_data["decision_point"]
                decide_budget(by=actor, at=at, plan=plan, decision_point=point, lines=lines, changes=changes)
        except DomainError as error:
            tell(error, form)
        if form.is_valid():
            messages.success(request, _("Bidraget är delat. 0 kronor kvar, summan stämmer."))
            return redirect("budget:overview", county, year)
    typed = _typed(form, rows)
    whole = kronor_in_force(grant)
    context = {
        "county": county, "year": year, "grant": grant, "form": form, "rows": rows, "there": there, "whole": whole,
        "level": LEVELS.get(grant.line.level, grant.line.level), "left": whole - typed, "typed": typed,
    }  # fmt: skip
    return render(request, "plans/decide_budget.html", context)


def _typed(form: BudgetForm, rows: Iterable[LineRow]) -> int:
    """Kronor of the lines as they are typed, as far as they can be read."""
    changes = form.changes() if form.is_bound and (form.is_valid() or form.cleaned_data) else {}
    new = [changes.get(line, line.amount) for line in form.lines]
    there = sum(one if isinstance(one, int) else one.amount for one in new)
    return there + sum(
        row.cleaned_data.get("amount") or 0 for row in rows if row.is_bound and row.is_valid() and not row.blank
    )
