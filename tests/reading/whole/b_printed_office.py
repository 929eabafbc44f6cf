"""PDF that LibreOffice made of a Word file: bold headings without styles, directives in tables, a matrix beside."""

from __future__ import annotations

from tests.reading.makers import printed
from tests.reading.whole import activities, fields
from tests.reading.whole.pens import Word

KEYS = {
    "Problembild": "background", "Önskat läge": "goal", "Uppdrag": "description", "Uppdragstagare": "responsible",
    "Slutdatum": "timeline",
}  # fmt: skip
HEAD = ("Vad", "Syfte", "Ansvar", "Klart", "Kostnad i kr")
COLUMNS = {"Vad": "title", "Syfte": "purpose", "Ansvar": "responsible", "Klart": "timeline", "Kostnad i kr": "budget"}
AREAS = {
    "Boende": (
        ("Direktiv 1 – Bostadslösa med psykisk sjukdom",
         {"Problembild": "Sextio personer saknar eget boende.", "Önskat läge": "Alla har ett kontrakt.",
          "Uppdrag": "Ta fram en modell för bostad först.", "Uppdragstagare": "Socialcheferna i Borås och Skövde",
          "Slutdatum": "2026-11-30"}),
        (("Boskola", "Fler klarar eget boende", "Allmännyttan", "2026-05-01", "185 000"),
         ("Hyresgarantier", "Vräkningar undviks", "Kommunerna", "2026-10-01", "1 400 000")),
    ),
    "Fysisk hälsa": (
        ("Direktiv 2 – Levnadsvanor vid psykossjukdom",
         {"Problembild": "Personer med psykos lever kortare.", "Önskat läge": "Alla erbjuds hälsokontroll varje år.",
          "Uppdrag": "Skriv en rutin.", "Uppdragstagare": "Psykoskliniken", "Slutdatum": "2027-02-28"}),
        (("Hälsocoacher", "Stöd till ändrade vanor", "Primärvården", "2026-12-31", "720 000"),),
    ),
}  # fmt: skip


def content() -> bytes | None:
    word = Word(head="Västra Götalands län", foot="Antagen 2025-12-03")
    word.bold("Länsgemensam plan psykisk hälsa 2026", 24)
    word.bold("Om direktiv och insatser", 16)
    word.p("Ett direktiv är ett uppdrag som båda huvudmännen har beslutat.")
    for n, (name, ((directive, card), rows)) in enumerate(AREAS.items(), start=1):
        word.bold(f"Område {n}: {name}", 16)
        word.bold(directive, 13)
        word.card(*card.items())
        word.bold("Insatser utan direktiv", 13)
        word.rows(HEAD, *rows)
    return printed(word.saved(), tagged=False)


def _directive(heading: str, card: dict[str, str]) -> dict[str, object]:
    name, title = heading.split(" – ")
    return {"number": name.split()[1], "title": title, "fields": fields(KEYS, card)}


TRUTH = {
    "title": "Länsgemensam plan psykisk hälsa 2026",
    "county": "14",
    "years": [2026],
    "amounts": [185000, 1400000, 720000],
    "dates": ["2026-11-30", "2026-05-01", "2026-10-01", "2027-02-28", "2026-12-31"],
    "chapters": [["", "Om direktiv och insatser", "Ett direktiv är ett uppdrag som båda huvudmännen har beslutat."]],
    "areas": [
        {
            "number": str(n),
            "title": name,
            "directives": [_directive(*directive)],
            "activities": activities(COLUMNS, HEAD, rows),
        }
        for n, (name, (directive, rows)) in enumerate(AREAS.items(), start=1)
    ],
}
