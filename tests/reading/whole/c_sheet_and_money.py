"""Excel: one sheet of measures with a column for the area, one of the state's money in thousands by receiver."""

from __future__ import annotations

from typing import Any

from tests.reading.whole import activities
from tests.reading.whole.pens import excel

HEAD = ("Insatsområde", "Nr", "Åtgärd", "Förväntad effekt", "Samordnare", "Färdigt", "Läge just nu")
KEYS = {
    "Nr": "number", "Åtgärd": "title", "Förväntad effekt": "goal", "Samordnare": "responsible", "Färdigt": "timeline",
    "Läge just nu": "status",
}  # fmt: skip
ROWS = (
    (
        "Familjer",
        "1",
        "Öppet hus på familjecentralen",
        "Fler kommer",
        "Rut på Familjeenheten",
        "2026-04-30",
        "Planering",
    ),
    ("Familjer", "2", "Sömnskola", "Barn sover bättre", "BVC", "2026-09-30", "Startar i maj"),
    ("Äldre", "3", "Ring mig", "Färre är ensamma", "Frivilligcentralen", "2026-12-31", "I gång"),
)
MONEY = (("3.1 Samverkan", 1250, 980), ("3.2 Unga", 640, 720), ("3.3 Ungdomsmottagningar", 410, 395))


def content() -> bytes:
    def fill(book: Any) -> None:
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet("Insatser")
        sheet.write_row(0, 0, HEAD, bold)
        for n, row in enumerate(ROWS, start=1):
            sheet.write_row(n, 0, row)
        money = book.add_worksheet("Statsbidrag")
        money.write_row(0, 0, ("Avsnitt i överenskommelsen", "Region (tkr)", "Kommuner (tkr)"), bold)
        for n, (section, region, towns) in enumerate(MONEY, start=1):
            money.write_row(n, 0, (section, region, towns))

    return excel(fill)


TRUTH = {
    "amounts": [amount * 1000 for _, *both in MONEY for amount in both],
    "dates": ["2026-04-30", "2026-09-30", "2026-12-31"],
    "money": [
        [section.split()[0], recipient, amount * 1000]
        for section, *both in MONEY
        for recipient, amount in zip(("region", "municipalities"), both, strict=True)
    ],
    "areas": [
        {"title": name, "activities": activities(KEYS, HEAD[1:], tuple(row[1:] for row in ROWS if row[0] == name))}
        for name in dict.fromkeys(row[0] for row in ROWS)
    ],
}
