"""What changed between two pictures of a plan, in words for a page: area by area, counted, of one kind or of all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.apps.plans.facts import plan_facts
from samplan.apps.plans.labels import (
    ACTIVITY_FIELDS,
    ASSIGNMENT_STATES,
    CHAPTERS,
    DOCUMENT_KINDS,
    HORIZONS,
    KINDS,
    LINE_KINDS,
    PARTS,
    PHASES,
    PICTURE_PLACES,
    PILOT_STATES,
    PRECISIONS,
    ROW_FIELDS,
    ROW_TABLES,
    SHAPES,
    TEXT_KINDS,
)
from samplan.apps.plans.models import Continuation, Plan
from samplan.base.ui.templatetags.samplan import day, kronor
from samplan.domain.comparing import Difference, Row, compare, marked
from samplan.domain.facts import from_data, thaw
from samplan.domain.planfacts import PlanFacts

FIELDS = {**ROW_FIELDS, **ACTIVITY_FIELDS}
CODES: dict[str, Mapping[str, Any]] = {
    "plans.activity.phase": PHASES, "plans.activity.kind": KINDS, "plans.goal.horizon": HORIZONS,
    "plans.budgetline.kind": LINE_KINDS, "plans.steeringdocument.kind": DOCUMENT_KINDS,
    "plans.assignment.state": ASSIGNMENT_STATES, "plans.pilot.state": PILOT_STATES, "plans.plan.shape": SHAPES,
    "plans.activityparty.part": PARTS, "plans.plantext.kind": TEXT_KINDS, "precision": PRECISIONS,
    "plans.picture.place": PICTURE_PLACES,
}  # fmt: skip
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MANY = 60
"""An area with more differing rows than this is shown when it is chosen, and counted otherwise."""
FEW = 12
"""So few differences are shown unfolded."""
SHORT = 60


def threads(plan: Plan) -> dict[str, str]:
    """Uid in the plan before → uid in this plan, for activities that went on as one."""
    rows = Continuation.objects.filter(plan=plan, before__isnull=False, after__isnull=False)
    return {str(before): str(after) for before, after in rows.values_list("before__uid", "after__uid")}


class Pictures:
    """The pictures of a plan that can be compared: its adopted editions, itself as it is ("nu") and the plan before
    ("forra"). Each is made when it is asked for."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.versions = list(plan.versions.defer("facts").select_related("decision_point__decision__body"))
        self.names = {str(one.number): _("Upplaga %(n)s") % {"n": one.number} for one in self.versions}
        self.names["nu"] = _("Som den är nu")
        if plan.follows:
            self.names["forra"] = plan.follows.title

    @property
    def first(self) -> str:
        """What one begins with comparing: the year before, else the newest edition."""
        if self.plan.follows:
            return "forra"
        return str(self.versions[-1].number) if self.versions else "nu"

    def of(self, code: str) -> PlanFacts:
        if code == "nu":
            return plan_facts(self.plan)
        if code == "forra" and self.plan.follows:
            return plan_facts(self.plan.follows)
        version = self.plan.versions.get(number=int(code))
        return from_data(PlanFacts, thaw(version.facts, version.facts_sha256))


@dataclass(frozen=True, slots=True)
class Field:
    """A field that differs: its name and how it reads before and after, empty for nothing."""

    name: Any
    was: str
    now: str

    @property
    def short(self) -> bool:
        """Whether both fit on a line."""
        return max(len(self.was), len(self.now)) <= SHORT and "\n" not in self.was + self.now

    @property
    def pieces(self) -> dict[str, Any]:
        """Both texts with what differs marked, where they have enough in common for that (`marks`)."""
        before, after = marked(self.was, self.now)
        return {"before": before, "after": after, "marks": any(piece.differs for piece in (*before, *after))}


@dataclass
class Thing:
    """A row that is in both pictures, with the fields that differ."""

    kind: Any
    title: str
    differences: list[Difference]

    @cached_property
    def fields(self) -> list[Field]:
        said = [(FIELDS.get(one.field, one.field), _words(one), one) for one in self.differences]
        return [Field(name, say(one.before), say(one.after)) for name, say, one in said]


@dataclass
class Group:
    """What differs in one area; `uid` empty for the plan as a whole. `shown` is False where the page only counts it."""

    uid: str
    title: str
    new: list[dict[str, Any]] = field(default_factory=list)
    gone: list[dict[str, Any]] = field(default_factory=list)
    changed: list[Thing] = field(default_factory=list)
    shown: bool = True

    def __len__(self) -> int:
        return len(self.new) + len(self.gone) + len(self.changed)

    @property
    def words(self) -> str:
        """The group's counts: "2 nya, 1 borta, 14 ändrade"."""
        said = [
            ngettext("en ny", "%(n)s nya", len(self.new)) % {"n": len(self.new)} if self.new else "",
            ngettext("en borta", "%(n)s borta", len(self.gone)) % {"n": len(self.gone)} if self.gone else "",
            ngettext("en ändrad", "%(n)s ändrade", len(self.changed)) % {"n": len(self.changed)}
            if self.changed else "",
        ]  # fmt: skip
        return ", ".join(words for words in said if words)


@dataclass(frozen=True, slots=True)
class Found:
    """Every area where something differs, and how many rows differ of each kind (also those that are not chosen)."""

    groups: list[Group]
    kinds: list[tuple[str, Any, int]]
    total: int
    few: bool


def differences(
    before: PlanFacts, after: PlanFacts, same: Mapping[str, str], *, kind: str = "", area: str = ""
) -> Found:
    """What differs, area by area in the later picture's order. `kind`: only rows of that table; `area`: the one whose
    rows are shown however many they are."""
    found = compare(before, after, same)
    groups = {"": Group("", _("Planen som helhet"))}
    for one in (*after.areas, *before.areas):
        groups.setdefault(one.uid, Group(one.uid, one.title))
    changed: dict[str, list[Difference]] = {}
    for difference in found.changed:
        changed.setdefault(difference.uid, []).append(difference)
    counts: Counter[str] = Counter(row.kind for row in (*found.new, *found.gone))
    counts.update(rows[0].kind for rows in changed.values())

    def chosen(code: str) -> bool:
        return kind in {"", code}

    for row in found.new:
        if chosen(row.kind):
            groups[row.place].new.append(_row(row))
    for row in found.gone:
        if chosen(row.kind):
            groups[row.place].gone.append(_row(row))
    for rows in changed.values():
        if chosen(rows[0].kind):
            groups[rows[0].place].changed.append(Thing(_kind(rows[0].kind), rows[0].title, rows))
    listed = [group for group in groups.values() if len(group)]
    for group in listed:
        group.shown = len(group) <= MANY or area == (group.uid or "plan")
    kinds = sorted(((code, _kind(code), number) for code, number in counts.items()), key=lambda row: -row[2])
    total = sum(len(group) for group in listed)
    return Found(listed, kinds, total, total <= FEW)


def _kind(code: str) -> Any:
    return ROW_TABLES.get(code, code)


def _row(row: Row) -> dict[str, Any]:
    return {"kind": _kind(row.kind), "title": row.title}


def _words(one: Difference) -> Callable[[str], str]:
    """How the values of a field are read: codes, days, kronor, yes and no in words."""
    codes = CODES.get(f"{one.kind}.{one.field}") or CODES.get(one.field)
    if one.field == "chapters":
        return lambda text: ", ".join(_named(CHAPTERS, text.split(", ")))
    if codes is not None:
        return lambda text: str(codes.get(text, text))
    if one.field == "amount":
        return lambda text: kronor(int(text)) if text else ""
    return _plain


def _named(words: Mapping[str, Any], codes: Iterable[str]) -> list[str]:
    return [str(words.get(code, code)) for code in codes if code]


def _plain(text: str) -> str:
    if text in {"True", "False"}:
        return _("ja") if text == "True" else _("nej")
    return day(date.fromisoformat(text)) if _DATE.fullmatch(text) else text
