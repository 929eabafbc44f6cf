"""Follow a krona: from the agreement's section to what became of it, for the county, a grant, a party or a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from samplan.apps.agreements.labels import LEVELS
from samplan.apps.agreements.requisitions import handles
from samplan.apps.questionnaires.labels import COSTS
from samplan.apps.spending import charts
from samplan.apps.spending.charts import Level, course_chart
from samplan.apps.spending.following import (
    Course,
    activity_figures,
    courses,
    get_followed_party,
    grouped,
    of_grant,
    of_line,
    of_party,
    report_figures,
    total,
)
from samplan.apps.spending.labels import ENDS, LINE_KINDS
from samplan.apps.spending.queries import Money, Receiver, find_line, money_of, see_money
from samplan.base.kernel.pages import actor_of
from samplan.base.ui.charts import Chart
from samplan.base.ui.templatetags.samplan import day, kronor
from samplan.domain.flow import in_order
from samplan.domain.spending import added_up

TOLD = ("used", "untold", "hidden")


@dataclass(frozen=True, slots=True)
class Row:
    """What passes one stop, and where it is read: `follow` its own courses, `url` the row that the sum stands on."""

    title: str
    found: Sequence[Course]
    follow: str = ""
    url: str = ""
    words: str = ""

    @property
    def amount(self) -> int:
        return total(self.found)

    @property
    def used(self) -> int:
        return total(self.found, "used")

    @property
    def untold(self) -> int:
        return total(self.found, "untold")

    @property
    def rest(self) -> int:
        """What is neither used nor left untold, nor hidden."""
        return self.amount - total(self.found, *TOLD)

    @property
    def rests(self) -> list[tuple[Any, int]]:
        """The rest, and what is hidden, by name."""
        sums = {end: total(self.found, end) for end in in_order(one.end for one in self.found)}
        return [(ENDS[end], amount) for end, amount in sums.items() if end not in ("used", "untold") and amount]

    @property
    def made_up(self) -> bool:
        return any(one.made_up for one in self.found)


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    about: str
    rows: Sequence[Row]
    whole: Row


@dataclass(frozen=True, slots=True)
class Step:
    """A step upward, from what is shown to where it came from."""

    over: str
    title: str
    amount: int | None = None
    url: str = ""
    follow: str = ""
    made_up: bool = False
    words: str = ""


@dataclass(slots=True)
class Shown:
    """A page: its courses, how they are drawn and what they are summed by; `moneys`: what is shown as repaid."""

    heading: str
    found: list[Course]
    levels: Sequence[Level]
    tables: list[Table] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    moneys: list[Money] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Where:
    """A county's year, and the addresses of its money; `reads` all of it, or else only the own parts of its lines."""

    county: str
    year: int
    reads: bool

    def to(self, name: str, *more: object) -> str:
        return reverse(name, args=[self.county, self.year, *more])

    def grant(self, money: Money) -> str:
        return self.to("agreements:requisition", money.asked.grant.uid, money.asked.recipient.code)

    def line(self, one: Course) -> str:
        if one.line is None:
            return self.grant(one.money)
        if one.line.row is None:
            return self.to("spending:whole", one.money.asked.grant.uid, one.money.asked.recipient.code)
        return self.to("spending:line", one.line.row.uid) if self.reads else self.receiver(one)

    def receiver(self, one: Course) -> str:
        if one.receiver is None or one.line is None or one.line.row is None:
            return self.line(one)
        if one.receiver.facts.code:
            return self.to("spending:receiver", one.line.row.uid, one.receiver.facts.code)
        return self.to("spending:payee", one.line.row.uid)


def follow(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """The whole county's money; for one who handles a party's money only that."""
    actor = actor_of(request)
    reads = see_money(actor, county)
    where = Where(county, year, reads)
    found = courses(actor, county, money_of(county, year))
    levels = [
        Level(_("Avsnitt"), charts.section), Level(_("Till vem"), charts.level),
        Level(_("Post"), charts.line if reads else charts.part),
    ]  # fmt: skip
    shown = Shown(_("Följ en krona %(year)s") % {"year": year}, found, levels)
    shown.moneys = _moneys(found, lambda one: reads or handles(actor, one.asked.level, one.asked.recipient))
    shown.tables = [
        _table(_("Bidrag"), _("Bidrag"), found, charts.grant, lambda key, rows: _grant_row(where, rows)),
        _lines(where, found),
        _parties(where, found),
    ]
    return _page(request, where, shown, reads=reads)


def grant(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """What one grant gave, to all its recipients."""
    actor = actor_of(request)
    reads = see_money(actor, county)
    where = Where(county, year, reads)
    found = of_grant(courses(actor, county, money_of(county, year)), uid)
    money = found[0].money
    levels = [Level(_("Bidrag"), charts.level), Level(_("Post"), charts.part), Level(_("Mottagare"), charts.receiver)]
    shown = Shown(money.asked.title, found, levels, steps=[_section_step(where, money, reads)])
    shown.moneys = _moneys(found, lambda one: reads or handles(actor, one.asked.level, one.asked.recipient))
    shown.tables = [_lines(where, found), _parties(where, found)]
    return _page(request, where, shown, reads=reads, over=str(LEVELS[money.asked.level]))


def line(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """One budget line: upward to its decision, its grant and the agreement; downward to each receiver."""
    actor = actor_of(request)
    reads = see_money(actor, county)
    where = Where(county, year, reads)
    every = money_of(county, year)
    found = of_line(courses(actor, county, every), uid)
    money, one, row = find_line(every, uid)
    levels = [Level(_("Bidrag"), charts.grant), Level(_("Post"), charts.part), Level(_("Mottagare"), charts.receiver)]
    decision = row.decision_point.decision
    words = _("%(body)s, %(day)s, punkt %(number)s") % {
        "body": decision.body.name, "day": day(decision.decided_on), "number": row.decision_point.number,
    }  # fmt: skip
    decided = where.to("bodies:decision", decision.uid) if reads else ""
    steps = [
        _section_step(where, money, reads),
        _grant_step(where, money, reads),
        Step(_("Beslut"), decision.title, url=decided, words=words, made_up=decision.made_up),
        Step(_("Post"), one.facts.title, one.facts.amount, where.line(found[0]), made_up=one.facts.made_up),
    ]
    shown = Shown(one.facts.title, found, levels, steps=steps)
    receivers = grouped(found, lambda course: charts.receiver(course)[0])
    rows = [_receiver_row(where, rows) for rows in receivers.values()]
    shown.tables = [Table(_("Mottagare"), _("Mottagare"), rows, Row(_("Summa"), found))]
    return _page(request, where, shown, reads=reads, over=str(LINE_KINDS[one.facts.kind]))


def party(request: HttpRequest, county: str, year: int, code: str) -> HttpResponse:
    """One party's kronor: its own grants, and what it receives of the county's lines."""
    actor = actor_of(request)
    reads = see_money(actor, county)
    where = Where(county, year, reads)
    one = get_followed_party(actor, county, code)
    found = of_party(courses(actor, county, money_of(county, year)), one)
    levels = [Level(_("Avsnitt"), charts.section), Level(_("Bidrag eller post"), charts.part)]
    shown = Shown(_("%(party)s: kronorna %(year)s") % {"party": one.name, "year": year}, found, levels)
    shown.moneys = _moneys(found, lambda money: money.asked.recipient == one and money.asked.level != "joint")
    shown.tables = [_lines(where, found, title=_("Bidrag och poster"), own=True)]
    return _page(request, where, shown, reads=reads)


def _page(request: HttpRequest, where: Where, shown: Shown, *, reads: bool, over: str = "") -> HttpResponse:
    actor, found = actor_of(request), shown.found
    repay = _repay(where, shown.moneys)
    context = {
        "county": where.county, "year": where.year, "reads": reads, "shown": shown, "over": over,
        "lead": _lead(found, repay), "whole": Row(_("Summa"), found), "drawing": _drawing(shown),
        "tables": [table for table in shown.tables if table.rows], "kinds": _kinds(found),
        "own_money": _own_money(found), "repay": repay,
        "activities": activity_figures(found) if reads else [], "figures": report_figures(actor, where.county, found),
        "minus": [(ENDS[one.end], one) for one in found if one.amount < 0],
        "inner": request.resolver_match is not None and request.resolver_match.url_name != "follow",
    }  # fmt: skip
    return render(request, "spending/follow.html", context)


def _drawing(shown: Shown) -> Chart | None:
    return course_chart(_("Från överenskommelsen till vad det blev"), shown.found, shown.levels)


def _lead(found: Sequence[Course], repay: Sequence[dict[str, Any]]) -> str:
    whole = Row("", found)
    if not whole.amount:
        return _("Det finns inga pengar att följa än.")
    words = _("Av %(amount)s är %(used)s använda.") % {"amount": kronor(whole.amount), "used": kronor(whole.used)}
    if whole.untold:
        words += " " + _("Användningen av %(untold)s är inte redovisad.") % {"untold": kronor(whole.untold)}
    for group in repay:
        if group["owed"] and group["day"]:
            told = {"owed": kronor(group["owed"]), "day": day(group["day"])}
            words += " " + _("%(owed)s ska betalas tillbaka senast %(day)s.") % told
    return words


def _table(
    title: str, about: str, found: Sequence[Course], by: charts.Where, row: Callable[[str, Sequence[Course]], Row]
) -> Table:
    groups = grouped(found, lambda one: by(one)[0])
    return Table(title, about, [row(key, rows) for key, rows in groups.items()], Row(_("Summa"), found))


def _grant_row(where: Where, found: Sequence[Course]) -> Row:
    money = found[0].money
    section = money.asked.grant.line.section.number.rstrip(".")
    several = len({one.money.asked.recipient.pk for one in found}) > 1
    url = where.to("agreements:requests") if several else where.grant(money)
    return Row(
        f"{section}. {money.asked.title}", found, where.to("spending:follow_grant", money.asked.grant.uid),
        url if where.reads else where.line(found[0]), str(LEVELS[money.asked.level]),
    )  # fmt: skip


def _lines(where: Where, found: Sequence[Course], *, title: str = "", own: bool = False) -> Table:
    """Budget lines; with `own` undivided grants among them, each number where the party's own part is read."""
    kept = found if own else [one for one in found if one.line and one.line.row]

    def row(key: str, rows: Sequence[Course]) -> Row:
        one = rows[0]
        if one.line is None or one.line.row is None:
            follow = where.to("spending:follow_grant", one.money.asked.grant.uid)
            return Row(charts.part(one)[1], rows, follow, where.line(one), _("Eget bidrag"))
        follow = where.to("spending:follow_line", one.line.row.uid)
        url = where.receiver(one) if own else where.line(one)
        return Row(one.line.facts.title, rows, follow, url, str(LINE_KINDS[one.line.facts.kind]))

    return _table(title or _("Poster"), _("Post"), kept, charts.part, row)


def _parties(where: Where, found: Sequence[Course]) -> Table:
    kept = [one for one in found if one.receiver is not None]

    def row(key: str, rows: Sequence[Course]) -> Row:
        one = rows[0]
        code = one.receiver.facts.code if one.receiver else ""
        follow = where.to("spending:follow_party", code) if code else ""
        return Row(charts.receiver(one)[1], rows, follow, follow or where.receiver(one))

    return _table(_("Mottagare"), _("Mottagare"), kept, charts.receiver, row)


def _receiver_row(where: Where, found: Sequence[Course]) -> Row:
    one = found[0]
    if one.receiver is None:
        return Row(_("Ingen mottagare"), found, url=where.line(one))
    facts = one.receiver.facts
    follow = where.to("spending:follow_party", facts.code) if facts.code else ""
    words = _("egna medel, inget att betala ut") if facts.own else _("utbetalt %(paid)s") % {"paid": kronor(facts.paid)}
    return Row(facts.name, found, follow, where.receiver(one), words)


def _section_step(where: Where, money: Money, reads: bool) -> Step:
    row = money.asked.grant.line.section
    title = f"{row.number.rstrip('.')}. {row.title}"
    national = money.asked.grant.line
    return Step(
        row.agreement.title, title, national.amount, where.to("agreements:money") if reads else "",
        made_up=national.made_up, words=_("i hela landet"),
    )  # fmt: skip


def _grant_step(where: Where, money: Money, reads: bool) -> Step:
    asked = money.asked
    url = f"{where.to('agreements:money')}#bidrag-{asked.grant.uid}" if reads else ""
    return Step(
        str(LEVELS[asked.level]), asked.title, asked.granted, url,
        where.to("spending:follow_grant", asked.grant.uid), asked.made_up,
    )  # fmt: skip


def _receivers(found: Sequence[Course]) -> list[Receiver]:
    """Those whose use is seen, each once."""
    seen = {(id(one.line), id(one.receiver)): one.receiver for one in found if one.receiver and one.end != "hidden"}
    return list(seen.values())


def _kinds(found: Sequence[Course]) -> list[tuple[Any, int]]:
    costs = added_up(cost for one in _receivers(found) for cost in one.facts.costs)
    return [(words, costs[kind]) for kind, words in COSTS.items() if costs.get(kind)]


def _own_money(found: Sequence[Course]) -> int:
    return sum(one.facts.own_money for one in _receivers(found))


def _moneys(found: Sequence[Course], sees: Callable[[Money], bool]) -> list[Money]:
    """The grants that `sees` lets through, without those whose sum would tell what the reader may not see."""
    hidden = {id(course.money) for course in found if course.end == "hidden"}
    every = {id(course.money): course.money for course in found}
    return [one for key, one in every.items() if key not in hidden and sees(one)]


def _repay(where: Where, found: Iterable[Money]) -> list[dict[str, Any]]:
    """What each recipient has left to repay of each grant that has come, by the agreement's own last day."""
    days: dict[str, list[dict[str, Any]]] = {}
    for money in found:
        facts = money.facts
        owed = max(0, facts.to_repay - facts.repaid)
        if facts.received is None or not (owed or facts.repaid):
            continue
        url = where.to("spending:repayment", money.asked.grant.uid, money.asked.recipient.code)
        row = {"money": money, "facts": facts, "owed": owed, "url": url}
        days.setdefault(facts.repay_by, []).append(row)
    return [
        {
            "day": parse_date(last) if last else None, "rows": rows, "owed": sum(row["owed"] for row in rows),
            "repaid": sum(row["facts"].repaid for row in rows),
        }
        for last, rows in sorted(days.items())
    ]  # fmt: skip
