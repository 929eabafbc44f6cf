"""The demo's needs of the coming year, as the follow-up showed them, and the proposals that answer them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from samplan.apps.needs.operations import add_need, write_proposal
from samplan.domain.access import Actor

if TYPE_CHECKING:
    from samplan.config.demo.build import Year


def write_needs(built: Year, *, by: Actor, at: datetime, year: int) -> None:
    """The needs of `year` in the order of the file, then the proposals, each with the needs it answers."""
    data = built.read("needs")
    told: dict[str, Any] = {"by": by, "at": at, "county": built.county, "year": year}
    needs = [
        add_need(
            **told, title=row["title"], text=row["text"], state=row["state"], origin=row["origin"],
            activity=built.activities.get(row.get("activity", "")),
        )
        for row in data["needs"]
    ]  # fmt: skip
    for row in data["proposals"]:
        write_proposal(
            **told, title=row["title"], points=row["points"], needs=[needs[number - 1] for number in row["needs"]],
            working_group=built.bodies[row["working_group"]], decided_by=built.bodies[row["decided_by"]],
            texts={name: row[name] for name in ("purpose", "responsible", "follow_up") if name in row},
        )  # fmt: skip
