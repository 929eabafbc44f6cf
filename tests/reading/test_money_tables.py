"""Tables of amounts outside the areas, in every kind of file: bare numbers under a head that says what they are."""

from __future__ import annotations

from typing import Any

import pytest

from samplan.edges.imports.drafting import drafted
from tests.reading import whole
from tests.reading.whole.pens import Word, cells, excel, typeset

TABLES = {
    "a post and kronor": (
        (("Post", "Kronor"), ("Samordnare", "650 000"), ("Utbildning", "500"), ("Summa", "650 500")),
        [650000, 500, 650500],
        [("Samordnare", None, 650000), ("Utbildning", None, 500)],
    ),
    "receivers in rows, thousands": (
        (("Mottagare", "Budget (tkr)"), ("Region Kalmar", "1 250"), ("Kommunerna", "980"), ("Totalt", "2 230")),
        [1250000, 980000, 2230000],
        [("", "region", 1250000), ("", "municipalities", 980000)],
    ),
    "a share beside, millions": (
        (("Verksamhet", "Andel", "Mkr"), ("Elevhälsa", "70 %", "3,5"), ("Mottagning", "30 %", "1,5")),
        [3500000, 1500000],
        [("Elevhälsa 70 %", None, 3500000), ("Mottagning 30 %", None, 1500000)],
    ),
    "people counted beside": (
        (("Kommun", "Invånare", "Kronor"), ("Gävle", "103 493", "650 000"), ("Ovanåker", "11 600", "80 000"),
         ("Summa", "115 093", "730 000")),
        [650000, 80000, 730000],
        [("Gävle", None, 650000), ("Ovanåker", None, 80000)],
    ),
    "an area and a text beside": (
        (("Område", "Beskrivning", "Belopp (kr)"), ("Barn", "Kurser", "500"), ("Vuxna", "Träffar", "12 000")),
        [500, 12000],
        [("Barn Kurser", None, 500), ("Vuxna Träffar", None, 12000)],
    ),
}  # fmt: skip


def marked(rows: tuple[tuple[str, ...], ...]) -> bytes:
    listed = [f"| {' | '.join(row)} |" for row in rows]
    listed.insert(1, "|" + "---|" * len(rows[0]))
    return ("# Plan 2026\n\n## Fördelning\n\nSå fördelas medlen.\n\n" + "\n".join(listed) + "\n").encode()


def word(rows: tuple[tuple[str, ...], ...]) -> bytes:
    file = Word()
    file.title("Plan 2026")
    file.h(1, "Fördelning")
    file.p("Så fördelas medlen.")
    file.rows(*rows)
    return file.saved()


def printed(rows: tuple[tuple[str, ...], ...]) -> bytes:
    listed = "".join(cells(*row) for row in rows)
    head = '#text(20pt, weight: "bold")[Plan 2026]\n\n#text(14pt, weight: "bold")[Fördelning]\n\nSå fördelas medlen.\n'
    return typeset(f"{head}#table(columns: {len(rows[0])}, {listed})", tagged=False)


def sheet(rows: tuple[tuple[str, ...], ...]) -> bytes:
    def fill(book: Any) -> None:
        made = book.add_worksheet("Fördelning")
        for n, row in enumerate(rows):
            for m, text in enumerate(row):
                bare = text.replace(" ", "").replace(",", ".")
                made.write(n, m, float(bare) if bare.replace(".", "").isdigit() else text)

    return excel(fill)


@pytest.mark.parametrize("make", [marked, word, printed, sheet])
@pytest.mark.parametrize("case", TABLES)
def test_amounts_in_a_table_of_money(case: str, make: Any) -> None:
    rows, amounts, money = TABLES[case]
    draft = drafted(whole.read("plan", make(rows))).to_json()
    assert [each["amount"] for each in draft["amounts"]] == amounts
    assert [(each["area"], each["recipient"], each["amount"]) for each in draft["money"]] == money
    assert draft["areas"] == []
