"""Word that counts its headings; a matrix with measures, cells that are controls to fill in, a box and notes."""

from __future__ import annotations

from tests.reading.whole import activities
from tests.reading.whole.pens import Word

HEAD = ("Aktivitet", "Utgångsläge", "Målvärde", "Mätmetod", "Huvudansvar", "Klart senast", "Budget 2026 (tkr)")
KEYS = {
    "Aktivitet": "title", "Utgångsläge": "baseline", "Målvärde": "goal", "Mätmetod": "indicators",
    "Huvudansvar": "responsible", "Klart senast": "timeline", "Budget 2026 (tkr)": "budget",
}  # fmt: skip
AREAS = {
    "Skolnärvaro": (
        ("Gemensam rutin för frånvaro", "Fyra kommuner har en rutin", "Alla tretton kommuner",
         "Enkät till skolchefer", "Utbildningsnätverket", "2026-08-15", "320"),
        ("Närvaroteam i tre kommuner", "Inget team", "Tre team i gång", "Rapport från kommunerna",
         "Katrineholms kommun", "2026-12-01", "1 450"),
    ),
    "Hälsa i ensamhet": (
        ("Mötesplats mitt på dagen", "Två mötesplatser", "Sex mötesplatser", "Räkning i maj", "Studieförbunden",
         "2026-05-31", "90"),
    ),
}  # fmt: skip
TEXTS = {
    "Skolnärvaro": "Var sjätte elev är borta mer än var tionde dag.",
    "Hälsa i ensamhet": "Ensamhet är vanligast bland unga vuxna och de allra äldsta.",
}


def content() -> bytes:
    word = Word(head="Region och kommuner i samverkan")
    word.counted(3)
    word.file.add_paragraph("Länsgemensam handlingsplan för psykisk hälsa 2026", "Title")
    word.file.add_paragraph("Södermanlands län", "Subtitle")
    word.h(1, "Inledning")
    begin = word.p("Planen bygger på en analys som gjordes förra året")
    word.note(begin, "Analysen finns hos länets samordnare.")
    begin.add_run(".")
    word.box("Ring oss gärna om du har frågor.")
    word.h(1, "Insatsområden")
    for name, rows in AREAS.items():
        word.h(2, name)
        word.p(TEXTS[name])
        table = word.rows(HEAD, *rows)
        for row in table.rows[1:]:
            for cell in row.cells:
                word.control(cell.paragraphs[0])
    word.h(1, "Organisation")
    word.p("Nätverket leds av två ordförande.")
    return word.saved()


TRUTH = {
    "title": "Länsgemensam handlingsplan för psykisk hälsa 2026",
    "county": "04",
    "years": [2026],
    "amounts": [320000, 1450000, 90000],
    "dates": ["2026-08-15", "2026-12-01", "2026-05-31"],
    "chapters": [
        ["1", "Inledning", "Planen bygger på en analys som gjordes förra året.Ring oss gärna om du har frågor."],
        ["2", "Insatsområden", ""],
        ["3", "Organisation", "Nätverket leds av två ordförande."],
    ],
    "areas": [
        {
            "number": f"2.{n}",
            "title": name,
            "fields": {"description": TEXTS[name]},
            "activities": activities(KEYS, HEAD, rows),
        }
        for n, (name, rows) in enumerate(AREAS.items(), start=1)
    ],
}
