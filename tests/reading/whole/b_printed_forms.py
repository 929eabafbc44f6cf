"""PDF without tags: shaded bars for areas, a form without ruled lines for each activity, labels to the left."""

from __future__ import annotations

from tests.reading.whole import fields
from tests.reading.whole.pens import cells, typeset

KEYS = {
    "Varför": "purpose", "Hur": "description", "Ansvarig": "responsible", "Samarbetspartner": "participants",
    "När": "timeline", "Uppskattad kostnad": "budget",
}  # fmt: skip
AREAS = {
    "Hälsa på lika villkor": (
        ("Tolkade föräldrakurser", {"Varför": "Alla ska förstå vad förskolan erbjuder.",
         "Hur": "Kurserna hålls på arabiska, somaliska och ukrainska av utbildade ledare som själva har kommit hit som "
         "vuxna.", "Ansvarig": "Integrationsenheten", "Samarbetspartner": "Rädda Barnen", "När": "mars–november 2026",
         "Uppskattad kostnad": "420 tkr"}),
        ("Hälsosamtal för nyanlända", {"Varför": "Psykisk ohälsa upptäcks sent.", "Ansvarig": "Asylhälsan",
         "När": "hela 2026", "Uppskattad kostnad": "1,05 mkr"}),
    ),
    "En meningsfull vardag": (
        ("Dagverksamhet på landsbygden", {"Varför": "Resorna är för långa i dag.",
         "Hur": "En buss kör runt till sju byar.", "Ansvarig": "Kommunerna i norr", "När": "från oktober 2026",
         "Uppskattad kostnad": "2 900 000 kr"}),
    ),
}  # fmt: skip


def content() -> bytes:
    out = [
        '#set page(paper: "a4", margin: 2.4cm, header: [Skåne tillsammans], footer: context align(right)[#counter(page)'
        '.display()])\n#set text(size: 11pt, lang: "sv", hyphenate: true)\n'
        "#let bar(it) = block(above: 1.6em, below: 1em, width: 100%, fill: luma(220), inset: 8pt, sticky: true, "
        'text(15pt, weight: "bold", it))\n'
        '#let name(it) = block(above: 1.4em, below: .7em, sticky: true, text(12.5pt, weight: "bold", it))\n'
        '#text(28pt, weight: "bold")[Handlingsplan 2026]\n\n#text(14pt)[Psykisk hälsa i Skåne län]\n\n'
        "Planen är beslutad av centralt samverkansorgan den 4 december 2025.\n"
    ]
    for n, (title, acts) in enumerate(AREAS.items(), start=1):
        out.append(f"#bar[Insatsområde {n}. {title}]\n")
        for name, card in acts:
            inner = "".join(f"[*{label}*],{cells(text)}" for label, text in card.items())
            out.append(f"#name[{name}]\n#grid(columns: (4.2cm, 1fr), row-gutter: 8pt, {inner})\n")
    return typeset("\n".join(out), tagged=False)


TRUTH = {
    "title": "Handlingsplan 2026",
    "county": "12",
    "years": [2026],
    "amounts": [420000, 1050000, 2900000],
    "areas": [
        {
            "number": str(n),
            "title": title,
            "activities": [{"title": name, "fields": fields(KEYS, card)} for name, card in acts],
        }
        for n, (title, acts) in enumerate(AREAS.items(), start=1)
    ],
}
