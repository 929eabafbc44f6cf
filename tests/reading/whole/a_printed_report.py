"""PDF with tags: numbered chapters, a list of contents, running heads, hyphens at line ends, notes at the foot."""

from __future__ import annotations

from tests.reading.whole.pens import typeset

AREAS = {
    "Barn och unga": {
        "text": "Ungas oro har ökat under tio år, mest bland flickor. Skolan är den plats där flest kan nås, och därför "
        "läggs tyngdpunkten på elevhälsan och de öppna verksamheterna i kommunerna.",
        "long": ("Barn och unga mår bra och vet vart de kan vända sig.",),
        "short": ("Elevhälsan i alla kommuner har tillgång till handledning.", "Väntan på ett första samtal är kortare "
                  "än två veckor."),
        "acts": {
            "Handledning till elevhälsan": {"Genomförande": "Psykologer från regionen handleder en gång i månaden.",
                                            "Ansvar": "Barn- och ungdomspsykiatrin", "Tid": "januari–december 2026",
                                            "Finansiering": "Statsbidraget, 0,8 mkr"},
            "Ungas egen kanal": {"Genomförande": "En chatt drivs av ungdomar tillsammans med socialtjänsten.",
                                 "Ansvar": "Ungdomsmottagningarna", "Tid": "hösten 2026"},
        },
    },
    "Personer med samsjuklighet": {
        "text": "Den som både har ett beroende och en psykisk sjukdom ska inte behöva söka hjälp på två ställen.",
        "long": ("En sammanhållen vård i hela länet.",),
        "short": ("En överenskommelse är undertecknad av alla parter.",),
        "acts": {
            "Gemensam mottagning i Kalmar": {"Genomförande": "Lokaler delas och personal anställs av båda.",
                                             "Ansvar": "Beroendevården och kommunen",
                                             "Tid": "start den 1 september 2026",
                                             "Finansiering": "2 400 000 kronor"},
        },
    },
}  # fmt: skip
KEYS = {"Genomförande": "description", "Ansvar": "responsible", "Tid": "timeline", "Finansiering": "funding"}


def _markup() -> str:
    out = [
        '#set document(title: "plan")\n#set page(paper: "a4", margin: 3cm, header: [Kalmar län – plan för psykisk hälsa],'
        " footer: context align(center)[#counter(page).display()])\n"
        '#set text(size: 11pt, lang: "sv", hyphenate: true)\n#set par(justify: true)\n'
        '#set heading(numbering: "1.1")\n#align(center)[#text(24pt, weight: "bold")[Plan för psykisk hälsa i Kalmar län]]\n'
        "#align(center)[2026]\n#pagebreak()\n#outline(title: [Innehåll])\n#pagebreak()\n",
        "= Inledning\nPlanen gäller för regionen och länets tolv kommuner#footnote[Öland räknas som två kommuner.]. Den "
        "beslutas av samverkansnämnden.\n= Insatsområden\n",
    ]
    for name, area in AREAS.items():
        out.append(f"== {name}\n{area['text']}\n\n*Långsiktiga mål*\n")
        out += [f"- {goal}" for goal in area["long"]]
        out.append("\n*Kortsiktiga mål*\n")
        out += [f"- {goal}" for goal in area["short"]]
        for title, texts in area["acts"].items():
            out.append(f"=== {title}")
            out += [f"*{label}:* {text}\n" for label, text in texts.items()]
    out.append("= Uppföljning\nSamverkansnämnden följer upp planen i maj och november.\n")
    return "\n".join(out)


def content() -> bytes:
    return typeset(_markup())


TRUTH = {
    "title": "Plan för psykisk hälsa i Kalmar län 2026",
    "county": "08",
    "years": [2026],
    "amounts": [800000, 2400000],
    "chapters": [
        ["1", "Inledning", "Planen gäller för regionen och länets tolv kommuner. Den beslutas av samverkansnämnden."],
        ["2", "Insatsområden", ""],
        ["3", "Uppföljning", "Samverkansnämnden följer upp planen i maj och november."],
    ],
    "areas": [
        {
            "number": f"2.{n}",
            "title": name,
            "fields": {"description": area["text"]},
            "goals_long": list(area["long"]),
            "goals_short": list(area["short"]),
            "activities": [
                {
                    "number": f"2.{n}.{m}",
                    "title": title,
                    "fields": {KEYS[label]: text for label, text in texts.items()},
                }
                for m, (title, texts) in enumerate(area["acts"].items(), start=1)
            ],
        }
        for n, (name, area) in enumerate(AREAS.items(), start=1)
    ],
}
