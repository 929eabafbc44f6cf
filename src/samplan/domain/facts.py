"""Freezing: facts as canonical JSON with a hash. Kept as text, since a JSON column may reorder keys."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


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


def to_data(facts: Any) -> dict[str, Any]:
    """Facts (a tree of dataclasses) as plain dicts and tuples, for `canonical_json`."""
    return asdict(facts)


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {part.name: hints[part.name] for part in fields(kind)}


def from_data(kind: type[T], data: dict[str, Any]) -> T:
    """The reverse of `to_data`. A field that the data lacks takes its default, so older data can be read. Raises
    ValueError for a format that this version cannot read."""
    known = _hints(kind)  # type: ignore[arg-type]
    formats = [part.default for part in fields(kind) if part.name == "format"]  # type: ignore[arg-type]
    if formats and data.get("format") not in formats:
        raise ValueError(f"{kind.__name__} of format {data.get('format')}")
    return kind(**{name: _value(hint, data[name]) for name, hint in known.items() if name in data})


def _value(hint: Any, value: Any) -> Any:
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], item) for item in value)
    return from_data(hint, value) if is_dataclass(hint) and isinstance(hint, type) else value
