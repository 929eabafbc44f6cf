"""Excel: a sheet that tells of the book, then one for each area with real dates and kronor that Excel itself formats."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.reading.whole import activities
from tests.reading.whole.pens import excel

HEAD = ("Nr", "Vad ska göras?", "Varför?", "Vem gör det?", "När är det klart?", "Kronor")
KEYS = {
    "Nr": "number", "Vad ska göras?": "title", "Varför?": "purpose", "Vem gör det?": "responsible",
    "När är det klart?": "timeline", "Kronor": "budget",
}  # fmt: skip
AREAS = {
    "Barn": (
        ("1.1", "Träffpunkt för unga föräldrar", "De är ofta ensamma", "Växjö kommun", "2026-06-30", "150 000"),
        ("1.2", "Läxhjälp med psykolog", "Stress i högstadiet", "Elevhälsan", "2026-12-15", "480 000"),
    ),
    "Vuxna": (("2.1", "Samtal på jobbet", "Sjukskrivningar ökar", "Företagshälsan", "2027-03-31", "1 100 000"),),
    "Äldre": (
        ("3.1", "Vänkedjan", "Många bor själva", "Röda korset", "2026-09-01", "60 000"),
        ("3.2", "Minnesmottagning", "Väntetiden är ett år", "Geriatriken", "2027-01-15", "2 250 000"),
    ),
}


def content() -> bytes:
    def fill(book: Any) -> None:
        bold = book.add_format({"bold": True})
        day, crowns = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "# ##0"})
        front = book.add_worksheet("Om planen")
        front.write(0, 0, "Länsplan psykisk hälsa Kronobergs län 2026", bold)
        front.write(2, 0, "Planen är framtagen av länets beredningsgrupp.")
        for name, rows in AREAS.items():
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, f"Insatser för {name.lower()}", bold)
            sheet.write_row(2, 0, HEAD, bold)
            for n, row in enumerate(rows, start=3):
                sheet.write_row(n, 0, row[:4])
                sheet.write_datetime(n, 4, date.fromisoformat(row[4]), day)
                sheet.write_number(n, 5, int(row[5].replace(" ", "")), crowns)

    return excel(fill)


TRUTH = {
    "title": "Länsplan psykisk hälsa Kronobergs län 2026",
    "county": "07",
    "years": [2026],
    "amounts": [150000, 480000, 1100000, 60000, 2250000],
    "dates": ["2026-06-30", "2026-12-15", "2027-03-31", "2026-09-01", "2027-01-15"],
    "areas": [{"title": name, "activities": activities(KEYS, HEAD, rows)} for name, rows in AREAS.items()],
}
