"""Where somebody can go for whom nothing waits."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from samplan.apps.plans.models import Plan
from samplan.apps.yearreports.queries import published_versions
from samplan.domain.access import Actor, Permission, may, organisations_of


@dataclass(frozen=True, slots=True)
class Way:
    """Where somebody can go for whom nothing waits: a link and what is found there."""

    title: str
    text: str
    url: str


def ways_on(actor: Actor, plan: Plan | None, *, county: str, year: int) -> list[Way]:
    """What there is to read or look after for the actor when nothing waits, by the roles held."""
    place = [county, year]
    found = []
    if may(actor, Permission.READ_COUNTY, county=county):
        if plan is not None:
            found += [
                Way(_("Årets plan"), _("Områden, insatser och hur långt de har kommit."),
                    reverse("plans:plan", args=place)),
                Way(_("Vem har svarat?"), _("Varje parts återrapporter i ett rutnät."),
                    reverse("questionnaires:board", args=place)),
                Way(_("Årsrapporten i dag"), _("Som den ser ut just nu, med källorna i marginalen."),
                    reverse("reports:report", args=place)),
            ]  # fmt: skip
        found.append(Way(_("Pengarna"), _("Vad länet får, och varför."), reverse("agreements:money", args=place)))
    if organisations_of(actor, Permission.REQUEST_OWN_MONEY, county=county):
        found += [
            Way(_("Rekvisitioner"), _("Era medel, från begärda till mottagna."),
                reverse("agreements:requests", args=place)),
            Way(_("Utbetalt och använt"), _("Vad pengarna gick till."), reverse("spending:overview", args=place)),
        ]  # fmt: skip
    newest = published_versions(county).first()
    if newest is not None:
        reported = newest.report.year
        found.append(
            Way(_("Årsrapporten %(year)s") % {"year": reported}, _("Publicerad, för alla att läsa."),
                reverse("public:report", args=[county, reported]))
        )  # fmt: skip
    return found[:4]
