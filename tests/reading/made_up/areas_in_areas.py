"""Plain text: areas with smaller areas in them, numbered goals, several labels on one line."""

from __future__ import annotations

from samplan.domain.reading.source import SourceDocument
from tests.reading.made_up import typed

TEXT = """Handlingsplan för suicidprevention 2025-2027

1 Inledning

Planen bygger på länets behovsanalys.

2 Prioriterat område: Minska tillgången till medel och metoder

Här samlas insatser som gör platser säkrare.

Mål 1: Räcken finns på alla broar.
Mål 2: Apotek och polis har en gemensam rutin.

2.1 Insatser

2.1.1 Inventering av broar

Alla broar över tio meter gås igenom.

Ansvarig: Trafikkontoren. Tidsplan: 2025. Kostnad: 700 tkr.

2.1.2 Återlämning av läkemedel

Ansvarig: Apoteken. Tidsplan: våren 2026.

3 Prioriterat område: Kunskap

3.1 Insatser

3.1.1 Föreläsningar för allmänheten

Ansvarig: Studieförbunden
Målgrupp: Alla över 18 år

4 Avslutning

Planen revideras 2027.
"""


def document() -> SourceDocument:
    return typed(TEXT)


TRUTH = {
    "title": "Handlingsplan för suicidprevention 2025-2027",
    "years": [2025, 2026, 2027],
    "amounts": [700000],
    "chapters": [
        ["1", "Inledning", "Planen bygger på länets behovsanalys."],
        ["4", "Avslutning", "Planen revideras 2027."],
    ],
    "areas": [
        {
            "number": "2",
            "title": "Minska tillgången till medel och metoder",
            "fields": {"description": "Här samlas insatser som gör platser säkrare."},
            "goals_any": ["Räcken finns på alla broar.", "Apotek och polis har en gemensam rutin."],
            "activities": [
                {"number": "2.1.1", "title": "Inventering av broar", "fields": {
                    "description": "Alla broar över tio meter gås igenom.", "responsible": "Trafikkontoren.",
                    "timeline": "2025.", "budget": "700 tkr."}},
                {"number": "2.1.2", "title": "Återlämning av läkemedel", "fields": {
                    "responsible": "Apoteken.", "timeline": "våren 2026."}},
            ],
        },
        {
            "number": "3",
            "title": "Kunskap",
            "activities": [
                {"number": "3.1.1", "title": "Föreläsningar för allmänheten", "fields": {
                    "responsible": "Studieförbunden", "target_group": "Alla över 18 år"}},
            ],
        },
    ],
}  # fmt: skip
