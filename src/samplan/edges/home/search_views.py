"""Search among a county's own things."""

from __future__ import annotations

from collections import Counter

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from samplan.base.kernel.pages import actor_of
from samplan.base.kernel.search import MOST
from samplan.edges.home.finding import KINDS, find

LONGEST = 200


def search(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """What the reader may open that holds every word, all kinds of things or one (`slag`)."""
    actor = actor_of(request)
    if county not in actor.counties:
        raise Http404
    query, chosen = " ".join(request.GET.get("q", "")[:LONGEST].split()), request.GET.get("slag", "")
    hits = find(actor, query, county=county, year=year) if query else []
    there = Counter(hit.entry.kind for hit in hits)
    chosen = chosen if chosen in there else ""
    context = {
        "query": query, "chosen": chosen, "all": len(hits), "full": len(hits) == MOST, "searching": True,
        "kinds": [(code, words, there[code]) for code, words in KINDS.items() if there[code]],
        "hits": [(hit, KINDS[hit.entry.kind]) for hit in hits if chosen in ("", hit.entry.kind)],
    }  # fmt: skip
    return render(request, "home/search.html", context)
