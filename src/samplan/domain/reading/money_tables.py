"""Amounts of tables: sections and recipients in a table of the file, and in one that plain text has lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from samplan.domain.reading import amounts, flat, grids, lines
from samplan.domain.reading.draft import Draft, Found, Leaf, Money, Total
from samplan.domain.reading.flat import Flat
from samplan.domain.reading.heads import Reading
from samplan.domain.reading.paras import Grid, GridCell, GridRow, Para, as_label, cut, raw


def column_of(rows: Sequence[GridRow], column: int) -> list[GridCell]:
    cells = [row.cell(column) for row in rows]
    return [cell for cell in cells if cell is not None and not cell.covered]


@dataclass(slots=True)
class MoneyTables:
    draft: Draft
    reading: Reading

    def grid(self, grid: Grid, shape: grids.Shape) -> None:
        words = self.reading.words
        head = grid.rows[shape.head]
        recipients = {
            cell.column: found[0]
            for cell in head.cells
            if (found := flat.recipients_in(cell.text, words)) and not cell.covered
        }
        sums = {
            cell.column
            for cell in head.cells
            if cell.column in recipients or amounts.has_unit(cell.text) or shape.columns[cell.column] == "budget"
        }
        multiples = {cell.column: amounts.multiple_of(cell.text) for cell in head.cells}
        self.draft.money_head.paras += [para for row in grid.rows[: shape.head + 1] for para in row.paras]
        for row in grid.rows[shape.head + 1 :]:
            own = [cell for cell in row.cells if not cell.covered and cell.text]
            texts = [cell for cell in own if amounts.in_cell(cell.text) is None]
            if any(self.reading.words.exact("money", cell.text) == "total" for cell in texts):
                self._total(row, grid, shape.head, multiples, sums)
                continue
            section, area = self._section(row, texts, shape.columns)
            placed: set[int] = set()
            first: Money | None = None
            for cell in row.cells:
                value = amounts.in_cell(cell.text, multiples.get(cell.column, 1)) if not cell.covered else None
                if value is None or (sums and cell.column not in sums):
                    continue
                if cell.column not in recipients and not amounts.is_amount(cell.text) and len(recipients) > 1:
                    continue
                if section and cell.text.strip() == section:
                    continue
                recipient = recipients.get(cell.column) or self._recipient_of(texts)
                money = Money(Leaf([para for para in cell.paras if para.spans]), value, section, area, recipient)
                self.draft.money.append(money)
                placed.add(id(cell))
                first = first or money
            rest = [para for cell in row.cells if not cell.covered and id(cell) not in placed for para in cell.paras]
            if first is not None:
                first.leaf.paras = [as_label(para) for para in rest] + first.leaf.paras
            else:
                self.draft.money_head.paras += rest

    def _total(self, row: GridRow, grid: Grid, head: int, multiples: dict[int, int], sums: set[int]) -> None:
        """A row of totals is no amount of its own; what stands above it in each column is told beside."""
        self.draft.money_head.paras += [as_label(para) for para in row.paras]
        above = grid.rows[head + 1 : grid.rows.index(row)]
        for cell in row.cells:
            stated = amounts.in_cell(cell.text, multiples.get(cell.column, 1))
            if stated is None or (sums and cell.column not in sums):
                continue
            values = [
                amounts.in_cell(each.text, multiples.get(cell.column, 1)) for each in column_of(above, cell.column)
            ]
            parts = [value for value in values if value is not None]
            self.draft.totals.append(Total(stated, parts, cell.text, cell.paras[0].at))
            if not any(amounts.find(cell.text)):
                self.draft.cells.append(Found({"amount": stated, "text": cell.text}, cell.paras[0].at))

    def _section(self, row: GridRow, texts: Sequence[GridCell], columns: Sequence[str]) -> tuple[str, str]:
        """Number and name of the row's section: in cells of their own or one before the other."""
        section = ""
        names = []
        for cell in row.cells:
            text = cell.text
            if re.fullmatch(r"\d{1,2}(?:\.\d{1,2})+\.?", text):
                section = text.rstrip(".")
            elif cell in texts and not flat.recipients_in(text, self.reading.words):
                names.append(text)
        name = " ".join(names)
        if not section and (match := re.search(r"(?<![\d.])\d{1,2}(?:\.\d{1,2})+(?![\d.])", name)):
            section = match.group()
            name = name[match.end() :].strip() if match.start() == 0 else name
        return section, name

    def _recipient_of(self, texts: Sequence[GridCell]) -> str | None:
        for cell in texts:
            if found := flat.recipients_in(cell.text, self.reading.words):
                return found[0]
        return None

    def lost(self, table: Flat) -> None:
        """A table of amounts in plain text: rows begin with a section; the amounts of a row fill its columns in order
        when there is one for each, else what a column is worth is left open."""
        self.draft.money_head.paras += [*table.head]
        section, name = "", ""
        waiting: list[Para] = []
        for para in table.paras:
            if lines.is_caption(raw(para)):
                self.draft.money_head.paras.append(para)
                continue
            text = raw(para)
            hits = list(flat.AMOUNT.finditer(text))
            before = text[: hits[0].start()] if hits else text
            if before.strip():
                match = re.search(r"(?<![\d.])\d{1,2}(?:\.\d{1,2})+(?![\d.])", before)
                if match:
                    section = match.group()
                    name = lines.join(before[match.end() if match.start() < 2 else 0 :].split("\n"))
                elif not waiting:
                    section, name = "", lines.join(before.split("\n"))
                else:
                    name = f"{name} {lines.join(before.split(chr(10)))}".strip()
            if not hits:
                waiting.append(para)
                continue
            recipients: Sequence[str | None] = [None] * len(hits)
            if len(hits) == len(table.columns):
                recipients = table.columns
            parts = cut(para, *(hit.start() for hit in hits if hit.start()))
            if hits[0].start():
                waiting.append(parts[0])
                parts = parts[1:]
            for place, (part, hit) in enumerate(zip(parts, hits, strict=True)):
                value = int(re.sub(r"\D", "", hit.group()))
                leaf = Leaf([*(as_label(each) for each in waiting), part] if place == 0 else [part])
                self.draft.money.append(Money(leaf, value, section, name.strip(), recipients[place]))
            waiting = []
        self.draft.money_head.paras += waiting
