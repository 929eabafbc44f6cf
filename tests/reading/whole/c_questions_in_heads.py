"""Word: the heads of the tables are questions; the area stands in a row over all columns above the head."""

from __future__ import annotations

from tests.reading.whole import activities
from tests.reading.whole.pens import Word

HEAD = ("Vad?", "Varför?", "Vem?", "När?", "Hur följer vi upp?")
KEYS = {
    "Vad?": "title",
    "Varför?": "purpose",
    "Vem?": "responsible",
    "När?": "timeline",
    "Hur följer vi upp?": "follow_up",
}
AREAS = {
    "Fokusområde 1. Främja psykisk hälsa": (
        ("Naturstigar nära sjukhuset", "Rörelse gör gott", "Fastighetsavdelningen", "maj 2026", "Räkning av besökare"),
        ("Körsång på dagtid", "Sång bryter ensamhet", "Musikskolan", "hösten 2026", "Enkät till deltagarna"),
    ),
    "Fokusområde 2. Förebygga suicid": (
        ("Räcken på tre broar", "Svårare att hoppa", "Trafikverket och kommunerna", "2027", "Besiktning"),
        ("Livlinan", "Unga ska våga höra av sig", "Ideella föreningar", "löpande", "Antal samtal"),
        ("Samtal med vapenägare", "Färre skott i affekt", "Polisen", "våren 2026", "Antal samtal per distrikt"),
    ),
}  # fmt: skip


def content() -> bytes:
    word = Word(foot="Diarienummer 2025/88")
    word.title("Gemensam plan för psykisk hälsa 2026–2027")
    word.p("Hälso- och omsorgskollegiet i Kronobergs län")
    word.h(1, "Läs mer om planen")
    word.p("Planen gäller i två år och revideras vid behov.")
    word.h(1, "Insatserna")
    for name, rows in AREAS.items():
        word.rows((name,), HEAD, *rows)
    word.h(1, "Kontaktuppgifter")
    word.p("Samordnaren svarar på frågor.")
    return word.saved()


TRUTH = {
    "title": "Gemensam plan för psykisk hälsa 2026–2027",
    "county": "07",
    "years": [2026, 2027],
    "amounts": [],
    "chapters": [
        ["", "Läs mer om planen", "Planen gäller i två år och revideras vid behov."],
        ["", "Insatserna", ""],
        ["", "Kontaktuppgifter", "Samordnaren svarar på frågor."],
    ],
    "areas": [
        {
            "number": name.split(".")[0].split()[1],
            "title": name.split(". ")[1],
            "activities": activities(KEYS, HEAD, rows),
        }
        for name, rows in AREAS.items()
    ],
}
