"""Directives in a report: what was asked, what it gave each party, and what the parties answered.

Keys are chapter/subject/field and never hold a heading's number, so an edit stays in place when chapters move.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.apps.questionnaires.labels import COSTS
from samplan.domain.document import Inline, Source, Text
from samplan.domain.questionnaire import add_up_values, costs_of
from samplan.domain.yearfacts import DirectiveFacts, QuestionFacts, ShareFacts
from samplan.edges.reports.chapters.parts import (
    SETTLED,
    SPACE,
    Writer,
    cell,
    day,
    decimal,
    figure_cell,
    file_words,
    kronor,
)
from samplan.edges.reports.labels import OUTCOMES, STATES


def directive(out: Writer, chapter: str, facts: DirectiveFacts, *, level: int) -> None:
    """A directive: what was asked, what it gave each party, what the parties answered."""
    key = f"{chapter}/directive-{facts.number}"
    row = Source("directives.directive", facts.uid)
    out.heading(level, _("Direktiv: %(title)s") % {"title": facts.title}, key=key, source=row, numbered=True)
    if facts.decided_by:
        words = _("Beslutat av %(body)s den %(day)s.") % {"body": facts.decided_by, "day": day(facts.decided_on)}
        out.paragraph(words, key=f"{key}/decision", source=Source(row.kind, row.uid, "decision_point"), style="note")
    fields = (
        ("background", _("Bakgrund"), facts.background),
        ("purpose", _("Syfte"), facts.purpose),
        ("goals", _("Mål"), facts.goals),
        ("description", _("Beskrivning"), facts.description),
        ("conditions", _("Villkor"), facts.conditions),
        ("suggested_uses", _("Pengarna kan användas till"), facts.suggested_uses),
    )
    for name, title, text in fields:
        if text.strip():
            source = Source(row.kind, row.uid, name)
            out.heading(level + 1, title, key=f"{key}/{name}/heading", source=source)
            out.text(text, key=f"{key}/{name}", source=source)
    out.items([(file_words(one), Source(one.ROW, one.uid, "name")) for one in facts.files], key=f"{key}/files")
    out.heading(level + 1, _("Resultat och uppföljning"), key=f"{key}/results", source=row, numbered=True)
    if facts.synthesis.strip():
        source = Source("yearreports.synthesis", facts.synthesis_uid, "text")
        out.text(facts.synthesis, key=f"{key}/synthesis", source=source)
    answered_by(out, key, facts)
    figures(out, key, facts)
    for question in facts.questions:
        answers(out, f"{key}/{question.code}", question, level=level + 2)
    money(out, key, facts, level=level + 2)


def answered_by(out: Writer, key: str, facts: DirectiveFacts) -> None:
    """How many parties the results stand on."""
    counted = [share for share in facts.shares if share.counted]
    source = Source("directives.directive", facts.uid, "shares")
    words = ngettext(
        "%(inside)s av %(asked)s part har svarat.", "%(inside)s av %(asked)s parter har svarat.", len(facts.shares)
    ) % {"inside": len(counted), "asked": len(facts.shares)}
    out.paragraph(words, key=f"{key}/answered", source=source, style="note")
    rows: list[tuple[Inline, Source | None]] = []
    for share in counted:
        if share.outcome in {"nothing", "declined"}:
            runs = (Text(f"{share.party}: ", bold=True), Text(f"{OUTCOMES[share.outcome]}. {share.reason}"))
            rows.append((_marked(runs, share), Source("questionnaires.reportrequest", share.request_uid, "reason")))
    out.items(rows, key=f"{key}/reasons", source=source)


def _marked(runs: Inline, share: ShareFacts) -> Inline:
    return (*runs, Text(SPACE, made_up=True)) if share.made_up else runs


def figures(out: Writer, key: str, facts: DirectiveFacts) -> None:
    """The figures that add up, party by party and summed."""
    asked = [question for question in facts.questions if question.kind == "number" and question.adds_up]
    asked = [question for question in asked if question.answers]
    if not asked:
        return
    parties = [share.party for share in facts.shares if any(share.party == a.party for q in asked for a in q.answers)]
    given = {(question.code, answer.party): answer for question in asked for answer in question.answers}
    rows = []
    for party in parties:
        row = [cell(party, source=Source("directives.directive", facts.uid, "shares"))]
        for question in asked:
            answer = given.get((question.code, party))
            if answer is None:
                row.append(figure_cell("\u2013", source=Source("directives.directive", facts.uid, "shares")))
            else:
                source = Source("questionnaires.answer", answer.uid, "value", party=party, status=answer.state)
                row.append(figure_cell(decimal(answer.value), made_up=answer.made_up, source=source))
        rows.append(row)
    source = Source("directives.directive", facts.uid, "figures")
    total = [cell(_("Summa"), source=source)]
    for question in asked:
        made_up = any(answer.made_up for answer in question.answers)
        amount = add_up_values(answer.value for answer in question.answers)
        total.append(figure_cell(decimal(amount), made_up=made_up, source=source))
    head = [cell(_("Part"), header=True)]
    head += [figure_cell(f"{q.text} ({q.unit})" if q.unit else q.text) for q in asked]
    out.table(_("Siffror från parterna"), head, rows, total=total, key=f"{key}/figures", source=source)


def answers(out: Writer, key: str, question: QuestionFacts, *, level: int) -> None:
    """What was answered to one question: texts side by side, choices counted."""
    if question.kind in {"number", "costs"} and (question.adds_up or question.kind == "costs"):
        return
    if not question.answers:
        return
    asked = Source("questionnaires.answer", question.answers[0].uid, "code")
    out.heading(level, question.text, key=f"{key}/heading", source=asked)
    if question.kind in {"choice", "choices"}:
        _choices(out, key, question)
        return
    for answer in question.answers:
        source = Source("questionnaires.answer", answer.uid, "value", party=answer.party, status=answer.state)
        mark = "" if answer.state in SETTLED else str(STATES.get(answer.state, answer.state)).lower()
        text = answer.value if question.kind == "text" else decimal(answer.value)
        out.text(
            text, key=f"{key}/{answer.party_code}", source=source, party=answer.party, mark=mark, made_up=answer.made_up
        )


def _choices(out: Writer, key: str, question: QuestionFacts) -> None:
    rows = []
    for option in question.options:
        chosen = [answer for answer in question.answers if option.code in answer.value.split("\n")]
        made_up = any(answer.made_up for answer in chosen)
        source = Source("questionnaires.answer", (chosen or question.answers)[0].uid, "code")
        names = ", ".join(answer.party for answer in chosen)
        number = figure_cell(str(len(chosen)), made_up=made_up, source=source)
        rows.append((cell(option.text, source=source), number, cell(names or "\u2013", source=source)))
    head = (cell(_("Svar"), header=True), figure_cell(_("Antal")), cell(_("Parter"), header=True))
    out.table(question.text, head, rows, key=key, source=rows[0][0].source if rows else None)


def money(out: Writer, key: str, facts: DirectiveFacts, *, level: int) -> None:
    """What each party got, has used and has left."""
    rows = []
    for share in facts.shares:
        got = Source("directives.directiveshare", share.uid, "amount", party=share.party)
        report = Source(
            "questionnaires.reportrequest", share.request_uid, "answers", party=share.party, status=share.state
        )
        used, left = _("inte redovisat"), "\u2013"
        if share.used is not None:
            used, left = kronor(share.used), kronor(share.amount - share.used)
        rows.append(
            (
                cell(share.party, source=got),
                figure_cell(kronor(share.amount), made_up=share.made_up, source=got),
                figure_cell(used, made_up=share.made_up and share.used is not None, source=report),
                figure_cell(left, made_up=share.made_up and share.used is not None, source=report),
            )
        )
    known = [share for share in facts.shares if share.used is not None]
    source = Source("directives.directive", facts.uid, "shares")
    used_total = sum(share.used or 0 for share in known)
    left_total = sum(share.amount - (share.used or 0) for share in known)
    total = (
        cell(_("Summa"), source=source),
        figure_cell(kronor(facts.amount), made_up=facts.made_up, source=source),
        figure_cell(kronor(used_total), made_up=facts.made_up, source=source),
        figure_cell(kronor(left_total), made_up=facts.made_up, source=source),
    )
    head = (
        cell(_("Part"), header=True),
        figure_cell(_("Fick")),
        figure_cell(_("Använt")),
        figure_cell(_("Kvar")),
    )
    out.heading(level, _("Vad pengarna gick till"), key=f"{key}/money/heading", source=source)
    note = ""
    if len(known) < len(facts.shares):
        note = _("Summan för använt och kvar gäller de %(known)s parter som har redovisat.") % {"known": len(known)}
    out.table(
        _("Medel till %(title)s") % {"title": facts.title}, head, rows, total=total, key=f"{key}/money", note=note,
        source=source,
    )  # fmt: skip
    _costs(out, key, facts)


def _costs(out: Writer, key: str, facts: DirectiveFacts) -> None:
    """Money used by kind of cost, added up over the parties."""
    question = next((q for q in facts.questions if q.kind == "costs" and q.answers), None)
    if question is None:
        return
    sums: dict[str, int] = {}
    for answer in question.answers:
        for kind, amount in costs_of(answer.value).items():
            sums[kind] = sums.get(kind, 0) + amount
    made_up = any(answer.made_up for answer in question.answers)
    source = Source("directives.directive", facts.uid, "costs")
    rows = [
        (cell(str(COSTS[kind]), source=source), figure_cell(kronor(amount), made_up=made_up, source=source))
        for kind, amount in sorted(sums.items(), key=lambda item: (-item[1], item[0]))
        if amount
    ]
    total = figure_cell(kronor(sum(sums.values())), made_up=made_up, source=source)
    out.table(
        _("Använt efter kostnadsslag"),
        (cell(_("Kostnadsslag"), header=True), figure_cell(_("Kronor"))),
        rows,
        total=(cell(_("Summa"), source=source), total),
        key=f"{key}/costs",
        source=source,
    )
