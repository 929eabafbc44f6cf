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
NAMES = {
    "adds_up": _("Kan läggas ihop"), "age_from": _("Ålder från"), "age_to": _("Ålder till"), "code": _("Kod"),
    "definition": _("Definition"), "direction": _("Riktning"), "period": _("Period"), "sex": _("Kön"),
    "target": _("Målvärde"),
}  # fmt: skip
