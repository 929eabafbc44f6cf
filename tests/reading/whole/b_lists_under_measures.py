"""Word with small letters' styles: areas for development, what shall be reached, and measures as list items."""

from __future__ import annotations

from tests.reading.whole.pens import Word

AREAS = {
    "Utvecklingsområde A: Kunskap om psykisk hälsa": (
        "Många vet för lite om hur de själva och andra mår.",
        ("Fler söker hjälp tidigt.",),
        ("Föreläsningar på varje ort i länet.", "Kunskapsvecka i oktober 2026.", "En gemensam webbplats tas fram."),
    ),
    "Utvecklingsområde B: Samordning": (
        "Ansvaret är delat och det märks för den enskilde.",
        ("Den enskilde möter en väg in.", "Planer följs upp."),
        ("SIP-utbildning för chefer.", "Gemensamma vårdplaneringsmöten på tisdagar."),
    ),
    "Utvecklingsområde C: Egen kraft": (
        "Den som har egen erfarenhet är en resurs.",
        ("Peer support finns på alla kliniker.",),
        ("Anställ fem peer supporters.", "Utbilda handledare."),
    ),
}  # fmt: skip


def content() -> bytes:
    word = Word(foot="Beslutsdatum 2026-01-15")
    word.title("Åtgärdsplan psykisk hälsa och suicidprevention")
    word.p("Uppsala län 2026–2028", style="Subtitle")
    word.h(1, "Inledning och syfte")
    word.p("Åtgärdsplanen konkretiserar länets strategi.")
    for name, (text, goals, measures) in AREAS.items():
        word.h(1, name)
        word.p(text)
        word.h(2, "Det här vill vi uppnå")
        word.li(*goals)
        word.h(2, "Åtgärder")
        word.li(*measures, style="List Number")
    word.h(1, "Genomförande och uppföljning")
    word.p("En styrgrupp följer arbetet varje kvartal.")
    return word.saved()


NUMBERS = {
    measure: n for n, measure in enumerate((each for _, _, several in AREAS.values() for each in several), start=1)
}
"""Word goes on counting from one list to the next."""
TRUTH = {
    "title": "Åtgärdsplan psykisk hälsa och suicidprevention",
    "county": "03",
    "years": [2026, 2027, 2028],
    "amounts": [],
    "chapters": [
        ["", "Inledning och syfte", "Åtgärdsplanen konkretiserar länets strategi."],
        ["", "Genomförande och uppföljning", "En styrgrupp följer arbetet varje kvartal."],
    ],
    "areas": [
        {
            "number": name.split(":")[0].split()[1],
            "title": name.split(": ")[1],
            "fields": {"description": text},
            "goals_any": list(goals),
            "activities": [{"number": str(NUMBERS[measure]), "title": measure} for measure in measures],
        }
        for name, (text, goals, measures) in AREAS.items()
    ],
}
