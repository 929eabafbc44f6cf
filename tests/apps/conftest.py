"""A database where every write is committed, for tests with several connections at once."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

GUARD = import_module("samplan.base.audit.migrations.0002_append_only")


@pytest.fixture
def _trace_guarded_again(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        GUARD.guard(None, editor)


@pytest.fixture
def committed(_trace_guarded_again: None, transactional_db: None) -> Iterator[None]:
    """Afterwards the database is emptied; only for that is the trace's guard taken away for a moment."""
    yield
    with connection.schema_editor() as editor:
        GUARD.release(None, editor)
