"""Around the open site: the map, addresses that last, what search engines are told, the statement, faults."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samplan.apps.directives.operations import Wording, supersede_directive
from samplan.apps.orgs import official
from samplan.apps.orgs.operations import assign_role
from samplan.apps.plans.operations.activities import change_activity
from samplan.apps.plans.operations.plans import create_plan, edit_area
from samplan.apps.yearreports.operations import approve_report, open_report, publish_report
from samplan.base.accounts.operations import create_account
from samplan.base.kernel.models import Installation
from samplan.base.mail.models import OutboxMail
from samplan.domain.access import Role
from samplan.domain.editing import text_hash
from samplan.edges.public.drawings import tiles
from samplan.edges.public.faults import MOST_AN_HOUR
from samplan.edges.reports.compile import compile_report, freeze
from tests.edges.report_year import build
from tests.edges.test_open_site import HOME, every_page, page, published
from tests.small_year import AT, BOSS, LAST_DAY


def test_every_municipality_of_the_country_has_its_own_square_and_its_county_hangs_together() -> None:
    places: dict[tuple[str, int, int], str] = {}
    for code, (column, row) in tiles().items():
        assert places.setdefault((code[:2], column, row), code) == code
    assert set(tiles()) == {one.code for one in official.parties() if one.role == "municipality"}
    lonely = [
        code for (county, column, row), code in places.items()
        if len([1 for place in places if place[0] == county]) > 1
        and not any((county, column + x, row + y) in places for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y)
    ]  # fmt: skip
    assert lonely == []
    for county in official.counties():
        own = [place for place in places if place[0] == county]
        assert (min(place[1] for place in own), min(place[2] for place in own)) == (0, 0)
        assert max(place[1] for place in own) <= 6


@pytest.mark.django_db
class TestFaults:
    """A reader tells of a fault."""

    URL = "/tillganglighet/fel/"

    def administrator(self) -> None:
        account = create_account(by=BOSS, at=AT, email="drift@example.org", name="Administratör")
        assign_role(
            by=BOSS, at=AT, account=account, role=Role.ADMINISTRATOR, county="", organisation=None,
            valid_from=AT.date(),
        )  # fmt: skip

    def test_it_becomes_a_letter_to_those_who_run_the_site_once(self) -> None:
        self.administrator()
        typed = {"what": "Kartan läses inte upp.", "where": "/lan/21/2024/", "answer_to": "rut@example.org"}
        for _time in range(2):
            assert "skickat" in Client().post(self.URL, typed).content.decode()
        (letter,) = OutboxMail.objects.all()
        assert letter.to == "drift@example.org"
        assert "Kartan läses inte upp." in letter.body
        assert "rut@example.org" in letter.body

    def test_a_form_without_words_says_what_to_do_and_keeps_what_was_typed(self) -> None:
        self.administrator()
        shown = BeautifulSoup(Client().post(self.URL, {"where": "/x/"}).content, "html.parser")
        assert shown.select_one("#fel")
        assert shown.select_one("[name=where]")["value"] == "/x/"  # type: ignore[index]
        assert not OutboxMail.objects.exists()

    def test_a_personal_number_and_a_machine_are_not_sent_on(self) -> None:
        self.administrator()
        assert "personnummer" in Client().post(self.URL, {"what": "Jag heter 121212-1212"}).content.decode()
        Client().post(self.URL, {"what": "Köp", "home": "https://example.org"})
        assert not OutboxMail.objects.exists()

    def test_the_hour_has_room_for_so_many(self) -> None:
        self.administrator()
        for number in range(MOST_AN_HOUR):
            Client().post(self.URL, {"what": f"Fel {number}"})
        assert Client().post(self.URL, {"what": "Ett till"}).status_code == 429
        assert OutboxMail.objects.count() == MOST_AN_HOUR


@pytest.mark.django_db
def test_every_page_says_what_it_is_to_those_who_find_and_share_it() -> None:
    made = build()
    published(made)
    seen: dict[str, str] = {}
    for path in [*every_page(made), "/", "/tillganglighet/"]:
        head = page(path).head
        assert head is not None
        assert head.select_one("meta[name=description]")["content"].strip()  # type: ignore[index,union-attr]
        canonical = head.select_one("link[rel=canonical]")["href"]  # type: ignore[index]
        assert canonical == f"http://testserver{path}"
        assert all("testserver" in str(one["content"]) for one in head.select("meta[property='og:image']"))
        title = head.title.text  # type: ignore[union-attr]
        assert seen.setdefault(title, path) == path


@pytest.mark.parametrize(
    ("county", "far"),
    [
        ("21", {"north": "Nordanstig", "west": "Hofors", "east": "Gävle"}), ("25", {"north": "Kiruna"}),
        ("12", {"north": "Båstad", "east": "Simrishamn"}), ("01", {"north": "Norrtälje", "south": "Nynäshamn"}),
        ("14", {"north": "Strömstad"}), ("23", {"south": "Härjedalen"}), ("13", {"north": "Kungsbacka"}),
    ],
)  # fmt: skip
def test_what_lies_farthest_on_the_ground_does_so_on_the_map(county: str, far: dict[str, str]) -> None:
    names = {one.name: one.code for one in official.parties() if one.role == "municipality" and one.county == county}
    places = {name: tiles()[code] for name, code in names.items()}
    most = {
        "north": min(row for _column, row in places.values()), "south": max(row for _column, row in places.values()),
        "west": min(column for column, _row in places.values()),
        "east": max(column for column, _row in places.values()),
    }  # fmt: skip
    for way, name in far.items():
        assert places[name][1 if way in {"north", "south"} else 0] == most[way], (way, name)


@pytest.mark.django_db
def test_addresses_go_on_leading_to_the_same_after_a_new_version() -> None:
    made = build()
    published(made)
    before = {path: page(path).h1.text for path in every_page(made)}  # type: ignore[union-attr]
    area = made.year.area
    edit_area(by=BOSS, at=AT, area=area, typed={"title": "Ungas hälsa"}, base={"title": text_hash(area.title)})
    change_activity(by=BOSS, at=AT, activity=made.activity, title="Lek")
    wording = Wording(title="Fler kurser i samtal", last_day=LAST_DAY, purpose="Fler vågar fråga.")
    issued = supersede_directive(
        by=BOSS, at=AT, directive=made.directive, wording=wording, decision_point=made.year.point
    )
    assert issued.uid != made.directive.uid
    published(made)
    renamed = {
        f"{HOME}omraden/3/": "Ungas hälsa", f"{HOME}insatser/{made.activity.uid}/": "Lek",
        f"{HOME}direktiv/{made.directive.uid}/": "Direktiv: Fler kurser i samtal",
    }  # fmt: skip
    for path, heading in before.items():
        answer = Client().get(path, follow=True)
        assert answer.status_code == 200, path
        shown = BeautifulSoup(answer.content, "html.parser")
        assert shown.h1.text == renamed.get(path, heading), path  # type: ignore[union-attr]


@pytest.mark.django_db
def test_a_report_of_another_owners_plan_is_not_the_countys() -> None:
    made = build()
    published(made)
    owner = made.year.parties[0].organisation
    own = create_plan(by=BOSS, at=AT, county="21", year=2024, title="Regionens egen", owner=owner)
    report = open_report(by=BOSS, at=AT, plan=own, title="Regionens egen rapport")
    compiled = freeze(report, compile_report(report, at=AT, preview=False))
    version = approve_report(by=BOSS, at=AT, report=report, decision_point=made.point(), compiled=compiled)
    publish_report(by=BOSS, at=AT, version=version)
    assert "Barn rör sig på rasten." in page(f"{HOME}insatser/{made.activity.uid}/").text
    assert "Regionens egen" not in page(HOME).text


@pytest.mark.django_db
def test_a_published_year_is_new_to_the_pages_of_the_other_years() -> None:
    made = build()
    published(made)
    mark = Client().get(f"{HOME}kommuner/2104/")["ETag"]
    published(made)
    assert Client().get(f"{HOME}kommuner/2104/", HTTP_IF_NONE_MATCH=mark).status_code == 200
    mark = Client().get("/")["ETag"]
    assert Client().get("/", HTTP_IF_NONE_MATCH=mark).status_code == 304


@pytest.mark.django_db
def test_a_municipality_is_chosen_on_the_start_page() -> None:
    made = build()
    published(made)
    assert page("/").select_one("select option[value='2104']")
    assert Client().get("/kommun/?kommun=2104")["Location"] == f"{HOME}kommuner/2104/"
    for nothing in ("", "2580", "0000", "²³¹1", "x" * 5000):
        assert Client().get("/kommun/", {"kommun": nothing})["Location"] == "/", nothing


@pytest.mark.django_db
def test_search_engines_are_told_of_every_page_and_each_is_there() -> None:
    made = build()
    published(made)
    robots = Client().get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in robots
    sitemap = Client().get("/sitemap.xml").content.decode()
    paths = re.findall(r"<loc>http://testserver([^<]*)</loc>", sitemap)
    assert set(every_page(made)) <= set(paths)
    assert len(paths) == len(set(paths))
    for path in paths:
        page(path)
    Installation.objects.create(pk=1, kind="demo", created_at=AT, version="0")
    assert Client().get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"
    assert page("/").select_one("meta[name=robots][content=noindex]")


@pytest.mark.django_db
def test_the_accessibility_statement_says_what_the_law_asks_for() -> None:
    text = page("/tillganglighet/").text
    for words in ("2018:1937", "delvis förenlig", "Digg", "Innehåll som inte är tillgängligt", "Berätta om brister"):
        assert words in text
    assert page("/tillganglighet/").select("main a[href='/tillganglighet/fel/']")


@pytest.mark.django_db
def test_a_kept_page_is_the_same_to_all_but_for_each_readers_own_token() -> None:
    """The second reader gets the page out of memory, and can choose a language on it; one who is signed in gets an own
    page that nobody else is shown."""
    made = build()
    published(made)
    path = f"{HOME}kommuner/2104/"
    seen = []
    for _reader in range(3):
        client = Client(enforce_csrf_checks=True)
        with CaptureQueriesContext(connection) as asked:
            text = client.get(path).content.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)
        assert token
        seen.append((text.replace(token[1], ""), token[1], len(asked)))
        chosen = client.post("/sprak/", {"language": "en", "next": path, "csrfmiddlewaretoken": token[1]})
        assert chosen.status_code == 302
    assert len({text for text, _token, _asked in seen}) == 1
    assert len({token for _text, token, _asked in seen}) == 3
    assert seen[1][2] <= 2
    account = create_account(by=BOSS, at=AT, email="a@example.org", name="Alva")
    own = Client()
    own.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    assert "Till skrivbordet" in own.get(path).content.decode()
    assert "ETag" not in own.get(path).headers
    assert "Till skrivbordet" not in Client().get(path).content.decode()
