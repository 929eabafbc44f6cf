"""A letter to look at before it is sent, and as files."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samplan.apps.letters.facts import facts_of
from samplan.apps.letters.letter import letter, mail_text
from samplan.apps.letters.listing import rows_of
from samplan.apps.letters.operations import letter_on_paper
from samplan.apps.letters.queries import get_letter_request, letter_requests, newest_letters
from samplan.apps.questionnaires.models import ReportRequest
from samplan.base.audit.trace import events_about
from samplan.base.files.store import downloaded
from samplan.base.jobs.operations import ask
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, see
from samplan.domain.access import Permission, may
from samplan.domain.document import Document
from samplan.edges.links.drawing import FORMATS, LETTERS, document_of, documents_of, file_name, together
from samplan.edges.reports.compile import write
from samplan.edges.reports.writers import html

M = Permission.MANAGE_DIRECTIVES


def one(request: HttpRequest, county: str, year: int, number: int) -> HttpResponse:
    """One party's letter about one report: how it reads, to whom it goes, its links, and what can be done."""
    at, actor = timezone.now(), actor_of(request)
    see(actor, county, M)
    asked = get_letter_request(county=county, year=year, number=number)
    (row,) = rows_of([asked], at=at)
    document = document_of(asked, None, at=at)
    subject, body = mail_text(
        facts_of([asked], at=at)[asked.pk], name=row.receivers[0].name if row.receivers else "",
        address=_("[här står den personliga länken]"),
    )  # fmt: skip
    context = {
        "row": row, "asked": asked, "document": document, "subject": subject, "body": body,
        # Made by the writer, which escapes every text.
        "shown": mark_safe(html.write_fragment(document, language=document.language, first_level=3)),  # noqa: S308
        "events": events_about(asked.uid)[:50] if may(actor, Permission.READ_TRACE, county=county) else None,
    }  # fmt: skip
    return render(request, "links/one.html", context)


def file(request: HttpRequest, county: str, year: int, number: int, fmt: str) -> HttpResponse:
    """The letter as it was made, without any link; before it is made as it would be."""
    see(actor_of(request), county, M)
    asked = get_letter_request(county=county, year=year, number=number)
    if fmt not in FORMATS:
        raise Http404
    document = document_of(asked, newest_letters([asked]).get(asked.pk), at=timezone.now())
    return _file(document, asked, fmt)


@require_POST
def paper(request: HttpRequest, county: str, year: int, number: int) -> HttpResponse:
    """A letter to print, with a new link in it. The file is the only place where that link stands."""
    at, actor = timezone.now(), actor_of(request)
    see(actor, county, M)
    asked = get_letter_request(county=county, year=year, number=number)
    fmt = request.POST.get("fmt", "pdf")
    if fmt not in FORMATS:
        raise Http404
    _made, address = letter_on_paper(by=actor, at=at, request=asked)
    document = letter(facts_of([asked], at=at)[asked.pk], language="sv", address=address)
    response = _file(document, asked, fmt)
    response["Cache-Control"] = "no-store"
    return response


def all_letters(request: HttpRequest, county: str, year: int, fmt: str) -> HttpResponse:
    """Every letter of the year in one PDF to print."""
    see(actor_of(request), county, M)
    if fmt != "pdf":
        raise Http404
    documents = _documents(county, year, timezone.now())
    if not documents:
        raise Http404
    name = f"{slugify(_('brev'))}-{county}-{year}"
    title = _("Brev till parterna %(year)s") % {"year": year}
    whole = together(documents, title=title, language=get_language() or "sv")
    return downloaded(write(whole, "pdf", county=county), f"{name}.pdf")


@once
@require_POST
def pack(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Have every letter made as a Word file and a PDF, in one file, by the worker."""
    actor = actor_of(request)
    see(actor, county, M)
    job = ask(
        by=actor, at=timezone.now(), county=county, year=year, kind=LETTERS.code, arguments={},
        language=get_language() or "sv",
    )  # fmt: skip
    return redirect("jobs:job", county, year, job.uid)


def _documents(county: str, year: int, at: datetime) -> list[tuple[ReportRequest, Document]]:
    asked = [row.request for row in rows_of(letter_requests(county, year), at=at)]
    return documents_of(asked, newest_letters(asked), at=at)


def _file(document: Document, asked: ReportRequest, fmt: str) -> HttpResponse:
    return downloaded(write(document, fmt, county=asked.county), f"{file_name(asked)}.{fmt}")
