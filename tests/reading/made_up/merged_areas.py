"""Excel: one sheet, the area as a merged cell over its rows, a long and a short goal beside."""

from __future__ import annotations

from samplan.domain.reading.source import SourceDocument
from tests.reading.made_up import Paper

HEAD = ("Fokusområde", "Långsiktigt mål", "Insats", "Utförare", "Tidpunkt", "Indikator")


def document() -> SourceDocument:
    paper = Paper()
    paper.table(
        HEAD,
        (("Främja psykisk hälsa", 1, 2), ("Fler mår bra", 1, 2), "Kulturpass för unga", "Kulturförvaltningen", "2027",
         "Antal pass"),
        ("^", "^", "Rörelse på recept", "Primärvården", "2027–2028", "Antal recept"),
        (("Stöd till anhöriga", 1, 3), ("Anhöriga orkar", 1, 3), "Anhörigcafé", "Kommunerna", "Från våren 2027",
         "Antal träffar"),
        ("^", "^", "Samtalsgrupper", "Anhörigföreningen", "Hösten 2027", "Deltagare"),
        ("^", "^", "Digital vägledning", "Regionen", "2028", "Besök"),
        name="Plan",
    )  # fmt: skip
    return paper.document("xlsx")


def _activity(title: str, who: str, when: str, measure: str) -> dict[str, object]:
    return {"title": title, "fields": {"responsible": who, "timeline": when, "indicators": measure}}


TRUTH = {
    "title": "",
    "areas": [
        {
            "title": "Främja psykisk hälsa",
            "goals_long": ["Fler mår bra"],
            "activities": [
                _activity("Kulturpass för unga", "Kulturförvaltningen", "2027", "Antal pass"),
                _activity("Rörelse på recept", "Primärvården", "2027–2028", "Antal recept"),
            ],
        },
        {
            "title": "Stöd till anhöriga",
            "goals_long": ["Anhöriga orkar"],
            "activities": [
                _activity("Anhörigcafé", "Kommunerna", "Från våren 2027", "Antal träffar"),
                _activity("Samtalsgrupper", "Anhörigföreningen", "Hösten 2027", "Deltagare"),
                _activity("Digital vägledning", "Regionen", "2028", "Besök"),
            ],
        },
    ],
}
