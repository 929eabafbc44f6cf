"""Codes that stand in documents, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LEVELS = {"joint": _("Länsgemensamt"), "region": _("Region"), "municipalities": _("Kommuner")}
STATES = {
    "submitted": _("Inskickad, inte godkänd än"),
    "approved": _("Godkänd hos parten, inte hos samordnaren än"),
    "nothing": _("Inskickad, inte godkänd än"),
    "declined": _("Inskickad, inte godkänd än"),
}
OUTCOMES = {"nothing": _("Inget att rapportera"), "declined": _("Har avböjt")}
LINE_KINDS = {
    "directive": _("Direktiv"),
    "activity": _("Insats"),
    "post": _("Tjänst"),
    "partnership": _("Partnerskap"),
    "purchase": _("Köp"),
    "held_back": _("Hålls inne"),
}
COST_KINDS = {
    "salaries": _("Löner"),
    "substitutes": _("Vikarier"),
    "premises": _("Lokaler"),
    "material": _("Material"),
    "coordination": _("Samordning"),
    "courses": _("Utbildning"),
    "purchased_service": _("Köpta tjänster"),
    "other": _("Övrigt"),
}
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
# Where a passage comes from, as it stands in the margin.
ORIGINS = {
    "agreements.grant": _("Överenskommelsen"),
    "bodies.body": _("Organen"),
    "directives.directive": _("Direktivet"),
    "directives.directiveshare": _("Fördelningen"),
    "plans.activity": _("Insatsen"),
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
