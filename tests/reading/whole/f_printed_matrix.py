"""PDF that LibreOffice made of a Word file lying down: a matrix for each area with questions and other words as heads."""

from __future__ import annotations

from docx.enum.section import WD_ORIENT

from tests.reading.makers import printed
from tests.reading.whole import activities
from tests.reading.whole.pens import Word

HEAD = ("Aktivitet", "Nuläge", "Målbild", "Vem", "Till när", "Hur vet vi att vi lyckats?")
KEYS = {
    "Aktivitet": "title", "Nuläge": "baseline", "Målbild": "goal", "Vem": "responsible", "Till när": "timeline",
    "Hur vet vi att vi lyckats?": "indicators",
}  # fmt: skip
AREAS = {
    "Minska tillgången till medel": (
        ("Inventera farliga platser", "Platserna är okända", "Alla platser är kartlagda",
         "Kommunernas säkerhetssamordnare", "Maj 2024", "Kartan finns"),
        ("Läkemedelsgenomgångar", "Stora förpackningar skrivs ut", "Mindre förpackningar", "Region Västerbotten",
         "Löpande", "Statistik från apotek"),
    ),
    "Öka kunskapen": (
        ("Utbildning för lärare", "Få har gått kurs", "Hälften har gått kurs", "Umeå kommun", "Läsåret 2024/25",
         "Antal lärare"),
        ("Föreläsning för allmänheten", "Samtalet är tyst", "Fler vågar fråga", "Suicide Zero", "September 2024",
         "Antal besökare"),
    ),
}  # fmt: skip


def content() -> bytes | None:
    word = Word()
    section = word.file.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    word.title("Handlingsplan suicidprevention Västerbotten 2024–2025")
    word.h(1, "Bakgrund")
    word.p("Västerbotten har antagit en nollvision. Planen gör den till arbete.")
    for name, rows in AREAS.items():
        word.h(1, f"Insatsområde – {name}")
        word.rows(HEAD, *rows, bold=False)
    return printed(word.saved())


TRUTH = {
    "title": "Handlingsplan suicidprevention Västerbotten 2024–2025",
    "county": "24",
    "years": [2024, 2025],
    "areas": [{"title": name, "activities": activities(KEYS, HEAD, rows)} for name, rows in AREAS.items()],
}
