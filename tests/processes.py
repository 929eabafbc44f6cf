"""Places where processes of our own work: a directory, with a database in it or on the PostgreSQL of this run."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parents[1]
SERVER = os.environ.get("DATABASE_URL", "")
OURS = {"DATABASE_URL", "SAMPLAN_SECRET_KEY", "SAMPLAN_DIRECTORY", "DJANGO_SETTINGS_MODULE"}
ENVIRONMENT = {key: value for key, value in os.environ.items() if key not in OURS}
FAST = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}


@dataclass(frozen=True, slots=True)
class Place:
    """`url` is empty where the database is the directory's own."""

    directory: Path
    url: str

    def environment(self) -> dict[str, str]:
        """A person's own, as if no test were running."""
        return ENVIRONMENT | ({"DATABASE_URL": self.url} if self.url else {})

    def start(self, *arguments: str, fast: bool = True) -> subprocess.Popen[str]:
        """Python with arguments. `fast`: with passwords that cost nothing."""
        return subprocess.Popen(
            [sys.executable, *arguments], env=self.environment() | (FAST if fast else {}), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def rows(self, query: str) -> list[tuple[object, ...]]:
        if self.url:
            with psycopg.connect(self.url) as connection:
                return connection.execute(query).fetchall()
        with sqlite3.connect(self.directory / "samplan.sqlite3") as connection:
            return connection.execute(query).fetchall()

    def tables(self) -> set[object]:
        """Their names; none where there is no database yet."""
        if self.url:
            return {name for (name,) in self.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
        if not (self.directory / "samplan.sqlite3").exists():
            return set()
        return {name for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}

    def demand_whole(self) -> None:
        """The database is sound, and its server has no more to do for processes that have ended."""
        if not self.url:
            assert self.rows("PRAGMA integrity_check") == [("ok",)]
            assert self.rows("PRAGMA foreign_key_check") == []
            return
        others = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        given_up = time.monotonic() + 30
        while self.rows(others):
            assert time.monotonic() < given_up, "the server still works for a process that has ended"
            time.sleep(0.01)


@contextmanager
def place(directory: Path, *, like: str = "") -> Iterator[Place]:
    """An empty one, or with a copy of the database named `like`, to which nobody is connected."""
    directory.mkdir(parents=True, exist_ok=True)
    if not SERVER.startswith("postgres"):
        if like:
            shutil.copy(like, directory / "samplan.sqlite3")
        yield Place(directory, "")
        return
    name = f"samplan_test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}" + (f' TEMPLATE "{like}"' if like else ""))
        try:
            yield Place(directory, urlsplit(SERVER)._replace(path=f"/{name}").geturl())
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
