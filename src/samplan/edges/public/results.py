"""What the year's work led to, area by area: the coordinator's words on what the parties answered, each activity's
result, the figures, and the indicators against their targets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samplan.base.ui.charts import Chart
from samplan.domain.document import Block, Heading
from samplan.domain.exact import Exact
from samplan.domain.planfacts import ActivityFacts, IndicatorFacts
from samplan.edges.public.county_views import html_of, site
from samplan.edges.public.drawings import swatch
from samplan.edges.public.published import Published, address_of, open_page
from samplan.edges.public.year import ACTIVITY, DIRECTIVE, EFFORT, Area, PublicYear, words_of
from samplan.edges.reports.chapters.charts import indicator_chart

MOST_FIGURES = 4


@dataclass(frozen=True, slots=True)
class Told:
    """A figure in words: `value` as it is read, what it counts, and whether it is an example."""

    value: str
    unit: str
    about: str
    made_up: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What one thing led to: its words out of the frozen document, its figures, and where it stands on the site."""

    title: str
    url: str
    blocks: tuple[Block, ...]
    figures: tuple[Told, ...] = field(default=())
    answered: str = ""


def results_of(found: Published, area: Area) -> list[Result]:
    """Everything in an area that has a result to tell, directives first."""
    return [
        one for one in (*_directives(found, area), *_activities(found, area), *_efforts(found, area))
        if one.blocks or one.figures
    ]  # fmt: skip


def _directives(found: Published, area: Area) -> Iterable[Result]:
    year = found.year
    for directive in area.directives:
        section = year.sections.get((DIRECTIVE, directive.uid))
        if section is None:
            continue
        words = tuple(block for block in section.blocks if "/synthesis" in (getattr(block, "key", "") or ""))
        figures = tuple(
            Told(str(one.value), one.unit, one.question, one.made_up)
            for one in year.figures
            if one.directive.uid == directive.uid
        )
        inside = sum(share.counted for share in directive.shares)
        answered = _("%(inside)s av %(asked)s parter har svarat.") % {"inside": inside, "asked": len(directive.shares)}
        yield Result(directive.title, _address(found, DIRECTIVE, directive.uid), words, figures, answered)


def _activities(found: Published, area: Area) -> Iterable[Result]:
    for one in area.activities:
        words = _under(found.year, f"activity/{one.uid}/result/heading")
        figures = figures_of(one)
        if len(figures) <= MOST_FIGURES:  # shown large, not once more as the document's list
            words = tuple(block for block in words if getattr(block, "key", "") != f"activity/{one.uid}/figures")
        yield Result(one.title, _address(found, ACTIVITY, one.uid), words, figures[:MOST_FIGURES])


def _efforts(found: Published, area: Area) -> Iterable[Result]:
    for one in area.efforts:
        yield Result(
            one.title, _address(found, EFFORT, one.uid), _under(found.year, f"effort/{one.uid}/result/heading")
        )


def figures_of(one: ActivityFacts) -> tuple[Told, ...]:
    """An activity's own figures."""
    return tuple(
        Told(str(Exact(figure.value, figure.scale)), figure.unit, figure.label, figure.made_up)
        for figure in one.figures
    )


def _under(year: PublicYear, key: str) -> tuple[Block, ...]:
    """What stands under the heading with this key, until the next heading."""
    own: list[Block] = []
    inside = False
    for block in year.document.blocks:
        if isinstance(block, Heading):
            if inside:
                break
            inside = block.key == key
        elif inside:
            own.append(block)
    return tuple(own)


def _address(found: Published, kind: str, uid: str) -> str:
    return address_of(found.year, kind, uid, found.version.county, found.version.report.year)


def indicators_of(year: PublicYear) -> list[tuple[IndicatorFacts, Chart | None]]:
    """The plan's indicators, each with its drawing when it has a number."""
    return [(one, indicator_chart(one)) for one in year.facts.plan.indicators]


@open_page
def results(request: HttpRequest, found: Published) -> HttpResponse:
    """What the year led to."""
    areas: list[dict[str, Any]] = []
    words: list[str] = []
    for area in found.year.areas:
        rows = results_of(found, area)
        words += [area.facts.title, *(words_of(row.blocks) for row in rows)]
        if rows:
            areas.append({"area": area, "swatch": swatch(area.weave), "url": f"#omrade-{area.facts.number}",
                          "rows": [(row, _html(found, row)) for row in rows]})  # fmt: skip
    return render(request, "public/results.html", {
        **site(found, here="results", text="\n".join(words)), "areas": areas, "indicators": indicators_of(found.year),
    })  # fmt: skip


def _html(found: Published, row: Result) -> SafeString:
    return html_of(found.year, row.blocks, first_level=4)
