"""Excel: the plan's name and the area's in merged rows over each sheet's table, cost in thousands, a sum below."""

from __future__ import annotations

from typing import Any

from tests.reading.whole import activities
from tests.reading.whole.pens import excel

HEAD = ("Aktivitet", "Målsättning", "Ansvarig aktör", "Tidplan", "Kostnad (tkr)")
KEYS = {
    "Aktivitet": "title", "Målsättning": "goal", "Ansvarig aktör": "responsible", "Tidplan": "timeline",
    "Kostnad (tkr)": "budget",
}  # fmt: skip
AREAS = {
    "Förebygga": (
        ("Föräldrakvällar", "Alla skolor håller två kvällar", "Norrköpings kommun", "vår 2025", "180"),
        ("Idrott utan krav", "Fler unga rör sig", "RF-SISU", "hela året", "220"),
    ),
    "Behandla": (
        ("KBT på nätet", "Kö under två veckor", "Region Östergötland", "från maj 2025", "950"),
        ("Samtal på finska", "Två terapeuter", "Vårdcentralerna", "hösten 2025", "310"),
        ("Familjeteam", "Team i Motala", "Motala kommun", "2026", "640"),
    ),
}


def content() -> bytes:
    def fill(book: Any) -> None:
        for name, rows in AREAS.items():
            sheet = book.add_worksheet(name)
            sheet.merge_range(0, 1, 0, 5, "Gemensam handlingsplan Östergötland 2025")
            sheet.merge_range(1, 1, 1, 5, f"Område: {name}")
            sheet.write_row(3, 1, HEAD)
            for n, row in enumerate(rows, start=4):
                sheet.write_row(n, 1, row)
                sheet.write_number(n, 5, int(row[4]))
            sheet.write(len(rows) + 4, 1, "Summa")
            sheet.write_number(len(rows) + 4, 5, sum(int(row[4]) for row in rows))

    return excel(fill)


TRUTH = {
    "title": "Gemensam handlingsplan Östergötland 2025",
    "county": "05",
    "years": [2025],
    "amounts": [180000, 220000, 400000, 950000, 310000, 640000, 1900000],
    "areas": [{"title": name, "activities": activities(KEYS, HEAD, rows)} for name, rows in AREAS.items()],
}
