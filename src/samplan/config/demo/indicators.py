"""The demo's indicators: what Gävleborg measures, with examples where its report has no figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from samplan.apps.indicators.operations import add_indicator, enter_value, set_target
from samplan.apps.orgs.models import Party
from samplan.domain.access import Actor
from samplan.domain.exact import parse_exact

WORDS = ("code", "title", "definition", "unit", "direction", "adds_up", "source")


def write_indicators(
    rows: list[dict[str, Any]], *, by: Actor, at: datetime, county: str, parties: Mapping[str, Party]
) -> None:
    """Each indicator with its values, those of the parties year by year, and its targets."""
    for row in rows:
        made_up = row.get("made_up", False)
        made = add_indicator(by=by, at=at, county=county, **{name: row[name] for name in WORDS})
        told: dict[str, Any] = {"by": by, "at": at, "indicator": made, "made_up": made_up}
        for one in row.get("values", ()):
            enter_value(**told, when=one["period"], value=parse_exact(one["value"]), sex=one.get("sex", "all"))
        for period, values in row.get("parties", {}).items():
            for code, value in values.items():
                enter_value(**told, when=period, value=parse_exact(value), party=parties[code])
        for period, value in row.get("targets", {}).items():
            set_target(**told, when=period, value=parse_exact(value))
