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
# Our styles that a Word template may have of its own, and how each was found in it.
STYLES = {
    "Normal": _("Brödtext"),
    "Title": _("Dokumentets titel"),
    "Subtitle": _("Underrubrik"),
    "Heading1": _("Rubrik 1"),
    "Heading2": _("Rubrik 2"),
    "Heading3": _("Rubrik 3"),
    "Heading4": _("Rubrik 4"),
    "Heading5": _("Rubrik 5"),
    "Heading6": _("Rubrik 6"),
    "Lead": _("Ingress"),
    "Quote": _("Citat"),
    "ListBullet": _("Punktlista"),
    "ListNumber": _("Numrerad lista"),
    "ListContinue": _("Fortsatt stycke i en lista"),
    "Caption": _("Bild- och tabelltext"),
    "TableText": _("Text i tabell"),
    "TOCHeading": _("Innehållsförteckningens rubrik"),
    "TOC1": _("Innehållsförteckning, nivå 1"),
    "TOC2": _("Innehållsförteckning, nivå 2"),
    "TOC3": _("Innehållsförteckning, nivå 3"),
    "Header": _("Sidhuvud"),
    "Footer": _("Sidfot"),
    "FootnoteText": _("Fotnot"),
    "FootnoteReference": _("Fotnotens siffra"),
    "Hyperlink": _("Länk"),
}
FOUND = {
    "built_in": _("Words eget format"),
    "name": _("hittat på namnet"),
    "outline": _("hittat på dispositionsnivån"),
    "after": _("kommer efter rubriken"),
    "chosen": _("valt av er"),
    "ours": _("saknas, läggs till i mallens typsnitt"),
}
