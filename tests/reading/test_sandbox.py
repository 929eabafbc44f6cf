"""A file is read in a process of its own, which the operating system holds: tried by processes that break out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import samplan
from samplan.edges.imports import sandbox
from samplan.edges.imports.errors import Unreadable
from samplan.edges.imports.sandbox import read_safely
from tests.reading.word_files import p, word

SOURCE = str(Path(samplan.__file__).parents[1])
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="held by Python alone where the system has no such filter")


def confined(code: str, *, seconds: int = 20, megabytes: int = 300, without_python: bool = False) -> tuple[int, str]:
    """What a confined process says that runs `code`; `without_python`: only the system refuses."""
    off = "confine._refuse = lambda event, arguments: None\n" if without_python else ""
    start = f"import sys; sys.path.insert(0, {SOURCE!r})\nfrom samplan.edges.imports import confine\n{off}"
    done = subprocess.run(
        [sys.executable, "-c", f"{start}import ctypes, os, socket, subprocess, threading, zlib\n"
         f"confine.confine({seconds}, {megabytes})\n{code}"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return done.returncode, (
        done.stdout + done.stderr.strip().splitlines()[-1:][0] if done.stderr else done.stdout
    ).strip()


BREAKING_OUT = {
    "write": "open({path!r}, 'w')",
    "append": "os.open({path!r}, os.O_WRONLY | os.O_CREAT)",
    "remove": "os.remove({path!r})",
    "rename": "os.rename({path!r}, {path!r} + '2')",
    "folder": "os.mkdir({path!r} + 'd')",
    "connect": "socket.create_connection(('127.0.0.1', 9))",
    "datagram": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "program": "subprocess.run(['true'])",
    "fork": "os.fork()",
    "kill": "os.kill(os.getppid(), 0)",
}


@LINUX
@pytest.mark.parametrize("how", BREAKING_OUT)
def test_the_system_refuses(how: str, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("kvar")
    status, said = confined(BREAKING_OUT[how].format(path=str(there)), without_python=True)
    assert status == 1
    assert "PermissionError" in said
    assert there.read_text() == "kvar"
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


@pytest.mark.parametrize("how", ["write", "append", "remove", "folder", "connect", "program"])
def test_python_itself_refuses_where_the_system_cannot(how: str, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("kvar")
    status, said = confined("pass\n" + BREAKING_OUT[how].format(path=str(there)))
    assert status == 1
    assert "reading may not" in said
    assert there.read_text() == "kvar"


def test_reading_and_threads_go_on(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("läst", encoding="utf-8")
    code = f"t = threading.Thread(target=lambda: print(len(open({str(there)!r}, 'rb').read()))); t.start(); t.join()"
    assert confined(code) == (0, "5")


@LINUX
def test_memory_is_counted() -> None:
    status, said = confined("x = bytearray(400 << 20)")
    assert (status, said) == (1, "MemoryError")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts no time of computing")
def test_time_of_computing_is_counted() -> None:
    status, _said = confined("while True: pass", seconds=1)
    assert status == -24


def test_a_file_is_read_and_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    content = word(p("Mål") + p("rad") * 450)
    result = read_safely(content, "plan.docx", progress=lambda done, of: told.append((done, of)))
    assert result["draft"]["source"]["characters"] == 3 + 450 * 3
    assert told == [(200, 451), (400, 451)]


def test_why_a_file_cannot_be_read_comes_back() -> None:
    with pytest.raises(Unreadable) as caught:
        read_safely(b"{\\rtf1}", "plan.docx")
    assert (caught.value.code, caught.value.params) == ("unknown_kind", {"found": "rtf"})


def test_a_large_file_is_not_even_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "LARGEST_FILE", 10)
    monkeypatch.setattr(subprocess, "Popen", None)
    with pytest.raises(Unreadable, match="too_large"):
        read_safely(b"%PDF-1.7 too long", "plan.pdf")


@LINUX
def test_too_much_memory_is_told() -> None:
    with pytest.raises(Unreadable) as caught:
        read_safely(word(p("ord") * 150_000), "plan.docx", megabytes=80)
    assert (caught.value.code, caught.value.params) == ("memory", {"megabytes": 80})


@pytest.mark.parametrize("computing", [True, False])
def test_too_much_time_is_told(computing: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    work = "while True: pass" if computing else "import time; time.sleep(60)"
    limit = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 2));" if computing else ""
    monkeypatch.setattr(sandbox, "_START", f"import sys; sys.stdin.buffer.read(); {limit}\n{work}")
    with pytest.raises(Unreadable, match="timeout"):
        read_safely(b"%PDF-", "plan.pdf", seconds=20 if computing else 1)


@pytest.mark.parametrize(
    "code",
    [
        "pass",
        "import os; os.kill(os.getpid(), 9)",
        "print('hej')",
        "print('[1]')",
        'print(\'{"code": "other"}\')',
        "print('{', end='')",
    ],
)
def test_a_process_that_ends_without_an_answer_is_told(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_START", code)
    with pytest.raises(Unreadable, match="crashed"):
        read_safely(b"%PDF-" + b"x" * 1_000_000, "plan.pdf")


def test_a_mistake_of_ours_tells_where_and_no_word_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    start = (
        "import sys; sys.path.insert(0, sys.argv[1]); from samplan.edges.imports import child\n"
        "child.answer = lambda content, *rest, **more: {}[content]\nchild.main()"
    )
    monkeypatch.setattr(sandbox, "_START", start)
    with pytest.raises(Unreadable) as caught:
        read_safely(b"hemligt", "plan.txt")
    assert caught.value.code == "crashed"
    assert caught.value.params["why"].startswith("KeyError, ")
    assert "hemligt" not in str(caught.value)
