"""The open site of a county's published year: what stands there, where it comes from, and what never does."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from samplan.apps.directives.models import DirectiveShare
from samplan.apps.plans.operations.activities import change_activity
from samplan.apps.questionnaires.models import Answer
from samplan.apps.yearreports.models import ReportVersion
from samplan.apps.yearreports.operations import approve_report, edit_block, publish_report
from samplan.base.kernel.search import Entry, index, search
from samplan.domain.facts import frozen
from samplan.edges.public import charts
from samplan.edges.public.drawings import cloth, money_bar, shared
from samplan.edges.public.published import get_year, help_lines
from samplan.edges.reports.compile import compile_report, freeze
from tests.edges.report_year import ReportYear, build
from tests.small_year import AT, BOSS

HOME = "/lan/21/2024/"


def published(made: ReportYear) -> ReportVersion:
    compiled = freeze(made.report, compile_report(made.report, at=AT, preview=False))
    version = approve_report(by=BOSS, at=AT, report=made.report, decision_point=made.point(), compiled=compiled)
    return publish_report(by=BOSS, at=AT, version=version)


def page(path: str, status: int = 200) -> BeautifulSoup:
    answer = Client().get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return BeautifulSoup(answer.content, "html.parser")


def every_page(made: ReportYear) -> list[str]:
    return [
        HOME, f"{HOME}omraden/3/", f"{HOME}direktiv/{made.directive.uid}/", f"{HOME}insatser/{made.activity.uid}/",
        f"{HOME}kommuner/", f"{HOME}kommuner/2104/", f"{HOME}pengarna/", f"{HOME}resultat/",
        f"{HOME}rapporter/",
    ]  # fmt: skip


@pytest.mark.django_db
def test_nothing_is_there_before_it_is_published() -> None:
    made = build()
    for path in every_page(made):
        assert Client().get(path).status_code == 404, path
    assert Client().get("/lan/21/").status_code == 404
    assert not page("/sok/?q=kurser").select(".hits li")
    published(made)
    for path in every_page(made):
        page(path)
    assert Client().get("/lan/21/")["Location"] == HOME


@pytest.mark.django_db
def test_the_pages_are_the_frozen_year_whatever_the_rows_become() -> None:
    made = build()
    published(made)
    before = {path: page(path).main for path in every_page(made)}
    change_activity(by=BOSS, at=AT, activity=made.activity, title="Något annat", description="Barn dansar på rasten.")
    DirectiveShare.objects.update(amount=1)
    for path, main in before.items():
        assert page(path).main == main, path
    assert "Barn rör sig på rasten." in page(f"{HOME}insatser/{made.activity.uid}/").text


@pytest.mark.django_db
def test_a_sentence_that_the_coordinator_took_out_is_on_no_page() -> None:
    made = build()
    passage = next(
        one
        for one in compile_report(made.report, at=AT, preview=False).merged.passages
        if one.key.startswith(f"activity/{made.activity.uid}/description") and one.editable
    )
    edit_block(
        by=BOSS, at=AT, report=made.report, key=passage.key, base_hash=passage.hash, base_text=passage.text,
        text="Rörelse varje dag.", version=0,
    )  # fmt: skip
    published(made)
    for path in [*every_page(made), "/sok/?q=rasten"]:
        assert "Barn rör sig på rasten." not in page(path).text, path
    assert "Rörelse varje dag." in page(f"{HOME}insatser/{made.activity.uid}/").text


@pytest.mark.django_db
def test_only_what_everybody_may_see_of_an_answer_is_there() -> None:
    made = build()
    published(made)
    inside = Answer.objects.filter(code="inside")
    words = [answer.value for answer in inside]
    assert "Chefen slutar i mars." in words
    for path in every_page(made):
        assert not [word for word in words if word in page(path).text], path
    text = page(f"{HOME}kommuner/2104/").text
    assert "Vi höll fyra kurser." in text
    assert "41 personer" in text
    # The other party's report was sent in, not accepted.
    assert "Vi väntar på lokal." not in page(f"{HOME}kommuner/2180/").text
    assert "hade inte redovisat" in page(f"{HOME}kommuner/2180/").text


@pytest.mark.django_db
def test_the_money_adds_up_on_every_page() -> None:
    made = build()
    published(made)
    year = get_year("21", 2024).year
    assert year.amount == sum(area.amount for area in year.areas) == 100_000
    assert sum(amount for _party, amount in year.parties) == 100_000
    assert sum(one.amount for one in year.municipalities) == 100_000
    sums = [row.select("td.fig")[0].text for row in page(f"{HOME}pengarna/").select(".table--plain tfoot tr")]
    assert [re.sub(r"\D", "", one) for one in sums] == ["100000"] * 4
    assert "25\u00a0000\u00a0kr av 50\u00a0000\u00a0kr är använda." in page(f"{HOME}kommuner/2104/").text


@pytest.mark.django_db
def test_a_krona_that_moves_moves_the_cloth_and_the_bar() -> None:
    made = build()
    version = published(made)

    def drawn() -> tuple[str, str]:
        year = get_year("21", 2024)
        return str(cloth(year.year, columns=40, rows=20, label="")), str(money_bar(year.year, label=""))

    before = drawn()
    facts = json.loads(version.facts)
    shares = facts["directives"][0]["shares"]
    shares[0]["amount"] += 20_000
    shares[1]["amount"] -= 20_000
    facts["plan"]["budget"][0]["amount"] -= 40_000
    facts["plan"]["budget"].append({**facts["plan"]["budget"][0], "uid": "x", "amount": 40_000, "area": "annat"})
    facts["plan"]["areas"].append({**facts["plan"]["areas"][0], "uid": "y", "number": 4, "sections": ["annat"]})
    text = frozen(facts)
    ReportVersion.objects.filter(pk=version.pk).update(
        facts=text.text, facts_sha256=text.sha256, document_sha256="0" * 64
    )
    with pytest.raises(ValueError, match="changed"):
        get_year("21", 2024).year.text  # noqa: B018 (a document that is not what was frozen is never shown)
    document = version.document
    changed = document + " "
    ReportVersion.objects.filter(pk=version.pk).update(
        document=changed, document_sha256=sha256(changed.encode()).hexdigest()
    )
    after = drawn()
    assert after[0] != before[0]
    assert after[1] != before[1]


@pytest.mark.django_db
def test_an_unchanged_page_is_not_sent_again() -> None:
    made = build()
    published(made)
    client = Client()
    first = client.get(HOME)
    again = client.get(HOME, HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == 304
    assert not again.content
    assert client.get(HOME, HTTP_IF_NONE_MATCH='"other"').status_code == 200
    client.cookies["django_language"] = "en"
    assert client.get(HOME, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


@pytest.mark.django_db
def test_queries_of_the_open_pages_do_not_grow_and_are_few() -> None:
    made = build()
    published(made)
    for path in every_page(made):
        page(path)  # what is kept in memory is there
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(path)
        assert len(asked) <= 8, (path, len(asked))


@pytest.mark.django_db
def test_search_finds_stems_and_compounds_in_what_is_published() -> None:
    made = build()
    published(made)
    hits = page("/sok/?q=kursen").select(".hits li")
    assert [hit.a.text for hit in hits][:1] == ["Direktiv: Kurser i samtal"]
    assert hits[0].mark
    for link in page("/sok/?q=kurs").select(".hits a"):
        page(str(link["href"]))
    assert "Inget hittades." in page("/sok/?q=zebra").text
    assert page("/sok/?q=<script>").find("script") is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("suicid", ["Suicidprevention"]), ("suicidpreventionen", ["Suicidprevention"]),
        ("skola team", ["Skolsociala team"]), ("teamens", ["Skolsociala team"]),
        ("åldrar", ["Äldre"]), ("aldrar", []), ("", []), ("!", []),
    ],
)  # fmt: skip
def test_search_by_stem_and_beginning(query: str, found: list[str]) -> None:
    entries = [
        Entry("Suicidprevention", "/1/", "a", "X", 2024, "Fler vågar fråga."),
        Entry("Skolsociala team", "/2/", "a", "X", 2024, "Team i skolan."),
        Entry("Äldre", "/3/", "a", "X", 2024, "För alla åldrar."),
    ]
    assert [hit.entry.title for hit in search(query, index(entries))] == found


def test_a_match_in_the_title_goes_before_one_in_the_text() -> None:
    entries = [
        Entry("Annat", "/1/", "a", "X", 2024, "kurs " * 4), Entry("Kurs", "/2/", "a", "X", 2020, ""),
    ]  # fmt: skip
    assert [hit.entry.url for hit in search("kurs", index(entries))] == ["/2/", "/1/"]


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=40), st.integers(80, 300))
def test_threads_are_shared_to_the_last_one(amounts: list[int], length: int) -> None:
    parts = shared(amounts, length, 2)
    assert sum(parts) == length or not sum(amounts)
    assert min(parts) >= 2
    ordered = sorted(zip(amounts, parts, strict=True))
    assert all(a[1] <= b[1] + 1 for a, b in pairwise(ordered))


def test_help_lines_stand_where_suicide_is_spoken_of() -> None:
    assert [line.call for line in help_lines("Samtal om Självmord.")] == ["112", "90101", "116111", "1177"]
    assert help_lines("Kurser i samtal.") == []


@pytest.mark.django_db
def test_what_it_led_to_is_told_in_the_frozen_words_and_figures() -> None:
    made = build()
    published(made)
    main = page(f"{HOME}resultat/").main
    assert main is not None
    (told,) = [one for one in main.select("article") if "Kurser i samtal" in one.h3.text]
    assert "41" in [one.b.text for one in told.select(".told li")]
    assert "1 av 2 parter har svarat." in told.text
    assert told.h3.a["href"] == f"{HOME}direktiv/{made.directive.uid}/"
    for link in main.select("a[href^='/']"):
        page(str(link["href"]))


@pytest.mark.django_db
def test_charts_of_the_money_say_the_same_sums_as_the_tables() -> None:
    made = build()
    published(made)
    year = get_year("21", 2024).year
    given, used = charts.by_party(year), charts.used_by_party(year)
    assert given
    assert used
    assert given.total[-1] == used.total[-1] == "100\u00a0000\u00a0kr"
    assert used.total[1:3] == ("25\u00a0000\u00a0kr", "75\u00a0000\u00a0kr")
    assert page(f"{HOME}pengarna/").select("figure svg")
    hofors = page(f"{HOME}kommuner/2104/")
    assert "25\u00a0000\u00a0kr" in hofors.select_one(".sums").text  # type: ignore[union-attr]
    assert len(hofors.select("svg.tiles--small .tiles__here")) == 1
