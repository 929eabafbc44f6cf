"""Whole files of counties that made them in their own way, each built by code, with its truth beside.

A module has `content()`, which gives the file (or None where the machine lacks a program), and `TRUTH` in the form of
`tests/reading/truth` with the texts themselves. What is told of places, bodies and money is made up. `ROUNDS` are the
documents in the order they were first read: each round was written whole, with its truth, before the reading was
measured on it, and what it showed was mended before the next. `docs/reference/reading.md` has the first figures.
"""

from __future__ import annotations

import importlib
from typing import Any, Final

from samplan.domain.reading.source import SourceDocument
from samplan.edges.imports.kinds import kind_of
from samplan.edges.imports.readers import read_as

ROUNDS: Final = {
    "a": (
        "a_matrix_per_area", "a_bold_and_cards", "a_counted_headings", "a_directives_and_lights", "a_year_told",
        "a_sheet_merged", "a_sheet_per_area", "a_sheet_lights", "a_printed_report", "a_printed_columns",
        "a_printed_matrix", "a_printed_cards", "a_marked_text", "a_typed_text",
    ),
    "b": (
        "b_lists_under_measures", "b_one_long_table", "b_questions_as_headings", "b_sheet_two_heads",
        "b_sheet_forms", "b_printed_forms", "b_printed_notes", "b_printed_office", "b_marked_bullets",
        "b_typed_pages",
    ),
    "c": (
        "c_questions_in_heads", "c_goals_and_counted_acts", "c_report_in_forms", "c_strategies", "c_sheet_subtotals",
        "c_sheet_and_money", "c_printed_bare", "c_printed_word", "c_marked_italics", "c_typed_tabs",
    ),
    "d": (
        "d_area_sheets_in_word", "d_soft_returns", "d_nested_lists", "d_sheet_first_row_only", "d_sheets_same_title",
        "d_printed_italics", "d_printed_wide", "d_typed_underlined",
    ),
    "e": (
        "e_sections_of_labels", "e_sheet_plain", "e_printed_columns_tagged", "e_typed_mail", "e_word_split_cells",
        "e_marked_table",
    ),
    "f": (
        "f_cards_and_lights", "f_area_column", "f_sheets_of_areas", "f_printed_matrix", "f_printed_counted_acts",
        "f_marked_tasks",
    ),
}  # fmt: skip


def load(name: str) -> tuple[bytes | None, dict[str, Any]]:
    module = importlib.import_module(f"tests.reading.whole.{name}")
    return module.content(), module.TRUTH


def read(name: str, content: bytes) -> SourceDocument:
    return read_as(kind_of(content), content, name, lambda _done, _of: None)


def fields(keys: dict[str, str], values: dict[str, str]) -> dict[str, str]:
    """The fields that a row's or a card's filled cells are, by the words of their document."""
    return {keys[label]: text for label, text in values.items() if label in keys and text}


def activities(keys: dict[str, str], head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> list[dict[str, Any]]:
    """A table's rows as activities: the column that `keys` calls `title` names them, `number` counts them."""
    made = []
    for row in rows:
        found = fields(keys, dict(zip(head, row, strict=True)))
        title, number = found.pop("title"), found.pop("number", "")
        made.append({"title": title, **({"number": number} if number else {}), "fields": found})
    return made
