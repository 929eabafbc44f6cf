"""Codes of agreements, grants and allocations in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


def tag_words(tag: str) -> str:
    """A section's short name as words: "barn-och-unga" is "Barn och unga"."""
    return tag.replace("-", " ").capitalize()


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
    "levy": _("Andel av vad var och en har fått"),
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
# A levy is asked for on a page of its own.
SHARING = {name: KEYS[name] for name in KEY_HELP}
INNER_KEYS = {name: KEYS[name] for name in ("population", "age", "equal", "flat", "steps")}
# What each key must have typed.
NEEDED = {
    "age": ("age_from",),
    "flat": ("flat",),
    "steps": ("table",),
    "split": ("region_percent", "municipality_percent"),
}
# A step of a request for money: what the button says, what the day and the kronor of the step are called.
REQUISITION_STEPS = {
    "signed": _("För in att den är undertecknad"),
    "sent": _("För in att den är skickad"),
    "paid": _("För in utbetalningen"),
    "received": _("För in att pengarna har kommit"),
    "declined": _("Avböj medlen"),
}
REQUISITION_BACK = {
    "to_request": _("Ta tillbaka undertecknandet"),
    "signed": _("Ta tillbaka: den är inte skickad"),
    "sent": _("Ta tillbaka: den är inte utbetald"),
    "paid": _("Ta tillbaka: pengarna har inte kommit"),
}
REQUISITION_DONE = {
    "to_request": _("Rekvisitionen är att göra igen."),
    "signed": _("Rekvisitionen är undertecknad."),
    "sent": _("Rekvisitionen är skickad."),
    "paid": _("Utbetalningen är införd."),
    "received": _("Pengarna har kommit."),
    "declined": _("Ni har avböjt medlen."),
}
# A difference between two amounts on the way, by name: (fewer kronor, more kronor).
DIFFERENCES = {
    "declined": (_("Avböjt"), _("Avböjt")),
    "changed": (_("Bidraget höjdes efter rekvisitionen"), _("Bidraget sänktes efter rekvisitionen")),
    "requested": (_("Rekvirerat mindre än bidraget"), _("Rekvirerat mer än bidraget")),
    "paid": (_("Utbetalt mindre än rekvirerat"), _("Utbetalt mer än rekvirerat")),
    "received": (_("Mottaget mindre än utbetalt"), _("Mottaget mer än utbetalt")),
}
LEVY_NAMES = {"sources": _("Underlag")}
REQUISITION_NAMES = {
    "difference_reason": _("Varför beloppen skiljer sig"),
    "paid": _("Utbetalt"),
    "paid_on": _("Utbetalt den"),
    "received": _("Mottaget"),
    "received_on": _("Mottaget den"),
    "sent_on": _("Skickad den"),
    "signed_by": _("Undertecknad av"),
    "signed_function": _("Funktion"),
    "signed_on": _("Undertecknad den"),
}


def source_name(title: str, level: str) -> str:
    """What a levy is reckoned on, with the recipient level where it is a grant."""
    return f"{title}, {LEVELS[level].lower()}" if level else title
