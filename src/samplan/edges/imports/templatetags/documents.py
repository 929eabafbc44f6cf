"""Where a row of a plan came from, for the pages that show it."""

from __future__ import annotations

from typing import Any

from django import template

from samplan.edges.imports.queries import row_of

register = template.Library()


@register.inclusion_tag("imports/_came_from.html", takes_context=True)
def came_from(context: template.Context, row: Any) -> dict[str, Any]:
    """The document and the pages that a row was made from, with a link for those who may look; nothing for a row that
    somebody has written."""
    return {
        "row": row_of(row.uid), "county": context.get("county"), "year": context.get("year"),
        "may_manage": context.get("may_manage"),
    }  # fmt: skip
