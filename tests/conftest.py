"""What every test stands on. The cast of people lives in `cast.py`; browsers in `journeys/conftest.py`.

Tests marked `postgres` need a PostgreSQL, tests marked `browser` a Chromium; without it they are skipped, and say so.
Where CI is set such a skip is a failure: browser tests always, PostgreSQL tests when DATABASE_URL names a PostgreSQL.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

_data = tempfile.TemporaryDirectory(prefix="samplan-tests-")
os.environ["SAMPLAN_DIRECTORY"] = _data.name

IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith(("postgres:", "postgresql:"))


def pytest_configure() -> None:
    from django.conf import settings

    # The settings are read before this file is: no test touches the data of whoever runs it.
    settings.DIRECTORY = Path(_data.name)
    settings.MAIL_FOLDER = settings.DIRECTORY / "mail"


def pytest_report_header() -> str:
    return f"database: {'PostgreSQL' if ON_POSTGRESQL else 'SQLite'}{', skips of marked tests fail' if IN_CI else ''}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if ON_POSTGRESQL:
        # Every page is looked at once, on SQLite: it reads the same on both databases, and takes minutes.
        once = [item for item in items if item.path.name == "test_every_page.py"]
        config.hook.pytest_deselected(items=once)
        items[:] = [item for item in items if item not in once]
        return
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason="needs DATABASE_URL to name a PostgreSQL"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    must_run = item.get_closest_marker("browser") or (ON_POSTGRESQL and item.get_closest_marker("postgres"))
    if IN_CI and must_run and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"may not be skipped in CI: {reason}"
    return report


@pytest.fixture
def demo(db: Any) -> None:
    """The whole demo year in the test's own transaction."""
    from samplan.config.demo.build import build

    build(now=datetime(2025, 3, 1, 12, tzinfo=UTC), say=lambda _step: None)


@pytest.fixture(scope="module")
def demo_of_module(django_db_setup: Any, django_db_blocker: Any) -> Generator[None, None, None]:
    """The demo once for all tests of a module, in a transaction around them: each still leaves nothing behind. Only for
    modules where every test that touches the database wants the demo."""
    from django.db import transaction

    from samplan.config.demo.build import build

    with django_db_blocker.unblock(), transaction.atomic():
        build(now=datetime(2025, 3, 1, 12, tzinfo=UTC), say=lambda _step: None)
        yield
        transaction.set_rollback(True)
