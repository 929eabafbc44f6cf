"""Word: a table for each activity, label beside value, under headings of areas; money written in three ways."""

from __future__ import annotations

from samplan.domain.reading.source import SourceDocument
from tests.reading.made_up import Paper

CARDS = {
    "Insatsområde: Barn och unga": (
        (
            ("Insats", "Samtalsstöd på nätet"),
            ("Syfte", "Unga ska få prata med någon samma dag."),
            ("Genomförande", "En chatt öppnas tillsammans med ungdomsmottagningarna."),
            ("Ansvarig", "Ungdomsmottagningarna"),
            ("Tidsplan", "Januari 2026–juni 2027"),
            ("Budget", "1,2 mkr"),
            ("Status", "Grön"),
        ),
        (
            ("Insats", "Kamratstödjare"),
            ("Syfte", "Elever stöttar varandra."),
            ("Ansvarig", "Skolorna"),
            ("Tidsplan", "Läsåret 2026/27"),
            ("Budget", "250 tkr"),
            ("Status", "Gul"),
        ),
    ),
    "Insatsområde: Suicidprevention": (
        (
            ("Insats", "Utbildning i första hjälpen"),
            ("Målgrupp", "Personal i hemtjänsten"),
            ("Förväntat resultat", "Fler vågar fråga."),
            ("Ansvarig", "Länsnätverket"),
            ("När", "Våren 2026"),
            ("Kostnad", "1 500 000:-"),
            ("Status", "Röd"),
        ),
    ),
}
KEYS = {
    "Syfte": "purpose", "Genomförande": "description", "Ansvarig": "responsible", "Tidsplan": "timeline",
    "Budget": "budget", "Status": "goal_fulfilment", "Målgrupp": "target_group",
    "Förväntat resultat": "goal", "När": "timeline",
    "Kostnad": "budget",
}  # fmt: skip


def document() -> SourceDocument:
    paper = Paper()
    paper.h(1, "Plan för psykisk hälsa i Lindåsa län 2026")
    paper.h(2, "Bakgrund")
    paper.p("Länet har sedan tidigare en överenskommelse om samverkan.")
    for area, cards in CARDS.items():
        paper.h(2, area)
        for card in cards:
            paper.table(*card, head=False)
    paper.h(2, "Uppföljning")
    paper.p("Styrgruppen följer upp planen två gånger om året.")
    return paper.document()


TRUTH = {
    "title": "Plan för psykisk hälsa i Lindåsa län 2026",
    "years": [2026],
    "amounts": [1200000, 250000, 1500000],
    "chapters": [
        ["", "Bakgrund", "Länet har sedan tidigare en överenskommelse om samverkan."],
        ["", "Uppföljning", "Styrgruppen följer upp planen två gånger om året."],
    ],
    "areas": [
        {
            "title": area.split(": ")[1],
            "activities": [
                {"title": card[0][1], "fields": {KEYS[label]: value for label, value in card[1:]}} for card in cards
            ],
        }
        for area, cards in CARDS.items()
    ],
}
