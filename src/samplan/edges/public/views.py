"""What residents read: published, frozen reports only, and whom they have been sent to; no other live row of the
working life."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe

from samplan import __version__
from samplan.apps.orgs import official
from samplan.apps.yearreports.models import ReportVersion
from samplan.apps.yearreports.queries import get_published, published_versions
from samplan.apps.yearreports.submissions import submitted_of
from samplan.base.accounts.open import public
from samplan.base.files.store import as_download
from samplan.base.kernel.models import Installation
from samplan.domain.document import text_of
from samplan.domain.naming import swedish_key
from samplan.edges.public.county_views import files_of, site
from samplan.edges.public.drawings import cloth
from samplan.edges.public.keeping import kept, mark_of
from samplan.edges.public.published import (
    Published,
    addresses_of,
    county_names,
    open_page,
    published,
)
from samplan.edges.reports.writers.html import write_pieces


def _start_mark(request: HttpRequest) -> str | None:
    request.versions = list(published_versions())  # type: ignore[attr-defined]
    return mark_of(request, request.versions)  # type: ignore[attr-defined]


@public
@kept(_start_mark)
def start(request: HttpRequest) -> HttpResponse:
    """What this is, and the counties, each with its newest year at a glance and the reports of all years."""
    versions: dict[str, list[ReportVersion]] = {}
    for version in request.versions:  # type: ignore[attr-defined]
        versions.setdefault(version.report.county, []).append(version)
    places: list[dict[str, Any]] = []
    for code in sorted(versions, key=lambda code: swedish_key(county_names()[code])):
        newest, *older = versions[code]
        found = published(newest, older)
        places.append({
            "name": found.county_name, "code": code, "version": newest, "versions": versions[code], "year": found.year,
            "cloth": cloth(found.year, columns=90, rows=14, label=""),
            "efforts": sum(area.count for area in found.year.areas),
        })  # fmt: skip
    art = cloth(places[0]["year"], columns=78, rows=48, label="") if places else ""
    return render(request, "public/start.html", {"places": places, "cloth": art})


@public
def place(request: HttpRequest) -> HttpResponse:
    """A municipality that somebody has chosen, in its county's newest published year."""
    code = request.GET.get("kommun", "")
    version = published_versions(code[:2]).first() if code.isdigit() and len(code) == 4 else None
    if version is None or all(one.code != code for one in published(version).year.municipalities):
        return redirect("public:start")
    return redirect("public:municipality", code[:2], version.report.year, code)


def _handed_in(version: ReportVersion) -> str:
    return "".join(f"-{one.uid}.{one.sent_on}" for one in submitted_of(version))


@partial(open_page, also=_handed_in)
def report(request: HttpRequest, found: Published) -> HttpResponse:
    """A year's published report as it was frozen, its approval, its files and the other years."""
    version, document = found.version, found.year.document
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
        "files": files_of(version.files.defer("content").order_by("name")),
        "place": official.counties()[version.county][0], "decision": version.decision_point.decision,
        "submitted": submitted_of(version), "others": found.others,
    }  # fmt: skip
    return render(request, "public/report.html", context)


@public
def file(request: HttpRequest, county: str, year: int, name: str) -> HttpResponse:
    """A file of the published version, byte for byte as it was approved."""
    return as_download(get_object_or_404(get_published(county, year).files, name=name))


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement that the law asks for: what is accessible, what is not, and where to tell."""
    return render(request, "public/accessibility.html", {"version": __version__})


@public
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "public/privacy.html")


@public
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: the open site, and nothing of a site that shows an example."""
    rules = ["User-agent: *"]
    if Installation.objects.filter(kind="demo").exists():
        rules.append("Disallow: /")
    else:
        rules += ["Disallow: /konto/", "Disallow: /sok/", "Disallow: /tillganglighet/fel/"]
        rules.append(f"Sitemap: {request.build_absolute_uri(reverse('public:sitemap'))}")
    return HttpResponse("\n".join(rules) + "\n", content_type="text/plain; charset=utf-8")


@public
@kept(_start_mark)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page of every published year, for search engines."""
    paths = [reverse(name) for name in ("public:start", "public:accessibility", "public:privacy")]
    for version in request.versions:  # type: ignore[attr-defined]
        paths += addresses_of(published(version))
    places = "".join(f"<url><loc>{escape(request.build_absolute_uri(path))}</loc></url>" for path in paths)
    kind = "http://www.sitemaps.org/schemas/sitemap/0.9"
    text = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="{kind}">{places}</urlset>'
    return HttpResponse(text, content_type="application/xml; charset=utf-8")
