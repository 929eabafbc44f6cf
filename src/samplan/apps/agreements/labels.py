"""Codes of agreements, grants and allocations in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

LEVELS = {"joint": _("Länsgemensamt"), "region": _("Region"), "municipalities": _("Kommuner")}
STATES = {"expected": _("Väntad"), "signed": _("Tecknad"), "revised": _("Ändrad")}
GRANT_STATES = {"preliminary": _("Preliminärt"), "decided": _("Beslutat")}
ALLOCATION_STATES = {"draft": _("Förslag"), "frozen": _("Beslutad"), "superseded": _("Ersatt")}
KEYS = {
    "population": _("Folkmängd"),
    "age": _("Folkmängd i en ålder"),
    "equal": _("Lika delar"),
    "flat": _("Grundbelopp och folkmängd"),
    "fixed": _("För hand"),
    "split": _("Först mellan region och kommuner"),
}
KEY_HELP = {
    "population": _("Samma belopp per invånare"),
    "age": _("Till exempel 0–25 år"),
    "equal": _("Samma belopp till alla"),
    "flat": _("Alla får ett grundbelopp först"),
    "fixed": _("Du skriver, vi kontrollerar summan"),
    "split": _("Regionen får en andel, kommunerna delar resten"),
}
ROUNDINGS = {
    "largest-remainder": _("Till sista kronan: resten går till dem med störst decimal"),
    "nearest": _("Varje belopp till närmaste krona, det kan skilja någon krona"),
}
GROUPS = {"region": _("regionen"), "municipality": _("kommunerna")}
# Why a sum could not be shared.
ENGINE = {
    "weights_zero": _("Ingen folkmängd att dela efter: alla siffror är noll."),
    "flat_over_amount": _("Grundbeloppen är tillsammans mer än summan."),
    "groups_over_amount": _("Gruppernas belopp är tillsammans mer än summan."),
    "group_empty": _("En grupp ska ha pengar, men ingen part i gruppen är med."),
    "rows_missing": _("Välj minst en part att dela mellan."),
    "percents_not_100": _("Andelarna blir inte 100 procent."),
    "age_range": _("Den övre åldern är lägre än den undre."),
    "sum_for_stranger": _("Ett belopp gäller en part som inte är med."),
    "amount_negative": _("Ett belopp kan inte vara mindre än noll."),
    "number_negative": _("Ett belopp kan inte vara mindre än noll."),
}
