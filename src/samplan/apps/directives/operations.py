"""Every write about directives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from samplan.apps.agreements.models import Share
from samplan.apps.bodies.models import DecisionPoint
from samplan.apps.bodies.operations import demand_point
from samplan.apps.directives.models import Directive, DirectiveShare
from samplan.apps.orgs.queries import holders
from samplan.apps.plans.models import BudgetLine, FocusArea, FrameworkGoal
from samplan.apps.plans.queries import line_in_force
from samplan.apps.questionnaires.mails import send_asked
from samplan.apps.questionnaires.models import Form, ReportRequest
from samplan.apps.questionnaires.operations import ask, change_form, create_form, move_request
from samplan.apps.questionnaires.queries import questions_of
from samplan.base.audit.trace import changed, record
from samplan.domain.access import Actor, Permission, Role, may
from samplan.domain.cycle import DIRECTIVE_MOVES, MOVES, DirectiveStatus, ReportStatus, step
from samplan.domain.errors import Invalid, Refused
from samplan.domain.freetext import free_text, one_line
from samplan.domain.questionnaire import Question

TEXTS = ("background", "purpose", "goals", "description", "conditions", "suggested_uses")


@dataclass(frozen=True, slots=True)
class Wording:
    """What a directive says. Texts are restricted Markdown; `last_day` is the last day to report."""

    title: str
    last_day: date
    background: str = ""
    purpose: str = ""
    goals: str = ""
    description: str = ""
    conditions: str = ""
    suggested_uses: str = ""


def _values(wording: Wording) -> dict[str, Any]:
    texts = {name: free_text(getattr(wording, name), field=name) for name in TEXTS}
    return {"title": one_line(wording.title), "last_day": wording.last_day, **texts}


@transaction.atomic
def draft_directive(
    *,
    by: Actor,
    at: datetime,
    area: FocusArea,
    number: int,
    wording: Wording,
    form: Form | None = None,
    questions: Iterable[Question] = (),
    budget_line: BudgetLine | None = None,
    needs_approval: bool = False,
    framework_goals: Iterable[FrameworkGoal] = (),
) -> Directive:
    """A directive that nobody has been sent yet. Its money is the budget line's allocation between the parties.

    It is reported on a `form` there is, or on a new one with `questions`. `framework_goals`: what it is tied to.
    """
    may(by, Permission.MANAGE_DIRECTIVES, county=area.county).demand()
    if form is None:
        form = create_form(
            by=by, at=at, county=area.county, year=area.plan.year, title=wording.title, questions=questions
        )
    goals = list(framework_goals)
    if form.county != area.county or (budget_line and budget_line.plan_id != area.plan_id):
        raise Refused("forbidden")
    _demand_of_county(goals, area.county)
    if Directive.objects.filter(plan=area.plan, number=number).exists():
        raise Invalid("number_taken", field="number")
    directive = Directive.objects.create(
        county=area.county, plan=area.plan, area=area, number=number, form=form, budget_line=budget_line,
        needs_approval=needs_approval, **_values(wording),
    )  # fmt: skip
    directive.framework_goals.set(goals)
    record(by=by, at=at, verb="directive_drafted", subject=directive, after={"title": directive.title})
    return directive


def _demand_of_county(goals: Iterable[FrameworkGoal], county: str) -> None:
    if any(goal.county != county for goal in goals):
        raise Refused("forbidden")


@transaction.atomic
def tie_directive(*, by: Actor, at: datetime, directive: Directive, framework_goals: Iterable[FrameworkGoal]) -> None:
    """Tie a directive to goals of frameworks, and no others. It says where it belongs, not what the parties are to do,
    so it may be done at any time without a new version."""
    may(by, Permission.MANAGE_DIRECTIVES, county=directive.county).demand()
    chosen = list(framework_goals)
    _demand_of_county(chosen, directive.county)
    there = list(directive.framework_goals.all())
    if {goal.pk for goal in there} != {goal.pk for goal in chosen}:
        directive.framework_goals.set(chosen)
        before = {"framework_goals": [str(goal) for goal in there]}
        after = {"framework_goals": [str(goal) for goal in chosen]}
        record(by=by, at=at, verb="directive_tied", subject=directive, before=before, after=after)


@transaction.atomic
def change_directive(
    *,
    by: Actor,
    at: datetime,
    directive: Directive,
    wording: Wording,
    questions: Iterable[Question] | None = None,
    budget_line: BudgetLine | None = None,
    needs_approval: bool | None = None,
) -> Directive:
    """Change a draft; what is None stays. What has been issued is changed by a new version (`supersede_directive`).

    A form that another directive has sent is left as it is and gets a successor with the questions.
    """
    may(by, Permission.MANAGE_DIRECTIVES, county=directive.county).demand()
    locked = Directive.objects.select_for_update(of=("self",)).select_related("form").get(pk=directive.pk)
    if locked.state != DirectiveStatus.DRAFT:
        raise Refused("already_issued")
    if budget_line is not None and budget_line.plan_id != locked.plan_id:
        raise Refused("forbidden")
    values = _values(wording)
    if questions is not None:
        values["form"] = _form_with(by, at, locked, wording.title, list(questions))
    if budget_line is not None:
        values["budget_line"] = budget_line
    if needs_approval is not None:
        values["needs_approval"] = needs_approval
    before, after = changed(locked, values)
    if after:
        Directive.objects.filter(pk=locked.pk).update(**after)
        record(by=by, at=at, verb="directive_changed", subject=locked, before=before, after=after)
    return Directive.objects.get(pk=locked.pk)


def _form_with(by: Actor, at: datetime, directive: Directive, title: str, questions: list[Question]) -> Form:
    """The directive's form when it asks just this; else the same form changed, or a new one where it has been sent."""
    form = directive.form
    if tuple(questions) == questions_of(form):
        return form
    shared = Directive.objects.filter(form=form).exclude(pk=directive.pk).exists()
    if form.frozen_at is not None or shared:
        return create_form(by=by, at=at, county=form.county, year=directive.plan.year, title=title, questions=questions)
    change_form(by=by, at=at, form=form, questions=questions)
    return form


@transaction.atomic
def issue_directive(*, by: Actor, at: datetime, directive: Directive, decision_point: DecisionPoint) -> Directive:
    """Send a directive to its parties by decision: each gets its share and is asked for its report, in one breath.

    The parties and amounts are those of the budget line's frozen allocation; a party with no krona gets no directive.
    Raises Refused("no_frozen_allocation") when there is none, Refused("no_questions") when nothing is asked.
    """
    locked = (
        Directive.objects.select_for_update(of=("self",))
        .select_related("budget_line__allocation", "form")
        .get(pk=directive.pk)
    )
    step(DIRECTIVE_MOVES, by, DirectiveStatus(locked.state), DirectiveStatus.ISSUED, county=locked.county).demand()
    demand_point(decision_point, county=locked.county, kind="directive")
    line = line_in_force(locked.budget_line) if locked.budget_line else None
    if line is None or line.allocation is None or line.allocation.state != "frozen":
        raise Refused("no_frozen_allocation")
    _demand_questions(locked.form)
    locked.state, locked.decision_point, locked.issued_at = DirectiveStatus.ISSUED.value, decision_point, at
    locked.budget_line = line
    locked.save(update_fields=["state", "decision_point", "issued_at", "budget_line"])
    granted = Share.objects.filter(allocation=line.allocation, amount__gt=0).select_related("party")
    made = [_ask(by, at, locked, share, made_up=line.made_up) for share in granted]
    after = {"decision_point": decision_point, "parties": [request.party.name for request in made]}
    record(by=by, at=at, verb="directive_issued", subject=locked, after=after)
    return locked


def _ask(by: Actor, at: datetime, directive: Directive, share: Share, *, made_up: bool) -> ReportRequest:
    """Give a party its part of a directive, ask for its report and write to those who write it."""
    request = ask(
        by=by, at=at, plan=directive.plan, area=directive.area, kind="directive", title=directive.title,
        party=share.party, form=directive.form, last_day=directive.last_day, needs_approval=directive.needs_approval,
        made_up=made_up,
    )  # fmt: skip
    _share(directive, share.party_id, share.amount, made_up, request)
    organisation = share.party.organisation_id
    send_asked(request, holders(directive.county, Role.PARTY_REPORTER, at=at, organisation_id=organisation), at=at)
    return request


def _share(directive: Directive, party_id: int, amount: int, made_up: bool, request: ReportRequest) -> None:
    DirectiveShare.objects.create(
        county=directive.county, directive=directive, party_id=party_id, amount=amount, made_up=made_up, request=request
    )


@transaction.atomic
def supersede_directive(
    *,
    by: Actor,
    at: datetime,
    directive: Directive,
    decision_point: DecisionPoint,
    wording: Wording,
    form: Form | None = None,
    questions: Iterable[Question] | None = None,
) -> Directive:
    """Change an issued directive in mid-year: a new version takes its place; every request with its answers follows,
    and so do the goals it is tied to.

    Where a decision has shared its money otherwise the amounts follow: a party that is new is asked, one that gets
    nothing more keeps its request with 0 kronor. Other questions come as a `form` there is or as `questions`, and must
    keep the codes that have been answered.
    Raises Refused("codes_lost", codes).
    """
    old = Directive.objects.select_for_update().get(pk=directive.pk)
    step(DIRECTIVE_MOVES, by, DirectiveStatus(old.state), DirectiveStatus.SUPERSEDED, county=old.county).demand()
    demand_point(decision_point, county=old.county, kind="directive")
    shares = list(old.shares.select_related("request"))
    if form is None and questions is not None:
        form = _form_with(by, at, old, wording.title, list(questions))
    if form is not None:
        _demand_questions(form)
        _demand_codes_kept(form, [share.request for share in shares])
    line = line_in_force(old.budget_line) if old.budget_line else None
    granted = _granted(old, line)
    Directive.objects.filter(pk=old.pk).update(state=DirectiveStatus.SUPERSEDED.value)
    new = Directive.objects.create(
        county=old.county, plan=old.plan, area=old.area, number=old.number, version=old.version + 1,
        form=form or old.form, budget_line=line, decision_point=decision_point, supersedes=old,
        needs_approval=old.needs_approval, state=DirectiveStatus.ISSUED.value, issued_at=at, **_values(wording),
    )  # fmt: skip
    new.framework_goals.set(old.framework_goals.all())
    for share in shares:
        amount = share.amount if granted is None else granted[share.party_id].amount if share.party_id in granted else 0
        _share(new, share.party_id, amount, share.made_up, share.request)
        ReportRequest.objects.filter(pk=share.request_id).update(form=new.form, last_day=new.last_day, title=new.title)
    asked = {share.party_id for share in shares}
    for added in (granted or {}).values():
        if added.party_id not in asked and added.amount:
            _ask(by, at, new, added, made_up=bool(line and line.made_up))
    type(new.form).objects.filter(pk=new.form_id, frozen_at=None).update(frozen_at=at)
    before, after = changed(old, {"title": new.title, "last_day": new.last_day, "version": new.version})
    record(by=by, at=at, verb="directive_superseded", subject=new, before=before, after=after)
    return new


def _granted(directive: Directive, line: BudgetLine | None) -> dict[int, Share] | None:
    """Party id → its share, where the money has been shared otherwise since the directive was issued; else None."""
    if line is None or line.allocation is None or line.pk == directive.budget_line_id:
        return None
    return {share.party_id: share for share in Share.objects.filter(allocation=line.allocation).select_related("party")}


def _demand_questions(form: Form) -> None:
    if not form.questions.exists():
        raise Refused("no_questions")


def _demand_codes_kept(form: Form, requests: list[ReportRequest]) -> None:
    kept = set(form.questions.values_list("code", flat=True))
    answered: set[str] = set()
    for request in requests:
        answered |= set(request.answers.exclude(value="").values_list("code", flat=True))
    if lost := sorted(answered - kept):
        raise Refused("codes_lost", codes=lost)


@transaction.atomic
def withdraw_directive(*, by: Actor, at: datetime, directive: Directive, reason: str) -> None:
    """Take back a directive; its requests fall away. An accepted one stands in the way: Refused("no_such_move")."""
    locked = Directive.objects.select_for_update().get(pk=directive.pk)
    step(DIRECTIVE_MOVES, by, DirectiveStatus(locked.state), DirectiveStatus.WITHDRAWN, county=locked.county).demand()
    reason = free_text(reason, field="reason")
    if not reason:
        raise Invalid("required", field="reason")
    for share in locked.shares.select_related("request__party"):
        if ReportStatus.WITHDRAWN in MOVES[ReportStatus(share.request.state)] or share.request.state == "accepted":
            move_request(by=by, at=at, request=share.request, to=ReportStatus.WITHDRAWN)
    before = {"state": locked.state}
    Directive.objects.filter(pk=locked.pk).update(state=DirectiveStatus.WITHDRAWN.value)
    after = {"state": "withdrawn", "reason": reason}
    record(by=by, at=at, verb="directive_withdrawn", subject=locked, before=before, after=after)
