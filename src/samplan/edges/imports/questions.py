"""The sentence of each question about a document: Swedish, marked; the caller translates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from samplan.edges.imports.labels import gettext_noop

_SENTENCES: Final = {
    ("amount", "state_total"): gettext_noop(
        "Ska %(amount)s kronor vara %(likely)s kronor? Så mycket omfattade statens överenskommelse %(year)s."
    ),
    ("amount", "table_total"): gettext_noop(
        "Ska %(amount)s kronor vara %(likely)s kronor? Så mycket är dokumentets egen tabell tillsammans."
    ),
    ("amount", "same_digits"): gettext_noop(
        "Ska %(amount)s kronor vara %(likely)s kronor? Det beloppet står på ett annat ställe."
    ),
    ("sum", "row"): gettext_noop("Summan står som %(stated)s kronor, men beloppen ovanför blir %(sum)s kronor."),
    ("sum", "text"): gettext_noop("Texten säger %(stated)s kronor, men tabellens belopp blir %(sum)s kronor."),
    ("year", "timeline"): gettext_noop("Gäller tiden %(text)s den här planen, som är för %(years)s?"),
    ("year", "head"): gettext_noop("Sidhuvudet säger %(text)s, men planen är för %(years)s. Vilket är rätt?"),
    ("year", "day"): gettext_noop("Dagen %(text)s finns inte. Vilken dag menas?"),
    ("local_link", "local_link"): gettext_noop(
        "Länken %(text)s leder till en fil på någons egen dator. Finns dokumentet på webben?"
    ),
    ("personal_number", "personal_number"): gettext_noop(
        "Här står något som ser ut som ett personnummer. Ta bort det; personnummer sparas inte."
    ),
    ("duplicate", "title"): gettext_noop("%(text)s står två gånger. Är det samma sak?"),
    ("duplicate", "text"): gettext_noop("%(text)s har ordagrant samma text som %(first)s. Är den kopierad?"),
    ("numbering", "gap"): gettext_noop("Avsnitt %(number)s finns, men inte %(missing)s. Saknas något?"),
    ("numbering", "twice"): gettext_noop("Numret %(number)s står på två rubriker. Vilken ska ha ett annat?"),
    ("numbering", "order"): gettext_noop("Avsnitt %(number)s kommer efter %(after)s. Är ordningen rätt?"),
    ("empty_page", "empty_page"): gettext_noop("Sidan %(text)s är tom. Saknas något där?"),
}  # fmt: skip
_LONGEST_QUOTE: Final = 120


def question(asked: Mapping[str, Any], translate: Callable[[str], str]) -> str:
    """The sentence of a question as it stands in a draft: `kind`, `code`, the `text` it is about, and figures."""
    words = {key: _shown(value) for key, value in asked.items()}
    if "first" in asked and "last" in asked:
        words["years"] = f"{asked['first']}" if asked["first"] == asked["last"] else f"{asked['first']}–{asked['last']}"
        words["year"] = str(asked.get("year", ""))
    elif "year" in asked:
        words["year"] = str(asked["year"])
    return translate(_SENTENCES[asked["kind"], asked["code"]]) % words


def with_sentences(draft: Mapping[str, Any], translate: Callable[[str], str]) -> dict[str, Any]:
    """The draft with whole sentences for its questions, each with its kind, its text and its place alone."""
    asked = [{"kind": each["kind"], "text": question(each, translate), "at": each["at"]} for each in draft["questions"]]
    return {**draft, "questions": asked}


def _shown(value: Any) -> str:
    if isinstance(value, int):
        return f"{value:,}".replace(",", "\u00a0")
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"
