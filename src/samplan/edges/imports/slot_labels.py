"""Words for what a draft is made of: kinds of nodes, slots, why a bit has no place, questions, edits."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samplan.apps.plans.labels import ACTIVITY_FIELDS, TEXT_KINDS
from samplan.domain.drafts.tree import CHAPTER_SORTS

NODES = {
    "plan": _("Planen"),
    "chapter": _("Kapitel"),
    "area": _("Område"),
    "activity": _("Insats"),
    "directive": pgettext_lazy("ett", "Direktiv"),
    "partnership": _("Partnerskap"),
}
UNNAMED = {
    "plan": _("Plan utan namn"),
    "chapter": _("Kapitel utan rubrik"),
    "area": _("Område utan namn"),
    "activity": _("Insats utan namn"),
    "directive": _("Direktiv utan namn"),
    "partnership": _("Partnerskap utan namn"),
}
SLOTS = {
    **ACTIVITY_FIELDS,
    "title": _("Namn"),
    "text": _("Text"),
    "budget": _("Budget"),
    "participants": _("Deltagare"),
    "status": _("Läge"),
    "analysis": _("Analys"),
    "comment": _("Kommentar"),
    "links": _("Länkar"),
    "goals_long": _("Långsiktiga mål"),
    "goals_short": _("Kortsiktiga mål"),
    "goals": _("Mål utan angiven sikt"),
    "county_goals": _("Länets mål"),
    "steps": _("Steg"),
    "tags": _("Hör till"),
    "money": _("Medel"),
    "aside": _("Åt sidan"),
    "unplaced": _("Utan plats"),
}
SORTS = {sort: TEXT_KINDS[sort] for sort in CHAPTER_SORTS}
WHY_UNPLACED = {
    "furniture": _("sidhuvud, sidnummer eller innehållsförteckning"),
    "double": _("står en gång till i filen"),
    "hidden": _("dolt i filen"),
    "note": _("not"),
    "comment": _("kommentar"),
    "caption": _("bildtext"),
    "cover": _("omslag"),
    "legend": _("teckenförklaring"),
}
QUESTIONS = {
    "amount": _("Ett belopp kan vara tusen gånger för stort eller för litet."),
    "sum": _("Delarna blir inte summan."),
    "year": _("Ett årtal stämmer inte med de andra."),
    "local_link": _("En länk leder till en plats på någons egen dator."),
    "personal_number": _("Här ser det ut att stå ett personnummer. De sista siffrorna är dolda och sparas inte."),
    "duplicate": _("Samma text står på flera ställen."),
    "numbering": _("Numreringen hoppar eller upprepas."),
    "empty_page": _("En sida är tom."),
}
TRACE_NAMES = {"characters": _("Tecken"), "draft": _("Utkast")}
