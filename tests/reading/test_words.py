"""Amounts, times and joined lines: what is written, and what it is."""

from __future__ import annotations

import pytest

from samplan.domain.reading import amounts, dates, layout, lines
from samplan.domain.reading.source import At, Line

SOFT = "\u00ad"


@pytest.mark.parametrize(
    ("text", "kronor"),
    [
        ("Det kostar 1,2 mkr.", [1200000]),
        ("250 tkr per år", [250000]),
        ("1 250 000 kr", [1250000]),
        ("1\u00a0250\u00a0000 kronor", [1250000]),
        ("0,5 miljoner kronor", [500000]),
        ("0,5 miljoner", [500000]),
        ("3 mnkr och 4,25 MSEK", [3000000, 4250000]),
        ("1.680.000 kronor", [1680000]),
        ("1 500 000:-", [1500000]),
        ("SEK 300 000", [300000]),
        ("mellan 100 och 200 kr", [200]),
        ("100–200 tkr", [100000, 200000]),
        ("12,345 mkr", [12345000]),
        ("99,50 kronor", [100]),
        ("1 680\nmiljoner kronor", [1680000000]),
        ("2,3 miljarder kronor", [2300000000]),
        ("Länet har 1,2 miljoner invånare.", []),
        ("2 miljoner barn", []),
        ("tre tusen personer", []),
        ("Avsnitt 3.1, år 2026", []),
        ("dnr 2025/1234", []),
        ("15 krukor och 3 krav", []),
        ("", []),
    ],
)
def test_amounts_in_a_text(text: str, kronor: list[int]) -> None:
    assert [found.kronor for found in amounts.find(text)] == kronor


@pytest.mark.parametrize(
    ("head", "cell", "kronor"),
    [
        ("Kronor", "45 000", 45000),
        ("Kronor", "500", 500),
        ("Belopp (kr)", "1 250 000", 1250000),
        ("Tkr", "250", 250000),
        ("Belopp (tkr)", "1 450", 1450000),
        ("Budget 2026 (mkr)", "0,125", 125000),
        ("Mkr", "6,35", 6350000),
        ("Mkr", "2", 2000000),
        ("Kostnad, tusen kronor", "12,5", 12500),
        ("Tkr", "1,2 mkr", 1200000),
        ("Kronor", "-2 000", -2000),
        ("Budget", "inom ram", None),
        ("Kronor", "", None),
    ],
)
def test_an_amount_in_a_cell_under_its_head(head: str, cell: str, kronor: int | None) -> None:
    assert amounts.in_cell(cell, amounts.multiple_of(head)) == kronor


@pytest.mark.parametrize(
    ("head", "told"),
    [("Kronor", True), ("Belopp (kr)", True), ("Tkr", True), ("SEK", True), ("Budget", False), ("Kravnivå", False)],
)
def test_a_head_that_says_money(head: str, told: bool) -> None:
    assert amounts.has_unit(head) is told


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("klart 2026-06-30", [("2026-06-30", "2026-06-30", "2026-06-30")]),
        ("den 1 mars 2026", [("1 mars 2026", "2026-03-01", "2026-03-01")]),
        ("hösten 2026", [("hösten 2026", "2026-07-01", "2026-12-31")]),
        ("vt 2026", [("vt 2026", "2026-01-01", "2026-06-30")]),
        ("Kvartal 2 2026", [("Kvartal 2 2026", "2026-04-01", "2026-06-30")]),
        ("december 2024", [("december 2024", "2024-12-01", "2024-12-31")]),
        ("2026–2027", [("2026–2027", "2026-01-01", "2027-12-31")]),
        ("2026–28", [("2026–28", "2026-01-01", "2028-12-31")]),
        ("31/12 2025", [("31/12 2025", "2025-12-31", "2025-12-31")]),
        ("v. 41", [("v. 41", None, None)]),
        ("3–5 maj 2026", [("3–5 maj 2026", "2026-05-03", "2026-05-05")]),
        ("hösten\n2021", [("hösten 2021", "2021-07-01", "2021-12-31")]),
        ("2026-02-30", []),
        ("dnr 2025-0417", []),
        ("0–24 år", []),
        ("punkt 3.1", []),
    ],
)
def test_times(text: str, found: list[tuple[str, str | None, str | None]]) -> None:
    assert [(time.text, time.first, time.last) for time in dates.find(text)] == found


@pytest.mark.parametrize(
    ("rows", "whole"),
    [
        (["en rad", "och en till"], "en rad och en till"),
        (["förebygg-", "ande arbete"], "förebyggande arbete"),
        ([f"före{SOFT}", "bygga"], "förebygga"),
        ([f"före{SOFT}bygga"], "förebygga"),
        ([f"patient{SOFT}, brukar{SOFT} och anhörigstöd"], "patient-, brukar- och anhörigstöd"),
        ([f"patient{SOFT},", f"brukar{SOFT}", "och anhörigstöd"], "patient-, brukar- och anhörigstöd"),
        (["patient-", "brukar- och anhörigstöd"], "patient- brukar- och anhörigstöd"),
        (["barn-", "och elevhälsa"], "barn- och elevhälsa"),
        (["ADHD-", "utredning"], "ADHD-utredning"),
        ([f"ADHD{SOFT}utredning"], "ADHD-utredning"),
        ([f"e{SOFT}tjänst"], "e-tjänst"),
        (["2026-", "2027"], "2026-2027"),
        (["vård/", "omsorg"], "vård/omsorg"),
        (["12,\u20605 miljarder"], "12,5 miljarder"),
        (["", "  ", "ord"], "ord"),
    ],
)
def test_lines_become_one_text(rows: list[str], whole: str) -> None:
    assert lines.join(rows) == whole


def typed(*rows: str) -> list[str]:
    gaps = [0 if n == 0 or rows[n - 1] else 1 for n in range(len(rows))]
    listed = [
        Line(row + "\n", At(None, n), gap=gap) for n, (row, gap) in enumerate(zip(rows, gaps, strict=True), 1) if row
    ]
    return [f"{block.kind}: {layout.text_of(block)}" for block in layout.blocks(listed)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "blocks"),
    [
        (
            ("Insats 1.2: Kurser i Åre och Berg", "Kurserna ges på kvällar och går att följa på nätet."),
            ["heading: Insats 1.2: Kurser i Åre och Berg",
             "paragraph: Kurserna ges på kvällar och går att följa på nätet."],
        ),
        (
            ("Insatser", "a) Stresskola", "Gruppträffar sju gånger."),
            ["heading: Insatser", "heading: a) Stresskola", "paragraph: Gruppträffar sju gånger."],
        ),
        (
            ("Kommunerna och regionen möter samma familjer och behöver en plan för förebygg-",
             "ande arbete som alla känner till och som följs upp av ledningen i samråd."),
            ["paragraph: Kommunerna och regionen möter samma familjer och behöver en plan för förebyggande arbete som "
             "alla känner till och som följs upp av ledningen i samråd."],
        ),
        (("Mål", "", "- ett led", "- ett annat"), ["heading: Mål", "item: - ett led", "item: - ett annat"]),
    ],
)  # fmt: skip
def test_typed_lines_become_blocks(rows: tuple[str, ...], blocks: list[str]) -> None:
    assert typed(*rows) == blocks
