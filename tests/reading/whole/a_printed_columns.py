"""PDF without tags in two columns, justified and hyphenated, headings in colour, labels in bold before their text."""

from __future__ import annotations

from tests.reading.whole.pens import typeset

AREAS = {
    "Trygga uppväxtvillkor": (
        "Barn som växer upp under svåra förhållanden behöver vuxna som ser dem. Socialtjänsten, förskolan och vården "
        "behöver veta vad de andra gör, och familjerna ska slippa berätta samma sak flera gånger.",
        {
            "Familjecentral i varje kommun": {
                "Syfte": "Föräldrar får stöd där de redan är.",
                "Ansvarig": "Kommunernas socialchefer tillsammans med mödrahälsovården",
                "Tidplan": "Två centraler öppnar under 2026 och resten senast 2028.",
            },
            "Stödgrupper för barn till sjuka föräldrar": {
                "Syfte": "Barnen får träffa andra i samma situation.",
                "Ansvarig": "Länets anhörigkonsulenter",
                "Tidplan": "Varje termin från och med våren 2026.",
            },
        },
    ),
    "Vägen till arbete": (
        "Arbete är en del av återhämtningen. Alla som vill ska få prova, även den som inte har varit ute på länge.",
        {
            "Handledare på arbetsplatser": {
                "Syfte": "Arbetsgivare vågar anställa.",
                "Ansvarig": "Samordningsförbundet",
                "Tidplan": "Utbildningen ges hösten 2026.",
            }
        },
    ),
}
KEYS = {"Syfte": "purpose", "Ansvarig": "responsible", "Tidplan": "timeline"}


def content() -> bytes:
    out = [
        '#set page(paper: "a4", margin: 2cm, columns: 2, footer: context align(center)[Sida #counter(page).display() av '
        '4])\n#set text(size: 10pt, lang: "sv", hyphenate: true)\n#set par(justify: true)\n'
        '#let one(it) = block(above: 1.6em, below: .8em, sticky: true, text(17pt, fill: rgb("#1f4e79"), weight: "bold", '
        "it))\n"
        '#let two(it) = block(above: 1.4em, below: .7em, sticky: true, text(13pt, fill: rgb("#1f4e79"), weight: "bold", '
        "it))\n"
        '#let three(it) = block(above: 1.2em, below: .6em, sticky: true, text(11pt, weight: "bold", it))\n'
        '#place(top, scope: "parent", float: true, text(26pt, weight: "bold")[Psykisk hälsa i Gävleborg 2026–2028])\n'
        "#one[Inledning]\nDen här planen har arbetats fram gemensamt under ett år. Den riktar sig till politiker, chefer "
        "och medarbetare i länets verksamheter.\n#one[Prioriterade områden]\n"
    ]
    for name, (text, acts) in AREAS.items():
        out.append(f"#two[{name}]\n{text}\n")
        for title, texts in acts.items():
            out.append(f"#three[{title}]\n")
            out += [f"*{label}:* {words}\n" for label, words in texts.items()]
    return typeset("\n".join(out), tagged=False)


TRUTH = {
    "title": "Psykisk hälsa i Gävleborg 2026–2028",
    "years": [2026, 2027, 2028],
    "chapters": [
        ["", "Inledning", "Den här planen har arbetats fram gemensamt under ett år. Den riktar sig till politiker, "
         "chefer och medarbetare i länets verksamheter."],
        ["", "Prioriterade områden", ""],
    ],
    "areas": [
        {
            "title": name,
            "fields": {"description": text},
            "activities": [
                {"title": title, "fields": {KEYS[label]: words for label, words in texts.items()}}
                for title, texts in acts.items()
            ],
        }
        for name, (text, acts) in AREAS.items()
    ],
}  # fmt: skip
