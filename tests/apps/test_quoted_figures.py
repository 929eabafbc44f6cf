"""Values that a plan's texts quote, on its own pages: as they are now, a way to the row, and what is not there said."""

from __future__ import annotations

from typing import Any
from urllib.parse import urldefrag

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samplan.apps.directives.operations import Wording, change_directive, issue_directive
from samplan.apps.indicators.models import Indicator
from samplan.apps.indicators.operations import add_indicator, enter_value
from samplan.apps.needs.operations import add_need
from samplan.apps.plans.facts import plan_facts
from samplan.apps.plans.models import Activity, PlanText
from samplan.apps.plans.operations.activities import add_activity
from samplan.apps.plans.operations.plans import add_plan_text, write_plan_text
from samplan.apps.plans.operations.rows import add_row
from samplan.apps.yearreports.queries import plan_year_facts
from samplan.base.ui.markdown import Figure, render_line, render_markdown
from samplan.domain.access import Role
from samplan.domain.exact import Exact
from samplan.domain.indicators import Quote, parted
from tests.small_year import AT, BOSS, LAST_DAY, QUESTIONS, Year, load_places, make_year, person

pytestmark = pytest.mark.django_db
NB = "\u00a0"
TEXT = "Nu {{kurser 2024}} {{x 1999}}"


@pytest.fixture
def year() -> Year:
    load_places()
    return make_year()


@pytest.fixture
def courses(year: Year) -> Indicator:
    indicator = add_indicator(by=BOSS, at=AT, county="21", code="kurser", title="Kurser")
    enter_value(by=BOSS, at=AT, indicator=indicator, when="2024", value=Exact(12345, 1))
    enter_value(by=BOSS, at=AT, indicator=indicator, when="2024", value=Exact(7), party=year.parties[0])
    return indicator


def signed_in(role: Role, county: str = "21", **more: Any) -> Client:
    client = Client()
    client.force_login(person(role, county, f"{role} {county}", **more))
    return client


def main(client: Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def pages(year: Year) -> dict[str, str]:
    """Every kind of page with a text that quotes a value and one that is not there."""
    text = "Länet gav {{kurser 2024}} kurser, Hofors {{kurser 2024 2104}} och {{okand 2024}}."
    write_plan_text(by=BOSS, at=AT, plan=year.plan, kind="situation", title="Nuläge", text=text)
    activity = add_activity(by=BOSS, at=AT, area=year.area, number="3.9.1", title="Samtal", texts={"goal": text})
    add_row(by=BOSS, at=AT, kind="goal", owner=year.plan, values={"horizon": "county", "text": text})
    add_row(by=BOSS, at=AT, kind="text", owner=activity, values={"title": "Mer", "text": text})
    need = add_need(by=BOSS, at=AT, county="21", year=2024, title="Stöd", text=text)
    return {
        "plan": reverse("plans:plan", args=["21", 2024]),
        "whole": reverse("plans:whole", args=["21", 2024, year.plan.uid]),
        "activity": reverse("plans:activity", args=["21", 2024, activity.uid]),
        "history": reverse("plans:history", args=["21", 2024, activity.uid]),
        "need": reverse("needs:need", args=["21", 2024, need.uid]),
    }


def test_every_page_shows_the_value_as_it_is_now_and_leads_to_its_row(year: Year, courses: Indicator) -> None:
    client = signed_in(Role.READER)
    for name, address in pages(year).items():
        page = main(client, address)
        shown = [(link.text, str(link["href"])) for link in page.select("a.figure-link")]
        assert {words for words, _address in shown} == {f"1{NB}234,5", "7"}, name
        assert {mark.text for mark in page.select("mark.marked")} == {"saknas: okand 2024"}, name
        assert "{{" not in page.main.text, name  # type: ignore[union-attr]
        for _words, target in shown:
            where, anchor = urldefrag(target)
            assert main(client, where).find(id=anchor) is not None, target
    enter_value(by=BOSS, at=AT, indicator=courses, when="2024", value=Exact(9), reason="Räknat om.")
    page = main(client, reverse("plans:whole", args=["21", 2024, year.plan.uid]))
    assert {link.text for link in page.select("a.figure-link")} == {"9", "7"}


def test_another_countys_value_is_not_quoted(year: Year, courses: Indicator) -> None:
    other = make_year("25", codes=("2505", "2506"))
    write_plan_text(by=BOSS, at=AT, plan=other.plan, kind="situation", title="Nuläge", text="{{kurser 2024}}")
    page = main(signed_in(Role.READER, "25"), reverse("plans:whole", args=["25", 2024, other.plan.uid]))
    assert [mark.text for mark in page.select("mark.marked")] == ["saknas: kurser 2024"]


def test_a_directives_party_reads_the_value_but_gets_no_way_to_a_page_that_is_not_theirs(
    year: Year, courses: Indicator
) -> None:
    directive = year.draft()
    wording = Wording(title=directive.title, last_day=LAST_DAY, purpose="Fler än {{kurser 2024}} kurser.")
    directive = change_directive(by=BOSS, at=AT, directive=directive, wording=wording, questions=QUESTIONS)
    issue_directive(by=BOSS, at=AT, directive=directive, decision_point=year.point)
    address = reverse("directives:detail", args=["21", 2024, 1])
    assert main(signed_in(Role.COORDINATOR), address).select("a.figure-link")
    page = main(signed_in(Role.PARTY_REPORTER, party=year.parties[0]), address)
    assert not page.select("a.figure-link")
    assert f"Fler än 1{NB}234,5 kurser." in page.text
    facts = plan_year_facts(year.plan, at=AT, preview=False)
    assert facts.directives[0].purpose == f"Fler än 1{NB}234,5 kurser."


def test_documents_say_the_same_in_every_text(year: Year, courses: Indicator) -> None:
    pages(year)
    facts = plan_facts(year.plan)
    (activity,) = facts.areas[0].activities
    texts = [facts.texts[0].text, facts.goals[0].text, activity.text("goal"), activity.further[0].text]
    texts += [need.text for need in plan_year_facts(year.plan, at=AT, preview=False).needs]
    expected = f"Länet gav 1{NB}234,5 kurser, Hofors 7 och [saknas: okand 2024]."
    assert texts == [expected] * 5


def test_while_editing_the_quotes_are_told_and_shown_as_they_will_be(year: Year, courses: Indicator) -> None:
    client = signed_in(Role.COORDINATOR)
    pages(year)
    row, activity = PlanText.objects.get(), Activity.objects.get()
    addresses = {
        reverse("plans:chapter", args=["21", 2024, row.uid]): {"title": "Nuläge", "text": TEXT},
        reverse("plans:text", args=["21", 2024, "situation"]): {"title": "Nuläge", "text": TEXT},
        reverse("plans:area", args=["21", 2024, year.area.uid]): {"title": "Barn", "text": TEXT},
        reverse("plans:change", args=["21", 2024, activity.uid]): {"title": "Samtal", "goal": TEXT},
        reverse("plans:new_row", args=["21", 2024, "goal", year.plan.uid]): {
            "horizon": "county", "text": TEXT,
        },
        reverse("plans:new_chapter", args=["21", 2024, year.plan.uid]): {
            "kind": "other", "title": "Nytt", "text": TEXT,
        },
    }  # fmt: skip
    before = plan_facts(year.plan)
    for address, typed in addresses.items():
        page = BeautifulSoup(client.post(address, typed | {"action": "preview"}).content, "html.parser")
        listed = " ".join(page.select_one("#citat").get_text(" ", strip=True).split())  # type: ignore[union-attr]
        assert "{{kurser 2024}} 1 234,5" in listed, address
        assert "{{x 1999}} saknas" in listed, address
        shown = page.select_one("#sa-blir-det")
        assert shown is not None, address
        assert [mark.text for mark in shown.select("mark")] == ["saknas: x 1999"], address
        assert f"1{NB}234,5" in shown.text
        assert TEXT in {typed.text.strip() for typed in page.select("main textarea")}, address
    assert plan_facts(year.plan) == before
    address = next(iter(addresses))
    saved = client.post(address, addresses[address], follow=True)
    assert "Texten citerar värden som inte finns: x 1999." in saved.content.decode()
    row.refresh_from_db()
    assert row.text == TEXT
    assert "{{kurser 2024}}" in main(client, address).select_one("details.fold code").text  # type: ignore[union-attr]


def test_no_more_queries_for_more_quotes_and_none_for_none(year: Year, courses: Indicator) -> None:
    client = signed_in(Role.READER)
    address = reverse("plans:whole", args=["21", 2024, year.plan.uid])

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    add_plan_text(by=BOSS, at=AT, plan=year.plan, kind="other", title="Utan", text="Ingen siffra.")
    count()
    without = count()
    add_plan_text(by=BOSS, at=AT, plan=year.plan, kind="other", title="Ett", text="{{kurser 2024}}")
    one = count()
    for number in range(20):
        text = "{{kurser 2024}} {{kurser 2024 2104}} {{inget 2020}}"
        add_plan_text(by=BOSS, at=AT, plan=year.plan, kind="other", title=f"Text {number}", text=text)
    assert count() == one
    assert without < one <= without + 4


def test_a_quoted_value_is_written_safely() -> None:
    def figures(quote: Quote) -> Figure | None:
        return Figure("<b>3</b>", "/x/?a=1&b=2") if quote.code == "kurser" else None

    html = str(
        render_markdown("**{{kurser 2024}}** [{{kurser 2024}}](https://example.org) {{nej 2024}}", figures=figures)
    )
    assert html == (
        '<p><strong><a class="figure-link" href="/x/?a=1&amp;b=2">&lt;b&gt;3&lt;/b&gt;</a></strong> '
        '<a href="https://example.org" rel="noopener">&lt;b&gt;3&lt;/b&gt;</a> '
        '<mark class="marked">saknas: nej 2024</mark></p>'
    )
    assert str(render_markdown("{{kurser 2024}} <i>")) == "<p>{{kurser 2024}} &lt;i&gt;</p>"
    assert str(render_line("<i> {{kurser 2024}}", figures=figures, links=False)) == "&lt;i&gt; &lt;b&gt;3&lt;/b&gt;"
    assert list(parted("a {{b 2024}}{{C}} c")) == ["a ", Quote("b", "2024"), "{{C}} c"]
