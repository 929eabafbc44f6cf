"""How well documents are read: precision, recall and F1 by kind over the known and the made-up documents."""

from __future__ import annotations

import importlib


def run() -> None:
    """Prints each document's figures, then those of all. The measure and its truth are with the tests."""
    importlib.import_module("tests.reading.measure").main(["seeds", "tuned", "set-aside"])
