"""Word without styles: headings in larger bold, labels in bold at the beginning of their paragraphs, directives."""

from __future__ import annotations

from samplan.domain.reading.source import SourceDocument
from tests.reading.made_up import Paper


def document() -> SourceDocument:
    paper = Paper()
    paper.b("Beslutad handlingsplan 2026", 22.0)
    paper.b("Organisation", 16.0)
    paper.p("Länets ledningsgrupp beslutar om medlen.")
    paper.b("Område 1: Samsjuklighet", 16.0)
    paper.p("Ansvaret är delat mellan huvudmännen.")
    paper.b("Direktiv 1: Gemensam utredning", 13.0)
    paper.p("Bakgrund Patienter skickas mellan enheter.", begin="Bakgrund ")
    paper.p("Syfte En utredning i stället för två.", begin="Syfte ")
    paper.p("Mål Utredningen är klar på sex veckor.", begin="Mål ")
    paper.b("Övriga insatser", 13.0)
    paper.b("Handledning till boendestödjare", 11.5)
    paper.p("Beskrivning Handledningen ges varje månad.", begin="Beskrivning ")
    paper.p("Ansvarig Beroendecentrum", begin="Ansvarig ")
    paper.b("Område 2: Brukarmedverkan", 16.0)
    paper.p("Egen erfarenhet tas till vara.")
    paper.b("Övriga insatser", 13.0)
    paper.b("Revision av två verksamheter", 11.5)
    paper.p("Tidsplan Hösten 2026", begin="Tidsplan ")
    paper.p("Ansvarig Brukarorganisationerna", begin="Ansvarig ")
    return paper.document()


TRUTH = {
    "title": "Beslutad handlingsplan 2026",
    "years": [2026],
    "chapters": [["", "Organisation", "Länets ledningsgrupp beslutar om medlen."]],
    "areas": [
        {
            "number": "1",
            "title": "Samsjuklighet",
            "fields": {"description": "Ansvaret är delat mellan huvudmännen."},
            "directives": [
                {"number": "1", "title": "Gemensam utredning", "fields": {
                    "background": "Patienter skickas mellan enheter.", "purpose": "En utredning i stället för två.",
                    "goal": "Utredningen är klar på sex veckor."}},
            ],
            "activities": [
                {"title": "Handledning till boendestödjare", "fields": {
                    "description": "Handledningen ges varje månad.", "responsible": "Beroendecentrum"}},
            ],
        },
        {
            "number": "2",
            "title": "Brukarmedverkan",
            "fields": {"description": "Egen erfarenhet tas till vara."},
            "activities": [
                {"title": "Revision av två verksamheter", "fields": {
                    "timeline": "Hösten 2026", "responsible": "Brukarorganisationerna"}},
            ],
        },
    ],
}  # fmt: skip
