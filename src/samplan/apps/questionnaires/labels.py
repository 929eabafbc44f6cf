"""Codes of forms and requests in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

AUDIENCES = {
    "everybody": _("Alla får läsa svaret"),
    "parties": _("Länets parter får läsa svaret"),
    "coordinator": _("Bara samordnaren läser svaret"),
}
KINDS = {
    "text": _("Text"),
    "number": _("Antal"),
    "choice": _("Ett val"),
    "choices": _("Flera val"),
    "costs": _("Kostnader"),
}
COSTS = {
    "salaries": _("Löner"),
    "substitutes": _("Vikarier"),
    "premises": _("Lokaler"),
    "material": _("Material"),
    "coordination": _("Samordning och planering"),
    "courses": _("Utbildning"),
    "purchased_service": _("Köpta tjänster"),
    "other": _("Annat"),
}
ACTIONS = {
    "submitted": _("Skicka in"),
    "draft": _("Ta tillbaka"),
    "approved": _("Godkänn och skicka vidare"),
    "accepted": _("Godkänn rapporten"),
    "returned": _("Sänd tillbaka med frågan"),
    "nothing": _("Inget att rapportera"),
    "declined": _("Avböj"),
}
DONE = {
    "submitted": _("Rapporten är inskickad."),
    "draft": _("Rapporten är ett utkast igen."),
    "approved": _("Rapporten är godkänd och har gått vidare till samordnaren."),
    "accepted": _("Rapporten är godkänd."),
    "returned": _("Rapporten är återsänd med frågan."),
    "nothing": _("Svaret är inskickat: det finns inget att rapportera."),
    "declined": _("Svaret är inskickat: ni avböjer."),
}
PHASES = {
    "not_started": _("Inte påbörjad"),
    "planning": _("Planeras"),
    "doing": _("Genomförs"),
    "following_up": _("Följs upp"),
    "improving": _("Förbättras"),
}
