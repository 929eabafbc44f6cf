"""A made-up language: every text that is marked for translation stands in ⟦ ⟧, so that one which is not marked is seen.

What remains on a page outside the brackets must be data: something that stands in the database, a name, a number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

import pytest
from bs4 import BeautifulSoup, Comment, Doctype
from django.apps import apps
from django.db import models
from django.utils import dates, translation

OPEN, CLOSE = "⟦", "⟧"
SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-label", "aria-description", "aria-roledescription")
# Names and signs that are the same in every language, and words of the pages that say so themselves.
NAMES = {
    "Samplan", "Svenska", "English", "Markdown", "Word", "PDF", "HTML", "CSV", "Excel", "PowerPoint", "kr", "dpi",
    "https", "http", "www", "docx", "pdf", "html", "svg", "png", "xlsx", "pptx", "txt", "csv", "MB", "kB",
    "px", "rem", "jan", "feb", "mar", "mars", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec",
}  # fmt: skip
TOLD_OTHERWISE = ("code", "pre", "style", "script", "template")
"""Elements whose text is no language: an address, the sample of a file."""


IN_BOTH_LANGUAGES = ".help-panel, .help__lines, [lang]:not(html), .help-rooms, .person__sign"
"""What comes out of data files that have every language, what says itself which language it is in, and initials."""


def _marked(text: str) -> str:
    return f"{OPEN}{text}{CLOSE}" if text.strip() else text


@contextmanager
def made_up_language() -> Iterator[None]:
    """Within, every marked text comes in brackets; dates are left, as their words come from the framework."""
    real = translation._trans
    words = {str(getattr(one, "_args", (one,))[0]) for group in (dates.MONTHS, dates.MONTHS_3, dates.MONTHS_ALT,
             dates.MONTHS_AP, dates.WEEKDAYS, dates.WEEKDAYS_ABBR) for one in group.values()}  # fmt: skip
    gettext, ngettext, pgettext, npgettext = real.gettext, real.ngettext, real.pgettext, real.npgettext

    def plain(text: str) -> str:
        return gettext(text) if text in words or text.isupper() else _marked(gettext(text))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(real, "gettext", plain)
        patch.setattr(real, "ngettext", lambda one, many, number: _marked(ngettext(one, many, number)))
        patch.setattr(
            real, "pgettext",
            lambda context, text: pgettext(context, text) if text in words else _marked(pgettext(context, text)),
        )  # fmt: skip
        patch.setattr(
            real, "npgettext", lambda context, one, many, number: _marked(npgettext(context, one, many, number))
        )
        yield


BLOCKS = (
    "p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "legend", "label", "summary", "button",
    "caption", "figcaption", "option", "div", "section", "body", "title", "text",
)  # fmt: skip


def outside(text: str, depth: int = 0) -> tuple[str, int]:
    """What stands outside every bracket, and how deep one is at the end; brackets may stand in brackets."""
    kept = []
    for sign in text:
        if sign == OPEN:
            depth += 1
            kept.append(" \x00 ")
        elif sign == CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0:
            kept.append(sign)
    return "".join(kept), depth


def visible(html: str) -> Iterator[tuple[str, str]]:
    """Every text that a person sees or hears, without what is marked: (where, the text). A marked text may have
    elements in it, but it ends with the block it stands in."""
    page = BeautifulSoup(html, "html.parser")
    for told in page.select(IN_BOTH_LANGUAGES):
        told.decompose()
    block, depth = None, 0
    for node in page.find_all(string=True):
        if isinstance(node, Comment | Doctype) or any(parent.name in TOLD_OTHERWISE for parent in node.parents):
            continue
        if node.parent.name == "textarea" or not node.strip():
            continue
        here = next((parent for parent in node.parents if parent.name in BLOCKS), None)
        block, depth = here, depth if here is block else 0
        text, depth = outside(str(node), depth)
        yield node.parent.name, text
    for name in SPOKEN:
        for tag in page.find_all(attrs={name: True}):
            yield f"{tag.name}[{name}]", outside(str(tag[name]))[0]
    for button in page.find_all("input", type=["submit", "button", "reset"]):
        yield "input[value]", outside(str(button.get("value", "")))[0]


def _values(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _values(one)
    elif isinstance(value, list):
        for one in value:
            yield from _values(one)


@cache
def data() -> str:
    """Every text in the database, and every text in what is kept as JSON there, one a line."""
    found: set[str] = set()
    for model in apps.get_models():
        if not model.__module__.startswith("samplan."):
            continue
        names = [field.name for field in model._meta.fields if isinstance(field, models.CharField | models.TextField)]
        for row in model._default_manager.values_list(*names) if names else ():
            for text in row:
                if not text:
                    continue
                found.add(str(text))
                if str(text)[:1] in "{[":
                    with suppress(ValueError):
                        found.update(_values(json.loads(text)))
    return bare("\n".join(sorted(found)))


def bare(text: str) -> str:
    """Without the marks of Markdown, as pages show it, and with single spaces."""
    return re.sub(r"[ \t\u00a0]+", " ", re.sub(r"[*_`#>|\\\[\]]", "", text))


def unmarked(html: str, known: str, extra: frozenset[str] = frozenset()) -> list[str]:
    """Texts of a page that are neither marked nor data, nor names."""
    found = []
    for where, text in visible(html):
        for part in re.split(r"[\x00\n.,:;()–—·/”“\"'?!…=+×÷→%]|\d+", bare(text)):
            words = part.strip(" -‑&")
            if len(re.findall(r"[^\W\d_]", words)) < 2 or words in NAMES or words in extra or words in known:
                continue
            if all(word in NAMES or word in extra for word in words.split()):
                continue
            found.append(f"{where}: {words}")
    return list(dict.fromkeys(found))
