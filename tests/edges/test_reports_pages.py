"""The report's pages: begin, read, edit, settle, approve, publish, and the decision paper of an allocation."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samplan.apps.agreements.models import Allocation
from samplan.apps.agreements.operations.money import How, draft_allocation
from samplan.apps.orgs import official
from samplan.apps.plans.operations.activities import add_activity, change_activity
from samplan.apps.yearreports.models import BlockEdit, ReportVersion, Synthesis, YearReport
from samplan.apps.yearreports.operations import Compiled
from samplan.base.kernel.models import OnceKey
from samplan.domain.access import Role
from samplan.domain.allocation_keys import Steps
from samplan.edges.reports import version_views
from samplan.edges.reports.compile import Report, compile_report, freeze
from samplan.edges.reports.writers.word_keys import docx_keys
from tests.edges.report_year import ReportYear, build
from tests.small_year import AT, BOSS, load_places, make_year, person

pytestmark = pytest.mark.django_db
REPORT = "/21/2024/arsrapport/"


@pytest.fixture
def made() -> ReportYear:
    return build()


def client(role: Role = Role.COORDINATOR, county: str = "21") -> Client:
    made = Client()
    made.force_login(person(role, county, str(role)))
    return made


def page(response: Any) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def edit_url(made: ReportYear, text: str) -> str:
    passages = compile_report(made.report, at=AT, preview=True).merged.passages
    return REPORT + "stycke/?" + urlencode({"key": next(one.key for one in passages if text in one.text)})


def typed(shown: BeautifulSoup, **values: str) -> dict[str, str]:
    """The page's own form as a browser would send it, with some fields changed."""
    form = shown.main.find("form", method="post")
    data = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    data |= {area["name"]: area.text.removeprefix("\n") for area in form.select("textarea")}
    return data | values


def test_a_report_is_begun_once() -> None:
    load_places()
    make_year()
    boss = client()
    shown = page(boss.get(REPORT))
    data = typed(shown)
    assert data["title"] == "Årsrapport 2024"
    assert boss.post(REPORT, data).status_code == 302
    assert boss.post(REPORT, data).status_code == 302
    assert YearReport.objects.get().title == "Årsrapport 2024"
    reader = client(Role.READER)
    YearReport.objects.all().delete()
    assert page(reader.get(REPORT)).main.find("form") is None
    assert reader.post(REPORT, data).status_code == 403


def test_the_page_shows_the_report_with_where_each_passage_came_from(made: ReportYear) -> None:
    shown = page(client().get(REPORT))
    article = shown.article
    origins = {tag.text for tag in article.select(".block__source b")}
    assert {"Planen", "Direktivet", "Samordnaren", "Insatsen", *(party.name for party in made.year.parties)} <= origins
    assert article.find("a", href=f"/21/2024/aterrapporter/{made.accepted.number}/")
    assert "Vi väntar på lokal." in article.text
    assert "Chefen slutar" not in article.text
    assert "1 av 2 återrapporter är godkända." in shown.select_one(".lead").text
    ids = [tag["id"] for tag in shown.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {link["href"][1:] for link in shown.select(".contents a")} <= set(ids)


def test_a_texts_label_has_no_place_of_its_own_on_the_thread(made: ReportYear) -> None:
    shown = page(client().get(REPORT))
    labels = shown.select(".document > .label")
    assert labels
    assert all("block" in label.find_next_sibling()["class"] for label in labels)


def test_the_page_asks_the_database_no_more_when_the_plan_grows(
    made: ReportYear, django_assert_max_num_queries: Any
) -> None:
    boss = client()
    with CaptureQueriesContext(connection) as few:
        page(boss.get(REPORT))
    for number in range(20):
        add_activity(
            by=BOSS, at=AT, area=made.year.area, number=f"3.3.{number}", title=f"Insats {number}",
            texts={"description": "Text."}, municipalities=made.year.parties,
        )  # fmt: skip
    with django_assert_max_num_queries(len(few)):
        assert "Insats 19" in page(boss.get(REPORT)).article.text


def test_a_reader_reads_and_cannot_write(made: ReportYear) -> None:
    reader = client(Role.READER)
    shown = page(reader.get(REPORT))
    assert not shown.select(".block__edit")
    for path in (edit_url(made, "Fler mår bra."), REPORT + "syntes/1/", REPORT + "godkann/"):
        assert reader.get(path).status_code == 403


def test_a_neighbour_countys_coordinator_finds_nothing(made: ReportYear) -> None:
    neighbour, uid = client(county="25"), Allocation.objects.get().uid
    for path in ("", "godkann/", "syntes/1/", "versioner/1/", "forhandsvisning.pdf", f"beslutsunderlag/{uid}.pdf"):
        assert neighbour.get(REPORT + path).status_code == 404
    assert neighbour.get(edit_url(made, "Fler mår bra.")).status_code == 404


def test_a_passage_is_rewritten_and_taken_back(made: ReportYear) -> None:
    boss, url = client(), edit_url(made, "Länet arbetar")
    shown = page(boss.get(url))
    assert "Här står hur det gick." in shown.aside.text
    data = typed(
        shown, text="Vi arbetar\r\n\r\ntillsammans.", base_text=typed(shown)["base_text"].replace("\n", "\r\n")
    )
    assert boss.post(url, data | {"action": "save"}).status_code == 302
    shown = page(boss.get(REPORT))
    assert "Vi arbetar" in shown.article.text
    assert "Länet arbetar" not in shown.article.text
    assert not shown.select("#att-se-over")
    shown = page(boss.get(url))
    assert "redigerade ett stycke" in shown.select_one("#spar").text
    assert boss.post(url, typed(shown, action="drop")).status_code == 302
    assert "Länet arbetar" in page(boss.get(REPORT)).article.text
    assert "tog bort en redigering" in page(boss.get(url)).select_one("#spar").text


def test_an_emptied_passage_can_be_found_again(made: ReportYear) -> None:
    boss, url = client(), edit_url(made, "Fler mår bra.")
    boss.post(url, typed(page(boss.get(url)), text="", action="save"))
    shown = page(boss.get(REPORT))
    assert "Stycket är struket." in shown.article.text
    assert "Fler mår bra." not in shown.article.text


def test_two_in_one_passage_both_keep_their_words(made: ReportYear) -> None:
    url = edit_url(made, "Fler mår bra.")
    first, second = client(), Client()
    second.force_login(person(Role.COORDINATOR, "21", "Berit", made.year.parties[0]))
    mine, yours = typed(page(first.get(url)), text="Min text."), typed(page(second.get(url)), text="Din text.")
    assert first.post(url, mine | {"action": "save"}).status_code == 302
    shown = page(second.post(url, yours | {"action": "save"}))
    both = shown.select_one(".compare").text
    assert "Min text." in both
    assert "Din text." in both
    assert shown.textarea.text.strip() == "Din text."
    assert BlockEdit.objects.get().text == "Min text."
    assert second.post(url, typed(shown, action="save")).status_code == 302
    assert BlockEdit.objects.get().text == "Din text."


def test_a_personal_number_is_not_saved_and_the_words_stay(made: ReportYear) -> None:
    boss, url = client(), edit_url(made, "Fler mår bra.")
    shown = page(boss.post(url, typed(page(boss.get(url)), text="Kalle 19121212-1212.", action="save")))
    assert "personnummer" in shown.select_one(".notice--danger").text
    assert shown.textarea.text.strip() == "Kalle 19121212-1212."
    assert not BlockEdit.objects.exists()


def conflict(made: ReportYear, boss: Client) -> BeautifulSoup:
    url = edit_url(made, "Barn rör sig")
    boss.post(url, typed(page(boss.get(url)), text="Alla rör sig.", action="save"))
    change_activity(by=BOSS, at=AT, activity=made.activity, description="Barn dansar på rasten.")
    return page(boss.get(REPORT))


@pytest.mark.parametrize(
    ("action", "stays", "gone"), [("keep", "Alla rör", "Barn dansar"), ("drop", "Barn dansar", "Alla rör")]
)
def test_a_changed_fact_under_an_edit_is_settled(made: ReportYear, action: str, stays: str, gone: str) -> None:
    boss = client()
    shown = conflict(made, boss)
    settle = shown.select_one("#att-se-over")
    for words in ("Barn rör sig på rasten.", "Barn dansar på rasten.", "Alla rör sig."):
        assert words in settle.text
    assert "Ett stycke behöver ses över." in shown.select_one(".lead").text
    form = settle.form
    data = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    assert boss.post(form["action"], data | {"action": action}).status_code == 302
    shown = page(boss.get(REPORT))
    assert not shown.select("#att-se-over")
    assert stays in shown.article.text
    assert gone not in shown.article.text


def test_an_edit_without_its_passage_is_listed_with_its_words(made: ReportYear) -> None:
    boss, url = client(), edit_url(made, "Barn rör sig")
    boss.post(url, typed(page(boss.get(url)), text="Alla rör sig.", action="save"))
    change_activity(by=BOSS, at=AT, activity=made.activity, description="")
    orphans = page(boss.get(REPORT)).select_one("#utan-plats")
    assert "Alla rör sig." in orphans.text
    data = {field["name"]: field.get("value", "") for field in orphans.form.select("input[name]")}
    assert page(boss.get(url)).textarea.text.strip() == "Alla rör sig."
    assert boss.post(orphans.form["action"], data | {"action": "drop"}).status_code == 302
    assert not page(boss.get(REPORT)).select("#utan-plats")


def test_a_synthesis_is_written_beside_every_answer(made: ReportYear) -> None:
    boss, url = client(), REPORT + "syntes/1/"
    shown = page(boss.get(url))
    for words in ("Vi väntar på lokal.", "Chefen slutar i mars.", "I full drift"):
        assert words in shown.select_one("#svar").text
    assert boss.post(url, typed(shown, text="Länet lär sig mer.")).status_code == 302
    assert "Länet lär sig mer." in page(boss.get(REPORT)).article.text
    late = page(boss.post(url, typed(shown, text="För sent.", once_key="other")))
    assert "Länet lär sig mer." in late.select_one(".compare").text
    assert late.textarea.text.strip() == "För sent."
    assert Synthesis.objects.get().text == "Länet lär sig mer."


def test_approve_publish_and_download(made: ReportYear) -> None:
    boss, url = client(), REPORT + "godkann/"
    assert "Inget beslut bär rapporten än." in page(boss.get(url)).main.text
    point = made.point()
    shown = page(boss.get(url))
    assert "1 av 2 återrapporter är godkända" in shown.select_one(".lead").text
    response = boss.post(url, typed(shown, decision_point=str(point.pk)))
    assert response["Location"] == REPORT + "versioner/1/"
    shown = page(boss.get(REPORT + "versioner/1/"))
    assert "Länsledning 21" in shown.text
    version = ReportVersion.objects.get()
    for file in version.files.all():
        answer = boss.get(REPORT + f"versioner/1/{file.name}")
        assert answer.content == bytes(file.content)
        assert answer["Content-Disposition"].startswith("attachment")
    assert client(Role.READER).post(REPORT + "versioner/1/publicera/").status_code == 403
    assert boss.get(REPORT + "versioner/1/publicera/").status_code == 405
    assert boss.post(REPORT + "versioner/1/publicera/", typed(shown)).status_code == 302
    assert "Alla kan läsa den." in page(boss.get(REPORT + "versioner/1/")).text
    assert Client().get("/rapporter/21/2024/").status_code == 200


def test_a_report_edited_by_one_who_reads_english_is_the_same_report(made: ReportYear) -> None:
    boss, point = client(), made.point()
    boss.cookies["django_language"] = "en"
    shown = page(boss.get(REPORT))
    assert "Desk" in shown.nav.text
    assert "Prioriterat område" in shown.select_one("article[lang=sv]").text
    url = edit_url(made, "Fler mår bra.")
    assert boss.post(url, typed(page(boss.get(url)), text="Fler mår bättre.")).status_code == 302
    url = REPORT + "godkann/"
    assert boss.post(url, typed(page(boss.get(url)), decision_point=str(point.pk)))["Location"].endswith("versioner/1/")
    assert "Fler mår bättre." in ReportVersion.objects.get().document


def test_a_report_that_changes_while_its_files_are_written_is_not_approved(
    made: ReportYear, monkeypatch: pytest.MonkeyPatch
) -> None:
    boss, url, point = client(), REPORT + "godkann/", made.point()
    form = typed(page(boss.get(url)), decision_point=str(point.pk))

    def slowly(report: YearReport, compiled: Report) -> Compiled:
        assert not OnceKey.objects.exists(), "the files are written before the key is spent and the database held"
        made_now = freeze(report, compiled)
        change_activity(by=BOSS, at=AT, activity=made.activity, goal="Alla skolor och alla fritidshem.")
        return made_now

    with monkeypatch.context() as patch:
        patch.setattr(version_views, "freeze", slowly)
        assert "ändrades just nu" in page(boss.post(url, form)).main.text
    assert not ReportVersion.objects.exists()
    assert boss.post(url, form)["Location"] == REPORT + "versioner/1/"
    assert boss.post(url, form)["Location"] == REPORT + "versioner/1/"
    assert "alla fritidshem" in ReportVersion.objects.get().document


def test_a_report_with_unsettled_edits_is_not_approved(made: ReportYear) -> None:
    boss = client()
    conflict(made, boss)
    point = made.point()
    url = REPORT + "godkann/"
    shown = page(boss.post(url, typed(page(boss.get(url)), decision_point=str(point.pk))))
    assert "1 redigerade stycken bygger på uppgifter som har ändrats" in shown.main.text
    assert not ReportVersion.objects.exists()


def test_the_decision_paper_says_the_steps(made: ReportYear) -> None:
    how = How(900_000, Steps(((20_000, 900_000),)), population_on=official.ON_DATE)
    steps = draft_allocation(
        by=BOSS, at=AT, county="21", year=2024, title="Stegvis", how=how, parties=made.year.parties
    )
    answer = client().get(REPORT + f"beslutsunderlag/{steps.uid}.docx")
    text = " ".join(text for text, _key in docx_keys(answer.content)).replace("\u00a0", " ")
    assert "i steg efter folkmängd, 900 000 kr från 20 000 invånare." in text
    assert "under alla gränser: 0 kr." in text
    assert "invånare, från 20 000: 900 000 kr." in text


@pytest.mark.parametrize(("fmt", "begins"), [("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!DOCTYPE html>")])
def test_a_preview_and_a_decision_paper_come_in_every_format(made: ReportYear, fmt: str, begins: bytes) -> None:
    boss, allocation = client(), Allocation.objects.get()
    for path in (f"forhandsvisning.{fmt}", f"beslutsunderlag/{allocation.uid}.{fmt}"):
        answer = boss.get(REPORT + path)
        assert answer.status_code == 200
        assert answer.content.startswith(begins)
        assert answer["Content-Disposition"].startswith("attachment")
    assert boss.get(REPORT + "forhandsvisning.exe").status_code == 404
    assert boss.get(REPORT + f"beslutsunderlag/{allocation.uid}.exe").status_code == 404


def test_the_decision_paper_says_the_sum_the_key_and_the_decision(made: ReportYear) -> None:
    allocation = Allocation.objects.get()
    answer = client().get(REPORT + f"beslutsunderlag/{allocation.uid}.docx")
    text = " ".join(text for text, _key in docx_keys(answer.content)).replace("\u00a0", " ")
    assert "100 000 kr delas mellan 2 parter, lika till alla." in text
    assert "Beslutat av Länsledning 21 den 1 februari 2024, punkt 1." in text
    assert "Kontroll: delarna är tillsammans 100 000 kr, lika med beloppet som delas." in text
    assert "100 000 kr ÷ 2 = 50 000,00 kr." in text
    assert text.count("50 000,00") == 4
