"""Codes of bodies and decisions in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KINDS = {
    "political_network": _("Politiskt nätverk"),
    "steering_group": _("Ledningsgrupp"),
    "committee": _("Utskott"),
    "working_group": _("Arbetsgrupp"),
    "other": _("Annat organ"),
}
MANDATES = {
    "budget": _("Budget och fördelning"),
    "directive": _("Direktiv"),
    "plan": _("Plan"),
    "report": _("Årsrapport"),
    "other": _("Annat"),
}
OUTCOMES = {
    "approved": _("Bifall"),
    "changed": _("Bifall med ändring"),
    "returned": _("Återremiss"),
    "rejected": _("Avslag"),
}
# What points at a decision point: its kind in words, its address and the attribute that stands in the address.
DECIDED = {
    "plans.budgetline": (_("Budgetpost"), "budget:overview", ""),
    "agreements.allocation": (_("Fördelning"), "agreements:allocation", "uid"),
    "directives.directive": (pgettext_lazy("ett", "Direktiv"), "directives:detail", "number"),
    "plans.planversion": (_("Plan"), "plans:list", ""),
    "yearreports.reportversion": (_("Årsrapport"), "reports:report", ""),
}
