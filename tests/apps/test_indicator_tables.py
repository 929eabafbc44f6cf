"""A pasted table of values: what each cell becomes, what is not understood, and entering it on a person's word."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from samplan.apps.indicators.models import Indicator, IndicatorTarget, IndicatorValue
from samplan.apps.indicators.operations import Entry, add_indicator, enter_table, enter_value, set_target
from samplan.apps.indicators.pasted_table import MOST_CELLS, About, Table, parse
from samplan.apps.orgs.models import Party
from samplan.apps.orgs.queries import parties_named
from samplan.base.audit.models import Event
from samplan.domain.access import Actor, Assignment, Role
from samplan.domain.errors import Invalid, Refused
from samplan.domain.exact import Exact
from tests.small_year import AT, BOSS, load_places, person

NAMES = {"gävle": "2180", "2180": "2180", "gävle kommun": "2180", "hofors": "2104", "2104": "2104", "region x": "21"}


def read(text: str, **more: Any) -> Table[str]:
    return parse(text, NAMES, county="Gävleborg", **more)


def values(text: str, **more: Any) -> list[tuple[str | None, str, str, Any, str]]:
    return [
        (one.party, one.about.period, one.about.sex, one.about.ages, str(one.value)) for one in read(text, **more).cells
    ]


def problems(text: str, **more: Any) -> list[tuple[int, str, str]]:
    return [(one.line, one.text, one.problem) for one in read(text, **more).cells]


# What a table says ------------------------------------------------------------------------------------------------


def test_party_by_period() -> None:
    text = "Kommun\t2023\t2024H1\nGävle\t1 200\t3,5\n2104 Hofors\t–\t0\nGävleborgs län\t..\t7\n"
    assert values(text) == [
        ("2180", "2023", "all", None, "1200"), ("2180", "2024H1", "all", None, "3,5"),
        ("2104", "2024H1", "all", None, "0"), (None, "2024H1", "all", None, "7"),
    ]  # fmt: skip


def test_a_row_for_each_value_with_sex_and_age() -> None:
    text = "Part\tÅr\tKön\tÅlder\tAntal\nGävle kommun\t2024\tKvinnor\t0–17 år\t3\nHofors\t2024\tflickor\t65+\t4\n"
    text += "Gävle\t2024\ttotalt\talla\t9\nHofors\t2024\tMän\t18-w\t2\n"
    assert values(text) == [
        ("2180", "2024", "women", (0, 17), "3"), ("2104", "2024", "women", (65, None), "4"),
        ("2180", "2024", "all", None, "9"), ("2104", "2024", "men", (18, None), "2"),
    ]  # fmt: skip


def test_columns_that_say_sex_ages_and_targets() -> None:
    text = "Part;2024 kvinnor;2024 män;2024 kvinnor 65 år och äldre;Mål 2025\nGävle;1;2;3;\nHela länet;;;;40 %\n"
    assert values(text, unit="%") == [
        ("2180", "2024", "women", None, "1"), ("2180", "2024", "men", None, "2"),
        ("2180", "2024", "women", (65, None), "3"), (None, "2025", "all", None, "40"),
    ]  # fmt: skip
    assert read(text).cells[-1].about == About("2025", "all", None, target=True)
    sexes = "Part\tKvinnor\tMän\nGävle\t31,5 %\t28\n"
    assert [one[1:3] for one in values(sexes, when="2024")] == [("2024", "women"), ("2024", "men")]


def test_english_heads_are_read_as_well() -> None:
    text = "Party\tYear\tSex\tAge\tValue\nGävle\t2024\twomen\t0-17\t3"
    assert values(text) == [("2180", "2024", "women", (0, 17), "3")]
    assert values("Municipality\t2024 men\tTarget 2025\nGävle\t3\t\nGävleborg\t\t9") == [
        ("2180", "2024", "men", None, "3"), (None, "2025", "all", None, "9"),
    ]  # fmt: skip


def test_what_is_not_understood_is_told_and_nothing_is_guessed() -> None:
    text = (
        "Kommun\t2024\tAnteckning\nGävle\tca 10\tprick\nOkänd\t3\t\nHofors\t-4\t\nSumma\t13\t\nHofors\t5\t\nHofors\t6\t"
    )
    assert problems(text) == [
        (2, "ca 10", "number"), (3, "3", "party"), (4, "-4", "number"), (5, "13", "sum"), (6, "5", ""),
        (7, "6", "twice"),
    ]  # fmt: skip
    assert read(text).passed == ("Anteckning",)
    long = "Part\tÅr\tKön\tÅlder\tVärde\n"
    for row, problem in (
        ("Gävle\ti fjol\tMän\talla\t1", "period"), ("Gävle\t\tMän\talla\t1", "period"),
        ("Gävle\t2024\thund\talla\t1", "sex"), ("Gävle\t2024\tMän\tung\t1", "age"),
        ("Gävle\t2024\tMän\t20–10\t1", "age"), ("Gävle\t2024\tMän\talla\t1e5", "number"),
    ):  # fmt: skip
        (found,) = problems(long + row)
        assert found[2] == problem, row
    assert problems("Part\tMål 2024\nGävle\t3")[0][2] == "target"
    assert problems("Part\tVärde\nGävle\t3")[0][2] == "period"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "table_empty"), ("Kommun\t2024", "value_head"), ("Kommun\tAnteckning\nGävle\tx", "value_head"),
        ("Part\t" + "\t".join(["2024"] * 60) + "\n" + ("Gävle" + "\t1" * 60 + "\n") * 60, "table_cells"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_read_says_why(text: str, code: str) -> None:
    assert MOST_CELLS < 60 * 60
    with pytest.raises(Invalid, match=code):
        read(text)
    with pytest.raises(Invalid, match="period"):
        read("Part\tVärde\nGävle\t1", when="snart")


# Entering it ------------------------------------------------------------------------------------------------------


@pytest.fixture
def courses(db: None) -> Indicator:
    load_places()
    return add_indicator(by=BOSS, at=AT, county="21", code="kurser", title="Kurser", unit="kurser")


def party(code: str) -> Party:
    return Party.objects.get(county="21", code=code)


def signed_in(role: Role, county: str = "21") -> Client:
    client = Client()
    client.force_login(person(role, county, f"{role} {county}"))
    return client


def test_a_table_is_entered_whole_or_not_at_all(courses: Indicator) -> None:
    who: dict[str, Any] = {"by": BOSS, "at": AT, "indicator": courses}
    enter_value(**who, when="2024", value=Exact(5), party=party("2104"))
    wrong = [Entry("2024", Exact(3), party("2180")), Entry("2024", Exact(2**64), party("2121"))]
    with pytest.raises(Invalid, match="number_too_long"):
        enter_table(**who, entries=wrong)
    assert IndicatorValue.objects.count() == 1
    entries = [
        Entry("2024", Exact(3), party("2180")), Entry("2024", Exact(6), party("2104")), Entry("2024", Exact(9, 0)),
        Entry("2025", Exact(40), target=True), Entry("2024", Exact(2), party("2180"), "women", (0, 17)),
    ]  # fmt: skip
    with pytest.raises(Invalid, match="reason_needed"):
        enter_table(**who, entries=entries)
    assert IndicatorValue.objects.count() == 1
    assert enter_table(**who, entries=entries, reason="Räknat om.") == (4, 1)
    assert IndicatorTarget.objects.get().value == 40
    corrected = IndicatorValue.objects.get(party=party("2104"), superseded_by=None)
    assert (corrected.value, corrected.reason) == (6, "Räknat om.")
    assert IndicatorValue.objects.get(party=party("2180"), sex="all").reason == ""
    (event,) = Event.objects.filter(verb="indicator_table_entered")
    assert '"corrected":1' in event.after
    assert enter_table(**who, entries=entries, reason="Igen.") == (0, 0)
    assert Event.objects.filter(verb="indicator_table_entered").count() == 1


def test_only_the_countys_coordinator_enters_a_table(courses: Indicator) -> None:
    organisation = party("2104").organisation_id
    for role, county, own in ((Role.READER, "21", None), (Role.PARTY_REPORTER, "21", organisation),
                              (Role.COORDINATOR, "25", None)):  # fmt: skip
        stranger = Actor("account", "Någon", 7, (Assignment(role, county, own),))
        with pytest.raises(Refused, match="forbidden"):
            enter_table(by=stranger, at=AT, indicator=courses, entries=[Entry("2024", Exact(3), party("2104"))])
    address = reverse("indicators:table", args=["21", 2024, courses.uid])
    assert signed_in(Role.READER).get(address).status_code == 403
    assert signed_in(Role.COORDINATOR, "25").get(address).status_code == 404


TABLE = "Kommun\t2023\t2024\nGävle\t3\t4\nHofors\t5\t6\nOkänd\t1\t\nSumma\t9\t10\n"


def shown(response: Any) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def told(page: BeautifulSoup, place: str) -> list[str]:
    return [" ".join(row.get_text(" ", strip=True).split()) for row in page.select(f"{place} tbody tr")]


def test_the_page_compares_and_enters_nothing_before_it_is_told_to(courses: Indicator) -> None:
    client = signed_in(Role.COORDINATOR)
    address = reverse("indicators:table", args=["21", 2024, courses.uid])
    assert address in client.get(reverse("indicators:indicator", args=["21", 2024, courses.uid])).content.decode()
    enter_value(by=BOSS, at=AT, indicator=courses, when="2023", value=Exact(3), party=party("2180"))
    enter_value(by=BOSS, at=AT, indicator=courses, when="2023", value=Exact(4), party=party("2104"))
    page = shown(client.post(address, {"table": TABLE, "action": "compare"}))
    assert IndicatorValue.objects.count() == 2
    assert told(page, "#jamforelse") == [
        "Gävle rad 2: 3 2023 3 lika 3", "Gävle rad 2: 4 2024 4 nytt –",
        "Hofors rad 3: 5 2023 5 skiljer 4", "Hofors rad 3: 6 2024 6 nytt –",
    ]  # fmt: skip
    assert told(page, "#inte") == [
        "1 rad 4, Okänd, 2023 Ingen av länets parter heter så.",
        "9 rad 5, Summa, 2023 En rad med summor. Den förs inte in: länets värde räknas av parternas. "
        "Parterna i tabellen blir 8.",
        "10 rad 5, Summa, 2024 En rad med summor. Den förs inte in: länets värde räknas av parternas.",
    ]  # fmt: skip
    assert [button.get_text(strip=True) for button in page.select("main .actions button")] == [
        "Inför 2 nya värden", "Inför de nya och rätta ett", "Jämför igen",
    ]  # fmt: skip
    seen = str(page.select_one("[name=seen]")["value"])  # type: ignore[index]
    kept = {"table": TABLE, "seen": seen}
    # Something was entered meanwhile: what was looked at is no longer so.
    enter_value(by=BOSS, at=AT, indicator=courses, when="2024", value=Exact(8), party=party("2104"))
    again = shown(client.post(address, kept | {"action": "new"}))
    assert "har ändrats sedan du jämförde" in again.text
    assert IndicatorValue.objects.count() == 3
    seen = str(again.select_one("[name=seen]")["value"])  # type: ignore[index]
    assert client.post(address, kept | {"action": "new", "seen": seen}).status_code == 302
    found = {(row.party.code, row.period): row.value for row in IndicatorValue.objects.filter(superseded_by=None)}  # type: ignore[union-attr]
    assert found == {("2180", "2023"): 3, ("2180", "2024"): 4, ("2104", "2023"): 4, ("2104", "2024"): 8}


def test_what_differs_is_corrected_with_a_reason(courses: Indicator) -> None:
    client = signed_in(Role.COORDINATOR)
    address = reverse("indicators:table", args=["21", 2024, courses.uid])
    enter_value(by=BOSS, at=AT, indicator=courses, when="2024", value=Exact(3), party=party("2180"))
    set_target(by=BOSS, at=AT, indicator=courses, when="2024", value=Exact(30))
    sent = {"table": "Part\t2024\tMål 2024\nGävle\t4\t\nLänet\t\t35\n"}
    page = shown(client.post(address, sent | {"action": "compare"}))
    sent |= {"seen": str(page.select_one("[name=seen]")["value"]), "action": "all"}  # type: ignore[index]
    without = shown(client.post(address, sent))
    assert "Skriv i en mening varför." in without.text
    assert IndicatorTarget.objects.get().value == 30
    done = client.post(address, sent | {"reason": "Gävle har räknat om."}, follow=True)
    assert "Infört: 0 nya och 2 rättade värden." in done.content.decode()
    assert (IndicatorValue.objects.get(superseded_by=None).value, IndicatorTarget.objects.get().value) == (4, 35)


def test_a_hostile_paste_is_shown_as_text(courses: Indicator) -> None:
    client = signed_in(Role.COORDINATOR)
    address = reverse("indicators:table", args=["21", 2024, courses.uid])
    text = "Part\t2024\t<b>x</b>\n<script>alert(1)</script>\t=1+1\t\n"
    page = shown(client.post(address, {"table": text, "action": "new"}))
    assert not page.select("main script")
    assert "=1+1" in page.text
    assert not IndicatorValue.objects.exists()


def test_parties_are_known_by_name_organisation_and_code(courses: Indicator) -> None:
    named = parties_named(Party.objects.filter(county="21").select_related("organisation"))
    assert {named[name].code for name in ("ljusdal", "ljusdals kommun", "2161")} == {"2161"}
    assert named["region gävleborg"].role == "region"
    gotland = parties_named(Party.objects.filter(county="09").select_related("organisation"))
    assert "region gotland" not in gotland or gotland["region gotland"].role == "region"
