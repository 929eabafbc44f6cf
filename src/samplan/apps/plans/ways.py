"""Four ways of seeing the same activities: a list, cards, a matrix and a time line. What was chosen is remembered."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from samplan.apps.plans.cells import CELLS, Pen, field_words
from samplan.apps.plans.charts import on_the_way, time_line
from samplan.apps.plans.listing import Asked, Listing
from samplan.apps.plans.models import Activity
from samplan.base.ui.icons import sprite
from samplan.base.ui.markdown import Figures

WAYS = {
    "lista": gettext_lazy("Lista"),
    "kort": gettext_lazy("Kort"),
    "matris": gettext_lazy("Matris"),
    "tid": gettext_lazy("Tidslinje"),
}
FIELDS: dict[str, tuple[str, ...]] = {
    "lista": ("title", "responsible", "when", "phase"), "kort": (), "matris": CELLS, "tid": ("title", "phase", "when"),
}  # fmt: skip
"""The cells that each way shows."""
ALONG = {"tid": ("milestones",)}
"""What each way reads more of an activity."""
KEPT = "plans_way"


class Seen:
    """How somebody sees a plan's activities. An address says so, else what was chosen before, else the list."""

    def __init__(self, request: HttpRequest, county: str, year: int, *, edits: bool, figures: Figures | None) -> None:
        self.asked = Asked.of(request.GET)
        chosen, kept = self.asked.way, request.session.get(KEPT, "lista")
        self.way = chosen if chosen in WAYS else kept if kept in WAYS else "lista"
        if chosen in WAYS and chosen != kept:
            request.session[KEPT] = chosen
        self.edits = edits
        self.pen = Pen(county, year, back=request.get_full_path(), edits=edits, figures=figures)

    @property
    def along(self) -> tuple[str, ...]:
        return ALONG.get(self.way, ())

    def cells(self, activity: Activity) -> dict[str, Any]:
        """An activity's cells in this way."""
        if self.way == "kort":
            return {field: self.pen.value(activity, field) for field in ("title", "purpose", "responsible")}
        return self.pen.cells(activity, FIELDS[self.way])

    def context(self, listed: Listing) -> dict[str, Any]:
        """What a page needs to show the activities this way, and to change to another."""
        line = on_the_way(listed.activities) if self.way == "tid" else []
        return {
            "way": self.way, "wide": self.way in {"matris", "tid"}, "edits": self.edits, "sprite": sprite(["edit"]),
            "columns": [field_words(field) for field in FIELDS[self.way]],
            "ways": [(words, listed.asked.address(way=code), code == self.way) for code, words in WAYS.items()],
            "on_the_way": time_line(line, today=timezone.localdate()) if line else None,
        }  # fmt: skip
