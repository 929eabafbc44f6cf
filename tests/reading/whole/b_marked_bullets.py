"""Markdown from a wiki: activities as headings with bullets, each bullet a bold label and its text."""

from __future__ import annotations

KEYS = {
    "Varför": "purpose", "Så här gör vi": "description", "Ansvarig": "responsible", "Klart": "timeline",
    "Kostnad": "budget", "Läge": "goal_fulfilment",
}  # fmt: skip
AREAS = {
    "Existentiell hälsa": {
        "Samtalsrum på sjukhuset": {"Varför": "Många frågor är inte medicinska.", "Ansvarig": "Sjukhuskyrkan",
                                    "Klart": "2026-06-01", "Kostnad": "ca 30 tkr", "Läge": "Grönt"},
        "Livsberättelser": {"Så här gör vi": "Äldre skriver ner sina liv tillsammans med elever.",
                            "Ansvarig": "Kulturskolan i Mariestad", "Klart": "maj 2027", "Läge": "Gult"},
    },
    "Digital hälsa": {
        "Skärmfri kväll": {"Varför": "Familjer vill umgås mer.", "Ansvarig": "Föräldraföreningarna",
                           "Kostnad": "15 000 kr", "Läge": "Rött"},
    },
}  # fmt: skip


def content() -> bytes:
    out = ["---\ntitle: plan\n---\n\n# Vår plan för psykisk hälsa 2026–2027\n\n## Läs det här först\n\n"
           "Sidan uppdateras löpande.\n\n"]  # fmt: skip
    for n, (name, acts) in enumerate(AREAS.items(), start=1):
        out.append(f"## {n}. Fokusområde: {name}\n\n### Insatser\n\n")
        for title, texts in acts.items():
            out.append(f"#### {title}\n\n")
            out += [f"* **{label}:** {text}\n" for label, text in texts.items()]
            out.append("\n")
    return "".join(out).encode()


TRUTH = {
    "title": "Vår plan för psykisk hälsa 2026–2027",
    "years": [2026, 2027],
    "amounts": [30000, 15000],
    "chapters": [["", "Läs det här först", "Sidan uppdateras löpande."]],
    "areas": [
        {
            "number": str(n),
            "title": name,
            "activities": [
                {"title": title, "fields": {KEYS[label]: text for label, text in texts.items()}}
                for title, texts in acts.items()
            ],
        }
        for n, (name, acts) in enumerate(AREAS.items(), start=1)
    ],
}
