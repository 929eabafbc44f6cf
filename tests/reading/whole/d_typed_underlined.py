"""Text with headings that a row of signs underlines, areas by letter, bullets for goals, amounts in several forms."""

from __future__ import annotations

TEXT = """Handlingsplan psykisk hälsa 2026
================================
Västerbottens län

Bakgrund
--------
Planen är den tredje i ordningen och gäller hela länet.

Område A: Unga
--------------
Unga mår sämre än förr.

Mål
• Unga vet vart de kan vända sig.
• Väntetiden är kortare än en vecka.

Insatser

1. Ungdomshälsa på nätet
Syfte: Nå unga i glesbygd.
Ansvarig: Ungdomsmottagningen
När: 2026-09-01
Kostnad: 1.250.000 kronor

2. Kill i stan
Syfte: Fler killar söker hjälp.
Ansvarig: Fritidsgårdarna
När: våren 2026
Kostnad: ca 90 tkr

Område B: Vuxna
---------------
Sjukskrivningarna ökar.

Insatser

1. Rehabkoordinatorer
Syfte: Vägen tillbaka blir kortare.
Ansvarig: Hälsocentralerna
När: hela 2026
Kostnad: 2,75 Mkr
"""


def content() -> bytes:
    return TEXT.encode("cp1252")


def _insats(number: str, title: str, *texts: str) -> dict[str, object]:
    keys = ("purpose", "responsible", "timeline", "budget")
    return {"number": number, "title": title, "fields": dict(zip(keys, texts, strict=True))}


TRUTH = {
    "title": "Handlingsplan psykisk hälsa 2026",
    "county": "24",
    "years": [2026],
    "amounts": [1250000, 90000, 2750000],
    "chapters": [["", "Bakgrund", "Planen är den tredje i ordningen och gäller hela länet."]],
    "areas": [
        {
            "number": "A",
            "title": "Unga",
            "fields": {"description": "Unga mår sämre än förr."},
            "goals_any": ["Unga vet vart de kan vända sig.", "Väntetiden är kortare än en vecka."],
            "activities": [
                _insats("1", "Ungdomshälsa på nätet", "Nå unga i glesbygd.", "Ungdomsmottagningen", "2026-09-01",
                        "1.250.000 kronor"),
                _insats("2", "Kill i stan", "Fler killar söker hjälp.", "Fritidsgårdarna", "våren 2026", "ca 90 tkr"),
            ],
        },
        {
            "number": "B",
            "title": "Vuxna",
            "fields": {"description": "Sjukskrivningarna ökar."},
            "activities": [
                _insats("1", "Rehabkoordinatorer", "Vägen tillbaka blir kortare.", "Hälsocentralerna", "hela 2026",
                        "2,75 Mkr"),
            ],
        },
    ],
}  # fmt: skip
