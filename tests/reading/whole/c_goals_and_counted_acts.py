"""Word, headings counted by hand: each area has counted goals and counted activities with a line for each thing."""

from __future__ import annotations

from tests.reading.whole.pens import Word

AREAS = {
    "Barn som anhöriga": (
        "Ett barn av sju har en förälder med allvarliga svårigheter.",
        ("Alla barn som är anhöriga får frågan hur de mår.", "Stödet finns i varje kommun."),
        (("Samtalsgrupper i fem kommuner", "Anhörigkonsulenterna", "Två omgångar per år", "375 tkr"),
         ("Checklista för vuxenpsykiatrin", "Verksamhetschefen", "Klar den 15 april 2026", "60 000 kr")),
    ),
    "Psykisk hälsa på jobbet": (
        "Sjukskrivningarna ökar mest bland kvinnor i vården.",
        ("Arbetsgivarna vet hur de förebygger stress.",),
        (("Chefsutbildning", "HR-avdelningarna", "Våren 2027", "1,4 mkr"),),
    ),
}  # fmt: skip


def content() -> bytes:
    word = Word(head="Länsrådet", foot="Sida 3 av 11")
    word.title("Handlingsplan för psykisk hälsa")
    word.title("Västmanlands län 2026–2027", "Subtitle")
    word.h(1, "1. Bakgrund och syfte")
    word.p("Länsrådet beslutade om planen i oktober 2025.")
    word.h(1, "2. Prioriterade områden")
    for n, (name, (text, goals, acts)) in enumerate(AREAS.items(), start=1):
        word.h(2, f"2.{n} {name}")
        word.p(text)
        word.h(3, "Mål")
        for m, goal in enumerate(goals, start=1):
            word.p(f"Mål {m}: {goal}")
        word.h(3, "Aktiviteter")
        for m, (title, who, when, money) in enumerate(acts, start=1):
            word.h(4, f"Aktivitet {m} – {title}")
            word.p(who, lead="Ansvarig: ")
            word.p(when, lead="Tidplan: ")
            word.p(money, lead="Kostnad: ")
    word.h(1, "3. Så arbetar vi vidare")
    word.p("Planen ses över varje år.")
    return word.saved()


TRUTH = {
    "title": "Handlingsplan för psykisk hälsa",
    "county": "19",
    "years": [2026, 2027],
    "amounts": [375000, 60000, 1400000],
    "dates": ["2026–2027", "oktober 2025", "15 april 2026", "Våren 2027"],
    "chapters": [
        ["1", "Bakgrund och syfte", "Länsrådet beslutade om planen i oktober 2025."],
        ["2", "Prioriterade områden", ""],
        ["3", "Så arbetar vi vidare", "Planen ses över varje år."],
    ],
    "areas": [
        {
            "number": f"2.{n}",
            "title": name,
            "fields": {"description": text},
            "goals_any": list(goals),
            "activities": [
                {"number": str(m), "title": title, "fields": {"responsible": who, "timeline": when, "budget": money}}
                for m, (title, who, when, money) in enumerate(acts, start=1)
            ],
        }
        for n, (name, (text, goals, acts)) in enumerate(AREAS.items(), start=1)
    ],
}
