"""The report on its way to the screen: its passages as HTML, each with where it came from in the margin."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from samplan.apps.questionnaires.models import Answer, ReportRequest
from samplan.apps.yearreports.models import YearReport
from samplan.domain.document import Heading, Source, text_of
from samplan.domain.editing import Edit, Passage
from samplan.edges.reports.chapters.areas import key_of
from samplan.edges.reports.compile import Report
from samplan.edges.reports.labels import ORIGINS, STATES
from samplan.edges.reports.writers.html import Piece, write_pieces


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage on the page; a text's label counts as a heading. `origin`, `state` and `url` are the margin: empty
    where they repeat the passage before."""

    key: str
    html: SafeString
    heading: bool
    editable: bool
    edit: Edit | None
    own: bool
    origin: str
    state: str
    url: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents list; `sign` is the state of what stands there: "", accepted or late."""

    number: str
    title: str
    address: str
    top: bool
    sign: str


class Origins:
    """From a source to the page where its row is worked with; two queries for a whole report."""

    def __init__(self, report: YearReport) -> None:
        self.place = [report.county, report.year]
        requests = ReportRequest.objects.filter(plan=report.plan_id).values_list("uid", "number")
        answers = Answer.objects.filter(request__plan=report.plan_id).values_list("uid", "request__number")
        self.numbers = {str(uid): number for uid, number in [*requests, *answers]}

    def url(self, source: Source) -> str:
        """Empty where there is no page of its own."""
        if source.party and source.uid in self.numbers:
            return reverse("questionnaires:report", args=[*self.place, self.numbers[source.uid]])
        return ""


def pieces_of(report: Report, *, first_level: int = 2) -> tuple[list[Piece], str]:
    """The report's blocks as HTML, and its footnotes. `first_level`: what a heading of level 1 becomes."""
    return write_pieces(report.document, language=report.document.language, first_level=first_level)


def shown(report: Report, pieces: list[Piece], origins: Origins | None) -> list[Shown]:
    """Every passage in order, also one that a person has emptied. `origins` is for those who may open the reports."""
    by_key: dict[str, list[Piece]] = {}
    owner = {block.key: passage.key for passage in report.merged.passages for block in passage.blocks}
    for piece in pieces:
        by_key.setdefault(owner.get(piece.key, piece.key), []).append(piece)
    rows: list[Shown] = []
    before = ("", "")
    for passage in report.merged.passages:
        found = by_key.pop(passage.key, [])
        row = _shown(passage, found, report.merged.edited.get(passage.key), origins, before)
        if not row.heading:
            before = _margin(passage.source)
        elif not _is_label(passage):
            before = ("", "")
        rows.append(row)
    return rows


def _margin(source: Source | None) -> tuple[str, str]:
    if source is None:
        return "", ""
    of_plan = ORIGINS["plans.plantext"] if source.kind.startswith("plans.") else ""
    origin = source.party or str(ORIGINS.get(source.kind, of_plan))
    state = str(STATES[source.status]).lower() if source.party and source.status in STATES else ""
    return origin, state


def _is_label(passage: Passage) -> bool:
    """Whether it is the name of the passage after it, which stands there without a place on the thread."""
    return bool(passage.blocks) and all(getattr(one, "style", "") == "label" for one in passage.blocks)


def _shown(
    passage: Passage, found: list[Piece], edit: Edit | None, origins: Origins | None, before: tuple[str, str]
) -> Shown:
    origin, state = margin = _margin(passage.source)
    if margin == before:
        origin = state = ""
    return Shown(
        key=passage.key,
        # Made by the writer, which escapes every text.
        html=mark_safe("".join(piece.html for piece in found)),  # noqa: S308
        heading=_is_label(passage)
        or (bool(passage.blocks) and all(isinstance(one, Heading) for one in passage.blocks)),
        editable=passage.editable,
        edit=edit,
        own=passage.source is not None and passage.source.kind == "yearreports.synthesis",
        origin=origin,
        state=state,
        url=origins.url(passage.source) if origins and passage.source and origin else "",
    )


def contents(report: Report, pieces: list[Piece]) -> list[Entry]:
    """The numbered headings of the two upper levels."""
    signs: dict[str, str] = {}
    titles: dict[str, str] = {}
    for area in report.facts.plan.areas:
        above = key_of(report.facts.plan, area)
        titles[above] = area.short_title or area.title
        for directive in report.facts.directives:
            if directive.area_uid == area.uid:
                key = f"{above}/directive-{directive.number}"
                whole = all(share.counted for share in directive.shares)
                titles[key], signs[key] = directive.title, "accepted" if whole else "late"
    return [
        Entry(
            piece.heading.number, titles.get(piece.key) or text_of(piece.heading.content), piece.address,
            piece.heading.level == 1, signs.get(piece.key, ""),
        )
        for piece in pieces
        if piece.heading and piece.heading.level <= 2
    ]  # fmt: skip
