"""PDF without tags, turned pages: a ruled matrix for each area whose rows go on over pages, the head repeated."""

from __future__ import annotations

from tests.reading.whole import activities
from tests.reading.whole.pens import cells, typeset

HEAD = ("Insats", "Mål", "Indikator", "Ansvarig", "Tidplan", "Kostnad")
KEYS = {
    "Insats": "title", "Mål": "goal", "Indikator": "indicators", "Ansvarig": "responsible", "Tidplan": "timeline",
    "Kostnad": "budget",
}  # fmt: skip
AREAS = {
    "Förebyggande arbete": (
        ("Cirklar om sömn för gymnasieelever", "Eleverna sover mer än sju timmar en vanlig skolnatt", "Andel elever som "
         "svarar att de sover tillräckligt i den årliga enkäten", "Skolhälsovården", "läsåret 2025/2026", "120 tkr"),
        ("Idrott utan tävling", "Unga som slutat i en förening kommer tillbaka", "Antal deltagare per termin",
         "Idrottsförbundet och kommunernas fritidsförvaltningar", "2025–2027", "300 tkr"),
        ("Kulturgarantin", "Varje barn möter minst två konstformar om året", "Antal tillfällen", "Kulturcheferna",
         "löpande", "0,9 mkr"),
        ("Kurs i egen ekonomi", "Färre unga vuxna har skulder", "Antal hos Kronofogden under 25 år", "Budget- och "
         "skuldrådgivarna", "hösten 2025", "85 000 kr"),
    ),
    "Vård och stöd": (
        ("Samordnad individuell plan på ett möte", "Planen är klar inom fyra veckor", "Tid från begäran till möte",
         "SIP-samordnarna", "december 2025", "40 tkr"),
        ("Mobila team på landsbygden", "Hembesök samma dag i hela länet", "Andel besök inom ett dygn", "Psykiatriska "
         "öppenvården i Norrtälje", "2026", "4,25 mkr"),
        ("Egen koordinator", "Den som behöver får en person att ringa", "Antal med koordinator", "Kommunernas "
         "socialpsykiatri", "våren 2026", "1 750 000 kr"),
    ),
}  # fmt: skip


def content() -> bytes:
    out = [
        '#set page(paper: "a4", flipped: true, margin: 2cm, header: align(right)[Handlingsplan 2025–2027], footer: '
        "context align(right)[#counter(page).display()])\n"
        '#set text(size: 11pt, lang: "sv", hyphenate: false)\n'
        '#let h(size, it) = block(above: 1.4em, below: .8em, sticky: true, text(size * 1pt, weight: "bold", it))\n'
        "#h(22)[Handlingsplan för psykisk hälsa i Stockholms län]\n#h(15)[Om planen]\nPlanen revideras varje år.\n"
    ]
    for name, rows in AREAS.items():
        out.append(f"#h(15)[Prioriterat område: {name}]\n#table(columns: (2fr, 2fr, 2fr, 1.6fr, 1fr, 1fr), "
                   f"table.header({''.join(f'[*{word}*],' for word in HEAD)}),")  # fmt: skip
        out += [cells(*row) for row in rows]
        out.append(")\n")
    return typeset("\n".join(out), tagged=False)


TRUTH = {
    "title": "Handlingsplan för psykisk hälsa i Stockholms län",
    "county": "01",
    "amounts": [120000, 300000, 900000, 85000, 40000, 4250000, 1750000],
    "chapters": [["", "Om planen", "Planen revideras varje år."]],
    "areas": [{"title": name, "activities": activities(KEYS, HEAD, rows)} for name, rows in AREAS.items()],
}
