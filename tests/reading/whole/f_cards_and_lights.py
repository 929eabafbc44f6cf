"""Word: a card for each measure under a heading with a word before the area's name, coloured lights, money in words."""

from __future__ import annotations

from tests.reading.whole import fields
from tests.reading.whole.pens import Word

KEYS = {
    "Mål": "goal", "Ansvarig": "responsible", "Budget": "budget", "Trafikljus": "goal_fulfilment",
    "Resultat": "result",
}  # fmt: skip
AREAS = {
    "Delaktighet och inflytande": (
        ("Inflytanderåd i varje kommun",
         {"Mål": "Brukare deltar i beslut", "Ansvarig": "Kommunernas socialtjänster", "Budget": "1,2 mkr",
          "Trafikljus": "Grön", "Resultat": "Råd finns i 28 kommuner."}),
        ("Brukarstyrda revisioner",
         {"Mål": "Fyra revisioner per år", "Ansvarig": "NSPH Skåne", "Budget": "250 tkr", "Trafikljus": "Gul",
          "Resultat": "Tre genomfördes."}),
    ),
    "Tillgänglig vård": (
        ("En väg in för barn",
         {"Mål": "Kortare väntan till första besök", "Ansvarig": "Region Skåne", "Budget": "3,4 mkr",
          "Trafikljus": "Grön", "Resultat": "Väntan sjönk till 18 dagar."}),
        ("Kvällsöppna mottagningar",
         {"Mål": "Öppet två kvällar i veckan", "Ansvarig": "Primärvården", "Budget": "800 tkr", "Trafikljus": "Röd",
          "Resultat": "Personal saknas."}),
    ),
}  # fmt: skip


def content() -> bytes:
    word = Word()
    word.title("Uppföljning av handlingsplan för psykisk hälsa 2024")
    word.title("Skåne län, februari 2025", "Subtitle")
    word.h(1, "Sammanfattning")
    word.p("De flesta åtgärder har genomförts. Två har försenats, då besked om medel kom sent.")
    for name, acts in AREAS.items():
        word.h(1, f"Prioritering: {name}")
        for title, card in acts:
            word.rows(("Åtgärd", title), *card.items(), head=False)
    return word.saved()


TRUTH = {
    "title": "Uppföljning av handlingsplan för psykisk hälsa 2024",
    "county": "12",
    "amounts": [1200000, 250000, 3400000, 800000],
    "areas": [
        {"title": name, "activities": [{"title": title, "fields": fields(KEYS, card)} for title, card in acts]}
        for name, acts in AREAS.items()
    ],
}
