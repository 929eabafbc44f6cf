"""Files made from the five documents come back whole: headings, labels, items, and every cell of their tables."""

from __future__ import annotations

import pytest

from samplan.domain.reading.source import Block, SourceDocument, blocks_of, count, in_order
from samplan.edges.imports.kinds import kind_of
from samplan.edges.imports.readers import read_as
from tests.reading import seed_outlines
from tests.reading.comparing import cells_read, cells_set, squeezed
from tests.reading.makers import made, parts_of
from tests.reading.seed_outlines import Heading, Item
from tests.reading.word_files import texts_of

SEEDS = pytest.mark.skipif(not seed_outlines.NAMES, reason="the five documents lie outside the repository")
MATRIX = "norrbotten-2021-joint"
pytestmark = SEEDS


def read(name: str, kind: str) -> tuple[SourceDocument, bytes]:
    content = made(name, kind)
    if content is None:
        pytest.skip("LibreOffice is not installed")
    document = read_as(kind_of(content), content, name, lambda _done, _of: None)
    assert document.characters == sum(count(piece.text) for piece in in_order(document.parts))
    return document, content


def text(block: Block) -> str:
    return "".join(piece.text for piece in block.pieces)


@pytest.mark.parametrize("kind", ["word", "word_direct", "word_numbered", "word_light"])
@pytest.mark.parametrize("name", seed_outlines.NAMES)
def test_word_files_keep_every_character_in_its_place(name: str, kind: str) -> None:
    document, content = read(name, kind)
    assert "".join("".join(piece.text for piece in in_order(document.parts)).split()) == texts_of(content)


@pytest.mark.parametrize("name", seed_outlines.NAMES)
def test_styles_give_headings_with_their_levels_and_items(name: str) -> None:
    document, _ = read(name, "word")
    parts = parts_of(name)
    found = [(block.level, squeezed(text(block))) for block in blocks_of(document.parts) if block.kind == "heading"]
    assert found == [(part.level, squeezed(part.text)) for part in parts if isinstance(part, Heading)]
    items = [squeezed(text(block)) for block in blocks_of(document.parts) if block.kind == "item"]
    assert items == [squeezed(part.text) for part in parts if isinstance(part, Item)]


@pytest.mark.parametrize("name", seed_outlines.NAMES)
def test_headings_made_with_the_hand_are_bold_and_large(name: str) -> None:
    document, _ = read(name, "word_direct")
    large = [text(block) for block in blocks_of(document.parts) if block.bold and (block.size or 0) >= 11]
    wanted = [part.text for part in parts_of(name) if isinstance(part, Heading)]
    assert [one for one in large if one in wanted] == wanted


def test_word_counts_the_headings() -> None:
    document, _ = read("gavleborg-2023-joint", "word_numbered")
    found = [f"{block.number} {text(block)}" for block in blocks_of(document.parts) if block.kind == "heading"]
    wanted = [part.text for part in parts_of("gavleborg-2023-joint") if isinstance(part, Heading)]
    assert found[1:] == wanted[1:]


@pytest.mark.parametrize("kind", ["word", "word_direct", "word_light"])
def test_the_matrix_comes_back_cell_by_cell(kind: str) -> None:
    document, _ = read(MATRIX, kind)
    wanted = cells_set(parts_of(MATRIX))
    assert len(wanted) == 22
    assert cells_read(document, 6) == wanted
