"""Names in Swedish order, the same on every database."""

from __future__ import annotations

import unicodedata

# Swedish order: a–z, å, ä, ö; ü sorts as y; other accents do not count (as in Svenska Akademiens ordlista).
_LETTERS = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "ü": "y"}


def swedish_key(text: str) -> str:
    """A key that sorts names as Swedes do: Arboga, Örebro last, Åmål before Älmhult; case and accents do not count."""
    letters = []
    for letter in unicodedata.normalize("NFC", text.casefold()):
        if letter in _LETTERS:
            letters.append(_LETTERS[letter])
        else:
            bare = unicodedata.normalize("NFD", letter)
            letters.append("".join(part for part in bare if not unicodedata.combining(part)))
    return "".join(letters)
