"""Tables become activities, money and text of a draft: those of the file, and those that plain text has lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from samplan.domain.reading import amounts, grids, lines, sheets
from samplan.domain.reading.draft import Area, Draft, Found, Goal, Leaf, Node, Total
from samplan.domain.reading.flat import Flat
from samplan.domain.reading.heads import Reading, tags_in
from samplan.domain.reading.money_tables import MoneyTables, column_of
from samplan.domain.reading.names import MANY, same_name
from samplan.domain.reading.paras import Grid, GridCell, GridRow, Para, as_label, mark_label, raw

_TITLES: Final = 4
"""Rows of a sheet that may name it."""
_NO_FIELD: Final = frozenset({"title", "area", "number", "tags", "steps", "goal_long", "goal_short"})


@dataclass(slots=True)
class Tabler:
    draft: Draft
    reading: Reading

    def place(self, item: Grid | Flat, area: Area | None, node: Node | None, leaf: Leaf) -> None:
        """Put a table where it belongs. `leaf` takes the text of a table that is none of the known kinds."""
        if isinstance(item, Flat):
            if item.kind == "matrix":
                self._flat_matrix(item, area)
            elif item.kind == "money":
                MoneyTables(self.draft, self.reading).lost(item)
            else:
                leaf.paras += [*item.head, *item.paras]
            return
        found = grids.shape(item, self.reading.words)
        if area is None and found.kind == "card" and item.name and self.reading.sheets > 1:
            area = self._of_sheet(item)
        if (
            found.kind == "matrix"
            and area is None
            and not item.name
            and grids.is_list_of_sums(item, self.reading.words)
        ):
            MoneyTables(self.draft, self.reading).grid(item, found)
        elif found.kind == "matrix":
            self._matrix(item, found, area)
        elif (
            found.kind == "card" and node is None and area is not None and grids.is_area_card(item, self.reading.words)
        ):
            self._area_card(item, area)
        elif found.kind == "card":
            self._card(item, area, node)
        elif found.kind == "money":
            MoneyTables(self.draft, self.reading).grid(item, found)
        elif found.kind == "tags":
            self.draft.unplaced.append(("legend", Leaf([para for para in item.paras if para.spans])))
        else:
            leaf.paras += [para for para in item.paras if para.spans]

    # --- areas by name

    def area_named(self, name: str) -> Area:
        """The area of that name, made where there is none."""
        known = self.draft.areas_by_name
        if name not in known:
            among = self.draft.areas[:MANY]
            area = next((each for each in among if same_name(each.title.text, name)), None)
            if area is None:
                area = Area()
                self.draft.areas.append(area)
            known[name] = area
        return known[name]

    def _fallback(self, area: Area | None, name: str = "") -> Area:
        if area is not None:
            return area
        nameless = next((each for each in self.draft.areas if not each.title.text), None)
        if nameless is not None:
            return nameless
        made = Area()
        self.draft.areas.append(made)
        return made

    # --- matrices

    def _matrix(self, grid: Grid, shape: grids.Shape, area: Area | None) -> None:
        head = grid.rows[shape.head]
        current, waiting = self._above(grid, shape, area)
        lone = grids.lone_names(grid, shape)
        for index, row in enumerate(grid.rows):
            if index <= shape.head or not row.filled:
                continue
            if not any(character.isalnum() for cell in row.filled for character in cell.text):
                # The rule under the head of a typed table.
                waiting += list(row.paras)
                continue
            if any(self.reading.words.exact("money", cell.text) == "total" for cell in row.filled):
                self._sum_of_budgets(row, grid, shape)
                waiting += list(row.paras)
                continue
            if row.repeated or _texts(row) == _texts(head):
                waiting += list(row.paras)
                continue
            name = grids.area_row(row, grid, self.reading.words)
            if index in lone:
                current = self._named_by(row.filled[0], name or row.filled[0].text)
                continue
            if name and "area" not in shape.columns and len(row.cells) <= 2:
                current = self._named_by(row.filled[0], name)
                continue
            current = self._row(row, shape.columns, current, grid)
            self._budget(row, grid, shape)
            if waiting:
                current.heads.setdefault("activities", Leaf()).paras += [as_label(para) for para in waiting]
                waiting = []
        if waiting:
            target = self._fallback(current)
            target.heads.setdefault("activities", Leaf()).paras += [as_label(para) for para in waiting]

    def _above(self, grid: Grid, shape: grids.Shape, area: Area | None) -> tuple[Area | None, list[Para]]:
        """The area that stands over a table: in a row above its head, or as the name of its sheet; and the paragraphs
        there that name no area."""
        words = self.reading.words
        current = area
        waiting: list[Para] = []
        for row in grid.rows[: shape.head]:
            name = grids.area_row(row, grid, words)
            if name and (grids.calls_area(row.filled[0].text, words) or not grid.name) and "area" not in shape.columns:
                current = self._named_by(row.filled[0], name)
            elif self._is_title(row) and not self.draft.title.paras:
                self.draft.title.paras += list(row.paras)
            else:
                waiting += list(row.paras)
        if current is None and grid.name and self.reading.sheets > 1 and "area" not in shape.columns:
            current = self._of_sheet(grid)
        return current, [*waiting, *grid.rows[shape.head].paras]

    def _is_title(self, row: GridRow) -> bool:
        """Whether a row above a head is the title of the workbook."""
        return len(row.filled) == 1 and (self.reading.sheets == 1 or row.filled[0].text in self.reading.common)

    def _of_sheet(self, grid: Grid) -> Area | None:
        """The area that a sheet is: by a row that calls it one, by its own name, else by its first row of one cell."""
        words = self.reading.words
        alone = [row.filled[0] for row in grid.rows[:_TITLES] if len(row.filled) == 1 and row.filled[0].columns > 1]
        called = next((cell for cell in alone if grids.calls_area(cell.text, words)), None)
        if called is not None:
            lead = words.lead(words.of("areas", "one"), called.text)
            name = (lead and lead[1]) or called.text
        else:
            name = grid.name if sheets.is_named(grid.name) else next((cell.text for cell in alone), "")
        if not name:
            return None
        area = self.area_named(name)
        if not area.title.text:
            area.title.own = name
        return area

    def _sum_of_budgets(self, row: GridRow, grid: Grid, shape: grids.Shape) -> None:
        for column, key in enumerate(shape.columns):
            cell = row.cell(column)
            multiple = self._multiple(grid, shape, column)
            if key == "budget" and cell is not None and (stated := amounts.in_cell(cell.text, multiple)) is not None:
                above = grid.rows[shape.head + 1 : grid.rows.index(row)]
                values = [amounts.in_cell(each.text, multiple) for each in column_of(above, column)]
                parts = [value for value in values if value is not None]
                self.draft.totals.append(Total(stated, parts, cell.text, cell.paras[0].at))
                self._amount(stated, cell, grid, shape)

    def _multiple(self, grid: Grid, shape: grids.Shape, column: int) -> int:
        cell = grid.rows[shape.head].cell(column)
        return amounts.multiple_of(cell.text) if cell is not None else 1

    def _budget(self, row: GridRow, grid: Grid, shape: grids.Shape) -> None:
        """Amounts of a column of money that carry no unit themselves."""
        for column, key in enumerate(shape.columns):
            cell = row.cell(column)
            if key != "budget" or cell is None or cell.covered or not cell.paras:
                continue
            multiple = self._multiple(grid, shape, column)
            value = amounts.in_cell(cell.text, multiple)
            if value is not None:
                self._amount(value, cell, grid, shape)

    def _amount(self, value: int, cell: GridCell, grid: Grid, shape: grids.Shape) -> None:
        """An amount that says no unit itself, but looks like money or stands below one."""
        told = grid.rows[shape.head].cell(cell.column)
        if any(amounts.find(cell.text)):
            return
        if amounts.is_amount(cell.text) or (told and amounts.has_unit(told.text)):
            self.draft.cells.append(Found({"amount": value, "text": cell.text}, cell.paras[0].at))

    def _named_by(self, cell: GridCell, name: str) -> Area:
        """The area that a cell names; its characters go to the area's title."""
        area = self.area_named(name)
        lead = self.reading.words.lead(self.reading.words.of("areas", "one"), cell.text)
        area.number = area.number or (lead[0] if lead else "")
        for para in cell.paras:
            if not para.spans:
                continue
            if not area.title.named:
                start = raw(para).find(name)
                area.title.paras.append(mark_label(para, start) if start > 0 else para)
            else:
                area.title.paras.append(as_label(para))
        return area

    def _row(self, row: GridRow, columns: Sequence[str], area: Area | None, grid: Grid) -> Area:
        node = Node()
        goals: list[tuple[str | None, Para]] = []
        if "area" in columns:
            cell = row.cell(columns.index("area"))
            if cell is not None and cell.text:
                area = self.area_named(cell.text) if cell.covered else self._named_by(cell, cell.text)
        target = self._fallback(area)
        for cell in row.cells:
            if cell.covered:
                continue
            key = columns[cell.column] if cell.column < len(columns) else ""
            if key == "area":
                continue
            self._cell(node, key or "comment", cell, goals)
        if not node.title.paras and not node.fields and not node.steps:
            return target
        several = self._several(row, columns)
        if not node.title.paras and target.activities and "title" in columns:
            # A row that goes on with the activity above: its cell for the title is empty or merged.
            self._append(target.activities[-1], node)
        else:
            target.activities.append(node)
        for para in several:
            target.activities.append(Node(title=Leaf([_item(para)])))
        if several:
            node.steps = []
        target.goals += [Goal(Leaf([para]), horizon) for horizon, para in goals]
        return target

    def _several(self, row: GridRow, columns: Sequence[str]) -> list[Para]:
        """All but the first of the activities of a cell that holds nothing but a list of them."""
        cell = row.cell(columns.index("title")) if "title" in columns else None
        paras = [para for para in cell.paras if para.spans] if cell is not None and not cell.covered else []
        listed = all(para.kind == "item" or lines.bullet(raw(para)) for para in paras)
        return paras[1:] if listed and len(paras) > 1 else []

    def _append(self, node: Node, more: Node) -> None:
        for key, leaf in more.fields.items():
            node.field_of(key).paras += leaf.paras
        node.steps += more.steps
        node.tags += more.tags

    def _cell(self, node: Node, key: str, cell: GridCell, goals: list[tuple[str | None, Para]]) -> None:
        paras = [para for para in cell.paras if para.spans]
        if key == "title":
            self._title(node, paras)
        elif key == "number":
            node.title.paras = [*(as_label(para) for para in paras), *node.title.paras]
            node.number = node.number or cell.text.strip(" .")
        elif key == "tags":
            node.tags += [Leaf([para], own=para.text.strip()) for para in paras]
        elif key == "steps":
            node.steps += [Leaf([_item(para)]) for para in paras]
        elif key in ("goal_long", "goal_short"):
            goals += [(key[5:], _item(para)) for para in paras]
        elif key:
            node.field_of(key).paras += paras

    def _title(self, node: Node, paras: Sequence[Para]) -> None:
        """The cell of the activity: its text is the title, a list in it the steps; a number before it the number."""
        signs = [mark.text for para in paras if (mark := lines.bullet(raw(para)))]
        for place, para in enumerate(paras):
            mark = lines.bullet(raw(para))
            # A single dash at the beginning of a line is a dash in a sentence that went over the line.
            listed = mark is not None and (mark.text not in "-–—" or signs.count(mark.text) > 1)
            if (para.kind == "item" and mark is None) or (place and listed):
                node.steps.append(Leaf([_item(para)]))
                continue
            if place == 0:
                text = raw(para)
                lead = self.reading.words.prefix(text)
                number = lines.number(text)
                if lead and lead[1] and lead[2]:
                    node.number = lead[1]
                    para = mark_label(para, text.index(lead[2]))
                elif number and not number.text.isalpha() and text[number.end :][:1].isupper():
                    node.number = number.text
                    para = mark_label(para, number.end)
                elif para.number:
                    node.number = para.number.strip(" .)")
            node.title.paras.append(_item(para))
        if len(node.title.paras) > 1:
            node.title.own = " ".join(text for para in node.title.paras if (text := para.text))

    def _flat_matrix(self, table: Flat, area: Area | None) -> None:
        target = self._fallback(area)
        head = target.heads.setdefault("activities", Leaf())
        head.paras += [as_label(para) for para in table.head]
        for first, others in table.rows:
            node = Node()
            self._title(node, first)
            if others:
                node.field_of("description").paras += others
            target.activities.append(node)

    # --- cards

    def _card(self, grid: Grid, area: Area | None, node: Node | None) -> None:
        """A table for each activity: a label beside its value. A second title begins a second activity."""
        words = self.reading.words
        target = area
        current = node if node is not None and node.title.paras else None
        for row in grid.rows:
            filled = row.filled
            if not filled:
                continue
            if len(filled) == 1:
                current, target = self._card_line(filled[0], row, current, target, node)
                continue
            pairs = [(filled[place], filled[place + 1]) for place in range(0, len(filled) - 1, 2)]
            for name, value in pairs:
                key, number = grids.label_of(name.text, words)
                key = key or "comment"
                if key == "area":
                    target = self._named_by(value, value.text)
                    target.title.paras = [as_label(para) for para in name.paras] + target.title.paras
                    continue
                if key == "title" and (current is None or current.title.text or current is node):
                    if current is None or current is not node or node is None or node.title.text:
                        current = self._begin(target)
                elif key == "directive":
                    current = Node()
                    self._fallback(target).directives.append(current)
                elif current is None:
                    current = self._begin(target)
                self._value(current, key, name, value)
                current.number = current.number or number
            if len(filled) % 2 and current is not None:
                current.field_of("comment").paras += filled[-1].paras

    def _area_card(self, grid: Grid, area: Area) -> None:
        for row in grid.rows:
            if not row.filled:
                continue
            name, *values = row.filled
            key = grids.label_of(name.text, self.reading.words)[0]
            labels = [as_label(para) for para in name.paras]
            paras = [para for value in values for para in value.paras if para.spans]
            if key in ("goal", "goal_long", "goal_short"):
                area.heads.setdefault("goals", Leaf()).paras += labels
                area.goals += [Goal(Leaf([_item(para)]), key[5:] or None) for para in paras]
            else:
                area.field_of(key).paras += labels + paras

    def _begin(self, target: Area | None) -> Node:
        node = Node()
        self._fallback(target).activities.append(node)
        return node

    def _card_line(
        self, cell: GridCell, row: GridRow, current: Node | None, target: Area | None, given: Node | None
    ) -> tuple[Node | None, Area | None]:
        """A row of one cell: the title of the next activity, or the text of a label without a value."""
        words = self.reading.words
        text = cell.text
        if (lead := words.lead(words.of("areas", "one"), text)) is not None and lead[1]:
            return current, self._named_by(cell, lead[1])
        key = words.column(text) if len(text) <= 60 else None
        if key and key not in _NO_FIELD and current is not None:
            current.field_of(key).paras += [as_label(para) for para in cell.paras]
            return current, target
        if len(text) <= 200 and (current is None or current.title.text) and current is not given:
            current = self._begin(target)
            self._title(current, [para for para in cell.paras if para.spans])
            return current, target
        holder = current if current is not None else self._begin(target)
        if not holder.title.paras:
            self._title(holder, [para for para in cell.paras if para.spans])
        else:
            holder.field_of("description").paras += cell.paras
        return holder, target

    def _value(self, node: Node, key: str, name: GridCell, value: GridCell) -> None:
        labels = [as_label(para) for para in name.paras]
        paras = [para for para in value.paras if para.spans]
        if key in ("title", "directive"):
            self._title(node, paras)
            node.title.paras = labels + node.title.paras
        elif key == "number":
            node.number = value.text.strip(" .")
            node.title.paras = [*labels, *(as_label(para) for para in paras), *node.title.paras]
        elif key == "tags":
            for para in paras:
                found = tags_in(raw(para), self.reading.tags) or tuple(re.split(r"\s*[,;]\s*", para.text))
                node.tags += [Leaf([para] if place == 0 else [], own=tag) for place, tag in enumerate(found) if tag]
            if node.tags:
                node.tags[-1].paras = labels + node.tags[-1].paras
        elif key == "steps":
            node.steps += [Leaf([_item(para)]) for para in paras]
            if node.steps:
                node.steps[-1].paras = labels + node.steps[-1].paras
        else:
            field = "goal" if key in ("goal_long", "goal_short") else key
            node.field_of(field).paras += labels + paras


def _texts(row: GridRow) -> list[str]:
    return [cell.text.casefold() for cell in row.filled]


def _item(para: Para) -> Para:
    text = raw(para)
    mark = lines.bullet(text) or (lines.number(text) if para.kind == "item" else None)
    return mark_label(para, mark.end) if mark else para
