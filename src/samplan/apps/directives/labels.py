"""Codes of directives in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

STATES = {
    "draft": _("Utkast"),
    "issued": _("Utfärdat"),
    "superseded": _("Ersatt"),
    "withdrawn": _("Tillbakadraget"),
}
TEXTS = {
    "background": _("Bakgrund"),
    "purpose": _("Syfte"),
    "goals": _("Mål"),
    "description": _("Beskrivning"),
    "conditions": _("Villkor"),
    "suggested_uses": _("Pengarna får gå till"),
}
