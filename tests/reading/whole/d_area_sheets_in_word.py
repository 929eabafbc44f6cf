"""Word: a form for each area with its present state and goals, then a table of the area's activities."""

from __future__ import annotations

from tests.reading.whole import activities
from tests.reading.whole.pens import Word

HEAD = ("Aktivitet", "Ansvarig", "Tidplan", "Uppföljning")
KEYS = {"Aktivitet": "title", "Ansvarig": "responsible", "Tidplan": "timeline", "Uppföljning": "follow_up"}
AREAS = {
    "Barn i skolan": (
        "Skolnärvaron har sjunkit tre år i rad.", "Alla elever når målen.",
        (("Närvaroteam", "Skolcheferna", "hösten 2026", "Frånvaro per termin"),
         ("Frukost för alla", "Måltidsenheten", "2026–2027", "Antal portioner")),
    ),
    "Ensamma äldre": (
        "Var femte äldre känner sig ensam.", "Ingen äldre är ofrivilligt ensam.",
        (("Telefonkedja", "Röda Korset", "löpande", "Antal samtal"),
         ("Kör på äldreboendet", "Musikskolan", "våren 2027", "Enkät")),
    ),
}  # fmt: skip


def content() -> bytes:
    word = Word()
    word.title("Länsgemensam plan 2026–2027")
    word.p("Blekinge län")
    word.h(1, "Inledning")
    word.p("Två områden är prioriterade.")
    for name, (now, goal, rows) in AREAS.items():
        word.h(1, f"Prioriterat område: {name}")
        word.card(("Nuläge", now), ("Mål", goal))
        word.rows(HEAD, *rows)
    return word.saved()


TRUTH = {
    "title": "Länsgemensam plan 2026–2027",
    "county": "10",
    "years": [2026, 2027],
    "amounts": [],
    "chapters": [["", "Inledning", "Två områden är prioriterade."]],
    "areas": [
        {
            "title": name,
            "fields": {"baseline": now},
            "goals_any": [goal],
            "activities": activities(KEYS, HEAD, rows),
        }
        for name, (now, goal, rows) in AREAS.items()
    ],
}
