"""The benchmarks run as the README starts them and print what they measured. How fast is no test."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_a_benchmark_prints_its_ratios() -> None:
    # The start script would make an environment where the tests run in another than its own.
    own = Path(sys.prefix) == ROOT / ".venv"
    command = ["start.py", "bench", "allocation"] if own else ["-m", "benchmarks", "allocation"]
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=True)
    assert len(re.findall(r"[0-9.]+ ×$", done.stdout, re.MULTILINE)) == 6


def test_an_unknown_benchmark_is_said() -> None:
    done = subprocess.run([sys.executable, "-m", "benchmarks", "speed"], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert "allocation, documents, compiling, database, reading, reading_quality, pages" in done.stderr


def test_how_well_documents_are_read_is_printed() -> None:
    command = [sys.executable, "-m", "benchmarks", "reading_quality"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    whole = done.stdout.rpartition("\nall\n")[2]
    assert re.search(r"activities +precision [01]\.\d{3} +recall [01]\.\d{3} +F1 [01]\.\d{3}", whole)
