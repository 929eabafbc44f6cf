"""The worker's part: the next job is made from rows as they are, and kept or given up."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from typing import Final

from django.utils import timezone, translation

from samplan.base.jobs.kinds import Task, kind_called
from samplan.base.jobs.operations import LONGEST_SILENCE, clear_old, fail, keep, take_up, tell
from samplan.base.kernel.alive import signs_of_life

log = logging.getLogger(__name__)
BEAT: Final = LONGEST_SILENCE.total_seconds() / 4
"""Seconds between two signs of life."""


def make_next(*, now: Callable[[], datetime] = timezone.now, alive: bool = True) -> int:
    """Make the next job; 1 when there was one. `alive`: give signs of life from a thread beside."""
    job = take_up(at=now())
    if job is None or job.claim is None:
        return 0
    claim, at = job.claim, now()
    told = signs_of_life(lambda: tell(at=now(), claim=claim), every=BEAT) if alive else nullcontext()
    try:
        with told, translation.override(job.language):
            task = Task(job.county, job.year, json.loads(job.arguments), at)
            made = kind_called(job.kind).make(task, lambda done, of: _progress(now(), claim, done, of))
    except _TakenOver:
        return 1
    except Exception:
        log.exception("a job could not be made")
        fail(at=now(), claim=claim)
    else:
        keep(at=now(), claim=claim, made=made)
    clear_old(at=now())
    return 1


class _TakenOver(Exception):
    """Another worker has the job."""


def _progress(at: datetime, claim: object, done: int, of: int) -> None:
    if not tell(at=at, claim=claim, done=done, of=of):  # type: ignore[arg-type]
        raise _TakenOver
