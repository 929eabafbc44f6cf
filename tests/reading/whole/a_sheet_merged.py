"""Excel: one sheet, titles above the head, an area merged over its rows, thousands in bare numbers, a note below."""

from __future__ import annotations

from typing import Any

from tests.reading.whole import activities
from tests.reading.whole.pens import excel

HEAD = ("Fokusområde", "Åtgärd", "Beskrivning", "Ansvarig aktör", "Tidsperiod", "Belopp (tkr)")
KEYS = {
    "Åtgärd": "title", "Beskrivning": "description", "Ansvarig aktör": "responsible", "Tidsperiod": "timeline",
    "Belopp (tkr)": "budget",
}  # fmt: skip
AREAS = {
    "Främja och förebygga": (
        ("Rörelse i skolan", "Trettio minuter om dagen", "Skolförvaltningarna", "2025–2026", "400"),
        ("Föräldrastöd på nätet", "En kurs på sex språk", "Region Örebro län", "2025", "1250"),
    ),
    "Ge vård i tid": (
        ("Första linjen öppnar i norr", "En ny mottagning", "Primärvården", "från juni 2026", "3100"),
        ("Digitala samtal", "Tider på kvällen", "Primärvården", "2026", "275"),
        ("Sms-påminnelser", "Dagen före besöket", "Psykiatrin", "2025", "35"),
    ),
}


def content() -> bytes:
    def fill(book: Any) -> None:
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("Plan 2025-2026")
        sheet.merge_range(0, 0, 0, 5, "Handlingsplan psykisk hälsa Örebro län 2025–2026", bold)
        sheet.write(1, 0, "Version 1.2, beslutad 2025-02-14")
        sheet.write_row(3, 0, HEAD, bold)
        line = 4
        for name, rows in AREAS.items():
            sheet.merge_range(line, 0, line + len(rows) - 1, 0, name, wrap)
            for row in rows:
                sheet.write_row(line, 1, row[:-1], wrap)
                sheet.write_number(line, 5, int(row[-1]))
                line += 1
        sheet.write(line, 0, "Summa", bold)
        sheet.write_number(line, 5, 5060, bold)
        sheet.write(line + 2, 0, "Beloppen gäller hela perioden.")

    return excel(fill)


TRUTH = {
    "title": "Handlingsplan psykisk hälsa Örebro län 2025–2026",
    "county": "18",
    "years": [2025, 2026],
    "amounts": [400000, 1250000, 3100000, 275000, 35000, 5060000],
    "areas": [{"title": name, "activities": activities({**KEYS}, HEAD[1:], rows)} for name, rows in AREAS.items()],
}
