"""Rows are written by operations, in the product, the demo and the tests alike."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WRITE = re.compile(
    r"\.(?:objects|_default_manager)\b[^\n]*\.(?:create|bulk_create|get_or_create|update_or_create|update|bulk_update|delete)\("
    r"|\.(?:bulk_create|update_or_create|get_or_create)\(|\.objects\.create\(|^\s*\w+\.(?:save|delete)\((?:\)|update_fields)"
)
# A test may put a row in a state to ask what follows, or empty a table; it never makes a row.
MAKE = re.compile(r"\.(?:create|bulk_create|get_or_create|update_or_create)\(|^\s*\w+\.save\(\)")
# Where a row may be written. `once` spends a form's key; the outbox, store, trace and worker are what operations use.
ALLOWED = re.compile(
    r"(?:(?:apps|edges)/\w+/operations(?:/\w+)?\.py|base/(?:accounts|jobs)/operations\.py|base/audit/trace\.py"
    r"|base/mail/outbox\.py|base/files/(?:store|operations)\.py|base/kernel/once\.py|migrations/\w+\.py)$"
)
# The one row that says what the database is, written with what fills it.
INSTALLATION = re.compile(r"Installation\.objects\.create\(")


def python_files(folder: str) -> list[Path]:
    return sorted(path for path in (ROOT / folder).rglob("*.py") if ".venv" not in path.parts)


@pytest.mark.parametrize(("folder", "pattern"), [("src/samplan", WRITE), ("tests", MAKE)])
def test_nothing_is_written_past_the_operations(folder: str, pattern: re.Pattern[str]) -> None:
    found = []
    for path in python_files(folder):
        name = path.relative_to(ROOT).as_posix()
        if ALLOWED.search(name) or name.startswith("tests/architecture/test_writes"):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if pattern.search(line) and not INSTALLATION.search(line) and "# tries the database" not in line:
                found.append(f"{name}:{number}: {line.strip()}")
    assert found == []


def test_the_pattern_knows_a_write() -> None:
    for line in ("Party.objects.create(", "x.objects.filter(a=1).update(", "row.save()", "Row.objects.bulk_create("):
        assert WRITE.search(line), line
    assert MAKE.search("Row.objects.create(")
    assert MAKE.search("    row.save()")
    assert not MAKE.search("Row.objects.update(")
    for line in ("form.save_answers(", "values.update(a)", "forms.ModelForm", "hash.update(b'')"):
        assert not WRITE.search(line), line
