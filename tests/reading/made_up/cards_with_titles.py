"""Word: cards whose first row is the title over both columns, labels with a colon, pairs side by side."""

from __future__ import annotations

from samplan.domain.reading.source import SourceDocument
from tests.reading.made_up import Paper


def document() -> SourceDocument:
    paper = Paper()
    paper.h(1, "Handlingsplan 2025")
    paper.h(1, "Fokusområde 1 Barn och familj")
    paper.p("Området leds av familjerådet.")
    paper.table(
        (("1.1 Gemensam ingång för familjer", 4, 1),),
        ("Syfte:", ("Familjer ska slippa leta.", 3, 1), "^", "^"),
        ("Ansvarig:", "Familjecheferna", "Tid:", "2025"),
        ("Kostnad:", "SEK 300 000", "Läge:", "●  gul"),
        head=False,
    )
    paper.table(
        (("1.2 Språkstöd i öppna förskolan", 4, 1),),
        ("Syfte:", ("Barn får fler ord.", 3, 1), "^", "^"),
        ("Ansvarig:", "Biblioteken", "Tid:", "2025–2026"),
        head=False,
    )
    paper.h(1, "Fokusområde 2 Arbetsliv")
    paper.table(
        (("2.1 Stöd till små företag", 4, 1),),
        ("Syfte:", ("Chefer vågar fråga.", 3, 1), "^", "^"),
        ("Ansvarig:", "Företagshälsan", "Tid:", "Hösten 2025"),
        head=False,
    )
    return paper.document()


TRUTH = {
    "title": "Handlingsplan 2025",
    "years": [2025],
    "amounts": [300000],
    "areas": [
        {
            "number": "1",
            "title": "Barn och familj",
            "fields": {"description": "Området leds av familjerådet."},
            "activities": [
                {"number": "1.1", "title": "Gemensam ingång för familjer", "fields": {
                    "purpose": "Familjer ska slippa leta.", "responsible": "Familjecheferna", "timeline": "2025",
                    "budget": "SEK 300 000", "goal_fulfilment": "●  gul"}},
                {"number": "1.2", "title": "Språkstöd i öppna förskolan", "fields": {
                    "purpose": "Barn får fler ord.", "responsible": "Biblioteken", "timeline": "2025–2026"}},
            ],
        },
        {
            "number": "2",
            "title": "Arbetsliv",
            "activities": [
                {"number": "2.1", "title": "Stöd till små företag", "fields": {
                    "purpose": "Chefer vågar fråga.", "responsible": "Företagshälsan", "timeline": "Hösten 2025"}},
            ],
        },
    ],
}  # fmt: skip
