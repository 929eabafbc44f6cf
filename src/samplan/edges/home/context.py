"""What every page of the workplace shows around itself: county, year and the cycle in order."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from samplan.apps.orgs.models import County
from samplan.base.kernel.models import Installation
from samplan.domain.access import Permission, may, organisations_of

P = Permission
ROOMS = (
    # (the names of the rooms' URL namespaces, address, permission)
    (("home",), "home:desk", None),
    (("agreements", "budget", "spending"), "agreements:money", P.READ_COUNTY),
    (("plans", "needs", "indicators", "turn", "imports"), "plans:plan", P.READ_COUNTY),
    (("bodies",), "bodies:decisions", P.READ_COUNTY),
    (("directives", "letters"), "directives:list", P.READ_COUNTY),
    (("questionnaires",), "questionnaires:board", P.READ_COUNTY),
    (("reports",), "reports:report", P.READ_COUNTY),
    (("orgs",), "orgs:people", P.MANAGE_PEOPLE),
)


def _titles() -> tuple[str, ...]:
    return (
        _("Skrivbord"), _("Pengar"), _("Plan"), _("Beslut"), _("Direktiv"), _("Återrapporter"), _("Årsrapport"),
        _("Personer"),
    )  # fmt: skip


def workplace(request: HttpRequest) -> dict[str, Any]:
    """`demo`, `footer_links`, `county_name`, `year`, and `nav` with only what the reader may open."""
    footer = [
        {"title": _("Tillgänglighet"), "url": reverse("public:accessibility")},
        {"title": _("Personuppgifter"), "url": reverse("public:privacy")},
    ]
    demo = Installation.objects.filter(kind="demo").exists()
    context: dict[str, Any] = {"demo": demo, "nav": [], "footer_links": footer}
    match = request.resolver_match
    county, year = (match.kwargs.get("county"), match.kwargs.get("year")) if match else (None, None)
    actor = getattr(request, "actor", None)
    if not (match and county and year and actor and request.user.is_authenticated):
        return context
    found = County.objects.filter(code=county).values_list("short_name", flat=True).first()
    if county not in actor.counties or found is None:
        return context
    context |= {"county": county, "year": year, "county_name": found}
    for (spaces, address, permission), title in zip(ROOMS, _titles(), strict=True):
        if address == "agreements:money" and not may(actor, P.READ_COUNTY, county=county):
            # Those who see to one recipient's own money have their own part of the room.
            own = bool(organisations_of(actor, P.REQUEST_OWN_MONEY, county=county))
            address, permission = "agreements:requests", None if own else permission
        if permission is None or may(actor, permission, county=county):
            url = reverse(address, args=[county, year])
            context["nav"].append({"title": title, "url": url, "current": match.namespace in spaces})
    return context
