"""Sheets of a workbook: what stands above a sheet's first table belongs to that table, as rows over all its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from samplan.domain.reading.paras import Flow, Grid, GridCell, GridRow, Para

_UNNAMED: Final = re.compile(r"(?:blad|sheet|ark|flik|tabell)\s*\d*", re.IGNORECASE)
_RUNNING: Final = frozenset({"heading", "paragraph", "item"})


def is_named(name: str) -> bool:
    """Whether a person named the sheet: not "Blad1"."""
    return bool(name.strip()) and not _UNNAMED.fullmatch(name.strip())


def gathered(flow: Sequence[Flow]) -> list[Flow]:
    """The flow of a workbook with several sheets of tables; others come back as they are."""
    firsts: dict[str, Grid] = {}
    for item in flow:
        if isinstance(item, Grid) and item.name and not item.hidden:
            firsts.setdefault(item.name, item)
    if len(firsts) < 2:
        return list(flow)
    result: list[Flow] = []
    waiting: list[Para] = []
    for item in flow:
        if isinstance(item, Para) and item.kind in _RUNNING and item.spans:
            if waiting and waiting[0].at.page != item.at.page:
                result += waiting
                waiting = []
            waiting.append(item)
        elif isinstance(item, Grid) and firsts.get(item.name) is item and waiting and _is_on(item, waiting[0]):
            rows = (GridRow((GridCell(0, (para,), item.width),)) for para in waiting)
            result.append(replace(item, rows=(*rows, *item.rows)))
            waiting = []
        else:
            result += [*waiting, item]
            waiting = []
    return result + waiting


def _is_on(grid: Grid, para: Para) -> bool:
    first = next(iter(grid.paras), None)
    return first is not None and bool(first.spans) and first.at.page == para.at.page
