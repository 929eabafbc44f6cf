"""Activities, partnerships and efforts: what was done beside the directives."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samplan.apps.plans.labels import ACTIVITY_FIELDS, PARTS, PHASES
from samplan.apps.questionnaires.labels import COSTS
from samplan.domain.document import Inline, Source, Text
from samplan.domain.questionnaire import costs_of
from samplan.domain.yearfacts import ActivityFacts, EffortFacts, QuestionFacts
from samplan.edges.reports.chapters.parts import SETTLED, Writer, day, decimal, grouped, kronor, month
from samplan.edges.reports.labels import STATES


def activity(out: Writer, number: str, facts: ActivityFacts, *, level: int) -> None:
    """An activity or partnership with its texts, figures, events and links."""
    key = f"activity/{facts.uid}"
    row = Source("plans.activity", facts.uid)
    out.heading(level, facts.title, key=key, number=number, source=Source(row.kind, row.uid, "title"))
    who = _who(facts)
    if who:
        out.items(who, key=f"{key}/facts", source=row)
    for text in facts.texts:
        source = Source(row.kind, row.uid, text.kind)
        if text.kind not in {"description", "background"}:
            title = str(ACTIVITY_FIELDS[text.kind])
            out.heading(level + 1, title, key=f"{key}/{text.kind}/heading", source=source)
        out.text(text.text, key=f"{key}/{text.kind}", source=source)
    rows: list[tuple[Inline, Source | None]] = []
    for figure in facts.figures:
        value = grouped(figure.value, figure.scale)
        amount = Text(f"{value} {figure.unit}".strip(), bold=True, made_up=figure.made_up)
        rows.append(((Text(f"{figure.label}: "), amount), Source("plans.activityfigure", figure.uid, "value")))
    out.items(rows, key=f"{key}/figures", source=row)
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


def _who(facts: ActivityFacts) -> list[tuple[Inline, Source | None]]:
    row = Source("plans.activity", facts.uid)
    rows: list[tuple[Inline, Source | None]] = []
    if facts.phase:
        runs = (Text(_("Läge: "), bold=True), Text(str(PHASES[facts.phase]).lower()))
        rows.append((runs, Source(row.kind, row.uid, "phase")))
    if facts.municipalities:
        runs = (Text(_("Var: "), bold=True), Text(", ".join(facts.municipalities)))
        rows.append((runs, Source(row.kind, row.uid, "municipalities")))
    if facts.parties:
        words = ", ".join(f"{part.name} ({str(PARTS[part.part]).lower()})" for part in facts.parties)
        rows.append(((Text(_("Vilka: "), bold=True), Text(words)), Source(row.kind, row.uid, "parties")))
    return rows


def effort(out: Writer, number: str, facts: EffortFacts, *, level: int) -> None:
    """An effort reported without a directive, in its reporter's words."""
    key = f"effort/{facts.uid}"
    source = Source("questionnaires.reportrequest", facts.uid, "title", party=facts.party, status=facts.state)
    out.heading(level, facts.title, key=key, number=number, source=source)
    mark = "" if facts.state in SETTLED else f" ({str(STATES.get(facts.state, facts.state)).lower()})"
    runs = (Text(_("Redovisad av %(party)s") % {"party": facts.party} + mark, made_up=facts.made_up),)
    out.paragraph(runs, key=f"{key}/party", source=source, style="note")
    for question in facts.questions:
        _effort_answer(out, f"{key}/{question.code}", question, level=level + 1)


def _effort_answer(out: Writer, key: str, question: QuestionFacts, *, level: int) -> None:
    for answer in question.answers:
        source = Source("questionnaires.answer", answer.uid, "value", party=answer.party, status=answer.state)
        out.heading(level, question.text, key=f"{key}/heading", source=source)
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
