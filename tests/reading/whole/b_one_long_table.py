"""Word, one table for all: the area in the first column merged down, part goals, measures, and a report on each."""

from __future__ import annotations

from tests.reading.whole import activities
from tests.reading.whole.pens import Word

HEAD = ("Målområde", "Delmål", "Åtgärd", "Ansvarig funktion", "Tidplan", "Resurser", "Lägesrapport")
KEYS = {
    "Delmål": "goal", "Åtgärd": "title", "Ansvarig funktion": "responsible", "Tidplan": "timeline",
    "Resurser": "budget", "Lägesrapport": "status",
}  # fmt: skip
AREAS = {
    "Goda levnadsvanor": (
        ("Fler rör sig", "Gröna stråk i tre orter", "Stadsbyggnad", "2027", "2,1 mkr", "Projektering klar"),
        ("Färre röker", "Rökslutargrupp på fem vårdcentraler", "Vårdcentralscheferna", "2026–2027", "150 tkr",
         "Två grupper startade i mars"),
    ),
    "Trygghet i hemmet": (
        ("Våld upptäcks tidigt", "Frågor om våld ställs i mödravården", "Barnmorskorna", "löpande", "inom ram",
         "Rutin beslutad"),
        ("Barn får egna samtal", "Barnahus för hela länet", "Socialdirektörerna i Sundsvall och Härnösand", "2026",
         "3 800 000 kr", "Lokaler saknas"),
        ("Äldre utsätts inte", "Utbildning för hemtjänsten", "Verksamhetscheferna", "höst 2026", "90 tkr", ""),
    ),
}  # fmt: skip


def content() -> bytes:
    word = Word(headings=("Kapitel", "Avsnitt"))
    word.p("Handlingsplan för folkhälsa och psykisk hälsa", style="Title")
    word.p("Västernorrlands län")
    word.p("Giltig 2026-01-01–2027-12-31")
    word.h(1, "Utgångspunkter")
    word.p("Planen utgår från fem prioriteringar i den nationella strategin.")
    word.h(1, "Handlingsplan")
    rows = [(name if not n else "", *row) for name, several in AREAS.items() for n, row in enumerate(several)]
    table = word.rows(HEAD, *rows)
    line = 1
    for several in AREAS.values():
        table.cell(line, 0).merge(table.cell(line + len(several) - 1, 0))
        line += len(several)
    word.h(1, "Revidering")
    word.p("Nästa översyn görs under hösten 2027.")
    return word.saved()


TRUTH = {
    "title": "Handlingsplan för folkhälsa och psykisk hälsa",
    "county": "22",
    "amounts": [2100000, 150000, 3800000, 90000],
    "chapters": [
        ["", "Utgångspunkter", "Planen utgår från fem prioriteringar i den nationella strategin."],
        ["", "Handlingsplan", ""],
        ["", "Revidering", "Nästa översyn görs under hösten 2027."],
    ],
    "areas": [{"title": name, "activities": activities(KEYS, HEAD[1:], rows)} for name, rows in AREAS.items()],
}
