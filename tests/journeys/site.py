"""The demo as a real process, and the people who open it in a real browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

from tests.processes import Place, place

WIDE, NARROW = 1280, 390
HEIGHT = 900


@dataclass(frozen=True, slots=True)
class Site:
    base: str
    directory: Path
    sign_ins: list[dict[str, str]]

    def sign_in_of(self, role: str, organisation: str = "") -> dict[str, str]:
        return next(
            one for one in self.sign_ins if one["role"] == role and one["organisation"].startswith(organisation)
        )


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def running(there: Place, said: Path, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command of samplan as a person starts it, with its own process group, so that nothing of it is left."""
    with said.open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "samplan", *command, "--directory", str(there.directory)],
            env=there.environment(), stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        yield process
    finally:
        try:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=15)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            process.kill()
        process.wait()


@contextmanager
def built(directory: Path) -> Iterator[Place]:
    """A demo that nobody serves, for others to begin as copies of."""
    with place(directory / "demo") as there:
        with running(there, directory / "said.txt", "demo", "--once") as process:
            assert process.wait() == 0, (directory / "said.txt").read_text(encoding="utf-8")
        yield there


@contextmanager
def started(directory: Path, like: Place | None = None) -> Iterator[Site]:
    """`samplan demo` built, or taken up where a copy of `like` is, and serving; on PostgreSQL with its worker, that
    the demo has no part in there."""
    port, said = free_port(), directory / "said.txt"
    with ExitStack() as until_the_end:
        if like:
            shutil.copytree(like.directory, directory / "demo")
        name = urlsplit(like.url).path.strip("/") if like else ""
        there = until_the_end.enter_context(place(directory / "demo", like=name))
        process = until_the_end.enter_context(running(there, said, "demo", "--port", str(port)))
        while not (ready := re.search(r"^Ready: (\S+)$", said.read_text(encoding="utf-8"), re.MULTILINE)):
            assert process.poll() is None, "the demo ended before it was ready:\n" + said.read_text(encoding="utf-8")
            time.sleep(0.1)
        if there.url:
            until_the_end.enter_context(running(there, directory / "worker.txt", "worker"))
        sign_ins = json.loads((there.directory / "demo-sign-ins.json").read_text(encoding="utf-8"))
        yield Site(ready[1], there.directory, sign_ins)


@dataclass(slots=True)
class People:
    """Gives each person's browser, signed in once; without scripts, as the site must do its work without them."""

    site: Site
    browser: Browser
    _states: dict[str, Any] = field(default_factory=dict)

    def stranger(self, *, scripts: bool = False, state: Any = None) -> BrowserContext:
        return self.browser.new_context(
            base_url=self.site.base, java_script_enabled=scripts, locale="sv-SE", timezone_id="Europe/Stockholm",
            viewport={"width": WIDE, "height": HEIGHT}, storage_state=state,
        )  # fmt: skip

    def who(self, role: str, organisation: str = "", *, scripts: bool = False) -> BrowserContext:
        sign_in = self.site.sign_in_of(role, organisation)
        email = sign_in["email"]
        if email not in self._states:
            context = self.stranger()
            sign_in_at(context.new_page(), email, sign_in["password"])
            self._states[email] = context.storage_state()
            context.close()
        return self.stranger(scripts=scripts, state=self._states[email])


def sign_in_at(page: Page, email: str, password: str) -> None:
    page.goto("/konto/logga-in/")
    page.get_by_label("E-postadress").fill(email)
    page.get_by_label("Lösenord").fill(password)
    page.get_by_role("main").get_by_role("button", name="Logga in").click()
    page.get_by_role("button", name="Logga ut").wait_for()
