"""What every test stands on. Its databases are in `databases.py`, a small county's year in `small_year.py`, browsers in
`journeys/conftest.py`.

Tests marked `postgres` need a PostgreSQL, `browser` a Chromium, `libreoffice` LibreOffice; without it they are skipped,
and say so. Where CI is set such a skip is a failure; for PostgreSQL tests when DATABASE_URL names a PostgreSQL.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import tests.settings
from tests.databases import _in_demo_database, committed, demo, demo_database, django_db_setup

__all__ = ["_in_demo_database", "committed", "demo", "demo_database", "django_db_setup"]

_data = tempfile.TemporaryDirectory(prefix="samplan-tests-")
os.environ["SAMPLAN_DIRECTORY"] = _data.name

IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
JOURNEYS = "tests/journeys/"
ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith(("postgres:", "postgresql:"))


# A busy machine is no fault of what is tried; what is taken for CI is tried with the same examples each time.
settings.register_profile("samplan", deadline=None, derandomize=IN_CI, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("samplan")


def pytest_configure() -> None:
    from django.conf import settings

    # The settings are read before this file is: no test touches the data of whoever runs it.
    settings.DIRECTORY = Path(_data.name)
    if not ON_POSTGRESQL:
        settings.DATABASES["default"]["NAME"] = settings.DIRECTORY / "samplan.sqlite3"
    settings.MAIL_FOLDER = settings.DIRECTORY / "mail"
    settings.PASSWORD_HASHERS = tests.settings.PASSWORD_HASHERS


def pytest_report_header() -> str:
    return f"database: {'PostgreSQL' if ON_POSTGRESQL else 'SQLite'}{', skips of marked tests fail' if IN_CI else ''}"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """All tests are shared between as many processes as there are cores; a part of them runs in this one."""
    part = config.args_source is config.ArgsSource.ARGS or config.option.keyword or config.option.markexpr
    cores = os.cpu_count() or 1
    return 0 if part or cores == 1 else min(cores, 4)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A file is one process's, and its journeys go on that process's site. Whoever is free takes the next."""
    from xdist.scheduler import LoadFileScheduling

    config.option.loadscopereorder = False
    return LoadFileScheduling(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):  # shared between processes: what takes longest begins first
        longest = (f"{JOURNEYS}test_every_page.py", JOURNEYS, "tests/edges/test_kills.py", "")
        items.sort(key=lambda item: next(place for place, name in enumerate(longest) if item.nodeid.startswith(name)))
    if ON_POSTGRESQL:
        config.hook.pytest_deselected(items=[item for item in items if once_is_enough(item)])
        items[:] = [item for item in items if not once_is_enough(item)]
        return
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason="needs DATABASE_URL to name a PostgreSQL"))
        if item.get_closest_marker("libreoffice") and not shutil.which("soffice"):
            item.add_marker(pytest.mark.skip(reason="LibreOffice is not on the machine"))


def once_is_enough(item: pytest.Item) -> bool:
    """Whether a test says the same on PostgreSQL as on SQLite: those of rooms that know no database, unless they ask
    for one all the same; the journeys but the year's own and the form's; the files that LibreOffice makes."""
    if item.nodeid.startswith(JOURNEYS):
        return item.path.name not in {"test_journeys.py", "test_report_form.py"}
    if item.get_closest_marker("libreoffice"):
        return True
    return item.nodeid.startswith(("tests/domain/", "tests/reading/")) and "db" not in getattr(item, "fixturenames", ())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    must_run = item.get_closest_marker("browser") or item.get_closest_marker("libreoffice")
    must_run = must_run or (ON_POSTGRESQL and item.get_closest_marker("postgres"))
    if IN_CI and must_run and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"may not be skipped in CI: {reason}"
    return report
