"""The five documents with something taken away or replaced, for tests of what a reading goes by."""

from __future__ import annotations

import re
from typing import Any

from tests.reading import seeds, truth
from tests.reading.truth import letters

_NUMBER = re.compile(r"^(\s?)(\d{1,2}(?:\.\d{1,2})*\.?)(\s+)(?=[A-ZÅÄÖ])")
_NOTE = re.compile(r"^\s?\d+ .*(?:\(\w+\.\w+\)|\d{4})")


def without_numbers(name: str) -> str:
    """The document with the numbers of its headings taken away; numbered lists, footnotes and "Aktivitet 1" stay."""
    lines = seeds.content(name).decode("utf-8-sig").split("\n")
    headings = _numbered_titles(truth.load(name))
    return "\n".join(_bare(line, headings) for line in lines)


def _bare(line: str, headings: set[str]) -> str:
    match = _NUMBER.match(line)
    if match is None or _NOTE.match(line):
        return line
    begin = letters(re.sub(r"\.{2,}\s*\d*|\t\d+", "", line[match.end() :]))
    told = any(heading.startswith(begin) or begin.startswith(heading) for heading in headings if begin)
    return match[1] + line[match.end() :] if told else line


def _numbered_titles(told: dict[str, Any]) -> set[str]:
    """Titles that stand in the document with a number before them, and the labels that are numbered there."""
    titles = [title for number, title, _ in told["chapters"] if number]
    for area in told["areas"]:
        titles += [f"Direktiv {node['title']}" for node in area.get("directives", []) if "." in node.get("number", "")]
        nodes = [area, *area.get("directives", []), *area.get("activities", [])]
        titles += [node["title"] for node in nodes if "." in node.get("number", "") or node is area]
    labels = ("Måluppfyllelse", "Planering", "Resultat och uppföljning", "Övriga", "Insatser inom ramen", "Redovisade")
    return {letters(title) for title in (*titles, *labels)}


WORDS = (
    "lönn", "ek", "björk", "asp", "sälg", "hägg", "rönn", "oxel", "alm", "ask", "bok", "lind", "gran", "tall",
    "idegran", "mossa", "lav", "ljung", "viol", "klocka", "blåsippa", "vitsippa", "smultron", "hallon", "lingon",
)  # fmt: skip


def other_words(text: str, salt: int = 0) -> str:
    """The same shape in other words: as many, as long or nearly, capitals where they were."""

    def other(match: re.Match[str]) -> str:
        word = match.group()
        made = ""
        place = sum(map(ord, word.lower())) + len(word) + salt
        while len(made) < len(word):
            made += WORDS[place % len(WORDS)]
            place = place * 7 + 3
        made = made[: len(word)]
        if word.isupper() and len(word) > 1:
            return made.upper()
        return made[:1].upper() + made[1:] if word[:1].isupper() else made

    return re.sub(r"[A-Za-zÅÄÖåäöéü]+", other, text)
