"""A plan's activities in cells that are changed where they stand: in the list, the matrix and beside the time line."""

from __future__ import annotations

from urllib.parse import quote

from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samplan.apps.plans.labels import ACTIVITY_FIELDS, PHASES
from samplan.apps.plans.models import Activity
from samplan.apps.plans.moments import when_words
from samplan.base.ui.icons import pointer
from samplan.base.ui.markdown import Figures, render_line
from samplan.domain.indicators import quotes

TEXTS = ("purpose", "responsible", "principal", "follow_up", "funding")
CELLS = ("title", "phase", "when", *TEXTS)
"""The fields that are changed in cells; `when` is from, to and how exactly."""
MOST = 180
"""So many letters of a text a cell shows."""
_SOME = "00000000-0000-0000-0000-000000000000"


def field_words(field: str) -> str:
    """What a cell's field is called."""
    own = {"title": _("Rubrik"), "phase": _("Läge"), "when": _("Tid")}
    return own.get(field) or str(ACTIVITY_FIELDS[field])


def when_of(activity: Activity) -> str:
    """When it runs, in words."""
    start, end = (on.isoformat() if on else "" for on in (activity.starts_on, activity.ends_on))
    return when_words(start, end, activity.precision)


def anchor(activity: Activity, field: str) -> str:
    """The name of a cell's place on its page."""
    return f"c-{activity.uid}-{field}"


class Pen:
    """Draws cells, each with its way to be changed. `back`: the page they stand on; `edits`: whether the reader may.

    A page has hundreds of them, so an address is looked up once and a cell is put together here.
    """

    def __init__(self, county: str, year: int, *, back: str, edits: bool, figures: Figures | None = None) -> None:
        self._page = reverse("plans:activity", args=[county, year, _SOME]).replace(_SOME, "{}")
        self._edit = ""
        if edits:
            self._edit = (
                reverse("plans:cell", args=[county, year, _SOME, "x"]).replace(_SOME, "{}").replace("/x/", "/{}/")
            )
        self._till = quote(back)
        self._figures = figures
        self._sign = pointer("edit")
        self._change = _("Ändra %(field)s: %(title)s")
        self._fields = {field: field_words(field).lower() for field in CELLS}

    def cells(self, activity: Activity, fields: tuple[str, ...]) -> dict[str, SafeString]:
        return {field: self.cell(activity, field) for field in fields}

    def value(self, activity: Activity, field: str) -> str:
        """What a field says, alone; nothing for an empty one. Not escaped where it is no markup."""
        empty = field != "title" and not (activity.starts_on if field == "when" else getattr(activity, field))
        return "" if empty else self._value(activity, field)

    def cell(self, activity: Activity, field: str) -> SafeString:
        """What a field says, and the way to change it."""
        name, link = anchor(activity, field), ""
        if self._edit:
            words = self._change % {"field": self._fields[field], "title": activity.title}
            address = f"{self._edit.format(activity.uid, field)}?till={self._till}"
            hidden = f'<span class="hide">{conditional_escape(words)}</span>'
            link = f'<a class="cell__edit" href="{address}">{self._sign}{hidden}</a>'
        value = f'<div class="cell__value">{conditional_escape(self._value(activity, field))}</div>'
        return SafeString(f'<div class="cell cell--{field}" id="{name}">{value}{link}</div>')

    def _value(self, activity: Activity, field: str) -> str:
        match field:
            case "title":
                return format_html('<a href="{}">{}</a>', self._page.format(activity.uid), activity.title)
            case "phase":
                word = PHASES.get(activity.phase, activity.phase)
                return (
                    format_html('<span class="tag phase phase--{}">{}</span>', activity.phase, word)
                    if word
                    else _nothing(_("Inte sagt"))
                )
            case "when":
                return when_of(activity) or _nothing(_("Ingen tid"))
            case "responsible" if not activity.responsible.strip():
                return _nothing(_("Ingen ansvarig"))
        return self._text(getattr(activity, field))

    def _text(self, text: str) -> str:
        """The beginning of a text on one line; what it quotes is not cut."""
        line = " ".join(text.split())
        if not line:
            return "–"
        if quotes(line):
            return render_line(line, figures=self._figures)
        return line if len(line) <= MOST else line[:MOST].rsplit(" ", 1)[0] + " …"


def _nothing(words: str) -> SafeString:
    return format_html('<span class="quiet">{}</span>', words)
