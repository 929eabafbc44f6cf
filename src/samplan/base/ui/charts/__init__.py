"""Charts: plain values in, one drawing out. The same drawing stands on pages and in Word, PDF and HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from samplan.base.ui.charts.bars import Row, bars
from samplan.base.ui.charts.drawing import NARROW, PAGE, WIDTH


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing and what has to stand with it: its message in words and its numbers as a table.

    `draw` makes it in a width: `wide` is that of paper, `page` a page's, `narrow` a telephone's. `head` names the
    table's columns, the first that of the rows; `numbers` has a row for each, `total` their sums or nothing. `made_up`:
    some number is an example.
    """

    caption: str
    alt: str
    draw: Callable[[int], str]
    head: tuple[str, ...]
    numbers: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    made_up: bool = False

    @property
    def wide(self) -> str:
        return self.draw(WIDTH)

    @property
    def page(self) -> str:
        return self.draw(PAGE)

    @property
    def narrow(self) -> str:
        return self.draw(NARROW)


def bar_chart(
    caption: str,
    alt: str,
    rows: Sequence[Row],
    series: Sequence[str],
    *,
    said: Callable[[int], str],
    about: str,
    total: str = "",
    made_up: bool = False,
) -> Chart:
    """Stacked bars with their table: a column for each series, and with `total` (its name) one for the sum and a last
    row of sums. `about` names what the rows are."""
    numbers = [(row.label, *map(said, row.values), *((said(sum(row.values)),) if total else ())) for row in rows]
    sums = [sum(row.values[place] for row in rows) for place in range(len(series))]
    return Chart(
        caption=caption,
        alt=alt,
        draw=lambda width: bars(rows, series, said=said, width=width),
        head=(about, *series, *((total,) if total else ())),
        numbers=tuple(numbers),
        total=(total, *map(said, sums), said(sum(sums))) if total else (),
        made_up=made_up,
    )
