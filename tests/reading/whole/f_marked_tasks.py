"""Markdown: areas with goals under a heading of other words, activities with their facts in bold, a table of kronor."""

from __future__ import annotations

AREAS = {
    "Hälsofrämjande miljöer": (
        ("Fler mötesplatser för unga", "Mindre ensamhet"),
        (("Fritidsbank i varje kommun", "Alla ska kunna låna utrustning.", "Karlstads kommun", "2025"),
         ("Kulturkort för unga", "Ge unga tillgång till kultur.", "Region Värmland", "Hösten 2025")),
    ),
    "Vård i rätt tid": (
        ("Ingen väntar längre än 30 dagar",),
        (("Första linjen öppnar lördagar", "Korta väntan.", "Vårdcentralerna i Arvika och Säffle", "Från 1 mars 2025"),),
    ),
}  # fmt: skip
MONEY = """
## Pengar

| Post | Mottagare | Kronor |
|---|---|---|
| Fritidsbank | Kommunerna | 640 000 |
| Kulturkort | Regionen | 310 000 |
| Summa | | 950 000 |
"""


def content() -> bytes:
    lines = ["# Plan för psykisk hälsa i Värmland 2025", "Fastställd den 12 februari 2025.", "## Om planen",
             "Planen samlar det som parterna gör tillsammans."]  # fmt: skip
    for n, (name, (goals, acts)) in enumerate(AREAS.items(), start=1):
        lines += [f"## Fokusområde {n} – {name}", "### Vad vi vill uppnå", "\n".join(f"- {goal}" for goal in goals)]
        lines.append("### Vad vi gör")
        for title, purpose, who, when in acts:
            lines += [f"#### {title}", f"**Syfte:** {purpose}", f"**Vem:** {who}", f"**När:** {when}"]
    return ("\n\n".join(lines) + "\n" + MONEY).encode()


TRUTH = {
    "title": "Plan för psykisk hälsa i Värmland 2025",
    "county": "17",
    "years": [2025],
    "amounts": [640000, 310000, 950000],
    "money": [["", "municipalities", 640000], ["", "region", 310000]],
    "areas": [
        {
            "number": str(n),
            "title": name,
            "goals_any": list(goals),
            "activities": [
                {"title": title, "fields": {"purpose": purpose, "responsible": who, "timeline": when}}
                for title, purpose, who, when in acts
            ],
        }
        for n, (name, (goals, acts)) in enumerate(AREAS.items(), start=1)
    ],
}
