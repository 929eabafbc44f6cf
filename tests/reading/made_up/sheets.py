"""Excel: a sheet for each area, a title above the head of the table, money in thousands, a row with their sum."""

from __future__ import annotations

from samplan.domain.reading.source import SourceDocument
from tests.reading.made_up import Paper

HEAD = ("Nr", "Vad ska göras", "Ansvarig", "Klart", "Läge", "Kostnad (tkr)")
SHEETS = {
    "Tidiga insatser": (
        ("1", "Öppna en familjecentral", "Socialtjänsten", "2026-06-30", "pågår", "850"),
        ("2", "Ta fram en gemensam rutin för orosanmälan", "Arbetsgrupp barn", "2025-12-31", "klart", "40"),
    ),
    "Samsjuklighet": (
        ("1", "Gemensam mottagning på prov", "Beroendevården", "2026-12-31", "ej påbörjat", "1 200"),
        ("2", "Case management i två kommuner", "Socialpsykiatrin", "2026-09-01", "pågår", "600"),
    ),
}


def document() -> SourceDocument:
    paper = Paper()
    for name, rows in SHEETS.items():
        total = f"{sum(int(row[5].replace(' ', '')) for row in rows):,}".replace(",", " ")
        paper.table(
            ((f"Handlingsplan 2025–2026: {name}", 6, 1),),
            ("", "", "", "", "", ""),
            HEAD,
            *rows,
            ("", "Summa", "", "", "", total),
            head=False,
            name=name,
        )
    return paper.document("xlsx")


TRUTH = {
    "title": "",
    "amounts": [850000, 40000, 1200000, 600000, 890000, 1800000],
    "areas": [
        {
            "title": name,
            "activities": [
                {
                    "number": row[0],
                    "title": row[1],
                    "fields": {"responsible": row[2], "timeline": row[3], "status": row[4], "budget": row[5]},
                }
                for row in rows
            ],
        }
        for name, rows in SHEETS.items()
    ],
}
