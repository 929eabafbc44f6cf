"""Codes of what became of the money in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samplan.apps.agreements.labels import DIFFERENCES as ON_THE_WAY
from samplan.apps.plans.labels import LINE_KINDS as BUDGET_KINDS

LINE_KINDS = {**BUDGET_KINDS, "whole": _("Hela bidraget"), "before": _("Skrivet innan bidraget delades")}
PAYMENTS = {"out": _("Betalt till"), "back": _("Betalt tillbaka av"), "repaid": _("Återbetalt till")}
PAYMENT_KINDS = {"out": _("Till mottagaren"), "back": _("Tillbaka från mottagaren")}
SOURCES = {"report": _("ur återrapporten"), "typed": _("inskrivet"), "": _("inte redovisat")}
# A difference by name: (kronor too few on the other side, too many).
DIFFERENCES = {
    **ON_THE_WAY,
    "held_back": (_("Hålls inne"), _("Hålls inne")),
    "not_shared": (_("Inte fördelat"), _("Fördelat mer än posten")),
    "not_divided": (_("Inte delat på poster"), _("Delat på poster mer än bidraget")),
    "untold": (_("Användningen är inte redovisad"), _("Användningen är inte redovisad")),
    "to_repay": (_("Inte använt"), _("Inte använt")),
    "owed": (_("Kvar att betala tillbaka"), _("Kvar att betala tillbaka")),
    "missing": (_("Använt mer än vad som har kommit in"), _("Använt mer än vad som har kommit in")),
    "over": (_("Återbetalt mer än vad som var kvar"), _("Återbetalt mer än vad som var kvar")),
}
# What became of a krona (`domain.flow.ENDS`).
ENDS = {code: words for code, (words, _more) in DIFFERENCES.items()} | {
    "used": _("Använt"),
    "carried": _("Förs vidare"),
    "untold": _("Inte redovisat"),
    "hidden": _("Bara samordnaren läser"),
}
NAMES = {
    "carried": _("Förs vidare"),
    "certified_by": _("Intygad av"),
    "certified_function": _("Funktion"),
    "certified_on": _("Intygad den"),
    "receiver": _("Mottagare"),
    "to": _("Till"),
}
