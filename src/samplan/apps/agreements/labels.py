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
    "steps": _("I steg efter folkmängd"),
    "fixed": _("För hand"),
    "split": _("Först mellan region och kommuner"),
}
KEY_HELP = {
    "population": _("Samma belopp per invånare"),
    "age": _("Till exempel 0–25 år"),
    "equal": _("Samma belopp till alla"),
    "flat": _("Alla får ett grundbelopp först"),
    "steps": _("Ett belopp från ett visst antal invånare"),
    "fixed": _("Du skriver, vi kontrollerar summan"),
    "split": _("Var sin andel först, sedan delar kommunerna sin"),
}
ROUNDINGS = {
    "largest-remainder": _("Till sista kronan"),
    "nearest": _("Varje belopp till närmaste krona"),
}
GROUPS = {"region": _("regionen"), "municipality": _("kommunerna")}
INNER_KEYS = {name: KEYS[name] for name in ("population", "age", "equal", "flat", "steps")}
# What each key must have typed.
NEEDED = {
    "age": ("age_from",),
    "flat": ("flat",),
    "steps": ("table",),
    "split": ("region_percent", "municipality_percent"),
}
