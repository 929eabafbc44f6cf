"""Reading the report through: every section with what is done, and one section with sources and comments beside."""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samplan.apps.yearreports.models import PassageComment, YearReport
from samplan.apps.yearreports.operations.reading import (
    comment_passage,
    mark_section,
    resolve_comment,
    unmark_section,
)
from samplan.apps.yearreports.queries import get_report_for
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, see, tell
from samplan.base.kernel.problems import say
from samplan.domain.access import Permission, may
from samplan.domain.errors import DomainError
from samplan.edges.reports.compile import compile_report
from samplan.edges.reports.screen import Origins, pieces_of, shown
from samplan.edges.reports.sections import FILTERS, Section, orphans, sections_of, threads_of

P = Permission
FILTER_WORDS = {
    "all": gettext_lazy("Alla"), "unread": gettext_lazy("Inte lästa"),
    "since": gettext_lazy("Ändrade sedan ni läste"), "edited": gettext_lazy("Omskrivna av er"),
    "source": gettext_lazy("Källan har ändrats sedan ni skrev"), "comments": gettext_lazy("Med kommentarer"),
}  # fmt: skip


class CommentForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("Din kommentar"), widget=forms.Textarea(attrs={"rows": 3}))


def section_url(report: YearReport, key: str, passage: str = "") -> str:
    address = reverse("reports:section", args=[report.county, report.year]) + "?" + urlencode({"key": key})
    return f"{address}#{passage}" if passage else address


def reading(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Every section of the report: done, changed since, rewritten, talked about."""
    actor = actor_of(request)
    see(actor, county, P.COMMENT_REPORT)
    found = get_report_for(actor, county=county, year=year)
    compiled = compile_report(found, at=timezone.now(), preview=True)
    sections = sections_of(found, compiled)
    code = request.GET.get("visa", "all")
    code = code if code in FILTERS else "all"
    done = sum(one.done for one in sections)
    context = {
        "report": found, "done": done, "of": len(sections), "code": code,
        "rows": [(one, section_url(found, one.key)) for one in sections if one.is_among(code)],
        "filters": [(name, FILTER_WORDS[name], sum(one.is_among(name) for one in sections)) for name in FILTERS],
        "lead": _lead(sections), "orphans": orphans(threads_of(found), compiled),
    }  # fmt: skip
    return render(request, "reports/reading.html", context)


def _lead(sections: list[Section]) -> str:
    left = sum(not one.done for one in sections)
    if not left:
        return _("Alla avsnitt är lästa och klara.")
    words = ngettext("Ett avsnitt är kvar att läsa.", "%(n)s avsnitt är kvar att läsa.", left) % {"n": left}
    if since := sum(one.since for one in sections):
        words += " " + ngettext(
            "Ett har ändrats sedan ni läste det.", "%(n)s har ändrats sedan ni läste dem.", since
        ) % {"n": since}  # fmt: skip
    return words


@once
def section(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """One section: each passage beside its source, with what is said about it. A button's `action` says what to do."""
    actor = actor_of(request)
    see(actor, county, P.COMMENT_REPORT)
    found = get_report_for(actor, county=county, year=year)
    compiled = compile_report(found, at=timezone.now(), preview=True)
    sections = sections_of(found, compiled)
    place = next((n for n, one in enumerate(sections) if one.key == request.GET.get("key", "")), None)
    if place is None:
        raise Http404
    one = sections[place]
    form, about = CommentForm(), ""
    if request.method == "POST":
        about = request.POST.get("passage", "")
        form, answer = _act(request, found, one, about)
        if answer is not None:
            return answer
    pieces, _notes = pieces_of(compiled, first_level=2 - one.level)
    keys = {passage.key: passage for passage in one.passages}
    reviews = bool(may(actor, P.REVIEW_REPORTS, county=county))
    context = {
        "report": found, "section": one, "form": form, "about": about,
        "rows": [
            {"shown": row, "fact": keys[row.key].text, "threads": one.threads.get(row.key, [])}
            for row in shown(compiled, pieces, Origins(found) if reviews else None)
            if row.key in keys and not (row.heading and row.key == one.key)
        ],
        "here": section_url(found, one.key), "may_edit": bool(may(actor, P.COMPILE_REPORT, county=county)),
        "before": section_url(found, sections[place - 1].key) if place else "",
        "after": section_url(found, sections[place + 1].key) if place + 1 < len(sections) else "",
        "number": place + 1, "of": len(sections), "language": compiled.document.language,
    }  # fmt: skip
    return render(request, "reports/section.html", context)


def _act(request: HttpRequest, found: YearReport, one: Section, about: str) -> tuple[CommentForm, HttpResponse | None]:
    """Carry out what was pressed: (the form, where to go; None when something typed is to be seen over)."""
    at, by, action = timezone.now(), actor_of(request), request.POST.get("action", "")
    here = redirect(section_url(found, one.key, about))
    form = CommentForm(request.POST if action == "comment" else None)
    try:
        match action:
            case "mark":
                read = request.POST.get("read", "")
                mark_section(by=by, at=at, report=found, key=one.key, text=one.text, read=read)
                messages.success(request, _("Avsnittet är klart."))
            case "unmark":
                unmark_section(by=by, at=at, report=found, key=one.key)
            case "comment":
                if about not in {passage.key for passage in one.passages}:
                    raise Http404
                if not form.is_valid():
                    return form, None
                first = _comment(found, request.POST.get("answers", ""))
                text = form.cleaned_data["text"]
                comment_passage(by=by, at=at, report=found, key=about, text=text, answers=first)
                messages.success(request, _("Kommentaren är sparad. Bara ni som arbetar med rapporten ser den."))
            case "resolve" | "reopen":
                comment = _comment(found, request.POST.get("comment", ""))
                if comment is not None:
                    resolve_comment(by=by, at=at, comment=comment, resolved=action == "resolve")
    except DomainError as error:
        if action == "comment":
            tell(error, form)
            return form, None
        if error.code == "forbidden":
            raise
        messages.error(request, say(error))
    return form, here


def _comment(found: YearReport, uid: str) -> PassageComment | None:
    """A comment of this report; none where none is named, 404 for another's."""
    if not uid:
        return None
    try:
        return get_object_or_404(PassageComment, report=found, uid=uid)
    except ValueError as error:
        raise Http404 from error
