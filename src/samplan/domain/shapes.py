"""The shapes that counties write their plan in: a shape is an ordered list of chapters.

Five come ready; an owner may choose and order chapters otherwise. Every chapter can stand in every shape; one that has
nothing to say leaves no trace. What no chapter of a shape tells is named on a last page.
"""

from __future__ import annotations

CHAPTERS = (
    "introduction",
    "texts",
    "sections",
    "bodies",
    "county_goals",
    "frameworks",
    "needs",
    "areas_directives",
    "areas_efforts",
    "areas_fulfilment",
    "areas_matrix",
    "areas_goals",
    "efforts_outside",
    "planning",
    "perspectives",
    "pilots",
    "posts",
    "offers",
    "assignments",
    "happenings",
    "documents",
    "indicators",
    "time_line",
    "money",
    "not_reported",
    "sources",
)
"""Codes of all chapters. Those that begin with `areas_` tell of the same areas in different ways."""

_REST = (
    "needs",
    "perspectives", "pilots", "posts", "offers", "assignments", "happenings", "documents", "frameworks", "indicators",
    "time_line",
)  # fmt: skip

SHAPES: dict[str, tuple[str, ...]] = {
    "directive": (
        "introduction", "county_goals", "areas_directives", "efforts_outside", "planning", *_REST, "money",
        "not_reported", "sources",
    ),
    "efforts": ("texts", "county_goals", "areas_efforts", "efforts_outside", "planning", *_REST, "sections", "money",
                "bodies", "sources"),
    "fulfilment": ("texts", "county_goals", "bodies", "areas_fulfilment", "efforts_outside", "planning", *_REST,
                   "sections", "money", "sources"),
    "matrix": ("texts", "county_goals", "bodies", "areas_matrix", "efforts_outside", "planning", *_REST, "sections",
               "money", "sources"),
    "goals": ("texts", "sections", "county_goals", "bodies", "areas_goals", "efforts_outside", "planning",
              *_REST, "money", "sources"),
}  # fmt: skip
"""The five ready shapes (P1–P5): by directive, by reported effort, by fulfilment, as a matrix, by goals."""


def chapters_of(shape: str, chosen: str = "") -> tuple[str, ...]:
    """The chapters of a plan: the owner's own (`chosen`, one code a line), else the shape's. Raises KeyError."""
    own = tuple(code for code in chosen.split() if code in CHAPTERS)
    return own or SHAPES[shape]
