"""PDF with tags in two columns: activities as small headings, labels run in with the text, the year's directives."""

from __future__ import annotations

from tests.reading.whole.pens import typeset

AREAS = {
    "Suicidprevention": (
        "Varje liv är värt att rädda, och många dödsfall går att förhindra.",
        {"Direktiv 1: Gemensam händelseanalys": {"Bakgrund": "Analyser görs i dag av en part i taget.",
                                                  "Syfte": "Alla lär av det som har hänt.",
                                                  "Ansvarig": "Patientsäkerhetsrådet"}},
        {"Första hjälpen vid psykisk ohälsa": {"Mål": "Tusen personer är utbildade.", "Ansvarig": "Länssamordnaren",
                                               "Tidplan": "2026–2027"}},
    ),
    "Anhörigas hälsa": (
        "Den som stöttar någon annan behöver själv stöd.",
        {},
        {"Anhörigskola": {"Mål": "Kursen ges två gånger om året.", "Ansvarig": "Kommunernas anhörigstöd",
                          "Tidplan": "vår och höst"},
         "Samtalsgrupper på nätet": {"Mål": "Tio grupper är i gång.", "Ansvarig": "Studieförbunden",
                                     "Tidplan": "hösten 2026"}},
    ),
}  # fmt: skip
KEYS = {"Bakgrund": "background", "Syfte": "purpose", "Ansvarig": "responsible", "Mål": "goal", "Tidplan": "timeline"}


def content() -> bytes:
    out = [
        '#set page(paper: "a4", margin: 2cm, columns: 2, header: [Plan 2026–2027], footer: context align(center)['
        '#counter(page).display()])\n#set text(size: 10pt, lang: "sv", hyphenate: true)\n#set par(justify: true)\n'
        '#place(top, scope: "parent", float: true, title[Länsplan för psykisk hälsa i Värmlands län 2026–2027])\n'
        "= Inledning\nPlanen omfattar regionen och sexton kommuner.\n"
    ]
    for n, (name, (text, directives, acts)) in enumerate(AREAS.items(), start=1):
        out.append(f"= Prioriterat område {n}: {name}\n{text}\n")
        for title, texts in directives.items():
            out.append(f"== {title}\n" + "\n\n".join(f"*{label}:* {words}" for label, words in texts.items()) + "\n")
        out.append("== Insatser\n")
        for title, texts in acts.items():
            out.append(f"=== {title}\n" + "\n\n".join(f"*{label}:* {words}" for label, words in texts.items()) + "\n")
    return typeset("\n".join(out))


def _nodes(several: dict[str, dict[str, str]]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for title, texts in several.items():
        number, _, name = title.partition(": ")
        node: dict[str, object] = {
            "title": name or title,
            "fields": {KEYS[label]: text for label, text in texts.items()},
        }
        found.append({"number": number.split()[1], **node} if name else node)
    return found


TRUTH = {
    "title": "Länsplan för psykisk hälsa i Värmlands län 2026–2027",
    "county": "17",
    "years": [2026, 2027],
    "amounts": [],
    "areas": [
        {
            "number": str(n),
            "title": name,
            "fields": {"description": text},
            "directives": _nodes(directives),
            "activities": _nodes(acts),
        }
        for n, (name, (text, directives, acts)) in enumerate(AREAS.items(), start=1)
    ],
}
