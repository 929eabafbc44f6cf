"""The year report as the coordinator works with it: read, edit a passage, write a synthesis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.apps.directives.queries import cell_of, get_directive_for
from samplan.apps.orgs.queries import in_order
from samplan.apps.plans.queries import get_plan_for
from samplan.apps.questionnaires.forms import in_words
from samplan.apps.questionnaires.queries import Answered, answered
from samplan.apps.yearreports.models import BlockEdit, ReportVersion, Synthesis, YearReport
from samplan.apps.yearreports.operations import drop_edit, edit_block, open_report, write_synthesis
from samplan.apps.yearreports.queries import get_report_for, requests_not_answered
from samplan.base.audit.trace import events_about
from samplan.base.kernel.once import once
from samplan.base.kernel.problems import say
from samplan.domain.access import Actor, Permission, may
from samplan.domain.cycle import answered as has_answered
from samplan.domain.document import Heading, text_of
from samplan.domain.editing import Passage, text_hash
from samplan.domain.errors import DomainError
from samplan.domain.questionnaire import Question
from samplan.edges.reports.compile import Report, compile_report
from samplan.edges.reports.forms import OpenForm, PassageForm, SynthesisForm
from samplan.edges.reports.screen import Origins, contents, pieces_of, shown
from samplan.edges.reports.sections import sections_of

P = Permission


def actor_of(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]


@once
def report(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """The report as it would look today; where there is none yet, the way to begin."""
    at, actor = timezone.now(), actor_of(request)
    plan = get_plan_for(actor, county=county, year=year)
    found = YearReport.objects.filter(plan=plan, year=year).select_related("plan").first()
    if found is None:
        return _begin(request, actor, plan)
    compiled = compile_report(found, at=at, preview=True)
    pieces, notes = pieces_of(compiled)
    versions = list(ReportVersion.objects.filter(report=found).defer("facts", "document").order_by("-number"))
    missing = [cell_of(asked, at=at) for asked in requests_not_answered(found)]
    syntheses = {row.directive.number: row for row in found.syntheses.select_related("directive")}
    reviews = bool(may(actor, P.REVIEW_REPORTS, county=county))
    directives = compiled.facts.directives
    sections = sections_of(found, compiled)
    context = {
        "report": found, "compiled": compiled, "passages": shown(compiled, pieces, Origins(found) if reviews else None),
        "notes": notes, "contents": contents(compiled, pieces), "lead": _lead(compiled), "missing": missing,
        "versions": versions, "directives": [(one, syntheses.get(one.number)) for one in directives],
        "inside": sum(share.counted for one in directives for share in one.shares),
        "asked": sum(len(one.shares) for one in directives), "may_open": reviews,
        "may_edit": bool(may(actor, P.COMPILE_REPORT, county=county)),
        "may_comment": bool(may(actor, P.COMMENT_REPORT, county=county)),
        "sections": len(sections), "done": sum(one.done for one in sections),
        "comments": sum(one.open_comments for one in sections),
        "may_approve": bool(may(actor, P.DECIDE, county=county)),
        "events": events_about(found.uid, *(row.uid for row in [*versions, *syntheses.values()]))[:50]
        if may(actor, P.READ_TRACE, county=county) else None,
    }  # fmt: skip
    return render(request, "reports/report.html", context)


def _begin(request: HttpRequest, actor: Actor, plan: Any) -> HttpResponse:
    form = OpenForm(request.POST or None, initial={"title": _("Årsrapport %(year)s") % {"year": plan.year}})
    if request.method == "POST" and form.is_valid():
        open_report(by=actor, at=timezone.now(), plan=plan, title=form.cleaned_data["title"])
        messages.success(request, _("Rapporten är påbörjad."))
        return redirect("reports:report", plan.county, plan.year)
    may_begin = bool(may(actor, P.COMPILE_REPORT, county=plan.county))
    return render(request, "reports/begin.html", {"form": form, "plan": plan, "may_begin": may_begin})


def _lead(compiled: Report) -> str:
    shares = [share for one in compiled.facts.directives for share in one.shares]
    accepted = sum(share.state == "accepted" for share in shares)
    words = [
        ngettext(
            "%(accepted)s av %(asked)s återrapport är godkänd.", "%(accepted)s av %(asked)s återrapporter är godkända.",
            len(shares),
        ) % {"accepted": accepted, "asked": len(shares)}
    ]  # fmt: skip
    waiting = sum(share.counted for share in shares) - accepted
    if waiting:
        words.append(
            ngettext(
                "%(n)s till är inskickad och visas här, men är inte godkänd än.",
                "%(n)s till är inskickade och visas här, men är inte godkända än.", waiting,
            ) % {"n": waiting}
        )  # fmt: skip
    if open_ := len(compiled.merged.conflicts):
        words.append(
            ngettext(
                "Ett stycke behöver ses över.", "%(n)s stycken behöver ses över.", open_,
            ) % {"n": open_}
        )  # fmt: skip
    return " ".join(words)


def passage_url(county: str, year: int, key: str) -> str:
    return reverse("reports:passage", args=[county, year]) + "?" + urlencode({"key": key})


@once
def passage(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """A passage's words beside the fact they stand on. Buttons: save, keep (the words on the new fact), drop."""
    at, actor = timezone.now(), actor_of(request)
    found = get_report_for(actor, county=county, year=year)
    may(actor, P.COMPILE_REPORT, county=county).demand()
    key = request.GET.get("key", "")
    compiled = compile_report(found, at=at, preview=True)
    fact = next((one for one in compiled.merged.passages if one.key == key and one.editable), None)
    edit = BlockEdit.objects.filter(report=found, key=key).first()
    if fact is None and edit is None:
        raise Http404
    form = PassageForm(request.POST) if request.method == "POST" else _passage_form(fact, edit)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            _carry_out(request.POST.get("action", "save"), actor, at, found, key, form.cleaned_data, edit)
        except DomainError as error:
            if error.code == "forbidden":
                raise
            problem = say(error)
            form = _again(form, edit) if error.code == "changed_by_other" else form
        else:
            done = _("Uppgiften gäller igen.") if request.POST.get("action") == "drop" else _("Stycket är sparat.")
            messages.success(request, done)
            return redirect(reverse("reports:report", args=[county, year]) + f"#{key}")
    pieces, _notes = pieces_of(compiled)
    context = {
        "report": found, "key": key, "form": form, "fact": fact, "edit": edit, "problem": problem,
        "theirs": edit if problem and edit and edit.text != form["text"].value() else None,
        "changed": bool(fact and edit and edit.base_hash != fact.hash),
        "passage": next((row for row in shown(compiled, pieces, Origins(found)) if row.key == key), None),
        "events": _trace(found, key),
        "place": _place(compiled, key),
    }  # fmt: skip
    return render(request, "reports/passage.html", context)


def _trace(found: YearReport, key: str) -> Any:
    """What has been done with one passage."""
    named = f'"key":"{key}"'
    return events_about(found.uid).filter(Q(before__contains=named) | Q(after__contains=named))[:20]


def _place(compiled: Report, key: str) -> str:
    """The heading that the passage stands under."""
    title = ""
    for one in compiled.merged.passages:
        for block in one.blocks:
            if isinstance(block, Heading):
                title = text_of(block.content)
        if one.key == key:
            break
    return title


def _passage_form(fact: Passage | None, edit: BlockEdit | None) -> PassageForm:
    text = edit.text if edit else (fact.text if fact else "")
    base = fact.text if fact else (edit.base_text if edit else "")
    return PassageForm(initial={"text": text, "base_text": base, "version": edit.version if edit else 0})


def _again(form: PassageForm, edit: BlockEdit | None) -> PassageForm:
    """The same words once more, now on top of what the other person wrote."""
    return PassageForm(initial={**form.cleaned_data, "version": edit.version if edit else 0})


def _carry_out(
    action: str, actor: Actor, at: Any, found: YearReport, key: str, typed: dict[str, Any], edit: BlockEdit | None
) -> None:
    if action == "drop":
        drop_edit(by=actor, at=at, report=found, key=key, version=typed["version"])
        return
    text = edit.text if action == "keep" and edit else typed["text"]
    edit_block(
        by=actor, at=at, report=found, key=key, base_hash=text_hash(typed["base_text"]), base_text=typed["base_text"],
        text=text, version=typed["version"],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """What one party answered to a question, in words."""

    report: Answered
    text: str
    is_text: bool


@once
def synthesis(request: HttpRequest, county: str, year: int, number: int) -> HttpResponse:
    """The coordinator's words about a directive, beside everything its parties answered."""
    at, actor = timezone.now(), actor_of(request)
    found = get_report_for(actor, county=county, year=year)
    may(actor, P.COMPILE_REPORT, county=county).demand()
    directive = get_directive_for(actor, county=county, year=year, number=number)
    row = Synthesis.objects.filter(report=found, directive__number=number).first()
    initial = {"text": row.text if row else "", "version": row.version if row else 0}
    form = SynthesisForm(request.POST) if request.method == "POST" else SynthesisForm(initial=initial)
    problem, theirs = "", None
    if request.method == "POST" and form.is_valid():
        try:
            write_synthesis(by=actor, at=at, report=found, directive=directive, **form.cleaned_data)
        except DomainError as error:
            if error.code == "forbidden":
                raise
            problem = say(error)
            if error.code == "changed_by_other":
                theirs = row
                form = SynthesisForm(initial={**form.cleaned_data, "version": row.version if row else 0})
        else:
            messages.success(request, _("Sammanfattningen är sparad."))
            return redirect("reports:report", county, year)
    shares = {share.party: share.request for share in directive.shares.all() if has_answered(share.request.state)}
    given = answered([shares[party] for party in in_order(shares)])
    context = {
        "report": found, "directive": directive, "form": form, "problem": problem, "theirs": theirs,
        "questions": _by_question(given), "reports": given, "asked": directive.shares.count(),
        "events": events_about(row.uid)[:20] if row else (),
    }  # fmt: skip
    return render(request, "reports/synthesis.html", context)


def _by_question(given: list[Answered]) -> list[tuple[Question, list[Given]]]:
    """Question by question, every answer that the coordinator may see: all of them."""
    questions = {question.code: question for report in given for question in report.questions}
    found = []
    for code, question in questions.items():
        answers = [
            Given(report, in_words(question, report.values[code]), question.kind == "text")
            for report in given
            if code in report.values
        ]
        found.append((question, answers))
    return found
