"""Restricted Markdown: what users type becomes blocks, and nothing typed is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samplan.domain.document import (
    Block,
    Heading,
    ListBlock,
    Paragraph,
    Source,
    Table,
    Text,
    from_data,
    step_levels,
    text_of,
    to_data,
    walk,
)
from samplan.domain.markup import clean, is_safe_link, parse, plain_text

SOURCE = Source("questionnaires.answer", "u1", "text")
PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"], exclude_characters="\ufeff"), max_size=200)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\uf0b7\tett\n\uf0b7 två", "- ett\n- två"),
        ("•\u00a0ett", "- ett"),
        ("klart \uf0fc och \uf0b7", "klart ✓ och •"),
        ("a\x00b\x07c\x1fd", "abcd"),
        ("rad\r\nrad\rrad\u2028rad", "rad\nrad\nrad\nrad"),
        ("a\u030a", "å"),
        ("\ufeffhej\ud800\ufffe", "hej"),
        ("tab\toch  blanksteg", "tab\toch  blanksteg"),
    ],
)
def test_pasted_text_is_cleaned(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not any(unicodedata.category(c) in {"Cs", "Co"} or (c < " " and c not in "\n\t") for c in once)


def test_headings_start_under_the_base_and_never_skip() -> None:
    blocks = parse("# A\n\n#### B\n\n## C\n\n# D\n\n###### E", base_level=2, key="k", source=SOURCE)
    assert [block.level for block in blocks if isinstance(block, Heading)] == [3, 4, 4, 3, 4]
    deep = parse("# A\n\n## B", base_level=6, key="k")
    assert [block.level for block in deep if isinstance(block, Heading)] == [6, 6]


def test_emphasis_links_and_footnotes() -> None:
    (block,) = parse("En *kursiv* **fet** [länk](https://a.se) till[^1].\n\n[^1]: Noten", base_level=1, key="k")
    assert isinstance(block, Paragraph)
    assert block.content == (
        Text("En "),
        Text("kursiv", italic=True),
        Text(" "),
        Text("fet", bold=True),
        Text(" "),
        Text("länk", link="https://a.se"),
        Text(" till"),
        Text("", footnote="Noten"),
        Text("."),
    )


def test_a_note_nobody_points_at_stays_text() -> None:
    assert "[^2]: Ensam" in plain_text(parse("Text.\n\n[^2]: Ensam", base_level=1, key="k"))


def test_lists_hold_lists_and_keep_their_start() -> None:
    outer, ordered = parse("- a\n  - b\n- c\n\n2024. d", base_level=1, key="k", source=SOURCE)
    assert isinstance(outer, ListBlock)
    assert isinstance(ordered, ListBlock)
    assert (len(outer.items), outer.ordered, ordered.ordered, ordered.start) == (2, False, True, 2024)
    assert isinstance(outer.items[0][1], ListBlock)
    assert plain_text((outer,)) == "- a\n  - b\n- c"


def test_tables_with_their_alignment() -> None:
    (table,) = parse("| Mått | 2024 |\n| --- | ---: |\n| *Kurser* | 28 |", base_level=1, key="k", source=SOURCE)
    assert isinstance(table, Table)
    assert [cell.align for cell in table.rows[0]] == ["left", "right"]
    assert [text_of(cell.content) for cell in (*table.head, *table.rows[0])] == ["Mått", "2024", "Kurser", "28"]
    assert all(cell.header for cell in table.head)


def test_cells_without_a_head_are_not_dropped() -> None:
    assert "tre" in plain_text(parse("| a |\n| --- |\n| ett | två | tre |", base_level=1, key="k"))


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "&amp; &#65;",
        "> 65 år",
        "---",
        "`kod`",
        "    indrag",
        "-",
        "1.",
        "Ja\n\n*\n",
        "```\nkod\n```",
        "[a]: https://b.se",
        "3 < 4 > 2",
    ],
)
def test_what_is_no_markup_here_stays_as_typed(typed: str) -> None:
    said = plain_text(parse(typed, base_level=1, key="k"))
    assert said.split() == typed.split()


def test_a_picture_becomes_its_alternative_text_and_a_strange_link_shows_where_it_led() -> None:
    assert (
        plain_text(parse("Se ![en karta](karta.png) [här](/lokal)", base_level=1, key="k"))
        == "Se en karta här (/lokal)"
    )


def test_safe_links() -> None:
    assert is_safe_link("https://exempel.se/å?b=c#d")
    assert is_safe_link("mailto:a@b.se")
    assert not any(map(is_safe_link, ("javascript:x", "data:text/html,x", "//x.se", "https://a b", "", "https://a\n")))


def test_keys_are_stable_unique_and_carry_the_source() -> None:
    blocks = parse("Ett\n\n- två\n  - tre\n- fyra\n\nfem", base_level=1, key="d/1/text", source=SOURCE)
    keys = [block.key for block in walk(blocks)]
    assert keys == [
        "d/1/text/1", "d/1/text/2", "d/1/text/2/1", "d/1/text/2/2", "d/1/text/2/2/1", "d/1/text/2/3", "d/1/text/3",
    ]  # fmt: skip
    assert all(block.source == SOURCE for block in walk(blocks))


def test_deeply_nested_text_is_not_dropped() -> None:
    typed = "\n".join("  " * depth + f"- nivå{depth}" for depth in range(40))
    assert all(f"nivå{depth}" in plain_text(parse(typed, base_level=1, key="k")) for depth in range(40))


@given(st.text(), st.integers(0, 6))
def test_no_text_is_refused(text: str, base_level: int) -> None:
    blocks = parse(text, base_level=base_level, key="k", source=SOURCE)
    keys = [block.key for block in walk(blocks)]
    assert len(keys) == len(set(keys))
    assert from_data(to_data(blocks)) == blocks


@given(st.text(st.sampled_from("*_[]()!|#-+1.\\<>^: \n\tåx&`~="), max_size=80))
def test_no_markup_is_refused_and_its_letters_stay(text: str) -> None:
    data = str(to_data(parse(text, base_level=1, key="k")))
    assert data.count("å") >= text.count("å")


@given(st.text(st.characters(categories=["L", "Nd", "Zs", "Sc"]) | st.sampled_from(".,;:?!()/%&\"'@–\n"), max_size=200))
def test_all_visible_characters_of_plain_text_are_kept(text: str) -> None:
    said = plain_text(parse(text, base_level=1, key="k"))
    assert "".join(said.split()).replace("-", "") == "".join(clean(text).split()).replace("-", "")


@given(st.text(st.sampled_from("abcåäö .,\n\t"), max_size=120))
def test_the_fast_way_and_the_parser_agree(text: str) -> None:
    def words(blocks: tuple[Block, ...]) -> list[list[str]]:
        return [text_of(block.content).split() for block in blocks if isinstance(block, Paragraph)]

    assert words(parse(text, base_level=1, key="k")) == words(parse(text + "\n\n*x*", base_level=1, key="k")[:-1])


def test_levels_step_one_at_a_time() -> None:
    assert step_levels([2, 4, 4, 2], under=1) == [2, 3, 3, 2]
    assert step_levels([5, 1, 3]) == [1, 1, 2]
    assert step_levels([]) == []
