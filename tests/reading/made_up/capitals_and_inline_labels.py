"""Plain text: headings in capitals without numbers, labels before a colon, activities as numbered lines."""

from __future__ import annotations

from samplan.domain.reading.source import SourceDocument
from tests.reading.made_up import typed

TEXT = """HANDLINGSPLAN 2025 FÖR ÅSHAMRA LÄN

SAMMANFATTNING

Planen samlar det som kommunerna och regionen gör tillsammans under året. Den är beslutad
av samverkansrådet i januari.

PRIORITERAT OMRÅDE 1: SKOLAN SOM SKYDD

Skolan möter alla barn. Därför börjar planen där, med stöd till dem som har svårt att
komma till skolan.

Aktivitet 1 – Närvaroteam på alla högstadier

Syfte: Elever som är borta ska mötas tidigt.
Mål: Frånvaron minskar med en tiondel.
Ansvarig: Barn- och utbildningscheferna
Tidsplan: Läsåret 2025/26

Aktivitet 2 – Läxhjälp tillsammans med föreningar

Syfte: Elever ska få ro att lära.
Ansvarig: Föreningsrådet
Tidsplan: Hösten 2025

PRIORITERAT OMRÅDE 2: ARBETE OCH SYSSELSÄTTNING

Att ha något att göra om dagarna är viktigt för att må bra.

Aktivitet 1 – Arbetsträning i sociala företag

Syfte: Fler ska komma i arbete.
Mål: Tjugo personer får en plats.
Ansvarig: Arbetsmarknadsenheterna
Tidsplan: Hela 2025

KÄLLOR

Länets folkhälsoenkät 2024.
"""


def document() -> SourceDocument:
    return typed(TEXT)


TRUTH = {
    "title": "HANDLINGSPLAN 2025 FÖR ÅSHAMRA LÄN",
    "years": [2025],
    "chapters": [
        ["", "SAMMANFATTNING", "Planen samlar det som kommunerna och regionen gör tillsammans under året. "
         "Den är beslutad av samverkansrådet i januari."],
        ["", "KÄLLOR", "Länets folkhälsoenkät 2024."],
    ],
    "areas": [
        {
            "number": "1",
            "title": "SKOLAN SOM SKYDD",
            "fields": {"description": "Skolan möter alla barn. Därför börjar planen där, med stöd till dem som "
                       "har svårt att komma till skolan."},
            "activities": [
                {"number": "1", "title": "Närvaroteam på alla högstadier", "fields": {
                    "purpose": "Elever som är borta ska mötas tidigt.", "goal": "Frånvaron minskar med en tiondel.",
                    "responsible": "Barn- och utbildningscheferna", "timeline": "Läsåret 2025/26"}},
                {"number": "2", "title": "Läxhjälp tillsammans med föreningar", "fields": {
                    "purpose": "Elever ska få ro att lära.", "responsible": "Föreningsrådet",
                    "timeline": "Hösten 2025"}},
            ],
        },
        {
            "number": "2",
            "title": "ARBETE OCH SYSSELSÄTTNING",
            "fields": {"description": "Att ha något att göra om dagarna är viktigt för att må bra."},
            "activities": [
                {"number": "1", "title": "Arbetsträning i sociala företag", "fields": {
                    "purpose": "Fler ska komma i arbete.", "goal": "Tjugo personer får en plats.",
                    "responsible": "Arbetsmarknadsenheterna", "timeline": "Hela 2025"}},
            ],
        },
    ],
}  # fmt: skip
