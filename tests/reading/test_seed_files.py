"""Files made from the five documents come back whole: headings, labels, items, and every cell of their tables."""

from __future__ import annotations

import io
import unicodedata
from collections import Counter
from functools import cache
from itertools import pairwise

import pdfplumber
import pytest

from samplan.domain.reading.source import Block, SourceDocument, blocks_of, count, in_order
from samplan.edges.imports.kinds import kind_of
from samplan.edges.imports.readers import read_as
from tests.reading import seed_outlines
from tests.reading.comparing import cells_read, cells_set, squeezed
from tests.reading.makers import FILES, made, parts_of
from tests.reading.seed_outlines import Contents, Grid, Heading, Item, Para
from tests.reading.word_files import texts_of

SEEDS = pytest.mark.skipif(not seed_outlines.NAMES, reason="the five documents lie outside the repository")
MATRIX = "norrbotten-2021-joint"
pytestmark = SEEDS


@cache
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


@pytest.mark.parametrize("kind", [kind for kind in FILES if kind != "word_numbered"])
def test_the_matrix_comes_back_cell_by_cell(kind: str) -> None:
    """Also where rows are broken over pages, heads come again, and no line is drawn at all."""
    document, _ = read(MATRIX, kind)
    parts = parts_of(MATRIX)
    wanted = cells_set(parts)
    assert len(wanted) == 22
    assert cells_read(document, parts, 6) == wanted


PRINTED = ["pdf_word", "pdf_untagged", "pdf_direct", "pdf_light"]
SET = ["pdf_typst", "pdf_plain", "pdf_columns", "pdf_bare_tables", "pdf_ours"]


@pytest.mark.parametrize(
    ("name", "kind"),
    # What LibreOffice prints takes a while to make: of one document only.
    [(name, kind) for name in seed_outlines.NAMES for kind in SET] + [(MATRIX, kind) for kind in PRINTED],
)
def test_what_is_set_as_pdf_comes_back(name: str, kind: str) -> None:
    document, content = read(name, kind)
    found = Counter(unicodedata.normalize("NFKC", "".join(piece.text for piece in in_order(document.parts))))
    for part in parts_of(name):
        if isinstance(part, Contents) and kind == "pdf_ours":
            continue  # it makes a list of its own
        texts = [part.title, *part.head, *sum(part.rows, ())] if isinstance(part, Grid) else [part.text]
        for character, times in Counter(squeezed("".join(texts))).items():
            if character.isalpha():
                found[character] -= times
    assert not [character for character, times in found.items() if times < 0]
    if kind in ("pdf_typst", "pdf_word", "pdf_ours"):
        headings = [squeezed(text(b)) for b in blocks_of(document.parts) if b.kind == "heading" and b.sure]
        wanted = [squeezed(part.text) for part in parts_of(name) if isinstance(part, Heading)]
        # Our own writer sets the title on a cover too.
        assert list(dict.fromkeys(one for one in headings if one in wanted)) == list(dict.fromkeys(wanted))
    if name == MATRIX and kind in ("pdf_columns", "pdf_light", "pdf_ours"):
        with pdfplumber.open(io.BytesIO(content)) as file:
            drawn = Counter(c for page in file.pages for char in page.chars for c in char["text"] if not c.isspace())
        assert Counter(c for p in in_order(document.parts) for c in p.text if not c.isspace()) == drawn


@pytest.mark.parametrize("name", seed_outlines.NAMES)
def test_running_text_in_columns_is_read_down_each_column(name: str) -> None:
    document, _ = read(name, "pdf_columns")
    joined = squeezed("".join(piece.text for piece in in_order(document.parts)))
    paragraphs = [part.text for part in parts_of(name) if isinstance(part, Para) and len(part.text) > 200]
    sentences = [squeezed(words)[:60] for words in paragraphs if " " in words]
    found = [joined.find(sentence) for sentence in sentences]
    assert sum(place >= 0 for place in found) >= 0.9 * len(found)
    there = [place for place in found if place >= 0]
    # An address too long for its column is drawn over the next one: there, no order is right.
    assert sum(after < before for before, after in pairwise(there)) <= len(there) * 0.04
