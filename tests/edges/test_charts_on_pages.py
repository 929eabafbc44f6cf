"""Charts on pages: drawn from rows, said in words, with their numbers, in the reader's colours and at any width."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samplan.apps.agreements.models import Grant
from samplan.apps.agreements.operations.money import decide_grant
from samplan.apps.indicators.operations import add_indicator, enter_value, set_target
from samplan.apps.plans.charts import Lasting, Money, money_by_area, money_by_receiver, time_line
from samplan.apps.plans.operations.budget import Line, decide_budget
from samplan.apps.questionnaires.models import ReportRequest
from samplan.apps.questionnaires.operations import Typed, move_request, save_answers
from samplan.base.ui.charts.drawing import FILLS
from samplan.base.ui.templatetags.samplan import chart
from samplan.base.ui.tokens import colours as colours_of
from samplan.base.ui.tokens import contrast
from samplan.domain.access import Actor, Assignment, Role
from samplan.domain.cycle import ReportStatus
from samplan.domain.exact import Exact
from tests.small_year import AT, BOSS, QUESTIONS, Year, load_places, make_year, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> Year:
    load_places()
    return make_year()


@pytest.fixture
def client(year: Year) -> Client:
    signed_in = Client()
    signed_in.force_login(person(Role.COORDINATOR, "21", "Sara Samordnare"))
    return signed_in


def figures(client: Client, name: str, *arguments: Any) -> dict[str, Tag]:
    """The page's charts by their captions."""
    answer = client.get(reverse(name, args=["21", 2024, *arguments]))
    assert answer.status_code == 200
    found = BeautifulSoup(answer.content, "html.parser").select("figure.figure")
    return {figure.select_one("figcaption").get_text(" ", strip=True): figure for figure in found}  # type: ignore[union-attr]


def bars_of(figure: Tag) -> list[str]:
    """The lengths of the wide drawing's bars, without the key's."""
    drawing = figure.select_one("svg.drawing--wide")
    assert drawing is not None
    return [str(bar["width"]) for bar in drawing.select("rect.drawing__edge") if bar["height"] == "22"]


def numbers_of(figure: Tag) -> list[list[str]]:
    return [
        [cell.get_text(strip=True).replace("\u00a0", " ") for cell in row.select("th, td")]
        for row in figure.select("tr")
    ]


def test_a_krona_moved_moves_the_picture_on_the_page(year: Year, client: Client) -> None:
    grant = Grant.objects.get(superseded_by=None)
    grant = decide_grant(by=BOSS, at=AT, grant=grant, amount=100_001, reason="En krona till.")
    point = year.line.decision_point
    decide_budget(by=BOSS, at=AT, plan=year.plan, decision_point=point, lines=[Line(grant, "post", "Tjänst", 1)])
    caption = "Medlen efter mottagare och område"
    before = figures(client, "budget:overview")[caption]
    first, second = sorted(year.parties, key=lambda party: party.name)
    assert numbers_of(before)[1:3] == [[first.name, "50 000 kr", "50 000 kr"], [second.name, "50 000 kr", "50 000 kr"]]
    share = year.line.allocation.shares.get(party=first)  # type: ignore[union-attr]
    type(share).objects.filter(pk=share.pk).update(amount=49_999)
    type(share).objects.filter(allocation=share.allocation, party=second).update(amount=50_001)
    after = figures(client, "budget:overview")[caption]
    assert bars_of(before) != bars_of(after)
    assert numbers_of(after)[1][1] == "49 999 kr"
    assert "50 001 kr" in after.select_one("svg.drawing--narrow").get_text(" ").replace("\u00a0", " ")  # type: ignore[union-attr]


def test_money_is_drawn_by_area_from_two_areas_on() -> None:
    lines = [Money("Barn", "directive", 700), Money("Suicid", "post", 300, made_up=True)]
    drawn = money_by_area(lines)
    assert drawn is not None
    assert (drawn.head, drawn.numbers[0]) == (
        ("Område", "Direktiv", "Tjänst", "Summa"),
        ("Barn", "700\u00a0kr", "0\u00a0kr", "700\u00a0kr"),
    )
    assert drawn.made_up
    assert money_by_area(lines[:1]) is None


def test_more_areas_than_can_be_told_apart_are_drawn_together() -> None:
    shares = [Money(f"Område {n}", party, 100 - n) for n in range(9) for party in ("Region", "Gävle")]
    drawn = money_by_receiver(shares)
    assert drawn is not None
    assert drawn.head == ("Mottagare", *(f"Område {n}" for n in range(5)), "Övriga områden", "Summa")
    assert drawn.numbers[0][-1].replace("\u00a0", " ") == f"{sum(100 - n for n in range(9))} kr"


def test_the_board_draws_how_many_reports_are_in(year: Year, client: Client) -> None:
    year.issued()
    caption = "Återrapporterna, direktiv för direktiv"
    before = figures(client, "questionnaires:board")[caption]
    asked = ReportRequest.objects.order_by("number")[0]
    held = Assignment(Role.PARTY_REPORTER, "21", asked.party.organisation_id)
    writer = Actor("link", "Rapportör", None, (held,))
    save_answers(by=writer, at=AT, request=asked, answers={QUESTIONS[0].code: Typed("Kurser.")})
    move_request(by=writer, at=AT, request=asked, to=ReportStatus.SUBMITTED)
    after = figures(client, "questionnaires:board")[caption]
    assert [numbers_of(one)[1][1] for one in (before, after)] == ["0", "1"]
    assert bars_of(before) != bars_of(after)
    assert after.select_one("svg")["aria-label"] == "Staplar: 1 av 2 återrapporter har kommit in."  # type: ignore[index]


def test_an_indicator_is_drawn_against_its_target(year: Year, client: Client) -> None:
    made = add_indicator(by=BOSS, at=AT, county="21", code="kurser", title="Kurser <b>", unit="kurser")
    assert figures(client, "indicators:indicator", made.uid) == {}
    enter_value(by=BOSS, at=AT, indicator=made, when="2024", value=Exact(7), made_up=True)
    set_target(by=BOSS, at=AT, indicator=made, when="2024", value=Exact(85, 1))
    before = figures(client, "indicators:indicator", made.uid)["Kurser <b> Exempel"]
    assert before.select_one("svg")["aria-label"] == "Staplar: Kurser <b>. Senast, 2024: 7, mål 8,5."  # type: ignore[index]
    enter_value(by=BOSS, at=AT, indicator=made, when="2024", value=Exact(8), reason="Räknat om.")
    after = figures(client, "indicators:indicator", made.uid)["Kurser <b>"]
    assert bars_of(before) != bars_of(after)


def test_a_drawing_says_its_message_has_two_widths_and_no_inline_style() -> None:
    found = chart(money_by_area([Money('"><script>', "directive", 1), Money("B", "post", 2)]))
    html = "".join(found["drawings"])
    page = BeautifulSoup(html, "html.parser")
    assert [svg["role"] for svg in page.select("svg")] == ["img", "img"]
    assert all('"><script>' in str(svg["aria-label"]) for svg in page.select("svg"))
    assert not page.select("script, style, [style]")
    assert "<script" not in html
    widths = [str(svg.get("viewbox") or svg.get("viewBox")).split()[2] for svg in page.select("svg")]
    assert widths == ["640", "350"]
    # Two drawings on a page share no fill.
    defined = [pattern["id"] for pattern in page.select("pattern")]
    assert len(set(defined)) == len(defined) == 4
    assert set(re.findall(r"url\(#([^)]+)\)", html)) <= set(defined)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_series_is_seen_on_its_ground_and_told_from_its_marks(dark: bool) -> None:
    colours = colours_of(dark)
    series = [colours[f"series-{number}"] for number in range(1, len(FILLS) + 1)]
    assert (series == list(FILLS)) is not dark
    for colour in series:
        least = 3.0 if dark else 2.0  # on paper and in light each bar has an edge of its own, in the colour of the text
        assert contrast(colour, colours["sheet"]) >= least
        assert contrast(colour, colours["series-mark"]) >= 2.0
    assert contrast(colours["ink"], colours["sheet"]) >= 7


def test_no_more_queries_for_more_money(year: Year, client: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("budget:overview", args=["21", 2024]))
        return len(captured)

    grant = Grant.objects.get(superseded_by=None)
    lines = [Line(grant, "post", f"Tjänst {n}", 0, payee_name=f"Mottagare {n}") for n in range(30)]
    count()
    before = count()
    decide_budget(by=BOSS, at=AT, plan=year.plan, decision_point=year.line.decision_point, lines=lines)
    assert count() == before


def test_time_moves_the_line() -> None:
    rows = [Lasting("A", date(2024, 1, 1), date(2024, 6, 30), "januari", "juni"),
            Lasting("B", date(2024, 1, 1), None, "januari", "")]  # fmt: skip
    drawn, later = time_line(rows), time_line([rows[0]._replace(end=date(2024, 7, 31)), rows[1]])
    assert drawn is not None
    assert later is not None
    assert (drawn.wide != later.wide, drawn.narrow != later.narrow) == (True, True)
    assert drawn.numbers[1] == ("B", "januari", "\u2013")
    assert time_line(rows[:1]) is None
