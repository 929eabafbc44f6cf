"""Search with Swedish stems, each word also as the beginning of a longer one ("suicid" finds "suicidprevention"). The
index is small, made of texts in memory, and the same whatever the database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"\w+", re.UNICODE)
TITLE, TEXT = 8, 1
"""What a word in the title and in the text weighs."""
MOST = 50
_stemmer = snowballstemmer.stemmer("swedish")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    return str(_stemmer.stemWord(word.casefold()))


def stems(text: str) -> list[str]:
    return [stem(word) for word in WORD.findall(text)]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to find: where it stands, in which year and place, and all its words."""

    title: str
    url: str
    kind: str
    place: str
    year: int
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """`before`, `match`, `after`: the words around the first match."""

    entry: Entry
    before: str
    match: str
    after: str


@dataclass(frozen=True, slots=True)
class Indexed:
    entry: Entry
    title: tuple[str, ...]
    text: tuple[str, ...]


def index(entries: Iterable[Entry]) -> tuple[Indexed, ...]:
    return tuple(Indexed(entry, tuple(stems(entry.title)), tuple(stems(entry.text))) for entry in entries)


def search(query: str, indexed: Sequence[Indexed]) -> list[Hit]:
    """Entries that hold every word of the query, the best first."""
    wanted = list(dict.fromkeys(stems(query)))
    if not wanted:
        return []
    found = []
    for one in indexed:
        weights = [
            TITLE * sum(word.startswith(want) for word in one.title)
            + TEXT * min(5, sum(word.startswith(want) for word in one.text))
            for want in wanted
        ]
        if all(weights):
            found.append((-sum(weights), -one.entry.year, one.entry.title, one))
    found.sort(key=lambda hit: hit[:3])
    return [_hit(one, wanted) for _weight, _year, _title, one in found[:MOST]]


def _hit(one: Indexed, wanted: Sequence[str]) -> Hit:
    text = one.entry.text
    for word in WORD.finditer(text):
        if any(stem(word.group()).startswith(want) for want in wanted):
            start, end = max(0, word.start() - 90), min(len(text), word.end() + 120)
            if start:  # at the beginning of a word
                start = text.find(" ", start, word.start()) + 1 or start
            if end < len(text):
                end = max(text.rfind(" ", word.end(), end), word.end())
            return Hit(
                one.entry,
                ("… " if start else "") + text[start : word.start()].lstrip().replace("\n", " "),
                word.group(),
                text[word.end() : end].replace("\n", " ") + (" …" if end < len(text) else ""),
            )
    return Hit(one.entry, text[:200].replace("\n", " "), "", "")
