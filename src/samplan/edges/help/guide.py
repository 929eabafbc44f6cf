"""The user's guide: chapters in Swedish, restricted Markdown with named pictures, from `docs/handbok`.

In the program the chapters are read without pictures: these are taken by a browser when the guide is built as files
(`python3 start.py guide`), and belong to no installation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PICTURE = re.compile(r"^!\[(?P<words>[^\]]+)\]\((?P<name>[a-z0-9-]+)\.png\)$", re.MULTILINE)
"""A line of its own: what the picture shows, and its name."""
TITLE = re.compile(r"\A# (.+)\n")


@dataclass(frozen=True, slots=True)
class Chapter:
    """`text` without its title, with the lines that name pictures; `lead` is its first paragraph."""

    slug: str
    title: str
    text: str

    @property
    def bare(self) -> str:
        """Without pictures."""
        return re.sub(r"\n{3,}", "\n\n", PICTURE.sub("", self.text)).strip()

    @property
    def lead(self) -> str:
        return self.bare.split("\n\n")[0]

    @property
    def body(self) -> str:
        """Without pictures and without the lead."""
        return self.bare.removeprefix(self.lead).strip()


def folder() -> Path:
    """Beside this file in the built package, in the documentation of a checkout."""
    here = Path(__file__).resolve()
    packed = here.parent / "handbok"
    return packed if packed.is_dir() else here.parents[4] / "docs" / "handbok"


@cache
def chapters() -> list[Chapter]:
    """In order: the files are numbered."""
    found = []
    for path in sorted(folder().glob("[0-9][0-9]-*.md")):
        text = path.read_text(encoding="utf-8")
        title = TITLE.match(text)
        if title is None:
            raise ValueError(f"{path.name} begins with no title")
        found.append(Chapter(path.stem[3:], title[1].strip(), text[title.end() :].strip()))
    return found


def chapter_named(slug: str) -> Chapter | None:
    return next((one for one in chapters() if one.slug == slug), None)
