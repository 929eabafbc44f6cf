"""Codes of needs and proposals in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NEED_STATES = {"ongoing": _("Pågår"), "must_start": _("Måste påbörjas"), "planned": _("Planerat")}
PROPOSAL_STATES = {
    "draft": _("Utkast"),
    "proposed": _("Föreslaget"),
    "weighed": _("Vägt"),
    "sent": _("Sänt till beslut"),
    "returned": _("Återsänt"),
    "decided": _("Beslutat"),
    "withdrawn": _("Tillbakadraget"),
}
MOVES = {
    "draft": _("Ta tillbaka till utkast"),
    "proposed": _("Föreslå"),
    "weighed": _("Vägt, klart att sända"),
    "sent": _("Sänd till beslut"),
    "returned": _("Sänd tillbaka"),
    "withdrawn": _("Dra tillbaka"),
}
FIELDS = {
    "background": _("Bakgrund"),
    "purpose": _("Syfte"),
    "responsible": _("Ansvarig"),
    "principal": _("Uppdragsgivare"),
    "follow_up": _("Uppföljning"),
    "funding": _("Finansiering"),
    "points": _("Punkter"),
    "cost": _("Kostnad"),
    "decided_by": _("Vem som beslutar"),
}
NAMES = {
    "activity": _("Insats"),
    "area": _("Område"),
    "framework_goals": _("Mål i ramverken"),
    "grant": _("Medel"),
    "municipalities": _("Var"),
    "origin": _("Visades av"),
    "persons": _("Antal personer"),
    "position": _("Plats"),
    "priority": _("Plats"),
    "working_group": _("Arbetsgrupp"),
}
