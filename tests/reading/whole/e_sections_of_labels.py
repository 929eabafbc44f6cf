"""Word: an area's own labels as small headings, its activities as a table in words that differ from area to area."""

from __future__ import annotations

from tests.reading.whole.pens import Word

AREAS = {
    "Ungas psykiska hälsa": (
        {"Varför är området viktigt?": "Fler unga söker vård.", "Dit vill vi": "Unga har hopp om framtiden."},
        ("Åtgärd", "Ansvar", "Startdatum"), (("Samtal i skolan", "Elevhälsan", "2026-08-15"), ("Ungdomscoach",
         "Arbetsförmedlingen", "2026-10-01")),
    ),
    "Personer med långvarig sjukdom": (
        {"Varför är området viktigt?": "Livet blir kortare.", "Dit vill vi": "Hälsan är lika för alla."},
        ("Vad ska göras", "Vem ansvarar", "När"), (("Årlig hälsokontroll", "Psykiatrin", "2026"),),
    ),
}  # fmt: skip


def content() -> bytes:
    word = Word(head="Gävleborg")
    word.title("Vår gemensamma plan för psykisk hälsa i Gävleborgs län 2026")
    word.h(1, "Förord")
    word.p("Tack till alla som har bidragit till planen.")
    word.h(1, "Våra prioriteringar")
    for name, (texts, head, rows) in AREAS.items():
        word.h(2, name)
        for label, text in texts.items():
            word.h(3, label)
            word.p(text)
        word.rows(head, *rows)
    word.h(1, "Så följs planen upp")
    word.p("Uppföljning sker i januari.")
    return word.saved()


TRUTH = {
    "title": "Vår gemensamma plan för psykisk hälsa i Gävleborgs län 2026",
    "county": "21",
    "years": [2026],
    "amounts": [],
    "areas": [
        {
            "title": name,
            "fields": {"purpose": texts["Varför är området viktigt?"]},
            "goals_any": [texts["Dit vill vi"]],
            "activities": [{"title": row[0], "fields": {"responsible": row[1], "timeline": row[2]}} for row in rows],
        }
        for name, (texts, _, rows) in AREAS.items()
    ],
}
