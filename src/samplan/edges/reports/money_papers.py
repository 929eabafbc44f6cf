"""The papers about what became of the money: a recipient's economic report, and the list of what is paid back.

Pure functions from facts to the neutral document. Amounts are whole kronor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from samplan.apps.questionnaires.labels import COSTS
from samplan.apps.spending.labels import DIFFERENCES, LINE_KINDS
from samplan.domain.document import Cell, Document, Inline, Source, Text
from samplan.domain.money import Difference
from samplan.domain.spending import EconomicFacts, GrantFacts, LineFacts, ReceiverFacts
from samplan.edges.reports.chapters.parts import Writer, cell, day, figure_cell, grouped, kronor


@dataclass(frozen=True, slots=True)
class Repaid:
    """One repayment to the state. `on` an ISO date."""

    to: str
    on: str
    amount: int


@dataclass(frozen=True, slots=True)
class RepaymentRow:
    recipient: str
    grant: GrantFacts
    repaid: tuple[Repaid, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """What a receiver of a line owes or has returned."""

    line: str
    receiver: ReceiverFacts


@dataclass(frozen=True, slots=True)
class RepaymentFacts:
    """The list of a county's year as it is on the day `on` (ISO)."""

    county_name: str
    year: int
    on: str
    rows: tuple[RepaymentRow, ...] = ()
    returns: tuple[ReturnRow, ...] = ()
    returned_to: str = ""


def _of_grant(grant: GrantFacts, field: str = "amount") -> Source:
    return Source("agreements.grant", grant.uid, field)


def _named(differences: Iterable[Difference]) -> str:
    """Each difference as a sentence."""
    return " ".join(f"{DIFFERENCES[one.code][one.amount < 0]}: {kronor(abs(one.amount))}." for one in differences)


def proof(grant: GrantFacts) -> str:
    """What came less what became of it, and by which names something is left."""
    if grant.declined:
        return _("Avböjt. Inget att redovisa.")
    if grant.received is None:
        return _("Pengarna har inte kommit in än.")
    words = _("Mottaget %(came)s − använt %(used)s") % {"came": grouped(grant.came), "used": grouped(grant.counted)}
    if grant.carried:
        words += _(" − förs vidare %(carried)s") % {"carried": grouped(grant.carried)}
    if grant.repaid:
        words += _(" − återbetalt %(repaid)s") % {"repaid": grouped(grant.repaid)}
    words += _(" = %(left)s kronor kvar.") % {"left": grouped(grant.remaining)}
    return words + " " + (_named(grant.at_the_end()) or _("Summan stämmer."))


def _paper(title: str, subtitle: str, out: Writer, *, language: str) -> Document:
    return Document(
        title=title, language=language, blocks=tuple(block for passage in out.passages for block in passage.blocks),
        subtitle=subtitle, contents=False, running_head=f"{title}, {subtitle}",
    )  # fmt: skip


def _figures(*amounts: int | None, made_up: bool, source: Source | None = None) -> list[Cell]:
    return [
        figure_cell("\u2013" if amount is None else grouped(amount), made_up=made_up and amount is not None,
                    source=source)
        for amount in amounts
    ]  # fmt: skip


def economic_paper(facts: EconomicFacts, *, language: str, receivers: bool = True) -> Document:
    """A recipient's economic report of a calendar year, certified or not, without contents list.

    `receivers`: each of a line's several receivers on a row of its own, for those who may see what each has used.
    """
    with translation.override(language):
        out = Writer()
        _certificate(out, facts)
        _grants(out, facts)
        for grant in facts.grants:
            _lines(out, grant, receivers=receivers)
        _kinds(out, facts)
        out.heading(1, _("Kontroll"), key="proof")
        rows: list[tuple[Inline, Source | None]] = []
        for grant in facts.grants:
            granted = _("Beviljat %(granted)s.") % {"granted": kronor(grant.granted)}
            said = [granted, _named(grant.on_the_way()), proof(grant), _named(grant.between())]
            words = " ".join(filter(None, said))
            runs = (Text(f"{grant.title}: ", bold=True), Text(words, made_up=grant.made_up))
            rows.append((runs, _of_grant(grant)))
        out.items(rows, key="proof/list")
        subtitle = _("%(recipient)s, kalenderåret %(year)s") % {"recipient": facts.recipient, "year": facts.year}
        return _paper(_("Ekonomisk redovisning"), subtitle, out, language=language)


def _certificate(out: Writer, facts: EconomicFacts) -> None:
    if not facts.certified_on:
        out.paragraph(_("Utkast. Inte intygat."), key="certificate", source=None, style="lead")
        return
    words = _("Jag intygar att uppgifterna i redovisningen stämmer. %(name)s, %(function)s, den %(day)s.") % {
        "name": facts.certified_by, "function": facts.certified_function, "day": day(facts.certified_on),
    }  # fmt: skip
    out.paragraph((Text(words, made_up=facts.made_up),), key="certificate", source=None, style="lead")


def _grants(out: Writer, facts: EconomicFacts) -> None:
    out.heading(1, _("Bidragen"), key="grants")
    head = [cell(_("Bidrag"), header=True)]
    head += [figure_cell(words) for words in (_("Mottaget"), _("Använt"), _("Återbetalt"), _("Kvar"))]
    rows = [
        [
            cell(grant.title, header=True, source=_of_grant(grant)),
            *_figures(
                grant.received, grant.counted, grant.repaid or None, grant.remaining, made_up=grant.made_up,
                source=_of_grant(grant),
            ),
        ]
        for grant in facts.grants
    ]  # fmt: skip
    grants = facts.grants
    sums = [
        sum(grant.came for grant in grants), sum(grant.counted for grant in grants),
        sum(grant.repaid for grant in grants) or None, sum(grant.remaining for grant in grants),
    ]  # fmt: skip
    total = [cell(_("Summa"), header=True), *_figures(*sums, made_up=facts.made_up)]
    out.table(_("Bidragen under året, i kronor"), head, rows, total=total, key="grants/table")


def _lines(out: Writer, grant: GrantFacts, *, receivers: bool) -> None:
    """The lines of a divided grant."""
    if not any(line.kind != "whole" for line in grant.lines):
        return
    out.heading(1, grant.title, key=f"lines/{grant.uid}", source=_of_grant(grant))
    head = [cell(_("Post och mottagare"), header=True)]
    head += [figure_cell(words) for words in (_("Belopp"), _("Använt"), _("Inte redovisat"), _("Kvar"))]
    rows: list[list[Cell]] = []
    for line in grant.lines:
        source = Source("plans.budgetline", line.uid, "amount")
        rows.append(
            [cell(_line_words(line), header=True, source=source),
             *_figures(line.amount, line.counted, line.untold or None, line.left, made_up=line.made_up, source=source)]
        )  # fmt: skip
        for one in line.receivers if receivers and len(line.receivers) > 1 else ():
            row = Source("agreements.share", one.uid, "amount")
            rows.append(
                [cell(f"\u2003{one.name}", source=row),
                 *_figures(one.amount, one.counted, one.untold or None, one.left, made_up=one.made_up, source=row)]
            )  # fmt: skip
    sums = [grant.divided, grant.counted, sum(line.untold for line in grant.lines) or None,
            sum(line.left for line in grant.lines)]  # fmt: skip
    total = [cell(_("Summa"), header=True), *_figures(*sums, made_up=grant.made_up)]
    caption = _("Poster ur %(title)s, i kronor") % {"title": grant.title}
    out.table(caption, head, rows, total=total, key=f"lines/{grant.uid}/table")


def _line_words(line: LineFacts) -> str:
    kind = str(LINE_KINDS[line.kind])
    words = line.title if kind == line.title else f"{line.title} ({kind.lower()})"
    return f"{words}, {line.receivers[0].name}" if len(line.receivers) == 1 else words


def _kinds(out: Writer, facts: EconomicFacts) -> None:
    costs: Mapping[str, int] = facts.costs
    if not costs:
        return
    out.heading(1, _("Vad pengarna har gått till"), key="kinds")
    rows = [
        [cell(str(words), header=True), *_figures(costs[kind], made_up=facts.made_up)]
        for kind, words in COSTS.items()
        if costs.get(kind)
    ]
    total = [cell(_("Summa"), header=True), *_figures(sum(costs.values()), made_up=facts.made_up)]
    head = [cell(_("Slag av kostnad"), header=True), figure_cell(_("Belopp"))]
    own = sum(grant.own_money for grant in facts.grants)
    note = _("%(own)s av det är mottagarnas egna medel.") % {"own": kronor(own)} if own else ""
    out.table(_("Använt efter slag av kostnad, i kronor"), head, rows, total=total, note=note, key="kinds/table")


def repayment_paper(facts: RepaymentFacts, *, language: str) -> Document:
    """What is unused of each grant and recipient, to whom it was repaid and when, and what receivers owe."""
    with translation.override(language):
        out = Writer()
        last = sorted({row.grant.repay_by for row in facts.rows if row.grant.repay_by})
        words = _("Så stod det den %(day)s.") % {"day": day(facts.on)}
        if last:
            words += " " + _("Medel som inte är använda betalas tillbaka senast den %(day)s.") % {"day": day(last[0])}
        out.paragraph(words, key="state", source=None, style="lead")
        _repayments(out, facts)
        _returns(out, facts)
        subtitle = f"{facts.county_name} {facts.year}"
        return _paper(_("Medel som blev över"), subtitle, out, language=language)


def _repayments(out: Writer, facts: RepaymentFacts) -> None:
    out.heading(1, _("Till staten"), key="repayments")
    made_up = any(row.grant.made_up for row in facts.rows)
    grants = [row.grant for row in facts.rows]
    columns = [(_("Mottaget"), [grant.came for grant in grants]), (_("Använt"), [grant.counted for grant in grants])]
    if any(grant.carried for grant in grants):
        columns.append((_("Förs vidare"), [grant.carried for grant in grants]))
    columns += [
        (_("Återbetalt"), [grant.repaid for grant in grants]), (_("Kvar"), [grant.remaining for grant in grants]),
    ]  # fmt: skip
    head = [cell(_("Mottagare och bidrag"), header=True), *(figure_cell(words) for words, _amounts in columns)]
    rows = []
    for place, row in enumerate(facts.rows):
        source = _of_grant(row.grant)
        figures = [amounts[place] for _words, amounts in columns]
        rows.append(
            [cell(f"{row.recipient}, {row.grant.title}", header=True, source=source),
             *_figures(*figures, made_up=row.grant.made_up, source=source)]
        )  # fmt: skip
    total = [
        cell(_("Summa"), header=True), *_figures(*(sum(amounts) for _words, amounts in columns), made_up=made_up),
    ]  # fmt: skip
    out.table(_("Vad som är kvar av varje bidrag, i kronor"), head, rows, total=total, key="repayments/table")
    paid = [
        ((Text(f"{row.recipient}, {row.grant.title}: ", bold=True), Text(_repaid_words(one), made_up=made_up)),
         _of_grant(row.grant))
        for row in facts.rows
        for one in row.repaid
    ]  # fmt: skip
    if paid:
        out.heading(2, _("Återbetalt"), key="repaid")
        out.items(paid, key="repaid/list")
    out.heading(2, _("Kontroll"), key="proof")
    out.items(
        [((Text(f"{row.recipient}, {row.grant.title}: ", bold=True), Text(proof(row.grant), made_up=made_up)),
          _of_grant(row.grant)) for row in facts.rows],
        key="proof/list",
    )  # fmt: skip


def _repaid_words(one: Repaid) -> str:
    return _("%(amount)s till %(to)s den %(day)s.") % {"amount": kronor(one.amount), "to": one.to, "day": day(one.on)}


def _returns(out: Writer, facts: RepaymentFacts) -> None:
    if not facts.returns:
        return
    out.heading(1, _("Från mottagarna till %(name)s") % {"name": facts.returned_to}, key="returns")
    head = [cell(_("Mottagare och post"), header=True)]
    head += [figure_cell(words) for words in (_("Utbetalt"), _("Använt"), _("Betalt tillbaka"), _("Kvar"))]
    rows = []
    for row in facts.returns:
        one = row.receiver
        source = Source("agreements.share" if one.code else "plans.budgetline", one.uid, "amount")
        rows.append(
            [cell(f"{one.name}, {row.line}", header=True, source=source),
             *_figures(one.paid, one.counted, one.returned or None, one.to_return, made_up=one.made_up, source=source)]
        )  # fmt: skip
    received = [row.receiver for row in facts.returns]
    sums = [
        sum(one.paid for one in received), sum(one.counted for one in received),
        sum(one.returned for one in received) or None, sum(one.to_return for one in received),
    ]  # fmt: skip
    total = [cell(_("Summa"), header=True), *_figures(*sums, made_up=any(one.made_up for one in received))]
    out.table(_("Vad mottagarna har kvar, i kronor"), head, rows, total=total, key="returns/table")
