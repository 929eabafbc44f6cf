"""The order of needs: moved a step, to an end or before another, by two who do not know of each other, on its page."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from samplan.apps.needs.models import Need, Proposal
from samplan.apps.needs.operations import WAYS, add_need, move_need, set_priority, write_proposal
from samplan.apps.needs.queries import needs_of
from samplan.base.audit.models import Event
from samplan.domain.access import Role
from samplan.domain.errors import Invalid, Refused
from tests.small_year import AT, BOSS, Year, actor, load_places, make_year, person

pytestmark = pytest.mark.django_db
LIST = "/21/2024/behov/"


@pytest.fixture
def year() -> Year:
    load_places()
    return make_year()


@pytest.fixture
def made(year: Year) -> dict[str, Need]:
    assert year
    return {title: add_need(by=BOSS, at=AT, county="21", year=2024, title=title) for title in "ABCDE"}


def order() -> str:
    return "".join(need.title for need in needs_of("21", 2024))


def signed_in(role: Role, county: str = "21") -> Client:
    client = Client()
    client.force_login(person(role, county, f"{role} {county}"))
    return client


def page(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize(
    ("title", "way", "after"),
    [
        ("C", "up", "ACBDE"), ("C", "down", "ABDCE"), ("C", "first", "CABDE"), ("C", "last", "ABDEC"),
        ("A", "up", "ABCDE"), ("A", "first", "ABCDE"), ("E", "down", "ABCDE"), ("E", "last", "ABCDE"),
    ],
)  # fmt: skip
def test_a_step_or_to_an_end(made: dict[str, Need], title: str, way: str, after: str) -> None:
    before = Event.objects.count()
    place = move_need(by=BOSS, at=AT, need=made[title], way=way)
    assert order() == after
    assert place == after.index(title) + 1
    assert [need.position for need in needs_of("21", 2024)] == [1, 2, 3, 4, 5]
    assert Event.objects.count() == before + (after != "ABCDE")


def test_before_any_other(made: dict[str, Need]) -> None:
    for title, other in product("ABCDE", repeat=2):
        rest = order().replace(title, "")
        wanted = order() if title == other else rest.replace(other, title + other)
        move_need(by=BOSS, at=AT, need=made[title], way="before", before=made[other])
        assert order() == wanted


def test_two_who_sort_at_once_both_get_what_they_asked_for(made: dict[str, Need]) -> None:
    """Both saw ABCDE: one wants E before B, the other A before D."""
    move_need(by=BOSS, at=AT, need=made["E"], way="before", before=made["B"])
    move_need(by=BOSS, at=AT, need=made["A"], way="before", before=made["D"])
    assert order() == "EBCAD"


def test_a_wrong_way_a_stranger_and_another_years_neighbour(made: dict[str, Need]) -> None:
    later = add_need(by=BOSS, at=AT, county="21", year=2025, title="F")
    for way, before in (("sideways", None), ("before", None), ("up", made["A"])):
        with pytest.raises(Invalid, match="unknown_choice"):
            move_need(by=BOSS, at=AT, need=made["C"], way=way, before=before)
    with pytest.raises(Refused, match="forbidden"):
        move_need(by=BOSS, at=AT, need=made["C"], way="before", before=later)
    for role, county in ((Role.READER, "21"), (Role.COORDINATOR, "25")):
        with pytest.raises(Refused, match="forbidden"):
            move_need(by=actor(person(role, county, "X")), at=AT, need=made["C"], way="up")
    assert order() == "ABCDE"


def test_the_page_moves_once_and_comes_back_to_the_need(made: dict[str, Need]) -> None:
    client = signed_in(Role.COORDINATOR)
    form = page(client.get(LIST)).select_one(".needs-form")
    assert form is not None
    sent = {str(one["name"]): str(one["value"]) for one in form.select("input[name]")}
    buttons = [str(one["value"]) for one in form.select("button[name=move]:not([disabled])")]
    assert len(buttons) == 4 * 5 - 4
    move = {"move": f"first:{made['D'].uid}"}
    assert client.post(LIST, sent | move)["Location"] == f"{LIST}#behov-{made['D'].uid}"
    assert client.post(LIST, sent | move)["Location"] == f"{LIST}#behov-{made['D'].uid}"
    assert order() == "DABCE"
    assert "D är nu nummer 1 av 5." in page(client.get(LIST)).text
    # Somebody who still sees ABCDE.
    stale = sent | {"once_key": "another", "move": f"before:{made['E'].uid}:{made['B'].uid}"}
    text = page(client.post(LIST, stale, follow=True)).text
    assert "Någon annan har sorterat samtidigt. Båda ändringarna gäller." in text
    assert order() == "DAEBC"


@pytest.mark.parametrize("move", ["", "up", "up:x", "before:x:y", "sideways:{A}", "before:{A}:x", "up:{A}:{B}"])
def test_what_cannot_be_moved_is_told(made: dict[str, Need], move: str) -> None:
    client = signed_in(Role.COORDINATOR)
    uids = {title: str(need.uid) for title, need in made.items()}
    text = page(client.post(LIST, {"move": move.format(**uids)}, follow=True)).text
    assert "Ordningen har ändrats av någon annan" in text
    assert order() == "ABCDE"


def test_who_may_sort(made: dict[str, Need]) -> None:
    reader, neighbour = signed_in(Role.READER), signed_in(Role.COORDINATOR, "25")
    found = page(reader.get(LIST))
    assert len(found.select(".need")) == 5
    assert not found.select("button[name=move], .need__grip, script[src*=sorting]")
    for way in WAYS:
        move = {"move": f"{way}:{made['C'].uid}"}
        assert reader.post(LIST, move).status_code == 403
        assert neighbour.post(LIST, move).status_code == 404
        neighbour.post("/25/2024/behov/", move)
    assert order() == "ABCDE"


def test_two_who_weigh_proposals_at_once_keep_both_places(year: Year) -> None:
    assert year
    first, second = (write_proposal(by=BOSS, at=AT, county="21", year=2024, title=title) for title in "AB")
    client, address = signed_in(Role.COORDINATOR), f"{LIST}forslag/"
    form = page(client.get(address))
    sent = {str(one["name"]): str(one["value"]) for one in form.select("main form input[name]")}
    set_priority(by=BOSS, at=AT, proposal=second, priority=1)
    assert client.post(address, sent | {f"place-{first.uid}": "2"}).status_code == 302
    assert dict(Proposal.objects.values_list("title", "priority")) == {"A": 2, "B": 1}
