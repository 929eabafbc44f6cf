"""Codes of indicators in words."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

DIRECTIONS = {"up": _("Ska öka"), "down": _("Ska minska"), "none": _("Ingen riktning")}
SEXES = {"all": _("Alla"), "women": _("Kvinnor"), "men": _("Män")}
WAYS = {
    "given": _("länets eget värde"),
    "parties": _("summan av parterna"),
    "sexes": _("summan av kvinnor och män"),
    "ages": _("summan av åldersgrupperna"),
}
STATES = {"new": _("nytt"), "same": _("lika"), "differs": _("skiljer")}
# Why a cell of a pasted table is no value to enter.
PROBLEMS = {
    "party": _("Ingen av länets parter heter så."),
    "period": _("Perioden saknas eller går inte att läsa."),
    "sex": _("Könet går inte att läsa."),
    "age": _("Åldern går inte att läsa."),
    "number": _("Det är inget tal."),
    "twice": _("Samma värde står redan på en tidigare plats i tabellen."),
    "sum": _("En rad med summor. Den förs inte in: länets värde räknas av parternas."),
    "target": _("Ett målvärde gäller hela länet och alla."),
}
NAMES = {
    "adds_up": _("Kan läggas ihop"), "age_from": _("Ålder från"), "age_to": _("Ålder till"), "code": _("Kod"),
    "definition": _("Definition"), "direction": _("Riktning"), "period": _("Period"), "sex": _("Kön"),
    "target": _("Målvärde"), "new": _("Nya"), "corrected": _("Rättade"),
}  # fmt: skip


def period_words(period: str) -> str:
    """A period in words: "Första halvåret 2024", "Kvartal 3 2024", "Maj 2024"; a year is itself."""
    year, part = period[:4], period[4:]
    if part.startswith("H"):
        half = gettext("första halvåret") if part == "H1" else gettext("andra halvåret")
        return f"{capfirst(half)} {year}"
    if part.startswith("Q"):
        return gettext("Kvartal %(quarter)s %(year)s") % {"quarter": part[1:], "year": year}
    if part.startswith("-"):
        return capfirst(date_format(date(int(year), int(part[1:]), 1), "F Y"))
    return period
