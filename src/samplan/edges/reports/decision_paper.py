"""The paper that a body decides an allocation from: what is shared, by which key, each amount and the way to it.

A pure function from facts to the neutral document. Amounts are whole kronor; `exact` values are text "n" or "n/d".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samplan.apps.agreements.explain import area_words, exempt_words, nothing_words
from samplan.domain.allocation_keys import from_data
from samplan.domain.document import Document, Inline, Source, Text
from samplan.edges.reports import levy_paper
from samplan.edges.reports.chapters.parts import Writer, cell, day, figure_cell, grouped, kronor
from samplan.edges.reports.levy_paper import LevyFacts

GROUPS = {"municipality": gettext_lazy("kommunerna"), "region": gettext_lazy("regionen")}
ROUNDINGS = {
    "nearest": gettext_lazy("Varje belopp avrundas för sig till närmaste krona, halva kronor uppåt."),
    "largest-remainder": gettext_lazy(
        "Varje belopp avrundas först nedåt. Kronorna som blir över går en och en till dem som hade störst bråkdel."
    ),
}


@dataclass(frozen=True, slots=True)
class PaperShare:
    """One party's part: `persons` (in a levy the kronor it has got) None where the key counts none; `steps` as in the
    engine's explanation."""

    uid: str
    party: str
    persons: int | None
    amount: int
    steps: tuple[Mapping[str, Any], ...]

    @property
    def exact(self) -> Fraction:
        """The amount before rounding."""
        return Fraction(str(self.steps[-1].get("exact", self.amount)))


@dataclass(frozen=True, slots=True)
class PaperDecision:
    body: str
    on: str
    case_number: str
    point: int


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """An allocation with everything its paper says.

    `population_on`: ISO date or empty; `key`: its plain data; `names`: of the parties by code, in order; `levy`: what a
    levy is reckoned on; `sha256`: of what was frozen, empty before that.
    """

    uid: str
    title: str
    county_name: str
    year: int
    amount: int
    key: Mapping[str, Any]
    rounding: str
    population_on: str
    population_source: str
    state: str
    made_up: bool
    names: Mapping[str, str]
    shares: tuple[PaperShare, ...]
    decision: PaperDecision | None = None
    levy: LevyFacts | None = None
    sha256: str = ""


def key_in_words(key: Mapping[str, Any]) -> str:
    """The rule of sharing as a sentence's beginning, small letter first and no full stop."""
    match key["key"]:
        case "population":
            return _("efter folkmängd")
        case "age" if key["to"] is None:
            return _("efter antalet invånare som är %(low)s år och äldre") % {"low": key["from"]}
        case "age":
            return _("efter antalet invånare från %(low)s till %(high)s år") % {"low": key["from"], "high": key["to"]}
        case "equal":
            return _("lika till alla")
        case "flat":
            return _("%(flat)s till var och en först, resten efter folkmängd") % {"flat": kronor(key["flat"])}
        case "steps":
            steps = [
                _("%(sum)s från %(limit)s invånare") % {"sum": kronor(amount), "limit": grouped(limit)}
                for limit, amount in key["table"]
            ]
            return _("i steg efter folkmängd, %(steps)s") % {"steps": ", ".join(steps)}
        case "fixed":
            return _("med summor som är skrivna för hand")
    parts = []
    for part in key["groups"]:
        size = f"{_percent(part['percent'])} %" if "percent" in part else kronor(part["kronor"])
        words = {"size": size, "group": GROUPS.get(part["group"], part["group"]), "key": key_in_words(part["key"])}
        parts.append(_("%(size)s till %(group)s, %(key)s") % words)
    return _("i grupper: ") + "; ".join(parts)


def _percent(text: str) -> str:
    return text if translation.get_language() == "en" else text.replace(".", ",")


def _whole(value: Fraction) -> int:
    """Halves up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def _exact(value: str | Fraction) -> str:
    """An exact amount with two decimals, halves up; the exact number itself is kept in the allocation."""
    return grouped(_whole(Fraction(value) * 100), 2)


def _step(step: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """One step of the way to an amount."""
    match step["step"]:
        case "group":
            words = {"group": GROUPS.get(step["group"], step["group"]), "amount": kronor(step["amount"])}
            if "percent" in step:
                words |= {"percent": _percent(step["percent"]), "of": kronor(step["of"])}
                return _("%(percent)s %% av %(of)s är %(amount)s till %(group)s.") % words
            return _("%(amount)s till %(group)s.") % words
        case "fixed":
            return _("Summan är skriven för hand.")
        case "steps":
            words = {"persons": grouped(_whole(Fraction(step["weight"]))), "amount": kronor(step["amount"])}
            if step["from"] is None:
                return _("%(persons)s invånare, under alla gränser: %(amount)s.") % words
            words |= {"limit": grouped(step["from"])}
            return _("%(persons)s invånare, från %(limit)s: %(amount)s.") % words
        case "outside":
            return _("Utanför upptagningsområdet: %(amount)s.") % {"amount": kronor(step["amount"])}
        case "exception":
            return _("Eget belopp, ett undantag: %(amount)s.") % {"amount": kronor(step["amount"])}
        case "area":
            words = {"apart": kronor(step["apart"]), "rest": kronor(step["rest"])}
            return _("Av %(amount)s går %(apart)s först till dem utanför och undantagen, kvar %(rest)s.") % (
                words | {"amount": kronor(step["amount"])}
            )
        case "flat":
            words = {"flat": kronor(step["flat"]), "rows": step["rows"], "rest": kronor(step["rest"])}
            return _("%(flat)s var till %(rows)s parter, kvar %(rest)s.") % words
        case "weight":
            words = {
                "weight": grouped(_whole(Fraction(step["weight"]))),
                "weights": grouped(_whole(Fraction(step["weights"]))),
                "amount": kronor(step["amount"]), "exact": _exact(step["exact"]),
            }  # fmt: skip
            return _("%(weight)s av %(weights)s invånare × %(amount)s = %(exact)s kr.") % words
        case "equal":
            words = {"amount": kronor(step["amount"]), "rows": step["rows"], "exact": _exact(step["exact"])}
            return _("%(amount)s ÷ %(rows)s = %(exact)s kr.") % words
        case "nearest":
            return _("Avrundat: %(amount)s.") % {"amount": kronor(step["amount"])}
    if not step["left"]:
        return _("Går jämnt ut: %(amount)s.") % {"amount": kronor(step["amount"])}
    if step["last"]:
        return _("Nedåt och en krona av dem som blev över: %(amount)s.") % {"amount": kronor(step["amount"])}
    return _("Avrundat nedåt: %(amount)s.") % {"amount": kronor(step["amount"])}


def decision_paper(facts: PaperFacts, *, language: str) -> Document:
    """The paper in `language`, without contents list."""
    with translation.override(language):
        out = Writer()
        row = Source("agreements.allocation", facts.uid)
        _matter(out, facts, row)
        if facts.levy:
            levy_paper.sources(out, facts.levy, row)
        _table(out, facts, row)
        out.heading(1, _("Så är varje belopp räknat"), key="ways", source=row)
        ways: list[tuple[Inline, Source | None]] = []
        for share in facts.shares:
            if facts.levy and share.persons == 0:
                way = levy_paper.nothing_words(share.steps[0])
            else:
                way = " ".join(_said(step, facts) for step in share.steps)
            runs = (Text(f"{share.party}: ", bold=True), Text(way, made_up=facts.made_up))
            ways.append((runs, Source("agreements.share", share.uid, "explanation")))
        out.items(ways, key="ways/list", source=row)
        if facts.sha256:
            words = _("Kontrollsumma för det som beslutades: %(sum)s") % {"sum": _grouped_sum(facts.sha256)}
            out.paragraph(words, key="sum", source=row, style="note")
        blocks = tuple(block for passage in out.passages for block in passage.blocks)
        subtitle = _subtitle(facts)
        return Document(
            title=facts.title, language=language, blocks=blocks,
            subtitle=f"{subtitle}, {facts.county_name} {facts.year}", contents=False,
            running_head=f"{facts.title}, {facts.county_name} {facts.year}",
        )  # fmt: skip


def _grouped_sum(sha256: str) -> str:
    """A checksum that can be read aloud and broken over lines."""
    return " ".join(sha256[at : at + 8] for at in range(0, len(sha256), 8))


def _subtitle(facts: PaperFacts) -> str:
    if facts.levy:
        return _("Beslut om avsättning") if facts.decision else _("Underlag för beslut om avsättning")
    return _("Beslut om fördelning") if facts.decision else _("Underlag för beslut om fördelning")


def _said(step: Mapping[str, Any], facts: PaperFacts) -> str:
    words = levy_paper.step_words(step, _exact(step.get("exact", 0))) if facts.levy else ""
    return words or _step(step, facts.names)


def _matter(out: Writer, facts: PaperFacts, row: Source) -> None:
    if facts.decision:
        words = _("Beslutat av %(body)s den %(day)s, punkt %(point)s.") % {
            "body": facts.decision.body, "day": day(facts.decision.on), "point": facts.decision.point,
        }  # fmt: skip
        if facts.decision.case_number:
            words += " " + _("Diarienummer %(number)s.") % {"number": facts.decision.case_number}
        out.paragraph(words, key="decision", source=_at(row, "decision_point"), style="lead")
    else:
        out.paragraph(_("Förslag. Inte beslutat."), key="decision", source=_at(row, "state"), style="lead")
    if facts.state == "superseded":
        out.paragraph(_("Ersatt av ett senare beslut."), key="superseded", source=_at(row, "state"), style="lead")
    elif facts.levy and (changed := levy_paper.changed_words(facts.levy, decided=facts.decision is not None)):
        out.paragraph(changed, key="changed", source=_at(row, "sources"), style="lead")
    key = from_data(dict(facts.key))
    if facts.levy:
        payers = sum(bool(share.persons) and share.steps[-1]["step"] != "exempt" for share in facts.shares)
        words = levy_paper.matter(facts.levy, percent=facts.key["percent"], pot=facts.amount, payers=payers)
    else:
        words = ngettext(
            "%(amount)s delas mellan %(parties)s part, %(key)s.",
            "%(amount)s delas mellan %(parties)s parter, %(key)s.", len(facts.shares),
        ) % {
            "amount": kronor(facts.amount), "parties": len(facts.shares), "key": key_in_words(facts.key),
        }  # fmt: skip
    out.paragraph((Text(words, made_up=facts.made_up),), key="matter", source=_at(row, "amount"))
    nothing = [share.party for share in facts.shares if share.persons == 0 and share.steps[-1]["step"] != "exempt"]
    special = (area_words(key, facts.names), exempt_words(key, facts.names), nothing_words(nothing))
    if words := " ".join(filter(None, special)):
        out.paragraph((Text(words, made_up=facts.made_up),), key="area", source=_at(row, "key"))
    if facts.population_on:
        words = _("Folkmängd den %(day)s. Källa: %(source)s.") % {
            "day": day(facts.population_on), "source": facts.population_source or _("okänd"),
        }  # fmt: skip
        out.paragraph(words, key="population", source=_at(row, "population_on"))
    rounding = (
        levy_paper.ROUNDING if facts.levy and facts.rounding == "largest-remainder" else ROUNDINGS[facts.rounding]
    )
    out.paragraph(str(rounding), key="rounding", source=_at(row, "rounding"))


def _at(row: Source, field: str) -> Source:
    return Source(row.kind, row.uid, field)


def _table(out: Writer, facts: PaperFacts, row: Source) -> None:
    out.heading(1, _("Avsättningen") if facts.levy else _("Fördelningen"), key="shares", source=row)
    counts = any(share.persons is not None for share in facts.shares)
    head = [cell(_("Part"), header=True)]
    head += [figure_cell(_("Har fått, kr") if facts.levy else _("Invånare"))] if counts else []
    head += [figure_cell(_("Före avrundning")), figure_cell(_("Avsätter") if facts.levy else _("Belopp"))]
    rows = []
    for share in facts.shares:
        source = Source("agreements.share", share.uid, "amount")
        line = [cell(share.party, header=True, source=Source("agreements.share", share.uid, "party"))]
        if counts:
            persons = "\u2013" if share.persons is None else grouped(share.persons)
            line.append(figure_cell(persons, source=Source("agreements.share", share.uid, "weight")))
        line.append(figure_cell(_exact(share.exact), made_up=facts.made_up, source=source))
        line.append(figure_cell(kronor(share.amount), made_up=facts.made_up, source=source))
        rows.append(line)
    total = sum(share.amount for share in facts.shares)
    last = [cell(_("Summa"), header=True, source=row)]
    if counts:
        last.append(figure_cell(grouped(sum(share.persons or 0 for share in facts.shares)), source=row))
    exact = sum((share.exact for share in facts.shares), Fraction(0))
    last.append(figure_cell(_exact(exact), made_up=facts.made_up, source=row))
    last.append(figure_cell(kronor(total), made_up=facts.made_up, source=row))
    title = _("Vad varje part avsätter") if facts.levy else _("Vad varje part får")
    out.table(title, head, rows, total=last, key="shares/table", source=row)
    difference = facts.amount - total
    if facts.levy and not difference:
        words = _("Kontroll: delarna är tillsammans %(total)s, lika med potten.")
    elif facts.levy:
        words = _("Kontroll: delarna är tillsammans %(total)s. Från potten skiljer %(difference)s, av avrundning.")
    elif not difference:
        words = _("Kontroll: delarna är tillsammans %(total)s, lika med beloppet som delas.")
    else:
        words = _("Kontroll: delarna är tillsammans %(total)s. Från beloppet som delas skiljer %(difference)s.")
    shown = {"total": kronor(total), "difference": kronor(difference)}
    out.paragraph(words % shown, key="shares/proof", source=row, style="note")
