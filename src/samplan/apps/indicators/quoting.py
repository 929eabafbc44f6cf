"""The values that texts quote, on pages: read when the first is asked for, so that a page without any asks nothing."""

from __future__ import annotations

from functools import cached_property

from django.urls import reverse

from samplan.apps.indicators.queries import Quotable, quotable
from samplan.base.ui.markdown import Figure
from samplan.base.ui.templatetags.samplan import number
from samplan.domain.exact import Exact
from samplan.domain.indicators import Quote


def as_read(value: Exact) -> str:
    """A number in the reader's way: `1 234,5`."""
    return number(str(Exact(value.digits, value.scale)), value.scale)


class CountyFigures:
    """Finds the county's value that a text quotes: a party's, or the county's total, with the way to its row. A page
    calls it as its texts are written; the queries are as many however many texts quote."""

    def __init__(self, county: str, year: int, *, leads: bool = True) -> None:
        """`leads`: whether the reader may open the indicators' pages."""
        self.county, self.year, self.leads = county, year, leads

    @cached_property
    def there(self) -> dict[Quote, Quotable]:
        return {one.quote: one for one in quotable(self.county)}

    def __call__(self, quote: Quote) -> Figure | None:
        found = self.there.get(quote)
        if found is None:
            return None
        if not self.leads:
            return Figure(as_read(found.value), "")
        place = f"varde-{found.row.uid}" if found.row else f"period-{quote.period}"
        page = reverse("indicators:indicator", args=[self.county, self.year, found.indicator.uid])
        return Figure(as_read(found.value), f"{page}#{place}")
