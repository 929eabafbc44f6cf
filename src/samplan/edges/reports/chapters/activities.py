"""Activities, partnerships and efforts: everything that is told about what is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from samplan.apps.agreements.labels import tag_words
from samplan.apps.plans.labels import ACTIVITY_FIELDS, PARTS, PHASES
from samplan.apps.questionnaires.labels import COSTS
from samplan.domain.document import Inline, Source, Text
from samplan.domain.planfacts import ActivityFacts, PlanFacts
from samplan.domain.questionnaire import costs_of
from samplan.domain.yearfacts import EffortFacts, QuestionFacts
from samplan.edges.reports.chapters.parts import (
    SETTLED,
    Writer,
    day,
    decimal,
    files,
    grouped,
    kronor,
    month,
    pictures,
    when_words,
)
from samplan.edges.reports.labels import STATES

UNTITLED = frozenset({"description", "background"})
"""Texts that stand under the activity's own heading."""


def activity(
    out: Writer,
    plan: PlanFacts,
    facts: ActivityFacts,
    *,
    level: int,
    title: str = "",
    numbered: bool = True,
    words: Mapping[str, Any] | None = None,
) -> None:
    """An activity or partnership with all that is told about it. `title` when the shape heads it otherwise, `words`
    for fields that the shape calls otherwise."""
    key = f"activity/{facts.uid}"
    row = Source("plans.activity", facts.uid)
    out.heading(level, title or facts.title, key=key, source=Source(row.kind, row.uid, "title"), numbered=numbered)
    out.items(_who(facts), key=f"{key}/facts", source=row, bare=True)
    names = {**ACTIVITY_FIELDS, **(words or {})}
    untitled = [text for text in facts.texts if text.kind in UNTITLED]
    for text in (*untitled, *(text for text in facts.texts if text.kind not in UNTITLED)):
        source = Source(row.kind, row.uid, text.kind)
        if text.kind not in UNTITLED:
            out.label(str(names[text.kind]), key=f"{key}/{text.kind}/heading", source=source)
        out.text(text.text, key=f"{key}/{text.kind}", source=source)
    _steps(out, key, facts)
    for further in facts.further:
        source = Source("plans.activitytext", further.uid, "text")
        out.label(further.title, key=f"{key}/further-{further.uid}/heading", source=source)
        out.text(further.text, key=f"{key}/further-{further.uid}", source=source)
    pictures(out, plan, facts.uid)
    _listed(out, key, facts, row)
    files(out, plan.files, facts.uid, key=key)


def _steps(out: Writer, key: str, facts: ActivityFacts) -> None:
    if not facts.steps:
        return
    row = Source("plans.activity", facts.uid, "steps")
    out.label(_("Steg"), key=f"{key}/steps/heading", source=row)
    out.items(step_rows(facts), key=f"{key}/steps", source=row, ordered=True)


def step_rows(facts: ActivityFacts) -> list[tuple[Inline, Source | None]]:
    """The numbered steps, one line each."""
    return [
        (
            (Text(step.text), *((Text(_(" (klart)"), italic=True),) if step.done else ())),
            Source("plans.activitystep", step.uid, "text"),
        )
        for step in facts.steps
    ]


def _listed(out: Writer, key: str, facts: ActivityFacts, row: Source) -> None:
    """What is told a line at a time: figures, milestones, events, links."""
    rows: list[tuple[Inline, Source | None]] = []
    for figure in facts.figures:
        value = grouped(figure.value, figure.scale)
        amount = Text(f"{value} {figure.unit}".strip(), bold=True, made_up=figure.made_up)
        rows.append(((Text(f"{figure.label}: "), amount), Source("plans.activityfigure", figure.uid, "value")))
    out.items(rows, key=f"{key}/figures", source=row)
    rows = []
    for goal in facts.milestones:
        when = day(goal.on_date) if goal.precision == "day" else month(goal.on_date)
        reached = _(" Nått %(day)s.") % {"day": day(goal.reached_on)} if goal.reached_on else ""
        runs: Inline = (Text(f"{when}: ", bold=True), Text(goal.text), Text(reached, italic=True))
        rows.append((runs, Source("plans.activitymilestone", goal.uid, "text")))
    out.items(rows, key=f"{key}/milestones", source=row)
    rows = []
    for event in facts.events:
        present = _(" Närvarande: %(names)s.") % {"names": ", ".join(event.present)} if event.present else ""
        when = day(event.on_date) if event.precision == "day" else month(event.on_date)
        runs = (Text(f"{when}: ", bold=True), Text(event.text), Text(present, made_up=event.made_up))
        rows.append((runs, Source("plans.activityevent", event.uid, "text")))
    out.items(rows, key=f"{key}/events", source=row)
    rows = [
        ((Text(link.title, link=link.url),), Source("plans.activitylink", link.uid, "title")) for link in facts.links
    ]
    out.items(rows, key=f"{key}/links", source=row)


def ages_words(low: int | None, high: int | None) -> str:
    """An age span in words; empty when none is said."""
    if low is None and high is None:
        return ""
    if high is None:
        return _("%(low)s år och äldre") % {"low": low}
    if not low:
        return _("upp till %(high)s år") % {"high": high}
    return _("%(low)s\u2013%(high)s år") % {"low": low, "high": high}


def _who(facts: ActivityFacts) -> list[tuple[Inline, Source | None]]:
    row = Source("plans.activity", facts.uid)
    rows: list[tuple[Inline, Source | None]] = []

    def add(label: str, words: str, field: str) -> None:
        if words:
            source = Source(row.kind, row.uid, field)
            rows.append(((Text(f"{label}: ", bold=True), Text(words)), source))

    if facts.phase:
        add(_("Läge"), str(PHASES[facts.phase]).lower(), "phase")
    add(_("Var"), ", ".join(facts.municipalities), "municipalities")
    if facts.parties:
        names: dict[str, list[str]] = {}
        for one in facts.parties:
            names.setdefault(one.part, []).append(one.name)
        told = "; ".join(f"{', '.join(listed)} ({str(PARTS[part]).lower()})" for part, listed in names.items())
        add(_("Vilka"), told, "parties")
    responsibles = [f"{one.name} ({one.function})" if one.function else one.name for one in facts.responsibles]
    add(_("Ansvariga"), ", ".join(responsibles), "responsibles")
    if not facts.text("timeline"):
        add(_("När"), when_words(facts.starts_on, facts.ends_on, facts.precision), "starts_on")
    add(_("Ålder"), ages_words(facts.age_from, facts.age_to), "age_from")
    add(_("Område i överenskommelsen"), ", ".join(tag_words(tag) for tag in facts.sections), "sections")
    if facts.points:
        add(_("Punkter i överenskommelsen"), "; ".join(point.rstrip(".") for point in facts.points), "points")
    return rows


def effort(out: Writer, facts: EffortFacts, *, level: int) -> None:
    """An effort reported without a directive, in its reporter's words."""
    key = f"effort/{facts.uid}"
    source = Source("questionnaires.reportrequest", facts.uid, "title", party=facts.party, status=facts.state)
    out.heading(level, facts.title, key=key, source=source, numbered=True)
    mark = "" if facts.state in SETTLED else f" ({str(STATES.get(facts.state, facts.state)).lower()})"
    runs = (Text(_("Redovisad av %(party)s") % {"party": facts.party} + mark, made_up=facts.made_up),)
    out.paragraph(runs, key=f"{key}/party", source=source, style="note")
    for question in facts.questions:
        _effort_answer(out, f"{key}/{question.code}", question)


def _effort_answer(out: Writer, key: str, question: QuestionFacts) -> None:
    for answer in question.answers:
        source = Source("questionnaires.answer", answer.uid, "value", party=answer.party, status=answer.state)
        out.label(question.text, key=f"{key}/heading", source=source)
        if question.kind in {"choice", "choices"}:
            words = [option.text for option in question.options if option.code in answer.value.split("\n")]
            out.paragraph(", ".join(words), key=key, source=source)
        elif question.kind == "costs":
            costs = [
                (Text(f"{COSTS[kind]}: "), Text(kronor(amount), bold=True))
                for kind, amount in costs_of(answer.value).items()
            ]
            out.items([(runs, source) for runs in costs], key=key, source=source)
        else:
            out.text(answer.value if question.kind == "text" else decimal(answer.value), key=key, source=source)
