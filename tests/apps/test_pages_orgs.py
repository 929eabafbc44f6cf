"""People and their roles, and the population, on pages; the file of population."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samplan.apps.orgs.models import Organisation, Party, Population, RoleAssignment
from samplan.apps.orgs.population_file import parse
from samplan.base.accounts.models import Account
from samplan.base.audit.models import Event
from samplan.base.mail.models import OutboxMail
from samplan.domain.access import Role
from samplan.domain.errors import Invalid
from tests.small_year import load_places, person

ROOM = "/21/2024/personer/"
HEAD = "area_code;date;persons;source;state;sex;age_from;age_to\n"


@pytest.fixture
def places(db: None) -> None:
    load_places()


def signed_in(role: Role, county: str = "21") -> Client:
    client = Client()
    client.force_login(person(role, county, f"{role} {county}"))
    return client


@pytest.fixture
def client(places: None) -> Client:
    return signed_in(Role.COORDINATOR)


def page(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def typed(**more: str) -> dict[str, str]:
    return {
        "name": "Rut Rapportör", "email": "Rut@Example.org", "role": "party_reporter", "valid_from": "2024-02-01",
        "send": "on",
    } | more  # fmt: skip


def test_somebody_is_invited_with_a_role_and_a_link(client: Client) -> None:
    missing = page(client.post(f"{ROOM}bjud-in/", typed()))
    assert "Välj vilken organisation" in missing.select_one("#id_organisation_error").text  # type: ignore[union-attr]
    assert missing.select_one("[name=name]")["value"] == "Rut Rapportör"  # type: ignore[index]
    gavle = Organisation.objects.get(name="Gävle kommun")
    assert client.post(f"{ROOM}bjud-in/", typed(organisation=str(gavle.uid)))["Location"] == ROOM
    held = RoleAssignment.objects.get(account__email="rut@example.org")
    assert (held.role, held.county, held.organisation) == ("party_reporter", "21", gavle)
    assert OutboxMail.objects.get(to="rut@example.org").body.count("/konto/lank/") == 1
    shown = page(client.get(ROOM))
    assert "Gävle kommun" in shown.select_one("table").text  # type: ignore[union-attr]
    assert "gav en roll" in shown.select_one("#spar").text  # type: ignore[union-attr]


def test_a_known_address_gets_one_more_role_and_no_new_account(client: Client) -> None:
    before = Account.objects.count()
    known = person(Role.READER, "21", "Lo")
    client.post(f"{ROOM}bjud-in/", typed(email=known.email, role="controller", send=""))
    assert Account.objects.count() == before + 1
    assert set(RoleAssignment.objects.filter(account=known).values_list("role", flat=True)) == {"reader", "controller"}


def test_nobody_is_made_administrator_here(client: Client) -> None:
    shown = page(client.post(f"{ROOM}bjud-in/", typed(role="administrator")))
    assert shown.select(".field__error")
    assert not RoleAssignment.objects.filter(role="administrator").exists()


def test_a_role_is_ended_with_its_last_day(client: Client) -> None:
    reader = person(Role.READER, "21", "Lo Läsare")
    held = RoleAssignment.objects.get(account=reader)
    address = f"{ROOM}{held.uid}/avsluta/"
    wrong = page(client.post(address, {"last_day": "2023-12-31"}))
    assert "före första dagen" in wrong.text
    assert client.post(address, {"last_day": "2024-06-30"})["Location"] == ROOM
    held.refresh_from_db()
    assert held.valid_to == date(2024, 6, 30)
    shown = page(client.get(ROOM))
    assert "Lo Läsare" not in shown.select_one("table").text  # type: ignore[union-attr]
    assert "till och med 30 juni 2024" in shown.select_one("main details").text  # type: ignore[union-attr]


def test_a_link_is_mailed_to_its_owner_and_shown_to_nobody(client: Client) -> None:
    reader = person(Role.READER, "21", "Lo Läsare")
    address = f"{ROOM}{RoleAssignment.objects.get(account=reader).uid}/lank/"
    assert client.get(address).status_code == 405
    shown = client.post(address, follow=True)
    assert OutboxMail.objects.filter(to=reader.email).count() == 1
    assert b"/konto/lank/" not in shown.content


def test_people_are_for_those_who_manage_them(places: None) -> None:
    held = RoleAssignment.objects.get(account=person(Role.READER, "21", "Lo"))
    for client in (signed_in(Role.CONTROLLER), signed_in(Role.COORDINATOR, "25")):
        for address in (ROOM, f"{ROOM}bjud-in/", f"{ROOM}{held.uid}/avsluta/"):
            assert client.get(address).status_code == 404
        assert client.post(f"{ROOM}{held.uid}/lank/").status_code == 404
        assert client.post(f"/25/2024/personer/{held.uid}/avsluta/", {"last_day": "2024-06-30"}).status_code == 404
    assert not OutboxMail.objects.exists()


def test_the_administrator_manages_every_county(places: None) -> None:
    assert signed_in(Role.ADMINISTRATOR, "").get(ROOM).status_code == 200


def upload(client: Client, text: str) -> Any:
    return client.post(f"{ROOM}folkmangd/", {"file": SimpleUploadedFile("ages.csv", text.encode())})


def test_the_population_is_shown_with_source_and_state(places: None) -> None:
    shown = page(signed_in(Role.READER).get(f"{ROOM}folkmangd/"))
    row = next(tr for tr in shown.select("tbody tr") if tr.th.text == "Gävle")  # type: ignore[union-attr]
    assert [td.text for td in row.select("td")] == ["102\xa0418", "SCB, folkmängd 31 december 2019", "slutlig"]
    assert len(shown.select("tbody tr")) == 11
    assert not shown.select("input[type=file]")
    assert upload(signed_in(Role.CONTROLLER), HEAD).status_code == 403


def test_the_administrator_reads_ages_from_a_file(places: None) -> None:
    client = signed_in(Role.ADMINISTRATOR, "")
    text = "\ufeff" + HEAD + "2180;2023-12-31;1 032;SCB;;;7;7\n2180;2023-12-31;103493;SCB;preliminary;;;\n"
    assert upload(client, text).status_code == 302
    rows = Population.objects.filter(on_date=date(2023, 12, 31)).order_by("persons")
    assert [(one.persons, one.age_from, one.age_to, one.state) for one in rows] == [
        (1032, 7, 7, "final"), (103493, None, None, "preliminary"),
    ]  # fmt: skip
    before = Event.objects.filter(verb="population_loaded").count()
    assert upload(client, HEAD + "2180;2023-12-31;103600;SCB;final;;;\n").status_code == 302
    assert Population.objects.get(persons=103600).state == "final"
    assert Event.objects.filter(verb="population_loaded").count() == before + 1
    refused = page(upload(client, HEAD + "2180;2023-12-31;9;SCB;final;;;\n"))
    assert "Det finns redan en annan slutlig folkmängd" in refused.text
    wrong = page(upload(client, HEAD + "2180;2024-12-31;9;SCB;;;;\n2180;2024-12-31;många;SCB;;;1;1\n"))
    assert "Rad 3: antalet personer, många" in wrong.select_one(".field__error").text  # type: ignore[union-attr]
    assert not Population.objects.filter(on_date=date(2024, 12, 31)).exists()


AREAS = {"21", "2180"}


def test_a_file_is_read_whatever_its_separator_and_order_of_columns() -> None:
    text = 'date,area_code,source,persons\n2023-12-31,2180,"SCB, slutlig",100\n\n2023-12-31,21,SCB,200\n'
    assert [(one.area_code, one.persons, one.source, one.age_from) for one in parse(text.encode(), areas=AREAS)] == [
        ("2180", 100, "SCB, slutlig", None),
        ("21", 200, "SCB", None),
    ]
    (upward,) = parse((HEAD + "21;2023-12-31;5;SCB;final;women;;24\n").encode(), areas=AREAS)
    assert (upward.sex, upward.age_from, upward.age_to) == ("women", 0, 24)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("218;2023-12-31;1;SCB;;;;", "area"),
        ("2181;2023-12-31;1;SCB;;;;", "unknown_area"),
        ("2180;2023-02-30;1;SCB;;;;", "date"),
        ("2180;20231231;1;SCB;;;;", "date"),
        ("2180;2023-12-31;-1;SCB;;;;", "persons"),
        ("2180;2023-12-31;1,5;SCB;;;;", "persons"),
        ("2180;2023-12-31;1;;;;;", "source"),
        ("2180;2023-12-31;1;SCB;klar;;;", "state"),
        ("2180;2023-12-31;1;SCB;;girls;;", "sex"),
        ("2180;2023-12-31;1;SCB;;;x;", "age"),
        ("2180;2023-12-31;1;SCB;;;9;8", "ages_in_order"),
        ("2180;2023-12-31;1;SCB", "cells"),
        ("2180;2023-12-30;4;SCB;;;;", "twice"),
    ],
)
def test_a_wrong_row_is_named(line: str, code: str) -> None:
    good = "2180;2023-12-30;4;SCB;;;;\n"
    with pytest.raises(Invalid) as caught:
        parse((HEAD + good + line + "\n").encode(), areas=AREAS)
    assert (caught.value.code, caught.value.params["row"]) == (code, 3)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "columns"),
        (HEAD.encode(), "empty"),
        ("å".encode("latin-1"), "encoding"),
        (b"date;persons\n", "columns"),
        (HEAD.encode() + b" " * 5_000_000, "too_big"),
    ],
)
def test_a_file_that_is_no_table_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        parse(data, areas=AREAS)
    assert caught.value.code == code


def test_every_party_of_the_county_can_be_invited_for(client: Client) -> None:
    offered = {one.text for one in page(client.get(f"{ROOM}bjud-in/")).select("select[name=organisation] option")}
    assert {one.organisation.name for one in Party.objects.filter(county="21")} < offered
