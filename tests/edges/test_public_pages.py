"""The open site: published, frozen reports and nothing else."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from samplan.apps.plans.operations.activities import change_activity
from samplan.apps.yearreports.models import ReportVersion
from samplan.apps.yearreports.operations import approve_report, publish_report
from samplan.base.kernel.models import Installation
from samplan.edges.reports.compile import compile_report, freeze
from tests.edges.report_year import ReportYear, build
from tests.small_year import AT, BOSS

pytestmark = pytest.mark.django_db
PAGE = "/rapporter/21/2024/"


@pytest.fixture
def made() -> ReportYear:
    return build()


def approved(made: ReportYear) -> ReportVersion:
    compiled = freeze(made.report, compile_report(made.report, at=AT, preview=False))
    return approve_report(by=BOSS, at=AT, report=made.report, decision_point=made.point(), compiled=compiled)


def page(path: str) -> BeautifulSoup:
    response = Client().get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_nothing_unpublished_is_shown(made: ReportYear) -> None:
    version = approved(made)
    name = version.files.first().name  # type: ignore[union-attr]
    assert Client().get(PAGE).status_code == 404
    assert Client().get(PAGE + name).status_code == 404
    assert "Årsrapport 2024" not in page("/").text
    publish_report(by=BOSS, at=AT, version=version)
    assert Client().get(PAGE).status_code == 200
    assert page("/").find("a", href=PAGE).text == "Årsrapport 2024"


def test_the_page_is_the_frozen_version_with_its_approval_and_files(made: ReportYear) -> None:
    version = publish_report(by=BOSS, at=AT, version=approved(made))
    change_activity(by=BOSS, at=AT, activity=made.activity, description="Barn dansar på rasten.")
    shown = page(PAGE)
    assert "Barn rör sig på rasten." in shown.article.text
    assert "Barn dansar" not in shown.text
    assert "Vi väntar på lokal." not in shown.text
    assert "Godkänd av Länsledning 21 den 1 november 2024" in shown.select_one(".lead").text
    ids = {tag["id"] for tag in shown.select("[id]")}
    entries = [link["href"][1:] for link in shown.select(".contents a")]
    assert len(entries) > 3
    assert set(entries) <= ids
    for file in version.files.all():
        response = Client().get(PAGE + file.name)
        assert response.content == bytes(file.content)
        assert response["Content-Disposition"].startswith("attachment")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert shown.find("a", href=PAGE + file.name)


def test_a_file_of_another_version_is_not_there(made: ReportYear) -> None:
    publish_report(by=BOSS, at=AT, version=approved(made))
    assert Client().get(PAGE + "annat.docx").status_code == 404
    assert Client().get("/rapporter/25/2024/").status_code == 404


def test_text_from_a_party_is_never_read_as_html(made: ReportYear) -> None:
    change_activity(by=BOSS, at=AT, activity=made.activity, description="<script>alert(1)</script> & <b>fet</b>")
    publish_report(by=BOSS, at=AT, version=approved(made))
    shown = page(PAGE)
    assert shown.find("script") is None
    assert "<script>alert(1)</script> & <b>fet</b>" in shown.article.text


def test_the_start_page_says_what_this_is_and_leads_to_sign_in() -> None:
    shown = page("/")
    assert shown.h1.text
    assert "Inga rapporter är publicerade än." in shown.text
    assert shown.main.find("a", string="Logga in")
    assert "Exempeldata" not in shown.text


def test_a_demo_says_so_on_the_open_pages() -> None:
    Installation.objects.create(pk=1, kind="demo", created_at=AT, version="0")
    assert "Exempeldata" in page("/").text


@pytest.mark.parametrize("path", ["/tillganglighet/", "/personuppgifter/"])
def test_the_pages_in_the_footer_are_open(path: str) -> None:
    assert page("/").footer.find("a", href=path)
    assert len(page(path).select("main h2")) >= 3


def test_other_years_stand_beside(made: ReportYear) -> None:
    publish_report(by=BOSS, at=AT, version=approved(made))
    other = build("25")
    publish_report(by=BOSS, at=AT, version=approved(other))
    assert [h.text for h in page("/").select("main h3")] == ["Gävleborg", "Norrbotten"]
    assert page(PAGE).find("a", href="/rapporter/25/2024/") is None
