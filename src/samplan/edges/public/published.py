"""The published versions as the open pages read them, kept in memory while they stand, and answered with 304 when the
reader has them already."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache, wraps
from importlib.resources import files
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from samplan.apps.orgs import official
from samplan.apps.yearreports.models import ReportVersion
from samplan.apps.yearreports.queries import get_published, published_versions
from samplan.base.accounts.open import public
from samplan.base.kernel.search import Entry, Indexed, index
from samplan.domain.facts import from_data, thaw
from samplan.domain.yearfacts import YearFacts
from samplan.edges.public.keeping import View, kept, mark_of
from samplan.edges.public.year import ACTIVITY, AREA, DIRECTIVE, EFFORT, PublicYear, words_of
from samplan.edges.reports.compile import document_of


@dataclass(frozen=True, slots=True)
class Published:
    """A published version and what the open site makes of it. `county_name` as in "Gävleborg"; `others`: the county's
    other published years."""

    version: ReportVersion
    year: PublicYear
    county_name: str
    others: tuple[ReportVersion, ...] = ()


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
    return published(get_published(county, year))


def published(version: ReportVersion, others: Iterable[ReportVersion] = ()) -> Published:
    """What the open site makes of a published version."""
    name = county_names()[version.report.county]
    return Published(version, _year(version.pk, version.document_sha256), name, tuple(others))


def directive_now(version: ReportVersion, uid: str) -> str:
    """The uid that a directive of an earlier published version has today; empty where it has gone.

    A directive that is issued anew is a new row under the same number, and its old address must go on leading to it.
    """
    older = ReportVersion.objects.filter(report_id=version.report_id, published_at__isnull=False).exclude(pk=version.pk)
    today = _year(version.pk, version.document_sha256).facts.directives
    for earlier in older.order_by("-number"):
        facts = from_data(YearFacts, thaw(earlier.facts, earlier.facts_sha256))
        number = next((one.number for one in facts.directives if one.uid == uid), None)
        if number is not None:
            return next((one.uid for one in today if one.number == number), "")
    return ""


def open_page(view: View, *, also: Callable[[ReportVersion], str] | None = None) -> View:
    """An open page about a county's published year: found or 404, and kept. `also`: what the page tells beside the
    frozen text."""

    def mark(request: HttpRequest, county: str, year: int, **_rest: Any) -> str | None:
        versions = list(published_versions(county))
        version = next((one for one in versions if one.report.year == year), None)
        if version is None:
            raise Http404
        others = [one for one in versions if one.report.year != year]
        request.published = published(version, others)  # type: ignore[attr-defined]
        return mark_of(request, versions, also(version) if also else "")

    @public
    @kept(mark)
    @wraps(view)
    def page(request: HttpRequest, county: str, year: int, **rest: Any) -> HttpResponse:
        return view(request, request.published, **rest)  # type: ignore[attr-defined]

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


def addresses_of(found: Published) -> list[str]:
    """Every page of a published year."""
    county, year = found.version.county, found.version.report.year
    place = [county, year]
    names = ("county", "results", "places", "money", "reports", "report")
    return [
        *(reverse(f"public:{name}", args=place) for name in names),
        *dict.fromkeys(address_of(found.year, kind, uid, county, year) for kind, uid in found.year.sections),
        *(reverse("public:municipality", args=[*place, one.code]) for one in found.year.municipalities),
    ]


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
