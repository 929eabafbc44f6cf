"""A plan's rows as its facts: one picture that is printed, frozen at adoption, and compared between editions."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from samplan.apps.indicators.charts import MET
from samplan.apps.indicators.queries import PeriodRow, indicators_of, municipalities_of, rows_of, values_in_force
from samplan.apps.orgs.models import County
from samplan.apps.orgs.queries import in_order
from samplan.apps.plans.models import (
    ACTIVITY_TEXTS,
    Activity,
    FocusArea,
    Framework,
    PerspectiveReview,
    Plan,
)
from samplan.apps.plans.queries import activities_of, areas_of, budget_of, goals_with_ties
from samplan.base.files.models import Attachment
from samplan.base.files.queries import files_at
from samplan.domain import planfacts as facts
from samplan.domain.exact import Exact
from samplan.domain.indicators import Quote, quoted
from samplan.domain.shapes import chapters_of


def plan_facts(plan: Plan, say: Callable[[str], str] | None = None) -> facts.PlanFacts:
    """The plan as it stands, in a constant number of queries. Values that its texts quote are read now, by `say` where
    the caller has a `quoter` already."""
    say = say or quoter(plan.county)
    by_area: dict[int, list[facts.ActivityFacts]] = defaultdict(list)
    for activity in activities_of(plan):
        by_area[activity.area_id].append(_activity(activity, say))
    areas = tuple(_area(area, tuple(by_area[area.pk]), say) for area in in_reading_order(areas_of(plan)))
    parts = _parts(plan, say)
    return facts.PlanFacts(
        uid=str(plan.uid),
        county=plan.county,
        county_name=County.objects.get(code=plan.county).short_name,
        owner=plan.owner.name if plan.owner else "",
        title=plan.title,
        subject=plan.subject,
        year=plan.year,
        year_to=plan.year_to,
        edition=plan.edition,
        shape=plan.shape,
        chapters=chapters_of(plan.shape, plan.chapters),
        motto=plan.motto,
        dated_on=_day(plan.dated_on),
        case_number=plan.case_number,
        texts=tuple(
            facts.TextFacts(
                str(text.uid), text.kind, text.title, say(text.text),
                _uid(text.parent), text.party.name if text.party else "",
            )
            for text in plan.texts.select_related("parent", "party")
        ),
        goals=tuple(
            facts.GoalFacts(
                str(goal.uid), _uid(goal.area), goal.horizon, goal.number, say(goal.text),
                tuple(activity.number for activity in goal.activities.all()),
            )
            for goal in plan.goals.select_related("area").prefetch_related("activities")
        ),
        areas=areas,
        budget=_budget(plan),
        frameworks=_frameworks(plan),
        perspectives=_perspectives(plan, say),
        pictures=_pictures(plan),
        indicators=_indicators(plan),
        files=_files(plan, areas, parts),
        **parts,
    )  # fmt: skip


def file_facts(rows: Iterable[Attachment]) -> tuple[facts.FileFacts, ...]:
    """Files that are kept at something, as a document names them."""
    return tuple(
        facts.FileFacts(
            str(row.uid), str(row.about_uid), str(row), row.file.name, row.file.media_type, row.file.size
        )
        for row in rows
    )  # fmt: skip


def _files(plan: Plan, areas: tuple[facts.AreaFacts, ...], parts: dict[str, Any]) -> tuple[facts.FileFacts, ...]:
    """The files of the plan and of everything in it, in reading order; one query."""
    things = [str(plan.uid)]
    for area in areas:
        things += [area.uid, *(one.uid for one in area.activities)]
    things += [row.uid for rows in parts.values() for row in rows]
    kept = files_at(map(UUID, things))
    return tuple(one for uid in things for one in file_facts(kept.get(UUID(uid), ())))


def quoter(county: str) -> Callable[[str], str]:
    """What puts the county's values into a text that quotes them, written in the Swedish way."""
    values = values_in_force(county)

    def lookup(code: str, when: str, party: str) -> str:
        found = values.get(Quote(code, when, party))
        if found is None:
            return ""
        whole, _point, part = str(Exact(found.digits, found.scale)).partition(".")
        return f"{int(whole):,}".replace(",", "\u00a0") + (f",{part}" if part else "")

    return lambda text: quoted(text, lookup) if "{{" in text else text


def _indicators(plan: Plan) -> tuple[facts.IndicatorFacts, ...]:
    """The county's indicators, in its joint plan, for the plan's years and before. What is measured only later belongs
    to a later plan; what nobody has measured yet is shown."""
    if plan.owner is not None or plan.subject:
        return ()
    parties = municipalities_of(plan.county)
    found = []
    for one in indicators_of(plan.county):
        rows = rows_of(one, parties)
        periods = tuple(_period(row) for row in rows if int(row.period[:4]) <= plan.year_to)
        if periods or not rows:
            words = (one.code, one.title, one.definition, one.unit, one.source, one.adds_up)
            found.append(facts.IndicatorFacts(str(one.uid), *words, periods))
    return tuple(found)


def _period(row: PeriodRow) -> facts.PeriodFacts:
    def text(value: Exact | None) -> str:
        return str(Exact(value.digits, value.scale)) if value is not None else ""

    return facts.PeriodFacts(
        row.period, text(row.total.value), row.total.way, text(row.target), MET[row.met], row.made_up
    )


def in_reading_order(areas: Any) -> list[FocusArea]:
    """Areas with the parts of each right after it."""
    inside: dict[int | None, list[FocusArea]] = defaultdict(list)
    for area in areas:
        inside[area.parent_id].append(area)

    def walk(parent: int | None) -> list[FocusArea]:
        return [row for area in inside[parent] for row in (area, *walk(area.pk))]

    return walk(None)


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _uid(row: Any) -> str:
    return str(row.uid) if row is not None else ""


def _about(row: Any) -> str:
    """What a row belongs to, in words."""
    if row.activity is not None:
        return str(row.activity.title)
    return str(row.area.title) if row.area is not None else ""


def _area(area: FocusArea, activities: tuple[facts.ActivityFacts, ...], say: Callable[[str], str]) -> facts.AreaFacts:
    return facts.AreaFacts(
        uid=str(area.uid),
        number=area.number,
        title=area.title,
        short_title=area.short_title,
        text=say(area.text),
        activities=activities,
        parent_uid=_uid(area.parent),
        goal_fulfilment=say(area.goal_fulfilment),
        next_steps=say(area.next_steps),
        project_owner=area.project_owner,
        sections=tuple(section.tag for section in area.sections.all()),
        points=tuple(
            facts.PointFacts(str(point.uid), point.section.number, point.number, point.text)
            for point in area.points.all()
        ),
    )


def _activity(activity: Activity, say: Callable[[str], str]) -> facts.ActivityFacts:
    return facts.ActivityFacts(
        uid=str(activity.uid),
        parent_uid=_uid(activity.parent),
        kind=activity.kind,
        number=activity.number,
        title=activity.title,
        phase=activity.phase,
        texts=tuple(
            facts.TextFacts(str(activity.uid), name, "", say(getattr(activity, name)))
            for name in ACTIVITY_TEXTS
            if getattr(activity, name)
        ),
        municipalities=tuple(party.name for party in in_order(activity.municipalities.all())),
        parties=tuple(facts.PartFacts(str(p.uid), p.name, p.part) for p in activity.parties.all()),
        figures=tuple(
            facts.FigureFacts(str(f.uid), f.label, f.value, f.scale, f.unit, f.made_up)
            for f in activity.figures.all()
        ),
        events=tuple(
            facts.EventFacts(
                str(e.uid), e.on_date.isoformat(), e.precision, say(e.text),
                tuple(party.name for party in in_order(e.present.all())), e.made_up,
            )
            for e in activity.events.all()
        ),
        links=tuple(facts.LinkFacts(str(link.uid), link.title, link.url) for link in activity.links.all()),
        made_up=activity.made_up,
        age_from=activity.age_from,
        age_to=activity.age_to,
        starts_on=_day(activity.starts_on),
        ends_on=_day(activity.ends_on),
        precision=activity.precision,
        sections=tuple(section.tag for section in activity.sections.all()),
        points=tuple(point.text for point in activity.points.all()),
        responsibles=tuple(
            facts.ResponsibleFacts(str(r.uid), r.name, r.function) for r in activity.responsibles.all()
        ),
        steps=tuple(facts.StepFacts(str(s.uid), s.number, say(s.text), s.done) for s in activity.steps.all()),
        milestones=tuple(
            facts.MilestoneFacts(str(m.uid), m.on_date.isoformat(), m.precision, say(m.text), _day(m.reached_on))
            for m in activity.milestones.all()
        ),
        further=tuple(facts.FurtherTextFacts(str(t.uid), t.title, say(t.text)) for t in activity.further_texts.all()),
    )  # fmt: skip


def _budget(plan: Plan) -> tuple[facts.BudgetFacts, ...]:
    return tuple(
        facts.BudgetFacts(
            uid=str(line.uid), area=line.grant.line.section.tag, kind=line.kind, title=line.title, amount=line.amount,
            receiver=line.payee.name if line.payee else line.payee_name, made_up=line.made_up,
            activity=f"{line.activity.number} {line.activity.title}" if line.activity else "",
        )
        for line in budget_of(plan)
    )  # fmt: skip


def _frameworks(plan: Plan) -> tuple[facts.FrameworkFacts, ...]:
    """The frameworks that something in the plan, its directives or the year's needs is tied to, each whole."""
    joint = plan.owner is None and not plan.subject
    goals = goals_with_ties(
        plan.county, plans=Plan.objects.filter(pk=plan.pk), needs_year=plan.year if joint else None, states=("issued",)
    )
    found = []
    for framework in Framework.objects.filter(county=plan.county).prefetch_related(Prefetch("goals", goals)):
        rows = tuple(
            facts.FrameworkGoalFacts(
                str(goal.uid), _uid(goal.parent), goal.number, goal.title, goal.text,
                tuple(str(area.uid) for area in goal.tied_areas),  # type: ignore[attr-defined]
                tuple(str(activity.uid) for activity in goal.tied_activities),  # type: ignore[attr-defined]
                tuple(str(directive.uid) for directive in goal.tied_directives),  # type: ignore[attr-defined]
                tuple(str(need.uid) for need in goal.tied_needs),  # type: ignore[attr-defined]
            )
            for goal in framework.goals.all()
        )  # fmt: skip
        if any(goal.areas or goal.activities or goal.directives or goal.needs for goal in rows):
            found.append(facts.FrameworkFacts(str(framework.uid), framework.title, framework.text, framework.url, rows))
    return tuple(found)


def _perspectives(plan: Plan, say: Callable[[str], str]) -> tuple[facts.PerspectiveFacts, ...]:
    reviews = Prefetch("reviews", PerspectiveReview.objects.select_related("activity"))
    return tuple(
        facts.PerspectiveFacts(
            str(row.uid), row.title, say(row.text),
            tuple(
                facts.ReviewFacts(
                    str(review.uid), review.activity.title if review.activity else "", say(review.reasons_for),
                    say(review.reasons_against), say(review.conclusion),
                )
                for review in row.reviews.all()
            ),
        )
        for row in plan.perspectives.prefetch_related(reviews)
    )  # fmt: skip


def _pictures(plan: Plan) -> tuple[facts.PictureFacts, ...]:
    return tuple(
        facts.PictureFacts(
            uid=str(picture.uid), at_uid=_uid(picture.chapter or picture.activity or picture.area),
            media_type=picture.file.media_type, content=base64.b64encode(bytes(picture.file.content)).decode(),
            alt=picture.alt, caption=picture.caption, place=picture.place,
        )
        for picture in plan.pictures.select_related("chapter", "activity", "area", "file")
    )  # fmt: skip


def _parts(plan: Plan, say: Callable[[str], str]) -> dict[str, Any]:
    """What hangs on the plan, an area or an activity."""
    near = ("area", "activity")
    return {
        "posts": tuple(
            facts.PostFacts(str(row.uid), row.title, say(row.text), _about(row), row.percent, row.employer)
            for row in plan.posts.select_related(*near)
        ),
        "offers": tuple(
            facts.OfferFacts(
                str(row.uid), row.title, say(row.text), _about(row), say(row.audience),
                tuple(
                    facts.UptakeFacts(str(one.uid), one.name, _day(one.on_date), say(one.text))
                    for one in row.uptakes.all()
                ),
            )
            for row in plan.offers.select_related(*near).prefetch_related("uptakes")
        ),
        "assignments": tuple(
            facts.AssignmentFacts(
                str(row.uid), row.title, say(row.text), _about(row), row.body.name if row.body else "", row.assigned_to,
                _day(row.last_day), row.report_to, row.state, say(row.position_taken),
            )
            for row in plan.assignments.select_related("body", *near)
        ),
        "documents": tuple(
            facts.SteeringDocumentFacts(
                str(row.uid), row.title, say(row.text), _about(row), row.kind, row.owner, _day(row.valid_from),
                _day(row.valid_to), row.decided_by, _day(row.next_follow_up), row.case_number, row.url, say(row.spread),
            )
            for row in plan.steeringdocuments.select_related(*near)
        ),
        "happenings": tuple(
            facts.HappeningFacts(
                str(row.uid), row.title, say(row.text), _about(row), _day(row.starts_on), _day(row.ends_on),
                row.precision, row.participants,
            )
            for row in plan.happenings.select_related(*near)
        ),
        "pilots": tuple(
            facts.PilotFacts(
                str(row.uid), row.title, say(row.text), _about(row), row.where, row.evaluated_by, row.state,
                say(row.spread),
            )
            for row in plan.pilots.select_related(*near)
        ),
    }  # fmt: skip
