"""Word: nine strategies' way of telling: "Strategi 1: ...", measures as a table of two columns without more."""

from __future__ import annotations

from tests.reading.whole.pens import Word

STRATEGIES = {
    "Goda livschanser": ("Uppväxten ska vara trygg.",
                         (("Förskoleteam", "Förskolecheferna i Gävle"), ("Läxstuga", "Rädda Barnen"))),
    "Mindre alkohol": ("Alkohol ökar risken.",
                       (("Ansvarsfull servering", "Kommunernas handläggare"),)),
    "Medvetenhet": ("Alla kan göra något.",
                    (("Kampanj i september", "Länets kommunikatörer"), ("Teater på gymnasiet", "Kulturförvaltningen"))),
}  # fmt: skip


def content() -> bytes:
    word = Word()
    word.title("Strategi för suicidprevention i Gävleborgs län 2026–2030")
    word.h(1, "Bakgrund")
    word.p("Varje dag dör fyra personer i suicid i landet.")
    for n, (name, (text, rows)) in enumerate(STRATEGIES.items(), start=1):
        word.h(1, f"Strategi {n}: {name}")
        word.p(text)
        word.rows(("Åtgärd", "Ansvarig"), *rows)
    word.h(1, "Referenser")
    word.p("Handlingsprogram för suicidprevention.")
    return word.saved()


TRUTH = {
    "title": "Strategi för suicidprevention i Gävleborgs län 2026–2030",
    "county": "21",
    "years": [2026, 2027, 2028, 2029, 2030],
    "amounts": [],
    "chapters": [
        ["", "Bakgrund", "Varje dag dör fyra personer i suicid i landet."],
        ["", "Referenser", "Handlingsprogram för suicidprevention."],
    ],
    "areas": [
        {
            "number": str(n),
            "title": name,
            "fields": {"description": text},
            "activities": [{"title": title, "fields": {"responsible": who}} for title, who in rows],
        }
        for n, (name, (text, rows)) in enumerate(STRATEGIES.items(), start=1)
    ],
}
