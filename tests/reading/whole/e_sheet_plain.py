"""Excel without any looks: no bold, no merged cells, areas repeated, money as "2,5 mkr" and "75 tkr" in text."""

from __future__ import annotations

from typing import Any

from tests.reading.whole import activities
from tests.reading.whole.pens import excel

HEAD = ("Område", "Aktivitet", "Mål", "Målgrupp", "Ansvarig", "Klart", "Kostnad")
KEYS = {
    "Aktivitet": "title", "Mål": "goal", "Målgrupp": "target_group", "Ansvarig": "responsible", "Klart": "timeline",
    "Kostnad": "budget",
}  # fmt: skip
ROWS = (
    ("Skola", "Trygghetsgrupp", "Färre kränks", "Elever", "Rektorer", "2026-06-01", "75 tkr"),
    ("Skola", "Frukost", "Fler orkar", "Elever i sexan", "Kostchefen", "2026-08-20", "1,2 mkr"),
    ("Vård", "Snabbspår", "Kortare kö", "Unga vuxna", "Psykiatrichefen", "2026-12-31", "2,5 mkr"),
    ("Vård", "Utskrivning med plan", "Färre återfall", "Inlagda", "Vårdplanerarna", "2027-03-31", "inom ram"),
    ("Fritid", "Natthäng", "Trygga kvällar", "Tonåringar", "Nattvandrarna", "löpande", "40 000 kr"),
)


def content() -> bytes:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Sheet1")
        for n, row in enumerate((HEAD, *ROWS)):
            sheet.write_row(n, 0, row)

    return excel(fill)


TRUTH = {
    "amounts": [75000, 1200000, 2500000, 40000],
    "dates": ["2026-06-01", "2026-08-20", "2026-12-31", "2027-03-31"],
    "areas": [
        {"title": name, "activities": activities(KEYS, HEAD[1:], tuple(row[1:] for row in ROWS if row[0] == name))}
        for name in dict.fromkeys(row[0] for row in ROWS)
    ],
}
