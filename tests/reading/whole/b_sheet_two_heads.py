"""Excel: a head of two rows, the area told on each row, amounts in mkr as decimals, a hidden sheet of choices."""

from __future__ import annotations

from typing import Any

from tests.reading.whole import activities
from tests.reading.whole.pens import excel

HEAD = ("Prioriterat område", "Insats", "Önskat läge", "Huvudman", "Startdatum", "Mkr")
KEYS = {
    "Insats": "title", "Önskat läge": "goal", "Huvudman": "principal", "Startdatum": "timeline", "Mkr": "budget",
}  # fmt: skip
ROWS = (
    ("Stöd tidigt i livet", "Samtal före förlossningen", "Alla blivande mammor tillfrågas", "Regionen", "2026-02-01",
     "0,75"),
    ("Stöd tidigt i livet", "Pappaledare", "En ledare i varje kommun", "Kommunerna", "2026-03-01", "1,2"),
    ("Återhämtning", "Recovery college", "Kurser på tre orter", "Gemensamt", "2026-08-15", "2"),
    ("Återhämtning", "Bostad först", "Tjugo lägenheter", "Kommunerna", "2027-01-01", "6,35"),
    ("Kunskap", "Öppna data om väntetider", "Siffror varje månad", "Regionen", "2026-01-10", "0,4"),
)  # fmt: skip


def content() -> bytes:
    def fill(book: Any) -> None:
        bold = book.add_format({"bold": True, "border": 1, "align": "center"})
        sheet = book.add_worksheet("Blad1")
        sheet.write(0, 0, "Gemensam handlingsplan Gotlands län 2026", book.add_format({"bold": True, "font_size": 16}))
        sheet.merge_range(2, 1, 2, 3, "Vad och vem", bold)
        sheet.merge_range(2, 4, 2, 5, "Tid och pengar", bold)
        sheet.write_row(3, 0, HEAD, bold)
        for n, row in enumerate(ROWS, start=4):
            sheet.write_row(n, 0, row[:5])
            sheet.write_number(n, 5, float(row[5].replace(",", ".")))
        choices = book.add_worksheet("Val")
        choices.write_column(0, 0, ("Regionen", "Kommunerna", "Gemensamt"))
        choices.hide()

    return excel(fill)


_NAMES = tuple(dict.fromkeys(row[0] for row in ROWS))
TRUTH = {
    "title": "Gemensam handlingsplan Gotlands län 2026",
    "county": "09",
    "years": [2026],
    "amounts": [750000, 1200000, 2000000, 6350000, 400000],
    "dates": ["2026-02-01", "2026-03-01", "2026-08-15", "2027-01-01", "2026-01-10"],
    "areas": [
        {
            "title": name,
            "activities": activities(KEYS, HEAD[1:], tuple(row[1:] for row in ROWS if row[0] == name)),
        }
        for name in _NAMES
    ],
}
