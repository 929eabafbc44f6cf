"""Chapters: frozen facts in, passages of the neutral document out. A shape is a list of chapters."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from samplan.domain.document import Inline, plain
from samplan.domain.editing import Passage
from samplan.domain.yearfacts import YearFacts
from samplan.edges.reports.chapters import areas, charts, cooperation, money, texts
from samplan.edges.reports.chapters.left_out import left_out
from samplan.edges.reports.chapters.parts import Writer, pictures

Chapter = Callable[[Writer, YearFacts], None]

CHAPTERS: dict[str, Chapter] = {
    "introduction": texts.introduction,
    "texts": texts.texts,
    "sections": texts.sections,
    "bodies": texts.bodies,
    "county_goals": texts.county_goals,
    "frameworks": texts.frameworks,
    "needs": texts.needs,
    "areas_directives": areas.by_directive,
    "areas_efforts": areas.by_effort,
    "areas_fulfilment": areas.by_fulfilment,
    "areas_matrix": areas.as_matrix,
    "areas_goals": areas.by_goal,
    "efforts_outside": areas.outside,
    "planning": texts.planning,
    "perspectives": cooperation.perspectives,
    "pilots": cooperation.pilots,
    "posts": cooperation.posts,
    "offers": cooperation.offers,
    "assignments": cooperation.assignments,
    "happenings": cooperation.happenings,
    "documents": cooperation.documents,
    "indicators": charts.indicators,
    "time_line": charts.time_line,
    "money": money.money,
    "not_reported": money.not_reported,
    "sources": texts.sources,
}
"""Every chapter that a shape may hold, by its code."""


def passages(facts: YearFacts, chapters: Sequence[str]) -> Sequence[Passage]:
    """The whole document, chapter by chapter, in the active language; last what no chapter told."""
    out = Writer()
    pictures(out, facts.plan, "")
    for code in chapters:
        CHAPTERS[code](out, facts)
    left_out(out, facts)
    return out.passages


def notice(facts: YearFacts) -> Inline:
    """The line under the title of a document that holds made-up figures."""
    if not facts.demo:
        return ()
    return plain(
        _(
            "Exempeldata. Belopp och återrapporter som är märkta är påhittade för att visa hur Samplan fungerar; "
            "de säger ingenting om de kommuner och den region som nämns."
        )
    )
