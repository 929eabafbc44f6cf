"""Codes of letters, links and reminders in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

WHO = {
    "reporter": _("Den som rapporterar"),
    "approver": _("Den som godkänner"),
    "manager": _("Ansvarig hos parten"),
    "coordinator": _("Samordnaren"),
}
STEPS = {
    "before": _("Före sista dagen"),
    "on": _("På sista dagen"),
    "after": _("Efter sista dagen"),
    "last": _("Sista påminnelsen"),
    "asked": _("Påmind av samordnaren"),
}
LINK_STATES = {
    "live": _("Gäller"),
    "replaced": _("Ersatt av en ny"),
    "revoked": _("Återkallad"),
    "accepted": _("Slut, rapporten är godkänd"),
    "withdrawn": _("Slut, begäran är tillbakadragen"),
    "over": _("Slut, tiden är ute"),
}
FATES = {
    "sent": _("Skickad"),
    "waiting": _("Väntar på att gå i väg"),
    "failed": _("Gick inte fram"),
    "unknown": _("Oklart om den gick i väg"),
}
PURPOSES = {"write": _("Skriva rapporten"), "approve": _("Godkänna rapporten")}
WAYS = {"mail": _("E-post"), "paper": _("Papper")}
LANGUAGES = {"sv": _("Svenska"), "en": _("Engelska")}
NAMES = {
    "receivers": _("Mottagare"),
    "way": _("Skickat med"),
    "step": _("Påminnelse"),
    "purpose": _("Länken är till för att"),
    "before": _("Dagar före"),
    "on": _("På sista dagen"),
    "after": _("Dagar efter"),
    "last": _("Sista påminnelsen, dagar efter"),
    "reporter": _("Den som rapporterar"),
    "approver": _("Den som godkänner"),
    "manager": _("Ansvarig hos parten"),
    "function": _("Roll"),
}
