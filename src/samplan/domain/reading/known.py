"""What is known beside the document: counties by name, the state's totals, who a section of an agreement pays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

County: TypeAlias = tuple[str, str, str, str]
"""Code, name, short name, region."""


@dataclass(frozen=True, slots=True)
class Known:
    """`totals`: kronor by year. `recipients`: by year and section, "3.2 part" being a line within section 3.2."""

    counties: Sequence[County] = ()
    totals: Mapping[int, int] = field(default_factory=dict)
    recipients: Mapping[int, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    @classmethod
    def from_data(cls, data: Mapping[str, Any], counties: Sequence[County] = ()) -> Known:
        """From what `agreements.toml` holds. Raises KeyError and ValueError for another form."""
        totals = {int(year): int(total["kronor"]) for year, total in data["totals"].items()}
        recipients = {
            int(year): {section: tuple(paid) for section, paid in sections.items() if isinstance(paid, list)}
            for year, sections in data["sections"].items()
        }
        return cls(counties, totals, recipients)
