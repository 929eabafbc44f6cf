"""A person's days as a calendar: at a secret address, unchanged until something changes, closed to everybody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from samplan.apps.letters.models import CalendarAddress
from samplan.base.accounts.models import Account
from samplan.domain.access import Role
from tests.letters_year import Letters, letters_year
from tests.small_year import AT, person


@pytest.fixture
def year(db: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Letters]:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    cache.clear()
    yield letters_year()
    cache.clear()


def subscribed(account: Account) -> str:
    client = Client()
    client.force_login(account)
    page = client.post(reverse("home:calendar"), {"action": "make"}).content.decode()
    found = re.search(r"/kalender/[0-9a-z-]+\.ics", page)
    assert found
    return found.group()


def days_in(text: str) -> dict[str, str]:
    text = text.replace("\r\n ", "")
    return dict(re.findall(r"DTSTART;VALUE=DATE:(\d+)\r\n.*?SUMMARY:([^\r]+)", text, re.S))


def test_a_reporter_has_the_last_days_of_the_own_party_only(year: Letters) -> None:
    address = subscribed(person(Role.PARTY_REPORTER, "21", "Rut", year.hofors.party))
    answer = Client().get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode()
    assert days_in(text) == {"20241231": "Sista dag att rapportera: Kurser i samtal (Hofors)"}
    assert "Gävle" not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_who_reads_the_county_has_its_whole_year(year: Letters) -> None:
    text = Client().get(subscribed(person(Role.COORDINATOR, "21", "Sam"))).content.decode()
    assert {"20240201", "20241231"} <= set(days_in(text))


def test_the_same_days_are_not_sent_again(year: Letters) -> None:
    address = subscribed(person(Role.PARTY_REPORTER, "21", "Rut", year.hofors.party))
    first = Client().get(address)
    again = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    type(year.hofors).objects.update(last_day=year.hofors.last_day.replace(day=30))
    assert Client().get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_new_address_closes_the_old_and_a_closed_one_stays_closed(year: Letters) -> None:
    rut = person(Role.PARTY_REPORTER, "21", "Rut", year.hofors.party)
    old, new = subscribed(rut), subscribed(rut)
    assert (Client().get(old).status_code, Client().get(new).status_code) == (410, 200)
    client = Client()
    client.force_login(rut)
    client.post(reverse("home:calendar"), {"action": "end"})
    assert Client().get(new).status_code == 410
    assert client.get(new).status_code == 410
    code = new.split("/")[-1].removesuffix(".ics")
    assert code.replace("-", "") not in str(list(CalendarAddress.objects.values()))


def test_an_account_that_is_closed_or_has_lost_its_role_shows_nothing(year: Letters) -> None:
    rut = person(Role.PARTY_REPORTER, "21", "Rut", year.hofors.party)
    address = subscribed(rut)
    rut.role_assignments.update(valid_to=AT.date().replace(day=1))  # type: ignore[attr-defined]
    assert days_in(Client().get(address).content.decode()) == {}
    Account.objects.filter(pk=rut.pk).update(is_active=False)
    assert Client().get(address).status_code == 410


def test_guessing_is_stopped_and_fetching_writes_nothing(year: Letters) -> None:
    address = subscribed(person(Role.PARTY_REPORTER, "21", "Rut", year.hofors.party))
    before = list(CalendarAddress.objects.values())
    for _time in range(3):
        assert Client().get(address).status_code == 200
    assert list(CalendarAddress.objects.values()) == before
    guesser = Client(REMOTE_ADDR="10.0.0.9")
    for number in range(21):
        assert guesser.get(f"/kalender/{number:026}.ics").status_code == 410
    assert guesser.get(address).status_code == 410


def test_a_stranger_makes_none(db: Any) -> None:
    assert Client().get(reverse("home:calendar")).status_code == 302
    assert Client().post(reverse("home:calendar"), {"action": "make"}).status_code == 403
