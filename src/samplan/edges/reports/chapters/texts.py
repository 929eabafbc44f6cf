"""Chapters of running text: the introduction, the situation and the like, what is planned, the sources."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samplan.apps.agreements.labels import LEVELS
from samplan.apps.needs.labels import NEED_STATES
from samplan.domain.document import Inline, Source, Text
from samplan.domain.planfacts import TextFacts
from samplan.domain.yearfacts import YearFacts
from samplan.edges.reports.chapters.parts import Writer, cell, figure_cell, kronor, pictures

ELSEWHERE = frozenset({"planning", "sources"})
"""Kinds of text that have a chapter of their own."""
ORGANISED = frozenset({"organisation", "structure"})


def introduction(out: Writer, facts: YearFacts) -> None:
    """What the agreement is, the situation, who decides, as parts of one chapter; then how the work is done."""
    tops = [text for text in facts.plan.texts if not text.parent_uid and text.kind not in ELSEWHERE]
    report = Source("yearreports.yearreport", facts.report_uid)
    out.heading(1, _("Inledning"), key="introduction", source=report, numbered=True)
    opening = next((text for text in tops if text.kind == "introduction"), None)
    if opening:
        _body(out, facts, opening, key=_key(facts, opening), level=2)
    sections_table(out, facts)
    for text in tops:
        if text is not opening and text.kind != "process":
            chapter(out, facts, text, level=2)
            if text.kind in ORGANISED:
                bodies_list(out, facts)
    for text in tops:
        if text.kind == "process":
            chapter(out, facts, text, level=1)


def texts(out: Writer, facts: YearFacts) -> None:
    """Every chapter of running text in the plan's own order."""
    for text in facts.plan.texts:
        if not text.parent_uid and text.kind not in ELSEWHERE:
            chapter(out, facts, text, level=1)


def planning(out: Writer, facts: YearFacts) -> None:
    """What comes next for the whole plan."""
    _of_kind(out, facts, "planning")


def sources(out: Writer, facts: YearFacts) -> None:
    """Where to read on."""
    _of_kind(out, facts, "sources")


def _of_kind(out: Writer, facts: YearFacts, kind: str) -> None:
    for text in facts.plan.texts:
        if not text.parent_uid and text.kind == kind:
            chapter(out, facts, text, level=1)


def chapter(out: Writer, facts: YearFacts, text: TextFacts, *, level: int) -> None:
    """A text with its heading, its pictures and its parts."""
    key = _key(facts, text)
    row = Source("plans.plantext", text.uid, "title", party=text.party)
    heading = key.removesuffix("/text")
    out.heading(level, text.title, key=heading, source=row, numbered=True)
    _body(out, facts, text, key=key, level=level + 1)


def _body(out: Writer, facts: YearFacts, text: TextFacts, *, key: str, level: int) -> None:
    out.text(text.text, key=key, source=Source("plans.plantext", text.uid, "text", party=text.party))
    pictures(out, facts.plan, text.uid)
    for part in _parts(facts.plan.texts, text):
        chapter(out, facts, part, level=min(level, 5))


def _parts(rows: Iterable[TextFacts], text: TextFacts) -> list[TextFacts]:
    return [part for part in rows if part.parent_uid == text.uid]


def _key(facts: YearFacts, text: TextFacts) -> str:
    """The first text of a kind is known by its kind, so that an edit outlives a new row; others by their own uid."""
    first = next(one for one in facts.plan.texts if one.kind == text.kind)
    if first is not text:
        return f"text/{text.uid}/text"
    if text.kind == "introduction":
        return "introduction/text"
    return "process/text" if text.kind == "process" else f"introduction/{text.kind}/text"


def sections(out: Writer, facts: YearFacts) -> None:
    """The agreement's sections with what each gives, as a chapter."""
    if not facts.sections:
        return
    report = Source("yearreports.yearreport", facts.report_uid, "sections")
    out.heading(1, _("Överenskommelsen"), key="sections", source=report, numbered=True)
    sections_table(out, facts)


def sections_table(out: Writer, facts: YearFacts) -> None:
    """The agreement's sections with what each gives the county."""
    if not facts.sections:
        return
    rows = []
    for section in facts.sections:
        source = Source("agreements.grant", section.uid, "amount")
        amount = figure_cell(kronor(section.amount), made_up=section.made_up, source=source)
        rows.append((cell(str(LEVELS[section.level]), source=source), cell(section.title, source=source), amount))
    total = sum(section.amount for section in facts.sections)
    made_up = any(section.made_up for section in facts.sections)
    report = Source("yearreports.yearreport", facts.report_uid, "sections")
    out.table(
        _("Överenskommelsens områden och medel till länet"),
        (cell(_("Mottagare"), header=True), cell(_("Område"), header=True), figure_cell(_("Belopp"))),
        rows,
        total=(cell(_("Summa")), cell(""), figure_cell(kronor(total), made_up=made_up, source=report)),
        key="introduction/sections",
        source=report,
    )


def bodies(out: Writer, facts: YearFacts) -> None:
    """The chain of bodies with what each does."""
    if not facts.bodies:
        return
    report = Source("yearreports.yearreport", facts.report_uid, "bodies")
    out.heading(1, _("Samverkansorganen"), key="bodies", source=report, numbered=True)
    for body in facts.bodies:
        source = Source("bodies.body", body.uid, "name")
        under = _(", under %(body)s") % {"body": body.parent} if body.parent else ""
        style = "label" if body.remit.strip() else "body"
        out.paragraph((Text(body.name, bold=True), Text(under)), key=f"bodies/{body.uid}", source=source, style=style)
        out.text(body.remit, key=f"bodies/{body.uid}/remit", source=Source("bodies.body", body.uid, "remit"))


def bodies_list(out: Writer, facts: YearFacts) -> None:
    """The chain of bodies, one line each."""
    rows: list[tuple[Inline, Source | None]] = []
    for body in facts.bodies:
        under = _(", under %(body)s") % {"body": body.parent} if body.parent else ""
        rows.append(((Text(body.name, bold=True), Text(under)), Source("bodies.body", body.uid, "name")))
    out.items(rows, key="introduction/bodies")


def county_goals(out: Writer, facts: YearFacts) -> None:
    """The goals of the whole county."""
    goals = [goal for goal in facts.plan.goals if not goal.area_uid]
    if not goals:
        return
    row = Source("plans.plan", facts.plan.uid, "goals")
    out.heading(1, _("Länets mål"), key="county-goals", source=row, numbered=True)
    out.items(
        [((Text(goal.text),), Source("plans.goal", goal.uid, "text")) for goal in goals], key="county-goals/list",
        source=row,
    )  # fmt: skip


def needs(out: Writer, facts: YearFacts) -> None:
    """The needs inventory, most important first, each with what showed it."""
    if not facts.needs:
        return
    report = Source("yearreports.yearreport", facts.report_uid, "needs")
    out.heading(1, _("Behov"), key="needs", source=report, numbered=True)
    for need in facts.needs:
        key = f"need/{need.uid}"
        out.heading(2, need.title, key=key, source=Source(need.ROW, need.uid, "title"), numbered=True)
        told = [(_("Läge"), str(NEED_STATES[need.state]).lower()), (_("Visades av"), need.origin),
                (_("Hör till"), "; ".join(need.frameworks))]  # fmt: skip
        rows: list[tuple[Inline, Source | None]] = [
            ((Text(f"{label}: ", bold=True), Text(words)), Source(need.ROW, need.uid, "state")) for label, words in told
            if words
        ]  # fmt: skip
        out.items(rows, key=f"{key}/facts", source=Source(need.ROW, need.uid), bare=True)
        out.text(need.text, key=f"{key}/text", source=Source(need.ROW, need.uid, "text"))


TIED = (
    ("needs", gettext_lazy("Behov")),
    ("works", gettext_lazy("Områden och insatser")),
    ("directives", gettext_lazy("Direktiv")),
)
"""The columns of the cross table beside the goals."""


def frameworks(out: Writer, facts: YearFacts) -> None:
    """The goals decided elsewhere that the plan is tied to, crossed with what is tied to each: needs, areas and
    activities, directives."""
    if not facts.plan.frameworks:
        return
    names = {need.uid: need.title for need in facts.needs} | {one.uid: one.title for one in facts.directives}
    names |= {area.uid: area.short_title for area in facts.plan.areas}
    names |= {one.uid: f"{one.number} {one.title}" for area in facts.plan.areas for one in area.activities}
    row = Source("plans.plan", facts.plan.uid, "frameworks")
    out.heading(1, _("Mål som planen knyter an till"), key="frameworks", source=row, numbered=True)
    for framework in facts.plan.frameworks:
        key = f"framework/{framework.uid}"
        source = Source("plans.framework", framework.uid, "title")
        out.heading(2, framework.title, key=key, source=source)
        out.text(framework.text, key=f"{key}/text", source=Source("plans.framework", framework.uid, "text"))
        if framework.url:
            out.paragraph((Text(framework.url, link=framework.url),), key=f"{key}/url", source=source)
        rows = []
        for goal in framework.goals:
            tied = Source("plans.frameworkgoal", goal.uid, "title")
            words = f"{goal.number} {goal.title}".strip() + (f". {goal.text}" if goal.text else "")
            ties = {"needs": goal.needs, "works": (*goal.areas, *goal.activities), "directives": goal.directives}
            said = {kind: "; ".join(names[uid] for uid in uids if uid in names) for kind, uids in ties.items()}
            rows.append((words, said, tied))
        # A column that is empty for every goal is left out, so that the others get its room.
        columns = [(kind, head) for kind, head in TIED if any(said[kind] for _words, said, _tied in rows)]
        head = (cell(_("Mål"), header=True), *(cell(str(words), header=True) for _kind, words in columns))
        told = [
            (
                cell(words, header=True, source=tied),
                *(cell(said[kind] or "\u2013", source=tied) for kind, _head in columns),
            )
            for words, said, tied in rows
        ]
        out.table(framework.title, head, told, key=f"{key}/table", source=source)
