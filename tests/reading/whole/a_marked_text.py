"""Markdown: pipe tables with kronor in the head of a column, lists of goals, links."""

from __future__ import annotations

from tests.reading.whole import activities

HEAD = ("Insats", "Ansvarig", "Start", "Slut", "Kronor")
KEYS = {"Insats": "title", "Ansvarig": "responsible", "Kronor": "budget"}
AREAS = {
    "Gemenskap": (
        ("Språkcafé för äldre", "Biblioteken", "2026-01-15", "2026-12-15", "45 000"),
        ("Odling på recept", "Trädgårdsföreningen", "2026-04-01", "2026-10-31", "112 500"),
    ),
    "Tillgänglig vård": (
        ("Psykiatrisk ambulans", "Akutsjukvården", "2026-09-01", "2027-08-31", "3 400 000"),
    ),
}  # fmt: skip
TEXT = """# Länsgemensam handlingsplan psykisk hälsa 2026

*Värmlands län*

## Bakgrund

Planen bygger på [den nationella strategin](https://www.folkhalsomyndigheten.se/strategi) och på länets egen
kartläggning.

## Våra gemensamma mål

- Färre ska känna sig ensamma.
- Vården ska vara lätt att nå.

## Fokusområden

"""


def content() -> bytes:
    out = [TEXT]
    for name, rows in AREAS.items():
        out.append(f"### Fokusområde: {name}\n\n**Mål på lång sikt:** {GOALS[name]}\n\n")
        out.append("| " + " | ".join(HEAD) + " |\n|" + "---|" * len(HEAD) + "\n")
        out += ["| " + " | ".join(row) + " |\n" for row in rows]
        out.append("\n")
    out.append("## Kontakt\n\nSamordnaren nås på samordnare@lan.example.\n")
    return "".join(out).encode()


GOALS = {"Gemenskap": "Alla har någon att prata med.", "Tillgänglig vård": "Hjälp inom ett dygn i hela länet."}


def _merged(rows: tuple[tuple[str, ...], ...]) -> list[dict[str, object]]:
    """Start and end are both the time; they come one after the other."""
    made = activities(KEYS, HEAD, rows)
    for row, one in zip(rows, made, strict=True):
        one["fields"]["timeline"] = row[2] + " " + row[3]
    return made


TRUTH = {
    "title": "Länsgemensam handlingsplan psykisk hälsa 2026",
    "county": "17",
    "years": [2026],
    "amounts": [45000, 112500, 3400000],
    "county_goals": ["Färre ska känna sig ensamma.", "Vården ska vara lätt att nå."],
    "areas": [
        {"title": name, "goals_long": [GOALS[name]], "activities": _merged(rows)} for name, rows in AREAS.items()
    ],
}
