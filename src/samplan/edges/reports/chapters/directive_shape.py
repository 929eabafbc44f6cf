"""The directive shape (P1): area → directive → results and follow-up → other activities → partnerships.

Every chapter is a function from facts to passages. Keys are chapter/subject/field and never hold a heading's number,
so an
edit stays in place when chapters move.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.apps.agreements.labels import LEVELS
from samplan.apps.plans.labels import LINE_KINDS
from samplan.apps.questionnaires.labels import COSTS
from samplan.domain.document import Inline, Source, Text, plain
from samplan.domain.editing import Passage
from samplan.domain.questionnaire import add_up_values, costs_of
from samplan.domain.yearfacts import (
    ActivityFacts,
    AreaFacts,
    DirectiveFacts,
    QuestionFacts,
    ShareFacts,
    YearFacts,
)
from samplan.edges.reports.chapters.activities import activity, effort
from samplan.edges.reports.chapters.parts import (
    SETTLED,
    SPACE,
    Writer,
    cell,
    day,
    decimal,
    figure_cell,
    kronor,
)
from samplan.edges.reports.labels import OUTCOMES, STATES


def introduction(out: Writer, facts: YearFacts) -> None:
    """1: what the agreement is, the situation, who decides; 2: how the work is done."""
    texts = {text.kind: text for text in facts.texts}
    report = Source("yearreports.yearreport", facts.report_uid)
    out.heading(1, _("Inledning"), key="introduction", number="1", source=report)
    if opening := texts.get("introduction"):
        out.text(opening.text, key="introduction/text", source=Source("plans.plantext", opening.uid, "text"))
    sections(out, facts)
    numbered = [texts[kind] for kind in ("situation", "organisation") if kind in texts]
    for number, text in enumerate(numbered, start=1):
        named, told = (Source("plans.plantext", text.uid, field) for field in ("title", "text"))
        out.heading(2, text.title, key=f"introduction/{text.kind}", number=f"1.{number}", source=named)
        out.text(text.text, key=f"introduction/{text.kind}/text", source=told)
        if text.kind == "organisation":
            bodies(out, facts)
    if process := texts.get("process"):
        named, told = (Source("plans.plantext", process.uid, field) for field in ("title", "text"))
        out.heading(1, process.title, key="process", number="2", source=named)
        out.text(process.text, key="process/text", source=told)


def sections(out: Writer, facts: YearFacts) -> None:
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
    """The chain of bodies, one line each."""
    rows: list[tuple[Inline, Source | None]] = []
    for body in facts.bodies:
        under = _(", under %(body)s") % {"body": body.parent} if body.parent else ""
        rows.append(((Text(body.name, bold=True), Text(under)), Source("bodies.body", body.uid, "name")))
    out.items(rows, key="introduction/bodies")


def area(out: Writer, facts: YearFacts, part: AreaFacts) -> None:
    """One prioritised area: its directives, its other activities, its partnerships."""
    source = Source("plans.focusarea", part.uid, "title")
    title = _("Prioriterat område: %(area)s") % {"area": part.title}
    key = f"area-{part.number}"
    out.heading(1, title, key=key, number=str(part.number), source=source)
    out.text(part.text, key=f"{key}/text", source=Source("plans.focusarea", part.uid, "text"))
    number = 0
    for number, directive_facts in enumerate(part.directives, start=1):
        directive(out, key, f"{part.number}.{number}", directive_facts)
    parents = {activity.uid for activity in part.activities}
    inside = [activity for activity in part.activities if activity.parent_uid in parents]
    others = [one for one in part.activities if one.kind != "partnership" and one not in inside]
    partners = [one for one in part.activities if one.kind == "partnership" and one not in inside]
    if not (others or partners or part.efforts):
        return
    number += 1
    heading = _("Övriga länsgemensamma insatser") if part.directives else _("Länsgemensamma insatser")
    row = Source(source.kind, source.uid)
    out.heading(2, heading, key=f"{key}/activities", number=f"{part.number}.{number}", source=row)
    below = 0
    for below, one in enumerate(others, start=1):
        activity(out, f"{part.number}.{number}.{below}", one, level=3)
        _children(out, one, inside, level=4)
    for effort_facts in part.efforts:
        below += 1
        effort(out, f"{part.number}.{number}.{below}", effort_facts, level=3)
    if partners:
        below += 1
        out.heading(
            3, _("Idéburna offentliga partnerskap"), key=f"{key}/partnerships",
            number=f"{part.number}.{number}.{below}",
            source=source,
        )  # fmt: skip
        for one in partners:
            activity(out, "", one, level=4)
            _children(out, one, inside, level=5)


def _children(out: Writer, parent: ActivityFacts, inside: Sequence[ActivityFacts], *, level: int) -> None:
    """What an activity consists of, and what that consists of in turn. Headings go no deeper than the fifth level."""
    for child in inside:
        if child.parent_uid == parent.uid:
            activity(out, "", child, level=level)
            _children(out, child, inside, level=min(level + 1, 5))


def efforts(out: Writer, facts: YearFacts, number: int) -> None:
    """What parties told about outside every area."""
    source = Source("yearreports.yearreport", facts.report_uid, "efforts")
    out.heading(1, _("Insatser utanför områdena"), key="efforts", number=str(number), source=source)
    for below, told in enumerate(facts.efforts, start=1):
        effort(out, f"{number}.{below}", told, level=2)


def directive(out: Writer, chapter: str, number: str, facts: DirectiveFacts) -> None:
    """A directive: what was asked, what it gave each party, what the parties answered."""
    key = f"{chapter}/directive-{facts.number}"
    row = Source("directives.directive", facts.uid)
    out.heading(2, _("Direktiv: %(title)s") % {"title": facts.title}, key=key, number=number, source=row)
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
            out.heading(3, title, key=f"{key}/{name}/heading", source=source)
            out.text(text, key=f"{key}/{name}", source=source)
    out.heading(3, _("Resultat och uppföljning"), key=f"{key}/results", number=f"{number}.1", source=row)
    if facts.synthesis.strip():
        source = Source("yearreports.synthesis", facts.synthesis_uid, "text")
        out.text(facts.synthesis, key=f"{key}/synthesis", source=source)
    answered_by(out, key, facts)
    figures(out, key, facts)
    for question in facts.questions:
        answers(out, f"{key}/{question.code}", question, level=4)
    money(out, key, facts)


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


def money(out: Writer, key: str, facts: DirectiveFacts) -> None:
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
    out.heading(4, _("Vad pengarna gick till"), key=f"{key}/money/heading", source=source)
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


def budget(out: Writer, facts: YearFacts, number: str) -> None:
    """The joint money line by line. The parts equal the whole by construction of the budget; the sum is printed."""
    report = Source("yearreports.yearreport", facts.report_uid, "budget")
    out.heading(1, _("Pengarna"), key="money", number=number, source=report)
    rows = []
    for line in facts.budget:
        source = Source("plans.budgetline", line.uid, "amount")
        title = f"{line.title}, {line.receiver}" if line.receiver else line.title
        rows.append(
            (
                cell(title, source=source),
                cell(str(LINE_KINDS[line.kind]), source=source),
                figure_cell(kronor(line.amount), made_up=line.made_up, source=source),
            )
        )
    total = sum(line.amount for line in facts.budget)
    made_up = any(line.made_up for line in facts.budget)
    out.table(
        _("Länsgemensamma medel %(year)s") % {"year": facts.year},
        (cell(_("Budgetpost"), header=True), cell(_("Slag"), header=True), figure_cell(_("Belopp"))),
        rows,
        total=(cell(_("Summa")), cell(""), figure_cell(kronor(total), made_up=made_up, source=report)),
        key="money/lines",
        source=report,
    )
    if not rows:
        out.paragraph(_("Ingen budget är beslutad."), key="money/none", source=report)


def missing(out: Writer, facts: YearFacts, number: str) -> None:
    """Who has not reported."""
    report = Source("yearreports.yearreport", facts.report_uid, "shares")
    out.heading(1, _("Vem som inte har redovisat"), key="missing", number=number, source=report)
    rows: list[tuple[Inline, Source | None]] = []
    for part in facts.areas:
        for asked in part.directives:
            for share in asked.shares:
                if not share.counted:
                    runs = (Text(f"{share.party}: ", bold=True), Text(f"{asked.title}"))
                    late = (Text(_(", efter sista dagen"), italic=True),) if share.late else ()
                    source = Source("questionnaires.reportrequest", share.request_uid, "state", party=share.party)
                    rows.append(((*runs, *late), source))
    if rows:
        out.items(rows, key="missing/list", source=report)
    else:
        out.paragraph(_("Alla som fick direktiv har redovisat."), key="missing/none", source=report)


def passages(facts: YearFacts) -> Sequence[Passage]:
    """The whole report, chapter by chapter, in the active language."""
    out = Writer()
    introduction(out, facts)
    for part in facts.areas:
        area(out, facts, part)
    last = max((part.number for part in facts.areas), default=2)
    if facts.efforts:
        last += 1
        efforts(out, facts, last)
    budget(out, facts, str(last + 1))
    missing(out, facts, str(last + 2))
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
