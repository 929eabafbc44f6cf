"""A directive from draft to withdrawal, and what becomes of its parties' reports."""

from __future__ import annotations

from datetime import date

import pytest

from samplan.apps.agreements.operations.money import How, draft_allocation, freeze_allocation
from samplan.apps.bodies.operations import Point, record_decision
from samplan.apps.directives.models import Directive, DirectiveShare
from samplan.apps.directives.operations import (
    Wording,
    change_directive,
    draft_directive,
    issue_directive,
    supersede_directive,
    withdraw_directive,
)
from samplan.apps.orgs.models import Party
from samplan.apps.plans.operations.budget import decide_budget
from samplan.apps.questionnaires.models import Answer, Form, ReportRequest
from samplan.apps.questionnaires.operations import Typed, move_request, save_answers
from samplan.apps.questionnaires.queries import questions_of
from samplan.base.audit.models import Event
from samplan.base.mail.models import OutboxMail
from samplan.domain.access import Actor, Assignment, Role
from samplan.domain.allocation_keys import Equal
from samplan.domain.cycle import DIRECTIVE_MOVES, DirectiveStatus, ReportStatus
from samplan.domain.errors import Invalid, Refused
from samplan.domain.questionnaire import Audience, Question, QuestionKind
from tests.small_year import AT, BOSS, LAST_DAY, QUESTIONS, Year, load_places, make_year, person

pytestmark = pytest.mark.django_db
NEW = Wording(title="Kurser i samtal, förlängt", last_day=date(2025, 1, 31))
EXTRA = Question("extra", QuestionKind.TEXT, "Något mer?", Audience.EVERYBODY)


@pytest.fixture
def year() -> Year:
    load_places()
    return make_year()


def writer(request: ReportRequest) -> Actor:
    held = Assignment(Role.PARTY_REPORTER, request.county, request.party.organisation_id)
    return Actor(kind="account", name="Rapportör", assignments=(held,))


def test_issuing_gives_every_party_its_amount_and_asks_for_its_report(year: Year) -> None:
    person(Role.PARTY_REPORTER, "21", "Rut", year.parties[0])
    directive = year.issued(needs_approval=True)
    shares = list(directive.shares.order_by("id"))
    assert sum(share.amount for share in shares) == 100_000
    assert {share.party for share in shares} == set(year.parties)
    assert all(share.request.state == "open" and share.request.needs_approval for share in shares)
    assert Form.objects.get(pk=directive.form_id).frozen_at == AT
    mail = OutboxMail.objects.get()
    assert "Kurser i samtal" in mail.subject


def test_a_directive_without_decided_money_is_not_issued(year: Year) -> None:
    draft = year.draft(number=2)
    with pytest.raises(Refused, match="no_frozen_allocation"):
        issue_directive(by=BOSS, at=AT, directive=draft, decision_point=year.point)
    assert Directive.objects.get(pk=draft.pk).state == "draft"
    assert not ReportRequest.objects.exists()


def test_a_decision_about_something_else_does_not_carry_it(year: Year) -> None:
    budget = year.point.decision.points.get(kind="budget")
    with pytest.raises(Refused, match="decision_does_not_cover"):
        issue_directive(by=BOSS, at=AT, directive=year.draft(), decision_point=budget)
    assert not ReportRequest.objects.exists()


def test_a_superseded_decision_does_not_carry_it(year: Year) -> None:
    old = year.point.decision
    record_decision(
        by=BOSS, at=AT, body=old.body, decided_on=date(2024, 3, 1), title="Nytt", points=[Point("other", "Ny.")],
        supersedes=old,
    )  # fmt: skip
    with pytest.raises(Refused, match="decision_superseded"):
        issue_directive(by=BOSS, at=AT, directive=year.draft(), decision_point=year.point)


def test_the_number_is_taken_once_and_no_form_is_left_behind(year: Year) -> None:
    year.draft()
    forms = Form.objects.count()
    with pytest.raises(Invalid, match="number_taken"):
        draft_directive(by=BOSS, at=AT, area=year.area, number=1, wording=NEW, questions=QUESTIONS)
    assert Form.objects.count() == forms


def test_a_draft_is_changed_in_place_and_what_is_issued_is_not(year: Year) -> None:
    draft = year.draft()
    changed = change_directive(by=BOSS, at=AT, directive=draft, wording=NEW, questions=[*QUESTIONS, EXTRA])
    assert (changed.title, changed.form_id) == (NEW.title, draft.form_id)
    assert questions_of(changed.form)[-1] == EXTRA
    issue_directive(by=BOSS, at=AT, directive=changed, decision_point=year.point)
    with pytest.raises(Refused, match="already_issued"):
        change_directive(by=BOSS, at=AT, directive=changed, wording=NEW)


def test_a_new_version_keeps_requests_answers_and_amounts(year: Year) -> None:
    old = year.issued()
    asked = old.shares.order_by("id")[0].request
    save_answers(by=writer(asked), at=AT, request=asked, answers={"done": Typed("Tre kurser."), "people": Typed("9")})
    new = supersede_directive(
        by=BOSS, at=AT, directive=old, decision_point=year.point, wording=NEW, questions=[*QUESTIONS, EXTRA]
    )
    assert (new.version, new.state, new.supersedes) == (2, "issued", old)
    assert Directive.objects.get(pk=old.pk).state == "superseded"
    before = DirectiveShare.objects.filter(directive=old).values_list("party", "amount", "request")
    after = DirectiveShare.objects.filter(directive=new).values_list("party", "amount", "request")
    assert sorted(before) == sorted(after)
    asked.refresh_from_db()
    assert (asked.state, asked.title, asked.last_day) == ("draft", NEW.title, date(2025, 1, 31))
    assert asked.form == new.form
    assert new.form != old.form
    assert dict(Answer.objects.values_list("code", "value")) == {"done": "Tre kurser.", "people": "9"}
    assert save_answers(by=writer(asked), at=AT, request=asked, answers={"extra": Typed("Ja.")}).whole


def test_a_new_version_carries_the_money_as_it_is_shared_now(year: Year) -> None:
    old = year.issued()
    first, second = year.parties[:2]
    others = Party.objects.filter(county=year.county, role="municipality").exclude(pk__in=[p.pk for p in year.parties])
    added = others[0]
    how = How(year.line.amount, Equal())
    draft = draft_allocation(
        by=BOSS, at=AT, county=year.county, year=2024, title="Kurser", how=how, parties=[first, added],
        supersedes=year.line.allocation,
    )  # fmt: skip
    frozen = freeze_allocation(by=BOSS, at=AT, allocation=draft, decision_point=year.line.decision_point)
    decide_budget(by=BOSS, at=AT, plan=year.plan, decision_point=year.line.decision_point, changes={year.line: frozen})
    new = supersede_directive(by=BOSS, at=AT, directive=old, decision_point=year.point, wording=NEW)
    amounts = dict(DirectiveShare.objects.filter(directive=new).values_list("party__code", "amount"))
    assert (amounts[first.code], amounts[second.code], amounts[added.code]) == (50_000, 0, 50_000)
    assert ReportRequest.objects.get(party=added).state == "open"
    assert DirectiveShare.objects.get(directive=old, party=second).amount == 50_000


def test_a_new_version_with_the_same_questions_keeps_the_form(year: Year) -> None:
    old = year.issued()
    new = supersede_directive(
        by=BOSS, at=AT, directive=old, decision_point=year.point, wording=NEW, questions=QUESTIONS
    )
    assert new.form_id == old.form_id


def test_a_new_version_may_not_lose_an_answered_question(year: Year) -> None:
    old = year.issued()
    asked = old.shares.order_by("id")[0].request
    save_answers(by=writer(asked), at=AT, request=asked, answers={"people": Typed("9")})
    with pytest.raises(Refused) as raised:
        supersede_directive(
            by=BOSS, at=AT, directive=old, decision_point=year.point, wording=NEW, questions=QUESTIONS[:1]
        )
    assert (raised.value.code, raised.value.params) == ("codes_lost", {"codes": ["people"]})
    assert Directive.objects.get().state == "issued"
    assert Form.objects.count() == 1


def test_withdrawing_lets_the_requests_fall_unless_one_is_accepted(year: Year) -> None:
    directive = year.issued()
    asked = directive.shares.order_by("id")[0].request
    move_request(by=writer(asked), at=AT, request=asked, to=ReportStatus.NOTHING, reason="Inget blev av.")
    move_request(by=BOSS, at=AT, request=asked, to=ReportStatus.ACCEPTED)
    with pytest.raises(Refused, match="no_such_move"):
        withdraw_directive(by=BOSS, at=AT, directive=directive, reason="Fel belopp.")
    assert set(ReportRequest.objects.values_list("state", flat=True)) == {"accepted", "open"}
    move_request(by=BOSS, at=AT, request=asked, to=ReportStatus.RETURNED, reason="Vi börjar om.")
    withdraw_directive(by=BOSS, at=AT, directive=directive, reason="Fel belopp.")
    assert set(ReportRequest.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert "Fel belopp." in Event.objects.get(verb="directive_withdrawn").after


@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize("status", list(DirectiveStatus))
def test_every_state_and_role(year: Year, role: Role | None, status: DirectiveStatus) -> None:
    """Issue, supersede and withdraw go exactly where the table and the role allow, and leave no trace elsewhere."""
    draft = year.draft()
    Directive.objects.filter(pk=draft.pk).update(state=status)
    party = year.parties[0].organisation_id
    held = () if role is None else (Assignment(role, "21", party if role.startswith("party") else None),)
    actor = Actor(kind="account", name="Någon", assignments=held)
    moves = {
        DirectiveStatus.ISSUED: lambda d: issue_directive(by=actor, at=AT, directive=d, decision_point=year.point),
        DirectiveStatus.SUPERSEDED: lambda d: supersede_directive(
            by=actor, at=AT, directive=d, decision_point=year.point, wording=NEW
        ),
        DirectiveStatus.WITHDRAWN: lambda d: withdraw_directive(by=actor, at=AT, directive=d, reason="Därför."),
    }
    for to, go in moves.items():
        Directive.objects.filter(plan=year.plan).exclude(pk=draft.pk).update(state="superseded")
        Directive.objects.filter(pk=draft.pk).update(state=status)
        events = Event.objects.count()
        if role is Role.COORDINATOR and to in DIRECTIVE_MOVES[status]:
            go(Directive.objects.get(pk=draft.pk))
            assert Directive.objects.get(pk=draft.pk).state == to
            DirectiveShare.objects.all().delete()
        else:
            with pytest.raises(Refused) as raised:
                go(Directive.objects.get(pk=draft.pk))
            assert raised.value.code in {"forbidden", "no_such_move"}
            assert Directive.objects.get(pk=draft.pk).state == status
            assert Event.objects.count() == events


def test_another_countys_coordinator_does_nothing_here(year: Year) -> None:
    other = Actor(kind="account", name="Granne", assignments=(Assignment(Role.COORDINATOR, "25"),))
    with pytest.raises(Refused, match="forbidden"):
        draft_directive(by=other, at=AT, area=year.area, number=5, wording=NEW, questions=QUESTIONS)
    draft = year.draft()
    for act in (
        lambda: change_directive(by=other, at=AT, directive=draft, wording=NEW),
        lambda: issue_directive(by=other, at=AT, directive=draft, decision_point=year.point),
    ):
        with pytest.raises(Refused, match="forbidden"):
            act()
    assert draft.last_day == LAST_DAY
