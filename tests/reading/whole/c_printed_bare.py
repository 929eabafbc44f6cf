"""PDF without tags: tables that only white space and a line under the head make, areas in capitals, mnkr."""

from __future__ import annotations

from tests.reading.whole import activities
from tests.reading.whole.pens import cells, typeset

HEAD = ("Åtgärd", "Syfte", "Ansvarig", "Tid", "Medel")
KEYS = {"Åtgärd": "title", "Syfte": "purpose", "Ansvarig": "responsible", "Tid": "timeline", "Medel": "budget"}
AREAS = {
    "HELA MÄNNISKAN": (
        ("Hälsoteam för den som har en långvarig psykisk sjukdom", "Färre dör i förtid av sjukdomar som går att behandla",
         "Regionens psykiatri", "2026–2028", "3,5 mnkr"),
        ("Tandvård utan kö", "Munhälsan är en del av hälsan", "Folktandvården", "2026", "450 tkr"),
    ),
    "HELA LÄNET": (
        ("Psykolog på nätet", "Lika vård var man än bor", "Digitala vårdcentralen", "hösten 2026", "1,1 mnkr"),
        ("Bussar till mötesplatser", "Den som inte kör bil ska kunna delta", "Länstrafiken och kommunerna i Härjedalen",
         "2027", "900 000 kr"),
        ("Samtal på vårdcentralen", "Kortare väg till hjälp", "Primärvården", "löpande", "inom budget"),
    ),
}  # fmt: skip


def content() -> bytes:
    out = [
        '#set page(paper: "a4", margin: 2.2cm, footer: context align(center)[#counter(page).display()])\n'
        '#set text(size: 10.5pt, lang: "sv", hyphenate: true)\n'
        '#let h(size, it) = block(above: 1.5em, below: .8em, sticky: true, text(size * 1pt, weight: "bold", it))\n'
        "#h(22)[Jämtlands län: plan för psykisk hälsa 2026]\n#h(14)[Inledning]\nTvå områden är valda för året.\n"
    ]
    for name, rows in AREAS.items():
        out.append(
            f"#h(14)[{name}]\n#table(columns: (2fr, 2fr, 1.6fr, 1fr, 1fr), stroke: none, row-gutter: 6pt, "
            f"table.header({''.join(f'[*{word}*],' for word in HEAD)}), table.hline(stroke: 0.7pt),"
        )
        out += [cells(*row) for row in rows]
        out.append(")\n")
    return typeset("\n".join(out), tagged=False)


TRUTH = {
    "title": "Jämtlands län: plan för psykisk hälsa 2026",
    "county": "23",
    "years": [2026],
    "amounts": [3500000, 450000, 1100000, 900000],
    "chapters": [["", "Inledning", "Två områden är valda för året."]],
    "areas": [{"title": name, "activities": activities(KEYS, HEAD, rows)} for name, rows in AREAS.items()],
}
