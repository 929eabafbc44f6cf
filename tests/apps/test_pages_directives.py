"""Directives as the coordinator writes and sends them, and as the parties read them."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from samplan.apps.directives.models import Directive
from samplan.apps.questionnaires.models import Answer, ReportRequest
from samplan.apps.questionnaires.operations import Typed, save_answers
from samplan.apps.questionnaires.queries import questions_of
from samplan.domain.access import Role
from tests.small_year import AT, QUESTIONS, Year, actor, load_places, make_year, person

pytestmark = pytest.mark.django_db
LIST = "/21/2024/direktiv/"


@pytest.fixture
def year() -> Year:
    load_places()
    return make_year()


@pytest.fixture
def client(year: Year) -> Client:
    signed_in = Client()
    signed_in.force_login(person(Role.COORDINATOR, "21", "Sara Samordnare"))
    return signed_in


def page(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def typed(response: Any, **changes: str) -> dict[str, Any]:
    """The page's form as a browser would send it, with some fields typed over."""
    form = page(response).select_one("main form")
    assert form is not None
    found: dict[str, Any] = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        if control.get("type") in {"radio", "checkbox"} and not control.has_attr("checked"):
            continue
        if control.name == "select":
            chosen = control.select_one("option[selected]") or control.select_one("option")
            found[str(control["name"])] = chosen["value"] if chosen else ""
        else:
            found[str(control["name"])] = (
                control.text.removeprefix("\n")
                if control.name == "textarea"
                else control.get("value", "on" if control.get("type") == "checkbox" else "")
            )
    return found | changes


def test_a_directive_is_drafted_with_its_questions(client: Client, year: Year) -> None:
    path = f"{LIST}nytt/"
    sent = typed(client.get(path), area=str(year.area.pk), number="4", title="Skolsociala team", last_day="2024-12-31")
    more = client.post(
        path, sent | {"action": "more", "questions-0-text": "Hur gick det?", "questions-0-required": "on"}
    )
    assert page(more).select_one("[name=title]")["value"] == "Skolsociala team"  # type: ignore[index]
    assert len(page(more).select("[name$=-text]")) == 4
    assert not page(more).select(".errors, [aria-invalid]")
    sent = typed(more, **{"questions-3-text": "Hur långt?", "questions-3-kind": "choice", "questions-3-ORDER": "1"})
    wrong = client.post(path, sent | {"action": "save"})
    assert "Skriv minst två val" in page(wrong).text
    assert page(wrong).select_one("[name=questions-3-text]")["value"] == "Hur långt?"  # type: ignore[index]
    sent = typed(wrong, **{"questions-3-options": "Planerar\nI drift", "area": str(year.area.pk)})
    response = client.post(path, sent | {"action": "save", "budget_line": str(year.line.pk)})
    assert response["Location"] == f"{LIST}4/"
    made = Directive.objects.get(number=4)
    first, second = questions_of(made.form)
    assert (first.code, [option.code for option in first.options]) == ("hur_langt", ["planerar", "i_drift"])
    assert (second.code, second.required) == ("hur_gick_det", True)
    assert made.budget_line == year.line


def test_a_draft_without_a_question_is_saved_but_not_issued(client: Client, year: Year) -> None:
    path = f"{LIST}nytt/"
    sent = typed(client.get(path), area=str(year.area.pk), title="Tomt", last_day="2024-12-31") | {"action": "save"}
    assert client.post(path, sent | {"budget_line": str(year.line.pk)}).status_code == 302
    made = Directive.objects.get()
    path = f"{LIST}{made.number}/utfarda/"
    refused = client.post(path, typed(client.get(path), decision_point=str(year.point.pk)))
    assert "minst en fråga" in page(refused).text
    assert Directive.objects.get().state == "draft"


def test_an_earlier_form_is_copied_with_its_codes(client: Client, year: Year) -> None:
    earlier = year.draft()
    path = f"{LIST}nytt/"
    sent = typed(client.get(path), area=str(year.area.pk), number="2", title="Nytt", last_day="2024-12-31")
    copied = client.post(path, sent | {"action": "copy", "copy": str(earlier.form_id)})
    assert page(copied).select_one("[name=title]")["value"] == "Nytt"  # type: ignore[index]
    sent = typed(copied, area=str(year.area.pk)) | {"action": "save"}
    assert client.post(path, sent).status_code == 302
    assert questions_of(Directive.objects.get(number=2).form) == QUESTIONS


def test_a_taken_number_is_said_at_the_field(client: Client, year: Year) -> None:
    year.draft()
    path = f"{LIST}nytt/"
    sent = typed(client.get(path), area=str(year.area.pk), number="1", title="Nytt", last_day="2024-12-31")
    response = client.post(path, sent | {"action": "save", "questions-0-text": "Hur?"})
    assert "Numret är upptaget" in page(response).select_one("#id_number_error").text  # type: ignore[union-attr]


def test_a_draft_is_changed_issued_and_read(client: Client, year: Year) -> None:
    year.draft()
    path = f"{LIST}1/andra/"
    sent = typed(client.get(path), title="Kurser, nu bättre") | {"action": "save"}
    assert client.post(path, sent)["Location"] == f"{LIST}1/"
    issue = client.get(f"{LIST}1/utfarda/")
    assert "2 parter får direktivet" in page(issue).text
    assert "Välj beslutspunkt" in page(issue).text
    assert page(client.post(f"{LIST}1/utfarda/", {})).select(".errors")
    sent = typed(issue, decision_point=str(year.point.pk))
    assert client.post(f"{LIST}1/utfarda/", sent)["Location"] == f"{LIST}1/"
    again = client.post(f"{LIST}1/utfarda/", sent)
    assert again["Location"] == f"{LIST}1/"
    assert ReportRequest.objects.count() == 2
    found = page(client.get(f"{LIST}1/"))
    assert found.select_one("h1").text == "Kurser, nu bättre"  # type: ignore[union-attr]
    assert [th.text for th in found.select("#parter tbody th")] == ["Gävle", "Hofors"]
    assert found.select_one("#parter tfoot .fig").text == "100\xa0000\xa0kr"  # type: ignore[union-attr]
    assert "utfärdade direktivet" in found.select_one(".trace").text  # type: ignore[union-attr]


def test_a_new_version_from_its_page(client: Client, year: Year) -> None:
    old = year.issued()
    asked = old.shares.order_by("id")[0].request
    reporter = person(Role.PARTY_REPORTER, "21", "Rut", asked.party)
    save_answers(by=actor(reporter), at=AT, request=asked, answers={"done": Typed("Tre kurser.")})
    path = f"{LIST}1/ny-version/"
    sent = typed(client.get(path), decision_point=str(year.point.pk), last_day="2025-01-31") | {"action": "save"}
    without = client.post(path, sent | {"questions-0-DELETE": "on", "questions-1-DELETE": "on"})
    assert "saknar frågor som redan är besvarade" in page(without).text
    assert (
        client.post(path, typed(without) | {"action": "save", "decision_point": str(year.point.pk)}).status_code == 200
    )
    assert client.post(path, sent)["Location"] == f"{LIST}1/"
    assert Directive.objects.get(state="issued").version == 2
    assert Answer.objects.get().value == "Tre kurser."
    assert "Version 1, utfärdad" in page(client.get(f"{LIST}1/")).text


def test_withdrawing_wants_a_reason(client: Client, year: Year) -> None:
    year.issued()
    path = f"{LIST}1/dra-tillbaka/"
    assert page(client.post(path, {"reason": ""})).select(".errors")
    assert client.post(path, {"reason": "Fel belopp."})["Location"] == LIST
    assert client.get(f"{LIST}1/").status_code == 404
    assert "Inga direktiv än" in page(client.get(LIST)).text


def test_a_party_reads_its_directive_but_no_other_partys_state_and_no_draft(year: Year) -> None:
    year.issued()
    year.draft(number=2)
    reporter = person(Role.PARTY_REPORTER, "21", "Rut", year.parties[0])
    client = Client()
    client.force_login(reporter)
    found = page(client.get(f"{LIST}1/"))
    assert len(found.select("#parter .state")) >= 1
    assert len(found.select("#parter tbody tr:has(.state)")) == 1
    assert not found.select(".trace, .head__actions a")
    for path in (f"{LIST}2/", LIST, f"{LIST}nytt/"):
        assert client.get(path).status_code == 404
    for path in ("andra/", "ny-version/", "utfarda/", "dra-tillbaka/"):
        assert client.get(f"{LIST}1/{path}").status_code == 403
        assert client.post(f"{LIST}1/{path}", {"reason": "x"}).status_code == 403
    assert Directive.objects.get(number=1).state == "issued"


@pytest.mark.parametrize("role", [Role.READER, Role.CONTROLLER, Role.SECRETARY, Role.PUBLISHER])
def test_those_who_only_read_write_nothing(year: Year, role: Role) -> None:
    year.draft()
    client = Client()
    client.force_login(person(role, "21", "Läsare"))
    assert client.get(LIST).status_code == 200
    assert client.get(f"{LIST}1/").status_code == 200
    for path in ("nytt/", "1/andra/", "1/utfarda/", "1/dra-tillbaka/"):
        assert client.post(LIST + path, {"reason": "x", "action": "save"}).status_code == 403


def test_neighbours_find_nothing(year: Year) -> None:
    year.issued()
    client = Client()
    client.force_login(person(Role.COORDINATOR, "25", "Granne"))
    for path in ("", "1/", "nytt/", "1/andra/", "1/utfarda/", "1/ny-version/", "1/dra-tillbaka/"):
        assert client.get(LIST + path).status_code == 404
        assert client.post(LIST + path, {"reason": "x"}).status_code in {404, 405}
