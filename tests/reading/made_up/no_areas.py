"""Word: a plain list of what is to be done, in one table, under no area at all."""

from __future__ import annotations

from samplan.domain.reading.source import SourceDocument
from tests.reading.made_up import Paper

ROWS = (
    ("Kartlägg behoven", "Analysgruppen", "Februari 2026"),
    ("Skriv en gemensam rutin", "Juristerna", "April 2026"),
)


def document() -> SourceDocument:
    paper = Paper()
    paper.h(1, "Aktivitetslista 2026")
    paper.p("Listan gäller under våren.")
    paper.table(("Aktivitet", "Ansvarig", "Klart"), *ROWS)
    return paper.document()


TRUTH = {
    "title": "Aktivitetslista 2026",
    "years": [2026],
    "areas": [
        {
            "title": "Aktivitetslista 2026",
            "fields": {"description": "Listan gäller under våren."},
            "activities": [
                {"title": title, "fields": {"responsible": who, "timeline": when}} for title, who, when in ROWS
            ],
        }
    ],
}
