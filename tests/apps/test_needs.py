"""Needs and proposals: every move from × to × role, what is missing, weighing, decision, and what answers show."""

from __future__ import annotations

import re
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samplan.apps.bodies.operations import add_body
from samplan.apps.needs.models import Need, Proposal
from samplan.apps.needs.operations import (
    activity_from_proposal,
    add_need,
    change_need,
    decide_proposal,
    missing,
    move_need,
    move_proposal,
    need_from_answer,
    set_priority,
    write_proposal,
)
from samplan.apps.needs.queries import needs_of, proposals_of, purses_of, reach_of
from samplan.apps.orgs.models import Party, Population
from samplan.apps.plans.operations.activities import add_activity
from samplan.apps.questionnaires.models import Answer
from samplan.base.audit.trace import events_about
from samplan.domain.access import Actor, Assignment, Role
from samplan.domain.cycle import PROPOSAL_MOVES, ProposalStatus
from samplan.domain.errors import DomainError, Invalid, Refused
from tests.edges.report_year import build
from tests.small_year import AT, BOSS, Year, load_places, make_year, person

pytestmark = pytest.mark.django_db
FACTS = {
    "purpose": "Hjälp",
    "responsible": "Enheten",
    "principal": "Utskottet",
    "follow_up": "Årligen",
    "funding": "Medel",
}
S = ProposalStatus
# Written out by hand from requirement C6, apart from the code's table.
WAYS = {
    ("draft", "proposed"): "plan", ("draft", "withdrawn"): "plan", ("proposed", "weighed"): "plan",
    ("proposed", "draft"): "plan", ("proposed", "withdrawn"): "plan", ("weighed", "sent"): "plan",
    ("weighed", "draft"): "plan", ("weighed", "withdrawn"): "plan", ("sent", "returned"): "decide",
    ("sent", "withdrawn"): "plan", ("returned", "draft"): "plan", ("returned", "withdrawn"): "plan",
    ("sent", "decided"): "decide",
}  # fmt: skip
MAY = {Role.COORDINATOR: {"plan", "decide"}, Role.SECRETARY: {"decide"}}


@pytest.fixture
def year() -> Year:
    load_places()
    return make_year("21")


def proposal(year: Year, **more: Any) -> Proposal:
    given: dict[str, Any] = {
        "texts": FACTS, "points": ["att anställa en samordnare", "att följa upp"], "cost": 500_000,
        "decided_by": year.point.decision.body,
    }  # fmt: skip
    return write_proposal(by=BOSS, at=AT, county="21", year=2024, title="Samordnare", **(given | more))


def holder(role: Role, county: str = "21") -> Actor:
    return Actor("account", role.value, 5, (Assignment(role, county),))


def test_the_table_is_what_the_requirement_says() -> None:
    assert {(a.value, b.value) for a, row in PROPOSAL_MOVES.items() for b in row} == set(WAYS)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SECRETARY, Role.CONTROLLER, Role.READER, Role.PARTY_REPORTER])
def test_every_move_by_every_role(year: Year, role: Role) -> None:
    made = proposal(year)
    stranger = holder(role, "25")
    for status, to in product([s.value for s in S], repeat=2):
        way = WAYS.get((status, to))
        allowed = way is not None and way in MAY.get(role, set())
        for actor, may in ((holder(role), allowed), (stranger, False)):
            Proposal.objects.filter(pk=made.pk).update(state=status)
            assert moved(actor, made, to) == may, (actor.assignments, status, to)


def moved(actor: Actor, made: Proposal, to: str) -> bool:
    """Whether the actor could send it there."""
    try:
        with transaction.atomic():
            if to == "decided":
                outcomes = ["approved", "rejected"]
                decide_proposal(by=actor, at=AT, proposal=made, outcomes=outcomes, decided_on=date(2024, 3, 1))
            else:
                move_proposal(by=actor, at=AT, proposal=made, to=to, reason="därför")
    except DomainError:
        return False
    return True


@pytest.mark.parametrize("name", [*FACTS, "points", "cost", "decided_by"])
def test_a_proposal_is_refused_with_what_is_missing(year: Year, name: str) -> None:
    lacking: dict[str, Any] = {"points": []} if name == "points" else {name: None}
    if name in FACTS:
        lacking = {"texts": {**FACTS, name: " "}}
    made = proposal(year, **lacking)
    assert missing(made) == [name]
    with pytest.raises(Refused, match="facts_missing") as refusal:
        move_proposal(by=BOSS, at=AT, proposal=made, to="proposed")
    assert refusal.value.params["missing"] == [name]
    assert Proposal.objects.get().state == "draft"


def test_an_unfinished_draft_can_always_be_saved_and_only_a_draft_is_written(year: Year) -> None:
    made = write_proposal(by=BOSS, at=AT, county="21", year=2024, title="En tanke")
    assert len(missing(made)) == 8
    made = proposal(year, proposal=made)
    move_proposal(by=BOSS, at=AT, proposal=made, to="proposed")
    with pytest.raises(Refused, match="proposal_not_draft"):
        proposal(year, proposal=made)
    with pytest.raises(Invalid, match="personal_number"):
        write_proposal(by=BOSS, at=AT, county="21", year=2024, title="x", texts={"purpose": "19121212-1212"})
    with pytest.raises(Invalid, match="negative"):
        write_proposal(by=BOSS, at=AT, county="21", year=2024, title="x", cost=-1)


def test_a_decision_gives_each_point_its_outcome_and_the_approved_becomes_an_activity(year: Year) -> None:
    made = proposal(year, municipalities=year.parties)
    for to in ("proposed", "weighed", "sent"):
        move_proposal(by=BOSS, at=AT, proposal=made, to=to)
    with pytest.raises(Invalid, match="points_needed"):
        decide_proposal(by=BOSS, at=AT, proposal=made, outcomes=["approved"], decided_on=date(2024, 3, 1))
    with pytest.raises(Refused, match="not_approved"):
        activity_from_proposal(by=BOSS, at=AT, proposal=made, area=year.area, number="3.7")
    decided = decide_proposal(
        by=BOSS, at=AT, proposal=made, outcomes=["changed", "rejected"], decided_on=date(2024, 3, 1), case_number="7"
    )
    assert [point.outcome for point in decided.points.all()] == ["changed", "rejected"]
    assert [point.outcome for point in decided.decision.points.order_by("number")] == ["changed", "rejected"]
    activity = activity_from_proposal(by=BOSS, at=AT, proposal=decided, area=year.area, number="3.7")
    assert (activity.purpose, activity.funding, activity.phase) == ("Hjälp", "Medel", "planned")
    assert set(activity.municipalities.all()) == set(year.parties)
    with pytest.raises(Refused, match="already_activity"):
        activity_from_proposal(by=BOSS, at=AT, proposal=decided, area=year.area, number="3.8")


def test_needs_keep_an_order_that_a_person_gives(year: Year) -> None:
    made = [add_need(by=BOSS, at=AT, county="21", year=2024, title=title) for title in ("A", "B", "C")]
    move_need(by=BOSS, at=AT, need=made[2], way="up")
    move_need(by=BOSS, at=AT, need=made[0], way="up")
    assert [need.title for need in needs_of("21", 2024)] == ["A", "C", "B"]
    change_need(by=BOSS, at=AT, need=made[0], state="must_start", municipalities=year.parties)
    assert Need.objects.get(title="A").municipalities.count() == 2
    with pytest.raises(Refused, match="forbidden"):
        add_need(by=holder(Role.READER), at=AT, county="21", year=2024, title="D")
    with pytest.raises(Invalid, match="unknown_choice"):
        add_need(by=BOSS, at=AT, county="21", year=2024, title="D", state="never")


def test_the_reach_is_an_exact_share_of_the_countys_people(year: Year) -> None:
    made = proposal(year, municipalities=year.parties[:1])
    share = reach_of([made], "21")[made.pk].share
    assert 0 < share < 1
    assert reach_of([made], "99") == {}


def test_what_an_answer_shows_becomes_next_years_need_with_its_origin() -> None:
    made = build()
    answer = Answer.objects.filter(request=made.accepted).exclude(value="").first()
    assert answer is not None
    need = need_from_answer(by=BOSS, at=AT, answer=answer, year=2025, title="Fler kurser")
    assert (need.year, need.answer, need.state) == (2025, answer, "must_start")
    assert made.accepted.party.name in need.origin
    with pytest.raises(Refused, match="forbidden"):
        need_from_answer(by=holder(Role.COORDINATOR, "25"), at=AT, answer=answer, year=2025, title="x")


def post(client: Client, name: str, arguments: list[Any], data: dict[str, Any]) -> Any:
    address = reverse(name, args=arguments)
    keys = dict(re.findall(r'name="(once_key|once)" value="([^"]+)"', client.get(address).content.decode()))
    return client.post(address, {**keys, **data})


def test_from_need_to_activity_on_the_pages(year: Year) -> None:
    client = Client()
    client.force_login(person(Role.COORDINATOR, "21", "Samordnare"))
    at = ["21", 2024]
    assert post(client, "needs:new", at, {"title": "Fler samtal", "state": "planned"}).status_code == 302
    body = year.point.decision.body
    given = {"title": "Samtalsgrupper", "cost": "120 000", "points": "att starta grupper\natt utvärdera",
             "decided_by": str(body.uid), "needs": str(Need.objects.get().uid)}  # fmt: skip
    assert post(client, "needs:new_proposal", at, given).status_code == 302
    made = Proposal.objects.get()
    one = [*at, made.uid]
    refused = post(client, "needs:proposal", one, {"to": "proposed"})
    assert "Det här saknas innan förslaget kan läggas: syfte, ansvarig" in refused.content.decode()
    assert post(client, "needs:write", one, {**given, **FACTS}).status_code == 302
    for to in ("proposed", "weighed", "sent"):
        assert post(client, "needs:proposal", one, {"to": to}).status_code == 302
    page = client.get(reverse("needs:proposals", args=at)).content.decode()
    assert "120\xa0000\xa0kr" in page
    post(client, "needs:proposals", at, {f"place-{made.uid}": "1"})
    assert Proposal.objects.get().priority == 1
    outcome = {"decided_on": "2024-03-01", "point-1": "approved", "point-2": "returned"}
    assert post(client, "needs:decide", one, outcome).status_code == 302
    into = {"area": str(year.area.uid), "number": "3.7"}
    assert post(client, "needs:into_activity", one, into).status_code == 302
    assert year.plan.activities.get(number="3.7").title == "Samtalsgrupper"
    reader = Client()
    reader.force_login(person(Role.READER, "21", "Läsare"))
    assert reader.get(reverse("needs:list", args=at)).status_code == 200
    assert reader.get(reverse("needs:new", args=at)).status_code == 403
    neighbour = Client()
    neighbour.force_login(person(Role.COORDINATOR, "25", "Granne"))
    for name, arguments in (("needs:list", at), ("needs:proposal", one)):
        assert neighbour.get(reverse(name, args=arguments)).status_code == 404


def test_weighing_says_nothing_by_itself(year: Year) -> None:
    made = proposal(year)
    set_priority(by=BOSS, at=AT, proposal=made, priority=3)
    set_priority(by=BOSS, at=AT, proposal=made, priority=None)
    assert Proposal.objects.get().priority is None
    other = add_body(by=BOSS, at=AT, county="21", name="Utan mandat", kind="working_group")
    assert other.mandates.count() == 0


def test_the_reach_counts_the_county_once_and_leaves_out_what_is_not_known(year: Year) -> None:
    region = Party.objects.get(county="21", role="region")
    whole = proposal(year, municipalities=[region, *year.parties])
    nowhere = proposal(year)
    reach = reach_of([whole, nowhere], "21")
    assert (reach[whole.pk].share, nowhere.pk in reach) == (1, False)
    Population.objects.filter(area_code=year.parties[0].code).delete()
    assert reach_of([proposal(year, municipalities=year.parties)], "21") == {}


def test_the_purse_takes_off_what_is_given_and_what_waits(year: Year) -> None:
    grant = year.line.grant
    waits = proposal(year, grant=grant, cost=30_000)
    proposal(year, grant=grant, cost=7_000)
    move_proposal(by=BOSS, at=AT, proposal=waits, to="proposed")
    (purse,) = purses_of("21", 2024, proposals_of("21", 2024))
    assert (purse.amount, purse.given, purse.asked, purse.left) == (100_000, 100_000, 30_000, -30_000)
    move_proposal(by=BOSS, at=AT, proposal=waits, to="withdrawn")
    assert purses_of("21", 2024, proposals_of("21", 2024)) == []


def test_what_the_body_returns_is_written_again_and_decided_anew(year: Year) -> None:
    made = proposal(year)
    for to in ("proposed", "weighed", "sent"):
        move_proposal(by=BOSS, at=AT, proposal=made, to=to)
    day = date(2024, 3, 1)
    back = decide_proposal(by=BOSS, at=AT, proposal=made, outcomes=["returned"] * 2, decided_on=day)
    first = back.decision
    assert (back.state, first.points.count()) == ("returned", 2)
    again = move_proposal(by=BOSS, at=AT, proposal=back, to="draft")
    assert {point.outcome for point in again.points.all()} == {""}
    for to in ("proposed", "weighed", "sent"):
        move_proposal(by=BOSS, at=AT, proposal=made, to=to)
    decided = decide_proposal(by=BOSS, at=AT, proposal=made, outcomes=["approved", "returned"], decided_on=day)
    assert decided.state == "decided"
    assert decided.decision != first


def test_why_it_was_returned_is_still_there_when_it_is_written_again(year: Year) -> None:
    made = proposal(year)
    for to in ("proposed", "weighed", "sent"):
        move_proposal(by=BOSS, at=AT, proposal=made, to=to)
    with pytest.raises(Refused, match="reason_needed"):
        move_proposal(by=BOSS, at=AT, proposal=made, to="returned", reason=" ")
    move_proposal(by=BOSS, at=AT, proposal=made, to="returned", reason="Hur många nås?")
    assert move_proposal(by=BOSS, at=AT, proposal=made, to="draft").reason == "Hur många nås?"


def test_a_proposal_may_be_about_an_activity_there_is(year: Year) -> None:
    activity = add_activity(by=BOSS, at=AT, area=year.area, number="3.1", title="Samtal")
    made = proposal(year, activity=activity)
    for to in ("proposed", "weighed", "sent"):
        move_proposal(by=BOSS, at=AT, proposal=made, to=to)
    decide_proposal(by=BOSS, at=AT, proposal=made, outcomes=["approved"] * 2, decided_on=date(2024, 3, 1))
    with pytest.raises(Refused, match="already_activity"):
        activity_from_proposal(by=BOSS, at=AT, proposal=made, area=year.area, number="3.9")
    assert year.plan.activities.count() == 1


def test_an_approved_proposal_leaves_a_trace_when_it_becomes_an_activity(year: Year) -> None:
    made = proposal(year)
    for to in ("proposed", "weighed", "sent"):
        move_proposal(by=BOSS, at=AT, proposal=made, to=to)
    decide_proposal(by=BOSS, at=AT, proposal=made, outcomes=["approved"] * 2, decided_on=date(2024, 3, 1))
    activity_from_proposal(by=BOSS, at=AT, proposal=made, area=year.area, number="3.9")
    verbs = list(events_about(made.uid).values_list("verb", flat=True))
    assert verbs[:2] == ["proposal_into_activity", "proposal_moved"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "19121212-1212"}, "title"),
        ({"title": "x", "text": "om 19121212-1212"}, "text"),
        ({"title": "x", "origin": "19121212-1212"}, "origin"),
    ],
)
def test_no_personal_number_comes_into_a_need(year: Year, values: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid, match="personal_number") as refusal:
        add_need(by=BOSS, at=AT, county="21", year=2024, **values)
    assert refusal.value.field == field
    need = add_need(by=BOSS, at=AT, county="21", year=2024, title="Behov")
    with pytest.raises(Invalid, match="personal_number"):
        change_need(by=BOSS, at=AT, need=need, **values)


def test_no_personal_number_comes_into_a_proposal(year: Year) -> None:
    for given in ({"points": ["att ringa 19121212-1212"]}, {"texts": {"background": "19121212-1212"}}):
        with pytest.raises(Invalid, match="personal_number"):
            proposal(year, **given)
    with pytest.raises(Invalid, match="personal_number"):
        write_proposal(by=BOSS, at=AT, county="21", year=2024, title="19121212-1212")


def test_a_need_counts_persons_and_says_which_activity_showed_it(year: Year) -> None:
    activity = add_activity(by=BOSS, at=AT, area=year.area, number="3.1", title="Samtal")
    need = add_need(by=BOSS, at=AT, county="21", year=2025, title="Fler", persons=120, activity=activity)
    need = change_need(by=BOSS, at=AT, need=need, persons=0, activity=None)
    assert (need.persons, need.activity) == (0, None)
    for persons, why in ((-1, "negative"), (30_000_000, "number_too_large")):
        with pytest.raises(Invalid, match=why):
            change_need(by=BOSS, at=AT, need=need, persons=persons)
    neighbour = make_year("25", codes=("2580", "2581"))
    other = add_activity(by=BOSS, at=AT, area=neighbour.area, number="3.1", title="Annat län")
    for wrong in ({"activity": other}, {"area": neighbour.area}, {"municipalities": neighbour.parties}):
        with pytest.raises(Refused, match="forbidden"):
            add_need(by=BOSS, at=AT, county="21", year=2024, title="x", **wrong)
        with pytest.raises(Refused, match="forbidden"):
            change_need(by=BOSS, at=AT, need=need, **wrong)


def test_the_origin_names_the_party_only_when_everybody_may_read_its_answer() -> None:
    made = build()
    open_answer = Answer.objects.get(request=made.accepted, code="done")
    need = need_from_answer(by=BOSS, at=AT, answer=open_answer, year=2025, title="Fler kurser")
    assert made.accepted.party.name in need.origin
    assert list(need.municipalities.all()) == [made.accepted.party]
    made.accepted.form.questions.filter(code="done").update(audience="coordinator")
    need = need_from_answer(by=BOSS, at=AT, answer=open_answer, year=2025, title="Fler lokaler")
    assert made.accepted.party.name not in need.origin
    assert need.answer == open_answer


def test_only_an_accepted_answer_becomes_a_need_and_of_a_later_year() -> None:
    made = build()
    early = Answer.objects.get(request=made.submitted, code="done")
    with pytest.raises(Refused, match="answer_not_accepted"):
        need_from_answer(by=BOSS, at=AT, answer=early, year=2025, title="x")
    answer = Answer.objects.get(request=made.accepted, code="done")
    with pytest.raises(Invalid, match="need_after_answer"):
        need_from_answer(by=BOSS, at=AT, answer=answer, year=2024, title="x")
    client = Client()
    client.force_login(person(Role.COORDINATOR, "21", "Samordnare"))
    assert client.get(reverse("needs:from_answer", args=["21", 2024, early.uid])).status_code == 404
    page = client.get(reverse("needs:answers", args=["21", 2024])).content.decode()
    assert reverse("needs:from_answer", args=["21", 2024, answer.uid]) in page
    assert str(early.uid) not in page
    given = {"title": "Fler kurser", "state": "must_start", "year": "2025"}
    assert post(client, "needs:from_answer", ["21", 2024, answer.uid], given).status_code == 302
    assert Need.objects.get().answer == answer
    again = client.get(reverse("needs:answers", args=["21", 2024])).content.decode()
    assert "Fler kurser" in again
    late = post(client, "needs:from_answer", ["21", 2024, answer.uid], {**given, "year": "2024"})
    assert "Svaret gäller 2024" in late.content.decode()


def test_weighing_for_one_body_leaves_the_others_places_alone(year: Year) -> None:
    council = add_body(by=BOSS, at=AT, county="21", name="Utskottet", kind="committee")
    first, second = proposal(year), proposal(year, decided_by=council)
    set_priority(by=BOSS, at=AT, proposal=first, priority=4)
    client = Client()
    client.force_login(person(Role.COORDINATOR, "21", "Samordnare"))
    address = reverse("needs:proposals", args=["21", 2024])
    page = client.get(f"{address}?organ={council.uid}").content.decode()
    assert str(second.uid) in page
    assert str(first.uid) not in page
    keys = dict(re.findall(r'name="(once_key|once)" value="([^"]+)"', page))
    answer = client.post(f"{address}?organ={council.uid}", {**keys, f"place-{second.uid}": "1"})
    assert answer["Location"] == f"{address}?organ={council.uid}"
    assert dict(Proposal.objects.values_list("pk", "priority")) == {first.pk: 4, second.pk: 1}
    wrong = post(client, "needs:proposals", ["21", 2024], {f"place-{first.uid}": "först"})
    assert "från 1 till 999: Samordnare" in wrong.content.decode()
    assert Proposal.objects.get(pk=first.pk).priority == 4


def test_the_lists_ask_as_often_for_twenty_as_for_one() -> None:
    made = build()
    answer = Answer.objects.get(request=made.accepted, code="done")
    client = Client()
    client.force_login(person(Role.COORDINATOR, "21", "Samordnare"))

    def more() -> None:
        need = need_from_answer(by=BOSS, at=AT, answer=answer, year=2025, title="Behov")
        change_need(by=BOSS, at=AT, need=need, municipalities=made.year.parties, activity=made.activity)
        one = write_proposal(
            by=BOSS, at=AT, county="21", year=2025, title="Förslag", texts=FACTS, points=["att göra"], cost=1,
            decided_by=made.year.point.decision.body, needs=[need], municipalities=made.year.parties,
            activity=made.activity,
        )  # fmt: skip
        move_proposal(by=BOSS, at=AT, proposal=one, to="proposed")
        write_proposal(by=BOSS, at=AT, county="21", year=2025, title="Utkast", needs=[need])

    def counted() -> list[int]:
        counts = []
        for name, year in (("needs:list", 2025), ("needs:proposals", 2025), ("needs:answers", 2024)):
            address = reverse(name, args=["21", year])
            assert client.get(address).status_code == 200
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            counts.append(len(captured))
        return counts

    more()
    few = counted()
    for _number in range(19):
        more()
    assert counted() == few


def test_who_may_open_and_press_what(year: Year) -> None:
    made = proposal(year)
    need = add_need(by=BOSS, at=AT, county="21", year=2024, title="Fler samtal", text="Hela **texten**.", persons=7)
    at = ["21", 2024]
    reads = {"needs:list": at, "needs:proposals": at, "needs:need": [*at, need.uid], "needs:proposal": [*at, made.uid]}
    writes = {
        "needs:new": at, "needs:new_proposal": at, "needs:answers": at, "needs:write": [*at, made.uid],
        "needs:decide": [*at, made.uid], "needs:into_activity": [*at, made.uid],
    }  # fmt: skip
    people = {role: Client() for role in ("coordinator", "reader", "neighbour", "stranger")}
    people["coordinator"].force_login(person(Role.COORDINATOR, "21", "Samordnare"))
    people["reader"].force_login(person(Role.READER, "21", "Läsare"))
    people["neighbour"].force_login(person(Role.COORDINATOR, "25", "Granne"))
    expected = {"coordinator": (200, 200), "reader": (200, 403), "neighbour": (404, 404), "stranger": (302, 302)}
    for who, (reading, writing) in expected.items():
        for names, status in ((reads, reading), (writes, writing)):
            for name, arguments in names.items():
                assert people[who].get(reverse(name, args=arguments)).status_code == status, (who, name)
    page = people["reader"].get(reverse("needs:need", args=reads["needs:need"])).content.decode()
    assert "<strong>texten</strong>" in page
    assert '<form method="post" novalidate' not in page
    for name, arguments, data in (
        ("needs:proposal", reads["needs:proposal"], {"to": "proposed"}),
        ("needs:list", at, {"move": f"down:{need.uid}"}),
        ("needs:proposals", at, {f"place-{made.uid}": "1"}),
    ):
        assert post(people["reader"], name, arguments, data).status_code == 403, name
    assert (Proposal.objects.get().state, Proposal.objects.get().priority) == ("draft", None)


def test_the_way_back_from_a_form_leads_to_what_it_is_about(year: Year) -> None:
    made = proposal(year)
    client = Client()
    client.force_login(person(Role.COORDINATOR, "21", "Samordnare"))
    one, at = ["21", 2024, made.uid], ["21", 2024]
    for name, arguments, back, more in (
        ("needs:new", at, "needs:list", at),
        ("needs:new_proposal", at, "needs:proposals", at),
        ("needs:write", one, "needs:proposal", one),
        ("needs:decide", one, "needs:proposal", one),
        ("needs:into_activity", one, "needs:proposal", one),
    ):
        page = client.get(reverse(name, args=arguments)).content.decode()
        assert f'class="button button--quiet" href="{reverse(back, args=more)}"' in page, name
