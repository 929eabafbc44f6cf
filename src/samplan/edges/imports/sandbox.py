"""Read a stranger's file in a process of its own, held by the operating system's limits.

The process gets the file through its standard input and answers through its standard output: nothing is written.
"""

from __future__ import annotations

import json
import os
import py_compile
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any, Final

import samplan
from samplan.edges.imports.errors import CODES, Unreadable

LARGEST_FILE: Final = 50_000_000
"""Bytes. A plan with its pictures is a few million."""
SECONDS: Final = 60
MEGABYTES: Final = 512
LARGEST_ANSWER: Final = 200_000_000
"""Bytes that are taken from the process; 60 pages answer with less than one million."""

_START: Final = "import sys; sys.path.insert(0, sys.argv[1]); from samplan.edges.imports.child import main; main()"
_ENVIRONMENT: Final = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP")


def read_safely(
    content: bytes,
    name: str,
    vocabulary: str = "",
    progress: Callable[[int, int], None] = lambda _done, _of: None,
    *,
    whole: bool = True,
    seconds: int = SECONDS,
    megabytes: int = MEGABYTES,
) -> dict[str, Any]:
    """What `child.answer` makes of a file: its draft, and if `whole` its pieces and parts. Raises Unreadable.

    `name` is only carried through. `vocabulary`: more words, as the text of a file of words. `progress` is called with
    how many are done and of how many (pages, paragraphs, sheets). `seconds` hold for computing and by the clock.
    """
    if len(content) > LARGEST_FILE:
        raise Unreadable("too_large", limit=LARGEST_FILE)
    _compile()
    header = {"name": name, "vocabulary": vocabulary, "whole": whole, "seconds": seconds, "megabytes": megabytes}
    process = subprocess.Popen(
        [sys.executable, "-I", "-B", "-X", "utf8", "-c", _START, str(Path(samplan.__file__).parents[1])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        close_fds=True,
    )
    too_late = threading.Event()

    def end() -> None:
        too_late.set()
        process.kill()

    clock = threading.Timer(seconds, end)
    clock.start()
    try:
        answer = _talk(process, json.dumps(header).encode() + b"\n" + content, progress)
    finally:
        clock.cancel()
        process.kill()
        process.wait()
    if answer is None:
        raise _ended(process.returncode, too_late.is_set(), seconds, megabytes)
    if "code" in answer:
        code = answer["code"] if answer["code"] in CODES else "crashed"
        raise Unreadable(code, **answer.get("params", {}))
    result: dict[str, Any] = answer["result"]
    return result


@cache
def _compile() -> None:
    """The process writes nothing, not even the compiled modules that it is made of: those that are missing are made
    here, else each file would pay for them anew."""
    package = Path(samplan.__file__).parent
    for folder in (package / "domain" / "reading", package / "edges" / "imports"):
        for source in folder.rglob("*.py"):
            made = Path(cache_from_source(str(source)))
            if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
                # Where nothing may be written, it takes its time.
                with suppress(OSError, py_compile.PyCompileError):
                    py_compile.compile(str(source), doraise=True)


def _talk(process: subprocess.Popen[bytes], said: bytes, progress: Callable[[int, int], None]) -> dict[str, Any] | None:
    """Hand over and listen: lines of progress, then a line with the answer. None when the process ends without one."""
    if process.stdin is None or process.stdout is None:
        return None
    try:
        process.stdin.write(said)
        process.stdin.close()
    except OSError:  # it has ended already
        return None
    while line := process.stdout.readline(LARGEST_ANSWER):
        if not line.endswith(b"\n"):
            return None
        try:
            message = json.loads(line)
        except ValueError:
            return None
        if not isinstance(message, dict):
            return None
        if "done" not in message:
            process.wait()
            return message
        progress(int(message["done"]), int(message["of"]))
    process.wait()
    return None


def _ended(status: int, too_late: bool, seconds: int, megabytes: int) -> Unreadable:
    """Why a process may have ended without an answer. Negative: the signal that ended it."""
    if too_late or status == -24:  # SIGXCPU
        return Unreadable("timeout", seconds=seconds)
    # A library that is denied memory gives up the process: abort, or a write to where nothing is.
    if status in (-6, -11, -7):
        return Unreadable("memory", megabytes=megabytes)
    return Unreadable("crashed")
