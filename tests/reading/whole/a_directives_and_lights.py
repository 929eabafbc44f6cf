"""Word in a county's own styles: directives named so in their headings, labels in bold, coloured signs for how it goes."""

from __future__ import annotations

from tests.reading.whole.pens import Word

DIRECTIVES = {
    "Trygg övergång från barn till vuxen": {
        "Bakgrund": "Många unga tappas bort när de fyller arton.", "Syfte": "Ingen ska börja om från början.",
        "Uppdrag": "Ta fram en rutin för övergången.", "Ansvarig": "Barn- och ungdomspsykiatrin",
        "Tidsram": "klart i oktober 2026",
    },
    "Stöd till anhöriga": {
        "Bakgrund": "Anhöriga söker vård oftare än andra.", "Syfte": "Anhöriga orkar längre.",
        "Uppdrag": "Kartlägg stödet i alla kommuner.", "Ansvarig": "Nätverket för anhörigstöd",
        "Tidsram": "klart i mars 2027",
    },
}  # fmt: skip
KEYS = {
    "Bakgrund": "background", "Syfte": "purpose", "Uppdrag": "description", "Ansvarig": "responsible",
    "Tidsram": "timeline",
}  # fmt: skip
HEAD = ("Insats", "Ansvarig", "Status", "Kommentar")
ROWS = (
    ("Temadagar för gode män", "Överförmyndarna", "🟢", "Två dagar är hållna."),
    ("Boendestöd på kvällar", "Ludvika kommun", "🟡 pågår", "Rekryteringen drog ut på tiden."),
    ("Rådgivning på finska", "Folkhälsoenheten", "🔴", "Pengar saknas."),
)


def content() -> bytes:
    word = Word(headings=("Rubrik nivå A", "Rubrik nivå B", "Rubrik nivå C"))
    word.title("Plan för länsgemensamma insatser 2026")
    word.p("Dalarnas län")
    word.p("Antagen den 12 december 2025")
    word.h(1, "1 Bakgrund")
    word.p("Planen är den femte i ordningen.")
    word.h(1, "2 Insatsområde: Samordnat stöd")
    word.p("Området gäller personer som behöver stöd från flera håll.")
    for n, (name, texts) in enumerate(DIRECTIVES.items(), start=1):
        word.h(2, f"Direktiv {n}: {name}")
        for label, text in texts.items():
            word.p(text, lead=f"{label}: ")
    word.h(2, "Direktiv – Hemlöshet och psykisk ohälsa")
    word.p("Personer utan bostad når sällan vården.", lead="Bakgrund: ")
    word.p("Kommunerna i södra länsdelen", lead="Ansvarig: ")
    word.h(2, "Övriga insatser")
    word.rows(HEAD, *ROWS)
    return word.saved()


TRUTH = {
    "title": "Plan för länsgemensamma insatser 2026",
    "county": "20",
    "years": [2026],
    "dates": ["12 december 2025", "oktober 2026", "mars 2027"],
    "chapters": [["1", "Bakgrund", "Planen är den femte i ordningen."]],
    "areas": [
        {
            "number": "2",
            "title": "Samordnat stöd",
            "fields": {"description": "Området gäller personer som behöver stöd från flera håll."},
            "directives": [
                *(
                    {"number": str(n), "title": name, "fields": {KEYS[label]: text for label, text in texts.items()}}
                    for n, (name, texts) in enumerate(DIRECTIVES.items(), start=1)
                ),
                {
                    "title": "Hemlöshet och psykisk ohälsa",
                    "fields": {
                        "background": "Personer utan bostad når sällan vården.",
                        "responsible": "Kommunerna i södra länsdelen",
                    },
                },
            ],
            "activities": [
                {
                    "title": row[0],
                    "fields": {"responsible": row[1], "goal_fulfilment": row[2], "comment": row[3]},
                }
                for row in ROWS
            ],
        }
    ],
}
