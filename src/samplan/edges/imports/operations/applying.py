"""A checked draft becomes a plan: every row in one transaction, through the operations of the rooms that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from samplan.apps.agreements.models import Grant
from samplan.apps.agreements.operations.money import decide_grants
from samplan.apps.agreements.queries import sections_of
from samplan.apps.directives.operations import Wording, draft_directive
from samplan.apps.orgs.models import Organisation
from samplan.apps.plans.models import FocusArea, Plan
from samplan.apps.plans.operations.activities import FigureValue, When, add_activity
from samplan.apps.plans.operations.plans import add_area, add_plan_text, create_plan
from samplan.apps.plans.operations.rows import add_row
from samplan.base.audit.trace import record
from samplan.domain.access import Actor, Permission, may
from samplan.domain.drafts.making import Made, MadeActivity, MadeDirective, made
from samplan.domain.drafts.tree import PLAN, Tree
from samplan.domain.errors import Refused
from samplan.domain.exact import parse_exact
from samplan.edges.imports.models import Draft, DraftContent, DraftRow
from samplan.edges.imports.queries import edits_of, tree_of

LONGEST_LABEL = 200


@dataclass(frozen=True, slots=True)
class How:
    """What a person says when a draft becomes a plan. `loose_goals`: the horizon of goals whose document gives none.
    `last_day`: to report on the directives. `grants`: decided amounts to enter, from the draft's money. `figures`:
    whether what the texts count becomes figures of the activities. `headings` and `unnamed`: words for what has no
    field, and for what has no name, in the reader's language. `seen`: the version of the draft that the person looked
    at."""

    title: str
    year: int
    year_to: int
    shape: str
    last_day: date
    seen: int
    owner: Organisation | None = None
    subject: str = ""
    loose_goals: str = "long"
    figures: bool = False
    grants: Mapping[Grant, int] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    unnamed: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def apply_draft(*, by: Actor, at: datetime, draft: Draft, how: How) -> Plan:
    """Make the plan, or nothing. Every row remembers where in the document it came from.

    Raises Refused("draft_closed") when it has been made already, ("draft_moved_on") when the draft has been changed
    since `how.seen`, ("personal_number_left", number) while a text with a place holds a covered personal identity
    number; else as the operations that make the rows.
    """
    may(by, Permission.MANAGE_PLAN, county=draft.county).demand()
    locked = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if locked.state != "read":
        raise Refused("draft_closed")
    if locked.version != how.seen:
        raise Refused("draft_moved_on")
    tree, _failed = tree_of(DraftContent.objects.get(draft=locked), edits_of(locked))
    sections = {section.tag: section for section in sections_of(how.year)}
    result = made(tree, labels=how.headings, unnamed=how.unnamed, tags=sections)
    if result.blocked:
        raise Refused("personal_number_left", number=len(result.blocked))
    plan = create_plan(
        by=by, at=at, county=locked.county, year=how.year, year_to=how.year_to, title=how.title, owner=how.owner,
        shape=how.shape, subject=how.subject,
    )  # fmt: skip
    _Applying(by, at, locked, tree, plan, sections, how).write(result)
    if how.grants:
        decide_grants(by=by, at=at, amounts=how.grants)
    locked.state, locked.plan, locked.applied_at, locked.applied_by = "applied", plan, at, by.name
    locked.save(update_fields=["state", "plan", "applied_at", "applied_by"])
    record(by=by, at=at, verb="draft_applied", subject=locked, after={"title": plan.title, "version": locked.version})
    record(by=by, at=at, verb="plan_from_document", subject=plan, after={"name": locked.name, "draft": locked})
    return plan


class _Applying:
    """The rows of one plan, each with the place it came from."""

    def __init__(
        self, by: Actor, at: datetime, draft: Draft, tree: Tree, plan: Plan, sections: Mapping[str, Any], how: How
    ) -> None:
        self.who: dict[str, Any] = {"by": by, "at": at}
        self.draft, self.tree, self.plan, self.sections, self.how = draft, tree, plan, sections, how
        self.areas: dict[str, FocusArea] = {}
        self.made: list[DraftRow] = []

    def write(self, result: Made) -> None:
        self._came_from(self.plan, PLAN, self.tree.nodes[PLAN].slots.get("title", ()))
        for text in result.texts:
            row = add_plan_text(**self.who, plan=self.plan, kind=text.kind, title=text.title, text=text.text)
            self._came_from(row, text.node)
        for area in result.areas:
            self.areas[area.node] = add_area(
                **self.who, plan=self.plan, number=area.number, title=area.title, text=area.text,
                parent=self.areas.get(area.parent), goal_fulfilment=area.goal_fulfilment, next_steps=area.next_steps,
                sections=[self.sections[tag] for tag in area.tags],
            )  # fmt: skip
            self._came_from(self.areas[area.node], area.node)
        for goal in result.goals:
            values = {
                "horizon": goal.horizon or self.how.loose_goals, "area": self.areas.get(goal.node), "text": goal.text
            }  # fmt: skip
            row = add_row(**self.who, kind="goal", owner=self.plan, values=values)
            self._came_from(row, goal.node or PLAN, [goal.bit])
        for activity in result.activities:
            self._activity(activity)
        for directive in result.directives:
            self._directive(directive)
        DraftRow.objects.bulk_create(self.made)

    def _activity(self, one: MadeActivity) -> None:
        row = add_activity(
            **self.who, area=self.areas[one.area], number=one.number, title=one.title, kind=one.kind, texts=one.texts,
            links=one.links, sections=[self.sections[tag] for tag in one.tags], when=_when(one),
            figures=_figures(one) if self.how.figures else (),
        )  # fmt: skip
        for step in one.steps:
            add_row(**self.who, kind="step", owner=row, values={"text": step})
        for title, text in one.further:
            add_row(**self.who, kind="text", owner=row, values={"title": title, "text": text})
        self._came_from(row, one.node)

    def _directive(self, one: MadeDirective) -> None:
        wording = Wording(title=one.title, last_day=self.how.last_day, **one.texts)
        row = draft_directive(**self.who, area=self.areas[one.area], number=one.number, wording=wording)
        self._came_from(row, one.node)

    def _came_from(self, row: Any, node: str, bits: Iterable[str] = ()) -> None:
        named = list(bits) or self.tree.nodes[node].bits()
        pages = [page for bit in named if (page := self.tree.bits[bit].page) is not None]
        self.made.append(
            DraftRow(
                county=self.draft.county, draft=self.draft, node=node, kind=row._meta.label_lower, row_uid=row.uid,
                page=min(pages, default=None), page_to=max(pages, default=None),
            )
        )  # fmt: skip


def _when(one: MadeActivity) -> When:
    if one.when is None:
        return When()
    first, last, precision = one.when
    return When(date.fromisoformat(first), date.fromisoformat(last), precision)


def _figures(one: MadeActivity) -> list[FigureValue]:
    """What an activity's texts count: "850 deltagare" is 850, and what is counted "Deltagare"."""
    made_of = []
    for place, (value, unit) in enumerate(one.figures, start=1):
        number = parse_exact(value)
        label = f"{unit[:1].upper()}{unit[1:]}"[:LONGEST_LABEL]
        made_of.append(FigureValue(f"document_{place}", label, number.digits, number.scale))
    return made_of
