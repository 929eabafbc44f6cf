"""Word: each activity is one paragraph in bold and one of labels, parted by soft returns."""

from __future__ import annotations

from tests.reading.whole.pens import Word

AREAS = {
    "Tidiga insatser": (
        ("Barnhälsoteam", "Familjer får stöd samma vecka.", "Mödrahälsovården", "september 2026", "700 tkr"),
        ("Öppen förskola på kvällen", "Fler pappor deltar.", "Förskolan", "hela 2026", "85 000 kr"),
    ),
    "Psykiatri för unga": (
        ("Kortare väntan", "Första besöket sker inom tio dagar.", "BUP", "31 december 2026", "2,6 mkr"),
    ),
}  # fmt: skip


def content() -> bytes:
    word = Word(head="Utkast")
    word.h(1, "Handlingsplan för psykisk hälsa i Sörmland 2026")
    word.h(2, "Bakgrund")
    word.p("Länet har arbetat tillsammans sedan 2016.")
    for name, acts in AREAS.items():
        word.h(2, f"Fokusområde {name}")
        for title, goal, who, when, money in acts:
            word.bold(title, 12)
            paragraph = word.file.add_paragraph()
            texts = (("Mål", goal), ("Ansvarig", who), ("Tidsplan", when), ("Budget", money))
            for n, (label, text) in enumerate(texts):
                run = paragraph.add_run(f"{label}: ")
                run.italic = True
                last = paragraph.add_run(text)
                if n < len(texts) - 1:
                    last.add_break()
    return word.saved()


TRUTH = {
    "title": "Handlingsplan för psykisk hälsa i Sörmland 2026",
    "county": "04",
    "years": [2026],
    "amounts": [700000, 85000, 2600000],
    "chapters": [["", "Bakgrund", "Länet har arbetat tillsammans sedan 2016."]],
    "areas": [
        {
            "title": f"Fokusområde {name}",
            "activities": [
                {"title": title, "fields": {"goal": goal, "responsible": who, "timeline": when, "budget": money}}
                for title, goal, who, when, money in acts
            ],
        }
        for name, acts in AREAS.items()
    ],
}
