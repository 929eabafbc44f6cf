"""A demo county's year, from its files, through the operations: as if people had typed it, day by day.

The format of the files is described in README.md beside this file.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from importlib.resources import files
from typing import Any

from django.conf import settings
from django.db import transaction

from samplan import __version__
from samplan.apps.agreements.models import Agreement, Grant
from samplan.apps.agreements.operations.money import (
    Dates,
    How,
    NewLine,
    NewSection,
    compute_grants,
    create_agreement,
    decide_grant,
    draft_allocation,
    freeze_allocation,
)
from samplan.apps.bodies.models import Body, Decision, DecisionPoint
from samplan.apps.bodies.operations import Point, add_body, add_mandate, add_seat, record_decision
from samplan.apps.directives.models import Directive
from samplan.apps.directives.operations import TEXTS, Wording, draft_directive, issue_directive
from samplan.apps.orgs.models import Organisation, Party
from samplan.apps.orgs.operations import add_organisation, add_person, assign_role
from samplan.apps.plans.models import ACTIVITY_TEXTS, Activity, BudgetLine, FocusArea, Framework, Plan
from samplan.apps.plans.operations.activities import (
    EventValue,
    FigureValue,
    When,
    add_activity,
    add_to_activity,
    change_activity,
    place_activity,
    remove_detail,
    set_times,
    write_figure,
)
from samplan.apps.plans.operations.budget import Line, decide_budget, pay_for
from samplan.apps.plans.operations.plans import add_area, change_plan, write_plan_text
from samplan.apps.plans.operations.turning import GoesOnAs, carry_over, start_next_plan
from samplan.apps.plans.queries import details_of
from samplan.apps.questionnaires.operations import create_form
from samplan.apps.yearreports.models import ReportVersion
from samplan.apps.yearreports.operations import approve_report, open_report, publish_report, write_synthesis
from samplan.base.accounts.models import Account
from samplan.base.accounts.operations import create_account
from samplan.base.kernel.models import Installation
from samplan.config.demo.document import hand_in_document
from samplan.config.demo.indicators import write_indicators
from samplan.config.demo.letters import send_reminders, write_letters
from samplan.config.demo.money import write_money
from samplan.config.demo.needs import write_needs
from samplan.config.demo.plans import PlanBuilder, moment_of, put_pictures
from samplan.config.demo.reports import hand_over, question_from, write_effort, write_last_year, write_reports
from samplan.config.setup import load_codes
from samplan.domain.access import Actor, Assignment, Role, command_line
from samplan.domain.allocation import Rounding
from samplan.domain.allocation_keys import Equal, FlatPopulation, Key, Levy, Part, Population, Split, Steps
from samplan.domain.deadlines import SWEDEN
from samplan.domain.exact import parse_exact
from samplan.edges.reports.compile import compile_report, freeze

Say = Callable[[str], None]

# Plans beside Gävleborg's joint year 2024: of other counties, and of the same.
OTHER_COUNTIES = ("norrbotten-2021", "stockholm-2023")
SAME_COUNTY = ("gavleborg-2024-region",)
GROUPS = {"municipalities": "municipality", "region": "region"}
SIGN_INS = (
    (Role.ADMINISTRATOR, "Administratör", "administrator"),
    (Role.COORDINATOR, "Samordnare", "samordnare"),
    (Role.CONTROLLER, "Controller", "controller"),
    (Role.SECRETARY, "Sekreterare", "sekreterare"),
    (Role.BODY_MEMBER, "Ledamot", "ledamot"),
    (Role.PUBLISHER, "Webbredaktör", "webbredaktor"),
    (Role.READER, "Läsare", "lasare"),
)


def at(day: date, hour: int = 10) -> datetime:
    """A moment of a Swedish day."""
    return datetime.combine(day, time(hour), tzinfo=SWEDEN)


def password_of(email: str) -> str:
    """A demo account's password: follows from the installation's secret key, so it can be written down again."""
    digest = hmac.new(settings.SECRET_KEY.encode(), email.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest)[:16].decode().lower()


def _unwrapped(data: Any) -> Any:
    """The files' texts without their line breaks inside a paragraph or list item, as people type in a field."""
    if isinstance(data, dict):
        return {name: _unwrapped(value) for name, value in data.items()}
    if isinstance(data, list):
        return [_unwrapped(value) for value in data]
    return re.sub(r"(?<=\S)\n[ ]*(?!\[\^)(?=[^\s\-*0-9#|])", " ", data).strip() if isinstance(data, str) else data


@dataclass(slots=True)
class Year:
    """What has been built so far, by the keys that the files use."""

    folder: str
    county: str = ""
    boss: Actor = field(default_factory=command_line)
    controller: Actor = field(default_factory=command_line)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    areas: dict[str, FocusArea] = field(default_factory=dict)
    activities: dict[str, Activity] = field(default_factory=dict)
    lines: dict[str, BudgetLine] = field(default_factory=dict)
    directives: dict[int, Directive] = field(default_factory=dict)
    reporters: dict[str, Actor] = field(default_factory=dict)
    approvers: dict[str, Actor] = field(default_factory=dict)
    economists: dict[str, Actor] = field(default_factory=dict)
    frameworks: dict[str, Framework] = field(default_factory=dict)

    def into(self, folder: str) -> Year:
        """The same county, from another folder."""
        return replace(self, folder=folder)

    def file(self, name: str) -> bytes:
        """A file of the folder, as it is."""
        return files("samplan.config.demo").joinpath(self.folder, name).read_bytes()

    def read(self, name: str) -> dict[str, Any]:
        """One of the year's files."""
        text = files("samplan.config.demo").joinpath(self.folder, f"{name}.toml").read_text(encoding="utf-8")
        read: dict[str, Any] = _unwrapped(tomllib.loads(text))
        return read

    def point(self, decision: str, number: int) -> DecisionPoint:
        return self.decisions[decision].points.get(number=number)

    def organisation(self, key: str) -> Organisation:
        """By official code or by the key in county.toml."""
        return self.parties[key].organisation if key in self.parties else self.organisations[key]


@transaction.atomic
def build(*, now: datetime, say: Say) -> None:
    """All five plans in one transaction: everything is there, or nothing is."""
    year = Year("gavleborg-2024")
    Installation.objects.create(pk=1, kind="demo", created_at=now, version=__version__)
    say("codes")
    load_codes(by=year.boss, at=at(date(2021, 1, 4)))
    say("plans")
    for other in map(Year, OTHER_COUNTIES):
        _open_county(other)
        _account(other, Role.COORDINATOR, "Samordnare", f"samordnare.{other.county}")
        _account(other, Role.READER, "Läsare", f"lasare.{other.county}")
        _agreement(other)
        _plan_of_folder(other)
    say("county")
    _open_county(year)
    _cooperation(year, at(date(2024, 1, 9)))
    _accounts(year)
    say("money")
    agreement = _agreement(year)
    before = _plan_of_folder(year.into("gavleborg-2023"))
    plan = _plan(year, before)
    _budget(year, plan, agreement)
    write_indicators(
        year.read("indicators")["indicators"], by=year.boss, at=at(date(2025, 1, 20)), county=year.county,
        parties=year.parties,
    )  # fmt: skip
    say("directives")
    _directives(year)
    say("reports")
    write_reports(year, year.read("reports"))
    write_last_year(year, before, year.read("reports")["last_year"])
    for effort in year.read("activities").get("efforts", []):
        write_effort(year, plan, effort)
    send_reminders({directive.last_day for directive in year.directives.values()})
    say("money used")
    write_money(year, plan.year)
    say("report")
    _report(year, plan)
    for folder in SAME_COUNTY:
        _plan_of_folder(year.into(folder))
    write_needs(year, by=year.boss, at=at(date(2025, 2, 3)), year=plan.year + 1)
    say("document")
    hand_in_document(year, at(date(2025, 2, 10)))


def _plan_of_folder(year: Year) -> Plan:
    """A plan that was adopted as it is: its county's cooperation, the plan, and the decision."""
    data = year.read("plan")
    moment = moment_of(data)
    _cooperation(year, moment)
    made = PlanBuilder(year, data, moment)
    plan = made.build()
    made.adopt()
    return plan


def _open_county(year: Year) -> None:
    year.county = year.read("county")["county"]["code"]
    year.boss = command_line(year.county, name="Samplans demo")
    year.parties = {p.code: p for p in Party.objects.filter(county=year.county).select_related("organisation")}


def _cooperation(year: Year, started: datetime) -> None:
    """The folder's organisations, bodies, mandates, seats and decisions."""
    data = year.read("county")
    for row in data.get("organisations", ()):
        year.organisations[row["key"]] = add_organisation(
            by=year.boss, at=started, county=year.county, name=row["name"], kind=row["kind"]
        )
    there = set(year.bodies)
    for row in data.get("bodies", ()):
        year.bodies[row["key"]] = add_body(
            by=year.boss, at=started, county=year.county, name=row["name"], kind=row["kind"],
            remit=row.get("remit", "").strip(), parent=year.bodies.get(row.get("parent", "")),
            mandates=[
                (kind, mandate["from"], mandate.get("to"))
                for mandate in data["mandates"]
                if mandate["body"] == row["key"]
                for kind in mandate["decides"]
            ],
        )  # fmt: skip
    for mandate in data.get("mandates", ()):
        if mandate["body"] in there:
            for kind in mandate["decides"]:
                add_mandate(
                    by=year.boss, at=started, body=year.bodies[mandate["body"]], kind=kind,
                    valid_from=mandate["from"], valid_to=mandate.get("to"),
                )  # fmt: skip
    for row in data.get("seats", ()):
        for key in row["organisations"]:
            person = None
            if row.get("person"):
                made_up = row.get("made_up", False)
                person = add_person(by=year.boss, at=started, county=year.county, name=row["person"], made_up=made_up)
            add_seat(
                by=year.boss, at=started, body=year.bodies[row["body"]], function=row["function"], person=person,
                organisation=year.organisation(key), valid_from=row.get("from"),
            )  # fmt: skip
    for row in data["decisions"]:
        points = [Point(p["kind"], p["text"], p["outcome"], p.get("amount"), p.get("note", "")) for p in row["points"]]
        year.decisions[row["key"]] = record_decision(
            by=year.boss, at=at(row["date"], 16), body=year.bodies[row["body"]], decided_on=row["date"],
            title=row["title"], case_number=row.get("case_number", ""), points=points,
            made_up=row.get("made_up", False),
        )  # fmt: skip


def _account(year: Year, role: Role, name: str, local: str, party: Party | None = None) -> Actor:
    started = at(date(2024, 1, 10))
    email = f"{local}@samplan.example"
    account = create_account(by=year.boss, at=started, email=email, name=name, password=password_of(email))
    organisation = party.organisation if party else None
    assign_role(
        by=year.boss, at=started, account=account, role=role, county=year.county, organisation=organisation,
        valid_from=date(2024, 1, 10),
    )  # fmt: skip
    held = Assignment(role, year.county, organisation.pk if organisation else None)
    return Actor("account", name, account.pk, (held,))


def _accounts(year: Year) -> None:
    made = {role: _account(year, role, name, local) for role, name, local in SIGN_INS}
    year.controller = made[Role.CONTROLLER]
    for code, party in sorted(year.parties.items()):
        year.reporters[code] = _account(
            year, Role.PARTY_REPORTER, f"Rapportör {party.name}", f"rapportor.{code}", party
        )
        if party.role == "municipality":
            local = f"ekonom.{code}"
            year.economists[code] = _account(year, Role.PARTY_CONTROLLER, f"Ekonom {party.name}", local, party)
        year.approvers[code] = _account(year, Role.PARTY_APPROVER, f"Chef {party.name}", f"chef.{code}", party)


def _key(data: dict[str, Any]) -> Key:
    match data["key"]:
        case "population":
            return Population()
        case "equal":
            return Equal()
        case "flat_population":
            return FlatPopulation(data["flat"])
        case "steps":
            return Steps(tuple((limit, amount) for limit, amount in data["table"]))
        case "split":
            parts = []
            for group in data["groups"]:
                inner = _key(group)
                if isinstance(inner, Split | Levy):
                    raise ValueError("a split inside a split")
                percent = parse_exact(str(group["percent"]), field="percent")
                parts.append(Part(GROUPS[group["group"]], inner, percent=percent))
            return Split(tuple(parts))
    raise ValueError(data["key"])


def _agreement(year: Year) -> Agreement:
    """The folder's national agreement, and what it gives the county; decided amounts where the file has them."""
    data = year.read("agreement")
    row = data["agreement"]
    entered = at(date(row["year"], 1, 8))
    rounding = Rounding(data.get("allocation", {}).get("rounding", "nearest"))
    agreement = create_agreement(
        by=year.boss, at=entered, year=row["year"], title=row["title"], parties=", ".join(row["parties"]),
        state=row["status"], sections=[_section(section, rounding) for section in data["sections"]],
        signed_on=row.get("signed_on"),
        dates=Dates(row.get("request_by"), row.get("use_by"), row.get("report_by"), row.get("repay_by")),
    )  # fmt: skip
    if "allocation" not in data:
        return agreement
    compute_grants(
        by=year.boss, at=entered, county=year.county, agreement=agreement, state="decided",
        population_on=data["allocation"]["population_date"],
    )  # fmt: skip
    for section in data["sections"]:
        for line in section.get("lines", ()):
            if "decided" in line:
                grant = Grant.objects.get(
                    county=year.county, line__section__agreement=agreement, line__section__tag=section["tag"],
                    line__level=line["level"], superseded_by=None,
                )  # fmt: skip
                decide_grant(
                    by=year.boss, at=entered, grant=grant, amount=line["decided"],
                    reason=line.get("difference_reason", ""),
                )  # fmt: skip
    return agreement


def _section(section: dict[str, Any], rounding: Rounding) -> NewSection:
    lines = section.get("lines", ())
    return NewSection(
        number=str(section["number"]),
        tag=section["tag"],
        title=section["title"],
        lines=tuple(
            NewLine(
                line["level"], line["amount_national"], _key(line["key"]), line.get("title", ""), rounding,
                line.get("made_up", False),
            )
            for line in lines
        ),
        points=(*section.get("points", ()), *(point for line in lines for point in line.get("points", ()))),
    )  # fmt: skip


def _plan(year: Year, before: Plan) -> Plan:
    """The plan of 2024: it starts from the one of 2023, and every activity of that year is accounted for."""
    data = year.read("activities")
    moment = at(date(2024, 2, 12))
    starts: date = data["plan"]["period"]["from"]
    plan = start_next_plan(
        by=year.boss, at=moment, plan=before, year=starts.year, title=data["plan"]["title"], areas=False,
        texts=False, rows=False,
    )  # fmt: skip
    change_plan(by=year.boss, at=moment, plan=plan, shape="directive", motto="")
    rows = {s.tag: s for s in Agreement.objects.get(year=plan.year).sections.all()}
    for row in data["texts"]:
        write_plan_text(by=year.boss, at=moment, plan=plan, kind=row["key"], title=row["title"], text=row["text"])
    for row in data["areas"]:
        year.areas[row["key"]] = add_area(
            by=year.boss, at=moment, plan=plan, number=row["number"], title=row["title"], text=row["text"],
            sections=[rows[row["section"]]],
        )  # fmt: skip
    old = {activity.number: activity for activity in before.activities.all()}
    turns = {number: turn for turn in year.read("turn")["turns"] for number in turn.get("after", ())}
    for row in data["activities"]:
        _activity(year, row, plan, turns.get(row["number"]), old)
    for turn in year.read("turn")["turns"]:
        for number in turn["before"] if not turn.get("after") else ():
            carry_over(
                by=year.boss, at=moment, plan=plan, outcome=turn["outcome"], before=[old[number]], note=turn["note"]
            )
    put_pictures(year, plan, data, moment, {}, {})
    return plan


def _activity(
    year: Year, row: dict[str, Any], plan: Plan, turn: dict[str, Any] | None, old: dict[str, Activity]
) -> None:
    """One that went on is carried over and then written on; one that is new is added."""
    if turn is not None:
        moment = at(date(2024, 2, 13))
        to = GoesOnAs(year.areas[row["area"]], row["number"], row["title"], row.get("phase", ""), row["kind"])
        (activity,) = carry_over(
            by=year.boss, at=moment, plan=plan, outcome=turn["outcome"], before=[old[one] for one in turn["before"]],
            after=[to], note=turn.get("note", ""),
        )  # fmt: skip
        year.activities[row["number"]] = activity
        _write_on(year, activity, row, moment)
        return
    texts = {name: row[name] for name in ACTIVITY_TEXTS if isinstance(row.get(name), str)}
    year.activities[row["number"]] = add_activity(
        by=year.boss,
        at=at(date(2024, 2, 13)),
        area=year.areas[row["area"]],
        number=row["number"],
        title=row["title"],
        kind=row["kind"],
        parent=year.activities.get(row.get("parent", "")),
        phase=row.get("phase", ""),
        texts=texts,
        municipalities=[year.parties[code] for code in row.get("where", ())],
        **_details(year, row),
        made_up=row.get("made_up", False),
    )  # fmt: skip


def _write_on(year: Year, activity: Activity, row: dict[str, Any], moment: datetime) -> None:
    """The new year's words, places and figures of an activity that was carried over."""
    who: dict[str, Any] = {"by": year.boss, "at": moment, "activity": activity}
    for detail in details_of(activity):
        remove_detail(**who, detail=detail)
    texts = {name: row[name] if isinstance(row.get(name), str) else "" for name in ACTIVITY_TEXTS}
    change_activity(by=year.boss, at=moment, activity=activity, **texts)
    set_times(**who, when=When(), ages=(None, None))
    place_activity(**who, municipalities=[year.parties[code] for code in row.get("where", ())])
    details = _details(year, row)
    figures = details.pop("figures")
    add_to_activity(**who, **details)
    for figure in figures:
        write_figure(**who, figure=figure)


def _details(year: Year, row: dict[str, Any]) -> dict[str, Any]:
    parties = []
    for part in row.get("parties", ()):
        party = year.parties.get(part["party"])
        parties.append((party, party.name if party else year.organisations[part["party"]].name, part["role"]))
    return {
        "parties": parties,
        "figures": [
            FigureValue(
                f["code"], f["label"], f["value"], 0, f.get("unit", ""), f.get("made_up", row.get("made_up", False))
            )
            for f in row.get("figures", ())
        ],
        "events": [
            EventValue(
                e["date"], e["text"], tuple(year.parties[code] for code in e["present"]), e.get("precision", "day"),
                e.get("present_made_up", False),
            )
            for e in row.get("events", ())
        ],
        "links": [(link["title"], link["url"]) for link in row.get("links", ())],
    }  # fmt: skip


def _receivers(year: Year, to: str) -> list[Party]:
    roles = {"municipality", "region"} if "region" in to else {"municipality"}
    return [party for code, party in sorted(year.parties.items()) if party.role in roles]


def _budget(year: Year, plan: Plan, agreement: Agreement) -> None:
    data = year.read("budget")
    on = year.read("agreement")["allocation"]["population_date"]
    decided = year.decisions[data["decision"]].decided_on
    moment = at(decided, 17)
    lines: dict[str, Line] = {}
    for section in data["sections"]:
        grant = Grant.objects.get(
            county=year.county, line__section__agreement=agreement, line__section__tag=section["tag"],
            line__level="joint", superseded_by=None,
        )  # fmt: skip
        left = grant.amount
        for row in section["lines"]:
            amount = left if row.get("rest") else row["amount"]
            left -= amount
            allocation = None
            if how := row.get("allocation"):
                allocation = draft_allocation(
                    by=year.boss, at=moment, county=year.county, year=plan.year, title=row["title"],
                    how=How(amount, _key(how), Rounding(how["rounding"]), on),
                    parties=_receivers(year, how["to"]), made_up=data["made_up"],
                )  # fmt: skip
                point = year.point(data["decision"], data["point"])
                allocation = freeze_allocation(by=year.boss, at=moment, allocation=allocation, decision_point=point)
            payee = year.organisation(row["payee"]) if row.get("payee") else None
            lines[row["key"]] = Line(
                grant, row["kind"], row["title"], amount, row.get("percent"), payee, "", allocation, data["made_up"]
            )
    made = decide_budget(
        by=year.boss, at=moment, plan=plan, decision_point=year.point(data["decision"], data["point"]),
        lines=lines.values(),
    )  # fmt: skip
    year.lines = dict(zip(lines, made, strict=True))
    paid: dict[str, list[BudgetLine]] = {}
    for section in data["sections"]:
        for row in section["lines"]:
            if "activity" in row:
                paid.setdefault(row["activity"], []).append(year.lines[row["key"]])
    for number, rows in paid.items():
        pay_for(by=year.boss, at=moment, activity=year.activities[number], lines=rows)


def _directives(year: Year) -> None:
    from_budget = {
        row["directive"]: row["key"]
        for s in year.read("budget")["sections"]
        for row in s["lines"]
        if "directive" in row
    }
    for row in year.read("directives")["directives"]:
        area = year.areas[row["area"]]
        moment = at(year.decisions[row["decision"]].decided_on, 18)
        wording = Wording(
            title=row["title"], last_day=row["last_day"],
            **{name: row.get(name, "") for name in TEXTS},
        )  # fmt: skip
        form = create_form(
            by=year.boss, at=moment, county=year.county, year=area.plan.year, title=row["title"],
            questions=[question_from(question) for question in row["questions"]],
        )  # fmt: skip
        draft = draft_directive(
            by=year.boss, at=moment, area=area, number=row["number"], wording=wording, form=form,
            budget_line=year.lines[from_budget[row["number"]]], needs_approval=row.get("needs_approval", False),
        )  # fmt: skip
        issued = issue_directive(
            by=year.boss, at=moment, directive=draft, decision_point=year.point(row["decision"], row["point"])
        )
        year.directives[row["number"]] = issued
        shares = issued.shares.select_related("request").order_by("pk")
        write_letters(year.boss, [share.request for share in shares], issued=moment)


def _report(year: Year, plan: Plan) -> ReportVersion:
    written = at(date(2025, 2, 3))
    report = open_report(
        by=year.boss, at=written, plan=plan, title=f"Årsrapport {plan.year}",
    )  # fmt: skip
    for row in year.read("synthesis")["syntheses"]:
        write_synthesis(
            by=year.boss, at=written, report=report, directive=year.directives[row["directive"]], text=row["text"],
            version=0,
        )  # fmt: skip
    decision = next(d for d in year.decisions.values() if d.points.filter(kind="report").exists())
    moment = at(decision.decided_on, 16)
    compiled = freeze(report, compile_report(report, at=moment, preview=False))
    version = approve_report(
        by=year.boss, at=moment, report=report, decision_point=decision.points.get(kind="report"), compiled=compiled
    )
    hand_over(year, version)
    return publish_report(by=year.boss, at=at(date(2025, 2, 20)), version=version)


def sign_ins() -> list[dict[str, str]]:
    """Every demo account with what it needs to sign in; those of Gävleborg, where the whole year is, first."""
    accounts = Account.objects.prefetch_related("role_assignments__organisation").order_by("pk")
    found = [
        {
            "role": held.role, "county": held.county,
            "organisation": held.organisation.name if held.organisation else "",
            "email": account.email, "password": password_of(account.email),
        }
        for account in accounts
        for held in account.role_assignments.all()
    ]  # fmt: skip
    return sorted(found, key=lambda one: one["county"] not in {"21", ""})
