"""The plan's areas, told in the five ways that counties tell them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samplan.apps.plans.labels import ACTIVITY_FIELDS
from samplan.domain.document import Cell, Inline, Source, Text, plain, text_of
from samplan.domain.planfacts import ActivityFacts, AreaFacts, FileFacts, PlanFacts
from samplan.domain.yearfacts import YearFacts
from samplan.edges.reports.chapters.activities import activity, effort, step_rows
from samplan.edges.reports.chapters.directives import directive
from samplan.edges.reports.chapters.parts import (
    Writer,
    cell,
    day,
    file_words,
    files,
    inline_of,
    month,
    pictures,
    when_words,
)

EFFORT_WORDS = {"goal": gettext_lazy("Mål med insatsen"), "result": gettext_lazy("Resultat")}
Opening = Callable[[Writer, YearFacts, AreaFacts, str, int], None]


def key_of(plan: PlanFacts, area: AreaFacts) -> str:
    """An area is known by its number among its like, so that an edit outlives a new title."""
    parent = next((one for one in plan.areas if one.uid == area.parent_uid), None)
    return f"area-{area.number}" if parent is None else f"{key_of(plan, parent)}-{area.number}"


def depth_of(plan: PlanFacts, area: AreaFacts) -> int:
    """0 for an area, 1 for a part of one, and so on."""
    parent = next((one for one in plan.areas if one.uid == area.parent_uid), None)
    return 0 if parent is None else depth_of(plan, parent) + 1


def _head(out: Writer, facts: YearFacts, area: AreaFacts, *, level: int, title: str = "") -> str:
    """An area's heading, text and pictures; returns its key."""
    key = key_of(facts.plan, area)
    source = Source("plans.focusarea", area.uid, "title")
    out.heading(level, title or area.title, key=key, source=source, numbered=True)
    out.text(area.text, key=f"{key}/text", source=Source("plans.focusarea", area.uid, "text"))
    if area.project_owner:
        words = (Text(_("Projektägare: "), bold=True), Text(area.project_owner))
        out.paragraph(words, key=f"{key}/owner", source=Source("plans.focusarea", area.uid, "project_owner"))
    pictures(out, facts.plan, area.uid)
    files(out, facts.plan.files, area.uid, key=key)
    return key


def _parted(area: AreaFacts) -> tuple[list[ActivityFacts], list[ActivityFacts], list[ActivityFacts]]:
    """An area's activities, its partnerships, and those that are parts of another."""
    uids = {one.uid for one in area.activities}
    inside = [one for one in area.activities if one.parent_uid in uids]
    tops = [one for one in area.activities if one.parent_uid not in uids]
    partners = [one for one in tops if one.kind == "partnership"]
    return [one for one in tops if one.kind != "partnership"], partners, inside


def _children(
    out: Writer, plan: PlanFacts, parent: ActivityFacts, inside: Sequence[ActivityFacts], *, level: int
) -> None:
    """What an activity consists of, and what that consists of in turn. Headings go no deeper than the fifth level."""
    for child in inside:
        if child.parent_uid == parent.uid:
            activity(out, plan, child, level=level, numbered=False)
            _children(out, plan, child, inside, level=min(level + 1, 5))


def by_directive(out: Writer, facts: YearFacts) -> None:
    """P1: area, its directives with their results, its other activities, its partnerships."""
    for area in facts.plan.areas:
        depth = depth_of(facts.plan, area)
        title = area.title if depth else _("Prioriterat område: %(area)s") % {"area": area.title}
        key = _head(out, facts, area, level=1 + depth, title=title)
        directives = [one for one in facts.directives if one.area_uid == area.uid]
        for one in directives:
            directive(out, key, one, level=2 + depth)
        others, partners, inside = _parted(area)
        efforts = [one for one in facts.efforts if one.area_uid == area.uid]
        if not (others or partners or efforts):
            continue
        if facts.plan.owner:
            heading = _("Övriga insatser") if directives else _("Insatser")
        else:
            heading = _("Övriga länsgemensamma insatser") if directives else _("Länsgemensamma insatser")
        row = Source("plans.focusarea", area.uid)
        out.heading(2 + depth, heading, key=f"{key}/activities", source=row, numbered=True)
        for other in others:
            activity(out, facts.plan, other, level=3 + depth)
            _children(out, facts.plan, other, inside, level=4 + depth)
        for told in efforts:
            effort(out, told, level=3 + depth)
        _partners(out, facts, key, area, partners, inside, level=3 + depth)


def _partners(
    out: Writer, facts: YearFacts, key: str, area: AreaFacts, partners: Sequence[ActivityFacts],
    inside: Sequence[ActivityFacts], *, level: int,
) -> None:  # fmt: skip
    if not partners:
        return
    row = Source("plans.focusarea", area.uid)
    out.heading(level, _("Idéburna offentliga partnerskap"), key=f"{key}/partnerships", source=row, numbered=True)
    for one in partners:
        activity(out, facts.plan, one, level=level + 1, numbered=False)
        _children(out, facts.plan, one, inside, level=min(level + 2, 5))


def by_effort(out: Writer, facts: YearFacts) -> None:
    """P2: area, the agreement's points, the efforts that were reported, each with description, goal and result."""
    for area in facts.plan.areas:
        depth = depth_of(facts.plan, area)
        key = _head(out, facts, area, level=1 + depth)
        _points(out, key, area, level=2 + depth)
        efforts = [one for one in facts.efforts if one.area_uid == area.uid]
        if area.activities or efforts:
            row = Source("plans.focusarea", area.uid)
            out.heading(2 + depth, _("Redovisade insatser"), key=f"{key}/activities", source=row, numbered=True)
        others, partners, inside = _parted(area)
        for one in (*others, *partners):
            activity(out, facts.plan, one, level=3 + depth, words=EFFORT_WORDS)
            _children(out, facts.plan, one, inside, level=4 + depth)
        for told in efforts:
            effort(out, told, level=3 + depth)


def _points(out: Writer, key: str, area: AreaFacts, *, level: int) -> None:
    """The agreement's points that an area is tied to."""
    if not area.points:
        return
    row = Source("plans.focusarea", area.uid, "points")
    out.heading(level, _("Vad överenskommelsen vill"), key=f"{key}/points", source=row, numbered=True)
    rows: list[tuple[Inline, Source | None]] = [
        ((Text(point.text),), Source("agreements.sectionpoint", point.uid, "text")) for point in area.points
    ]
    out.items(rows, key=f"{key}/points/list", source=row)


def by_fulfilment(out: Writer, facts: YearFacts) -> None:
    """P3: area, its text, how far its goals were met, what is planned, and what is done in it."""
    if not facts.plan.areas:
        return
    row = Source("plans.plan", facts.plan.uid, "areas")
    out.heading(1, _("Det gemensamma arbetet"), key="areas", source=row, numbered=True)
    for area in facts.plan.areas:
        depth = depth_of(facts.plan, area)
        key = _head(out, facts, area, level=2 + depth)
        for field, title, text in (
            ("goal_fulfilment", _("Måluppfyllelse"), area.goal_fulfilment),
            ("next_steps", _("Planering"), area.next_steps),
        ):
            if text:
                source = Source("plans.focusarea", area.uid, field)
                out.heading(3 + depth, title, key=f"{key}/{field}/heading", source=source, numbered=True)
                out.text(text, key=f"{key}/{field}", source=source)
        efforts = [one for one in facts.efforts if one.area_uid == area.uid]
        if area.activities or efforts:
            row = Source("plans.focusarea", area.uid)
            out.heading(3 + depth, _("Insatser"), key=f"{key}/activities", source=row, numbered=True)
        others, partners, inside = _parted(area)
        for one in (*others, *partners):
            activity(out, facts.plan, one, level=4 + depth, numbered=False)
            _children(out, facts.plan, one, inside, level=min(5 + depth, 5))
        for told in efforts:
            effort(out, told, level=4 + depth)


def by_goal(out: Writer, facts: YearFacts) -> None:
    """P5: area and its parts; in each the situation, what the agreement wants, long-term goals, short-term goals, and
    numbered activities."""
    for area in facts.plan.areas:
        depth = depth_of(facts.plan, area)
        key = _head(out, facts, area, level=1 + depth)
        _points(out, key, area, level=2 + depth)
        _goals(out, facts, area, key, level=2 + depth)
        others, partners, inside = _parted(area)
        for place, one in enumerate((*others, *partners), start=1):
            title = _("Aktivitet %(number)s: %(title)s") % {"number": place, "title": one.title}
            activity(out, facts.plan, one, level=2 + depth, title=title, numbered=False)
            _children(out, facts.plan, one, inside, level=3 + depth)
        for told in (one for one in facts.efforts if one.area_uid == area.uid):
            effort(out, told, level=2 + depth)


IN_FIRST = ("description", "method", "target_group", "places", "funding")


def _goals(out: Writer, facts: YearFacts, area: AreaFacts, key: str, *, level: int) -> None:
    """An area's goals, those on a long view before those on a short one."""
    for horizon, title in (("long", _("Långsiktiga mål")), ("short", _("Kortsiktiga mål"))):
        goals = [goal for goal in facts.plan.goals if goal.area_uid == area.uid and goal.horizon == horizon]
        if not goals:
            continue
        row = Source("plans.focusarea", area.uid, "goals")
        out.heading(level, title, key=f"{key}/{horizon}", source=row, numbered=True)
        rows: list[tuple[Inline, Source | None]] = []
        for goal in goals:
            tied = _(" (insats %(numbers)s)") % {"numbers": ", ".join(goal.activities)} if goal.activities else ""
            rows.append(((Text(goal.text), Text(tied, italic=True)), Source("plans.goal", goal.uid, "text")))
        out.items(rows, key=f"{key}/{horizon}/list", source=row)


NOTHING = "\u2013"
COLUMNS = ("baseline", "goal", "indicators", "timeline", "responsible")


def as_matrix(out: Writer, facts: YearFacts) -> None:
    """P4: the areas' texts, then a table for each area with a row for each activity, over all the plan's years."""
    plan = facts.plan
    if not plan.areas:
        return
    row = Source("plans.plan", plan.uid, "areas")
    told = [area for area in plan.areas if _says(plan, area)]
    if told:
        out.heading(1, _("Områden för utveckling"), key="areas", source=row, numbered=True)
    for area in told:
        depth = depth_of(plan, area)
        key = _head(out, facts, area, level=2 + depth)
        _goals(out, facts, area, key, level=3 + depth)
    begun = [int(one.starts_on[:4]) for area in plan.areas for one in area.activities if one.starts_on]
    first = min([plan.year, *begun])
    years = str(first) if first == plan.year_to else f"{first}\u2013{plan.year_to}"
    title = _("Aktivitetsplan %(years)s") % {"years": years}
    out.heading(1, title, key="matrix", source=Source("plans.plan", plan.uid, "activities"), numbered=True)
    words = (_("Aktivitet"), _("Nuläge"), _("Mål"), _("Indikatorer"), _("Tidsplan"), _("Ansvar"))
    made = {area.uid: [_matrix_row(one, plan.files) for one in area.activities] for area in plan.areas}
    # A column that says nothing in any row is left out, so that the others get its room.
    said = [[text_of(one.content) for one in row] for rows in made.values() for row in rows]
    kept = [n for n in range(len(words)) if any(row[n] != NOTHING for row in said)]
    head = [cell(words[n], header=True) for n in kept]
    for area in plan.areas:
        key = key_of(plan, area)
        source = Source("plans.focusarea", area.uid, "activities")
        level = 2 + depth_of(plan, area)
        out.heading(level, area.title, key=f"{key}/matrix/heading", source=source, numbered=True)
        if area.activities:
            rows = [[cells[n] for n in kept] for cells in made[area.uid]]
            out.table(area.title, head, rows, key=f"{key}/matrix", source=source, landscape=True)
        elif not any(one.parent_uid == area.uid for one in plan.areas):
            out.paragraph(_("Området har inga egna aktiviteter."), key=f"{key}/matrix/none", source=source)


def _says(plan: PlanFacts, area: AreaFacts) -> bool:
    """Whether there is more to tell about an area than its activities."""
    held = {one.at_uid for one in plan.files} | {one.at_uid for one in plan.pictures if one.place == "text"}
    held |= {goal.area_uid for goal in plan.goals}
    if area.text.strip() or area.project_owner or area.uid in held:
        return True
    return any(_says(plan, one) for one in plan.areas if one.parent_uid == area.uid)


def _matrix_row(facts: ActivityFacts, kept: Iterable[FileFacts]) -> list[Cell]:
    first = _first_cell(facts, kept)
    texts = {name: facts.text(name) for name in COLUMNS}
    if not texts["timeline"]:
        texts["timeline"] = when_words(facts.starts_on, facts.ends_on, facts.precision)
    if not texts["responsible"]:
        texts["responsible"] = ", ".join(one.name for one in facts.responsibles)
    cells = [_said(texts[name], Source("plans.activity", facts.uid, name)) for name in COLUMNS]
    if facts.milestones:
        at = COLUMNS.index("timeline")
        lines = tuple(
            Text(f"\n\u2022 {day(one.on_date) if one.precision == 'day' else month(one.on_date)}: {one.text}")
            for one in facts.milestones
        )
        told = tuple(Source("plans.activitymilestone", one.uid, "text") for one in facts.milestones)
        cells[at] = replace(cells[at], content=(*cells[at].content, *lines), more=told)
    if facts.parties:
        names = _("Deltar: %(names)s") % {"names": ", ".join(part.name for part in facts.parties)}
        content = (*inline_of(texts["responsible"]), *((Text("\n"),) if texts["responsible"] else ()), Text(names))
        cells[-1] = replace(cells[-1], content=content, more=(Source("plans.activity", facts.uid, "parties"),))
    return [first, *cells]


def _first_cell(facts: ActivityFacts, kept: Iterable[FileFacts]) -> Cell:
    """The activity itself: its title, steps, and what else says what it is and for whom."""
    more: list[Source] = []
    told: list[Text] = [Text(facts.title, bold=True)]
    for runs, _source in step_rows(facts):
        told += [Text("\n\u2022 "), *runs]
    if facts.steps:
        more.append(Source("plans.activity", facts.uid, "steps"))
    for name in IN_FIRST:
        if text := facts.text(name):
            label = () if name == "description" else (Text(f"{ACTIVITY_FIELDS[name]}: ", italic=True),)
            told += [Text("\n"), *label, *inline_of(text)]
            more.append(Source("plans.activity", facts.uid, name))
    for one in kept:
        if one.at_uid == facts.uid:
            told += [Text("\n"), *file_words(one)]
            more.append(Source(one.ROW, one.uid, "name"))
    return Cell(tuple(told), header=True, source=Source("plans.activity", facts.uid, "title"), more=tuple(more))


def _said(text: str, source: Source) -> Cell:
    return Cell(inline_of(text) or plain(NOTHING), source=source)


def outside(out: Writer, facts: YearFacts) -> None:
    """What parties told about outside every area."""
    told = [one for one in facts.efforts if not one.area_uid]
    if not told:
        return
    source = Source("yearreports.yearreport", facts.report_uid, "efforts")
    out.heading(1, _("Insatser utanför områdena"), key="efforts", source=source, numbered=True)
    for one in told:
        effort(out, one, level=2)
