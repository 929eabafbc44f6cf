"""Word with styles: areas under a heading that calls them so, a matrix for each with other words for its columns."""

from __future__ import annotations

from samplan.domain.reading.source import SourceDocument
from tests.reading.made_up import Paper

HEAD = ("Åtgärd", "Utgångsläge", "Målsättning", "Mått", "När", "Vem")
YOUNG = (
    ("Föräldragrupper i tre orter", "Grupper finns i en ort", "Alla föräldrar till barn under sex år erbjuds en grupp",
     "Antal grupper och deltagare", "Hösten 2025", "Familjecentralerna"),
    ("Elevhälsan utbildas i samtal om mående", "Var femte skola har utbildad personal", "Varje skola har två utbildade",
     "Andel skolor", "2025–2026", "Skolcheferna"),
)  # fmt: skip
OLD = (
    ("Hembesök till ensamma över 80 år", "Görs i två kommuner", "Görs i alla kommuner", "Antal besök", "Mars 2026",
     "Äldreomsorgen och primärvården"),
)  # fmt: skip


def document() -> SourceDocument:
    paper = Paper()
    paper.h(1, "Handlingsplan för psykisk hälsa 2025–2026")
    paper.h(1, "Inledning")
    paper.p("Parterna i Björkviks län har enats om vad de gör tillsammans de två kommande åren.")
    paper.h(1, "Så samverkar vi")
    paper.p("En styrgrupp med chefer från regionen och kommunerna leder arbetet.")
    paper.h(1, "Prioriterade områden")
    paper.p("Planen har två områden.")
    paper.h(2, "Trygga uppväxtvillkor")
    paper.p("Många barn har det bra, men skillnaderna mellan orterna är stora.")
    paper.table(HEAD, *YOUNG)
    paper.h(2, "Äldres hälsa")
    paper.p("Ensamhet är vanligt bland de äldsta.")
    paper.table(HEAD, *OLD)
    return paper.document()


def _activity(row: tuple[str, ...]) -> dict[str, object]:
    names = ("baseline", "goal", "indicators", "timeline", "responsible")
    return {"title": row[0], "fields": dict(zip(names, row[1:], strict=True))}


TRUTH = {
    "title": "Handlingsplan för psykisk hälsa 2025–2026",
    "years": [2025, 2026],
    "chapters": [
        ["", "Inledning", "Parterna i Björkviks län har enats om vad de gör tillsammans de två kommande åren."],
        ["", "Så samverkar vi", "En styrgrupp med chefer från regionen och kommunerna leder arbetet."],
        ["", "Prioriterade områden", "Planen har två områden."],
    ],
    "areas": [
        {
            "title": "Trygga uppväxtvillkor",
            "fields": {"description": "Många barn har det bra, men skillnaderna mellan orterna är stora."},
            "activities": [_activity(row) for row in YOUNG],
        },
        {
            "title": "Äldres hälsa",
            "fields": {"description": "Ensamhet är vanligt bland de äldsta."},
            "activities": [_activity(row) for row in OLD],
        },
    ],
}
