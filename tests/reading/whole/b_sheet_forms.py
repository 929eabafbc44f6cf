"""Excel: a form on a sheet of its own for each area, label and value side by side, several activities one below the other."""

from __future__ import annotations

from typing import Any

from tests.reading.whole import fields
from tests.reading.whole.pens import excel

KEYS = {
    "Beskrivning": "description", "Mål": "goal", "Ansvarig": "responsible", "Tidsplan": "timeline", "Budget": "budget",
    "Måluppfyllelse": "goal_fulfilment",
}  # fmt: skip
AREAS = {
    "Unga vuxna": (
        {"Aktivitet": "Studenthälsa på kvällstid", "Beskrivning": "Öppet två kvällar i veckan",
         "Ansvarig": "Universitetet och regionen", "Tidsplan": "2026-01-01 – 2026-06-30", "Budget": "350 tkr",
         "Måluppfyllelse": "Delvis"},
        {"Aktivitet": "Vägledare", "Beskrivning": "Hjälp att hitta rätt i vården", "Mål": "Trehundra samtal",
         "Ansvarig": "Kommunen", "Budget": "1,1 mkr"},
    ),
    "Nyblivna föräldrar": (
        {"Aktivitet": "Samtal efter förlossningen", "Mål": "Alla får två samtal", "Ansvarig": "Mödravården",
         "Tidsplan": "löpande", "Budget": "600 000 kr", "Måluppfyllelse": "Uppnått"},
    ),
}  # fmt: skip


def content() -> bytes:
    def fill(book: Any) -> None:
        bold = book.add_format({"bold": True})
        for name, cards in AREAS.items():
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, f"Insatsområde: {name}", bold)
            line = 2
            for card in cards:
                for label, text in card.items():
                    sheet.write(line, 0, label, bold)
                    sheet.write(line, 1, text)
                    line += 1
                line += 1

    return excel(fill)


TRUTH = {
    "amounts": [350000, 1100000, 600000],
    "areas": [
        {
            "title": name,
            "activities": [{"title": card["Aktivitet"], "fields": fields(KEYS, card)} for card in cards],
        }
        for name, cards in AREAS.items()
    ],
}
