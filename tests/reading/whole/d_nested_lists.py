"""Word: activities as items of a list in bold, what belongs to each as items below, area by area."""

from __future__ import annotations

from tests.reading.whole.pens import Word

AREAS = {
    "Trygg barndom": (
        ("Fadderfamiljer", "Socialtjänsten", "2026-10-01"),
        ("Lov utan kostnad", "Fritidsförvaltningen", "sommaren 2026"),
    ),
    "Hållbart arbetsliv": (
        ("Friskvård på lika villkor", "Arbetsgivarna", "2027"),
        ("Mentorer för nya chefer", "Regionens HR", "våren 2027"),
    ),
}  # fmt: skip


def content() -> bytes:
    word = Word()
    word.title("Plan för psykisk hälsa, Kalmar län 2026")
    word.h(1, "Om planen")
    word.p("Planen är gemensam för alla parter.")
    word.h(1, "Prioriterade områden")
    for name, acts in AREAS.items():
        word.h(2, name)
        word.p("Följande insatser genomförs:")
        for title, who, when in acts:
            word.p("", lead=title, style="List Bullet")
            word.li(f"Ansvarig: {who}", f"Tidsplan: {when}", style="List Bullet 2")
    return word.saved()


TRUTH = {
    "title": "Plan för psykisk hälsa, Kalmar län 2026",
    "county": "08",
    "years": [2026],
    "chapters": [["", "Om planen", "Planen är gemensam för alla parter."], ["", "Prioriterade områden", ""]],
    "areas": [
        {
            "title": name,
            "activities": [
                {"title": title, "fields": {"responsible": who, "timeline": when}} for title, who, when in acts
            ],
        }
        for name, acts in AREAS.items()
    ],
}
