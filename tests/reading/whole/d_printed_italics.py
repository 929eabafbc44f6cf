"""PDF without tags: counted headings in one size, labels in italics on lines of their own, activities counted."""

from __future__ import annotations

from tests.reading.whole.pens import typeset

AREAS = {
    "Jämlika villkor": (
        "Skillnaderna i hälsa mellan grupper ökar, och de börjar tidigt i livet. Den som har minst får ofta också minst "
        "stöd, och det vill vi ändra på.",
        (("Riktat föräldrastöd", "Alla föräldrar i utsatta områden får ett hembesök.", "Familjecentralerna i Malmö och "
          "Landskrona", "september 2026 till juni 2027"),
         ("Hälsokommunikatörer", "Information finns på tio språk.", "Regionen", "2026")),
    ),
    "Delaktighet": (
        "Den som berörs ska få vara med och bestämma.",
        (("Ungas råd", "Ett råd i varje kommun.", "Kommunerna", "våren 2027"),),
    ),
}  # fmt: skip


def content() -> bytes:
    out = [
        '#set page(paper: "a4", margin: 2.5cm, header: align(right)[#text(8pt)[Skåne]], footer: context align(right)['
        '#text(8pt)[#counter(page).display("1 (1)", both: true)]])\n#set text(size: 11pt, lang: "sv", hyphenate: true)\n'
        '#let h(it) = block(above: 1.5em, below: .7em, sticky: true, text(13pt, weight: "bold", it))\n'
        '#align(center)[#text(26pt, weight: "bold")[Samlad handlingsplan för psykisk hälsa]]\n'
        "#align(center)[#text(14pt)[Skåne län 2026–2027]]\n#v(2em)\n#h[1 Inledning]\nPlanen samlar det gemensamma.\n"
        "#h[2 Utvecklingsområden]\n"
    ]
    for n, (name, (text, acts)) in enumerate(AREAS.items(), start=1):
        out.append(f"#h[2.{n} {name}]\n{text}\n")
        for m, (title, goal, who, when) in enumerate(acts, start=1):
            out.append(f"#h[2.{n}.{m} {title}]\n")
            for label, words in (("Mål", goal), ("Ansvarig", who), ("Tidplan", when)):
                out.append(f"_{label}_\n\n{words}\n")
    out.append("#h[3 Uppföljning]\nPlanen följs upp varje år.\n")
    return typeset("\n".join(out), tagged=False)


TRUTH = {
    "title": "Samlad handlingsplan för psykisk hälsa",
    "county": "12",
    "years": [2026, 2027],
    "amounts": [],
    "chapters": [
        ["1", "Inledning", "Planen samlar det gemensamma."],
        ["2", "Utvecklingsområden", ""],
        ["3", "Uppföljning", "Planen följs upp varje år."],
    ],
    "areas": [
        {
            "number": f"2.{n}",
            "title": name,
            "fields": {"description": text},
            "activities": [
                {"number": f"2.{n}.{m}", "title": title, "fields": {"goal": goal, "responsible": who, "timeline": when}}
                for m, (title, goal, who, when) in enumerate(acts, start=1)
            ],
        }
        for n, (name, (text, acts)) in enumerate(AREAS.items(), start=1)
    ],
}
