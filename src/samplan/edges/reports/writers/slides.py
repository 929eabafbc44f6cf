"""A short presentation of an approved report for the political body: frozen facts and document in, slides out.

Texts stand in real titles and text boxes and the chart is PowerPoint's own, so that everything can be changed there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from importlib.util import find_spec
from io import BytesIO
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from samplan.apps.agreements.labels import LEVELS
from samplan.base.ui.charts.drawing import FILLS, INK, QUIET
from samplan.base.ui.templatetags.samplan import kronor, number
from samplan.domain.document import Document, Paragraph, text_of, walk
from samplan.domain.yearfacts import DirectiveFacts, YearFacts

WIDE, HIGH, EDGE = 13.333, 7.5, 0.8
"""Inches: a slide of 16:9, and its margin."""
MOST_ON_ONE = 700
"""So many characters of running text can be read from the back of a room."""
MOST_SECTIONS = 12


@dataclass(frozen=True, slots=True)
class Cover:
    """What the first slide says beside the title. `version` as "Version 1"."""

    county: str
    approved: str
    version: str


def can_be_made() -> bool:
    """Whether the library is there: an installation that was updated without its requirements does without slides."""
    return find_spec("pptx") is not None


def write(facts: YearFacts, document: Document, cover: Cover) -> bytes:
    """The presentation, in the document's language."""
    from pptx import Presentation
    from pptx.util import Inches

    with translation.override(document.language):
        show = Presentation()
        show.slide_width, show.slide_height = Inches(WIDE), Inches(HIGH)
        show.core_properties.title = facts.title
        show.core_properties.language = document.language
        foot = ", ".join([facts.title, cover.version, *([_("innehåller exempel")] if _made_up(facts) else [])])
        slides = _Slides(show, document.language, foot)
        slides.cover(facts.title, [cover.county, cover.approved])
        slides.figures(_("Året i korthet"), _in_short(facts))
        slides.money(_("Pengarna till länet"), facts)
        for directive in facts.directives:
            slides.directive(directive, _said(document, directive))
        packed = BytesIO()
        show.save(packed)
        return packed.getvalue()


def _made_up(facts: YearFacts) -> bool:
    sections, directives = facts.sections, facts.directives
    return facts.demo or any(one.made_up for one in sections) or any(one.made_up for one in directives)


def _in_short(facts: YearFacts) -> list[tuple[str, str]]:
    shares = [share for directive in facts.directives for share in directive.shares]
    activities = sum(len(area.activities) for area in facts.plan.areas)
    found = [
        (kronor(sum(one.amount for one in facts.sections)), _("har länet fått")),
        (number(len(facts.directives)), _("direktiv till parterna")),
        (_("%(n)s av %(all)s") % {"n": sum(one.counted for one in shares), "all": len(shares)},
         _("återrapporter är godkända")),
        (number(activities), _("insatser i planen")),
    ]  # fmt: skip
    return [(value, words) for value, words in found if value != "0"]


def _said(document: Document, directive: DirectiveFacts) -> list[str]:
    """The paragraphs of the coordinator's synthesis as they were approved, a person's edits among them."""
    if not directive.synthesis_uid:
        return []
    return [
        text_of(block.content)
        for block in walk(document.blocks)
        if isinstance(block, Paragraph) and block.source is not None
        and (block.source.kind, block.source.uid) == ("yearreports.synthesis", directive.synthesis_uid)
    ]  # fmt: skip


def _counted(directive: DirectiveFacts) -> list[tuple[str, str]]:
    """Numbers that the parties' answers add up to, at most three."""
    found = []
    for question in directive.questions:
        if question.kind == "number" and question.adds_up and question.answers:
            total = sum((Decimal(answer.value) for answer in question.answers), Decimal(0))
            found.append((f"{number(total)} {question.unit}".strip(), question.text))
    return found[:3]


def pages_of(paragraphs: Iterable[str], most: int = MOST_ON_ONE) -> list[list[str]]:
    """Paragraphs shared out on slides, none of them lost; a long one has a slide of its own."""
    pages: list[list[str]] = []
    room = 0
    for one in paragraphs:
        if not pages or len(one) > room:
            pages.append([])
            room = most
        pages[-1].append(one)
        room -= len(one)
    return pages


class _Slides:
    """Slides one after another, each with a real title and what it is about at its foot."""

    def __init__(self, show: Any, language: str, foot: str) -> None:
        from pptx.enum.lang import MSO_LANGUAGE_ID

        self.show, self.foot = show, foot
        self.language = MSO_LANGUAGE_ID.ENGLISH_UK if language == "en" else MSO_LANGUAGE_ID.SWEDISH

    def _new(self, title: str, *, top: float = 0.55, size: int = 32) -> Any:
        from pptx.util import Inches

        slide = self.show.slides.add_slide(self.show.slide_layouts[5])
        place = slide.shapes.title
        place.left, place.top = Inches(EDGE), Inches(top)
        place.width, place.height = Inches(WIDE - 2 * EDGE), Inches(1.2)
        self._write(place.text_frame, [title], size=size, bold=True)
        self._box(slide, [self.foot], HIGH - 0.6, 0.35, size=12, colour=QUIET)
        return slide

    def _box(
        self, slide: Any, lines: Iterable[str], top: float, high: float, *, left: float = EDGE,
        wide: float = WIDE - 2 * EDGE, **how: Any,
    ) -> None:  # fmt: skip
        from pptx.util import Inches

        box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(wide), Inches(high))
        self._write(box.text_frame, lines, **how)

    def _write(
        self, frame: Any, lines: Iterable[str], *, size: int, bold: bool = False, colour: str = INK, after: int = 0
    ) -> None:
        from pptx.dml.color import RGBColor
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Pt

        frame.word_wrap = True
        for place, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            paragraph.alignment, paragraph.space_after = PP_ALIGN.LEFT, Pt(after)
            run = paragraph.add_run()
            run.text = line
            run.font.size, run.font.bold, run.font.language_id = Pt(size), bold, self.language
            run.font.color.rgb = RGBColor.from_string(colour.lstrip("#"))

    def cover(self, title: str, lines: list[str]) -> None:
        slide = self._new(title, top=2.3, size=48)
        self._box(slide, [line for line in lines if line], 3.7, 1.5, size=24, colour=QUIET, after=6)

    def figures(self, title: str, found: list[tuple[str, str]]) -> None:
        slide = self._new(title)
        wide = (WIDE - 2 * EDGE) / 2
        for place, (value, words) in enumerate(found):
            left, top = EDGE + place % 2 * wide, 2.1 + place // 2 * 2.2
            self._box(slide, [value], top, 0.9, left=left, wide=wide - 0.3, size=40, bold=True, colour=FILLS[0])
            self._box(slide, [words], top + 0.85, 0.6, left=left, wide=wide - 0.3, size=20)

    def money(self, title: str, facts: YearFacts) -> None:
        """Kronor by the agreement's sections and by whom they are for, as a chart of PowerPoint's own."""
        from pptx.chart.data import CategoryChartData
        from pptx.dml.color import RGBColor
        from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
        from pptx.util import Inches, Pt

        names = list(dict.fromkeys(f"{one.number.rstrip('.')}. {one.title}" for one in facts.sections))[:MOST_SECTIONS]
        if not names:
            return
        levels = [level for level in LEVELS if any(one.level == level for one in facts.sections)]
        sums = {(f"{one.number.rstrip('.')}. {one.title}", one.level): 0 for one in facts.sections}
        for one in facts.sections:
            sums[f"{one.number.rstrip('.')}. {one.title}", one.level] += one.amount
        data = CategoryChartData(number_format="#,##0")
        data.categories = [name if len(name) <= 48 else name[:47].rstrip() + "…" for name in reversed(names)]
        for level in levels:
            data.add_series(str(LEVELS[level]), [sums.get((name, level), 0) for name in reversed(names)])
        slide = self._new(title)
        frame = slide.shapes.add_chart(
            XL_CHART_TYPE.BAR_STACKED, Inches(EDGE), Inches(1.7), Inches(WIDE - 2 * EDGE), Inches(4.5), data
        )
        total = kronor(sum(one.amount for one in facts.sections))
        words = _("Liggande staplar: länets %(total)s efter avsnitt och mottagare.") % {"total": total}
        frame._element.nvGraphicFramePr.cNvPr.set("descr", words)
        chart = frame.chart
        chart.font.size = Pt(14)
        chart.plots[0].gap_width, chart.plots[0].overlap = 55, 100
        chart.has_legend = True
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        chart.value_axis.tick_labels.number_format_is_linked = False
        chart.value_axis.tick_labels.number_format = "#,##0"
        chart.value_axis.major_gridlines.format.line.color.rgb = RGBColor.from_string("DCDBD2")
        for series, fill in zip(chart.plots[0].series, FILLS, strict=False):
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = RGBColor.from_string(fill.lstrip("#"))
        self._box(slide, [_("Summa %(total)s") % {"total": total}], 6.2, 0.5, size=18, bold=True)

    def directive(self, facts: DirectiveFacts, said: list[str]) -> None:
        """What a directive led to; on as many slides as its words need."""
        told = sum(share.counted for share in facts.shares)
        line = _("%(amount)s till %(parties)s parter, %(told)s har redovisat") % {
            "amount": kronor(facts.amount), "parties": len(facts.shares), "told": told,
        }  # fmt: skip
        for place, page in enumerate(pages_of(said) or [[]]):
            title = facts.title if place == 0 else _("%(title)s (forts.)") % {"title": facts.title}
            slide = self._new(title, size=28)
            counted = _counted(facts) if place == 0 else []
            wide = WIDE - 2 * EDGE - (4.2 if counted else 0)
            self._box(slide, [line], 1.6, 0.5, size=16, colour=QUIET)
            self._box(slide, page or [_("Ingen sammanfattning är skriven.")], 2.2, 4.4, wide=wide, size=18, after=10)
            for row, (value, words) in enumerate(counted):
                left, top = WIDE - EDGE - 3.8, 2.2 + row * 1.45
                self._box(slide, [value], top, 0.6, left=left, wide=3.8, size=26, bold=True, colour=FILLS[0])
                self._box(slide, [words], top + 0.55, 0.8, left=left, wide=3.8, size=14)
