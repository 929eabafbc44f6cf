"""An allocation's decision paper as a file."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samplan.apps.agreements.queries import get_allocation_for
from samplan.base.files.store import downloaded
from samplan.edges.reports.compile import FORMATS, write
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
    return downloaded(write(document, fmt), f"{name}.{fmt}")
