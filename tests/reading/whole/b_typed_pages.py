"""Text that somebody copied out of a PDF: running heads and page numbers between, typed numbers, dotted contents."""

from __future__ import annotations

HEAD = "Regional handlingsplan psykisk hälsa"
TEXT = """Regional handlingsplan psykisk hälsa
2024–2026
Hallands län

Innehåll
1 Bakgrund .................... 2
2 Områden ..................... 2
2.1 Förskola och skola ........ 2
2.2 Vuxnas psykiska hälsa ..... 3
3 Så följer vi upp ............ 3

{head} 2

1 Bakgrund
Handlingsplanen är framtagen i bred samverkan. Den ska vara ett
stöd för chefer i regionen och i kommunerna och revideras
varje år.

2 Områden

2.1 Förskola och skola
Skolan når alla barn.

Insatser
a) Trygghetsvandringar
Elever och vuxna går igenom skolgården tillsammans.
Ansvar: rektorerna
Tid: varje vår

b) Kurs i lågaffektivt bemötande
Kursen är på två dagar och ges till alla elevassi-
stenter i länet.
Ansvar: Kompetenscentrum i Falkenberg

{head} 3

Tid: 2025
Kostnad: 230 tkr

2.2 Vuxnas psykiska hälsa
Vuxna söker oftast hjälp hos sin vårdcentral.

Insatser
a) Stresskola
Gruppträffar sju gånger.
Ansvar: vårdcentralerna
Tid: höst och vår
Kostnad: 1,15 mkr

3 Så följer vi upp
Varje område har en ansvarig som rapporterar i december.
"""
_LAST = "Kompetenscentrum i Falkenberg"


def content() -> bytes:
    return TEXT.replace("{head}", HEAD).encode("utf-8-sig")


TRUTH = {
    "title": "Regional handlingsplan psykisk hälsa 2024–2026",
    "years": [2024, 2025, 2026],
    "county": "13",
    "amounts": [230000, 1150000],
    "chapters": [
        ["1", "Bakgrund", "Handlingsplanen är framtagen i bred samverkan. Den ska vara ett stöd för chefer i regionen "
         "och i kommunerna och revideras varje år."],
        ["2", "Områden", ""],
        ["3", "Så följer vi upp", "Varje område har en ansvarig som rapporterar i december."],
    ],
    "areas": [
        {
            "number": "2.1",
            "title": "Förskola och skola",
            "fields": {"description": "Skolan når alla barn."},
            "activities": [
                {"number": "a", "title": "Trygghetsvandringar", "fields": {
                    "description": "Elever och vuxna går igenom skolgården tillsammans.", "responsible": "rektorerna",
                    "timeline": "varje vår"}},
                {"number": "b", "title": "Kurs i lågaffektivt bemötande", "fields": {
                    "description": "Kursen är på två dagar och ges till alla elevassistenter i länet.",
                    "responsible": _LAST, "timeline": "2025", "budget": "230 tkr"}},
            ],
        },
        {
            "number": "2.2",
            "title": "Vuxnas psykiska hälsa",
            "fields": {"description": "Vuxna söker oftast hjälp hos sin vårdcentral."},
            "activities": [
                {"number": "a", "title": "Stresskola", "fields": {
                    "description": "Gruppträffar sju gånger.", "responsible": "vårdcentralerna",
                    "timeline": "höst och vår", "budget": "1,15 mkr"}},
            ],
        },
    ],
}  # fmt: skip
