"""Excel: the area is written on its first row alone, start and end in columns, lights as signs, kronor in the head."""

from __future__ import annotations

from typing import Any

from tests.reading.whole import fields
from tests.reading.whole.pens import excel

HEAD = ("Delområde", "Aktivitet", "Prio", "Start", "Slut", "Ansvarig förvaltning", "Medel (kr)", "Trafikljus")
KEYS = {
    "Start": "timeline", "Ansvarig förvaltning": "responsible", "Medel (kr)": "budget", "Trafikljus": "goal_fulfilment",
    "Prio": "comment",
}  # fmt: skip
AREAS = {
    "Idrott och rörelse": (
        ("Parkour för flickor", "Hög", "2026-01-01", "2026-06-30", "Kultur och fritid", "95000", "🟢"),
        ("Simskola för vuxna", "Låg", "2026-03-01", "2026-12-31", "Badhusen", "120000", "🟡"),
    ),
    "Kultur": (
        ("Läsning för sjukskrivna", "Mellan", "2026-02-01", "2026-11-30", "Biblioteken", "48000", "🔴"),
        ("Teaterkollo", "Hög", "2026-06-15", "2026-08-15", "Kulturskolan", "310000", "🟢"),
        ("Skrivarkurs", "Låg", "2026-09-01", "2026-12-01", "Studieförbunden", "22500", "🟡"),
    ),
}  # fmt: skip


def content() -> bytes:
    def fill(book: Any) -> None:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("Handlingsplan")
        sheet.write(0, 0, "Folkhälsoplan Hallands län 2026", book.add_format({"bold": True, "font_size": 18}))
        sheet.write(1, 0, "Uppdaterad 2026-02-10")
        sheet.write_row(4, 0, HEAD, bold)
        line = 5
        for name, rows in AREAS.items():
            for n, row in enumerate(rows):
                sheet.write_row(line, 0, (name if not n else "", *row[:5], "", row[6]))
                sheet.write_number(line, 6, int(row[5]), book.add_format({"num_format": "# ##0"}))
                line += 1
        sheet.autofilter(4, 0, line - 1, 7)

    return excel(fill)


def _activity(row: tuple[str, ...]) -> dict[str, object]:
    values = dict(zip(HEAD[1:], row, strict=True))
    values["Start"] = f"{values['Start']} {values['Slut']}"
    values["Medel (kr)"] = f"{int(values['Medel (kr)']):,}".replace(",", " ")
    return {"title": row[0], "fields": fields(KEYS, values)}


TRUTH = {
    "title": "Folkhälsoplan Hallands län 2026",
    "county": "13",
    "years": [2026],
    "amounts": [95000, 120000, 48000, 310000, 22500],
    "areas": [{"title": name, "activities": [_activity(row) for row in rows]} for name, rows in AREAS.items()],
}
