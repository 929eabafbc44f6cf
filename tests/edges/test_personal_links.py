"""The way in without an account: opening changes nothing, ended and stolen links open nothing, and all of it is
traced."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from samplan.apps.letters.models import PersonalLink, Statement
from samplan.apps.letters.operations import letter_on_paper, revoke_link
from samplan.apps.questionnaires.operations import move_request
from samplan.base.audit.models import Event
from samplan.base.kernel.logs import hidden
from samplan.base.mail.models import OutboxMail
from samplan.domain.cycle import ReportStatus
from samplan.domain.links import LENGTH
from tests.letters_year import HOFORS, Letters, letters_year, newest_path, step_in
from tests.small_year import AT, BOSS

CHIEF = "chef.hofors@example.org"


class Clock:
    def __init__(self) -> None:
        self.at = AT + timedelta(hours=1)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", clock)
    return clock


@pytest.fixture(autouse=True)
def _nobody_has_guessed() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def year(db: Any, clock: Clock) -> Letters:
    return letters_year()


@pytest.fixture
def path(year: Letters) -> str:
    year.send()
    return newest_path(HOFORS)


def rows() -> dict[str, list[Any]]:
    """Everything that is stored, table by table."""
    return {model._meta.label: sorted(map(str, model._default_manager.values())) for model in apps.get_models()}


def write(client: Client, address: str, action: str = "save", **more: str) -> Any:
    """The form as the page has it, with one answer typed."""
    return client.post(address, {**names_of(client, address), "action": action, **more})


def names_of(client: Client, address: str) -> dict[str, str]:
    """The text of the first question under the name that the form gives it, with the version shown."""
    from bs4 import BeautifulSoup

    page = BeautifulSoup(client.get(address).content, "html.parser")
    area = page.find("textarea", attrs={"name": lambda name: bool(name) and "done" in name})
    typed = {
        str(one["name"]): str(one.get("value", ""))
        for one in page.find_all("input", type="hidden")
        if one.get("name") and one["name"] not in {"csrfmiddlewaretoken", "once_key"}
    }
    return typed | ({str(area["name"]): "Kurser i samtal."} if area else {})


def test_opening_a_link_changes_nothing_at_all(path: str) -> None:
    before = rows()
    for _time in range(3):
        for method in ("get", "head", "options"):
            assert getattr(Client(), method)(path).status_code == 200
    assert rows() == before


def test_neither_does_opening_the_report_behind_it(path: str) -> None:
    client, address = step_in(path)
    before = rows()
    assert client.get(address).status_code == client.head(address).status_code == 200
    assert rows() == before


def test_nobody_keeps_lists_or_is_referred_from_these_pages(path: str, year: Letters) -> None:
    client, address = step_in(path)
    for page, policy in ((client.get(path), "no-referrer"), (client.get(address), "same-origin"),
                         (client.get("/brev/nope/"), "no-referrer")):  # fmt: skip
        assert "no-store" in page["Cache-Control"]
        assert page["Referrer-Policy"] == policy
        assert "noindex" in page["X-Robots-Tag"]
    code = path.split("/")[2]
    assert code not in client.get(address).content.decode()


def test_who_does_not_say_who_they_are_gets_no_further(path: str) -> None:
    client = Client()
    for typed in ({}, {"name": "Rut"}, {"function": "chef"}, {"name": " ", "function": " "}):
        assert client.post(path, typed).status_code == 200
    assert Statement.objects.count() == 0
    link = PersonalLink.objects.get(email=HOFORS)
    assert client.get(reverse("links:answer", args=[link.uid])).status_code == 410


def test_the_report_is_written_and_sent_in_and_everything_says_by_whom(path: str, year: Letters) -> None:
    client, address = step_in(path, "Rut Ek", "enhetschef")
    assert write(client, address).status_code == 302
    assert year.hofors.state == "draft"
    assert write(client, address, "submitted").status_code == 302
    assert year.hofors.state == "submitted"
    assert year.hofors.submitted_by == "Rut Ek, enhetschef, för Hofors"
    told = Event.objects.filter(subject_uid=year.hofors.uid, actor_kind="link")
    assert set(told.values_list("verb", flat=True)) >= {"link_opened", "draft_saved", "report_submitted"}
    assert {one.actor_name for one in told} == {"Rut Ek, enhetschef, för Hofors"}


def test_from_letter_to_acceptance_with_the_approvers_own_link(db: Any, clock: Clock) -> None:
    year = letters_year(needs_approval=True)
    year.send()
    path = newest_path(HOFORS)
    writer, address = step_in(path)
    write(writer, address, "submitted")
    chief_path = newest_path(CHIEF)
    chief, chief_address = step_in(chief_path, "Bo Alm", "förvaltningschef")
    assert chief_address != address
    assert chief.post(chief_address, {"action": "approved"}).status_code == 302
    assert year.hofors.state == "approved"
    clock.at += timedelta(hours=1)
    move_request(by=BOSS, at=clock.at, request=year.hofors, to=ReportStatus.ACCEPTED)
    for client, where in ((writer, path), (writer, address), (chief, chief_path), (chief, chief_address)):
        assert client.get(where).status_code == 410
        assert client.post(where, {"action": "draft", "name": "x", "function": "y"}).status_code == 410
    assert "godkänd och klar" in writer.get(path).content.decode()
    assert year.hofors.state == "accepted"


def end(how: str, year: Letters, clock: Clock) -> None:
    link = PersonalLink.objects.select_related("request").get(email=HOFORS)
    if how == "revoked":
        revoke_link(by=BOSS, at=clock.at, link=link)
    elif how == "renewed":
        year.send(year.hofors)
    elif how == "paper":
        letter_on_paper(by=BOSS, at=clock.at, request=year.hofors)
    elif how == "over":
        clock.at = datetime(2025, 1, 30, 23, tzinfo=UTC)
    elif how == "withdrawn":
        move_request(by=BOSS, at=clock.at, request=year.hofors, to=ReportStatus.WITHDRAWN)


@pytest.mark.parametrize("how", ["revoked", "renewed", "paper", "over", "withdrawn"])
def test_an_ended_link_opens_nothing_on_any_address_and_says_what_to_do(
    path: str, year: Letters, clock: Clock, how: str
) -> None:
    from samplan.domain.access import Role
    from tests.small_year import person

    person(Role.COORDINATOR, "21", "Sam Samordnare")
    client, address = step_in(path)
    end(how, year, clock)
    if how == "over":  # the session has lasted as long
        client, address = Client(), address
    before = year.hofors.state if how != "withdrawn" else "withdrawn"
    letter = address + "brev.pdf"
    for where in (path, address, letter):
        assert client.get(where).status_code == 410, where
    for where in (path, address):
        answer = client.post(where, {"name": "Rut", "function": "chef", "action": "submitted"})
        assert answer.status_code == 410
    page = client.get(path).content.decode()
    assert "Sam Samordnare" in page
    assert "Det här kan du göra" in page
    assert year.hofors.state == before


def test_a_stolen_address_behind_the_door_is_nothing_without_the_code(path: str, year: Letters) -> None:
    _owner, address = step_in(path)
    thief, gavle = step_in(newest_path("gavle@example.org"))
    for client in (Client(), thief):
        for method in ("get", "post"):
            answer = getattr(client, method)(address, {"action": "submitted"})
            assert answer.status_code == 410
            assert "Hofors" not in answer.content.decode()
    assert year.hofors.state == "open"
    assert thief.get(gavle).status_code == 200


def test_a_link_leads_into_none_of_the_countys_rooms(path: str) -> None:
    client, _address = step_in(path)
    for where in ("/21/2024/", "/21/2024/aterrapporter/", "/21/2024/brev/", "/21/2024/direktiv/1/", "/skrivbord/"):
        answer = client.get(where)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/konto/logga-in/")


def test_one_that_never_was_looks_like_one_that_was_and_guessing_is_soon_stopped(path: str) -> None:
    guesser = Client(REMOTE_ADDR="10.0.0.9")
    answers = [guesser.get(f"/brev/{'0' * (LENGTH - 2)}{number:02}/") for number in range(22)]
    assert [one.status_code for one in answers] == [410] * 20 + [429] * 2
    assert "Hofors" not in answers[0].content.decode()
    assert guesser.get(path).status_code == 429
    assert guesser.post(path, {"name": "x", "function": "y"}).status_code == 429
    assert Client(REMOTE_ADDR="10.0.0.10").get(path).status_code == 200


def test_saying_ones_name_over_and_over_is_stopped(path: str) -> None:
    client = Client()
    said = [client.post(path, {"name": f"N{number}", "function": "x"}).status_code for number in range(31)]
    assert said == [302] * 30 + [200]
    assert Statement.objects.count() == 30


def test_leaving_forgets_who_was_stated(path: str) -> None:
    client, address = step_in(path)
    page = client.get(address).content.decode()
    assert "Rut Ek, enhetschef, för Hofors" in page
    assert f'action="{address}lamna/"' in page
    assert f'href="{address}brev.pdf"' in page
    assert client.get(address + "lamna/").status_code == 405
    assert client.post(address + "lamna/").status_code == 200
    assert client.get(address).status_code == 410


def test_the_letter_is_at_hand_as_a_file(path: str) -> None:
    client, address = step_in(path)
    for fmt, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = client.get(f"{address}brev.{fmt}")
        assert answer.status_code == 200
        assert answer.content.startswith(start)
    assert client.get(address + "brev.exe").status_code == 404


def test_a_code_never_stands_in_a_log(path: str, year: Letters, caplog: pytest.LogCaptureFixture) -> None:
    revoke_link(by=BOSS, at=AT, link=PersonalLink.objects.get(email=HOFORS))
    code = path.split("/")[2]
    console = logging.getLogger("django").handlers or logging.getLogger().handlers
    assert console
    with caplog.at_level(logging.DEBUG):
        assert Client().get(path).status_code == 410
    assert hidden(f"Gone: {path}") == "Gone: /brev/…/"
    from samplan.config.settings import LOGGING

    assert LOGGING["handlers"]["console"]["filters"] == ["secrets"]  # type: ignore[index]
    assert hidden("/21/2024/brev/17/") == "/21/2024/brev/17/"
    assert code not in hidden(f"GET {path}?a=1")


def test_the_code_is_in_no_row_once_the_mail_has_left(path: str, settings: Any, tmp_path: Any, clock: Clock) -> None:
    from samplan.base.mail.outbox import send_waiting

    settings.MAIL_FOLDER = tmp_path
    send_waiting(at=clock.at)
    step_in(path)
    code = path.split("/")[2]
    stored = str(rows())
    assert code not in stored
    assert code.replace("-", "") not in stored
    assert OutboxMail.objects.filter(secret="").exists()


def test_the_forms_other_pages_stand_behind_the_same_door(path: str, year: Letters) -> None:
    client, _address = step_in(path)
    link = PersonalLink.objects.get(email=HOFORS)
    names = {name: reverse(f"links:{name}", args=[link.uid]) for name in ("save", "preview", "hand", "paper")}

    def statuses(who: Client) -> dict[str, int]:
        typed = {"v-done": "0", "a-done": "Kurser."}
        return {
            name: (who.post(to, typed) if name == "save" else who.get(to)).status_code for name, to in names.items()
        }

    assert set(statuses(client).values()) == {200}
    assert set(statuses(Client()).values()) == {410}
    revoke_link(by=BOSS, at=AT, link=link)
    assert set(statuses(client).values()) == {410}
