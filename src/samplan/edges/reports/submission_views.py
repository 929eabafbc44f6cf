"""The report's way to those who are to have it: what, when, by whom, and the receipt. Samplan sends nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.apps.yearreports.labels import USUAL_RECEIVERS
from samplan.apps.yearreports.models import Submission
from samplan.apps.yearreports.operations.submissions import (
    BEFORE_SENDING,
    Sent,
    add_receiver,
    change_receiver,
    correct_sent,
    enclose,
    make_ready,
    remove_receiver,
    submit_again,
    take_back,
    take_out,
    tell_receipt,
    tell_sent,
)
from samplan.apps.yearreports.queries import get_report_for
from samplan.apps.yearreports.submissions import (
    agreed_last_day,
    get_submission_for,
    submissions_of,
    version_to_send,
)
from samplan.base.audit.trace import events_about
from samplan.base.files.store import as_download
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, tell
from samplan.base.kernel.problems import say
from samplan.domain.access import Permission, may
from samplan.domain.cycle import SubmissionStatus
from samplan.domain.deadlines import swedish_day
from samplan.domain.errors import DomainError, Refused
from samplan.edges.reports.submission_forms import (
    EncloseForm,
    ReceiptForm,
    ReceiverForm,
    content_of,
    receiver_form,
    sent_form,
)

P = Permission
S = SubmissionStatus


@once
def submissions(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Every receiver with how far it has come; where there is none, the usual ones in one press."""
    at, actor = timezone.now(), actor_of(request)
    found = get_report_for(actor, county=county, year=year)
    may_edit = bool(may(actor, P.COMPILE_REPORT, county=county))
    rows = list(submissions_of(found))
    if request.method == "POST":
        may(actor, P.COMPILE_REPORT, county=county).demand()
        if not rows:
            for name in USUAL_RECEIVERS:
                add_receiver(by=actor, at=at, report=found, receiver=name, last_day=agreed_last_day(year))
            messages.success(request, _("De vanliga mottagarna är tillagda."))
        return redirect("reports:submissions", county, year)
    today = swedish_day(at)
    current = [row for row in rows if row.state != S.SUPERSEDED]
    context = {
        "report": found, "may_edit": may_edit, "usual": USUAL_RECEIVERS, "version": version_to_send(found),
        "rows": [(row, _late(row, today)) for row in current], "lead": _lead(current),
        "earlier": [row for row in rows if row.state == S.SUPERSEDED],
    }  # fmt: skip
    return render(request, "reports/submissions.html", context)


def _late(row: Submission, today: Any) -> bool:
    return bool(row.last_day and S(row.state) in BEFORE_SENDING and row.last_day < today)


def _lead(rows: list[Submission]) -> str:
    if not rows:
        return _("Här står till vem rapporten ska lämnas, vad som skickades och när, och att det kom fram.")
    sent = sum(S(row.state) not in BEFORE_SENDING for row in rows)
    return ngettext(
        "%(sent)s av %(all)s mottagare har fått rapporten.", "%(sent)s av %(all)s mottagare har fått rapporten.",
        len(rows),
    ) % {"sent": sent, "all": len(rows)}  # fmt: skip


@once
def new_submission(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """One more receiver."""
    at, actor = timezone.now(), actor_of(request)
    found = get_report_for(actor, county=county, year=year)
    may(actor, P.COMPILE_REPORT, county=county).demand()
    posted = request.method == "POST"
    form = ReceiverForm(request.POST if posted else None, initial={"last_day": agreed_last_day(year)})
    if posted and form.is_valid():
        try:
            made = add_receiver(by=actor, at=at, report=found, **form.cleaned_data)
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Mottagaren är tillagd."))
            return redirect("reports:submission", county, year, made.uid)
    return render(request, "reports/new_submission.html", {"report": found, "form": form})


@once
def submission(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """One receiver: what is sent, and the next step. A button's `action` says which."""
    at, actor = timezone.now(), actor_of(request)
    row = get_submission_for(actor, uid, county=county, year=year)
    may_edit = bool(may(actor, P.COMPILE_REPORT, county=county))
    action = request.POST.get("action", "") if request.method == "POST" else ""
    data = {name: request.POST if action == name else None for name in ("change", "sent", "enclose", "receipt")}
    today = swedish_day(at)
    forms = {
        "change": receiver_form(data["change"], row),
        "sent": sent_form(data["sent"], row, who=actor.name, today=today),
        "enclose": EncloseForm(data["enclose"], request.FILES if data["enclose"] else None, auto_id="enclose_%s"),
        "receipt": ReceiptForm(
            data["receipt"], request.FILES if data["receipt"] else None, use_required_attribute=False,
            initial={"receipted_on": today, "case_number": row.case_number}, auto_id="receipt_%s",
        ),
    }  # fmt: skip
    if request.method == "POST":
        may(actor, P.COMPILE_REPORT, county=county).demand()
        answer = _act(request, row, action, forms)
        if answer is not None:
            return answer
    version = row.version or version_to_send(row.report)
    context = {
        "report": row.report, "row": row, "forms": forms, "may_edit": may_edit, "late": _late(row, today),
        "version": version, "newer": _newer(row), "before": S(row.state) in BEFORE_SENDING,
        "files": version.files.defer("content").order_by("name") if version else (),
        "answers": [one for one in row.enclosed.all() if one.kind == "answers"],
        "receipts": [one for one in row.enclosed.all() if one.kind == "receipt"],
        "again": Submission.objects.filter(supersedes=row).first(), "action": action,
        "events": events_about(row.uid)[:50] if may(actor, P.READ_TRACE, county=county) else None,
    }  # fmt: skip
    return render(request, "reports/submission.html", context)


def _newer(row: Submission) -> bool:
    """Whether another version has been approved since this one was sent."""
    return row.version is not None and row.version.state == "superseded"


def _act(request: HttpRequest, row: Submission, action: str, forms: dict[str, Any]) -> HttpResponse | None:
    """Carry out what was pressed; None when something typed is to be seen over."""
    at, by, here = timezone.now(), actor_of(request), ("reports:submission", row.county, row.report.year)
    form = forms.get(action)
    if form is not None and not form.is_valid():
        return None
    given: dict[str, Any] = form.cleaned_data if form is not None else {}
    deeds: dict[str, tuple[Callable[[], Any], str]] = {
        "change": (lambda: change_receiver(by=by, at=at, submission=row, **given), _("Sparat.")),
        "enclose": (lambda: _enclose(by, at, row, given["file"]), _("Filen är tillagd.")),
        "take_out": (lambda: _take_out(by, at, row, request.POST.get("file", "")), _("Filen är borttagen.")),
        "ready": (lambda: _ready(by, at, row), _("Inlämningen är klar att skicka.")),
        "back": (lambda: take_back(by=by, at=at, submission=row), _("Inlämningen är tillbakatagen.")),
        "sent": (lambda: _sent(by, at, row, given), _("Det är infört att rapporten är skickad.")),
        "receipt": (lambda: _receipt(by, at, row, given), _("Kvittensen är införd.")),
        "again": (lambda: submit_again(by=by, at=at, submission=row), _("En ny inlämning är påbörjad.")),
        "remove": (lambda: remove_receiver(by=by, at=at, submission=row), _("Mottagaren är borttagen.")),
    }
    if action not in deeds:
        return redirect(*here, row.uid)
    deed, done = deeds[action]
    try:
        made = deed()
    except DomainError as error:
        if error.code == "forbidden":
            raise
        if form is None:
            messages.error(request, say(error))
            return redirect(*here, row.uid)
        tell(error, form)
        return None
    messages.success(request, done)
    if action == "remove":
        return redirect("reports:submissions", row.county, row.report.year)
    return redirect(*here, made.uid if action == "again" else row.uid)


def _ready(by: Any, at: Any, row: Submission) -> None:
    version = version_to_send(row.report)
    if version is None:
        raise Refused("no_version_yet")
    make_ready(by=by, at=at, submission=row, version=version)


def _sent(by: Any, at: Any, row: Submission, given: dict[str, Any]) -> None:
    act = tell_sent if row.state == S.READY else correct_sent
    act(by=by, at=at, submission=row, sent=Sent(**given))


def _enclose(by: Any, at: Any, row: Submission, given: Any) -> None:
    name, content = content_of(given)
    enclose(by=by, at=at, submission=row, name=name, content=content)


def _take_out(by: Any, at: Any, row: Submission, uid: str) -> None:
    for one in row.enclosed.all():
        if str(one.uid) == uid and one.kind == "answers":
            take_out(by=by, at=at, enclosed=one)


def _receipt(by: Any, at: Any, row: Submission, given: dict[str, Any]) -> None:
    tell_receipt(
        by=by, at=at, submission=row, on=given["receipted_on"], receipt=given["receipt"],
        case_number=given["case_number"], file=content_of(given["file"]) if given["file"] else None,
    )  # fmt: skip


def submission_file(request: HttpRequest, county: str, year: int, uid: UUID, detail: UUID) -> HttpResponse:
    """A file that was sent with the report, or the receipt, byte for byte as it was kept."""
    row = get_submission_for(actor_of(request), uid, county=county, year=year)
    return as_download(get_object_or_404(row.enclosed.select_related("file"), uid=detail).file)
