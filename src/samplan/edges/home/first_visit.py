"""The first steps of a county that is new here, from the empty installation to a plan that has begun. Each is read out
of what is there, so that it is done when the thing is done, whoever did it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.apps.agreements.models import Agreement, Allocation, Grant
from samplan.apps.directives.models import Directive
from samplan.apps.orgs.models import Population, RoleAssignment
from samplan.apps.orgs.queries import county_named, parties_of
from samplan.apps.plans.models import FocusArea
from samplan.apps.plans.queries import joint_plan
from samplan.apps.yearreports.models import ReportVersion
from samplan.base.ui.templatetags.samplan import day
from samplan.domain.access import Actor, Permission, may
from samplan.edges.home.models import DeskChoice

NEW_ENOUGH = 2
"""Years: the population of a year's end is published in the year after."""


@dataclass(frozen=True, slots=True)
class FirstStep:
    """`current`: the first that is not done. `action`: what the link says; without a `url` there is nothing to do."""

    title: str
    text: str
    done: bool
    url: str = ""
    action: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class FirstVisit:
    """The steps as they stand for one reader; `aside` when that person does not want to see them."""

    steps: tuple[FirstStep, ...]
    aside: bool

    @property
    def done(self) -> int:
        return sum(step.done for step in self.steps)


def first_visit(actor: Actor, *, county: str, year: int, on: date) -> FirstVisit | None:
    """For one who manages the county's plan, until the county has come so far that it knows its way: a directive is
    issued, or a report approved. None elsewhere, and when every step is done."""
    if not may(actor, Permission.MANAGE_PLAN, county=county):
        return None
    if Directive.objects.filter(county=county).exclude(state="draft").exists():
        return None
    if ReportVersion.objects.filter(county=county).exists():
        return None
    listed = [_chosen(county), _parties(county, year, on), _population(county, year, on), _people(county, year, on)]
    listed += [_agreement(county, year), _allocation(county, year), _plan(county, year)]
    following = next((at for at, step in enumerate(listed) if not step.done), None)
    if following is None:
        return None
    now = listed[following]
    listed[following] = FirstStep(now.title, now.text, now.done, now.url, now.action, current=True)
    choice = DeskChoice.objects.filter(county=county, account_id=actor.account_id or 0).first()
    return FirstVisit(tuple(listed), bool(choice and choice.first_visit_aside))


def _chosen(county: str) -> FirstStep:
    found = county_named(county)
    return FirstStep(_("Länet är valt"), _("Du samordnar %(county)s.") % {"county": found.name if found else ""}, True)


def _parties(county: str, year: int, on: date) -> FirstStep:
    municipalities = sum(party.role == "municipality" for party in parties_of(county, on=on))
    text = ngettext(
        "Regionen och en kommun är inlagda.", "Regionen och %(n)s kommuner är inlagda.", municipalities
    ) % {"n": municipalities}  # fmt: skip
    url = reverse("orgs:population", args=[county, year])
    return FirstStep(_("Parterna finns"), text, municipalities > 0, url, _("Se parterna"))


def _population(county: str, year: int, on: date) -> FirstStep:
    codes = [party.code for party in parties_of(county, on=on, roles=["municipality"])]
    known = Population.objects.filter(area_code__in=codes, age_from=None, age_to=None, sex="all").values("on_date")
    newest = known.annotate(number=Count("area_code", distinct=True)).order_by("-on_date").first()
    done = newest is not None and newest["number"] == len(codes)
    text = _("Administratören läser in den. Utan den kan inget delas efter folkmängd.")
    if newest is not None and done:
        text = _("Den senaste gäller %(day)s.") % {"day": day(newest["on_date"])}
        if on.year - newest["on_date"].year > NEW_ENOUGH:
            text += " " + _("Den är gammal: be administratören läsa in en nyare innan pengar delas.")
    return FirstStep(
        _("Folkmängden är inläst"), text, done, reverse("orgs:population", args=[county, year]), _("Se folkmängden")
    )


def _people(county: str, year: int, on: date) -> FirstStep:
    held = RoleAssignment.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), county=county)
    people = held.values("account").distinct().count()
    text = _("Bjud in controllern, sekreteraren och en rapportör hos varje part. Det går att göra efter hand.")
    if people > 1:
        text = ngettext(
            "En person har en roll i länet.", "%(n)s personer har en roll i länet.", people
        ) % {"n": people}  # fmt: skip
    url = reverse("orgs:invite", args=[county, year])
    return FirstStep(_("Personer är inbjudna"), text, people > 1, url, _("Bjud in någon"))


def _agreement(county: str, year: int) -> FirstStep:
    done = Agreement.objects.filter(year=year).exists()
    text = _("Skriv av årets överenskommelse: namn, dagar och belopp. Ett avsnitt räcker till att börja med.")
    name = "agreements:money" if done else "agreements:agreement"
    action = _("Se pengarna") if done else _("Skriv in överenskommelsen")
    return FirstStep(_("Överenskommelsen är inskriven"), text, done, reverse(name, args=[county, year]), action)


def _allocation(county: str, year: int) -> FirstStep:
    done = Allocation.objects.filter(county=county, year=year).exists()
    computed = Grant.objects.filter(county=county, line__section__agreement__year=year).exists()
    if done or computed:
        text = _(
            "Dela en summa mellan parterna och se vad var och en får, och varför. Den är ett utkast tills ni beslutar."
        )
        url, action = reverse("agreements:new", args=[county, year]), _("Fördela en summa")
    else:
        text = _("Räkna först vad överenskommelsen ger länet. Dela sedan en summa mellan parterna.")
        url, action = reverse("agreements:money", args=[county, year]), _("Till pengarna")
    return FirstStep(_("En fördelning är gjord"), text, done, url, action)


def _plan(county: str, year: int) -> FirstStep:
    plan = joint_plan(county, year)
    done = plan is not None and FocusArea.objects.filter(plan=plan).exists()
    if plan is not None:
        text, url, action = _("Planen finns. Lägg upp det första området."), "plans:plan", _("Till planen")
    else:
        text = _("Börja tom, eller hämta den ur ett dokument som ni redan har.")
        url, action = "plans:list", _("Börja på planen")
    return FirstStep(_("Planen är påbörjad"), text, done, reverse(url, args=[county, year]), action)
