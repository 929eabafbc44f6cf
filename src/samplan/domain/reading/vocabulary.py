"""The words that name kinds of headings, labels and columns: data, matched here.

A word matches a heading that is that word, or that word and a short addition ("Mål" matches "Mål med insatsen" and
"Resultat 2024"). Nothing in here knows a county, a document or a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "fields": (),
    "stems": (),
    "columns": ("title", "area", "number", "tags", "steps", "goal_long", "goal_short"),
    "goals": ("long", "short", "any", "county", "item"),
    "groups": ("activities", "points", "directives", "partnerships"),
    "areas": ("one", "many"),
    "prefixes": ("activity", "directive", "partnership", "goal"),
    "chapters": (
        "contents", "sources", "definitions", "values", "perspectives", "situation", "structure", "introduction",
    ),
    "recipients": ("region", "municipalities", "joint"),
    "money": ("amount", "chapter", "total", "section"),
    "tables": ("tags", "status", "lights", "cover", "pictures"),
    "lists": ("lead", "activities", "areas"),
    "bodies": ("heads",),
    "figures": ("units",),
}  # fmt: skip
"""Sections of the data file and their keys; `fields` and `stems` take any key of a field."""

_PREPOSITIONS: Final = frozenset(
    {
        "med", "för", "i", "inom", "av", "under", "till", "på", "kring", "vid", "per", "om", "hos", "från", "inför",
        "utifrån", "enligt", "gällande", "avseende", "samt", "och", "eller", "utan", "utöver", "mot", "genom", "mellan",
    }
)  # fmt: skip
_LONGEST_ADDITION: Final = 6
_LONGEST_LABEL: Final = 4
"""Words of a label that begins with the word of a field: "Läge just nu"."""
_FIELD_KEY: Final = re.compile(r"[a-z][a-z_]{1,40}")


class BadVocabulary(ValueError):
    """A data file that does not have the form; says where."""


def plain(text: str) -> str:
    """What counts of a heading: small letters, single spaces, no marks of punctuation at its ends."""
    text = " ".join(text.casefold().split()).strip(" .:;,?!*_–-—•\u00a0")
    return re.sub(r"\s*/\s*", "/", text)


@dataclass(frozen=True, slots=True)
class Match:
    """`key` within its section; `exact` when nothing was added to the word; `rest` what was added."""

    key: str
    exact: bool
    rest: str = ""


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Words by section and key, each as `plain` makes it."""

    words: Mapping[str, Mapping[str, tuple[str, ...]]]
    _index: dict[str, dict[str, str]] = field(default_factory=dict, compare=False, repr=False)
    _known: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)
    """Heads and labels that were looked up."""

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Vocabulary:
        """From what a TOML file holds. Raises BadVocabulary."""
        words: dict[str, dict[str, tuple[str, ...]]] = {}
        for section, keys in data.items():
            if section not in SECTIONS:
                raise BadVocabulary(f"[{section}]")
            if not isinstance(keys, Mapping):
                raise BadVocabulary(section)
            for key, listed in keys.items():
                known = bool(_FIELD_KEY.fullmatch(key)) if not SECTIONS[section] else key in SECTIONS[section]
                if not known or not isinstance(listed, list) or not all(isinstance(word, str) for word in listed):
                    raise BadVocabulary(f"[{section}] {key}")
                words.setdefault(section, {})[key] = tuple(plain(word) for word in listed if plain(word))
        return cls(words)

    def extended(self, other: Vocabulary) -> Vocabulary:
        """With the words of another added."""
        merged = {section: dict(keys) for section, keys in self.words.items()}
        for section, keys in other.words.items():
            for key, words in keys.items():
                before = merged.setdefault(section, {}).get(key, ())
                merged[section][key] = tuple(dict.fromkeys((*words, *before)))
        return Vocabulary(merged)

    def of(self, section: str, key: str) -> tuple[str, ...]:
        return self.words.get(section, {}).get(key, ())

    def _words_of(self, section: str) -> dict[str, str]:
        if section not in self._index:
            index: dict[str, str] = {}
            for key, words in self.words.get(section, {}).items():
                for word in words:
                    index.setdefault(word, key)
            self._index[section] = index
        return self._index[section]

    def exact(self, section: str, text: str) -> str | None:
        """The key whose word the text is."""
        return self._words_of(section).get(plain(text))

    def match(self, section: str, text: str) -> Match | None:
        """The key whose word the text is, or begins with when a short addition follows; the longest word wins."""
        heading = plain(text)
        index = self._words_of(section)
        if key := index.get(heading):
            return Match(key, True)
        parts = heading.split()
        for length in range(min(len(parts) - 1, 6), 0, -1):
            begin = " ".join(parts[:length])
            rest = parts[length:]
            if not (key := index.get(begin.rstrip(":,"))):
                continue
            open_end = section == "groups" and parts[length - 1] in _PREPOSITIONS and len(rest) <= 4
            if _is_addition(rest) or open_end:
                return Match(key, False, " ".join(rest))
        return None

    def column(self, text: str) -> str | None:
        """The kind of a column by its head: a field's key, or `title`, `area`, `number`, `tags`, `steps` ..."""
        key = self.exact("columns", text) or self.exact("fields", text) or self._broken(text)
        if key is None and (match := self.match("columns", text) or self.match("fields", text)):
            key = match.key
        if key is None and "(" in text:
            return self.column(text[: text.index("(")])
        if key is None and re.search(r"[/,]| och ", text):
            first = re.split(r"[/,]| och ", text, maxsplit=1)[0]
            return self.column(first) if first.strip() and first != text else None
        if key is None and self.exact("money", text) == "amount":
            return "budget"
        return key

    def heads(self, texts: Sequence[str]) -> list[str]:
        """The kinds of columns whose heads stand beside each other, or of labels one below the other; empty where
        unknown.

        Of a head that may be several things the first counts that no other head is: "Vad" is the activity where it
        stands alone, and what is done in it beside "Insats".
        """
        choices = [self.choices(text) for text in texts]
        found = [each[0] if len(each) == 1 else "" for each in choices]
        for place, each in enumerate(choices):
            if len(each) > 1:
                found[place] = next((key for key in each if key not in found), each[-1])
        for place, key in enumerate(found):
            if key == "title" and "title" in found[:place]:
                found[place] = "description"
        return found

    def choices(self, text: str) -> tuple[str, ...]:
        """Everything that a head or label may be, the likeliest first."""
        if (known := self._known.get(text)) is None:
            known = self._known[text] = self._looked_up(text)
        return known

    def _looked_up(self, text: str) -> tuple[str, ...]:
        heading = plain(text)
        sections = ("columns", "fields")
        exact = [key for section in sections for key, words in self.words.get(section, {}).items() if heading in words]
        if exact:
            return tuple(dict.fromkeys(exact))
        key = self.column(text) or self._by_stem(heading)
        return (key,) if key else ()

    def question(self, text: str) -> str | None:
        """The field that a heading in plain words asks for: "Hur gick det?", "Vad vi vill uppnå"."""
        heading = plain(text)
        if text.rstrip(" *_").endswith("?"):
            return self._by_stem(heading)
        return self._by_words(heading) if len(heading.split()) <= _LONGEST_ADDITION else None

    def _by_words(self, heading: str) -> str | None:
        """The key of the longest stem of several words that a heading begins with."""
        stems = self._words_of("stems")
        begins = [stem for stem in stems if " " in stem and heading.startswith(stem)]
        return stems[max(begins, key=len)] if begins else None

    def _by_stem(self, heading: str) -> str | None:
        """The key of a head by the beginning or end of its first word that has one, or by the words that it begins
        with; the longest stem wins."""
        words = re.sub(r"\([^)]*\)|[^\w\s-]", " ", heading).split()
        if not words or len(words) > _LONGEST_ADDITION:
            return None
        stems = self._words_of("stems")
        if begun := self._by_words(heading):
            return begun
        if len(words) <= _LONGEST_LABEL and (key := self._words_of("fields").get(words[0])):
            return key
        for word in words:
            hits = [stem for stem in stems if word.endswith(stem) or (len(stem) > 3 and word.startswith(stem))]
            if hits:
                return stems[max(hits, key=len)]
        return None

    def _broken(self, text: str) -> str | None:
        """The key of one word that a narrow column broke in two: "Utgångsl äge"."""
        whole = "".join(plain(text).split())
        if len(whole) < 6 or (" " not in text.strip() and "\n" not in text.strip()):
            return None
        return self._words_of("columns").get(whole) or self._words_of("fields").get(whole)

    def chapter(self, text: str) -> str:
        """The kind of a chapter by a stem in its heading; `other` without any."""
        heading = plain(text)
        for kind in SECTIONS["chapters"]:
            if any(_has_stem(heading, stem) for stem in self.of("chapters", kind)):
                return kind
        return "other"

    def is_chapter(self, text: str) -> bool:
        """Whether a heading is nothing but a word for a chapter: "Inledning", "Referenser"."""
        heading = plain(text)
        return any(heading in self.of("chapters", kind) and len(heading) > 5 for kind in ("introduction", "sources"))

    def is_caption(self, text: str) -> bool:
        """Whether a line names a picture: "Modell för hur begreppen hänger ihop"."""
        begin = plain(text).split()[:2]
        return (
            len(begin) == 2
            and begin[0] in self.of("tables", "pictures")
            and begin[1] in {*_PREPOSITIONS, "som", "över"}
        )

    def has(self, section: str, key: str, text: str) -> bool:
        """Whether one of the words stands anywhere in the text, as a whole word."""
        return bool(pattern_of(self.of(section, key)).search(text.casefold()))

    def prefix(self, text: str) -> tuple[str, str, str] | None:
        """ "Aktivitet 3 – Kurser" as ("activity", "3", "Kurser"); the number may be missing where a colon follows."""
        for key in SECTIONS["prefixes"]:
            if found := self.lead(self.of("prefixes", key), text):
                return key, *found
        return None

    def lead(self, words: Iterable[str], text: str) -> tuple[str, str] | None:
        """Number and rest of a text that begins with one of the words and a number, a colon or a dash."""
        match = _lead_pattern(tuple(words)).match(" ".join(text.split()))
        if not match:
            return None
        number = match["number"] or ""
        rest = match["rest"].strip()
        if not number and not (match["sign"] or "").strip():
            return None
        return number, rest


def _is_addition(rest: list[str]) -> bool:
    first = rest[0].strip("():–-")
    if len(rest) > _LONGEST_ADDITION:
        return False
    return (
        first in _PREPOSITIONS
        or bool(re.fullmatch(r"(?:19|20)\d\d(?:[–-]\d{2,4})?", first))
        or rest[0].startswith("(")
        or (rest[0] in "–-" and len(rest) > 1)
    )


def _has_stem(heading: str, stem: str) -> bool:
    if len(stem) <= 4:
        return stem in heading.split()
    return bool(re.search(rf"(?:^|[\s(/-])[\wåäö]*{re.escape(stem)}", heading))


@lru_cache(maxsize=256)
def pattern_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words as a whole word, in small letters."""
    if not words:
        return re.compile(r"(?!)")
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)({listed})(?!\w)")


@lru_cache(maxsize=64)
def _lead_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    if not words:
        return re.compile(r"(?!)")
    alternatives = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(
        rf"[*_]*(?:{alternatives})(?:\s+(?:nr\.?\s*)?(?P<number>[a-zåäö]?\d+(?:\.\d+)*[a-z]?|[ivx]{{1,5}}|[a-zåäö])(?=[\s.:)–—-]|$))?"
        r"(?P<sign>\s*[.:)]|\s+[–—-]+(?=\s)|(?=\s*$)|(?=\s))\s*[–—-]?\s*(?P<rest>.*)",
        re.IGNORECASE | re.DOTALL,
    )
