"""Help on every page: ours in both languages, and a county's own words on it."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import translation

from samplan.base.accounts.models import Account
from samplan.base.audit.models import Event
from samplan.domain.access import Permission, Role, command_line
from samplan.domain.errors import Invalid, Refused
from samplan.edges.help import texts
from samplan.edges.help.guide import chapter_named, chapters, folder
from samplan.edges.help.models import PageHelp
from samplan.edges.help.operations import keep_help, write_help
from samplan.edges.help.queries import help_for
from samplan.edges.help.texts import Ours, key_of, keys, names, ours
from tests.edges.test_every_address import TABLE, classified
from tests.small_year import AT, BOSS, actor, make_year, person

PAGE = "plans:plan"
OWN = "Ring **Karin** på regionen."


def parsed(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


# The texts -------------------------------------------------------------------------------------------------------


def test_every_page_of_the_workplace_has_a_help_text() -> None:
    assert [name for name in TABLE if classified(name) == "county" and not key_of(name)] == []


def test_every_key_names_a_page_or_a_room_and_no_page_is_told_twice() -> None:
    rooms = {name.split(":")[0] for name in names()}
    told = [name for key in keys() for name in (key, *texts._data()[key].get("also", ()))]
    assert [one for one in told if one not in names() | rooms] == []
    assert len(told) == len(set(told))


@pytest.mark.parametrize("key", keys())
def test_a_text_is_there_in_both_languages_and_short_enough_to_be_read(key: str) -> None:
    swedish, english = ours(key, "sv"), ours(key, "en")
    assert swedish.title != ""
    assert english.title != ""
    assert 15 <= len(swedish.text.split()) <= 110
    assert 15 <= len(english.text.split()) <= 120
    assert not set("åäöÅÄÖ") & set(english.text.replace("titel", ""))
    assert swedish.text.count("**") == english.text.count("**")
    assert swedish.text.count("\n- ") == english.text.count("\n- ")


# On the pages ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_page_shows_its_help_and_the_way_on() -> None:
    make_year()
    client = signed_in(person(Role.READER, "21", "Lena"))
    panel = parsed(client.get("/21/2024/plan/")).select_one(".help-panel")
    assert panel is not None
    assert panel.h2.text == ours(PAGE, "sv").title  # type: ignore[union-attr]
    ways = [str(link["href"]) for link in panel.select("a")]
    assert ways == ["/21/2024/hjalp/", "/21/2024/hjalp/handbok/"]
    assert {client.get(way).status_code for way in ways} == {200}


@pytest.mark.django_db
def test_the_help_is_in_the_readers_language() -> None:
    make_year()
    client = signed_in(person(Role.READER, "21", "Lena"))
    client.post("/sprak/", {"language": "en", "next": "/"})
    panel = parsed(client.get("/21/2024/plan/")).select_one(".help-panel")
    assert panel is not None
    assert panel.h2.text == ours(PAGE, "en").title  # type: ignore[union-attr]


@pytest.mark.django_db
def test_a_stranger_and_the_neighbour_see_nothing_of_the_countys_own_help() -> None:
    make_year()
    write_help(by=BOSS, at=AT, county="21", page=PAGE, language="sv", kind="addition", text=OWN)
    neighbour = signed_in(person(Role.COORDINATOR, "25", "Granne"))
    assert neighbour.get("/21/2024/hjalp/").status_code == 404
    assert neighbour.get(f"/21/2024/hjalp/sida/{PAGE}/").status_code == 404
    assert "Karin" not in neighbour.get("/25/2024/hjalp/").content.decode()
    assert Client().get("/21/2024/hjalp/").status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.COORDINATOR, Role.ADMINISTRATOR}])
def test_only_the_coordinator_writes_the_countys_own(role: Role) -> None:
    year = make_year()
    party = year.parties[0] if role.startswith("party") else None
    account = person(role, "21", "Någon", party)
    assert signed_in(account).get(f"/21/2024/hjalp/sida/{PAGE}/").status_code == 403
    with pytest.raises(Refused):
        write_help(by=actor(account), at=AT, county="21", page=PAGE, language="sv", kind="addition", text=OWN)
    assert not PageHelp.objects.exists()


# The county's own ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_addition_stands_under_ours_and_a_replacement_instead_of_it() -> None:
    make_year()
    coordinator = signed_in(person(Role.COORDINATOR, "21", "Sara"))
    reader = signed_in(person(Role.READER, "21", "Lena"))
    address = reverse("help:page", args=["21", 2024, PAGE])
    first = ours(PAGE, "sv").text.split()[0]

    def panel() -> Any:
        return parsed(reader.get("/21/2024/plan/")).select_one(".help-panel")

    answer = coordinator.post(address, {"text": OWN, "kind": "addition", "action": "save"})
    assert answer["Location"] == address
    assert panel().strong.text == "Karin"
    assert first in panel().text
    coordinator.post(address, {"text": OWN, "kind": "replacement", "action": "save"})
    assert panel().select_one(".help-panel__own").strong.text == "Karin"
    assert first not in panel().text
    coordinator.post(address, {"text": "  ", "kind": "replacement", "action": "save"})
    assert panel().select_one(".help-panel__own") is None
    assert first in panel().text
    verbs = Event.objects.filter(subject_kind="help.pagehelp").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["help_written", "help_written", "help_removed"]


@pytest.mark.django_db
def test_the_countys_own_stays_when_ours_changes_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    make_year()
    sara = person(Role.COORDINATOR, "21", "Sara")
    coordinator = signed_in(sara)
    row = write_help(by=actor(sara), at=AT, county="21", page=PAGE, language="sv", kind="addition", text=OWN)
    assert row is not None
    assert not help_for(PAGE, county="21", language="sv").changed
    new = ours(PAGE, "sv").text.replace("kapitlen", "kapitlen och bilderna")

    def changed(key: str, language: str) -> Ours:
        found = ours(key, language)
        return Ours(key, found.title, new) if key == PAGE else found

    for module in ("queries", "operations"):
        monkeypatch.setattr(f"samplan.edges.help.{module}.ours", changed)
    found = help_for(PAGE, county="21", language="sv")
    assert (found.changed, found.own, found.text) == (True, OWN, new)
    page = parsed(coordinator.get(reverse("help:page", args=["21", 2024, PAGE])))
    assert [mark.text for mark in page.select("ins")] == [" och bilderna"] or "och" in page.select_one("ins").text  # type: ignore[union-attr]
    assert "Samplans egen text har ändrats" in parsed(coordinator.get("/21/2024/plan/")).select_one(".help-panel").text  # type: ignore[union-attr]
    assert PAGE in str(parsed(coordinator.get("/21/2024/hjalp/")).select_one(".notice"))
    coordinator.post(reverse("help:page", args=["21", 2024, PAGE]), {"action": "keep"})
    found = help_for(PAGE, county="21", language="sv")
    assert (found.changed, found.own) == (False, OWN)
    with pytest.raises(Refused):
        keep_help(by=actor(person(Role.READER, "21", "Lena")), at=AT, row=row)


@pytest.mark.django_db
def test_what_is_written_is_checked_and_escaped() -> None:
    make_year()
    sara = actor(person(Role.COORDINATOR, "21", "Sara"))
    for wrong in (
        {"page": "nothing"}, {"language": "de"}, {"kind": "other"}, {"text": "x" * 7000}, {"text": "121212-1212"}
    ):  # fmt: skip
        given = {"page": PAGE, "language": "sv", "kind": "addition", "text": OWN} | wrong
        with pytest.raises(Invalid):
            write_help(by=sara, at=AT, county="21", **given)
    write_help(by=sara, at=AT, county="21", page=PAGE, language="sv", kind="addition", text="<script>x</script>")
    page = parsed(signed_in(person(Role.READER, "21", "Lena")).get("/21/2024/plan/"))
    assert "<script>" in page.select_one(".help-panel__own").text  # type: ignore[union-attr]
    assert page.select_one(".help-panel script") is None


def test_the_coordinator_holds_the_permission_and_no_neighbour() -> None:
    from samplan.domain.access import may

    assert may(command_line("21"), Permission.EDIT_HELP, county="21")
    assert not may(command_line("21"), Permission.EDIT_HELP, county="25")


# The guide -------------------------------------------------------------------------------------------------------


def test_the_guide_has_chapters_in_order_with_a_lead_and_pictures() -> None:
    found = chapters()
    assert len(found) >= 8
    assert folder().name == "handbok"
    for one in found:
        assert one.lead
        assert not one.lead.startswith("#")
        assert "![" not in one.bare
        assert chapter_named(one.slug) is one
    assert chapter_named("saknas") is None


@pytest.mark.django_db
def test_a_chapter_is_read_in_the_program_without_its_pictures() -> None:
    make_year()
    client = signed_in(person(Role.READER, "21", "Lena"))
    for at, one in enumerate(chapters()):
        with translation.override("sv"):
            page = parsed(client.get(reverse("help:chapter", args=["21", 2024, one.slug])))
        assert page.h1.text == one.title  # type: ignore[union-attr]
        assert ".png" not in page.main.text  # type: ignore[union-attr]
        assert len(page.select(".guide-ways a")) == 2 - (at in (0, len(chapters()) - 1))
    assert client.get("/21/2024/hjalp/handbok/saknas/").status_code == 404
