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
    assert "allocation, documents, compiling" in done.stderr
