"""What a party is asked for, and asking for an effort. The report form is `edges.answering`."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.apps.agreements.models import SectionPoint
from samplan.apps.orgs.queries import parties_of
from samplan.apps.plans.models import FocusArea, Plan
from samplan.apps.plans.queries import areas_of, get_plan_for
from samplan.apps.questionnaires.forms import EffortForm, effort_questions
from samplan.apps.questionnaires.operations import ask_for_effort
from samplan.apps.questionnaires.queries import filled, parts_held, requests_for
from samplan.base.kernel.once import once
from samplan.base.kernel.problems import say
from samplan.domain.access import Actor, Permission, may
from samplan.domain.cycle import answered
from samplan.domain.deadlines import days_late, swedish_day
from samplan.domain.errors import DomainError


def mine(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """The reports that the reader's own organisations owe in this county and year."""
    at = timezone.now()
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not any(held.county == county and held.organisation_id for held in actor.assignments):
        raise Http404
    listed = list(requests_for(actor).filter(county=county, year=year).order_by("last_day", "number"))
    shares = filled(listed)
    rows = [
        {"asked": asked, "filled": shares[asked.pk], "inside": answered(asked.state),
         "late": days_late(asked.last_day, asked.submitted_at if answered(asked.state) else None, at)}
        for asked in listed
    ]  # fmt: skip
    left = sum(not row["inside"] for row in rows)
    parts = list(parts_held(actor, county=county, year=year))
    if not rows and parts:
        lead = ngettext("En del väntar på ditt svar.", "%(parts)s delar väntar på ditt svar.", len(parts))
        lead %= {"parts": len(parts)}
    elif not rows:
        lead = _("Ni har inget att rapportera i år.")
    elif left:
        lead = ngettext("En återrapport är kvar att skicka in.", "%(left)s återrapporter är kvar att skicka in.", left)
        lead %= {"left": left}
    else:
        lead = _("Alla era återrapporter är inskickade.")
    return render(request, "questionnaires/mine.html", {"rows": rows, "parts": parts, "lead": lead})


@once
def ask_effort(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Ask a party to tell about an effort without any directive."""
    at = timezone.now()
    actor: Actor = request.actor  # type: ignore[attr-defined]
    plan = get_plan_for(actor, county=county, year=year)
    may(actor, Permission.MANAGE_DIRECTIVES, county=county).demand()
    areas = list(areas_of(plan))
    parties = parties_of(county, on=swedish_day(at))
    form = EffortForm(request.POST if request.method == "POST" else None, parties=parties, areas=areas)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            asked = ask_for_effort(
                by=actor, at=at, plan=plan, area=given["area"], title=given["title"], party=given["party"],
                questions=effort_questions(_points(plan, given["area"])), last_day=given["last_day"],
                needs_approval=given["needs_approval"],
            )  # fmt: skip
        except DomainError as error:
            form.add_error(None, say(error))
        else:
            messages.success(request, _("%(party)s har fått frågan.") % {"party": asked.party.name})
            return redirect("questionnaires:board", county, year)
    context = {"form": form, "questions": effort_questions(_points(plan, None))}
    return render(request, "questionnaires/ask_effort.html", context)


def _points(plan: Plan, area: FocusArea | None) -> list[tuple[str, str]]:
    """The agreement's points that an effort can be tied to: the area's, or all that the plan's areas stand on."""
    areas = [area] if area else list(areas_of(plan))
    points = SectionPoint.objects.filter(section__areas__in=areas).select_related("section").distinct()
    return [(f"{point.section.number}.{point.number}", point.text) for point in points]
