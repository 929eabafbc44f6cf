"""How texts that several people write are compared and saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samplan.domain.editing import text_hash


def parted(row: Any, typed: Mapping[str, str], base: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What a person changed since `base` (hashes of the texts they began with): (to be saved, changed by another
    too)."""
    ours, theirs = {}, {}
    for name, value in typed.items():
        there = getattr(row, name)
        if value == there or text_hash(value) == base[name]:
            continue
        if text_hash(there) == base[name]:
            ours[name] = value
        else:
            theirs[name] = there
    return ours, theirs


def save(row: Any, values: Mapping[str, Any]) -> None:
    """Set and save just these fields."""
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
