"""Word, a year's report in plain words: questions as labels, colours told in words, amounts in running text."""

from __future__ import annotations

from tests.reading.whole.pens import Word

AREAS = {
    "Barn i utsatta miljöer": {
        "Stödsamtal i skolan": {
            "Vad har vi gjort?": "Kuratorer har hållit samtal på nio skolor för 640 000 kr.",
            "Hur gick det?": "Nio av tio elever är nöjda.",
            "Vad gör vi nu?": "Vi utökar till gymnasiet.",
        },
        "Fritidskort": {
            "Vad har vi gjort?": "Korten delades ut till alla i årskurs fyra. Det kostade 1,3 miljoner kronor.",
            "Hur gick det?": "Hälften användes.",
            "Vad gör vi nu?": "Vi frågar barnen varför.",
        },
    },
    "Samverkan kring utskrivning": {
        "Gemensam checklista": {
            "Vad har vi gjort?": "Listan används på alla avdelningar.",
            "Hur gick det?": "Återinläggningarna blev färre.",
            "Vad gör vi nu?": "Listan läggs in i journalen.",
        },
    },
}  # fmt: skip
KEYS = {"Vad har vi gjort?": "description", "Hur gick det?": "result", "Vad gör vi nu?": "next_steps"}


def content() -> bytes:
    word = Word(head="Årsrapport", foot="2 av 9")
    word.file.add_heading("Årsrapport 2025: psykisk hälsa i Östergötlands län", 0)
    word.h(1, "Året i korthet")
    word.p("Det var ett år med många förändringar.")
    word.h(1, "Fokusområden")
    for name, efforts in AREAS.items():
        word.h(2, name)
        for title, texts in efforts.items():
            word.h(3, title)
            for label, text in texts.items():
                word.p("", lead=label)
                word.p(text)
    word.h(1, "Våra lärdomar")
    word.p("Börja i tid.")
    return word.saved()


TRUTH = {
    "title": "Årsrapport 2025: psykisk hälsa i Östergötlands län",
    "county": "05",
    "years": [2025],
    "amounts": [640000, 1300000],
    "areas": [
        {
            "title": name,
            "activities": [
                {"title": title, "fields": {KEYS[label]: text for label, text in texts.items()}}
                for title, texts in efforts.items()
            ],
        }
        for name, efforts in AREAS.items()
    ],
}
