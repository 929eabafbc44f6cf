"""Whether two headings name the same thing."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from samplan.domain.reading.vocabulary import plain

MANY: Final = 200
"""Headings among which one of nearly the same name is looked for, so that the time grows with the length alone."""


def same_name(one: str, other: str) -> bool:
    """Whether two headings name the same area: equal, or one is the beginning of the other, word by word."""
    first, second = _name_words(one), _name_words(other)
    if not first or not second:
        return False
    shorter, longer = sorted((first, second), key=len)
    if longer[: len(shorter)] == shorter and (len(shorter) >= 2 or len(longer) <= 3 or shorter == longer):
        return True
    shared = len(set(shorter) & set(longer))
    return len(shorter) >= 3 and shared >= 0.8 * len(set(shorter)) and len(longer) <= 2 * len(shorter)


@lru_cache(maxsize=8192)
def _name_words(text: str) -> list[str]:
    return [word.strip('.,;:()”"') for word in plain(text).replace("/", " ").split() if word.strip(".,;:()–-")]
