"""Reads about help: what a page shows of ours and of the county's own."""

from __future__ import annotations

from dataclasses import dataclass

from samplan.edges.help.models import PageHelp
from samplan.edges.help.texts import LANGUAGES, Ours, keys, ours


@dataclass(frozen=True, slots=True)
class Help:
    """A page's help as the county's people read it. `changed`: ours is no longer as it was when the county's own was
    written."""

    ours: Ours
    row: PageHelp | None

    @property
    def title(self) -> str:
        return self.ours.title

    @property
    def text(self) -> str:
        """Ours, unless the county has put its own in its place."""
        return "" if self.row is not None and self.row.kind == "replacement" else self.ours.text

    @property
    def own(self) -> str:
        return self.row.text if self.row is not None else ""

    @property
    def changed(self) -> bool:
        return self.row is not None and self.row.ours_then != self.ours.text


def known_language(language: str | None) -> str:
    return language if language in LANGUAGES else LANGUAGES[0]


def help_for(key: str, *, county: str, language: str) -> Help:
    """The help of one page in a county; without a county (""), ours alone."""
    own = PageHelp.objects.filter(county=county, page=key, language=language).first() if county else None
    return Help(ours(key, language), own)


def all_help(county: str, language: str) -> list[Help]:
    """Every text, room by room, with what the county has written."""
    own = {row.page: row for row in PageHelp.objects.filter(county=county, language=language)}
    return [Help(ours(key, language), own.get(key)) for key in keys()]
