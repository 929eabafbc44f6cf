"""Word, a title style and the decision under it; a table in the county's own words for each area."""

from __future__ import annotations

from tests.reading.whole import activities
from tests.reading.whole.pens import Word

HEAD = ("Insats", "Vad", "Vem", "När", "Hur mäter vi")
KEYS = {"Insats": "title", "Vad": "description", "Vem": "responsible", "När": "timeline", "Hur mäter vi": "indicators"}
AREAS = {
    "Tidigt stöd till barn": (
        ("Gemensam ingång", "En telefon och en webbplats för föräldrar", "Barnhälsan", "1 mars 2026",
         "Samtal per månad"),
        ("Skolsköterska på fritidsgården", "Öppen tid två kvällar i veckan", "Varbergs kommun", "hösten 2026",
         "Besök per termin"),
        ("Pappagrupper", "Fem träffar under föräldraledigheten", "Familjecentralerna", "2026–2027",
         "Andel pappor som fullföljer"),
    ),
    "Äldres psykiska hälsa": (
        ("Uppsökande samtal", "Alla som fyllt 80 får ett erbjudande", "Hemtjänsten", "våren 2027", "Antal hembesök"),
        ("Utbildning om depression", "Tre timmar för all vårdpersonal på särskilt boende", "Kompetenscentrum",
         "senast 31 december 2026", "Antal utbildade"),
    ),
    "Arbete och sysselsättning": (
        ("Stöd till arbete enligt IPS", "Metoden införs i ytterligare två kommuner", "Samordningsförbundet",
         "2026", "Andel i arbete efter ett år"),
    ),
}  # fmt: skip


def content() -> bytes:
    word = Word(head="Halland – psykisk hälsa", foot="Dnr 2025-0417")
    word.title("Länsgemensam plan för psykisk hälsa i Hallands län 2026–2027")
    word.p("Beslutad av Strategisk grupp för samverkan 2025-11-20")
    word.h(1, "Varför en plan")
    word.p("Planen samlar det som regionen och de sex kommunerna gör tillsammans. Den kostar 4,5 mkr om året.")
    word.h(1, "Prioriterade områden")
    for name, rows in AREAS.items():
        word.h(2, name)
        word.p(f"Arbetet med {name.lower()} leds av en grupp med deltagare från båda huvudmännen.")
        word.rows(HEAD, *rows)
    word.h(1, "Uppföljning av planen")
    word.p("Strategisk grupp får en rapport i februari varje år.")
    return word.saved()


TRUTH = {
    "title": "Länsgemensam plan för psykisk hälsa i Hallands län 2026–2027",
    "county": "13",
    "years": [2026, 2027],
    "amounts": [4500000],
    "dates": [
        "2026–2027", "2025-11-20", "1 mars 2026", "hösten 2026", "2026–2027", "våren 2027", "31 december 2026",
    ],
    "chapters": [
        ["", "Varför en plan", "Planen samlar det som regionen och de sex kommunerna gör tillsammans. Den kostar 4,5 "
         "mkr om året."],
        ["", "Prioriterade områden", ""],
        ["", "Uppföljning av planen", "Strategisk grupp får en rapport i februari varje år."],
    ],
    "areas": [
        {
            "title": name,
            "fields": {
                "description": f"Arbetet med {name.lower()} leds av en grupp med deltagare från båda huvudmännen."
            },
            "activities": activities(KEYS, HEAD, rows),
        }
        for name, rows in AREAS.items()
    ],
}  # fmt: skip
