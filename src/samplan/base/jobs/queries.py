"""Reads about jobs: only one's own, and only while one may still have them made."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from samplan.base.jobs.kinds import kind_called
from samplan.base.jobs.models import Job
from samplan.domain.access import Actor, may


def jobs_of(actor: Actor, *, county: str, year: int) -> QuerySet[Job]:
    """What the actor has asked for in a county's year, the newest first."""
    found = Job.objects.filter(county=county, year=year, owner=actor.account_id or 0)
    return found.select_related("file").defer("file__content")


def get_job_for(actor: Actor, uid: UUID, *, county: str, year: int) -> Job:
    """One of the actor's own jobs; 404 otherwise."""
    found = jobs_of(actor, county=county, year=year).filter(uid=uid).first()
    if found is None or not may(actor, kind_called(found.kind).permission, county=county):
        raise Http404
    return found
