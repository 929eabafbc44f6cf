"""Small documents in shapes that no other test holds: what becomes an area, what an activity, what a field."""

from __future__ import annotations

from typing import Any

import pytest

from samplan.edges.imports.drafting import drafted
from samplan.edges.imports.readers import pdf as pdf_reader
from samplan.edges.imports.readers import text
from tests.reading.made_up import Paper
from tests.reading.pdf_files import bold, pdf
from tests.reading.pdf_files import text as drawn

UNKNOWN_LABELS = """Handlingsplan 2026–2027 i Sörmland

Insatsområde 1: Barn

Aktivitet 1: Trygga övergångar

Syfte: Att färre lämnar skolan utan stöd.
Så gör vi: Skolorna bygger en gemensam rutin.
Den provas i två kommuner.
Ansvar: Elevhälsan
Klart: Hösten 2026

Aktivitet 2: Samtal för föräldrar

Syfte: Att föräldrar får råd.
Så gör vi: Samtal en gång i veckan.
Ansvar: Familjecentralerna
Klart: Våren 2027
"""

LABELS_AS_HEADINGS = """# Handlingsplan 2026

# Barn

## Stärkt elevhälsa

### Målsättning

Alla skolor har tid för samtal.

### Utfall

Tolv skolor är med.

### Nästa steg

Rutinen sprids.

# Äldre

## Mötesplatser

### Målsättning

Fler mötesplatser finns.

### Utfall

Tre nya platser.

### Nästa steg

En plats i norr.
"""

BOLD_LEADS = """# Plan för kunskap

## Insatsområde: Kunskap

### Aktiviteter

1. **Utbilda personal.** Alla i vården går en utbildning.
2. **Sprid material** Ett material tas fram till skolorna.
"""

TYPED_TABLE = """# Plan 2026

## Barn

| Aktivitet | Målsätt ning | Ansvarig |
| --- | :-: | --- |
| Samtal i skolan | Trygghet | Skolan |
| Kurs | Råd | Kommunen |
"""

GROUP_ALONE = """# Plan 2026

## Bakgrund

En text om varför planen behövs och vem som skrev den.

## Insatser

### Stärkt elevhälsa

Syfte: Att alla får stöd.
Ansvar: Skolan

### Föräldrastöd

Syfte: Att föräldrar får råd.
Ansvar: Kommunen
"""

CASES: dict[str, tuple[str, list[tuple[str, list[tuple[str, dict[str, str]]]]]]] = {
    "a label that nobody knows describes further": (
        UNKNOWN_LABELS,
        [
            (
                "Barn",
                [
                    (
                        "Trygga övergångar",
                        {
                            "purpose": "Att färre lämnar skolan utan stöd.",
                            "description": "Så gör vi: Skolorna bygger en gemensam rutin. Den provas i två kommuner.",
                            "responsible": "Elevhälsan",
                            "timeline": "Hösten 2026",
                        },
                    ),
                    (
                        "Samtal för föräldrar",
                        {
                            "purpose": "Att föräldrar får råd.",
                            "description": "Så gör vi: Samtal en gång i veckan.",
                            "responsible": "Familjecentralerna",
                            "timeline": "Våren 2027",
                        },
                    ),
                ],
            )
        ],
    ),
    "labels as headings under activities": (
        LABELS_AS_HEADINGS,
        [
            (
                "Barn",
                [
                    (
                        "Stärkt elevhälsa",
                        {
                            "goal": "Alla skolor har tid för samtal.",
                            "result": "Tolv skolor är med.",
                            "next_steps": "Rutinen sprids.",
                        },
                    )
                ],
            ),
            (
                "Äldre",
                [
                    (
                        "Mötesplatser",
                        {
                            "goal": "Fler mötesplatser finns.",
                            "result": "Tre nya platser.",
                            "next_steps": "En plats i norr.",
                        },
                    )
                ],
            ),
        ],
    ),
    "a numbered list with bold leads": (
        BOLD_LEADS,
        [
            (
                "Kunskap",
                [
                    ("Utbilda personal", {"description": "Alla i vården går en utbildning."}),
                    ("Sprid material", {"description": "Ett material tas fram till skolorna."}),
                ],
            )
        ],
    ),
    "a typed table with a word broken in its head": (
        TYPED_TABLE,
        [
            (
                "Barn",
                [
                    ("Samtal i skolan", {"goal": "Trygghet", "responsible": "Skolan"}),
                    ("Kurs", {"goal": "Råd", "responsible": "Kommunen"}),
                ],
            )
        ],
    ),
    "a heading over activities that no area holds": (
        GROUP_ALONE,
        [
            (
                "Insatser",
                [
                    ("Stärkt elevhälsa", {"purpose": "Att alla får stöd.", "responsible": "Skolan"}),
                    ("Föräldrastöd", {"purpose": "Att föräldrar får råd.", "responsible": "Kommunen"}),
                ],
            )
        ],
    ),
}


def draft_of(content: str) -> dict[str, Any]:
    draft = drafted(text.read(content.encode(), "a file"))
    assert "".join(piece["text"] for piece in draft.pieces()) == content
    return draft.to_json()


@pytest.mark.parametrize("case", CASES)
def test_a_shape_is_read(case: str) -> None:
    content, expected = CASES[case]
    areas = [
        (
            area["title"],
            [
                (node["title"], {key: " ".join(value.split()) for key, value in node["fields"].items()})
                for node in area["activities"]
            ],
        )
        for area in draft_of(content)["areas"]
    ]
    assert areas == expected


@pytest.mark.parametrize(
    ("title", "code"),
    [("Plan för Sörmland 2026–2027", "04"), ("Region Jämtland Härjedalen, plan 2026", "23"), ("En plan 2026", None)],
)
def test_a_county_by_its_everyday_name(title: str, code: str | None) -> None:
    county = draft_of(f"{title}\n\nInledning\n\nHär står en text.\n")["county"]
    assert (county and county["code"]) == code


def test_lines_of_a_cover_under_a_title_are_no_chapter() -> None:
    paper = Paper()
    paper.h(1, "Länsgemensam plan")
    paper.p("Redovisning av medel 2025")
    paper.p("2026-01-31")
    paper.h(1, "1 Inledning")
    paper.p("Här står en text.")
    paper.h(1, "2 Barn")
    paper.h(2, "2.1 Måluppfyllelse")
    paper.p("Målet nåddes.")
    paper.h(2, "2.2 Nästa steg")
    paper.p("Arbetet går vidare.")
    draft = drafted(paper.document()).to_json()
    assert (draft["title"], draft["years"]) == ("Länsgemensam plan", [2025])
    assert [chapter["title"] for chapter in draft["chapters"]] == ["Inledning"]
    assert [area["title"] for area in draft["areas"]] == ["Barn"]


TWO_LINES = """Handlingsplan för psykisk hälsa
Länsgemensamt arbete i Västmanland 2026–2028

Inledning

Planen är gemensam.

Område 1: Skola

Vad vi vill uppnå

- Alla mår bra.
- Fler går i skolan.
"""


def test_a_title_over_two_lines_and_goals_in_plain_words() -> None:
    draft = drafted(text.read(TWO_LINES.encode(), "plan.txt")).to_json()
    title = "Handlingsplan för psykisk hälsa\nLänsgemensamt arbete i Västmanland 2026–2028"
    assert (draft["title"].split(), draft["years"]) == (title.split(), [2026, 2027, 2028])
    assert [(area["title"], [goal["text"] for goal in area["goals"]]) for area in draft["areas"]] == [
        ("Skola", ["Alla mår bra.", "Fler går i skolan."])
    ]


def test_a_heading_after_an_item_is_no_part_of_it_and_counting_goes_on_under_another_heading() -> None:
    marked = "# Plan 2026\n\n## Område: Skola\n\n### Mål\n\n- Ingen väntar\n\n### Vad vi gör\n\n- Kurser\n- Träffar\n"
    area = drafted(text.read(marked.encode(), "plan.md")).to_json()["areas"][0]
    assert [goal["text"] for goal in area["goals"]] == ["Ingen väntar"]
    assert [one["title"] for one in area["activities"]] == ["Kurser", "Träffar"]


def test_counted_activities_of_a_printed_list() -> None:
    page = bold(60, 80, "Plan för psykisk hälsa 2026", 22)
    place, number = 120, 0
    for name in ("Skola", "Vård"):
        page += bold(60, place, f"Område: {name}", 15) + bold(60, place + 26, "Aktiviteter", 13)
        for title in ("Stöd till alla föräldrar", "En mottagning som är öppen", "Utbildning"):
            number += 1
            page += drawn(60, place + 32 + 14 * ((number - 1) % 3 + 1), f"{number}. {title}")
        place += 130
    areas = drafted(pdf_reader.read(pdf([page]), "plan.pdf", lambda _done, _of: None)).to_json()["areas"]
    titles = ["Stöd till alla föräldrar", "En mottagning som är öppen", "Utbildning"]
    assert [[one["title"] for one in area["activities"]] for area in areas] == [titles, titles]
