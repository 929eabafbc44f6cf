"""Excel: the same title on every sheet, a sheet for each area, a total below each table."""

from __future__ import annotations

from typing import Any

from tests.reading.whole import activities
from tests.reading.whole.pens import excel

HEAD = ("Insats", "Syfte", "Ansvarig", "Tidpunkt", "Belopp (tkr)", "Status")
KEYS = {
    "Insats": "title", "Syfte": "purpose", "Ansvarig": "responsible", "Tidpunkt": "timeline", "Belopp (tkr)": "budget",
    "Status": "goal_fulfilment",
}  # fmt: skip
AREAS = {
    "Suicidprevention": (
        ("Utbildning MHFA", "Fler kan ge första hjälpen", "Länssamordnaren", "2026", "350", "Grön"),
        ("Säkra platser", "Svårare att ta sitt liv", "Kommunernas tekniska chefer", "2026–2027", "1100", "Röd"),
    ),
    "Samsjuklighet": (("Gemensam ingång", "En dörr till hjälp", "Beroendevården", "hösten 2026", "2500", "Gul"),),
    "Brukarinflytande": (
        ("Brukarråd", "Egen erfarenhet räknas", "NSPH", "löpande", "75", "Grön"),
        ("Revisioner", "Kvaliteten granskas av brukare", "FoU", "2026", "225", "Gul"),
    ),
}


def content() -> bytes:
    def fill(book: Any) -> None:
        bold = book.add_format({"bold": True})
        for name, rows in AREAS.items():
            sheet = book.add_worksheet(name)
            sheet.merge_range(0, 0, 0, 5, "Länsplan psykisk hälsa Uppsala län 2026", bold)
            sheet.write_row(2, 0, HEAD, bold)
            for n, row in enumerate(rows, start=3):
                sheet.write_row(n, 0, row)
                sheet.write_number(n, 4, int(row[4]))
            sheet.write(len(rows) + 3, 0, "Totalt", bold)
            sheet.write_number(len(rows) + 3, 4, sum(int(row[4]) for row in rows), bold)

    return excel(fill)


TRUTH = {
    "title": "Länsplan psykisk hälsa Uppsala län 2026",
    "county": "03",
    "years": [2026],
    "amounts": [350000, 1100000, 2500000, 75000, 225000, 1450000, 2500000, 300000],
    "areas": [{"title": name, "activities": activities(KEYS, HEAD, rows)} for name, rows in AREAS.items()],
}
