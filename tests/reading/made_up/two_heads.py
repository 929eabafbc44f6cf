"""Excel: a head of two rows, several efforts as a list in one cell, signs for how it goes."""

from __future__ import annotations

from samplan.domain.reading.source import SourceDocument
from tests.reading.made_up import Paper


def document() -> SourceDocument:
    paper = Paper()
    paper.table(
        (("Länets handlingsplan 2026", 6, 1),),
        (("Område", 1, 2), ("Insatser", 1, 2), ("Genomförande", 2, 1), "^", ("Uppföljning", 2, 1), "^"),
        ("^", "^", "Ansvarig", "Tidplan", "Indikator", "Status"),
        ("Skola", "• Hälsosamtal\n• Trygghetsvandringar", "Rektorerna", "Vårterminen", "Antal samtal", "🟢"),
        ("Fritid", "Öppen ungdomsgård", "Fritidschefen", "Hela året", "Besök per kväll", "🔴"),
        head=False,
        name="Plan",
    )
    return paper.document("xlsx")


def _fields(who: str, when: str, measure: str, status: str) -> dict[str, str]:
    return {"responsible": who, "timeline": when, "indicators": measure, "goal_fulfilment": status}


TRUTH = {
    "title": "Länets handlingsplan 2026",
    "years": [2026],
    "areas": [
        {
            "title": "Skola",
            "activities": [
                {"title": "Hälsosamtal", "fields": _fields("Rektorerna", "Vårterminen", "Antal samtal", "🟢")},
                {"title": "Trygghetsvandringar"},
            ],
        },
        {
            "title": "Fritid",
            "activities": [
                {
                    "title": "Öppen ungdomsgård",
                    "fields": _fields("Fritidschefen", "Hela året", "Besök per kväll", "🔴"),
                }
            ],
        },
    ],
}
