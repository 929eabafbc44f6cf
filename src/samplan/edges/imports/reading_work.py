"""The worker's part: the next document that waits is read in a process of its own, and kept or refused."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from typing import Final

from django.utils import timezone

from samplan.base.kernel.alive import signs_of_life
from samplan.domain.drafts.opening import opened
from samplan.edges.imports.errors import Unreadable
from samplan.edges.imports.operations.reading import (
    LONGEST_SILENCE,
    keep_reading,
    note_progress,
    refuse_document,
    take_up_reading,
)
from samplan.edges.imports.sandbox import read_safely

log = logging.getLogger(__name__)

BEAT: Final = LONGEST_SILENCE.total_seconds() / 4
"""Seconds between two signs of life."""
SHOWN_EVERY: Final = 0.25
"""Seconds between two that tell how far it has come."""


def read_next(*, words: Callable[[], str] = str, now: Callable[[], datetime] = timezone.now, alive: bool = True) -> int:
    """Read the next document; 1 when there was one. `words` gives more words for the reading, the text of a file.
    `alive`: give signs of life from a thread beside, which needs a database connection of its own."""
    draft = take_up_reading(at=now())
    if draft is None or draft.claim is None or draft.file is None:
        return 0
    claim, told = draft.claim, 0.0

    def progress(done: int, of: int) -> None:
        nonlocal told
        if done >= of or time.monotonic() - told >= SHOWN_EVERY:
            told = time.monotonic()
            note_progress(at=now(), claim=claim, done=done, of=of)

    try:
        with signs_of_life(lambda: note_progress(at=now(), claim=claim), every=BEAT) if alive else nullcontext():
            tree = opened(read_safely(bytes(draft.file.content), draft.name, words(), progress))
    except Unreadable as error:
        refuse_document(at=now(), claim=claim, error=error)
    except (KeyError, TypeError, ValueError):
        log.exception("what was read could not be taken in")
        refuse_document(at=now(), claim=claim, error=Unreadable("crashed"))
    else:
        keep_reading(at=now(), claim=claim, tree=tree)
    return 1
