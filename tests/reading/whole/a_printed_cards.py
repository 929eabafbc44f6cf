"""PDF without tags: a form with ruled lines for each activity under headings of areas, traffic lights in words."""

from __future__ import annotations

from tests.reading.whole import fields
from tests.reading.whole.pens import cells, typeset

KEYS = {
    "Syfte": "purpose", "Förväntad effekt": "goal", "Aktiviteter": "steps", "Resurser": "budget",
    "Ansvarig organisation": "responsible", "Status": "goal_fulfilment", "Nästa steg": "next_steps",
}  # fmt: skip
AREAS = {
    "Psykisk hälsa i arbetslivet": (
        {"Insats 1": "Nätverk för chefer i småföretag", "Syfte": "Chefer upptäcker stress tidigare.",
         "Förväntad effekt": "Färre långa sjukskrivningar", "Resurser": "1,2 mkr",
         "Ansvarig organisation": "Samordningsförbundet i Umeå", "Status": "Gult – försenat till våren 2026",
         "Nästa steg": "Rekrytera en samordnare."},
        {"Insats 2": "Rehab utan glapp", "Syfte": "Ingen ska vänta mellan två insatser.", "Resurser": "400 tkr",
         "Ansvarig organisation": "Försäkringskassan och vårdcentralerna", "Status": "Grönt",
         "Nästa steg": "Sprida arbetssättet."},
    ),
    "Minoriteters hälsa": (
        {"Insats 3": "Samisk rådgivning", "Syfte": "Stöd på eget språk.",
         "Förväntad effekt": "Fler samer söker vård i tid", "Resurser": "0,6 miljoner kronor",
         "Ansvarig organisation": "Kunskapsnätverket", "Status": "Rött", "Nästa steg": "Söka nya medel."},
    ),
}  # fmt: skip


def content() -> bytes:
    out = [
        '#set page(paper: "a4", margin: 2.5cm, footer: context align(right)[Sida #counter(page).display()])\n'
        '#set text(size: 10.5pt, lang: "sv", hyphenate: true)\n'
        '#let h(size, it) = block(above: 1.6em, below: .9em, sticky: true, text(size * 1pt, weight: "bold", it))\n'
        "#h(24)[Uppföljning av länsplanen 2025]\n#h(12)[Västerbottens län]\n#h(16)[Läsanvisning]\n"
        "Varje insats har ett eget blad.\n"
    ]
    for n, (name, cards) in enumerate(AREAS.items(), start=1):
        out.append(f"#h(16)[Område {n}: {name}]\n")
        for card in cards:
            inner = "".join(f"[*{label}*],{cells(text)}" for label, text in card.items())
            out.append(f"#table(columns: (4cm, 1fr), {inner})\n#v(1em)\n")
    return typeset("\n".join(out), tagged=False)


TRUTH = {
    "title": "Uppföljning av länsplanen 2025",
    "county": "24",
    "years": [2025],
    "amounts": [1200000, 400000, 600000],
    "chapters": [["", "Läsanvisning", "Varje insats har ett eget blad."]],
    "areas": [
        {
            "number": str(n),
            "title": name,
            "activities": [
                {
                    "number": next(iter(card)).split()[1],
                    "title": next(iter(card.values())),
                    "fields": fields(KEYS, card),
                }
                for card in cards
            ],
        }
        for n, (name, cards) in enumerate(AREAS.items(), start=1)
    ],
}
