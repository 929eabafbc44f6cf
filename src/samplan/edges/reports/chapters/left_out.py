"""The last page: what the plan holds that no chapter of the shape has told. Found by comparing rows, never listed by
hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samplan.apps.plans.labels import ACTIVITY_FIELDS
from samplan.domain.document import Source, Table, walk
from samplan.domain.editing import Passage
from samplan.domain.planfacts import ActivityFacts, AreaFacts, PlanFacts
from samplan.domain.yearfacts import YearFacts
from samplan.edges.reports.chapters.parts import Writer, cell, figure_cell, grouped

ROW_WORDS = {
    "agreements.sectionpoint": gettext_lazy("Överenskommelsens punkter"),
    "directives.directive": gettext_lazy("Direktiv och svaren på dem"),
    "files.attachment": gettext_lazy("Filer"),
    "indicators.indicator": gettext_lazy("Indikatorer"),
    "needs.need": gettext_lazy("Behov"),
    "plans.activity": gettext_lazy("Insatser"),
    "plans.activityevent": gettext_lazy("Insatser: händelser"),
    "plans.activityfigure": gettext_lazy("Insatser: siffror"),
    "plans.activitylink": gettext_lazy("Insatser: länkar"),
    "plans.activitymilestone": gettext_lazy("Insatser: delmål i tiden"),
    "plans.activityparty": gettext_lazy("Insatser: vilka som deltar"),
    "plans.activityresponsible": gettext_lazy("Insatser: ansvariga"),
    "plans.activitystep": gettext_lazy("Insatser: steg"),
    "plans.activitytext": gettext_lazy("Insatser: fler texter"),
    "plans.assignment": gettext_lazy("Uppdrag"),
    "plans.budgetline": gettext_lazy("Budgetposter"),
    "plans.focusarea": gettext_lazy("Områden"),
    "plans.framework": gettext_lazy("Ramverk"),
    "plans.frameworkgoal": gettext_lazy("Ramverkens mål"),
    "plans.goal": gettext_lazy("Mål"),
    "plans.happening": gettext_lazy("Händelser"),
    "plans.offer": gettext_lazy("Stöd som erbjuds"),
    "plans.perspective": gettext_lazy("Perspektiv"),
    "plans.perspectivereview": gettext_lazy("Prövningar ur perspektiv"),
    "plans.picture": gettext_lazy("Bilder"),
    "plans.pilot": gettext_lazy("Piloter"),
    "plans.plantext": gettext_lazy("Kapitel med text"),
    "plans.post": gettext_lazy("Tjänster"),
    "plans.steeringdocument": gettext_lazy("Dokument och produkter"),
    "plans.uptake": gettext_lazy("Stöd som tagits emot"),
    "questionnaires.reportrequest": gettext_lazy("Redovisade insatser"),
}
AREA_FIELDS = {
    "text": gettext_lazy("Områden: text"),
    "goal_fulfilment": gettext_lazy("Områden: måluppfyllelse"),
    "next_steps": gettext_lazy("Områden: planering"),
    "project_owner": gettext_lazy("Områden: projektägare"),
}

# Rows that stand together in one line or cell of their activity: the columns that tell them.
TOGETHER = {
    "plans.activityparty": ("parties",),
    "plans.activityresponsible": ("responsibles", "responsible"),
    "plans.activitystep": ("steps",),
}

Piece = tuple[str, str, str]
"""A thing that a plan says: its table, its row's uid, and the column where columns are told apart."""


def pieces(facts: YearFacts) -> list[Piece]:
    """Everything that the plan and its year say in the text, piece by piece; what the cover shows it shows always."""
    on_cover = {picture.uid for picture in facts.plan.pictures if picture.place != "text"}
    found = [piece for piece in _rows(facts.plan) if piece[1] not in on_cover]
    found += [("directives.directive", one.uid, "") for one in facts.directives]
    found += [(file.ROW, file.uid, "") for one in facts.directives for file in one.files]
    found += [("questionnaires.reportrequest", one.uid, "") for one in facts.efforts]
    found += [("needs.need", one.uid, "") for one in facts.needs]
    return found


def _rows(thing: Any) -> Iterator[Piece]:
    row = getattr(thing, "ROW", "")
    if isinstance(thing, ActivityFacts):
        yield (row, thing.uid, "")
        yield from ((row, thing.uid, text.kind) for text in thing.texts)
    elif isinstance(thing, AreaFacts):
        yield (row, thing.uid, "")
        yield from ((row, thing.uid, name) for name in AREA_FIELDS if getattr(thing, name))
    elif row and not isinstance(thing, PlanFacts):
        yield (row, thing.uid, "")
    for part in fields(thing):
        if isinstance(thing, ActivityFacts) and part.name == "texts":
            continue
        value = getattr(thing, part.name)
        if isinstance(value, tuple):
            for item in value:
                if is_dataclass(item):
                    yield from _rows(item)


def told(passages: Iterable[Passage]) -> set[Piece]:
    """The pieces that passages tell: each block, item and cell says which row and column it came from."""
    found: set[Piece] = set()

    def add(source: Source | None) -> None:
        if source is not None:
            found.add((source.kind, source.uid, source.field))
            found.add((source.kind, source.uid, ""))

    for passage in passages:
        add(passage.source)
        for block in walk(passage.blocks):
            add(block.source)
            if isinstance(block, Table):
                for row in (block.head, *block.rows, block.total):
                    for one in row:
                        add(one.source)
                        for source in one.more:
                            add(source)
    return found


def missing(facts: YearFacts, passages: Sequence[Passage]) -> Counter[str]:
    """How many pieces of each kind, in words, no passage tells."""
    known = told(passages)
    gone = {(row, uid) for row, uid, field in pieces(facts) if not field and (row, uid, "") not in known}
    counts: Counter[str] = Counter()
    for row, uid, field in pieces(facts):
        if (row, uid, field) in known or (field and (row, uid) in gone):
            continue
        if row in TOGETHER and _told_together(facts, row, uid, known):
            continue
        words = str(ROW_WORDS[row])
        if row == "plans.activity" and field:
            words = _("Insatser: %(field)s") % {"field": str(ACTIVITY_FIELDS[field]).lower()}
        elif row == "plans.focusarea" and field:
            words = str(AREA_FIELDS[field])
        counts[words] += 1
    return counts


def _told_together(facts: YearFacts, row: str, uid: str, known: set[Piece]) -> bool:
    columns = TOGETHER[row]
    for area in facts.plan.areas:
        for one in area.activities:
            if any(part.uid == uid for part in getattr(one, columns[0])):
                return any(("plans.activity", one.uid, name) in known for name in columns)
    return False


def left_out(out: Writer, facts: YearFacts) -> None:
    """Names what the document leaves out; nothing when it tells everything."""
    counts = missing(facts, out.passages)
    if not counts:
        return
    source = Source("plans.plan", facts.plan.uid, "chapters")
    out.heading(1, _("Det som inte är med här"), key="left-out", source=source)
    words = _("Planen innehåller mer än det som formen har kapitel för. Detta finns i planen men inte i dokumentet.")
    out.paragraph(words, key="left-out/text", source=source)
    rows = [
        (cell(kind, header=True, source=source), figure_cell(grouped(number), source=source))
        for kind, number in sorted(counts.items())
    ]
    head = (cell(_("Vad"), header=True), figure_cell(_("Antal")))
    out.table(_("Finns i planen men inte i dokumentet"), head, rows, key="left-out/table", source=source)
