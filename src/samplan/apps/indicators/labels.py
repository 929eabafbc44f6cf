"""Codes of indicators in words."""

from __future__ import annotations

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
