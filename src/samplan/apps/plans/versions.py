"""What changed between two pictures of a plan, in words for a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samplan.apps.plans.labels import ACTIVITY_FIELDS, KINDS, OUTCOMES, PHASES, PICTURE_PLACES, ROW_FIELDS, ROW_TABLES
from samplan.apps.plans.models import Continuation, Plan
from samplan.domain.comparing import compare
from samplan.domain.planfacts import PlanFacts

FIELDS = {**ROW_FIELDS, **ACTIVITY_FIELDS}
CODES: dict[str, Mapping[str, Any]] = {"phase": PHASES, "outcome": OUTCOMES, "kind": KINDS, "place": PICTURE_PLACES}


def threads(plan: Plan) -> dict[str, str]:
    """Uid in the plan before → uid in this plan, for activities that went on as one."""
    rows = Continuation.objects.filter(plan=plan, before__isnull=False, after__isnull=False)
    return {str(before): str(after) for before, after in rows.values_list("before__uid", "after__uid")}


def differences(before: PlanFacts, after: PlanFacts, same: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
    """New rows, rows that are gone and changed fields, each with its kind in words."""
    found = compare(before, after, same)

    def kind(row: Any) -> Any:
        return ROW_TABLES.get(row.kind, row.kind)

    return {
        "new": [{"kind": kind(row), "title": row.title} for row in found.new],
        "gone": [{"kind": kind(row), "title": row.title} for row in found.gone],
        "changed": [
            {
                "kind": kind(one), "title": one.title, "field": FIELDS.get(one.field, one.field),
                "before": CODES.get(one.field, {}).get(one.before, one.before),
                "after": CODES.get(one.field, {}).get(one.after, one.after),
            }
            for one in found.changed
        ],
    }  # fmt: skip
