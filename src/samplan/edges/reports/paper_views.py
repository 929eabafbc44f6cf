"""Papers made the moment they are asked for: an allocation's decision paper, a plan in any shape."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samplan.apps.agreements.queries import get_allocation_for
from samplan.apps.plans.queries import get_any_plan_for
from samplan.base.files.store import downloaded
from samplan.domain.shapes import SHAPES
from samplan.edges.reports.compile import FORMATS, compile_plan, file_name, write
from samplan.edges.reports.decision_paper import decision_paper as paper
from samplan.edges.reports.queries import paper_facts
from samplan.edges.reports.views import actor_of


def decision_paper(request: HttpRequest, county: str, year: int, uid: UUID, fmt: str) -> HttpResponse:
    """The paper that a body decides from; once decided, with its decision."""
    allocation = get_allocation_for(actor_of(request), uid, county=county, year=year)
    if fmt not in FORMATS:
        raise Http404
    document = paper(paper_facts(allocation), language=get_language() or "sv")
    name = _("beslutsunderlag") + f"-{county}-{year}-{slugify(allocation.title)[:60]}"
    return downloaded(write(document, fmt, county=county), f"{name}.{fmt}")


def plan_document(request: HttpRequest, county: str, year: int, uid: UUID, shape: str, fmt: str) -> HttpResponse:
    """A plan with what came of it, in its own shape or another."""
    plan = get_any_plan_for(actor_of(request), uid, county=county)
    if fmt not in FORMATS or shape not in SHAPES:
        raise Http404
    document = compile_plan(plan, at=timezone.now(), shape=shape).document
    content = write(document, fmt, county=county, owner=plan.owner)
    return downloaded(content, f"{file_name(plan, shape)}.{fmt}")
