"""Text out of a spreadsheet: tabs between columns, the area as a line above each table, amounts in kronor."""

from __future__ import annotations

from tests.reading.whole import activities

HEAD = ("Aktivitet", "Mål", "Ansvarig", "Slutdatum", "Belopp (kr)")
KEYS = {
    "Aktivitet": "title",
    "Mål": "goal",
    "Ansvarig": "responsible",
    "Slutdatum": "timeline",
    "Belopp (kr)": "budget",
}
AREAS = {
    "Hemlöshet": (
        ("Bostad först", "Tio nya lägenheter", "Socialtjänsten i Karlstad", "2026-12-31", "2 100 000"),
        ("Uppsökande läkare", "Vård på gatan", "Primärvården", "2026-06-30", "340 000"),
    ),
    "Våld i nära relationer": (
        ("Frågor i journalen", "Alla tillfrågas", "Kvinnokliniken", "2026-09-30", "25 000"),
        ("Jourhem för husdjur", "Fler vågar lämna", "Länsveterinären", "2027-01-31", "80 500"),
    ),
}  # fmt: skip


def content() -> bytes:
    out = [
        "Handlingsplan 2026 för Värmlands län\n\nInledning\n\nPlanen är beslutad av Välfärdsrådet och gäller hela länet.\n\n"
    ]
    for name, rows in AREAS.items():
        out.append(f"Prioriterat område: {name}\n\n" + "\t".join(HEAD) + "\n")
        out += ["\t".join(row) + "\n" for row in rows]
        out.append("\n")
    return "".join(out).encode("cp1252")


TRUTH = {
    "title": "Handlingsplan 2026 för Värmlands län",
    "county": "17",
    "years": [2026],
    "amounts": [2100000, 340000, 25000, 80500],
    "dates": ["2026-12-31", "2026-06-30", "2026-09-30", "2027-01-31"],
    "chapters": [["", "Inledning", "Planen är beslutad av Välfärdsrådet och gäller hela länet."]],
    "areas": [{"title": name, "activities": activities(KEYS, HEAD, rows)} for name, rows in AREAS.items()],
}
