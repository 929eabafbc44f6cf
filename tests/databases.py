"""The databases that tests work in: one with the official places, for most; one with the demo; passing copies.

All are copies of an empty one that the migrations have made. Nothing is kept from one run to the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import setup_databases, teardown_databases


def connect(name: str) -> None:
    """The connection leads to this database from now on."""
    assert not connection.in_atomic_block, "`demo` and `committed` come first, before what uses the database"
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]
    connection.settings_dict["NAME"] = name


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    before = str(connection.settings_dict["NAME"])
    connect(name)
    try:
        yield
    finally:
        connect(before)


def copy(name: str, suffix: str) -> str:
    """Make a copy of a database; its name."""
    with connected_to(name):
        connection.creation.clone_test_db(suffix, verbosity=0, autoclobber=True)
        return str(connection.creation.get_test_db_clone_settings(suffix)["NAME"])


def drop_copy(name: str, suffix: str) -> None:
    with connected_to(name):
        connection.creation.destroy_test_db(suffix=suffix, verbosity=0)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[str]:
    """Instead of pytest-django's own: a test finds the counties, their parties and population there, as `load_places`
    has them. Gives the name of the empty database."""
    from tests.small_year import load_places

    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
        empty = str(connection.settings_dict["NAME"])
        connect(copy(empty, "places"))
        load_places()
    yield empty
    with django_db_blocker.unblock():
        connect(empty)
        drop_copy(empty, "places")
        teardown_databases(made, verbosity=0)


@pytest.fixture
def committed(django_db_setup: str, django_db_blocker: Any) -> Iterator[None]:
    """A copy of the database for one test, where every write is committed: for several connections at once."""
    with django_db_blocker.unblock():
        source = str(connection.settings_dict["NAME"])
        with connected_to(copy(source, "committed")):
            yield
        drop_copy(source, "committed")


@pytest.fixture(scope="session")
def demo_database(django_db_setup: str, django_db_blocker: Any) -> Iterator[str]:
    """The name of a database with the whole demo, built for the first test that wants it. Whoever writes in it does so
    in a transaction that is rolled back, or in a copy."""
    from samplan.config.demo.build import build

    with django_db_blocker.unblock():
        name = copy(django_db_setup, "demo")
        with connected_to(name):
            build(now=datetime(2025, 3, 1, 12, tzinfo=UTC), say=lambda _step: None)
    yield name
    with django_db_blocker.unblock():
        drop_copy(django_db_setup, "demo")


@pytest.fixture
def _in_demo_database(demo_database: str, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), connected_to(demo_database):
        yield


@pytest.fixture
def demo(_in_demo_database: None, db: None) -> None:
    """The test works in the demo, and leaves it as it was. Stands first among a test's fixtures."""
