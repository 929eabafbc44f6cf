"""The budget: each grant divided into lines by a decision, to the krona."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.apps.agreements.forms import PointForm
from samplan.apps.agreements.labels import LEVELS
from samplan.apps.agreements.models import Grant
from samplan.apps.agreements.queries import get_grant_for, grants_of
from samplan.apps.bodies.queries import organisations_in, points_open_for
from samplan.apps.plans.budget_forms import LineRow, MoveForm, ready
from samplan.apps.plans.labels import LINE_KINDS
from samplan.apps.plans.models import BudgetLine
from samplan.apps.plans.operations.budget import decide_budget, move_budget
from samplan.apps.plans.queries import allocations_free, budget_of, get_plan_for, joint_plan
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
    lines: dict[int, list[BudgetLine]] = {}
    for line in budget_of(plan) if plan else []:
        lines.setdefault(line.grant_id, []).append(line)
    grants = [_grant(one, lines.get(one.pk, [])) for one in grants_of(county, year)]
    shown = [row for row in grants if row["lines"] or row["grant"].line.level == "joint"]
    context = {
        "county": county, "year": year, "plan": plan, "grants": shown, "lead": _lead(shown),
        "may_manage": bool(plan and may(actor, MANAGE, county=county)),
        "events": events_about(*([plan.uid] if plan else []), *(line.uid for some in lines.values() for line in some))
        .filter(verb__startswith="budget")[:50] if may(actor, Permission.READ_TRACE, county=county) else None,
    }  # fmt: skip
    return render(request, "plans/budget.html", context)


def _grant(grant: Grant, lines: list[BudgetLine]) -> dict[str, Any]:
    given = sum(line.amount for line in lines)
    return {
        "grant": grant, "level": LEVELS.get(grant.line.level, grant.line.level), "given": given,
        "left": grant.amount - given, "movable": sum(line.allocation_id is None for line in lines) > 1,
        "lines": [
            {"line": line, "kind": LINE_KINDS.get(line.kind, line.kind), "to": _receiver(line)} for line in lines
        ],
    }  # fmt: skip


def _receiver(line: BudgetLine) -> str:
    if line.allocation_id is not None:
        return _("Fördelas mellan parterna")
    return line.payee.name if line.payee else line.payee_name


def _lead(grants: list[dict[str, Any]]) -> str:
    if not grants:
        return _("Länet har inga bidrag att dela än.")
    left = sum(row["left"] for row in grants)
    total = kronor(sum(row["grant"].amount for row in grants))
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
    """Divide a grant into lines by a decision."""
    at, actor = timezone.now(), actor_of(request)
    plan = get_plan_for(actor, county=county, year=year)
    grant = get_grant_for(actor, uid, county=county, year=year)
    may(actor, MANAGE, county=county).demand()
    form = PointForm(request.POST if request.method == "POST" else None, points=points_open_for(county, "budget"))
    offer = ready(allocations_free(county, year), organisations_in(county))
    rows = rows_of(LineRow, request, "lines", first=4, ready=offer)
    there = sum(line.amount for line in budget_of(plan).filter(grant=grant))
    if saving(request, form, *rows) and all_valid(form, *rows):
        lines = [row.line(grant) for row in rows if not row.blank]
        try:
            if not lines:
                form.add_error(None, _("Skriv minst en post."))
            else:
                point = form.cleaned_data["decision_point"]
                decide_budget(by=actor, at=at, plan=plan, decision_point=point, lines=lines)
        except DomainError as error:
            tell(error, form)
        if form.is_valid():
            messages.success(request, _("Bidraget är delat. 0 kronor kvar, summan stämmer."))
            return redirect("budget:overview", county, year)
    typed = [row.cleaned_data.get("amount") or 0 for row in rows if row.is_bound and row.is_valid() and not row.blank]
    context = {
        "county": county, "year": year, "grant": grant, "form": form, "rows": rows, "there": there,
        "level": LEVELS.get(grant.line.level, grant.line.level), "to_share": grant.amount - there,
        "left": grant.amount - there - sum(typed), "typed": sum(typed),
    }  # fmt: skip
    return render(request, "plans/decide_budget.html", context)


@once
def move(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Move kronor between a grant's lines by a new decision."""
    at, actor = timezone.now(), actor_of(request)
    plan = get_plan_for(actor, county=county, year=year)
    grant = get_grant_for(actor, uid, county=county, year=year)
    may(actor, MANAGE, county=county).demand()
    lines = list(budget_of(plan).filter(grant=grant))
    form = MoveForm(
        request.POST if request.method == "POST" else None, points=points_open_for(county, "budget"),
        lines=[line for line in lines if line.allocation_id is None],
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        amounts = form.changed_lines()
        try:
            if not amounts:
                form.add_error(None, _("Inget belopp är ändrat."))
            else:
                point = form.cleaned_data["decision_point"]
                move_budget(by=actor, at=at, plan=plan, decision_point=point, amounts=amounts)
        except DomainError as error:
            tell(error, form)
        if form.is_valid():
            messages.success(request, _("Pengarna är flyttade."))
            return redirect("budget:overview", county, year)
    context = {
        "county": county, "year": year, "grant": grant, "form": form,
        "level": LEVELS.get(grant.line.level, grant.line.level),
        "fixed": [line for line in lines if line.allocation_id is not None],
    }  # fmt: skip
    return render(request, "plans/move_budget.html", context)
