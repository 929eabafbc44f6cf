"""PDF that LibreOffice made of a Word file with styles, tagged: goals in two horizons, a matrix, signs for progress."""

from __future__ import annotations

from tests.reading.makers import printed
from tests.reading.whole import activities
from tests.reading.whole.pens import Word

HEAD = ("Aktivitet", "Vem är ansvarig?", "Senast klar", "Kostnad", "Hur går det?")
KEYS = {
    "Aktivitet": "title", "Vem är ansvarig?": "responsible", "Senast klar": "timeline", "Kostnad": "budget",
    "Hur går det?": "goal_fulfilment",
}  # fmt: skip
AREAS = {
    "Tillgänglighet": (
        ("Alla som söker hjälp får ett svar samma dag.",), ("Telefonen besvaras inom tio minuter.", "En chatt är öppen."),
        (("Gemensam telefontid", "Primärvårdens chefer", "2026-03-31", "500 tkr", "Enligt plan"),
         ("Chatt med sjuksköterska", "1177-enheten", "2026-10-31", "1 950 000 kr", "Försenad")),
    ),
    "Samverkan med skolan": (
        ("Skola och vård drar åt samma håll.",), ("Möten hålls varje månad.",),
        (("Lokala team", "Rektorer och vårdcentralschefer", "2026-12-31", "0,6 mkr", "Enligt plan"),),
    ),
}  # fmt: skip


def content() -> bytes | None:
    word = Word(head="Samverkan Dalarna", foot="Sida 1")
    word.title("Länsplan psykisk hälsa i Dalarnas län 2026")
    word.h(1, "Om planen")
    word.p("Planen följer den nationella överenskommelsen.")
    for name, (long, short, rows) in AREAS.items():
        word.h(1, f"Utvecklingsområde: {name}")
        word.h(2, "Långsiktiga mål")
        word.li(*long)
        word.h(2, "Kortsiktiga mål")
        word.li(*short)
        word.h(2, "Aktiviteter")
        word.rows(HEAD, *rows)
    return printed(word.saved())


TRUTH = {
    "title": "Länsplan psykisk hälsa i Dalarnas län 2026",
    "county": "20",
    "years": [2026],
    "amounts": [500000, 1950000, 600000],
    "chapters": [["", "Om planen", "Planen följer den nationella överenskommelsen."]],
    "areas": [
        {
            "title": name,
            "goals_long": list(long),
            "goals_short": list(short),
            "activities": activities(KEYS, HEAD, rows),
        }
        for name, (long, short, rows) in AREAS.items()
    ],
}
