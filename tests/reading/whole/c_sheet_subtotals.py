"""Excel: areas as bold single cells between the rows, a subtotal after each, planned and spent in mkr."""

from __future__ import annotations

from typing import Any

from tests.reading.whole.pens import excel

HEAD = ("Insats", "Ansvarig", "Period", "Budget 2026 (mkr)", "Anteckning")
AREAS = {
    "Tidig upptäckt": (
        ("Första samtalet", "Vårdcentralerna", "2026", 1.2, "Fyra tjänster"),
        ("Hälsosamtal i åttan", "Skolorna", "vt 2026", 0.35, ""),
    ),
    "Rehabilitering": (
        ("Arbetscoacher", "Samordningsförbundet", "2026–2027", 2.4, "Delas med staten"),
        ("Träffpunkt Trädgården", "Kommunerna", "2026", 0.8, ""),
        ("Kurs i återhämtning", "Psykiatrin", "ht 2026", 0.125, "Två omgångar"),
    ),
}  # fmt: skip


def content() -> bytes:
    def fill(book: Any) -> None:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("Budget")
        sheet.write(0, 0, "Insatser och budget 2026, Jönköpings län", bold)
        sheet.write_row(2, 0, HEAD, bold)
        line = 3
        for name, rows in AREAS.items():
            sheet.write(line, 0, name, bold)
            for n, row in enumerate(rows, start=line + 1):
                sheet.write_row(n, 0, row)
            line += len(rows) + 1
            sheet.write(line, 0, "Delsumma", bold)
            sheet.write(line, 3, sum(row[3] for row in rows), bold)
            line += 1

    return excel(fill)


TRUTH = {
    "title": "Insatser och budget 2026, Jönköpings län",
    "county": "06",
    "years": [2026],
    "amounts": [1200000, 350000, 2400000, 800000, 125000, 1550000, 3325000],
    "areas": [
        {
            "title": name,
            "activities": [
                {
                    "title": title,
                    "fields": {
                        "responsible": who,
                        "timeline": when,
                        "budget": str(money).replace(".", ","),
                        **({"comment": note} if note else {}),
                    },
                }
                for title, who, when, money, note in rows
            ],
        }
        for name, rows in AREAS.items()
    ],
}
