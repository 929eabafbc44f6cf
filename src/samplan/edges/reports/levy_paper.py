"""What the decision paper says of a levy: what it is reckoned on, what has changed since, and each party's way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samplan.apps.agreements.explain import listing, percent_text
from samplan.apps.agreements.labels import source_name
from samplan.domain.document import Source
from samplan.edges.reports.chapters.parts import Writer, cell, figure_cell, grouped, kronor

ROUNDING = gettext_lazy(
    "Varje belopp avrundas först nedåt. Kronorna som fattas i potten betalas en och en av dem som hade störst bråkdel."
)


@dataclass(frozen=True, slots=True)
class PaperSource:
    """A grant or an allocation; kronor that the parties got from it when the levy was reckoned."""

    kind: str
    uid: str
    title: str
    level: str
    amount: int
    preliminary: bool
    made_up: bool

    @property
    def words(self) -> str:
        return source_name(self.title, self.level) + (" " + _("(preliminärt)") if self.preliminary else "")


@dataclass(frozen=True, slots=True)
class LevyFacts:
    """`changed`: the titles of sources that are no longer as they were; `spared`: kronor that the exempt have got."""

    sources: tuple[PaperSource, ...]
    changed: tuple[str, ...]
    spared: int

    @property
    def counting(self) -> int:
        return sum(source.amount for source in self.sources) - self.spared


def matter(levy: LevyFacts, *, percent: str, pot: int, payers: int) -> str:
    """What is decided, in a sentence."""
    words = {
        "percent": percent_text(percent), "of": kronor(levy.counting), "pot": kronor(pot), "parties": payers,
    }  # fmt: skip
    return ngettext(
        "%(parties)s part avsätter %(percent)s av vad den har fått till en gemensam pott. "
        "%(percent)s av %(of)s är %(pot)s.",
        "%(parties)s parter avsätter %(percent)s av vad var och en har fått till en gemensam pott. "
        "%(percent)s av %(of)s är %(pot)s.",
        payers,
    ) % words  # fmt: skip


def changed_words(levy: LevyFacts, *, decided: bool) -> str:
    """That what it was reckoned on has changed; empty when it has not."""
    if not levy.changed:
        return ""
    words = _("Underlaget har ändrats sedan avsättningen räknades: %(titles)s.") % {"titles": listing(levy.changed)}
    rest = _("Den gäller som den beslutades tills en ny är beslutad.") if decided else _("Räkna om den före beslut.")
    return f"{words} {rest}"


def sources(out: Writer, levy: LevyFacts, row: Source) -> None:
    """The table of what it is reckoned on."""
    out.heading(1, _("Underlag"), key="sources", source=row)
    rows = []
    for one in levy.sources:
        source = Source(f"agreements.{one.kind}", one.uid, "amount")
        amount = figure_cell(kronor(one.amount), made_up=one.made_up, source=source)
        rows.append([cell(one.words, header=True, source=source), amount])
    total = sum(one.amount for one in levy.sources)
    made_up = any(one.made_up for one in levy.sources)
    last = [cell(_("Summa"), header=True, source=row), figure_cell(kronor(total), made_up=made_up, source=row)]
    head = [cell(_("Bidrag eller fördelning"), header=True), figure_cell(_("Parterna fick"))]
    out.table(_("Vad parterna har fått"), head, rows, total=last, key="sources/table", source=row)
    if levy.spared:
        words = _("De som inte betalar fick %(spared)s, så andelen räknas på %(counting)s.")
        shown = {"spared": kronor(levy.spared), "counting": kronor(levy.counting)}
        out.paragraph(words % shown, key="sources/spared", source=row)
    words = _(
        "Potten är inga nya medel. Varje krona i den räknas en gång, hos parten och bidraget som den kommer ur, "
        "så potten har inga egna budgetposter."
    )
    out.paragraph(words, key="sources/counted", source=row)


def step_words(step: Mapping[str, Any], exact: str) -> str:
    """A step of the way to what a party pays. `exact`: its amount before rounding, as it is shown."""
    match step["step"]:
        case "got":
            parts = [_part(part) for part in step["sources"]]
            whole = _(", tillsammans %(sum)s") % {"sum": kronor(int(step["amount"]))} if len(parts) > 1 else ""
            return _("Fick %(parts)s%(whole)s.") % {"parts": listing(parts), "whole": whole}
        case "exempt":
            return _("Betalar inget: %(why)s.") % {"why": step["reason"].rstrip(".")}
        case "levy":
            words = {"percent": percent_text(step["percent"]), "of": grouped(int(step["of"])), "exact": exact}
            return _("%(percent)s av %(of)s kr = %(exact)s kr.") % words
        case "down" if step["last"]:
            return _("Nedåt, och en krona av dem som fattades i potten: %(amount)s.") % {
                "amount": kronor(step["amount"])
            }
    return ""


def nothing_words(step: Mapping[str, Any]) -> str:
    """The way to nothing, for a party that got nothing: `step` is the "got" of its steps."""
    said = [_part(part) for part in step["sources"]]
    if not said:
        return _("Fick inget ur underlaget och betalar inget.")
    return _("Fick %(parts)s och betalar inget.") % {"parts": listing(said)}


def _part(part: Mapping[str, Any]) -> str:
    words = _("%(sum)s av %(source)s") % {
        "sum": kronor(part["amount"]), "source": source_name(part["title"], part["level"]),
    }  # fmt: skip
    return words + _(" (tackade nej: %(why)s)") % {"why": part["declined"].rstrip(".")} if "declined" in part else words
