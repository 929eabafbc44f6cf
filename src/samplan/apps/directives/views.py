"""Directives: drafted, issued by decision, changed by a new version, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.apps.agreements.allocation_page import ways_to
from samplan.apps.agreements.models import Share
from samplan.apps.bodies.queries import points_open_for
from samplan.apps.directives.forms import (
    CopyForm,
    MoneyForm,
    PlaceForm,
    PointForm,
    TiesForm,
    WithdrawForm,
    WordingForm,
    blank_questions,
    questions_from,
    questions_typed,
)
from samplan.apps.directives.labels import STATES, TEXTS
from samplan.apps.directives.models import Directive, DirectiveShare
from samplan.apps.directives.operations import (
    change_directive,
    draft_directive,
    issue_directive,
    supersede_directive,
    tie_directive,
    withdraw_directive,
)
from samplan.apps.directives.queries import cell_of, directive_before, directives_of, get_directive_for
from samplan.apps.indicators.models import Indicator
from samplan.apps.indicators.quoting import CountyFigures
from samplan.apps.orgs.queries import in_order
from samplan.apps.plans.models import BudgetLine, Plan
from samplan.apps.plans.queries import areas_of, budget_of, framework_goals_of, get_plan_for, line_in_force
from samplan.apps.questionnaires.queries import forms_of, questions_of
from samplan.base.audit.trace import events_about
from samplan.base.files.models import Attachment
from samplan.base.files.queries import files_at, shelf
from samplan.base.kernel.once import once
from samplan.base.kernel.problems import say
from samplan.domain.access import Actor, Permission, may
from samplan.domain.errors import DomainError, Invalid

D = Permission.MANAGE_DIRECTIVES


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]


def directives(request: HttpRequest, county: str, year: int) -> HttpResponse:
    at = timezone.now()
    plan = get_plan_for(_actor(request), county=county, year=year)
    listed = list(directives_of(plan))
    rows = []
    for directive in listed:
        cells = [cell_of(share.request, share.amount, at=at) for share in _standing(directive)]
        line = directive.budget_line
        rows.append(
            {"directive": directive, "state": STATES[directive.state], "asked": len(cells),
             "inside": sum(cell.inside for cell in cells), "area": (directive.area.number - 1) % 4 + 1,
             "amount": sum(cell.amount for cell in cells) if cells else (line.amount if line else None),
             "made_up": bool(line and line.made_up)}
        )  # fmt: skip
    issued = sum(directive.state == "issued" for directive in listed)
    drafts = len(listed) - issued
    context = {
        "rows": rows,
        "lead": _list_lead(issued, drafts),
        "may_manage": bool(may(_actor(request), D, county=county)),
    }
    return render(request, "directives/list.html", context)


def _list_lead(issued: int, drafts: int) -> str:
    if not issued and not drafts:
        return _("Inga direktiv än.")
    words = []
    if issued:
        words.append(ngettext("Ett direktiv är utfärdat.", "%(n)s direktiv är utfärdade.", issued) % {"n": issued})
    if drafts:
        words.append(ngettext("Ett är ett utkast.", "%(n)s är utkast.", drafts) % {"n": drafts})
    return " ".join(words)


def detail(request: HttpRequest, county: str, year: int, number: int) -> HttpResponse:
    """A directive as its parties read it, with each party's amount; states for those who may read the county."""
    at = timezone.now()
    actor = _actor(request)
    directive = get_directive_for(actor, county=county, year=year, number=number)
    reads = bool(may(actor, Permission.READ_COUNTY, county=county))
    versions = list(Directive.objects.filter(plan_id=directive.plan_id, number=number).order_by("-version"))
    shares = {share.party: share for share in _standing(directive)}
    rows: list[dict[str, Any]] = []
    for party in in_order(shares):
        own = bool(may(actor, Permission.WRITE_REPORT, county=county, organisation_id=party.organisation_id))
        cell = cell_of(shares[party].request, shares[party].amount, at=at)
        rows.append({"party": party, "cell": cell, "made_up": shares[party].made_up, "seen": reads or own, "own": own})
    allocation = directive.budget_line.allocation if directive.budget_line else None
    why = ways_to(allocation) if allocation else {}
    for row in rows:
        # A directive keeps its kronor when the allocation is replaced: an explanation of other kronor is none of these.
        found = why.get(row["party"].code)
        row["why"] = found if found and found["amount"] == row["cell"].amount else None
    coming = _coming(directive) if reads and directive.state == "draft" else []
    context = {
        "directive": directive, "state": STATES[directive.state], "rows": rows, "coming": coming,
        "figures": CountyFigures(county, year, leads=reads),
        "allocation": allocation, "asked_why": request.GET.get("varfor", ""),
        "total": sum(row["cell"].amount for row in rows) or sum(share.amount for share in coming),
        "texts": [(label, getattr(directive, name)) for name, label in TEXTS.items() if getattr(directive, name)],
        "goals": [goal.in_full for goal in directive.framework_goals.select_related("framework")],
        "questions": questions_of(directive.form), "older": [old for old in versions if old.pk != directive.pk],
        "may_manage": bool(may(actor, D, county=county)), "reads": reads,
        "may_open": bool(may(actor, Permission.REVIEW_REPORTS, county=county)),
        "inside": sum(row["cell"].inside for row in rows),
        "shelf": shelf(actor, directive, _files_of(versions)),
        "events": events_about(*(version.uid for version in versions))[:50]
        if may(actor, Permission.READ_TRACE, county=county) else None,
    }  # fmt: skip
    return render(request, "directives/detail.html", context)


def _files_of(versions: list[Directive]) -> list[Attachment]:
    """The files of every version: what was enclosed with the first still belongs to the last."""
    found = files_at([one.uid for one in versions])
    return [row for one in reversed(versions) for row in found[one.uid]]


def _standing(directive: Directive) -> list[DirectiveShare]:
    """The shares whose report is still asked for; they come with the directive."""
    return [share for share in directive.shares.all() if share.request.state != "withdrawn"]


def _coming(directive: Directive) -> list[Share]:
    """The parties and amounts that the directive would be sent with."""
    line = line_in_force(directive.budget_line) if directive.budget_line else None
    if line is None or line.allocation_id is None:
        return []
    shares = Share.objects.filter(allocation_id=line.allocation_id, amount__gt=0).select_related("party")
    by_party = {share.party: share for share in shares}
    return [by_party[party] for party in in_order(by_party)]


def _lines(plan: Plan) -> list[BudgetLine]:
    return list(budget_of(plan).filter(kind="directive"))


@once
def draft(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """A new directive with its questions, its own or those of an earlier form. `?fran=3`: beginning with what number 3
    of the year before said, asked and was tied to."""
    at, actor = timezone.now(), _actor(request)
    plan = get_plan_for(actor, county=county, year=year)
    may(actor, D, county=county).demand()
    newest = Directive.objects.filter(plan=plan).aggregate(newest=Max("number"))["newest"] or 0
    posted = request.POST if request.method == "POST" else None
    chosen = request.GET.get("fran", "")
    before = directive_before(plan, int(chosen)) if chosen.isdecimal() and len(chosen) < 4 else None
    areas = list(areas_of(plan))
    alike = next((area for area in areas if before and area.title == before.area.title), None)
    initial = WordingForm.initial_of(before) | {"last_day": None} if before else {}
    pages: dict[str, Any] = {
        "place": PlaceForm(posted, areas=areas_of(plan), initial={"number": newest + 1, "area": alike}),
        "wording": WordingForm(posted, initial=initial),
        "money": MoneyForm(posted, budget_lines=_lines(plan)),
        "ties": TiesForm(posted, goals=framework_goals_of(county), initial=TiesForm.initial_of(before)),
        "copy": CopyForm(posted, forms_there=forms_of(county)),
    }
    rows, saving = _rows(request, county, pages, questions_of(before.form) if before else None)
    if saving and _valid(rows, pages["place"], pages["wording"], pages["money"], pages["ties"]):
        try:
            made = draft_directive(
                by=actor, at=at, area=pages["place"].cleaned_data["area"], number=pages["place"].cleaned_data["number"],
                wording=pages["wording"].wording(), questions=rows.questions(),
                budget_line=pages["money"].cleaned_data["budget_line"],
                needs_approval=pages["money"].cleaned_data["needs_approval"], **pages["ties"].cleaned_data,
            )  # fmt: skip
        except DomainError as error:
            _tell(error, pages["place"], pages["wording"])
        else:
            messages.success(request, _("Utkastet är sparat. Ingen part har fått det än."))
            return redirect("directives:detail", county, year, made.number)
    context = {**pages, "rows": rows, "saving": saving, "heading": _("Nytt direktiv"), "before": before}
    return render(request, "directives/edit.html", context)


def _rows(request: HttpRequest, county: str, pages: Mapping[str, Any], stored: Any = None) -> tuple[Any, bool]:
    """The rows of questions, and whether the form is being saved. The buttons for more and for copying only show it."""
    indicators = list(Indicator.objects.filter(county=county))
    if request.method != "POST":
        return (questions_from(stored, indicators) if stored is not None else blank_questions(indicators)), False
    action = request.POST.get("action", "save")
    if action == "save":
        return questions_typed(request.POST, indicators), True
    copy = pages["copy"]
    chosen = copy.cleaned_data["copy"] if action == "copy" and copy.is_valid() else None
    if chosen:
        rows = questions_from(questions_of(chosen), indicators)
    else:
        rows = questions_typed(request.POST, indicators, more=int(action == "more"))
    # Shown again before the person is done: nothing is wrong with it yet.
    for form in [*pages.values(), *(rows.forms if rows.is_bound else [])]:
        form._errors = {}
    return rows, False


def _valid(rows: Any, *pages: Any) -> bool:
    return all([rows.is_valid(), *(page.is_valid() for page in pages)])


def _tell(error: DomainError, *pages: Any) -> None:
    """Put an operation's refusal at the field it is about, or on top of the first form."""
    if error.code == "forbidden":
        raise error
    field = error.field if isinstance(error, Invalid) else ""
    for page in pages:
        if field in page.fields:
            page.add_error(field, say(error))
            return
    pages[0].add_error(None, say(error))


@once
def change(request: HttpRequest, county: str, year: int, number: int) -> HttpResponse:
    """Change a draft."""
    at, actor = timezone.now(), _actor(request)
    directive = get_directive_for(actor, county=county, year=year, number=number)
    may(actor, D, county=county).demand()
    if directive.state != "draft":
        return redirect("directives:supersede", county, year, number)
    posted = request.POST if request.method == "POST" else None
    line = line_in_force(directive.budget_line) if directive.budget_line else None
    chosen = {"budget_line": line.pk if line else None, "needs_approval": directive.needs_approval}
    pages: dict[str, Any] = {
        "wording": WordingForm(posted, initial=WordingForm.initial_of(directive)),
        "money": MoneyForm(posted, budget_lines=_lines(directive.plan), initial=chosen),
        "copy": CopyForm(posted, forms_there=forms_of(county)),
    }
    rows, saving = _rows(request, county, pages, questions_of(directive.form))
    if saving and _valid(rows, pages["wording"], pages["money"]):
        try:
            change_directive(
                by=actor, at=at, directive=directive, wording=pages["wording"].wording(), questions=rows.questions(),
                budget_line=pages["money"].cleaned_data["budget_line"],
                needs_approval=pages["money"].cleaned_data["needs_approval"],
            )  # fmt: skip
        except DomainError as error:
            _tell(error, pages["wording"])
        else:
            messages.success(request, _("Utkastet är sparat."))
            return redirect("directives:detail", county, year, number)
    context = {**pages, "rows": rows, "saving": saving, "directive": directive, "heading": _("Ändra utkastet")}
    return render(request, "directives/edit.html", context)


@once
def supersede(request: HttpRequest, county: str, year: int, number: int) -> HttpResponse:
    """A new version of an issued directive; every party's answers follow."""
    at, actor = timezone.now(), _actor(request)
    directive = get_directive_for(actor, county=county, year=year, number=number)
    may(actor, D, county=county).demand()
    if directive.state == "draft":
        return redirect("directives:change", county, year, number)
    posted = request.POST if request.method == "POST" else None
    pages: dict[str, Any] = {
        "point": PointForm(posted, points=points_open_for(county, "directive")),
        "wording": WordingForm(posted, initial=WordingForm.initial_of(directive)),
        "copy": CopyForm(posted, forms_there=forms_of(county)),
    }
    rows, saving = _rows(request, county, pages, questions_of(directive.form))
    if saving and _valid(rows, pages["point"], pages["wording"]):
        try:
            supersede_directive(
                by=actor, at=at, directive=directive, decision_point=pages["point"].cleaned_data["decision_point"],
                wording=pages["wording"].wording(), questions=rows.questions(),
            )  # fmt: skip
        except DomainError as error:
            _tell(error, pages["point"], pages["wording"])
        else:
            messages.success(request, _("Den nya versionen gäller. Parternas svar har följt med."))
            return redirect("directives:detail", county, year, number)
    context = {
        **pages,
        "rows": rows,
        "saving": saving,
        "directive": directive,
        "heading": _("Ny version av direktivet"),
    }
    return render(request, "directives/edit.html", context)


@once
def ties(request: HttpRequest, county: str, year: int, number: int) -> HttpResponse:
    """The goals of frameworks that a directive is tied to, at any time."""
    at, actor = timezone.now(), _actor(request)
    directive = get_directive_for(actor, county=county, year=year, number=number)
    may(actor, D, county=county).demand()
    posted = request.POST if request.method == "POST" else None
    form = TiesForm(posted, goals=framework_goals_of(county), initial=TiesForm.initial_of(directive))
    if request.method == "POST" and form.is_valid():
        tie_directive(by=actor, at=at, directive=directive, **form.cleaned_data)
        messages.success(request, _("Sparat."))
        return redirect("directives:detail", county, year, number)
    return render(request, "directives/ties.html", {"form": form, "directive": directive})


@once
def issue(request: HttpRequest, county: str, year: int, number: int) -> HttpResponse:
    """Send a draft to its parties, carried by a decision point."""
    at, actor = timezone.now(), _actor(request)
    directive = get_directive_for(actor, county=county, year=year, number=number)
    may(actor, D, county=county).demand()
    form = PointForm(request.POST if request.method == "POST" else None, points=points_open_for(county, "directive"))
    if request.method == "POST" and form.is_valid():
        try:
            issue_directive(by=actor, at=at, directive=directive, decision_point=form.cleaned_data["decision_point"])
        except DomainError as error:
            _tell(error, form)
        else:
            messages.success(request, _("Direktivet är utfärdat och parterna har fått brev."))
            return redirect("directives:detail", county, year, number)
    coming = _coming(directive)
    context = {"form": form, "directive": directive, "coming": coming, "total": sum(share.amount for share in coming)}
    return render(request, "directives/issue.html", context)


@once
def withdraw(request: HttpRequest, county: str, year: int, number: int) -> HttpResponse:
    at: datetime = timezone.now()
    actor = _actor(request)
    directive = get_directive_for(actor, county=county, year=year, number=number)
    may(actor, D, county=county).demand()
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_directive(by=actor, at=at, directive=directive, reason=form.cleaned_data["reason"])
        except DomainError as error:
            _tell(error, form)
        else:
            messages.success(request, _("Direktivet är tillbakadraget."))
            return redirect("directives:list", county, year)
    asked = [share.request for share in _standing(directive)]
    accepted = [request.party.name for request in asked if request.state == "accepted"]
    context = {"form": form, "directive": directive, "accepted": accepted, "asked": len(asked)}
    return render(request, "directives/withdraw.html", context)
