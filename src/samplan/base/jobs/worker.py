"""The worker's loop: signs of life, jobs of dead workers taken up again, jobs, mail."""

from __future__ import annotations

import logging
import os
import socket
import threading
import uuid
from datetime import datetime, timedelta

from django.db import close_old_connections, transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from samplan.base.jobs.models import WorkerBeat
from samplan.base.mail.outbox import send_waiting

BEAT = 5
DEAD = timedelta(seconds=60)
ATTEMPTS = 3
log = logging.getLogger(__name__)


def reap(*, at: datetime) -> int:
    """Put jobs of workers without a sign of life for a minute back in the queue; after three tries they fail.
    Returns how many."""
    alive = set(WorkerBeat.objects.filter(at__gt=at - DEAD).values_list("worker_id", flat=True))
    WorkerBeat.objects.filter(at__lt=at - 100 * DEAD).delete()
    taken = 0
    with transaction.atomic():
        running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).select_for_update()
        for job in running:
            if job.worker_ids and job.worker_ids[-1] in alive:
                continue
            if len(job.worker_ids) >= ATTEMPTS:
                job.status, job.finished_at = TaskResultStatus.FAILED, at
            else:
                job.status, job.started_at = TaskResultStatus.READY, None
            job.save(update_fields=["status", "started_at", "finished_at"])
            taken += 1
    return taken


def beat(worker_id: str, *, at: datetime) -> None:
    """Tell that this worker lives."""
    WorkerBeat.objects.update_or_create(worker_id=worker_id, defaults={"at": at})


def work(*, stop: threading.Event, once: bool = False) -> None:
    """Do what waits until told to stop; with `once` until nothing waits."""
    worker_id = f"{socket.gethostname()[:20]}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
    pulse = threading.Thread(target=_pulse, args=(worker_id, stop), daemon=True)
    beat(worker_id, at=timezone.now())
    pulse.start()
    worker = Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id=worker_id, excluded_queue_names=[],
    )  # fmt: skip
    while not stop.is_set():
        try:
            close_old_connections()
            reap(at=timezone.now())
            worker.run()
            send_waiting(at=timezone.now())
        except Exception:
            if once:
                raise
            log.exception("a round of work failed and is tried again")
        if once:
            return
        stop.wait(1)


def _pulse(worker_id: str, stop: threading.Event) -> None:
    while not stop.wait(BEAT):
        close_old_connections()
        beat(worker_id, at=timezone.now())
