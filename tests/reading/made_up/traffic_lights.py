"""Word: one table for the whole plan, a row over all columns for each area, colours that say how it goes."""

from __future__ import annotations

from samplan.domain.reading.source import SourceDocument
from tests.reading.made_up import Paper

ROWS = {
    "Insatsområde 1: Förebygga": (
        ("Vad: lekparker där folk bor", "Minst tre nya", "Fritidscheferna", "Grön", "Alla är byggda."),
        ("Temakväll om spel", "Två kvällar", "Folkhälsorådet", "Gul", "En kväll är hållen."),
    ),
    "Insatsområde 2: Upptäcka": (
        ("Hälsosamtal i sjuan", "Alla elever", "Elevhälsan", "Röd", "Det saknas skolsköterskor."),
    ),
}


def document() -> SourceDocument:
    paper = Paper()
    paper.h(1, "Uppföljning av handlingsplanen 2025")
    paper.p("Färgen visar hur det har gått: grön är klart, gul pågår, röd är försenad.")
    rows = []
    for area, activities in ROWS.items():
        rows.append(((area, 5, 1),))
        rows += activities
    paper.table(("Aktivitet", "Mål", "Vem ansvarar", "Status", "Kommentar"), *rows)
    return paper.document()


TRUTH = {
    "title": "Uppföljning av handlingsplanen 2025",
    "years": [2025],
    "areas": [
        {
            "number": area.split(": ")[0].split()[1],
            "title": area.split(": ")[1],
            "activities": [
                {
                    "title": row[0],
                    "fields": dict(zip(("goal", "responsible", "goal_fulfilment", "comment"), row[1:], strict=True)),
                }
                for row in activities
            ],
        }
        for area, activities in ROWS.items()
    ],
}
