"""Text typed in a hurry: no blank lines between labels, dashes for activities with their facts in brackets or after."""

from __future__ import annotations

TEXT = """Handlingsplan suicidprevention Region Kalmar län 2026

Mål för hela länet
Ingen ska behöva ta sitt liv.

Fokusområde 1 Kunskap
Alla ska våga fråga.
Aktivitet: Utbilda instruktörer
Ansvarig: Folkhälsoenheten
Tid: mars 2026
Kostnad: 300 tkr
Aktivitet: Kampanj i sociala medier
Ansvarig: Kommunikatörerna
Tid: september 2026
Kostnad: 0,15 mkr

Fokusområde 2 Säkra miljöer
Broar och spår görs säkra.
Aktivitet: Stängsel vid spåret
Ansvarig: Trafikverket
Tid: 2027
Kostnad: 4 500 000 kr
"""


def content() -> bytes:
    return TEXT.encode()


def _activity(title: str, *texts: str) -> dict[str, object]:
    return {"title": title, "fields": dict(zip(("responsible", "timeline", "budget"), texts, strict=True))}


TRUTH = {
    "title": "Handlingsplan suicidprevention Region Kalmar län 2026",
    "county": "08",
    "years": [2026],
    "amounts": [300000, 150000, 4500000],
    "county_goals": ["Ingen ska behöva ta sitt liv."],
    "areas": [
        {
            "number": "1",
            "title": "Kunskap",
            "fields": {"description": "Alla ska våga fråga."},
            "activities": [
                _activity("Utbilda instruktörer", "Folkhälsoenheten", "mars 2026", "300 tkr"),
                _activity("Kampanj i sociala medier", "Kommunikatörerna", "september 2026", "0,15 mkr"),
            ],
        },
        {
            "number": "2",
            "title": "Säkra miljöer",
            "fields": {"description": "Broar och spår görs säkra."},
            "activities": [_activity("Stängsel vid spåret", "Trafikverket", "2027", "4 500 000 kr")],
        },
    ],
}
