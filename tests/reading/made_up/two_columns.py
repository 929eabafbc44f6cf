"""A PDF in two columns, as its lines: headings larger and bold, words divided at the end of lines."""

from __future__ import annotations

from samplan.domain.reading.source import SourceDocument
from tests.reading.made_up import drawn

LEFT, RIGHT = 60.0, 310.0


def document() -> SourceDocument:
    return drawn(
        [
            ("Länsplan för psykisk hälsa 2027", 20.0, True, LEFT, 0.0),
            ("Bakgrund", 14.0, True, LEFT, 1.5),
            ("Länet har tio kommuner med olika för-", 10.0, False, LEFT, 0.4),
            ("utsättningar. Planen gäller alla.", 10.0, False, LEFT, 0.2),
            ("Fokusområde 1: Barns första år", 14.0, True, LEFT, 1.5),
            ("De första åren betyder mycket för hur", 10.0, False, LEFT, 0.4),
            ("barn mår senare i livet.", 10.0, False, LEFT, 0.2),
            ("Långsiktiga mål", 11.0, True, LEFT, 1.0),
            ("• Alla barn växer upp i trygga hem.", 10.0, False, LEFT, 0.4),
            ("• Fler föräldrar får stöd i tid innan det", 10.0, False, LEFT, 0.3),
            ("blir svårt.", 10.0, False, LEFT + 10, 0.2),
            ("Aktiviteter", 11.0, True, LEFT, 1.0),
            ("• Utökade hembesök i alla kommuner", 10.0, False, RIGHT, 0.4),
            ("• Föräldrautbildning på fem språk", 10.0, False, RIGHT, 0.3),
            ("Fokusområde 2: Vård i rätt tid", 14.0, True, RIGHT, 1.5),
            ("Väntetiderna är långa och skiljer sig åt.", 10.0, False, RIGHT, 0.4),
            ("Kortsiktiga mål", 11.0, True, RIGHT, 1.0),
            ("• Ingen väntar mer än trettio dagar.", 10.0, False, RIGHT, 0.4),
            ("Aktiviteter", 11.0, True, RIGHT, 1.0),
            ("• En väg in för hela länet", 10.0, False, RIGHT, 0.4),
        ]
    )


TRUTH = {
    "title": "Länsplan för psykisk hälsa 2027",
    "years": [2027],
    "chapters": [["", "Bakgrund", "Länet har tio kommuner med olika förutsättningar. Planen gäller alla."]],
    "areas": [
        {
            "number": "1",
            "title": "Barns första år",
            "fields": {"description": "De första åren betyder mycket för hur barn mår senare i livet."},
            "goals_long": ["Alla barn växer upp i trygga hem.", "Fler föräldrar får stöd i tid innan det blir svårt."],
            "activities": [{"title": "Utökade hembesök i alla kommuner"}, {"title": "Föräldrautbildning på fem språk"}],
        },
        {
            "number": "2",
            "title": "Vård i rätt tid",
            "fields": {"description": "Väntetiderna är långa och skiljer sig åt."},
            "goals_short": ["Ingen väntar mer än trettio dagar."],
            "activities": [{"title": "En väg in för hela länet"}],
        },
    ],
}
