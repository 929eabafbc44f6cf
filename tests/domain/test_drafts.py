"""A draft as it was read: what stands in each field, and where each character of the source is."""

from __future__ import annotations

import json

import pytest

from samplan.domain.drafts.opening import COVER, covered, has_cover, opened
from samplan.domain.drafts.tree import PLAN, counted, from_data, to_data
from samplan.domain.reading.source import count
from tests.drafts_by_hand import SMALL, bit_of, node_of, reading, tree_of


def test_every_field_stands_in_its_node() -> None:
    tree = tree_of()
    course = tree.nodes[node_of(tree, "Kurser i samtal")]
    assert tree.texts(course, "purpose") == ["Fler vågar fråga.", "Ingen ska stå ensam."]
    assert tree.texts(course, "steps") == ["Bjud in.", "Håll kursen."]
    assert course.number == "1.1"
    area = tree.nodes[node_of(tree, "Barn och unga")]
    assert tree.texts(area, "goals_long") == ["Skolan är trygg."]
    assert [node.kind for node in tree.under(area.id)] == ["activity", "activity", "directive", "partnership"]
    assert tree.texts(tree.nodes[PLAN], "money") == ["Suicidprevention 1 500 000"]
    assert tree.years == [2023]


def test_every_character_belongs_to_one_bit_and_is_counted() -> None:
    tree = tree_of()
    all_of_it = counted(tree)
    assert all_of_it.placed + all_of_it.unplaced + all_of_it.aside == tree.source["characters"]
    assert all_of_it.unplaced == count("Handlingsplan 2023 sida 1") + count("Se även bilaga 3.")
    assert all_of_it.quiet == count("Handlingsplan 2023 sida 1")
    assert (all_of_it.bits_unplaced, all_of_it.bits_aside) == (1, 0)


def test_a_bit_knows_where_it_stands_and_takes_its_label_along() -> None:
    tree = tree_of()
    bit = tree.bits[bit_of(tree, "Fler vågar fråga.")]
    assert [tree.blocks[at].text for at in bit.blocks] == ["Syfte", "Fler vågar fråga."]
    assert bit.characters == count("SyfteFler vågar fråga.")
    second = tree.bits[bit_of(tree, "Ingen ska stå ensam.")]
    assert [tree.blocks[at].text for at in second.blocks] == ["Ingen ska stå ensam."]
    assert (second.page, second.line) == (2, 16)


def test_texts_that_share_a_piece_are_told_apart_and_shown_at_it() -> None:
    raw = reading()
    (place,) = (at for at, piece in enumerate(raw["pieces"]) if piece["text"] == "Fler vågar fråga.\n")
    raw["pieces"][place]["text"] = "Fler vågar fråga.\nIngen ska stå ensam.\n"
    del raw["pieces"][place + 1]
    part = raw["parts"][place]
    part["pieces"][0]["text"] = raw["pieces"][place]["text"]
    del raw["parts"][place + 1]
    tree = opened(raw)
    first, second = tree.bits[bit_of(tree, "Fler vågar fråga.")], tree.bits[bit_of(tree, "Ingen ska stå ensam.")]
    assert tree.blocks[second.blocks[0]].text.startswith("Fler vågar fråga.")
    assert first.characters + second.characters == count("SyfteFler vågar fråga.Ingen ska stå ensam.")
    assert counted(tree).placed + counted(tree).unplaced == raw["draft"]["source"]["characters"]


def test_a_label_without_a_text_goes_with_the_name() -> None:
    lines = [*SMALL[:8], ("areas.fields.result!", "heading", "Resultat"), ("areas.title", "heading", "Nästa")]
    tree = tree_of(lines)
    area = tree.nodes[node_of(tree, "Barn och unga")]
    assert tree.bits[area.slots["title"][0]].characters == count("1Barn och ungaResultat")
    assert counted(tree).placed + counted(tree).unplaced == tree.source["characters"]


def test_a_piece_with_an_unknown_place_is_kept_without_one() -> None:
    raw = reading()
    raw["pieces"][8]["to"] = "somewhere[3].else"
    tree = opened(raw)
    bit = tree.bits[bit_of(tree, raw["pieces"][8]["text"].strip())]
    assert any(bit.id in tree.nodes[PLAN].slots["unplaced"] for bit in tree.bits.values())
    assert bit.characters in (0, count(raw["pieces"][8]["text"]))
    assert sum(one.characters for one in tree.bits.values()) == tree.source["characters"]


def test_a_table_keeps_its_rows_and_cells() -> None:
    raw = reading()
    block = raw["parts"].pop(8)
    cell = {"column": 0, "columns": 2, "rows": 1, "blocks": [block]}
    raw["parts"].insert(8, {"rows": [{"cells": [cell], "head": True}], "name": "Blad 1"})
    tree = opened(raw)
    assert tree.layout[8] == {"name": "Blad 1", "rows": [{"head": True, "cells": [[0, 2, 1, [8]]]}]}
    assert tree.bits[bit_of(tree, "Unga mår sämre än förr.")].blocks == (8,)


@pytest.mark.parametrize("number", ["20121212-1212", "121212-1212", "12 12 12 1212"])
def test_a_personal_identity_number_is_covered_wherever_it_stands(number: str) -> None:
    lines = [*SMALL, ("areas.fields.description", "paragraph", f"En boende, {number}, fick hjälp.")]
    stored = json.dumps(to_data(opened(reading(lines))), ensure_ascii=False)
    assert number not in stored
    assert "1212" + COVER not in stored
    assert COVER * 4 in stored
    assert has_cover(covered(number))
    assert len(covered(number)) == len(number)


def test_what_is_stored_is_what_was_read() -> None:
    tree = opened(reading())
    assert from_data(json.loads(json.dumps(to_data(tree)))) == tree
    with pytest.raises(ValueError, match="format"):
        from_data(to_data(tree) | {"format": 99})


def test_a_question_knows_the_bit_it_is_about() -> None:
    raw = reading()
    raw["draft"]["questions"] = [
        {
            "kind": "amount",
            "code": "same_digits",
            "text": "250 tkr",
            "amount": 250,
            "likely": 250_000,
            "at": {"page": 3, "line": 26},
        },
        {"kind": "year", "code": "day", "text": "31 februari", "at": {"page": None, "line": 0}},
    ]
    tree = opened(raw)
    assert [question.bit for question in tree.questions] == [bit_of(tree, "250 tkr"), ""]


def test_a_list_is_one_bit_and_a_line_another() -> None:
    text = "Kurserna hålls\n- i skolan\n- på nätet\nav regionen.\n\n- ett\n\n- två"
    tree = tree_of([*SMALL[:7], ("areas.title", "heading", "Ungas hälsa"), ("areas.fields.result", "paragraph", text)])
    area = tree.nodes[node_of(tree, "Ungas hälsa")]
    assert tree.texts(area, "result") == ["Kurserna hålls", "- i skolan\n- på nätet", "av regionen.", "- ett", "- två"]


def test_a_heading_over_a_list_goes_with_its_first_row_and_an_address_alone_is_a_link() -> None:
    raw = reading()
    raw["pieces"][0]["to"], raw["pieces"][-2]["to"] = "county_goals", "links[0]"
    raw["draft"]["links"] = [{"url": "https://example.org/", "text": "", "at": {"page": 1, "line": 1}}]
    tree = opened(raw)
    goal = tree.bits[bit_of(tree, "Fler vågar söka stöd.")]
    assert [tree.blocks[at].text for at in goal.blocks] == ["Handlingsplan 2023 sida 1", "Fler vågar söka stöd."]
    assert tree.texts(tree.nodes[PLAN], "links") == ["En ny plan skrivs."]
    assert sum(one.characters for one in tree.bits.values()) == tree.source["characters"]
