"""A plan of the demo from its folder, through the operations. README.md beside this file describes `plan.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from samplan.apps.agreements.models import Agreement, AgreementSection, SectionPoint
from samplan.apps.indicators.operations import add_indicator, enter_value, set_target
from samplan.apps.needs.operations import add_need
from samplan.apps.orgs.models import Organisation, Party
from samplan.apps.plans.facts import plan_facts
from samplan.apps.plans.models import (
    ACTIVITY_TEXTS,
    Activity,
    FocusArea,
    FrameworkGoal,
    Plan,
    PlanText,
)
from samplan.apps.plans.operations.activities import EventValue, FigureValue, When, add_activity
from samplan.apps.plans.operations.pictures import add_picture
from samplan.apps.plans.operations.plans import add_area, add_plan_text, adopt_plan, create_plan
from samplan.apps.plans.operations.rows import ROWS, add_framework, add_row
from samplan.domain.deadlines import SWEDEN
from samplan.domain.exact import parse_exact
from samplan.domain.facts import frozen, to_data

if TYPE_CHECKING:
    from samplan.config.demo.build import Year

# Tables of plan.toml whose rows hang on the plan: the kind of row, and columns that the file calls otherwise.
LISTS = {
    "posts": ("post", {}),
    "offers": ("offer", {}),
    "assignments": ("assignment", {"to": "assigned_to", "position": "position_taken"}),
    "documents": ("document", {}),
    "happenings": ("happening", {"from": "starts_on", "to": "ends_on"}),
    "pilots": ("pilot", {}),
}


class PlanBuilder:
    """One plan, built part by part; keys of the file lead to the rows that have been made."""

    def __init__(self, year: Year, data: dict[str, Any], moment: datetime) -> None:
        self.year, self.data, self.moment = year, data, moment
        self.who: dict[str, Any] = {"by": year.boss, "at": moment}
        row = data["plan"]
        self.agreement = Agreement.objects.filter(year=row["year"]).first()
        self.texts: dict[str, PlanText] = {}
        self.areas: dict[str, FocusArea] = {}
        self.activities: dict[str, Activity] = {}
        self.frameworks: dict[str, FrameworkGoal] = {}
        self.plan = create_plan(
            **self.who, county=year.county, year=row["year"], title=row["title"], owner=self._owner(row["owner"]),
            year_to=row.get("year_to"), shape=row["shape"], subject=row.get("subject", ""),
            motto=row.get("motto", ""), dated_on=row.get("dated_on"), case_number=row.get("case_number", ""),
        )  # fmt: skip

    def _owner(self, owner: str) -> Organisation | None:
        if owner == "joint":
            return None
        code = self.year.county if owner == "region" else owner
        return self.year.organisation(code)

    def _sections(self, tags: list[str]) -> list[AgreementSection]:
        return [AgreementSection.objects.get(agreement=self.agreement, tag=tag) for tag in tags]

    def _points(self, rows: list[dict[str, Any]]) -> list[SectionPoint]:
        return [
            SectionPoint.objects.get(
                section__agreement=self.agreement, section__tag=row["section"], number=row["number"]
            )
            for row in rows
        ]

    def _goals(self, keys: list[str]) -> list[FrameworkGoal]:
        return [self.frameworks[key] for key in keys]

    def _party(self, key: str) -> tuple[Party | None, str]:
        party = self.year.parties.get(key)
        if party is not None:
            return party, party.name
        known = self.year.organisations.get(key)
        return None, known.name if known else key

    def build(self) -> Plan:
        """Everything in the file."""
        for row in self.data.get("texts", ()):
            party = self.year.parties[row["party"]] if row.get("party") else None
            self.texts[row["key"]] = add_plan_text(
                **self.who, plan=self.plan, kind=row["kind"], title=row["title"], text=row.get("text", ""),
                parent=self.texts.get(row.get("parent", "")), party=party,
            )  # fmt: skip
        for row in self.data.get("frameworks", ()):
            self._framework(row)
        for row in self.data.get("areas", ()):
            self._area(row)
        for row in self.data.get("activities", ()):
            self._activity(row)
        for row in self.data.get("goals", ()):
            self._add("goal", row, area=self.areas.get(row.get("area", "")),
                      activities=[self.activities[number] for number in row.get("activities", ())])  # fmt: skip
        for table, (kind, names) in LISTS.items():
            for row in self.data.get(table, ()):
                self._listed(kind, {names.get(name, name): value for name, value in row.items()})
        for row in self.data.get("needs", ()):
            add_need(
                **self.who, county=self.year.county, year=self.plan.year, title=row["title"], text=row.get("text", ""),
                state=row.get("state", "planned"), area=self.areas.get(row.get("area", "")),
                origin=row.get("origin", ""), framework_goals=self._goals(row.get("frameworks", [])),
            )  # fmt: skip
        for row in self.data.get("indicators", ()):
            self._indicator(row)
        self._perspectives()
        put_pictures(self.year, self.plan, self.data, self.moment, self.texts, self.areas)
        return self.plan

    def adopt(self) -> None:
        """The body that the file names has decided the plan."""
        row = self.data["plan"]
        point = self.year.point(row["decision"], row.get("point", 1))
        decided = datetime.combine(point.decision.decided_on, time(16), tzinfo=SWEDEN)
        facts = frozen(to_data(plan_facts(self.plan)))
        adopt_plan(by=self.year.boss, at=decided, plan=self.plan, decision_point=point, facts=facts)

    def _add(self, kind: str, row: dict[str, Any], owner: Any = None, **more: Any) -> Any:
        """A row of a kind, with the columns that the file gives."""
        values = {name: row[name] for name in ROWS[kind].fields if name in row}
        if isinstance(values.get("number"), str) and values["number"].isdecimal() and kind != "framework_goal":
            values["number"] = int(values["number"])
        return add_row(**self.who, kind=kind, owner=owner or self.plan, values=values | more)

    def _framework(self, row: dict[str, Any]) -> None:
        framework = self.year.frameworks.get(row["title"]) or add_framework(
            **self.who, county=self.year.county, title=row["title"], text=row.get("text", ""), url=row.get("url", "")
        )
        made = row["title"] in self.year.frameworks
        self.year.frameworks[row["title"]] = framework
        for goal in row["goals"]:
            if made:
                self.frameworks[goal["key"]] = framework.goals.get(title=goal["title"])
                continue
            parent = self.frameworks.get(goal.get("parent", ""))
            plain = {name: value for name, value in goal.items() if name not in {"key", "parent"}}
            self.frameworks[goal["key"]] = self._add("framework_goal", plain, framework, parent=parent)

    def _area(self, row: dict[str, Any]) -> None:
        _party, owner = self._party(row["project_owner"]) if row.get("project_owner") else (None, "")
        self.areas[row["key"]] = add_area(
            **self.who, plan=self.plan, number=row["number"], title=row["title"], text=row.get("text", ""),
            short_title=row.get("short_title", ""), parent=self.areas.get(row.get("parent", "")),
            goal_fulfilment=row.get("goal_fulfilment", ""), next_steps=row.get("next_steps", ""), project_owner=owner,
            sections=self._sections(row.get("sections", [])), points=self._points(row.get("points", [])),
            framework_goals=self._goals(row.get("frameworks", [])),
        )  # fmt: skip

    def _activity(self, row: dict[str, Any]) -> None:
        made_up = row.get("made_up", False)
        activity = add_activity(
            **self.who,
            area=self.areas[row["area"]],
            number=row["number"],
            title=row["title"],
            kind=row.get("kind", "activity"),
            parent=self.activities.get(row.get("parent", "")),
            phase=row.get("phase", ""),
            texts={name: row[name] for name in ACTIVITY_TEXTS if row.get(name)},
            municipalities=[self.year.parties[code] for code in row.get("where", ())],
            parties=[(*self._party(part["party"]), part["role"]) for part in row.get("parties", ())],
            figures=[
                FigureValue(
                    f["code"], f["label"], parse_exact(str(f["value"])).digits, parse_exact(str(f["value"])).scale,
                    f.get("unit", ""), f.get("made_up", made_up),
                )
                for f in row.get("figures", ())
            ],
            events=[EventValue(e["date"], e["text"], (), e.get("precision", "day")) for e in row.get("events", ())],
            links=[(link["title"], link["url"]) for link in row.get("links", ())],
            when=When(row.get("from"), row.get("to"), row.get("precision", "")),
            ages=(row.get("age_from"), row.get("age_to")),
            sections=self._sections(row.get("tags", [])),
            points=self._points(row.get("points", [])),
            framework_goals=self._goals(row.get("frameworks", [])),
            made_up=made_up,
        )  # fmt: skip
        self.activities[row["number"]] = activity
        for one in row.get("responsibles", ()):
            self._add("responsible", one, activity)
        for text in row.get("steps", ()):
            self._add("step", {"text": text}, activity)
        for one in row.get("milestones", ()):
            self._add("milestone", {"on_date": one["date"], **one}, activity)
        for one in row.get("texts", ()):
            self._add("text", one, activity)

    def _listed(self, kind: str, row: dict[str, Any]) -> None:
        more: dict[str, Any] = {
            "area": self.areas.get(row.pop("area", "")), "activity": self.activities.get(row.pop("activity", ""))
        }  # fmt: skip
        if kind == "assignment":
            more["body"] = self.year.bodies.get(row.pop("body", ""))
        for name in ("employer", "owner"):
            if row.get(name):
                row[name] = self._party(row[name])[1]
        if kind == "pilot":
            row.setdefault("title", more["activity"].title if more["activity"] else "")
            told = [
                f"{one['where']}: {one['text']}" if one.get("text") else one["where"] for one in row.pop("spreads", ())
            ]
            row["spread"] = "\n".join(f"- {words}" for words in told)
        if row.get("precision") and not row.get("starts_on"):
            row.pop("precision")
        made = self._add(kind, row, **more)
        for one in row.get("uptakes", ()):
            party, name = self._party(one["party"]) if one.get("party") else (None, one["name"])
            self._add("uptake", {"on_date": one.get("on"), "text": one.get("text", "")}, made, party=party, name=name)

    def _indicator(self, row: dict[str, Any]) -> None:
        made = add_indicator(
            **self.who, county=self.year.county, code=row["code"], title=row["title"], unit=row.get("unit", ""),
            definition=row.get("definition", ""), direction=row.get("direction", "up"),
            adds_up=row.get("adds_up", True), source=row.get("source", ""),
        )  # fmt: skip
        for one in row.get("targets", ()):
            set_target(**self.who, indicator=made, when=one["period"], value=parse_exact(one["value"]))
        for one in row.get("values", ()):
            party, _name = self._party(one["party"]) if one.get("party") else (None, "")
            enter_value(
                **self.who, indicator=made, when=one["period"], value=parse_exact(one["value"]), party=party,
                sex=one.get("sex") or "all", made_up=one.get("made_up", False),
            )  # fmt: skip

    def _perspectives(self) -> None:
        made = {row["key"]: self._add("perspective", {"text": row.get("question", ""), **row})
                for row in self.data.get("perspectives", ())}  # fmt: skip
        for row in self.data.get("reviews", ()):
            self._add("review", {name: row.get(name, "") for name in ("reasons_for", "reasons_against", "conclusion")},
                      made[row["perspective"]], activity=self.activities.get(row.get("activity", "")))  # fmt: skip


def put_pictures(
    year: Year,
    plan: Plan,
    data: dict[str, Any],
    moment: datetime,
    texts: Mapping[str, PlanText],
    areas: Mapping[str, FocusArea],
) -> None:
    """The pictures that a file lists, in the text and on the cover."""
    for row in data.get("pictures", ()):
        add_picture(
            by=year.boss, at=moment, plan=plan, name=row["file"], content=year.file(row["file"]), alt=row["alt"],
            caption=row.get("caption", ""), place=row.get("place", "text"), chapter=texts.get(row.get("text", "")),
            area=areas.get(row.get("area", "")),
        )  # fmt: skip


def moment_of(data: dict[str, Any]) -> datetime:
    """When a plan was typed in: at the turn of its year."""
    return datetime.combine(date(data["plan"]["year"], 1, 15), time(10), tzinfo=SWEDEN)
