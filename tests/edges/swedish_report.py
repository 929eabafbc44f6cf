"""A large Swedish report as a neutral document: everything the writers must cope with, in quantity."""

from __future__ import annotations

from samplan.domain.document import (
    Block,
    Cell,
    Document,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Source,
    Table,
    Text,
    plain,
)
from samplan.domain.markup import parse

MUNICIPALITIES = (
    ("Bollnäs", 26_204),
    ("Gävle", 104_030),
    ("Hofors", 9_216),
    ("Hudiksvall", 37_526),
    ("Ljusdal", 18_434),
    ("Nordanstig", 9_288),
    ("Ockelbo", 5_709),
    ("Ovanåker", 11_312),
    ("Sandviken", 38_340),
    ("Söderhamn", 24_435),
)
AREAS = ("Psykisk hälsa", "Suicidprevention", "Samsjuklighet", "Delaktighet", "Unga", "Äldre", "Kunskap", "Ledning")
MARKED_UP = """Kommunerna ska kunna hålla kurser i **första hjälpen** vid psykisk ohälsa för dem som möter människor i
sitt arbete. Se [länets handlingsplan](https://exempel.se/plan) och *bilagan*[^1].

- Kurser hålls i alla länets kommuner.
- Det finns kurser för dem som möter
  - unga
  - vuxna och äldre.

1. Kartlägg behoven.
2. Utbilda instruktörer.

## Så gick det

| Mått | 2023 | 2024 |
| --- | ---: | ---: |
| Kurser | 21 | 28 |
| Deltagare | 398 | 452 |

[^1]: Bilagan finns hos länets samordnare.
"""


def number(value: int) -> str:
    return f"{value:,}".replace(",", "\u00a0")


def chart() -> str:
    top = max(people for _, people in MUNICIPALITIES)
    bars = "".join(
        f'<text x="150" y="{n * 26 + 17}" text-anchor="end">{name}</text>'
        f'<rect x="160" y="{n * 26 + 4}" width="{people * 500 // top}" height="18" fill="#1B4A6B"/>'
        for n, (name, people) in enumerate(MUNICIPALITIES)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 700 264" font-family="Inter, sans-serif" font-size="13">'
        f"<title>Invånare</title>{bars}</svg>"
    )


def money_table(key: str, share: int) -> Table:
    def row(name: str, *figures: str, made_up: bool = False) -> tuple[Cell, ...]:
        return (Cell(plain(name), header=True), *(Cell(plain(f, made_up=made_up), "right") for f in figures))

    whole = sum(people for _, people in MUNICIPALITIES)
    rows = tuple(
        row(name, number(people), number(people * share // whole), number(people * share // whole - 7), made_up=n == 5)
        for n, (name, people) in enumerate(MUNICIPALITIES)
    )
    names = ("Kommun", "Invånare", "Fick", "Använt")
    return Table(
        f"Medel {key.rpartition('/')[0]} 2024, kronor",
        tuple(Cell(plain(name), "right" if n else "left", header=True) for n, name in enumerate(names)),
        rows,
        row("Summa", number(whole), number(share), number(share - 70)),
        key=key,
        note=plain("Fördelat efter folkmängd 1 november 2023. Avrundat till hela kronor med största rest."),
        source=Source("agreements.allocation", key),
    )


def wide_table(key: str) -> Table:
    head = ("Direktiv", *(name for name, _ in MUNICIPALITIES), "Region Gävleborg", "Länet tillsammans")
    rows = [[f"Direktiv {n}: utbildningssatsning", *(number(n * 48_591 + c) for c in range(12))] for n in range(1, 9)]
    return Table(
        "Alla direktiv och parter, kronor",
        tuple(Cell(plain(name), "right" if n else "left", header=True) for n, name in enumerate(head)),
        tuple(tuple(Cell(plain(text), "right" if n else "left") for n, text in enumerate(row)) for row in rows),
        key=key,
        source=Source("directives.directive", "all"),
    )


def area(n: int, name: str, directives: int) -> list[Block]:
    key = f"area/{n}"
    source = Source("plans.area", key, "name")
    blocks: list[Block] = [
        Heading(1, plain(name), key, str(n), source),
        Paragraph(plain("Fler i länet vågar fråga hur någon mår."), f"{key}/lead", "lead", source),
    ]
    for d in range(1, directives + 1):
        place = f"{key}/directive/{d}"
        row = Source("directives.directive", place, "background", "2180", "accepted")
        blocks += [
            Heading(2, plain(f"MHFA-utbildningar {d}"), place, f"{n}.{d}", row),
            Paragraph(
                (Text("Sammanlagt hölls "), Text("28 kurser", made_up=True), Text(", flest med inriktning vuxen.")),
                f"{place}/sum",
                source=row,
            ),
            *parse(MARKED_UP, base_level=2, key=f"{place}/background", source=row),
            Heading(3, plain("Vad pengarna gick till"), f"{place}/money", source=row),
            money_table(f"{place}/money/table", 1_500_000 + d),
        ]
    blocks += [
        Figure(
            chart(), f"Stapeldiagram: invånare i länets kommuner, {name}.", f"Invånare, {name}", f"{key}/chart", source
        ),
        Paragraph(plain("Siffrorna är preliminära."), f"{key}/warning", "warning", source),
        Paragraph(plain("”Nu pratar vi om det.”"), f"{key}/quote", "quote", source),
        ListBlock(((Paragraph(plain("Vikarier behövs."), f"{key}/needs/1", source=source),),), key=f"{key}/needs"),
    ]
    return blocks


def big_report(areas: int = 8, directives: int = 3) -> Document:
    """`areas` chapters with `directives` sections each; 8 and 3 make some fifty pages."""
    blocks: list[Block] = []
    for n, name in enumerate(AREAS[:areas], 1):
        blocks += area(n, name, directives)
    blocks += [Heading(1, plain("Alla direktiv"), "all"), wide_table("all/table")]
    return Document(
        title="Årsrapport 2024",
        subtitle="Psykisk hälsa och suicidprevention i Gävleborg",
        language="sv",
        blocks=tuple(blocks),
        cover=(
            plain("Region Gävleborg och länets tio kommuner"),
            plain("Godkänd av Länsledning Välfärd 20 februari 2025"),
        ),
        running_head="Årsrapport 2024, Gävleborg",
        words={"party:2180": "Gävle"},
    )
