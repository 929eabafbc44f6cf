"""The design system holds together: what the style sheets draw is used, and shown on the component page."""

from __future__ import annotations

import re
from functools import cache

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from samplan.base.ui.tokens import colours, sizes
from tests.edges.test_ui import CSS, SOURCE

SHOWN = ("components.css", "base.css")
"""What every page has. The other sheets belong to pages of their own, which the walk of every page looks at."""
NOT_ON_THE_PAGE = {
    "public",  # the body of the open site
    "skip",  # found by the keyboard on every page
}
ONLY_ON_THE_PAGE = {"is-hover", "is-focus"}


def classes(name: str) -> set[str]:
    """The classes that a style sheet has rules for."""
    text = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", (CSS / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    return set(re.findall(r"\.(-?[a-zA-Z_][\w-]*)", re.sub(r"\{[^{}]*\}", "{}", text)))


@cache
def source() -> str:
    """Everything that could write a class: templates, Python, scripts; not the component page."""
    found = [path for ending in ("html", "py", "js") for path in SOURCE.rglob(f"*.{ending}")]
    written = [path for path in found if path.suffix == ".py" or path.parent.name != "ui"]
    return "\n".join(path.read_text(encoding="utf-8") for path in written)


def is_used(name: str, text: str) -> bool:
    """Written whole, or made of a beginning and a value: `state--{{ shape }}`."""
    if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
        return True
    parts = [name[:at] for at in range(1, len(name)) if name[at - 1] in "-_" and name[:at].strip("-_")]
    return any(re.search(rf"(?<![\w-]){re.escape(part)}(?:\{{|\"\s*\+|'\s*\+|%s|\$\{{)", text) for part in parts)


@pytest.mark.parametrize("name", sorted(path.name for path in CSS.glob("*.css")))
def test_no_class_of_a_style_sheet_is_dead(name: str) -> None:
    assert sorted(one for one in classes(name) - ONLY_ON_THE_PAGE if not is_used(one, source())) == []


def test_the_scan_for_dead_classes_knows_them() -> None:
    assert is_used("state--late", '<span class="state state--{{ shape }}">')
    assert is_used("todo", '<ul class="todo">')
    assert not is_used("todo__sign--nothing", '<ul class="todo">')
    assert not is_used("grid-4", '<div class="grid-2">')


@pytest.mark.django_db
def test_every_component_is_on_the_component_page() -> None:
    page = BeautifulSoup(Client().get("/ui/").content, "html.parser")
    there = {name for tag in page.find_all(class_=True) for name in tag["class"]}
    # Messages come of what one has done; the notices they are made of stand on the page.
    missing = {name for sheet in SHOWN for name in classes(sheet)} - there - NOT_ON_THE_PAGE - {"messages"}
    assert sorted(missing) == []


@pytest.mark.django_db
def test_the_component_page_shows_every_token_with_its_contrast() -> None:
    page = BeautifulSoup(Client().get("/ui/").content, "html.parser")
    told = {code.text.removeprefix("--") for code in page.find_all("code")}
    wanted = {name for name in colours(False) if not name.endswith(("-ground", "-edge"))}
    assert wanted - told == set()
    assert {*sizes("size-"), *sizes("r-")} - told == set()
    assert page.find(string=re.compile("14,6"))  # ink on paper, as the look says


def test_dark_mode_says_every_colour_that_is_not_the_same() -> None:
    assert set(colours(True)) == set(colours(False))
