"""What became of the money, through the database: paid, used, carried on, repaid, certified, and by whom."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from samplan.apps.agreements.operations.money import decide_grant
from samplan.apps.agreements.requisitions import asked_of
from samplan.apps.bodies.models import DecisionPoint
from samplan.apps.plans.models import BudgetLine
from samplan.apps.plans.operations.budget import decide_budget
from samplan.apps.questionnaires.operations import move_request
from samplan.apps.spending.models import EconomicReport, Payment, Use
from samplan.apps.spending.operations import (
    About,
    certify,
    pay,
    pay_out_all,
    remove_payment,
    repay,
    tell_use,
)
from samplan.apps.spending.queries import economic_facts, frozen_facts, money_of
from samplan.base.audit.models import Event
from samplan.domain.access import ORGANISATION_ROLES, Role
from samplan.domain.cycle import ReportStatus
from samplan.domain.errors import DomainError, Invalid, Refused
from samplan.domain.money import Difference
from tests.small_year import AT, BOSS, make_year
from tests.spending_year import CONTROLLER, COORDINATOR, ON, SpendingYear, held

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> SpendingYear:
    return SpendingYear()


def used(year: SpendingYear, costs: dict[str, int], *, by: Any = CONTROLLER, party: Any = None, **more: Any) -> Use:
    party = party or year.hofors
    use = year.receiver(party).use
    about = About(line=year.line, party=party)
    return tell_use(by=by, at=AT, about=about, costs=costs, version=use.version if use else 0, **more)


def whole(year: SpendingYear, level: str, costs: dict[str, int], *, by: Any, **more: Any) -> Use:
    money = year.of(level)
    use = money.lines[0].receivers[0].use
    about = About(grant=money.asked.grant, recipient=money.asked.recipient)
    return tell_use(by=by, at=AT, about=about, costs=costs, version=use.version if use else 0, **more)


def test_every_grant_is_there_and_adds_up(year: SpendingYear) -> None:
    found = money_of("21", 2024)
    assert [one.facts.level for one in found[:2]] == ["joint", "region"]
    assert len(found) == 12
    for one in found:
        one.facts.prove()
    joint = found[0].facts
    assert [line.title for line in joint.lines] == ["Kurser"]
    assert [(one.name, one.amount, one.own) for one in joint.lines[0].receivers] == [
        ("Gävle", 50_000, False), ("Hofors", 50_000, False),
    ]  # fmt: skip
    assert joint.at_the_end() == (Difference("untold", 100_000),)
    assert [line.kind for line in found[1].facts.lines] == ["whole"]
    assert found[1].facts.lines[0].receivers[0].own


def test_paid_out_and_back(year: SpendingYear) -> None:
    pay(by=CONTROLLER, at=AT, line=year.line, party=year.hofors, amount=50_000, on=ON)
    used(year, {"salaries": 30_000})
    assert year.receiver().facts.to_return == 20_000
    with pytest.raises(Invalid, match="more_than_paid"):
        pay(by=CONTROLLER, at=AT, line=year.line, party=year.hofors, kind="back", amount=50_001, on=ON)
    back = pay(by=COORDINATOR, at=AT, line=year.line, party=year.hofors, kind="back", amount=20_000, on=ON, to="Länet")
    facts = year.receiver().facts
    assert (facts.paid, facts.returned, facts.to_return, facts.unpaid) == (50_000, 20_000, 0, 0)
    assert back.to == "Länet"
    remove_payment(by=CONTROLLER, at=AT, payment=back)
    assert year.receiver().facts.to_return == 20_000
    event = Event.objects.order_by("-id")[0]
    assert event.verb == "payment_removed"
    assert "Länet" in event.before


def test_all_are_paid_what_they_have_not_been_paid(year: SpendingYear) -> None:
    pay(by=CONTROLLER, at=AT, line=year.line, party=year.hofors, amount=20_000, on=ON)
    made = pay_out_all(by=CONTROLLER, at=AT, line=year.line, on=ON)
    assert sorted((one.to, one.amount) for one in made) == [("Gävle", 50_000), ("Hofors", 30_000)]
    assert pay_out_all(by=CONTROLLER, at=AT, line=year.line, on=ON) == []
    assert Event.objects.filter(verb="payment_out_all").count() == 1
    assert year.found().facts.paid == 100_000


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"amount": 0}, "nothing_paid"), ({"amount": -5}, "nothing_paid"), ({"amount": 2**63}, "number_too_large"),
        ({"on": date(2024, 11, 5)}, "day_to_come"), ({"kind": "repaid"}, "unknown_choice"),
        ({"to": "19121212-1212"}, "personal_number"), ({"to": "x" * 201}, "too_long"),
        ({"party": None}, "not_a_receiver"),
    ],
)  # fmt: skip
def test_what_a_payment_must_be(year: SpendingYear, change: dict[str, Any], code: str) -> None:
    values: dict[str, Any] = {"line": year.line, "party": year.hofors, "amount": 5, "on": ON} | change
    with pytest.raises(DomainError, match=code):
        pay(by=CONTROLLER, at=AT, **values)
    assert not Payment.objects.exists()


def test_the_database_keeps_no_payment_of_nothing(year: SpendingYear) -> None:
    made = pay(by=CONTROLLER, at=AT, line=year.line, party=year.hofors, amount=5, on=ON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(pk=made.pk).update(amount=0)  # tries the database


def test_a_line_that_was_moved_keeps_what_was_paid_and_used(year: SpendingYear) -> None:
    line = year.payee(payee_name="Konsulten")
    pay(by=CONTROLLER, at=AT, line=line, amount=10_000, on=ON)
    tell_use(by=CONTROLLER, at=AT, about=About(line=line), costs={"purchased_service": 9_000}, version=0)
    (moved,) = BudgetLine.objects.filter(supersedes=year.line)
    newest, _other = decide_budget(
        by=BOSS, at=AT, plan=year.year.plan, decision_point=line.decision_point,
        changes={line: 70_000, moved: 30_000},
    )  # fmt: skip
    with pytest.raises(Refused, match="not_a_receiver"):
        pay(by=CONTROLLER, at=AT, line=line, amount=1, on=ON)
    found = next(one for one in year.of("joint").lines if one.row == newest)
    (facts,) = (one.facts for one in found.receivers)
    assert (facts.amount, facts.paid, facts.used, facts.name) == (70_000, 10_000, 9_000, "Konsulten")


def test_use_by_kind_and_the_parts_are_the_whole(year: SpendingYear) -> None:
    used(year, {"salaries": 30_000, "courses": 12_345})
    facts = year.receiver().facts
    assert (facts.used, facts.left, facts.source) == (42_345, 7_655, "typed")
    assert facts.differences() == (Difference("to_repay", 7_655),)
    used(year, {"salaries": 60_000})
    facts = year.receiver().facts
    assert (facts.counted, facts.own_money) == (50_000, 10_000)
    used(year, {"other": 0})
    assert year.receiver().facts.left == 50_000
    used(year, {})
    assert not year.receiver().facts.told
    year.of("joint").facts.prove()


@pytest.mark.parametrize(
    ("costs", "code"), [({"wages": 1}, "unknown_choice"), ({"salaries": -1}, "negative"), ({"other": 2**63}, "large")]
)
def test_which_costs_can_be_told(year: SpendingYear, costs: dict[str, int], code: str) -> None:
    with pytest.raises(Invalid, match=code):
        used(year, costs)
    assert not Use.objects.exists()


def test_two_people_at_once_lose_nothing(year: SpendingYear) -> None:
    used(year, {"salaries": 1})
    with pytest.raises(Refused, match="stale"):
        tell_use(by=COORDINATOR, at=AT, about=About(line=year.line, party=year.hofors), costs={"other": 2}, version=0)
    assert year.receiver().facts.used == 1


def test_what_an_accepted_report_says_is_not_typed_twice(year: SpendingYear) -> None:
    used(year, {"other": 7})
    asked = year.report({"salaries": "31 000", "premises": "4 000"}, accept=False)
    assert (year.receiver().facts.source, year.receiver().waits) == ("typed", True)
    move_request(by=BOSS, at=AT, request=asked, to=ReportStatus.ACCEPTED)
    one = year.receiver()
    assert not one.waits
    assert (one.facts.source, one.facts.used, one.report and one.report.number) == ("report", 35_000, asked.number)
    with pytest.raises(Refused, match="use_reported"):
        used(year, {"other": 8})
    asked.refresh_from_db()
    move_request(by=BOSS, at=AT, request=asked, to=ReportStatus.RETURNED, reason="Stämmer lokalerna?")
    assert year.receiver().facts.source == "typed"


def test_a_party_with_nothing_to_report_has_used_nothing(year: SpendingYear) -> None:
    directive = year.year.issued()
    asked = directive.shares.get(party=year.hofors).request
    move_request(
        by=held(Role.PARTY_REPORTER, party=year.hofors),
        at=AT,
        request=asked,
        to=ReportStatus.NOTHING,
        reason="Ingen kurs.",
    )
    asked.refresh_from_db()
    move_request(by=BOSS, at=AT, request=asked, to=ReportStatus.ACCEPTED)
    facts = year.receiver().facts
    assert (facts.source, facts.used, facts.left) == ("report", 0, 50_000)


def test_money_goes_on_only_where_the_agreement_lets_it() -> None:
    closed = SpendingYear()
    whole(closed, "region", {"salaries": 100}, by=CONTROLLER)
    with pytest.raises(Invalid, match="may_not_carry_on"):
        whole(closed, "region", {"salaries": 100}, by=CONTROLLER, carried=1)


def test_what_goes_on_is_of_what_is_left() -> None:
    year = SpendingYear(may_carry_on=True)
    facts = year.of("region").facts
    whole(year, "region", {"salaries": facts.came - 500}, by=CONTROLLER)
    with pytest.raises(Invalid, match="carry_too_much") as refused:
        whole(year, "region", {"salaries": facts.came - 500}, by=CONTROLLER, carried=501)
    assert refused.value.params["left"] == 500
    whole(year, "region", {"salaries": facts.came - 500}, by=CONTROLLER, carried=400)
    assert year.of("region").facts.at_the_end() == (Difference("owed", 100),)
    with pytest.raises(Invalid, match="carry_too_much"):
        whole(year, "region", {"salaries": facts.came - 399}, by=CONTROLLER)
    with pytest.raises(Invalid, match="may_not_carry_on"):
        used(year, {"salaries": 1}, carried=5)


def test_repaid_to_the_krona(year: SpendingYear) -> None:
    money = year.of("municipalities")
    came = money.facts.came
    whole(year, "municipalities", {"courses": came - 900}, by=year.economist())
    one: dict[str, Any] = {
        "by": year.economist(), "at": AT, "grant": money.asked.grant, "recipient": year.hofors, "on": ON,
        "to": "Kammarkollegiet",
    }  # fmt: skip
    first = repay(amount=600, **one)
    assert year.of("municipalities").facts.at_the_end() == (Difference("owed", 300),)
    repay(amount=300, **one)
    facts = year.of("municipalities").facts
    assert (facts.remaining, facts.at_the_end()) == (0, ())
    repay(amount=50, **one)
    assert year.of("municipalities").facts.at_the_end() == (Difference("over", -50),)
    with pytest.raises(Refused, match="forbidden"):
        remove_payment(by=year.economist(year.gavle), at=AT, payment=first)
    remove_payment(by=year.economist(), at=AT, payment=first)
    with pytest.raises(Refused, match="not_a_recipient"):
        repay(**one | {"recipient": year.region, "by": CONTROLLER}, amount=5)


def test_money_that_has_not_come_is_said_and_nothing_is_owed() -> None:
    year = SpendingYear(received=False)
    used(year, {"salaries": 10_000})
    facts = year.of("joint").facts
    assert (facts.received, facts.to_repay, facts.at_the_end()) == (None, 0, (Difference("missing", -10_000),))
    year.receive("joint", 90_000)
    facts = year.of("joint").facts
    facts.prove()
    assert facts.on_the_way() == (Difference("requested", 10_000),)
    assert facts.at_the_end() == (Difference("untold", 50_000), Difference("owed", 30_000))


def test_a_grant_decided_anew_is_the_same_money(year: SpendingYear) -> None:
    used(year, {"salaries": 10_000})
    grant = year.of("joint").asked.grant
    decide_grant(by=BOSS, at=AT, grant=grant, amount=110_000, reason="Mer")
    facts = year.of("joint").facts
    facts.prove()
    assert facts.counted == 10_000
    assert facts.between() == (Difference("not_divided", 10_000),)
    assert facts.on_the_way() == (Difference("changed", 10_000),)


def attempts(year: SpendingYear) -> dict[str, Any]:
    """Every write, as somebody would try it."""
    made = pay(by=CONTROLLER, at=AT, line=year.line, party=year.gavle, amount=5, on=ON)
    joint, own = year.of("joint").asked, year.of("municipalities").asked
    region = year.of("region").asked
    spent = repay(
        by=year.economist(), at=AT, grant=own.grant, recipient=year.hofors, amount=5, on=ON, to="Kammarkollegiet"
    )

    def to_state(asked: Any) -> Any:
        return lambda by: repay(
            by=by, at=AT, grant=asked.grant, recipient=asked.recipient, amount=5, on=ON, to="Kammarkollegiet"
        )

    def of_whole(level: str) -> Any:
        return lambda by: whole(year, level, {"salaries": 1}, by=by)

    def sign(party: Any) -> Any:
        return lambda by: certify(
            by=by, at=AT, recipient=party, year=2024, certified_by="Kim Ek", certified_function="Ekonom", on=ON
        )

    return {
        "pay": lambda by: pay(by=by, at=AT, line=year.line, party=year.hofors, amount=5, on=ON),
        "pay all": lambda by: pay_out_all(by=by, at=AT, line=year.line, on=ON),
        "remove": lambda by: remove_payment(by=by, at=AT, payment=made),
        "remove own": lambda by: remove_payment(by=by, at=AT, payment=spent),
        "use of line": lambda by: used(year, {"salaries": 1}, by=by),
        "use of region": of_whole("region"),
        "use of own": of_whole("municipalities"),
        "repay joint": to_state(joint),
        "repay region": to_state(region),
        "repay own": to_state(own),
        "certify region": sign(year.region),
        "certify own": sign(year.hofors),
    }


COUNTY_MONEY = {"pay", "pay all", "remove", "use of line"}
REGIONS = {"use of region", "repay joint", "repay region", "certify region"}
OWN = {"use of line", "use of own", "repay own", "certify own", "remove own"}
MAY: dict[Role, set[str]] = {
    Role.COORDINATOR: COUNTY_MONEY, Role.CONTROLLER: COUNTY_MONEY | REGIONS, Role.PARTY_CONTROLLER: OWN,
}  # fmt: skip


@pytest.mark.parametrize("role", Role)
def test_every_write_by_every_role(year: SpendingYear, role: Role) -> None:
    actor = held(role, "" if role is Role.ADMINISTRATOR else "21", year.hofors if role in ORGANISATION_ROLES else None)
    for name, act in attempts(year).items():
        with transaction.atomic():
            if name in MAY.get(role, set()):
                act(actor)
            else:
                with pytest.raises(Refused, match="forbidden"):
                    act(actor)
            transaction.set_rollback(True)


def test_every_write_by_neighbours(year: SpendingYear) -> None:
    strangers = [
        held(Role.CONTROLLER, "25"), held(Role.COORDINATOR, "25"), held(Role.PARTY_CONTROLLER, party=year.gavle),
        held(Role.PARTY_CONTROLLER, party=year.region), held(Role.PARTY_CONTROLLER, "25", year.hofors),
    ]  # fmt: skip
    for actor in strangers:
        for act in attempts(year).values():
            with pytest.raises(Refused, match="forbidden"):
                act(actor)


def test_only_the_county_says_what_goes_on_of_its_lines(year: SpendingYear) -> None:
    agreement = year.of("joint").asked.grant.line.section.agreement
    type(agreement).objects.filter(pk=agreement.pk).update(may_carry_on=True)
    used(year, {"salaries": 40_000}, by=year.economist())
    with pytest.raises(Refused, match="forbidden"):
        used(year, {"salaries": 40_000}, by=year.economist(), carried=1_000)
    used(year, {"salaries": 40_000}, carried=1_000)
    used(year, {"salaries": 41_000}, by=year.economist())
    assert year.receiver().facts.carried == 1_000


def test_a_certified_report_is_frozen_and_superseded(year: SpendingYear) -> None:
    who: dict[str, Any] = {
        "by": year.economist(), "at": AT, "recipient": year.hofors, "year": 2024, "certified_by": "Kim Ek",
        "certified_function": "Ekonomichef", "on": ON,
    }  # fmt: skip
    whole(year, "municipalities", {"courses": 1_000}, by=year.economist())
    first = certify(**who)
    facts = frozen_facts(first)
    assert (facts.recipient, facts.certified_by, facts.certified_on) == ("Hofors", "Kim Ek", "2024-10-01")
    assert [grant.counted for grant in facts.grants] == [1_000]
    whole(year, "municipalities", {"courses": 2_000}, by=year.economist())
    assert frozen_facts(first) == facts
    mine = [one for one in money_of("21", 2024) if one.asked.recipient == year.hofors]
    assert economic_facts(mine, year.hofors, 2024).costs == {"courses": 2_000}
    second = certify(**who)
    assert (second.number, second.supersedes) == (2, first)
    assert frozen_facts(second).costs == {"courses": 2_000}
    EconomicReport.objects.filter(pk=first.pk).update(facts=first.facts.replace("1000", "9000"))  # tries the database
    first.refresh_from_db()
    with pytest.raises(ValueError, match="changed"):
        frozen_facts(first)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"certified_by": " "}, "required"), ({"certified_function": ""}, "required"),
        ({"on": date(2024, 11, 5)}, "day_to_come"), ({"certified_by": "19121212-1212"}, "personal_number"),
        ({"year": 2031}, "nothing_to_account_for"),
    ],
)  # fmt: skip
def test_what_a_certificate_must_say(year: SpendingYear, change: dict[str, Any], code: str) -> None:
    values: dict[str, Any] = {
        "recipient": year.hofors, "year": 2024, "certified_by": "A", "certified_function": "B", "on": ON,
    } | change  # fmt: skip
    with pytest.raises(DomainError, match=code):
        certify(by=year.economist(), at=AT, **values)
    assert not EconomicReport.objects.exists()


def test_a_neighbours_county_has_its_own_picture(year: SpendingYear) -> None:
    make_year("25", parties=2)
    assert {one.asked.grant.county for one in money_of("25", 2024)} == {"25"}
    assert len(asked_of("21", 2024)) == 12
    assert DecisionPoint.objects.exists()
