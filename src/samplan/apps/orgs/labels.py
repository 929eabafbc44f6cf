"""Codes of roles and population in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samplan.domain.access import Role

ROLES = {
    Role.COORDINATOR: _("Samordnare"),
    Role.CONTROLLER: _("Controller"),
    Role.SECRETARY: _("Sekreterare"),
    Role.BODY_MEMBER: _("Ledamot"),
    Role.PUBLISHER: _("Webbredaktör"),
    Role.READER: _("Läsare"),
    Role.PARTY_REPORTER: _("Rapportör för en part"),
    Role.PARTY_APPROVER: _("Chef som godkänner för en part"),
    Role.PARTY_CONTROLLER: _("Ekonom hos en part"),
    Role.ADMINISTRATOR: _("Administratör"),
}
STATES = {"final": _("slutlig"), "preliminary": _("preliminär")}
SEXES = {"all": _("alla"), "women": _("kvinnor"), "men": _("män")}
# Why a row of a population file could not be read.
ROW_PROBLEMS = {
    "columns": _("Filens första rad saknar %(names)s."),
    "encoding": _("Filen är inte text i UTF-8."),
    "empty": _("Filen har inga rader med siffror."),
    "too_big": _("Filen är för stor. Dela den i flera, högst %(most)s MB i var."),
    "area": _("Rad %(row)s: områdeskoden %(text)s är inte två eller fyra siffror."),
    "unknown_area": _("Rad %(row)s: det finns inget län och ingen kommun med koden %(text)s."),
    "date": _("Rad %(row)s: datumet %(text)s ska skrivas som 2023-12-31."),
    "persons": _("Rad %(row)s: antalet personer, %(text)s, är inte ett helt tal."),
    "source": _("Rad %(row)s: källan saknas."),
    "state": _("Rad %(row)s: läget %(text)s ska vara final eller preliminary."),
    "sex": _("Rad %(row)s: kön %(text)s ska vara all, women eller men."),
    "age": _("Rad %(row)s: åldern %(text)s är inte ett helt tal mellan 0 och 150."),
    "ages_in_order": _("Rad %(row)s: den övre åldern är lägre än den undre."),
    "twice": _("Rad %(row)s: samma område, dag, kön och ålder står redan på rad %(text)s."),
    "cells": _("Rad %(row)s har fler eller färre kolumner än den första raden."),
}
