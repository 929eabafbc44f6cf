"""The plan's activities in four ways, and one field changed at a time: who may, how often, and where two meet."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samplan.apps.orgs.models import Party
from samplan.apps.plans.models import Activity
from samplan.apps.plans.operations.activities import (
    When,
    add_activity,
    change_activity,
    edit_times,
    set_times,
    times_mark,
)
from samplan.apps.plans.operations.rows import add_row
from samplan.base.audit.models import Event
from samplan.domain.access import Role
from samplan.domain.errors import Refused
from tests.small_year import AT, BOSS, Year, actor, load_places, make_year, person

pytestmark = pytest.mark.django_db
ROOM = "/21/2024/plan/"
WAYS = ("lista", "kort", "matris", "tid")
CELLS = ("title", "phase", "when", "purpose", "responsible", "principal", "follow_up", "funding")


@pytest.fixture
def year() -> Year:
    load_places()
    return make_year()


def signed_in(role: Role, county: str = "21", **more: Any) -> Client:
    client = Client()
    client.force_login(person(role, county, f"{role} {county}", **more))
    return client


@pytest.fixture
def client(year: Year) -> Client:
    assert year
    return signed_in(Role.COORDINATOR)


@pytest.fixture
def activity(year: Year) -> Activity:
    made = add_activity(
        by=BOSS, at=AT, area=year.area, number="3.2.1", title="Kartläggning", phase="ongoing",
        texts={"purpose": "Se.", "funding": "Nå."}, when=When(date(2024, 3, 1), date(2025, 6, 30), "month"),
    )  # fmt: skip
    add_row(by=BOSS, at=AT, kind="milestone", owner=made, values={"text": "Hälften klar", "on_date": date(2024, 9, 1)})
    return made


def page(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def at_cell(activity: Activity, field: str) -> str:
    return f"{ROOM}insats/{activity.uid}/falt/{field}/"


def typed(response: Any, **changes: str) -> dict[str, str]:
    form = page(response).select_one("form.cell-form")
    assert form is not None
    found = {str(one["name"]): str(one.get("value", "")) for one in form.select("input[name]")}
    found |= {str(one["name"]): one.text.removeprefix("\n") for one in form.select("textarea[name]")}
    for one in form.select("select[name]"):
        chosen = one.select_one("option[selected]")
        found[str(one["name"])] = str(chosen["value"]) if chosen else ""
    return found | changes


@pytest.mark.parametrize("way", WAYS)
def test_each_way_shows_the_same_and_is_remembered(client: Client, year: Year, activity: Activity, way: str) -> None:
    add_activity(by=BOSS, at=AT, area=year.area, number="3.2.2", title="Kurser", phase="done")
    found = page(client.get(ROOM, {"vy": way, "lage": "ongoing"}))
    assert "Kartläggning" in found.select_one("main").text  # type: ignore[union-attr]
    assert not found.find("a", string="Kurser")
    again = page(client.get(ROOM))
    assert again.select_one(".ways [aria-current]")["href"] == f"?vy={way}#insatser"  # type: ignore[index]
    assert again.find("a", string="Kurser")
    unknown = page(client.get(ROOM, {"vy": "bubblor"}))
    assert unknown.select_one(".ways [aria-current]").text == again.select_one(".ways [aria-current]").text  # type: ignore[union-attr]


@pytest.mark.parametrize("way", WAYS)
def test_no_way_asks_more_for_many(client: Client, year: Year, activity: Activity, way: str) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(ROOM, {"vy": way}).status_code == 200
        return len(queries)

    parties = list(Party.objects.filter(county="21", role="municipality"))
    activity.municipalities.set(parties[:2])
    count()
    few = count()
    for number in range(9):
        made = add_activity(
            by=BOSS, at=AT, area=year.area, number=f"9.{number}", title="Insats", municipalities=parties,
            when=When(date(2024, 1 + number, 1), None, "open"),
        )  # fmt: skip
        add_row(by=BOSS, at=AT, kind="milestone", owner=made, values={"text": "Klar", "on_date": date(2024, 9, 1)})
    assert count() == few


def test_the_time_line_tells_stages_milestones_and_times(client: Client, activity: Activity) -> None:
    found = page(client.get(ROOM, {"vy": "tid"}))
    drawing = found.select_one("svg.drawing--wide")
    assert drawing is not None
    assert "Pågår" in drawing.text
    assert len(drawing.select(".drawing__rim")) == 1
    row = found.select_one(".matrix--time tbody tr").text  # type: ignore[union-attr]
    for words in ("Kartläggning", "Pågår", "mars 2024", "juni 2025", "1 september 2024: Hälften klar"):
        assert words in row


def test_a_reader_sees_every_way_and_no_pen(year: Year, activity: Activity) -> None:
    assert year
    reader = signed_in(Role.READER)
    for way in WAYS:
        found = page(reader.get(ROOM, {"vy": way}))
        assert "Kartläggning" in found.text
        assert not found.select(".cell__edit, script[src*=cells]")


@pytest.mark.parametrize("field", CELLS)
def test_who_may_change_a_field(year: Year, activity: Activity, field: str) -> None:
    address = at_cell(activity, field)
    neighbour = signed_in(Role.COORDINATOR, "25")
    tried = (
        (signed_in(Role.READER), 403), (neighbour, 404), (signed_in(Role.PARTY_REPORTER, party=year.parties[0]), 404),
        (Client(), 302),
    )  # fmt: skip
    before = Event.objects.count()
    for client, status in tried:
        assert client.get(address).status_code == status
        answer = client.post(address, {field: "X"})
        assert answer.status_code in {status, 403}
    assert neighbour.get(address.replace("/21/", "/25/")).status_code == 404
    assert Event.objects.count() == before


def test_a_field_is_changed_and_one_comes_back_to_its_place(client: Client, activity: Activity) -> None:
    till = f"{ROOM}?vy=matris&lage=ongoing"
    sent = typed(client.get(at_cell(activity, "title"), {"till": till}), title="Kartan")
    answer = client.post(at_cell(activity, "title"), sent)
    assert answer["Location"] == f"{till}#c-{activity.uid}-title"
    activity.refresh_from_db()
    assert activity.title == "Kartan"
    before = Event.objects.count()
    assert client.post(at_cell(activity, "title"), sent)["Location"] == answer["Location"]
    assert Event.objects.count() == before


@pytest.mark.parametrize("till", ["https://example.org/", "//example.org/", "javascript:alert(1)", "\\\\example.org"])
def test_nobody_is_led_to_another_site(client: Client, activity: Activity, till: str) -> None:
    sent = typed(client.get(at_cell(activity, "phase"), {"till": till}), phase="done") | {"till": till}
    answer = client.post(at_cell(activity, "phase"), sent)
    assert answer["Location"] == f"{ROOM}insats/{activity.uid}/#c-{activity.uid}-phase"


def test_in_its_cell_the_form_and_the_saved_cell_come_alone_and_once(client: Client, activity: Activity) -> None:
    address, part = at_cell(activity, "phase"), {"X-Part": "cell"}
    form = client.get(address, {"till": ROOM}, headers=part)
    assert b"<html" not in form.content
    sent = typed(form, phase="done")
    saved = client.post(address, sent, headers=part, follow=True)
    assert page(saved).select_one(".cell--phase .phase--done").text == "Klar"  # type: ignore[union-attr]
    before = Event.objects.count()
    again = client.post(address, sent, headers=part, follow=True)
    assert page(again).select_one(".cell--phase") is not None
    assert Event.objects.count() == before
    wrong = client.post(address, sent | {"phase": "flyger", "once_key": ""}, headers=part)
    assert page(wrong).select(".cell-form .errors")


def test_the_same_text_changed_by_both_shows_both(client: Client, activity: Activity) -> None:
    sent = typed(client.get(at_cell(activity, "purpose")), purpose="Mitt syfte.")
    change_activity(by=BOSS, at=AT, activity=activity, purpose="Den andras syfte.")
    answer = client.post(at_cell(activity, "purpose"), sent)
    found = page(answer)
    assert "Den andras syfte." in found.select_one(".compare").text  # type: ignore[union-attr]
    assert "Mitt syfte." in found.select_one(".compare textarea").text  # type: ignore[union-attr]
    assert client.post(at_cell(activity, "purpose"), typed(answer)).status_code == 302
    activity.refresh_from_db()
    assert activity.purpose == "Mitt syfte."


def test_the_same_time_changed_by_both_tells_the_others(client: Client, activity: Activity) -> None:
    sent = typed(client.get(at_cell(activity, "when")), starts_on="2024-05-01")
    set_times(by=BOSS, at=AT, activity=activity, when=When(date(2024, 8, 1), None, "month"), ages=(13, 18))
    answer = client.post(at_cell(activity, "when"), sent)
    assert "augusti 2024" in page(answer).select_one("form.cell-form").text  # type: ignore[union-attr]
    activity.refresh_from_db()
    assert activity.starts_on == date(2024, 8, 1)
    assert client.post(at_cell(activity, "when"), typed(answer)).status_code == 302
    activity.refresh_from_db()
    assert (activity.starts_on, activity.age_from, activity.age_to) == (date(2024, 5, 1), 13, 18)


def test_a_time_that_another_set_to_the_same_is_no_conflict(activity: Activity) -> None:
    base = times_mark(When(activity.starts_on, activity.ends_on, activity.precision))
    new = When(date(2024, 8, 1), None, "open")
    assert edit_times(by=BOSS, at=AT, activity=activity, when=new, base=base) is None
    assert edit_times(by=BOSS, at=AT, activity=activity, when=new, base=base) is None
    assert edit_times(by=BOSS, at=AT, activity=activity, when=When(), base=base) == new
    reader = actor(person(Role.READER, "21", "Lina"))
    with pytest.raises(Refused, match="forbidden"):
        edit_times(by=reader, at=AT, activity=activity, when=When(), base=times_mark(new))


def test_what_looks_like_a_personal_number_is_asked_about_in_the_cell(client: Client, activity: Activity) -> None:
    address = at_cell(activity, "funding")
    sent = typed(client.get(address, headers={"X-Part": "cell"}), funding="Kostar 19121212-1212 kr")
    answer = client.post(address, sent, headers={"X-Part": "cell"})
    assert "personnummer" in page(answer).text
    activity.refresh_from_db()
    assert activity.funding == "Nå."


def test_there_are_no_other_fields(client: Client, activity: Activity) -> None:
    for field in ("plan", "area", "made_up", "lessons"):
        assert client.get(at_cell(activity, field)).status_code == 404
        assert client.post(at_cell(activity, field), {field: "1"}).status_code == 404
