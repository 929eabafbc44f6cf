"""Every write about jobs: asked for, taken up, told of, kept or given up. A worker that dies leaves its job to the next
one; a job's file is kept once, by the worker that still holds it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q

from samplan.base.audit.trace import record
from samplan.base.files.store import store
from samplan.base.jobs.kinds import Made, kind_called
from samplan.base.jobs.models import Job
from samplan.domain.access import FORBIDDEN, Actor, may
from samplan.domain.errors import Refused
from samplan.domain.facts import canonical_json

MAKER: Final = Actor(kind="worker", name="Samplan")
LONGEST_SILENCE: Final = timedelta(seconds=20)
"""A job that has not been heard of for so long is taken up by another worker."""
MOST_ATTEMPTS: Final = 3
KEPT: Final = timedelta(days=7)
"""So long a finished job and its file can be fetched."""
UNFINISHED: Final = ("waiting", "working")


@transaction.atomic
def ask(
    *, by: Actor, at: datetime, county: str, year: int, kind: str, arguments: Mapping[str, Any], language: str
) -> Job:
    """Have something made. The same asked for again while it waits or is made is the same job."""
    may(by, kind_called(kind).permission, county=county).demand()
    if by.account_id is None:
        FORBIDDEN.demand()
    what = {"county": county, "year": year, "kind": kind, "arguments": canonical_json(dict(arguments)),
            "owner": by.account_id}  # fmt: skip
    there = Job.objects.filter(state__in=UNFINISHED, **what).first()
    if there is not None:
        return there
    try:
        with transaction.atomic():
            job = Job.objects.create(language=language, created_at=at, **what)
    except IntegrityError:  # asked for twice in the same moment
        return Job.objects.get(state__in=UNFINISHED, **what)
    record(by=by, at=at, verb="job_asked_for", subject=job, after={"kind": kind})
    return job


@transaction.atomic
def take_up(*, at: datetime) -> Job | None:
    """The next job, now held by the caller: one that waits, or one whose worker has fallen silent. One that several
    workers have died of has failed."""
    silent = Q(state="working", alive_at__lt=at - LONGEST_SILENCE)
    waiting = Job.objects.select_for_update(skip_locked=True, of=("self",)).filter(Q(state="waiting") | silent)
    for job in waiting.order_by("created_at", "id"):
        if job.attempts >= MOST_ATTEMPTS:
            _give_up(job, at)
            continue
        job.claim, job.alive_at, job.state = uuid4(), at, "working"
        job.attempts, job.done, job.of = job.attempts + 1, 0, 0
        job.save(update_fields=["claim", "alive_at", "state", "attempts", "done", "of"])
        return job
    return None


def tell(*, at: datetime, claim: UUID, done: int | None = None, of: int | None = None) -> bool:
    """The work is alive, and so far. False when another worker has taken it up."""
    values: dict[str, Any] = {"alive_at": at}
    if done is not None and of is not None:
        values |= {"done": done, "of": of}
    return bool(Job.objects.filter(claim=claim, state="working").update(**values))


@transaction.atomic
def keep(*, at: datetime, claim: UUID, made: Made) -> bool:
    """What was made. False (and nothing kept) when another worker has taken the job up."""
    job = Job.objects.select_for_update().filter(claim=claim, state="working").first()
    if job is None:
        return False
    job.file = store(county=job.county, name=made.name, content=made.content, at=at)
    job.state, job.finished_at, job.claim, job.done = "done", at, None, job.of
    job.save(update_fields=["file", "state", "finished_at", "claim", "done"])
    record(by=MAKER, at=at, verb="job_done", subject=job, after={"name": made.name, "sha256": job.file.sha256})
    return True


@transaction.atomic
def fail(*, at: datetime, claim: UUID) -> bool:
    """It could not be made. False when another worker has taken the job up."""
    job = Job.objects.select_for_update().filter(claim=claim, state="working").first()
    if job is None:
        return False
    _give_up(job, at)
    return True


def _give_up(job: Job, at: datetime) -> None:
    job.state, job.finished_at, job.claim = "failed", at, None
    job.save(update_fields=["state", "finished_at", "claim"])
    record(by=MAKER, at=at, verb="job_failed", subject=job, after={"kind": job.kind})


@transaction.atomic
def remove(*, by: Actor, at: datetime, job: Job) -> None:
    """Take away a job of one's own, with its file. Raises Refused("job_is_made") while a worker has it."""
    if by.account_id != job.owner:
        FORBIDDEN.demand()
    locked = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if locked.state == "working":
        raise Refused("job_is_made")
    record(by=by, at=at, verb="job_removed", subject=locked, before={"kind": locked.kind})
    _take_away(locked)


@transaction.atomic
def clear_old(*, at: datetime) -> int:
    """Take away what was finished long ago; returns how many."""
    old = list(Job.objects.select_for_update(of=("self",)).filter(finished_at__lt=at - KEPT))
    for job in old:
        _take_away(job)
    return len(old)


def _take_away(job: Job) -> None:
    file = job.file
    job.delete()
    if file is not None:
        file.delete()
