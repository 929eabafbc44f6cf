"""The worker's loop: rounds of work that nobody waits for in a page."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import close_old_connections
from django.utils import timezone

log = logging.getLogger(__name__)

Round = Callable[[datetime], int]
"""Does some of what waits, at a moment; returns how much it did, 0 when nothing waits."""


def work(*, rounds: Sequence[Round], stop: threading.Event, once: bool = False) -> None:
    """Do the rounds in turn until told to stop; with `once` until nothing waits. A round that fails is tried again."""
    while not stop.is_set():
        did = 0
        for one in rounds:
            try:
                close_old_connections()
                did += one(timezone.now())
            except Exception:
                if once:
                    raise
                log.exception("a round of work failed and is tried again")
        if did:
            continue
        if once:
            return
        stop.wait(1)
