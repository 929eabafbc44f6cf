"""Word: one table for the whole plan, the area in a first column whose cells are merged downwards."""

from __future__ import annotations

from tests.reading.whole import activities
from tests.reading.whole.pens import Word

HEAD = ("Åtgärd", "Effektmål", "Ansvarig part", "Klart senast", "Uppföljning")
KEYS = {
    "Åtgärd": "title", "Effektmål": "goal", "Ansvarig part": "responsible", "Klart senast": "timeline",
    "Uppföljning": "follow_up",
}  # fmt: skip
AREAS = {
    "Förebyggande arbete": (
        ("Hälsosamtal i gymnasiet", "Alla elever i årskurs 1 har haft ett samtal", "Sundsvalls kommun", "Maj 2025",
         "Elevhälsan rapporterar varje termin"),
        ("Grönska på recept", "Trehundra recept skrivs ut", "Region Västernorrland", "December 2025", "Receptregistret"),
    ),
    "Återhämtning": (
        ("Peer support på sjukhus", "Två anställda per klinik", "Psykiatrin", "Oktober 2025", "Klinikchefen"),
        ("Boskola", "Tolv deltagare per år", "Örnsköldsviks kommun", "Löpande", "Socialnämnden"),
        ("Återhämtningsguide", "Guiden finns på tre språk", "NSPH Västernorrland", "Juni 2025", "Nedladdningar"),
    ),
}  # fmt: skip


def content() -> bytes:
    word = Word()
    word.title("Gemensam plan för psykisk hälsa, Västernorrland 2025")
    word.p("Planen antogs av Kommunförbundets sociala råd den 5 februari 2025.")
    rows = [("", *row) for acts in AREAS.values() for row in acts]
    table = word.rows(("Utvecklingsområde", *HEAD), *rows, bold=False)
    first = 1
    for name, acts in AREAS.items():
        table.cell(first, 0).merge(table.cell(first + len(acts) - 1, 0)).text = name
        first += len(acts)
    return word.saved()


TRUTH = {
    "title": "Gemensam plan för psykisk hälsa, Västernorrland 2025",
    "county": "22",
    "years": [2025],
    "areas": [{"title": name, "activities": activities(KEYS, HEAD, rows)} for name, rows in AREAS.items()],
}
