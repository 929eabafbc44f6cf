"""Broken files of every kind, for some seconds; `python -m tests.reading.fuzz` does it for as long as one likes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from samplan.edges.imports.errors import Unreadable
from tests.reading import fuzz

ROOT = Path(__file__).resolve().parents[2]
QUICK = (
    "tables in tables in tables",
    "controls in controls",
    "XML deeper than any",
    "a billion laughs",
    "50 000 styles in a chain",
    "merged cells over everything",
    "forms that draw themselves",
    "a page that unpacks to 900 MB",
)


@pytest.mark.skipif(sys.platform == "win32", reason="the limits are the system's own")
def test_changed_files_are_read_or_refused() -> None:
    # In a process of its own, with a limit on memory.
    done = subprocess.run(
        [sys.executable, "-m", "tests.reading.fuzz", "--seconds", "8"],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    for kind in fuzz.CHANGES:
        assert re.search(rf"[0-9]  {kind}: read$", done.stdout, re.MULTILINE), done.stdout


def test_the_same_number_is_the_same_file() -> None:
    assert fuzz.changed(7, "docx") == fuzz.changed(7, "docx") != fuzz.changed(8, "docx")


def test_a_reader_that_breaks_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "answer", lambda *_rest: {}["missing"])
    with pytest.raises(fuzz.Failure, match="KeyError"):
        fuzz.check(b"text")

    def refuse(*_rest: object) -> None:
        raise Unreadable("crashed")

    monkeypatch.setattr(fuzz, "answer", refuse)
    with pytest.raises(fuzz.Failure, match="crashed"):
        fuzz.check(b"text")


@pytest.mark.parametrize("name", QUICK)
def test_files_that_are_built_to_hurt_end_with_a_word(name: str) -> None:
    make = dict(fuzz.heavy())[name]
    assert re.search(r": \w+ in [0-9.]+ s$", fuzz.try_heavy(name, make))
