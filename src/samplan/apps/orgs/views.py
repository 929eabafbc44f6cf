"""Who may do what in a county, and the population that money is shared by."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samplan.apps.orgs.forms import EndForm, InviteForm, PopulationForm
from samplan.apps.orgs.labels import ROLES, ROW_PROBLEMS, SEXES, STATES
from samplan.apps.orgs.models import RoleAssignment
from samplan.apps.orgs.operations import end_role, invite, load_population
from samplan.apps.orgs.population_file import MOST_BYTES, parse
from samplan.apps.orgs.queries import (
    area_codes,
    get_assignment_for,
    official_first,
    parties_of,
    population_ages,
    population_dates,
    population_of,
    role_assignments_in,
)
from samplan.base.accounts.views import send_link
from samplan.base.audit.trace import events_about
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, see, tell
from samplan.base.ui.templatetags.samplan import day
from samplan.domain.access import Permission, Role, may
from samplan.domain.errors import DomainError, Invalid

MANAGE = Permission.MANAGE_PEOPLE


def people(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Everybody with a role in the county: those who work for all of it first, then organisation by organisation."""
    at, actor = timezone.now(), actor_of(request)
    see(actor, county, MANAGE)
    today = timezone.localdate(at)
    held: list[dict[str, Any]] = []
    ended: list[dict[str, Any]] = []
    for assignment in role_assignments_in(county):
        over = assignment.valid_to is not None and assignment.valid_to < today
        (ended if over else held).append(_row(assignment, today))
    order = list(ROLES)
    held.sort(key=lambda row: (row["organisation"], order.index(Role(row["assignment"].role))))
    everybody = {row["assignment"].account_id for row in held}
    uids = [row["assignment"].uid for row in held + ended]
    context = {
        "county": county, "year": year, "held": held, "ended": ended, "lead": _people_lead(len(everybody), held),
        "events": events_about(*uids)[:50] if may(actor, Permission.READ_TRACE, county=county) else None,
    }  # fmt: skip
    return render(request, "orgs/people.html", context)


def _row(assignment: RoleAssignment, today: date) -> dict[str, Any]:
    return {
        "assignment": assignment, "account": assignment.account, "role": ROLES[Role(assignment.role)],
        "organisation": assignment.organisation.name if assignment.organisation else "",
        "coming": assignment.valid_from > today, "new": not assignment.account.has_usable_password(),
    }  # fmt: skip


def _people_lead(count: int, held: list[dict[str, Any]]) -> str:
    if not count:
        return _("Ingen har någon roll i länet än.")
    words = ngettext("En person har en roll i länet.", "%(n)s personer har en roll i länet.", count) % {"n": count}
    new = len({row["account"].pk for row in held if row["new"]})
    if not new:
        return words
    return words + " " + ngettext(
        "En har inte loggat in än.", "%(n)s har inte loggat in än.", new
    ) % {"n": new}  # fmt: skip


@once
def invite_person(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Give somebody a role; a new address gets an account."""
    at, actor = timezone.now(), actor_of(request)
    see(actor, county, MANAGE)
    today = timezone.localdate(at)
    organisations = official_first({party.organisation for party in parties_of(county, on=today)})
    form = InviteForm(
        request.POST if request.method == "POST" else None, organisations=organisations, initial={"valid_from": today}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            account = invite(
                by=actor, at=at, email=given["email"], name=given["name"], role=Role(given["role"]), county=county,
                organisation=given["organisation"], valid_from=given["valid_from"],
            )  # fmt: skip
        except DomainError as error:
            tell(error, form)
        else:
            words = _("%(name)s har fått rollen.") % {"name": account.name}
            if given["send"]:
                send_link(by=actor, at=at, account=account)
                words = _("%(name)s har fått rollen och en inloggningslänk till %(email)s.") % {
                    "name": account.name, "email": account.email,
                }  # fmt: skip
            messages.success(request, words)
            return redirect("orgs:people", county, year)
    return render(request, "orgs/invite.html", {"county": county, "year": year, "form": form})


@once
def end(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Say the last day of a role."""
    at, actor = timezone.now(), actor_of(request)
    assignment = get_assignment_for(actor, uid, county=county)
    initial = {"last_day": timezone.localdate(at)}
    form = EndForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            end_role(by=actor, at=at, assignment=assignment, last_day=form.cleaned_data["last_day"])
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Rollen gäller till och med %(day)s.") % {"day": day(assignment.valid_to)})
            return redirect("orgs:people", county, year)
    context = {"county": county, "year": year, "form": form, "row": _row(assignment, timezone.localdate(at))}
    return render(request, "orgs/end.html", context)


@once
@require_POST
def link(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Mail a fresh sign-in link to the person who holds a role. The link itself is shown to nobody else."""
    at, actor = timezone.now(), actor_of(request)
    account = get_assignment_for(actor, uid, county=county).account
    may(actor, MANAGE, county=county).demand()
    send_link(by=actor, at=at, account=account)
    messages.success(
        request, _("En inloggningslänk är på väg till %(email)s. Den gäller i sju dagar.") % {"email": account.email}
    )
    return redirect("orgs:people", county, year)


@once
def population(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """The figures there are of each party on a date; the administrator reads more from a file."""
    at, actor = timezone.now(), actor_of(request)
    loads, reads = bool(may(actor, Permission.INSTALLATION)), bool(may(actor, Permission.READ_COUNTY, county=county))
    if not loads:
        see(actor, county)
    form = PopulationForm(request.POST or None, request.FILES or None) if loads else None
    if request.method == "POST":
        may(actor, Permission.INSTALLATION).demand()
        if form is not None and form.is_valid():
            try:
                rows = parse(form.cleaned_data["file"].read(MOST_BYTES + 1), areas=area_codes())
                count = load_population(by=actor, at=at, rows=rows)
            except Invalid as error:
                _tell_row(error, form)
            except DomainError as error:
                tell(error, form)
            else:
                messages.success(request, _read_words(count, len(rows)))
                return redirect("orgs:population", county, year)
    dates = population_dates()
    chosen = next((one for one in dates if one.isoformat() == request.GET.get("dag")), dates[0] if dates else None)
    context: dict[str, Any] = {"county": county, "year": year, "form": form, "reads": reads}
    context |= {"dates": dates, "chosen": chosen}
    if chosen is not None:
        parties = parties_of(county, on=timezone.localdate(at))
        figures = {row.area_code: row for row in population_of([party.code for party in parties], on=chosen)}
        context["rows"] = [
            {"party": party, "figure": figures.get(party.code),
             "state": STATES.get(figures[party.code].state, "") if party.code in figures else ""}
            for party in parties
        ]  # fmt: skip
        context["ages"] = [
            row | {"sex": SEXES.get(row["sex"], row["sex"])}
            for row in population_ages([party.code for party in parties], on=chosen)
        ]
        context["missing"] = sum(party.code not in figures for party in parties)
    return render(request, "orgs/population.html", context)


def _tell_row(error: Invalid, form: PopulationForm) -> None:
    words = ROW_PROBLEMS.get(error.code)
    if words is None:
        tell(error, form)
    else:
        form.add_error("file", str(words) % error.params)


def _read_words(count: int, rows: int) -> str:
    if not count:
        return _("Alla rader i filen fanns redan. Inget är ändrat.") if rows else ""
    return ngettext("En ny siffra är inläst.", "%(n)s nya siffror är inlästa.", count) % {"n": count}
