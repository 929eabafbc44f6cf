"""A county's published year for residents: the plan, its areas, what was done, the money, a page per municipality."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samplan.apps.agreements.labels import tag_words
from samplan.apps.yearreports.queries import published_versions
from samplan.base.accounts.open import public
from samplan.base.files.models import File
from samplan.base.kernel.search import search as find
from samplan.domain.document import Block, Document
from samplan.edges.public import charts
from samplan.edges.public.drawings import cloth, money_bar, small_map, steps_sign, swatch, tile_map
from samplan.edges.public.published import (
    Published,
    address_of,
    county_names,
    directive_now,
    entries,
    get_year,
    help_lines,
    open_page,
)
from samplan.edges.public.year import (
    ACTIVITY,
    AREA,
    DIRECTIVE,
    EFFORT,
    Answer,
    Area,
    Municipality,
    PublicYear,
    Section,
    words_of,
)
from samplan.edges.reports.writers.html import write_pieces

SHOWN_FIGURES = 2
MEDIA = {"docx": "Word", "pdf": "PDF", "html": "HTML"}


def site(found: Published, *, here: str, text: str = "") -> dict[str, Any]:
    """What every page of a county's year has around itself; `text` decides whether help lines stand below."""
    county, number = found.version.county, found.version.report.year
    rooms = (
        ("plan", _("Planen %(year)s") % {"year": number}, "public:county"),
        ("results", _("Resultat"), "public:results"), ("places", _("Kommuner"), "public:places"),
        ("money", _("Pengarna"), "public:money"), ("reports", _("Rapporter"), "public:reports"),
    )  # fmt: skip
    return {
        "found": found, "place_code": county, "place_year": number, "place_name": found.county_name,
        "site_nav": [
            {"title": title, "url": reverse(name, args=[county, number]), "current": code == here}
            for code, title, name in rooms
        ],
        "help_lines": help_lines(text), "made_up_year": found.year.facts.demo,
    }  # fmt: skip


def html_of(year: PublicYear, blocks: Iterable[Block], *, first_level: int = 2) -> SafeString:
    """Blocks of the frozen document as they stand there, edits and footnotes with them."""
    document = year.document
    part = Document(document.title, document.language, tuple(blocks), words=document.words)
    pieces, notes = write_pieces(part, language=document.language, first_level=first_level)
    return mark_safe("\n".join([*(piece.html for piece in pieces), notes]))  # noqa: S308 (the writer escapes)


@public
def newest(request: HttpRequest, county: str) -> HttpResponse:
    """A county without a year: its newest published one."""
    version = published_versions(county).first()
    if version is None:
        raise Http404
    return redirect("public:county", county, version.report.year)


@open_page
def plan(request: HttpRequest, found: Published) -> HttpResponse:
    """The county's year at a glance."""
    year = found.year
    lead = _("Här ser du vad regionen och %(places)s gör, vad pengarna går till och vad det leder till.")
    count = len(year.municipalities)
    places_words = ngettext("%(n)s kommun", "%(n)s kommuner", count) % {"n": count}
    words = _("Väv: lodräta ränder är parterna, vågräta band är områdena, bredden är pengarna.")
    return render(request, "public/county.html", {
        **site(found, here="plan", text=year.text), "lead": lead % {"places": places_words}, "year_facts": year,
        "cloth": cloth(year, columns=78, rows=56, label=words), "cloth_words": words,
        "areas": [_area_row(found, area) for area in year.areas],
        "figures": year.figures[:SHOWN_FIGURES], "led_to": _led_to(year),
        "efforts": sum(area.count for area in year.areas),
        **_map(found), "bar": money_bar(year, label=_bar_words(year)),
    })  # fmt: skip


def _led_to(year: PublicYear) -> list[dict[str, Any]]:
    """The sums that the page's head has no room for."""
    return [
        {"value": one.value, "unit": one.unit, "about": one.question, "made_up": one.made_up}
        for one in year.figures[SHOWN_FIGURES:]
    ]


def _area_row(found: Published, area: Area) -> dict[str, Any]:
    section = found.year.sections.get((AREA, area.facts.uid))
    return {
        "area": area, "swatch": swatch(area.weave), "words": section.first_words() if section else area.facts.text,
        "url": reverse("public:area", args=[found.version.county, found.version.report.year, area.facts.number]),
    }  # fmt: skip


def _bar_words(year: PublicYear) -> str:
    return _("Pengarna efter område; siffrorna står i tabellen.")


def _told(one: Municipality) -> str:
    if not one.parts:
        return _("inget att redovisa i år")
    return _("har redovisat %(done)s av %(all)s direktiv") % {"done": one.accounted, "all": len(one.parts)}


def _map(found: Published) -> dict[str, Any]:
    """The map, and the same as a list: how much each municipality has accounted for."""

    def address(one: Municipality) -> str:
        return reverse("public:municipality", args=[found.version.county, found.version.report.year, one.code])

    groups: dict[tuple[int, int], list[Municipality]] = {}
    for one in found.year.municipalities:
        groups.setdefault((one.accounted, len(one.parts)), []).append(one)
    rows = [
        {
            "sign": steps_sign(members[0].rows, none=not asked), "title": _group_words(done, asked),
            "places": [{"name": one.name, "url": address(one)} for one in members],
        }
        for (done, asked), members in sorted(groups.items(), key=lambda one: (-one[0][0], -one[0][1]))
    ]  # fmt: skip
    return {"map": tile_map(found.year.municipalities, address=address, told=_told), "map_rows": rows}


def _group_words(done: int, asked: int) -> str:
    if not asked:
        return _("Inget att redovisa")
    return _("%(done)s av %(asked)s") % {"done": done, "asked": asked}


@open_page
def area(request: HttpRequest, found: Published, number: int) -> HttpResponse:
    """An area: its words, and what is done in it."""
    year = found.year
    here = next((one for one in year.areas if one.facts.number == number), None)
    if here is None:
        raise Http404
    parts = [part.uid for part in year.facts.plan.areas if part.parent_uid == here.facts.uid]
    sections = [year.sections[AREA, uid] for uid in (here.facts.uid, *parts) if (AREA, uid) in year.sections]
    intro = [block for section in sections for block in _own_words(section)]
    text = "\n".join(
        [here.facts.title, *(section.title for section in sections), *(e["words"] for e in _efforts(found, here))]
    )
    return render(request, "public/area.html", {
        **site(found, here="plan", text=text), "area": here, "swatch": swatch(here.weave),
        "html": html_of(year, intro), "efforts": _efforts(found, here),
    })  # fmt: skip


def _own_words(section: Section) -> list[Block]:
    """What stands before the first heading under an area, which opens a directive or an activity."""
    own = []
    for block in section.blocks:
        if type(block).__name__ == "Heading":
            break
        own.append(block)
    return own


def _efforts(found: Published, area: Area) -> list[dict[str, Any]]:
    """Directives, activities and efforts of an area, as rows that lead to their own pages."""
    year, rows = found.year, []
    everything = [
        *((DIRECTIVE, one.uid, one.amount, one.made_up) for one in area.directives),
        *((ACTIVITY, one.uid, None, one.made_up) for one in area.activities),
        *((EFFORT, one.uid, None, one.made_up) for one in area.efforts),
    ]
    for kind, uid, amount, made_up in everything:
        section = year.sections.get((kind, uid))
        if section:
            url = address_of(year, kind, uid, found.version.county, found.version.report.year)
            rows.append({"title": section.title, "words": section.first_words(), "url": url, "amount": amount,
                         "made_up": made_up, "swatch": swatch(area.weave)})  # fmt: skip
    return rows


def _section(request: HttpRequest, found: Published, kind: str, uid: UUID) -> HttpResponse:
    section = found.year.sections.get((kind, str(uid)))
    if section is None:
        raise Http404
    here = found.year.area_of(str(uid))
    return render(request, "public/section.html", {
        **site(found, here="plan", text=section.title + "\n" + words_of(section.blocks)), "section": section,
        "area": here, "html": html_of(found.year, section.blocks), "swatch": swatch(here.weave) if here else "",
    })  # fmt: skip


@open_page
def directive(request: HttpRequest, found: Published, uid: UUID) -> HttpResponse:
    if (DIRECTIVE, str(uid)) not in found.year.sections and (now := directive_now(found.version, str(uid))):
        return redirect("public:directive", found.version.county, found.version.report.year, now)
    return _section(request, found, DIRECTIVE, uid)


@open_page
def activity(request: HttpRequest, found: Published, uid: UUID) -> HttpResponse:
    return _section(request, found, ACTIVITY, uid)


@open_page
def effort(request: HttpRequest, found: Published, uid: UUID) -> HttpResponse:
    return _section(request, found, EFFORT, uid)


@open_page
def places(request: HttpRequest, found: Published) -> HttpResponse:
    """Choose a municipality, on the map or in a list."""
    chosen = request.GET.get("kommun", "")
    if any(one.code == chosen for one in found.year.municipalities):
        return redirect("public:municipality", found.version.county, found.version.report.year, chosen)
    return render(
        request, "public/places.html", {**site(found, here="places"), **_map(found), "year_facts": found.year}
    )


@open_page
def municipality(request: HttpRequest, found: Published, code: str) -> HttpResponse:
    """What happens in one municipality: its money, what reaches it, its public answers and figures."""
    year = found.year
    here = next((one for one in year.municipalities if one.code == code), None)
    if here is None:
        raise Http404
    parts = [_part(found, one) for one in here.parts]
    here_uids = [*(one.uid for one in here.activities), *(one.uid for one in here.efforts)]
    own = [row for area in year.areas for row in _efforts_of(found, area, here_uids)]
    whole = [row for area in year.areas for row in _efforts_of(found, area, [one.uid for one in here.shared])]
    text = "\n".join(row["title"] for row in (*own, *whole)) + "\n".join(part["title"] for part in parts)
    used, red = here.used, _("Länets väv; %(name)s är den röda tråden.")
    where = _("Var %(name)s ligger i länet") % {"name": here.name}
    return render(request, "public/municipality.html", {
        **site(found, here="places", text=text), "place": here, "parts": parts, "own": own, "whole": whole,
        "lead": _municipality_lead(here), "chart": charts.used_in(here),
        "map": small_map(year.municipalities, chosen=code, label=where),
        "left": here.amount - used if used is not None else None, "used": used,
        "cloth": cloth(year, columns=214, rows=20, label=red % {"name": here.name}, chosen=here.name, fit="none"),
        "others": found.others,
    })  # fmt: skip


def _municipality_lead(here: Municipality) -> str:
    count = len(here.parts) + len(here.activities) + len(here.efforts)
    if not count:
        return _("%(name)s har inga egna insatser i planen i år, men länets gemensamma insatser når hit.") % {
            "name": here.name
        }
    return ngettext("%(name)s är med i en av länets insatser, utöver dem som når hela länet.",
                    "%(name)s är med i %(n)s av länets insatser, utöver dem som når hela länet.", count) % {
        "name": here.name, "n": count}  # fmt: skip


def _part(found: Published, part: Any) -> dict[str, Any]:
    section = found.year.sections.get((DIRECTIVE, part.directive.uid))
    here = found.year.area_of(part.directive.uid)
    return {
        "title": part.directive.title, "part": part,
        "url": address_of(found.year, DIRECTIVE, part.directive.uid, found.version.county, found.version.report.year)
        if section else "",
        "swatch": swatch(here.weave) if here else "",
        "answers": [{"question": one.question, "html": _answer(found, one)} for one in part.answers],
        "numbers": [
            {"question": question.text, "value": answer.value, "unit": question.unit, "made_up": answer.made_up}
            for question in part.directive.questions if question.kind == "number"
            for answer in question.answers if answer.party == part.share.party
        ],
    }  # fmt: skip


def _answer(found: Published, answer: Answer) -> SafeString:
    return html_of(found.year, answer.blocks, first_level=4)


def _efforts_of(found: Published, area: Area, uids: list[str]) -> list[dict[str, Any]]:
    return [row for row in _efforts(found, area) if any(row["url"].rstrip("/").endswith(uid) for uid in uids)]


@open_page
def money(request: HttpRequest, found: Published) -> HttpResponse:
    """Where the money went: by area, by line and by party, each with its sum."""
    year = found.year
    parties = _party_rows(found)
    return render(request, "public/money.html", {
        **site(found, here="money"), "areas": [_area_row(found, one) for one in year.areas if one.amount],
        "bar": money_bar(year, label=_bar_words(year)), "total": year.amount, "by_area": charts.by_area(year),
        "by_party": charts.by_party(year), "used_by_party": charts.used_by_party(year),
        "lines": [{"line": line, "area": tag_words(line.area)} for line in year.facts.plan.budget],
        "parties": parties, "shared": sum(amount for _name, amount in year.parties), "sections": year.facts.sections,
        "rest": year.amount - sum(area.amount for area in year.areas),
        "used": sum(row["used"] or 0 for row in parties), "state": sum(one.amount for one in year.facts.sections),
    })  # fmt: skip


def _party_rows(found: Published) -> list[dict[str, Any]]:
    """Each party's kronor and what it has accounted for; a municipality leads to its page."""
    year = found.year
    codes = {one.name: one.code for one in year.municipalities}
    rows = []
    for name, amount in year.parties:
        shares = [share for directive in year.facts.directives for share in directive.shares if share.party == name]
        known = [share.used for share in shares if share.used is not None]
        place = [found.version.county, found.version.report.year, codes[name]] if name in codes else []
        rows.append({
            "name": name, "amount": amount, "used": sum(known) if known else None,
            "made_up": any(share.made_up for share in shares),
            "url": reverse("public:municipality", args=place) if place else "",
        })  # fmt: skip
    return rows


def files_of(files: Iterable[File]) -> list[dict[str, Any]]:
    """A report's files as a page names them."""
    return [{"name": one.name, "kind": MEDIA[one.name.rsplit(".", 1)[-1]], "size": one.size} for one in files]


@open_page
def reports(request: HttpRequest, found: Published) -> HttpResponse:
    """The reports of all years with their files."""
    kept_files = Prefetch("files", File.objects.defer("content").order_by("name"))
    rows = [
        {"version": one, "files": files_of(one.files.all())}
        for one in published_versions(found.version.county).prefetch_related(kept_files)
    ]
    return render(request, "public/reports.html", {**site(found, here="reports"), "rows": rows})


@public
def search(request: HttpRequest) -> HttpResponse:
    """Search in all published years, or in one county's."""
    query, county = request.GET.get("q", "")[:200], request.GET.get("lan", "")
    county = county if county in county_names() else ""
    language = get_language() or "sv"
    indexed = [
        one for version in published_versions(county) for one in entries(version.pk, version.document_sha256, language)
    ] if query.strip() else []  # fmt: skip
    hits = find(query, indexed)
    context: dict[str, Any] = {
        "query": query,
        "hits": hits,
        "county": county,
        "kinds": _kinds(),
        "asked": bool(query.strip()),
    }
    version = published_versions(county).first() if county else None
    if version is not None:
        context |= site(get_year(county, version.report.year), here="", text=query)
    context["help_lines"] = help_lines(query)
    return render(request, "public/search.html", context)


def _kinds() -> dict[str, str]:
    return {
        AREA: _("Område"), DIRECTIVE: _("Direktiv"), ACTIVITY: _("Insats"), EFFORT: _("Insats"),
        "municipality": _("Kommun"),
    }  # fmt: skip
