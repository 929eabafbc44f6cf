"""Freezing: facts as canonical JSON with a hash. Kept as text, since a JSON column may reorder keys."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Frozen:
    text: str
    sha256: str


def _demand_exact(data: Any) -> None:
    if isinstance(data, float):
        raise TypeError("a frozen fact is exact: no floats")
    if isinstance(data, dict):
        for name, value in data.items():
            if not isinstance(name, str):
                raise TypeError("names in frozen facts are text")
            _demand_exact(value)
    elif isinstance(data, list | tuple):
        for value in data:
            _demand_exact(value)
    elif data is not None and not isinstance(data, str | int):
        raise TypeError(f"cannot freeze {type(data).__name__}")


def canonical_json(data: Any) -> str:
    """One text for one value: sorted names, no spaces, characters as they are. Raises TypeError for floats, objects."""
    _demand_exact(data)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def frozen(data: Any) -> Frozen:
    """The canonical text with its SHA-256."""
    text = canonical_json(data)
    return Frozen(text, hashlib.sha256(text.encode()).hexdigest())


def thaw(text: str, sha256: str) -> Any:
    """The value of a frozen text. Raises ValueError when the text is not what was frozen."""
    if hashlib.sha256(text.encode()).hexdigest() != sha256:
        raise ValueError("the frozen text has been changed")
    return json.loads(text)
