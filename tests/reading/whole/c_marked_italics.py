"""Markdown: numbered activities as headings, labels in italics on lines that a backslash or two spaces break."""

from __future__ import annotations

TEXT = """# Handlingsplan psykisk hälsa och suicidprevention, Skåne 2026

Fastställd av centralt samverkansorgan 2025-12-09.

## Inledning

Planen är ett gemensamt åtagande.

## Område 1: Barn i rörelse

Barn sitter stilla för mycket.

### Insats 1.1 Cykel till skolan

_Syfte:_ Fler rör sig varje dag.  
_Ansvarig:_ Trafikkontoren  
_Tidsplan:_ april–oktober 2026  
_Budget:_ 200 tkr

### Insats 1.2 Simning för alla

_Syfte:_ Alla barn kan simma.  
_Ansvarig:_ Kommunerna i Österlen  
_Tidsplan:_ läsåret 2026/27  
_Budget:_ 1,25 miljoner kronor

## Område 2: Samtal som stöd

Den som har någon att tala med mår bättre.

### Insats 2.1 Samtalsledare i föreningslivet

_Syfte:_ Ledare vågar fråga.  
_Ansvarig:_ Idrottsförbundet  
_Tidsplan:_ hela 2026  
_Budget:_ 95 000 kronor

## Uppföljning

Planen följs upp en gång om året.
"""  # noqa: W291


def content() -> bytes:
    return TEXT.encode()


def _insats(number: str, title: str, why: str, who: str, when: str, money: str) -> dict[str, object]:
    texts = {"purpose": why, "responsible": who, "timeline": when, "budget": money}
    return {"number": number, "title": title, "fields": texts}


TRUTH = {
    "title": "Handlingsplan psykisk hälsa och suicidprevention, Skåne 2026",
    "county": "12",
    "years": [2026],
    "amounts": [200000, 1250000, 95000],
    "areas": [
        {
            "number": "1",
            "title": "Barn i rörelse",
            "fields": {"description": "Barn sitter stilla för mycket."},
            "activities": [
                _insats("1.1", "Cykel till skolan", "Fler rör sig varje dag.", "Trafikkontoren", "april–oktober 2026",
                        "200 tkr"),
                _insats("1.2", "Simning för alla", "Alla barn kan simma.", "Kommunerna i Österlen", "läsåret 2026/27",
                        "1,25 miljoner kronor"),
            ],
        },
        {
            "number": "2",
            "title": "Samtal som stöd",
            "fields": {"description": "Den som har någon att tala med mår bättre."},
            "activities": [
                _insats("2.1", "Samtalsledare i föreningslivet", "Ledare vågar fråga.", "Idrottsförbundet", "hela 2026",
                        "95 000 kronor"),
            ],
        },
    ],
}  # fmt: skip
