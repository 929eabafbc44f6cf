"""Reads for documents that are not the year report."""

from __future__ import annotations

import json

from samplan.apps.agreements.levies import changed_sources, level_of, sources_in, title_of
from samplan.apps.agreements.models import Allocation
from samplan.apps.orgs.models import County
from samplan.apps.orgs.queries import in_order, population_source
from samplan.edges.reports.decision_paper import PaperDecision, PaperFacts, PaperShare
from samplan.edges.reports.levy_paper import LevyFacts, PaperSource


def paper_facts(allocation: Allocation) -> PaperFacts:
    """What an allocation's decision paper says; parties in Swedish order, the region first."""
    rows = {share.party: share for share in allocation.shares.all()}
    counts = allocation.population_on is not None
    shares = []
    for party in in_order(rows):
        steps = json.loads(rows[party].explanation)
        weighed = (counts and any(step["step"] == "weight" for step in steps)) or allocation.kind == "levy"
        persons = int(rows[party].weight) if weighed else None
        shares.append(PaperShare(str(rows[party].uid), party.name, persons, rows[party].amount, tuple(steps)))
    point = allocation.decision_point
    on = allocation.population_on
    return PaperFacts(
        uid=str(allocation.uid),
        title=allocation.title,
        county_name=County.objects.get(code=allocation.county).short_name,
        year=allocation.year,
        amount=allocation.amount,
        key=json.loads(allocation.key),
        rounding=allocation.rounding,
        population_on=on.isoformat() if on else "",
        population_source=population_source([party.code for party in rows], on=on) if on else "",
        state=allocation.state,
        made_up=allocation.made_up,
        names={party.code: party.name for party in in_order(rows)},
        shares=tuple(shares),
        decision=PaperDecision(
            point.decision.body.name, point.decision.decided_on.isoformat(), point.decision.case_number, point.number
        )
        if point
        else None,
        levy=_levy(allocation) if allocation.kind == "levy" else None,
        sha256=allocation.facts_sha256,
    )


def _levy(allocation: Allocation) -> LevyFacts:
    """What a levy is reckoned on, and what of it has changed."""
    changed = changed_sources(allocation.county, allocation.year, [allocation]).get(allocation.pk, [])
    sources = [
        PaperSource(
            "grant" if row.grant_id else "allocation", str(row.source.uid), title_of(row.source),
            level_of(row.source), row.amount, row.source.state == "preliminary", row.source.made_up,
        )
        for row in sources_in(allocation)
    ]  # fmt: skip
    exempt = json.loads(allocation.key)["exempt"]
    spared = sum(int(share.weight) for share in allocation.shares.all() if share.party.code in exempt)
    return LevyFacts(tuple(sources), tuple(one.title for one in changed), spared)
