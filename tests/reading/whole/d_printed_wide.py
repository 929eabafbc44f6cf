"""PDF that LibreOffice made of a Word file: one matrix for all, the areas as rows over all columns, long cells."""

from __future__ import annotations

from docx.enum.section import WD_ORIENT

from tests.reading.makers import printed
from tests.reading.whole import activities
from tests.reading.whole.pens import Word

HEAD = ("Insats", "Målgrupp", "Önskad effekt", "Ansvariga", "Tid", "Finansiering")
KEYS = {
    "Insats": "title", "Målgrupp": "target_group", "Önskad effekt": "goal", "Ansvariga": "responsible",
    "Tid": "timeline", "Finansiering": "funding",
}  # fmt: skip
AREAS = {
    "Prioritering 1: Tillgång till stöd": (
        ("Lätt att hitta rätt: en gemensam webbplats med karta över allt stöd i länet", "Invånare som mår dåligt och "
         "deras närstående", "Fler söker hjälp i tid och på rätt ställe", "Kommunikationsdirektörerna", "juni 2026",
         "Statsbidrag 450 tkr"),
        ("Samtal utan remiss", "Unga 16–25 år", "Kortare väntan", "Ungdomsmottagningarna", "2026", "1,2 mkr"),
    ),
    "Prioritering 2: Stark samverkan": (
        ("Samordnad individuell plan i skolan", "Elever med hög frånvaro", "Planen följs", "Rektorerna och BUP",
         "läsåret 2026/27", "inom ram"),
        ("Gemensam utbildning i bemötande för personal i hemtjänst, boendestöd och slutenvård", "Personal hos båda "
         "huvudmännen", "Färre tvångsåtgärder", "Utbildningsgruppen", "hösten 2026", "320 000 kr"),
        ("Nätverk för skolkuratorer", "Kuratorer", "Erfarenheter sprids", "Elevhälsan", "löpande", ""),
    ),
}  # fmt: skip


def content() -> bytes | None:
    word = Word(head="Handlingsplan 2026", foot="Örebro län")
    section = word.file.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    word.title("Handlingsplan för psykisk hälsa i Örebro län 2026")
    word.h(1, "Så läser du tabellen")
    word.p("Varje rad är en insats.")
    word.rows(HEAD, *(row for name, rows in AREAS.items() for row in ((name,), *rows)))
    return printed(word.saved(), tagged=False)


TRUTH = {
    "title": "Handlingsplan för psykisk hälsa i Örebro län 2026",
    "county": "18",
    "years": [2026],
    "amounts": [450000, 1200000, 320000],
    "areas": [
        {
            "number": name.split(":")[0].split()[1],
            "title": name.split(": ")[1],
            "activities": activities(KEYS, HEAD, rows),
        }
        for name, rows in AREAS.items()
    ],
}
