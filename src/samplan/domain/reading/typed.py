"""Tables that are typed: Markdown's rows between bars, and columns between tabs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samplan.domain.reading import lines
from samplan.domain.reading.source import Block, Cell, Line, Piece, Row, Table


def typed_tables(run: Sequence[Line]) -> list[tuple[int, int, Table]]:
    found = []
    index = 0
    while index < len(run):
        after, separator = _typed_rows(run, index)
        if after - index >= 2:
            found.append((index, after, _typed_table(run[index:after], separator)))
            index = after
        else:
            index += 1
    return found


def _typed_rows(run: Sequence[Line], start: int) -> tuple[int, str]:
    first = run[start].text.strip()
    if first.startswith("|") and first.count("|") >= 3:
        index = start
        while index < len(run) and run[index].text.strip().startswith("|") and not (index > start and run[index].gap):
            index += 1
        return index, "|"
    tabs = first.count("\t")
    if not tabs or lines.contents_title(first) is not None:
        return start, ""
    index = start
    while (
        index < len(run)
        and run[index].text.strip("\n\r ").count("\t") == tabs
        and lines.contents_title(run[index].text) is None
    ):
        index += 1
    return (index, "\t") if index - start >= 3 else (start, "")


def _typed_table(run: Sequence[Line], separator: str) -> Table:
    rows = []
    for number, line in enumerate(run):
        rule = separator == "|" and not re.search(r"[^\s|:+=-]", line.text)
        pattern = r"[^|]*\|" if separator == "|" else r"[^\t]*\t"
        texts = re.findall(pattern + r"|.+$", line.text, re.DOTALL)
        if separator == "|" and texts and not texts[0].strip(" |"):
            texts[1:2] = [texts[0] + texts[1]] if len(texts) > 1 else []
            texts = texts[1:] if len(texts) > 1 else texts
        if separator == "|" and len(texts) > 1 and not texts[-1].strip():
            texts[-2:] = [texts[-2] + texts[-1]]
        if rule:
            texts = [line.text]
        cells = tuple(
            Cell(column, (Block("furniture" if rule else "paragraph", (Piece(text, line.at),)),))
            for column, text in enumerate(texts)
        )
        head = number == 0 and len(run) > 1 and separator == "|" and not re.search(r"[^\s|:+=-]", run[1].text)
        rows.append(Row(cells, head=head))
    return Table(tuple(rows))
