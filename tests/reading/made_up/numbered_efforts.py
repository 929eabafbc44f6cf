"""Word with styles: "Prioriterat område 2: ...", efforts as numbered headings, labels in bold on lines of their own."""

from __future__ import annotations

from samplan.domain.reading.source import SourceDocument
from tests.reading.made_up import Paper


def document() -> SourceDocument:
    paper = Paper()
    paper.h(1, "Länsgemensam handlingsplan 2026–2028")
    paper.h(2, "Förord")
    paper.p("Vi har valt att göra få saker, men göra dem färdiga.")
    paper.h(2, "Prioriterat område 1: Barn som far illa")
    paper.p("Fler anmälningar görs, och fler ska leda till stöd.")
    paper.h(3, "Insats 1.1 Barnahus i norra länet")
    paper.b("Mål")
    paper.p("Barn i hela länet har högst en timme till ett barnahus.")
    paper.b("Ansvarig part")
    paper.p("Socialcheferna")
    paper.b("Så följer vi upp")
    paper.p("Antal barn och väntetid redovisas varje kvartal.")
    paper.h(3, "Insats 1.2 Utbildning för skolledare")
    paper.b("Mål")
    paper.li("Alla rektorer har gått utbildningen.", "Varje skola har en rutin.")
    paper.b("Ansvarig part")
    paper.p("Skolcheferna")
    paper.h(2, "Prioriterat område 2: Psykiatrisk vård nära")
    paper.p("Vården ska finnas där människor bor.")
    paper.h(3, "Insats 2.1 Mobila team")
    paper.p("Teamen åker hem till den som inte kan komma.")
    paper.b("Mål")
    paper.p("Färre läggs in på sjukhus.")
    paper.b("Finansiering")
    paper.p("5 miljoner kronor per år.")
    paper.h(2, "Idéburet offentligt partnerskap")
    paper.li("Kvinnojouren Ljuset", "Föreningen Balans")
    return paper.document()


TRUTH = {
    "title": "Länsgemensam handlingsplan 2026–2028",
    "years": [2026, 2027, 2028],
    "amounts": [5000000],
    "areas": [
        {
            "number": "1",
            "title": "Barn som far illa",
            "fields": {"description": "Fler anmälningar görs, och fler ska leda till stöd."},
            "activities": [
                {"number": "1.1", "title": "Barnahus i norra länet", "fields": {
                    "goal": "Barn i hela länet har högst en timme till ett barnahus.", "responsible": "Socialcheferna",
                    "follow_up": "Antal barn och väntetid redovisas varje kvartal."}},
                {"number": "1.2", "title": "Utbildning för skolledare", "fields": {
                    "goal": "Alla rektorer har gått utbildningen. Varje skola har en rutin.",
                    "responsible": "Skolcheferna"}},
            ],
        },
        {
            "number": "2",
            "title": "Psykiatrisk vård nära",
            "fields": {"description": "Vården ska finnas där människor bor."},
            "activities": [
                {"number": "2.1", "title": "Mobila team", "fields": {
                    "description": "Teamen åker hem till den som inte kan komma.", "goal": "Färre läggs in på sjukhus.",
                    "funding": "5 miljoner kronor per år."}},
            ],
        },
    ],
}  # fmt: skip
