"""Codes that only documents show, in words. A room's own codes have their words in the room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

STATES = {
    "submitted": _("Inskickad, inte godkänd än"),
    "approved": _("Godkänd hos parten, inte hos samordnaren än"),
    "nothing": _("Inskickad, inte godkänd än"),
    "declined": _("Inskickad, inte godkänd än"),
}
OUTCOMES = {"nothing": _("Inget att rapportera"), "declined": _("Har avböjt")}
# Where a passage comes from, as it stands in the margin.
ORIGINS = {
    "agreements.grant": _("Överenskommelsen"),
    "bodies.body": _("Organen"),
    "directives.directive": _("Direktivet"),
    "directives.directiveshare": _("Fördelningen"),
    "plans.activity": _("Insatsen"),
    "agreements.sectionpoint": _("Överenskommelsen"),
    "plans.activityevent": _("Insatsen"),
    "plans.activityfigure": _("Insatsen"),
    "plans.activitylink": _("Insatsen"),
    "plans.budgetline": _("Budgeten"),
    "plans.focusarea": _("Planen"),
    "plans.plantext": _("Planen"),
    "questionnaires.answer": _("Återrapporterna"),
    "questionnaires.reportrequest": _("Återrapporterna"),
    "yearreports.synthesis": _("Samordnaren"),
    "yearreports.yearreport": _("Uträknat"),
}
