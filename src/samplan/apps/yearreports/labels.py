"""What is told of a submission, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

USUAL_RECEIVERS = ("Socialstyrelsen", "Folkhälsomyndigheten", "Sveriges Kommuner och Regioner (SKR)")
"""Who most agreements have the yearly report sent to. Proper names, the same in every language."""
FILE_KINDS = {"answers": _("Svar på mottagarens frågor"), "receipt": _("Kvittens")}
NAMES = {
    "case_number": _("Diarienummer"),
    "receipt": _("Kvittens"),
    "receipted_on": _("Kvitterad den"),
    "receiver": _("Mottagare"),
    "sent_by": _("Skickad av"),
    "sent_how": _("Skickad hur"),
    "sent_on": _("Skickad den"),
    "sha256": _("Kontrollsumma"),
    "wanted": _("Vad som ska skickas"),
}
