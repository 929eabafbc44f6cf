"""`python -m benchmarks [NAME ...]`: runs the benchmarks and prints what they measured: ratios of one run, no test."""

from __future__ import annotations

import importlib
import sys

BENCHMARKS = ("allocation", "documents", "compiling", "database", "reading", "reading_quality", "pages")
"""Modules of this package; each has a function `run()` that prints its lines."""


def main(names: list[str]) -> int:
    """Runs the named benchmarks, all without a name. Status 2 for a name that is none."""
    if unknown := sorted(set(names) - set(BENCHMARKS)):
        sys.stderr.write(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(BENCHMARKS)}.\n")
        return 2
    for name in names or BENCHMARKS:
        sys.stdout.write(f"{name}\n")
        importlib.import_module(f"benchmarks.{name}").run()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
