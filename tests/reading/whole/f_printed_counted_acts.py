"""PDF that LibreOffice made of a Word file: goals in two horizons as bullets, activities as one counted list."""

from __future__ import annotations

from tests.reading.makers import printed
from tests.reading.whole.pens import Word

AREAS = {
    "Främjande arbete": (
        ("Befolkningen skattar sin psykiska hälsa som god",),
        ("Alla kommuner har en lokal plan", "Fler mötesplatser för äldre"),
        ("Ta fram stöd för lokala planer", "Kartlägg mötesplatser i varje kommun"),
    ),
    "Stöd i krisen": (
        ("Färre tar sitt liv",),
        ("Akutmottagningen följer upp alla inom två dygn",),
        ("Inför uppföljande telefonsamtal", "Utbilda ambulanspersonal", "Skapa en checklista för efterlevande"),
    ),
}


def content() -> bytes | None:
    word = Word()
    word.title("Länsplan Örebro län 2025–2027")
    word.h(1, "Samverkan i länet")
    word.p("Chefsgruppen för social välfärd leder arbetet.")
    for name, (long, short, acts) in AREAS.items():
        word.h(1, name)
        word.h(2, "Långsiktiga mål")
        word.li(*long)
        word.h(2, "Kortsiktiga mål")
        word.li(*short)
        word.h(2, "Aktiviteter")
        word.li(*acts, style="List Number")
    return printed(word.saved())


ORDER = [title for _long, _short, acts in AREAS.values() for title in acts]
TRUTH = {
    "title": "Länsplan Örebro län 2025–2027",
    "county": "18",
    "areas": [
        {
            "title": name,
            "goals_long": list(long),
            "goals_short": list(short),
            "activities": [{"number": str(ORDER.index(title) + 1), "title": title} for title in acts],
        }
        for name, (long, short, acts) in AREAS.items()
    ],
}
