"""The help that comes with the program: a short text for each kind of page, in every language, out of data files.

A page without a text of its own has its room's.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

LANGUAGES = ("sv", "en")
ROOMS = (
    "home", "agreements", "budget", "spending", "plans", "needs", "indicators", "imports", "turn", "bodies",
    "directives", "letters", "questionnaires", "reports", "orgs", "files", "jobs", "help",
)  # fmt: skip
"""The rooms of the workplace in the order of the year; each has one data file or shares one."""


@dataclass(frozen=True, slots=True)
class Ours:
    """A help text: what the page is called there, and restricted Markdown. `page`: its key, a page's or a room's."""

    page: str
    title: str
    text: str


@cache
def _data() -> dict[str, dict[str, Any]]:
    """Every text by its key: "plans:activity" for a page, "plans" for the other pages of a room."""
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(files("samplan.edges.help").joinpath("data").iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            for key, words in tomllib.loads(file.read_text(encoding="utf-8")).items():
                if key in found:
                    raise ValueError(f"help for {key} stands twice, the second time in {file.name}")
                found[key] = words
    return found


def key_of(name: str) -> str:
    """The key of the text that a page shows: its own, that of the page it is told together with, or its room's; empty
    when there is none."""
    room = name.split(":")[0]
    for key in (name, *(one for one, words in _data().items() if name in words.get("also", ())), room):
        if key in _data():
            return key
    return ""


def ours(key: str, language: str) -> Ours:
    """The text of a key. Raises KeyError for an unknown one."""
    words = _data()[key][language if language in LANGUAGES else LANGUAGES[0]]
    return Ours(key, words["title"], words["text"].strip())


def is_page(key: str) -> bool:
    return key in _data()


def keys() -> list[str]:
    """Every key, room by room, a room's own text first."""
    order = {room: at for at, room in enumerate(ROOMS)}
    return sorted(_data(), key=lambda key: (order.get(key.split(":")[0], len(order)), ":" in key))


def names() -> set[str]:
    """The names of every page in the URL table."""

    def walk(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
        for one in patterns:
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, one.namespace or space)
            else:
                yield f"{space}:{one.name}" if space else str(one.name)

    return set(walk(get_resolver().url_patterns))
