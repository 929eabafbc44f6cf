"""Word, the year told afterwards: headings for what was reached and what comes next, the state's money in kronor."""

from __future__ import annotations

from tests.reading.whole.pens import Word

AREAS = {
    "Suicidprevention": (
        ("Nätverk i varje kommun", "Nätverk finns i elva kommuner.", "Uppnått",
         "De sista två bildas i januari 2026."),
        ("Utbildning i att våga fråga", "Fyrahundra har gått kursen.", "Delvis uppnått",
         "En ny omgång med start hösten 2026."),
    ),
    "Brukarnas inflytande": (
        ("Brukarstyrda revisioner", "Två revisioner är gjorda.", "Uppnått", "Resultaten redovisas för politiken."),
    ),
}  # fmt: skip
LABELS = {"Resultat": "result", "Måluppfyllelse": "goal_fulfilment", "Planering framåt": "next_steps"}
MONEY = (
    ("Punkt i överenskommelsen", "Regionen", "Kommunerna", "Länsgemensamt"),
    ("3.1 Samverkan", "4 120 500", "3 900 250", ""),
    ("3.2 Unga", "2 000 000", "1 750 000", "600 000"),
    ("3.3 Suicidprevention", "", "", "1 234 567"),
)


def content() -> bytes:
    word = Word(head="Redovisning")
    word.title("Redovisning av arbetet med psykisk hälsa 2025 i Blekinge län")
    word.h(1, "Sammanfattning")
    word.p("De flesta insatserna gick som det var tänkt.")
    word.h(1, "Redovisade insatser")
    for name, efforts in AREAS.items():
        word.h(2, name)
        for title, *texts in efforts:
            word.h(3, title)
            for label, text in zip(LABELS, texts, strict=True):
                word.h(4, label)
                word.p(text)
    word.h(1, "Medel")
    word.p("Så fördelades medlen mellan parterna (kronor).")
    word.rows(*MONEY)
    return word.saved()


TRUTH = {
    "title": "Redovisning av arbetet med psykisk hälsa 2025 i Blekinge län",
    "county": "10",
    "years": [2025],
    "amounts": [4120500, 3900250, 2000000, 1750000, 600000, 1234567],
    "money": [
        ["3.1", "region", 4120500], ["3.1", "municipalities", 3900250], ["3.2", "region", 2000000],
        ["3.2", "municipalities", 1750000], ["3.2", "joint", 600000], ["3.3", "joint", 1234567],
    ],
    "areas": [
        {
            "title": name,
            "activities": [
                {"title": title, "fields": dict(zip(LABELS.values(), texts, strict=True))} for title, *texts in efforts
            ],
        }
        for name, efforts in AREAS.items()
    ],
}  # fmt: skip
