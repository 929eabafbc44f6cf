"""Excel: one wide sheet with the area repeated on every row, a column for purpose, method, money and who pays."""

from __future__ import annotations

from samplan.domain.reading.source import SourceDocument
from tests.reading.made_up import Paper

HEAD = ("Område", "Åtgärd/insats", "Syfte", "Metod", "Huvudansvarig", "Start och slut", "Budget (kr)", "Finansiering")
ROWS = (
    ("Trygghet", "Nattvandring", "Unga ska känna sig trygga ute", "Vuxna går i par", "Trygghetsrådet", "Maj–sept 2026",
     "75 000", "Länsgemensamma medel"),
    ("Trygghet", "Belysta gångvägar", "Fler vågar gå ut", "Kartläggning och åtgärder", "Tekniska kontoret", "2026",
     "410 000", "Kommunerna"),
    ("Delaktighet", "Brukarråd i varje kommun", "De som berörs ska bestämma mer", "Utbildning och arvode",
     "Brukarsamordnaren", "2026–2027", "260 000", "Länsgemensamma medel"),
)  # fmt: skip


def document() -> SourceDocument:
    paper = Paper()
    paper.table(HEAD, *ROWS, name="Blad1")
    return paper.document("xlsx")


KEYS = ("purpose", "method", "responsible", "timeline", "budget", "funding")
TRUTH = {
    "title": "",
    "amounts": [75000, 410000, 260000],
    "areas": [
        {
            "title": area,
            "activities": [
                {"title": row[1], "fields": dict(zip(KEYS, row[2:], strict=True))} for row in ROWS if row[0] == area
            ],
        }
        for area in ("Trygghet", "Delaktighet")
    ],
}
