"""What every page of the workplace shows around itself: county, year and the cycle in order."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import ResolverMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samplan.apps.orgs.models import County
from samplan.apps.plans.models import Plan
from samplan.base.kernel.models import Installation
from samplan.domain.access import Permission, may, organisations_of
from samplan.domain.deadlines import swedish_day

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
# Pages that are there in every year: who chooses another year stays on them. From others one comes to the room's first.
EVERY_YEAR = frozenset({
    "agreements:requests", "budget:overview", "spending:overview", "spending:reports", "spending:repayments",
    "needs:list", "needs:proposals", "indicators:list", "imports:documents", "plans:list", "questionnaires:mine",
    "orgs:population", "home:search", "help:index",
})  # fmt: skip


def _titles() -> tuple[str, ...]:
    return (
        _("Skrivbord"), _("Pengar"), _("Plan"), _("Beslut"), _("Direktiv"), _("Återrapporter"), _("Årsrapport"),
        _("Personer"),
    )  # fmt: skip


def workplace(request: HttpRequest) -> dict[str, Any]:
    """`demo`, `footer_links`, `county_name`, `year`, `years` to choose among, and `nav` with only what the reader may
    open."""
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
    if found is None or not (county in actor.counties or may(actor, P.INSTALLATION)):
        return context
    if county not in actor.counties:  # an administrator, who sees to its people and nothing of its work
        return context | {
            "county": county,
            "year": year,
            "county_name": found,
            "nav": _administers(match, county, year),
        }
    context |= {"county": county, "year": year, "county_name": found, "may_search": True}
    footer[:0] = [
        {"title": _("Sök i länet"), "url": reverse("home:search", args=[county, year])},
        {"title": _("All hjälp"), "url": reverse("help:index", args=[county, year])},
    ]
    for (spaces, address, permission), title in zip(ROOMS, _titles(), strict=True):
        if address == "agreements:money" and not may(actor, P.READ_COUNTY, county=county):
            # Those who see to one recipient's own money have their own part of the room.
            own = bool(organisations_of(actor, P.REQUEST_OWN_MONEY, county=county))
            address, permission = "agreements:requests", None if own else permission
        if permission is None or may(actor, permission, county=county):
            url = reverse(address, args=[county, year])
            here = match.namespace in spaces and match.view_name != "home:search"
            context["nav"].append({"title": title, "url": url, "current": here, "address": address})
    context["years"] = _years(match, context["nav"], county, year)
    return context


def _administers(match: ResolverMatch, county: str, year: int) -> list[dict[str, Any]]:
    pages = (("orgs:people", _("Personer")), ("orgs:population", _("Folkmängd")))
    listed = [(reverse(name, args=[county, year]), title, name == match.view_name) for name, title in pages]
    rows = [(reverse("home:start"), _("Alla län"), False), *listed]
    return [{"url": url, "title": title, "current": current} for url, title, current in rows]


def _years(match: ResolverMatch, nav: list[dict[str, Any]], county: str, year: int) -> list[dict[str, Any]]:
    """The years that have a plan and the one that the last leads to, this one and the next, the latest first; each
    leads to the same room."""
    planned = set(Plan.objects.filter(county=county).values_list("year", flat=True))
    coming = {max(planned) + 1} if planned else set()
    this = swedish_day(timezone.now()).year
    address = next((item["address"] for item in nav if item["current"]), "home:desk")
    if match.view_name in EVERY_YEAR:
        address = match.view_name
    return [
        {"title": one, "url": reverse(address, args=[county, one]), "current": one == year, "empty": one not in planned}
        for one in sorted(planned | coming | {this, this + 1, year}, reverse=True)
    ]
