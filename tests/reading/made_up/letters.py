"""Plain text: chapters with Roman numbers, areas with letters, activities as lines that begin with "Insats"."""

from __future__ import annotations

from samplan.domain.reading.source import SourceDocument
from tests.reading.made_up import typed

TEXT = """I. Inledning

Det här är länets gemensamma plan. Den gäller för 2026.

II. Länets gemensamma mål

- Fler unga tycker att livet är bra.
- Ingen ska behöva ta sitt liv.

III. Insatsområden

A. Unga vuxna

Gruppen mellan 18 och 25 år möter många byten.

Insats A1: Lotsar mellan barn- och vuxenvård

Lotsen följer den unge i ett halvår.

Ansvarig: Psykiatrin
Klart senast: 30 juni 2026

Insats A2: Ett samlat nummer att ringa

Ansvarig: Kommunernas kontaktcenter
Klart senast: oktober 2026

B. Personer i hemlöshet

Få når vården i dag.

Insats B1: Uppsökande team

Teamet arbetar kvällar.

Ansvarig: Socialtjänsten
Klart senast: 2026-12-01

IV. Uppföljning

Planen följs upp i december.
"""


def document() -> SourceDocument:
    return typed(TEXT)


TRUTH = {
    "title": "",
    "years": [2026],
    "county_goals": ["Fler unga tycker att livet är bra.", "Ingen ska behöva ta sitt liv."],
    "chapters": [
        ["I", "Inledning", "Det här är länets gemensamma plan. Den gäller för 2026."],
        ["II", "Länets gemensamma mål", ""],
        ["III", "Insatsområden", ""],
        ["IV", "Uppföljning", "Planen följs upp i december."],
    ],
    "areas": [
        {
            "number": "A",
            "title": "Unga vuxna",
            "fields": {"description": "Gruppen mellan 18 och 25 år möter många byten."},
            "activities": [
                {"number": "A1", "title": "Lotsar mellan barn- och vuxenvård", "fields": {
                    "description": "Lotsen följer den unge i ett halvår.", "responsible": "Psykiatrin",
                    "timeline": "30 juni 2026"}},
                {"number": "A2", "title": "Ett samlat nummer att ringa", "fields": {
                    "responsible": "Kommunernas kontaktcenter", "timeline": "oktober 2026"}},
            ],
        },
        {
            "number": "B",
            "title": "Personer i hemlöshet",
            "fields": {"description": "Få når vården i dag."},
            "activities": [
                {"number": "B1", "title": "Uppsökande team", "fields": {
                    "description": "Teamet arbetar kvällar.", "responsible": "Socialtjänsten",
                    "timeline": "2026-12-01"}},
            ],
        },
    ],
}  # fmt: skip
