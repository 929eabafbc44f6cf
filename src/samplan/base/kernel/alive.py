"""Signs of life from work that takes long: whoever works beats beside it, and falls silent only by dying."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def signs_of_life(beat: Callable[[], object], *, every: float) -> Iterator[None]:
    """While inside, call `beat` every so many seconds from a thread beside, with a database connection of its own."""
    stop = threading.Event()

    def beats() -> None:
        try:
            while not stop.wait(every):
                beat()
        finally:
            connection.close()

    thread = threading.Thread(target=beats, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
