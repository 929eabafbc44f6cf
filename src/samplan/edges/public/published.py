"""The published versions as the open pages read them, kept in memory while they stand, and answered with 304 when the
reader has them already."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache, wraps
from importlib.resources import files
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import condition

from samplan import __version__
from samplan.apps.orgs import official
from samplan.apps.yearreports.models import ReportVersion
from samplan.apps.yearreports.queries import published_versions
from samplan.base.accounts.open import public
from samplan.domain.facts import from_data, thaw
from samplan.domain.yearfacts import YearFacts
from samplan.edges.public.search import Entry, Indexed, index
from samplan.edges.public.year import ACTIVITY, AREA, DIRECTIVE, EFFORT, PublicYear, words_of
from samplan.edges.reports.compile import document_of

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Published:
    """A published version and what the open site makes of it. `county_name` as in "Gävleborg"."""

    version: ReportVersion
    year: PublicYear
    county_name: str


@lru_cache(maxsize=64)
def _year(pk: int, _sha256: str) -> PublicYear:
    """The same frozen text gives the same pages; the hash is part of the key."""
    version = ReportVersion.objects.get(pk=pk)
    facts = from_data(YearFacts, thaw(version.facts, version.facts_sha256))
    county = version.county
    municipalities = [(one.code, one.name) for one in _parties() if one.county == county and one.role == "municipality"]
    return PublicYear(facts, document_of(version), municipalities)


@cache
def _parties() -> tuple[official.OfficialParty, ...]:
    return tuple(official.parties())


@cache
def county_names() -> dict[str, str]:
    return {code: short for code, (_name, short) in official.counties().items()}


def get_year(county: str, year: int) -> Published:
    """A county's published year; 404 when there is none."""
    version = _newest(county, year)
    return Published(version, _year(version.pk, version.document_sha256), county_names()[county])


def _newest(county: str, year: int) -> ReportVersion:
    found = published_versions(county).filter(report__year=year)
    version = found.select_related("report", "decision_point__decision__body").order_by("-number").first()
    if version is None:
        raise Http404
    return version


def open_page(view: View) -> View:
    """An open page about a county's published year: found or 404, and not sent again to one who has it already."""

    def mark(request: HttpRequest, county: str, year: int, **_rest: Any) -> str | None:
        version = _newest(county, year)
        request.published = version  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            return None
        return f'"{version.pk}-{version.document_sha256[:16]}-{get_language()}-{__version__}"'

    @public
    @condition(etag_func=mark)
    @wraps(view)
    def page(request: HttpRequest, county: str, year: int, **rest: Any) -> HttpResponse:
        version: ReportVersion = request.published  # type: ignore[attr-defined]
        found = Published(version, _year(version.pk, version.document_sha256), county_names()[county])
        return view(request, found, **rest)

    return page  # type: ignore[no-any-return]


@lru_cache(maxsize=64)
def entries(pk: int, sha256: str, language: str) -> tuple[Indexed, ...]:
    """Everything that can be found in one published year. `language`: the site's own words are in it."""
    from_version = ReportVersion.objects.select_related("report").only("report__county", "report__year").get(pk=pk)
    county, number = from_version.report.county, from_version.report.year
    year, place = _year(pk, sha256), county_names()[county]
    found = []
    for (kind, uid), section in year.sections.items():
        url = address_of(year, kind, uid, county, number)
        found.append(Entry(section.title, url, kind, place, number, words_of(section.blocks)))
    for one in year.municipalities:
        url = reverse("public:municipality", args=[county, number, one.code])
        text = "\n".join(words_of(answer.blocks) for part in one.parts for answer in part.answers)
        found.append(Entry(one.name, url, "municipality", place, number, text))
    return index(found)


def address_of(year: PublicYear, kind: str, uid: str, county: str, number: int) -> str:
    """Where a thing of a published year stands on the open site."""
    if kind == AREA:
        area = next(one for one in year.areas if one.facts.uid == uid or uid in _parts(year, one.facts.uid))
        return reverse("public:area", args=[county, number, area.facts.number])
    return reverse({DIRECTIVE: "public:directive", ACTIVITY: "public:activity", EFFORT: "public:effort"}[kind],
                   args=[county, number, uid])  # fmt: skip


def _parts(year: PublicYear, uid: str) -> set[str]:
    return {part.uid for part in year.facts.plan.areas if part.parent_uid == uid}


@dataclass(frozen=True, slots=True)
class HelpLine:
    number: str
    call: str
    words: str


@cache
def _help_lines() -> dict[str, Any]:
    return tomllib.loads(files("samplan.edges.public").joinpath("data", "help_lines.toml").read_text(encoding="utf-8"))


def help_lines(text: str) -> list[HelpLine]:
    """Where to turn, for a page with such a text; nothing for a page that is about other things."""
    known, small = _help_lines(), text.casefold()
    if not any(word in small for word in known["words"]):
        return []
    language = "en" if get_language() == "en" else "sv"
    return [HelpLine(line["number"], line["call"], line[language]) for line in known["line"]]
