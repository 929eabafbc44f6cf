"""Word: the goal lies in a cell merged over the activities that serve it, a table for each area, a note under each."""

from __future__ import annotations

from tests.reading.whole.pens import Word

HEAD = ("Delmål", "Insats", "Ansvarig part", "Tidsram", "Uppskattad kostnad (tkr)")
AREAS = {
    "Jämlik vård": (
        ("Lika lång väntan i hela länet", (("Mobil mottagning", "Regionen", "2026", "2 400"), ("Distansbesök",
         "Regionen", "våren 2026", "350"))),
        ("Tolk finns alltid", (("Tolkcentral", "Regionen och kommunerna", "2027", "900"),)),
    ),
    "Meningsfull fritid": (
        ("Alla har en aktivitet", (("Fritidsbank", "Kommunerna", "2026", "600"), ("Ledsagare", "Kommunerna", "2026–2027",
         "1 150"))),
    ),
}  # fmt: skip


def content() -> bytes:
    word = Word(foot="Jönköpings län 2026")
    word.title("Handlingsplan psykisk hälsa och funktionshinder 2026–2027")
    word.h(1, "Bakgrund till planen")
    word.p("Planen togs fram i tre steg.")
    for n, (name, goals) in enumerate(AREAS.items(), start=1):
        word.h(1, f"Målområde {n}. {name}")
        rows = [(goal if not m else "", *row) for goal, several in goals for m, row in enumerate(several)]
        table = word.rows(HEAD, *rows)
        line = 1
        for _, several in goals:
            table.cell(line, 0).merge(table.cell(line + len(several) - 1, 0))
            line += len(several)
    return word.saved()


TRUTH = {
    "title": "Handlingsplan psykisk hälsa och funktionshinder 2026–2027",
    "county": "06",
    "years": [2026, 2027],
    "amounts": [2400000, 350000, 900000, 600000, 1150000],
    "areas": [
        {
            "number": str(n),
            "title": name,
            "activities": [
                {
                    "title": row[0],
                    "fields": {
                        **({"goal": goal} if not m else {}),
                        "responsible": row[1],
                        "timeline": row[2],
                        "budget": row[3],
                    },
                }
                for goal, several in goals
                for m, row in enumerate(several)
            ],
        }
        for n, (name, goals) in enumerate(AREAS.items(), start=1)
    ],
}
