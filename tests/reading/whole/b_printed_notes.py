"""PDF with tags: lettered areas, labels as their own bold lines, notes at the foot, a table of the state's money."""

from __future__ import annotations

from tests.reading.whole.pens import cells, typeset

AREAS = {
    "Tidiga samtal": (
        "Den som mår dåligt ska få prata med någon inom några dagar.",
        {
            "Kuratorer på alla vårdcentraler": {
                "Mål": "Väntetiden är högst fem dagar.",
                "Aktörer": "Primärvården och kommunernas socialtjänst",
                "Tid": "2025–2026",
                "Förväntat resultat": "Färre remisser till psykiatrin",
            },
            "Samtal på arabiska och finska": {
                "Mål": "Hjälp på eget språk.",
                "Aktörer": "Tolkförmedlingen",
                "Tid": "våren 2026",
            },
        },
    ),
    "Natten": (
        "De flesta kriser kommer när mottagningarna är stängda.",
        {
            "Nattöppen jour": {
                "Mål": "Någon svarar dygnet runt.",
                "Aktörer": "Psykiatrin i Luleå",
                "Tid": "från den 1 oktober 2026",
                "Förväntat resultat": "Färre akuta inläggningar",
            }
        },
    ),
}
KEYS = {"Mål": "goal", "Aktörer": "participants", "Tid": "timeline", "Förväntat resultat": "result"}
MONEY = (("4.1 Tidiga insatser", "2 150 000", "1 980 000"), ("4.2 Suicidprevention", "640 000", "410 500"))


def content() -> bytes:
    out = [
        '#set document(title: "Plan")\n#set page(paper: "a4", margin: 3cm, header: align(right)[Norrbotten], '
        'footer: context align(center)[#counter(page).display()])\n#set text(size: 11pt, lang: "sv", hyphenate: true)\n'
        "#set par(justify: true)\n#title[Samverkansplan psykisk hälsa i Norrbottens län 2025–2026]\n"
        "= Inledning\nPlanen är kort#footnote[Den långa versionen finns hos kommunförbundet.] så att många läser den.\n"
    ]
    for letter, (name, (text, acts)) in zip("AB", AREAS.items(), strict=True):
        out.append(f"= Område {letter}: {name}\n{text}\n")
        for title, texts in acts.items():
            out.append(f"== {title}\n")
            out += [f"*{label}*\n\n{words}\n" for label, words in texts.items()]
    inner = "".join(cells(*row) for row in MONEY)
    out.append("= Statsbidrag\nMedlen i kronor, så som de beslutats.\n#table(columns: 3, table.header([Avsnitt], "
               f"[Region], [Kommuner]), {inner})\n")  # fmt: skip
    return typeset("\n".join(out))


TRUTH = {
    "title": "Samverkansplan psykisk hälsa i Norrbottens län 2025–2026",
    "county": "25",
    "years": [2025, 2026],
    "amounts": [2150000, 1980000, 640000, 410500],
    "money": [
        ["4.1", "region", 2150000], ["4.1", "municipalities", 1980000], ["4.2", "region", 640000],
        ["4.2", "municipalities", 410500],
    ],
    "areas": [
        {
            "number": letter,
            "title": name,
            "fields": {"description": text},
            "activities": [
                {"title": title, "fields": {KEYS[label]: words for label, words in texts.items()}}
                for title, texts in acts.items()
            ],
        }
        for letter, (name, (text, acts)) in zip("AB", AREAS.items(), strict=True)
    ],
}  # fmt: skip
