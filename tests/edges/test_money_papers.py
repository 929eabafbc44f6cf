"""The economic report and the repayment list on paper: everything in them, nothing else, in three formats."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import docx
import pikepdf
import pytest
from django.test import Client

from samplan.apps.spending.models import EconomicReport
from samplan.base.accounts.models import Account
from samplan.domain.document import Document, plain_text
from samplan.domain.spending import CostFacts, EconomicFacts, GrantFacts, LineFacts, ReceiverFacts
from samplan.edges.reports.money_papers import (
    Repaid,
    RepaymentFacts,
    RepaymentRow,
    ReturnRow,
    economic_paper,
    repayment_paper,
)

GAVLE = ReceiverFacts("s1", "2180", "Gävle", 700, paid=700, told=True, costs=(CostFacts("salaries", 640),))
HOFORS = ReceiverFacts("s2", "2104", "Hofors", 300, paid=300)
LINE = LineFacts("l1", "Kurser", "directive", 1000, (GAVLE, HOFORS))
HELD = LineFacts("l2", "Hålls inne", "held_back", 234)
JOINT = GrantFacts(
    "g1", "Barn och unga", "joint", 1300, 1300, 1234, 1234, lines=(LINE, HELD, LineFacts("l3", "Rest", "post", 66)),
    repaid=234, repay_by="2025-03-31",
)  # fmt: skip
OWN = ReceiverFacts("g2", "21", "Region Gävleborg", 90, own=True, told=True, costs=(CostFacts("courses", 95),))
WHOLE = GrantFacts("g2", "Traumavård", "region", 90, 90, 90, 90, lines=(LineFacts("g2", "Vård", "whole", 90, (OWN,)),))
ECONOMIC = EconomicFacts("Gävleborg", 2024, "Region Gävleborg", (JOINT, WHOLE))
LIST = RepaymentFacts(
    "Gävleborg", 2024, "2025-03-01",
    (RepaymentRow("Region Gävleborg", JOINT, (Repaid("Kammarkollegiet", "2025-02-24", 234),)),
     RepaymentRow("Region Gävleborg", WHOLE)),
    (ReturnRow("Kurser", GAVLE),), "Region Gävleborg",
)  # fmt: skip


def text(document: Document) -> str:
    return re.sub(r"\s+", " ", plain_text(document))


def test_an_economic_report_says_everything_and_adds_up() -> None:
    said = text(economic_paper(ECONOMIC, language="sv"))
    for words in (
        "Utkast. Inte intygat.", "Region Gävleborg, kalenderåret 2024", "Kurser (direktiv)", "Gävle", "Hofors",
        "Utbetalt mindre än rekvirerat: 66 kr.", "Mottaget 1 234 − använt 640 − återbetalt 234 = 360 kronor kvar.",
        "Användningen är inte redovisad: 300 kr.", "Kvar att betala tillbaka: 60 kr.", "Löner", "Utbildning",
        "5 kr av det är mottagarnas egna medel.", "Mottaget 90 − använt 90 = 0 kronor kvar. Summan stämmer.",
    ):  # fmt: skip
        assert words in said, words
    assert said.count("Hålls inne") == 1


def test_a_certified_one_says_who_and_when_and_what_is_made_up_is_marked() -> None:
    facts = replace(
        ECONOMIC, certified_by="Kim Ek", certified_function="Controller", certified_on="2025-03-14", made_up=True,
        grants=tuple(replace(grant, made_up=True) for grant in ECONOMIC.grants),
    )  # fmt: skip
    document = economic_paper(facts, language="sv")
    assert "stämmer. Kim Ek, Controller, den 14 mars 2025." in text(document)
    assert "Utkast" not in text(document)
    assert "made_up=True" in repr(document)
    assert "made_up=True" not in repr(economic_paper(ECONOMIC, language="sv"))


def test_the_list_says_what_is_left_to_whom_and_when() -> None:
    said = text(repayment_paper(LIST, language="sv"))
    for words in (
        "Så stod det den 1 mars 2025.", "senast den 31 mars 2025", "234 kr till Kammarkollegiet den 24 februari 2025.",
        "Från mottagarna till Region Gävleborg", "Gävle, Kurser", "Summan stämmer.",
    ):  # fmt: skip
        assert words in said, words
    assert "Förs vidare" not in said
    assert "= 0 kronor left. The sum is right." in text(repayment_paper(LIST, language="en"))


def signed_in(local: str) -> Client:
    client = Client()
    client.force_login(
        Account.objects.get(email__startswith=f"{local}@"), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


ROOM = "/21/2024/arsrapport/"


@pytest.mark.parametrize("address", ["ekonomi/21", "ekonomi/2104/1", "aterbetalning"])
def test_every_paper_in_every_format(demo: None, address: str) -> None:
    boss = signed_in("controller")
    answers = {fmt: boss.get(f"{ROOM}{address}.{fmt}") for fmt in ("docx", "pdf", "html")}
    assert {answer.status_code for answer in answers.values()} == {200}
    word = docx.Document(io.BytesIO(body(answers["docx"])))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert "Summa" in cells
    with pikepdf.open(io.BytesIO(body(answers["pdf"]))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "sv"
    assert "<table" in body(answers["html"]).decode()
    assert boss.get(f"{ROOM}{address}.xlsx").status_code == 404


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_who_gets_which_paper(demo: None) -> None:
    hofors, gavle, neighbour = signed_in("ekonom.2104"), signed_in("ekonom.2180"), signed_in("samordnare.25")
    for client, address, status in (
        (hofors, "ekonomi/2104", 200), (hofors, "ekonomi/2104/1", 200), (gavle, "ekonomi/2104", 404),
        (gavle, "ekonomi/2104/1", 404), (hofors, "ekonomi/21", 404), (hofors, "ekonomi/2104/2", 404),
        (neighbour, "ekonomi/2104", 404), (neighbour, "aterbetalning", 404), (Client(), "aterbetalning", 302),
        (signed_in("rapportor.2104"), "aterbetalning", 404),
    ):  # fmt: skip
        assert client.get(f"{ROOM}{address}.html").status_code == status, address
    own = body(hofors.get(f"{ROOM}aterbetalning.html")).decode()
    assert "Hofors" in own
    assert "Sandviken" not in own


def test_the_certified_paper_is_of_that_day(demo: None) -> None:
    report = EconomicReport.objects.get(recipient__code="2104")
    assert report.made_up
    said = body(signed_in("ekonom.2104").get(f"{ROOM}ekonomi/2104/1.html")).decode()
    assert "26 februari 2025" in said
    assert "påhittade exempel" in said
