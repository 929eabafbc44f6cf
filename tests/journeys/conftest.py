"""Browsers for the journeys: the machine's own Chromium, named by SAMPLAN_CHROMIUM or found on the path."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.site import People, Site, built, started
from tests.processes import Place

CHROMIUM = os.environ.get("SAMPLAN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
LAUNCH = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium: install it, or name it in SAMPLAN_CHROMIUM"))


@pytest.fixture(scope="session", autouse=True)
def _database_calls_beside_the_browser() -> Iterator[None]:
    """The browser's library keeps an event loop in this thread; there the framework else refuses the database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": LAUNCH}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "sv-SE", "timezone_id": "Europe/Stockholm"}


@pytest.fixture(scope="session")
def demo_as_built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The demo, built once for all journeys of this process."""
    if CHROMIUM is None:
        pytest.skip("no Chromium")
    with built(tmp_path_factory.mktemp("built")) as there:
        yield there


@pytest.fixture(scope="module")
def site(demo_as_built: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo as a person starts it: a process of its own, ended whatever happens. Each file has one to itself."""
    with started(tmp_path_factory.mktemp("demo"), demo_as_built) as site:
        yield site


@pytest.fixture(scope="module")
def people(site: Site, browser: Browser) -> People:
    return People(site, browser)
