"""The worker's loop: outgoing mail. Everything else is quick enough to be done while somebody waits."""

from __future__ import annotations

import logging
import threading

from django.db import close_old_connections
from django.utils import timezone

from samplan.base.mail.outbox import send_waiting

log = logging.getLogger(__name__)


def work(*, stop: threading.Event, once: bool = False) -> None:
    """Send what waits until told to stop; with `once` until nothing waits. A round that fails is tried again."""
    while not stop.is_set():
        try:
            close_old_connections()
            sent = send_waiting(at=timezone.now())
        except Exception:
            if once:
                raise
            log.exception("a round of work failed and is tried again")
            sent = 0
        if sent:
            continue
        if once:
            return
        stop.wait(1)
