"""Codes of plans in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TEXT_KINDS = {
    "introduction": _("Inledning"),
    "situation": _("Nuläge"),
    "organisation": _("Så är samverkan ordnad"),
    "process": _("Så här har vi arbetat"),
}
KINDS = {"activity": _("Insats"), "partnership": _("Partnerskap")}
PHASES = {
    "possible": _("Möjlig"),
    "waits": _("Väntar på beslut eller pengar"),
    "planned": _("Planerad"),
    "started": _("Påbörjad"),
    "ongoing": _("Pågår"),
    "paused": _("Pausad"),
    "done": _("Klar"),
    "extended": _("Förlängd"),
    "handed_over": _("Överlämnad"),
    "ended": _("Avslutad"),
}
PARTS = {
    "does": pgettext_lazy("part i insats", "Genomför"),
    "coordinates": pgettext_lazy("part i insats", "Samordnar"),
    "supports": pgettext_lazy("part i insats", "Stödjer"),
    "evaluates": pgettext_lazy("part i insats", "Utvärderar"),
    "spreads": pgettext_lazy("part i insats", "Sprider"),
}
ACTIVITY_FIELDS = {
    "purpose": _("Syfte"),
    "responsible": _("Ansvarig"),
    "principal": _("Uppdragsgivare"),
    "follow_up": _("Uppföljning"),
    "funding": _("Finansiering"),
    "background": _("Bakgrund"),
    "baseline": _("Nuläge"),
    "goal": _("Mål"),
    "description": _("Beskrivning"),
    "target_group": _("Målgrupp"),
    "places": _("Platser"),
    "timeline": _("Tidsplan"),
    "result": _("Resultat"),
    "next_steps": _("Det som kommer sedan"),
}
# What a reader of the plan always needs to know about an activity.
NEEDED = ("purpose", "responsible", "principal", "follow_up", "funding")
# Facts that are a line or two: shown together, the rest under headings of their own.
SHORT = (*NEEDED, "target_group", "places", "timeline")
LINE_KINDS = {
    "directive": pgettext_lazy("ett", "Direktiv"),
    "activity": _("Insats"),
    "post": _("Tjänst"),
    "partnership": _("Partnerskap"),
    "purchase": _("Köp"),
    "held_back": _("Hålls inne"),
}
