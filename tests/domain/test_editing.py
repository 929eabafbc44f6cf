"""A person's words stand when the report is compiled again, and what changed under them is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samplan.domain.document import Block, Heading, Paragraph, Source, plain
from samplan.domain.editing import Conflict, Edit, Passage, merge, text_hash

KEYS = ["situation/21/text", "direktiv/1/goal", "direktiv/1/answers", "direktiv/2/goal"]


def passage(key: str, text: str) -> Passage:
    source = Source("directives.directive", "uid", "goal")
    return Passage(key, (Paragraph(plain(text), key=f"{key}/1", source=source),), text, source)


def edit(key: str, base: str, text: str) -> Edit:
    return Edit(key=key, base_hash=text_hash(base), base_text=base, text=text)


def write(place: Passage, text: str) -> tuple[Block, ...]:
    return (Paragraph(plain(text), key=f"{place.key}/1", source=place.source),)


HEADING = Passage("direktiv/1", (Heading(2, plain("Direktiv 1"), key="direktiv/1"),))


def test_an_edit_takes_the_place_of_its_passage_only() -> None:
    passages = [HEADING, passage("a", "fact"), passage("b", "other")]
    merged = merge(passages, [edit("a", "fact", "in my words")], write=write)
    assert merged.blocks == (*HEADING.blocks, *write(passages[1], "in my words"), *passages[2].blocks)
    assert merged.passages[1].text == "fact"
    assert (set(merged.edited), merged.conflicts, merged.orphans) == ({"a"}, (), ())


def test_an_edit_and_a_changed_answer_elsewhere_are_both_there() -> None:
    mine = edit("a", "fact", "in my words")
    merged = merge([passage("a", "fact"), passage("b", "new answer")], [mine], write=write)
    assert merged.blocks == write(passage("a", ""), "in my words") + passage("b", "new answer").blocks
    assert merged.conflicts == ()


def test_a_changed_fact_under_an_edit_is_shown_and_the_edit_stands() -> None:
    mine = edit("a", "old fact", "in my words")
    merged = merge([passage("a", "new fact")], [mine], write=write)
    assert merged.conflicts == (Conflict(mine, "new fact"),)
    assert merged.conflicts[0].edit.base_text == "old fact"
    assert merged.blocks == write(passage("a", ""), "in my words")


@pytest.mark.parametrize("passages", [[], [passage("b", "fact")], [Passage("a", ())], [HEADING]])
def test_an_edit_without_its_passage_is_listed(passages: list[Passage]) -> None:
    mine = edit("a", "fact", "in my words")
    merged = merge(passages, [mine], write=write)
    assert merged.orphans == (mine,)
    assert merged.edited == {}
    assert merged.blocks == tuple(block for passage in passages for block in passage.blocks)


def test_headings_are_not_edited() -> None:
    merged = merge([HEADING], [edit("direktiv/1", "", "Another heading")], write=write)
    assert merged.blocks == HEADING.blocks
    assert len(merged.orphans) == 1


@pytest.mark.parametrize("twice", ["edits", "passages"])
def test_a_key_that_comes_twice_is_a_programming_error(twice: str) -> None:
    passages, edits = [passage("a", "fact")], [edit("a", "fact", "mine")]
    with pytest.raises(ValueError, match="two"):
        merge(passages * (1 + (twice == "passages")), edits * (1 + (twice == "edits")), write=write)


texts = st.sampled_from(["", "fact", "other fact", "third fact"])
worlds = st.dictionaries(st.sampled_from(KEYS), texts).map(lambda facts: [passage(k, t) for k, t in facts.items()])
changes = st.dictionaries(st.sampled_from([*KEYS, "gone"]), st.tuples(texts, texts)).map(
    lambda by_key: [edit(key, base, text) for key, (base, text) in by_key.items()]
)


@given(worlds, changes, st.randoms())
def test_the_order_of_edits_does_not_matter(world: list[Passage], edits: list[Edit], random: object) -> None:
    shuffled = edits[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merge(world, shuffled, write=write) == merge(world, edits, write=write)


@given(worlds, changes)
def test_nothing_is_lost_and_nothing_else_is_touched(world: list[Passage], edits: list[Edit]) -> None:
    merged = merge(world, edits, write=write)
    by_key = {change.key: change for change in edits}
    assert {*merged.edited, *(orphan.key for orphan in merged.orphans)} == set(by_key)
    assert not {*merged.edited} & {orphan.key for orphan in merged.orphans}
    for before, after in zip(world, merged.passages, strict=True):
        if before.key in merged.edited:
            assert after.blocks == write(before, by_key[before.key].text)
        else:
            assert after == before
    flagged = {conflict.edit.key for conflict in merged.conflicts}
    assert flagged == {p.key for p in world if p.key in merged.edited and by_key[p.key].base_text != p.text}


@given(worlds, changes)
def test_compiling_again_keeps_the_edits(world: list[Passage], edits: list[Edit]) -> None:
    once = merge(world, edits, write=write)
    assert merge(world, edits, write=write) == once
    assert merge(once.passages, edits, write=write) == once


@given(worlds, changes, texts)
def test_an_edit_never_changes_another_passage(world: list[Passage], edits: list[Edit], text: str) -> None:
    others = [change for change in edits if change.key != KEYS[0]]
    with_it = merge(world, [*others, edit(KEYS[0], "fact", text)], write=write)
    without = merge(world, others, write=write)
    pairs = zip(with_it.passages, without.passages, strict=True)
    assert all(one == other for one, other in pairs if one.key != KEYS[0])
