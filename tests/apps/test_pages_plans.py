"""The plan on pages: made, written by several people at once, and telling what it misses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samplan.apps.orgs.models import Party
from samplan.apps.plans.models import Activity, FocusArea, Plan, PlanText
from samplan.apps.plans.operations.activities import (
    EventValue,
    FigureValue,
    add_activity,
    add_to_activity,
    change_activity,
    write_figure,
)
from samplan.apps.plans.operations.plans import write_plan_text
from samplan.apps.plans.queries import details_of
from samplan.base.audit.models import Event
from samplan.domain.access import Role
from tests.small_year import AT, BOSS, Year, load_places, make_year, person

pytestmark = pytest.mark.django_db
ROOM = "/21/2024/plan/"


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
    return signed_in(Role.COORDINATOR)


@pytest.fixture
def activity(year: Year) -> Activity:
    return add_activity(
        by=BOSS, at=AT, area=year.area, number="3.2.1", title="Kartläggning", texts={"purpose": "Se.", "goal": "Nå."},
        figures=[FigureValue("schools", "Skolor", 53, unit="skolor")],
    )  # fmt: skip


def page(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def typed(response: Any, **changes: str) -> dict[str, Any]:
    """The page's form as a browser would send it, with some fields typed over."""
    form = page(response).select_one("main form")
    assert form is not None
    found: dict[str, Any] = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        if control.get("type") == "checkbox":
            continue
        if control.name == "select":
            chosen = control.select_one("option[selected]") or control.select_one("option")
            found[str(control["name"])] = chosen["value"] if chosen else ""
        else:
            value = control.text.removeprefix("\n") if control.name == "textarea" else control.get("value", "")
            found[str(control["name"])] = value
    return found | changes


def test_a_year_without_a_plan_offers_to_make_one(year: Year) -> None:
    address = "/21/2025/plan/"
    assert not page(signed_in(Role.READER).get(address)).select("main form")
    client = signed_in(Role.COORDINATOR)
    assert client.post(address, typed(client.get(address)))["Location"] == address
    assert Plan.objects.get(year=2025).title == "Länsgemensam plan för Gävleborg 2025"
    assert "inga områden" in page(client.get(address)).select_one(".lead").text  # type: ignore[union-attr]


def test_an_area_and_an_activity_with_little_known(client: Client, year: Year) -> None:
    area = typed(client.get(f"{ROOM}omrade/nytt/"), title="Suicidprevention")
    assert area["number"] == "4"
    assert client.post(f"{ROOM}omrade/nytt/", area)["Location"] == ROOM
    made = FocusArea.objects.get(number=4)
    address = f"{ROOM}insats/ny/"
    sent = typed(client.get(f"{address}?omrade=4"), number="4.2.1", title="Utbildning", purpose="Fler ska våga fråga.")
    assert sent["area"] == str(made.uid)
    gavle = Party.objects.get(code="2180", county="21")
    sent |= {
        "municipalities": str(gavle.uid), "parties-0-party": str(gavle.uid), "parties-1-name": "Suicide Zero",
        "parties-1-part": "supports", "happened-0-on_date": "2024-05-03", "happened-0-text": "Kursstart.",
        "happened-0-present": str(gavle.uid), "links-0-title": "Mer", "links-0-url": "example.org/kurs",
    }  # fmt: skip
    shown = page(client.get(client.post(address, sent)["Location"]))
    activity = Activity.objects.get(number="4.2.1")
    assert [(one.name, one.part) for one in activity.parties.all()] == [("Gävle", "does"), ("Suicide Zero", "supports")]
    assert activity.links.get().url == "https://example.org/kurs"
    lead = shown.select_one(".lead").text  # type: ignore[union-attr]
    assert lead.split(":")[0].strip() == "Saknas"
    assert "ansvarig, uppdragsgivare, uppföljning, finansiering." in lead
    assert "Kursstart." in shown.select_one("#handelser").text  # type: ignore[union-attr]
    row = page(client.get(ROOM)).select_one("#omrade-4 li")
    assert "Saknas: ansvarig" in row.text.replace("\xa0", " ")  # type: ignore[union-attr]
    taken = page(client.post(address, sent | {"title": "En till", "once_key": "another"}))
    assert "Numret är upptaget" in taken.select_one("#id_number_error").text  # type: ignore[union-attr]
    assert taken.select_one("[name=purpose]").text.strip() == "Fler ska våga fråga."  # type: ignore[union-attr]


def test_more_rows_keep_what_is_typed(client: Client) -> None:
    address = f"{ROOM}insats/ny/"
    sent = typed(client.get(address), action="more-parties", goal="Ett mål") | {"parties-2-name": "Skolan"}
    shown = page(client.post(address, sent))
    assert len(shown.select("[name^=parties-][name$=-name]")) == 6
    assert shown.select_one("[name=goal]").text.strip() == "Ett mål"  # type: ignore[union-attr]
    assert shown.select_one("[name=parties-2-name]")["value"] == "Skolan"  # type: ignore[index]
    assert not shown.select(".field__error, .errors")


def test_two_people_in_different_fields_do_not_disturb_each_other(client: Client, activity: Activity) -> None:
    address = f"{ROOM}insats/{activity.uid}/andra/"
    mine = typed(client.get(address), purpose="Min mening.")
    change_activity(by=BOSS, at=AT, activity=activity, goal="Deras mål.")
    assert client.post(address, mine).status_code == 302
    activity.refresh_from_db()
    assert (activity.purpose, activity.goal) == ("Min mening.", "Deras mål.")


def test_the_same_field_changed_by_both_shows_both(client: Client, activity: Activity) -> None:
    address = f"{ROOM}insats/{activity.uid}/andra/"
    mine = typed(client.get(address), purpose="Min mening.", goal="Mitt mål.")
    change_activity(by=BOSS, at=AT, activity=activity, purpose="Deras mening.")
    response = client.post(address, mine)
    shown = page(response).select_one(".compare")
    assert shown.select_one("textarea").text.strip() == "Min mening."  # type: ignore[union-attr]
    assert "Deras mening." in shown.text  # type: ignore[union-attr]
    activity.refresh_from_db()
    assert (activity.purpose, activity.goal) == ("Deras mening.", "Mitt mål.")
    again = typed(response)
    assert client.post(address, again).status_code == 302
    activity.refresh_from_db()
    assert activity.purpose == "Min mening."
    change_activity(by=BOSS, at=AT, activity=activity, purpose="En tredje.")
    assert page(client.post(address, again | {"once_key": "another"})).select(".compare")


def test_a_page_opened_before_and_sent_unchanged_takes_nothing_back(client: Client, activity: Activity) -> None:
    address = f"{ROOM}insats/{activity.uid}/andra/"
    opened = typed(client.get(address))
    change_activity(by=BOSS, at=AT, activity=activity, purpose="Deras mening.")
    before = Event.objects.count()
    assert client.post(address, opened).status_code == 302
    activity.refresh_from_db()
    assert activity.purpose == "Deras mening."
    assert Event.objects.count() == before


def test_a_chapter_written_by_two(client: Client, year: Year) -> None:
    address = f"{ROOM}text/situation/"
    mine = typed(client.get(address), text="Mitt nuläge.\r\nRad två.")
    write_plan_text(by=BOSS, at=AT, plan=year.plan, kind="situation", title="Nuläge", text="Deras nuläge.")
    response = client.post(address, mine)
    assert "Deras nuläge." in page(response).select_one(".compare").text  # type: ignore[union-attr]
    assert PlanText.objects.get().text == "Deras nuläge."
    assert client.post(address, typed(response))["Location"] == ROOM
    assert PlanText.objects.get().text == "Mitt nuläge.\nRad två."
    assert client.get(f"{ROOM}text/annat/").status_code == 404


def test_figures_are_entered_and_corrected_exactly(client: Client, activity: Activity) -> None:
    address = f"{ROOM}insats/{activity.uid}/siffror/"
    sent = typed(client.get(address), **{"figures-0-value": "54"})
    sent |= {"figures-2-label": "Nöjda", "figures-2-value": "87,50", "figures-2-unit": "%"}
    assert client.post(address, sent).status_code == 302
    stored = [(one.code, one.value, one.scale) for one in activity.figures.all()]
    assert stored == [("schools", 54, 0), ("nojda", 8750, 2)]
    wrong = page(client.post(address, typed(client.get(address), **{"figures-1-value": "många"})))
    assert "Skriv ett tal" in wrong.text
    assert wrong.select_one("[name=figures-1-value]")["value"] == "många"  # type: ignore[index]
    assert "87,50" in page(client.get(f"{ROOM}insats/{activity.uid}/")).select_one(".facts").text  # type: ignore[union-attr]


def test_a_figure_that_another_has_written_is_told(client: Client, activity: Activity) -> None:
    address = f"{ROOM}insats/{activity.uid}/siffror/"
    mine = typed(client.get(address), **{"figures-0-value": "60"})
    write_figure(by=BOSS, at=AT, activity=activity, figure=FigureValue("schools", "Skolor", 55, unit="skolor"))
    response = client.post(address, mine)
    assert "Någon annan har skrivit 55" in page(response).text
    assert activity.figures.get().value == 55
    assert client.post(address, typed(response)).status_code == 302
    assert activity.figures.get().value == 60


def test_what_happens_during_the_year_is_added(client: Client, activity: Activity) -> None:
    address = f"{ROOM}insats/{activity.uid}/handelser/"
    sent = typed(client.get(address)) | {"happened-0-on_date": "2024-09-10", "happened-0-text": "Nätverksträff."}
    assert client.post(address, sent | {"happened-0-text": ""}).status_code == 200
    assert client.post(address, sent).status_code == 302
    assert activity.events.get().text == "Nätverksträff."
    assert "Nätverksträff." in page(client.get(f"{ROOM}insats/{activity.uid}/")).select_one("#spar").text  # type: ignore[union-attr]


def test_what_was_listed_by_mistake_is_taken_away_and_stays_in_the_trace(client: Client, activity: Activity) -> None:
    add_to_activity(
        by=BOSS, at=AT, activity=activity, links=[("Fel länk", "https://example.org/fel")],
        events=[EventValue(date(2024, 3, 1), "Möte som inte blev av.")], parties=[(None, "Ridklubben", "does")],
    )  # fmt: skip
    write_figure(by=BOSS, at=AT, activity=activity, figure=FigureValue("x", "Felräknat", 12, 1))
    there = page(client.get(f"{ROOM}insats/{activity.uid}/handelser/")).select("a[href*='ta-bort']")
    assert len(there) == len(details_of(activity)) >= 4
    for link in there:
        asked = page(client.get(link["href"]))
        assert "Ska det här tas bort?" in asked.text
        assert client.post(link["href"], typed(client.get(link["href"]))).status_code == 302
        assert client.get(link["href"]).status_code == 404
    activity = Activity.objects.get(pk=activity.pk)
    assert details_of(activity) == []
    trace = page(client.get(f"{ROOM}insats/{activity.uid}/")).select_one("#spar").text  # type: ignore[union-attr]
    for words in ("Möte som inte blev av.", "Ridklubben", "Felräknat", "1,2", "https://example.org/fel"):
        assert words in trace, words


def test_who_may_read_and_who_may_write(year: Year, activity: Activity) -> None:
    reader, stranger = signed_in(Role.READER), signed_in(Role.COORDINATOR, "25")
    reporter = signed_in(Role.PARTY_REPORTER, party=year.parties[0])
    one = f"{ROOM}insats/{activity.uid}/"
    for address in (ROOM, one):
        assert reader.get(address).status_code == 200
        assert stranger.get(address).status_code == reporter.get(address).status_code == 404
    assert stranger.get(f"/25/2024/plan/insats/{activity.uid}/").status_code == 404
    before = Event.objects.count()
    below = ("andra/", "siffror/", "handelser/")
    for address in (*(one + part for part in below), f"{ROOM}text/situation/", f"{ROOM}insats/ny/"):
        assert reader.get(address).status_code == reader.post(address, {"title": "X"}).status_code == 403
        assert stranger.get(address).status_code == 404
    assert Event.objects.count() == before


def test_the_plan_takes_as_many_queries_for_much_as_for_little(client: Client, year: Year, activity: Activity) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(ROOM).status_code == 200
        return len(queries)

    parties = list(Party.objects.filter(county="21", role="municipality"))
    activity.municipalities.set(parties[:2])
    few = count()
    for number in range(5):
        add_activity(by=BOSS, at=AT, area=year.area, number=f"9.{number}", title="Insats", municipalities=parties)
    assert count() == few


@pytest.mark.parametrize(("role", "may_read_in"), [(Role.COORDINATOR, True), (Role.READER, False)])
def test_a_year_without_a_plan_leads_on(year: Year, role: Role, may_read_in: bool) -> None:
    """Needs come before the plan; last year's document can become it."""
    links = {a["href"] for a in page(signed_in(role).get("/21/2025/plan/")).select("main a, .head a")}
    assert {"/21/2025/behov/", "/21/2025/indikatorer/", "/21/2025/plan/alla/"} <= links
    assert ("/21/2025/dokument/" in links) == may_read_in
