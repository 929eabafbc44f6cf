"""What a worker can be asked to make: each room says it of its own work when it is loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samplan.domain.access import Permission

Progress = Callable[[int, int], None]
"""So many parts of so many are finished."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a maker is given: the county's year, what was asked for, and when the work began."""

    county: str
    year: int
    arguments: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class Made:
    """A file, under the name that a person fetches it by."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job. `permission` to ask for it and to fetch what it made; `title` what it is called; `make` makes the
    file from rows as they are, writes nothing, and tells each finished part."""

    code: str
    permission: Permission
    title: Any
    make: Callable[[Task, Progress], Made]


_KINDS: dict[str, Kind] = {}


def can_make(*kinds: Kind) -> None:
    """Take in kinds of jobs."""
    for kind in kinds:
        _KINDS[kind.code] = kind


def kind_called(code: str) -> Kind:
    """Raises KeyError for a kind that no room knows."""
    return _KINDS[code]
