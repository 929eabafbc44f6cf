"""Indicators through operations and pages: who may enter what, corrections, targets, and what documents say."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samplan.apps.indicators.models import Indicator, IndicatorValue
from samplan.apps.indicators.operations import add_indicator, change_indicator, enter_value, set_target
from samplan.apps.indicators.queries import indicators_of, rows_of, values_in_force
from samplan.apps.orgs.models import Party
from samplan.apps.plans.facts import plan_facts
from samplan.apps.plans.operations.plans import write_plan_text
from samplan.domain.access import Actor, Assignment, Role
from samplan.domain.document import plain_text
from samplan.domain.errors import Invalid, Refused
from samplan.domain.exact import Exact
from samplan.edges.reports.compile import compile_plan
from tests.small_year import AT, BOSS, Year, load_places, make_year, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> Year:
    load_places()
    return make_year("21")


@pytest.fixture
def courses(year: Year) -> Indicator:
    return add_indicator(by=BOSS, at=AT, county="21", code="kurser", title="Kurser", unit="kurser")


def holder(role: Role, county: str = "21", organisation: int | None = None) -> Actor:
    return Actor("account", role.value, 4, (Assignment(role, county, organisation),))


def test_a_correction_keeps_the_old_value_and_another_breakdown_stays(courses: Indicator) -> None:
    first = enter_value(by=BOSS, at=AT, indicator=courses, when="2024", value=Exact(7))
    enter_value(by=BOSS, at=AT, indicator=courses, when="2024", value=Exact(3), sex="women")
    second = enter_value(by=BOSS, at=AT, indicator=courses, when="2024", value=Exact(8), reason="Räknat om.")
    assert second.supersedes == first
    assert enter_value(by=BOSS, at=AT, indicator=courses, when="2024", value=Exact(80, 1)) == second
    assert IndicatorValue.objects.count() == 3
    (row,) = rows_of(indicators_of("21").get(), [])
    assert (row.total.value, len(row.values)) == (Exact(8), 2)


def test_the_coordinator_enters_all_and_a_reporter_their_own(courses: Indicator, year: Year) -> None:
    mine, theirs = year.parties
    reporter = holder(Role.PARTY_REPORTER, organisation=mine.organisation_id)
    enter_value(by=reporter, at=AT, indicator=courses, when="2024", value=Exact(1), party=mine)
    refused: list[tuple[Actor, Party | None]] = [
        (reporter, theirs), (reporter, None), (holder(Role.READER), mine), (holder(Role.COORDINATOR, "25"), mine),
    ]  # fmt: skip
    for actor, party in refused:
        with pytest.raises(Refused, match="forbidden"):
            enter_value(by=actor, at=AT, indicator=courses, when="2024", value=Exact(1), party=party)
    for actor in (reporter, holder(Role.READER), holder(Role.COORDINATOR, "25")):
        with pytest.raises(Refused, match="forbidden"):
            set_target(by=actor, at=AT, indicator=courses, when="2024", value=Exact(2))
        with pytest.raises(Refused, match="forbidden"):
            change_indicator(by=actor, at=AT, indicator=courses, title="Annat")


def test_what_cannot_be_is_refused(courses: Indicator) -> None:
    given: dict[str, Any] = {"by": BOSS, "at": AT, "indicator": courses, "when": "2024", "value": Exact(1)}
    for wrong, code in (
        ({"when": "snart"}, "period"), ({"sex": "x"}, "unknown_choice"), ({"ages": (20, 10)}, "age_range"),
        ({"ages": (None, 10)}, "age_range"), ({"value": Exact(2**64)}, "number_too_long"),
        ({"value": Exact(1), "reason": "19121212-1212", "when": "2023"}, "personal_number"),
    ):  # fmt: skip
        with pytest.raises(Invalid, match=code):
            enter_value(**(given | wrong))
    with pytest.raises(Invalid, match="code_taken"):
        add_indicator(by=BOSS, at=AT, county="21", code="kurser", title="En till")
    with pytest.raises(Invalid, match="code_form"):
        add_indicator(by=BOSS, at=AT, county="21", code="Kurser!", title="En till")


def test_a_plan_has_the_indicators_of_its_time(courses: Indicator, year: Year) -> None:
    assert [one.code for one in plan_facts(year.plan).indicators] == ["kurser"]
    enter_value(by=BOSS, at=AT, indicator=courses, when="2025", value=Exact(1))
    assert plan_facts(year.plan).indicators == ()
    set_target(by=BOSS, at=AT, indicator=courses, when="2024H2", value=Exact(2))
    (one,) = plan_facts(year.plan).indicators
    assert [row.period for row in one.periods] == ["2024H2"]


def test_a_text_that_quotes_a_value_is_printed_with_it_as_it_is_now(courses: Indicator, year: Year) -> None:
    write_plan_text(by=BOSS, at=AT, plan=year.plan, kind="situation", title="Nuläge", text="Länet gav {{kurser 2024}}.")
    assert "[saknas: kurser 2024]" in plan_facts(year.plan).texts[0].text
    enter_value(by=BOSS, at=AT, indicator=courses, when="2024", value=Exact(1234))
    set_target(by=BOSS, at=AT, indicator=courses, when="2024", value=Exact(1000))
    assert values_in_force("21") == {("kurser", "2024", ""): Exact(1234)}
    text = plain_text(compile_plan(year.plan, at=AT).document)
    assert "Länet gav 1\u00a0234." in text
    assert "Senast, 2024: 1\u00a0234, mål 1\u00a0000." in text
    enter_value(by=BOSS, at=AT, indicator=courses, when="2024", value=Exact(1235))
    assert "Länet gav 1\u00a0235." in plain_text(compile_plan(year.plan, at=AT).document)


def post(client: Client, name: str, arguments: list[Any], data: dict[str, Any]) -> Any:
    address = reverse(name, args=arguments)
    keys = dict(re.findall(r'name="(once_key|once)" value="([^"]+)"', client.get(address).content.decode()))
    return client.post(address, {**keys, **data})


def test_the_pages(year: Year) -> None:
    client = Client()
    client.force_login(person(Role.COORDINATOR, "21", "Samordnare"))
    at = ["21", 2024]
    given = {"title": "Andel nöjda", "code": "nojda", "direction": "up", "unit": "%"}
    assert post(client, "indicators:new", at, given).status_code == 302
    made = Indicator.objects.get()
    assert not made.adds_up
    one = [*at, made.uid]
    typed = {"period": "2024", "sex": "all", "county": "81,5", "party-2104": "79", "target": "80"}
    assert post(client, "indicators:values", one, typed).status_code == 302
    page = client.get(reverse("indicators:indicator", args=one)).content.decode()
    for words in ("81,5", "79", "Hofors", "Ja", "läggs inte ihop"):
        assert words in page, words
    wrong = post(client, "indicators:values", one, {**typed, "period": "i år", "county": "82"})
    assert "2024H1" in wrong.content.decode()
    assert 'value="82"' in wrong.content.decode()
    assert post(client, "indicators:change", one, {**given, "title": "Nöjda"}).status_code == 302
    assert "Nöjda" in client.get(reverse("indicators:list", args=at)).content.decode()
    reader = Client()
    reader.force_login(person(Role.READER, "21", "Läsare"))
    assert reader.get(reverse("indicators:indicator", args=one)).status_code == 200
    assert reader.get(reverse("indicators:values", args=one)).status_code == 403
