"""What residents read: published, frozen reports only; never a live row of the working life."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe

from samplan.apps.orgs.models import County
from samplan.apps.yearreports.models import ReportVersion
from samplan.apps.yearreports.queries import get_published, published_versions
from samplan.base.accounts.open import public
from samplan.base.files.store import as_download
from samplan.domain.document import text_of
from samplan.domain.naming import swedish_key
from samplan.edges.public.county_views import site
from samplan.edges.public.published import get_year
from samplan.edges.reports.compile import document_of
from samplan.edges.reports.writers.html import write_pieces

MEDIA = {"docx": "Word", "pdf": "PDF", "html": "HTML"}


@public
def start(request: HttpRequest) -> HttpResponse:
    """What this is, and the published reports county by county, newest year first."""
    reports: dict[str, list[ReportVersion]] = {}
    for version in published_versions():
        reports.setdefault(version.report.county, []).append(version)
    counties = sorted(County.objects.filter(code__in=reports), key=lambda county: swedish_key(county.name))
    places = [{"county": county, "versions": reports[county.code]} for county in counties]
    return render(request, "public/start.html", {"places": places})


@public
def report(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """A year's published report as it was frozen, its approval, its files and the other years."""
    version = get_published(county, year)
    document, found = document_of(version), get_year(county, year)
    pieces, notes = write_pieces(document, language=document.language)
    headings: list[dict[str, Any]] = [
        {"title": text_of(piece.heading.content), "number": piece.heading.number, "address": piece.address,
         "top": piece.heading.level == 1}
        for piece in pieces
        if piece.heading and piece.heading.level <= 2
    ]  # fmt: skip
    context = {
        **site(found, here="reports", text=found.year.text),
        "version": version, "document": document, "contents": headings,
        # Made by the writer, which escapes every text.
        "html": mark_safe("\n".join([*(piece.html for piece in pieces), notes])),  # noqa: S308
        "files": [
            {"name": file.name, "kind": MEDIA[file.name.rsplit(".", 1)[-1]], "size": file.size}
            for file in version.files.defer("content").order_by("name")
        ],
        "place": County.objects.get(code=county), "decision": version.decision_point.decision,
        "others": [other for other in published_versions(county) if other.pk != version.pk],
    }  # fmt: skip
    return render(request, "public/report.html", context)


@public
def file(request: HttpRequest, county: str, year: int, name: str) -> HttpResponse:
    """A file of the published version, byte for byte as it was approved."""
    return as_download(get_object_or_404(get_published(county, year).files, name=name))


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/accessibility.html")


@public
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "public/privacy.html")
