"""Word without any style: bold headings with typed numbers, a form for each activity, amounts in thousands."""

from __future__ import annotations

from tests.reading.whole import fields
from tests.reading.whole.pens import Word

KEYS = {
    "Bakgrund": "background", "Mål med insatsen": "goal", "Målgrupp": "target_group", "Så gör vi": "description",
    "Ansvarig part": "responsible", "Medverkande": "participants", "Tidplan": "timeline",
    "Kostnadsberäkning": "budget", "Uppföljning": "follow_up",
}  # fmt: skip
AREAS = {
    ("3.1", "Föräldrar och små barn"): (
        {"Namn på insatsen": "Hembesök till alla förstagångsföräldrar", "Bakgrund": "I dag når besöken hälften.",
         "Mål med insatsen": "Åtta av tio familjer får minst fyra besök.", "Målgrupp": "Familjer som får sitt första barn",
         "Ansvarig part": "Barnhälsovården", "Medverkande": "Socialtjänsten i Tranås och Nässjö",
         "Tidplan": "2025-01-01 – 2026-12-31", "Kostnadsberäkning": "250 tkr per år"},
        {"Namn på insatsen": "Språkstöd på öppna förskolan", "Mål med insatsen": "Fler pratar svenska vid skolstart.",
         "Ansvarig part": "Förskolecheferna", "Tidplan": "Start augusti 2025", "Kostnadsberäkning": "1 250 000 kr"},
    ),
    ("3.2", "Samtidigt beroende och psykisk sjukdom"): (
        {"Namn på insatsen": "Gemensam vårdplan", "Bakgrund": "Planerna görs i dag var för sig.",
         "Så gör vi": "En mall tas fram.\nMallen provas i två kommuner.", "Ansvarig part": "Psykiatriska kliniken",
         "Tidplan": "Kvartal 2 2026", "Kostnadsberäkning": "75 tkr", "Uppföljning": "Journalgranskning i december 2026"},
    ),
}  # fmt: skip


def content() -> bytes:
    word = Word(foot="Sida 1")
    word.bold("Handlingsplan psykisk hälsa Jönköpings län", 22)
    word.bold("2025–2026", 16)
    word.bold("1. Inledning", 16)
    word.p("Planen är antagen av länets ledningsgrupp för samverkan.")
    word.bold("2. Så togs planen fram", 16)
    word.p("Tre dialogmöten hölls under våren.")
    word.bold("3. Insatsområden", 16)
    for (number, name), cards in AREAS.items():
        word.bold(f"{number} {name}", 13)
        word.p(f"Detta vill vi med området: {name.lower()} ska märka att vi samarbetar.")
        for card in cards:
            word.card(*card.items())
    word.bold("4. Ekonomi", 16)
    word.p("Länet har fått 0,5 miljoner kronor extra.")
    return word.saved()


def _activity(card: dict[str, str]) -> dict[str, object]:
    return {"title": card["Namn på insatsen"], "fields": fields(KEYS, card)}


TRUTH = {
    "title": "Handlingsplan psykisk hälsa Jönköpings län 2025–2026",
    "county": "06",
    "years": [2025, 2026],
    "amounts": [250000, 1250000, 75000, 500000],
    "chapters": [
        ["1", "Inledning", "Planen är antagen av länets ledningsgrupp för samverkan."],
        ["2", "Så togs planen fram", "Tre dialogmöten hölls under våren."],
        ["3", "Insatsområden", ""],
        ["4", "Ekonomi", "Länet har fått 0,5 miljoner kronor extra."],
    ],
    "areas": [
        {
            "number": number,
            "title": name,
            "fields": {"description": f"Detta vill vi med området: {name.lower()} ska märka att vi samarbetar."},
            "activities": [_activity(card) for card in cards],
        }
        for (number, name), cards in AREAS.items()
    ],
}
