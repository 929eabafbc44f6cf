"""A reading goes by a document's shape and the words for kinds of headings, by no title, name, number or county."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from samplan.edges.imports.readers import text as text_reader
from samplan.edges.imports.vocabulary import shipped
from tests.reading import seeds, truth
from tests.reading.changing import other_words, without_numbers
from tests.reading.measure import drafted
from tests.reading.scoring import Truth, found_in, score
from tests.reading.truth import letters

SOURCES = Path(__file__).resolve().parents[2] / "src" / "samplan"
HERE = pytest.mark.skipif(not seeds.AT_HAND, reason="the documents of the counties are not at hand")
STRUCTURE = ("areas", "parents", "directives", "activities", "partnerships", "goals", "county goals", "steps", "tags")


@HERE
@pytest.mark.parametrize("name", seeds.AT_HAND)
def test_headings_without_numbers_give_the_same_structure(name: str) -> None:
    document = text_reader.read(without_numbers(name).encode(), name)
    scores = score(drafted(document), Truth(truth.load(name), truth.seals(name), columns=False))
    for kind in (*STRUCTURE, "fields", "rows kept together", "amounts"):
        if kind in scores:
            assert (kind, scores[kind].missed, scores[kind].false) == (kind, [], [])


def _replaced(text: str, salt: int) -> str:
    """Every title, name and number by others; the words of the vocabulary, which any county uses, stay."""
    words = shipped()
    kept = {
        part
        for section in words.words
        for key in words.words[section]
        for word in words.words[section][key]
        for part in re.findall(r"[a-zåäöé]+", word)
    }
    kept |= {
        "tabell",
        "bild",
        "den",
        "och",
        "i",
        "för",
        "av",
        "på",
        "med",
        "det",
        "som",
        "att",
        "är",
        "till",
        "en",
        "om",
    }
    lines = []
    for line in text.split("\n"):
        bare = line.strip()
        if re.match(r"\S+:\S+$|\S+\.(?:se|org)\S*$", bare):
            lines.append(line)
            continue
        parts = re.split(r"([A-Za-zÅÄÖåäöéü]+)", line)
        same = (part if part.lower() in kept or len(part) == 1 else other_words(part, salt) for part in parts)
        lines.append("".join(same))
    return "\n".join(lines)


@HERE
@pytest.mark.parametrize("salt", [0, 5])
@pytest.mark.parametrize("name", seeds.AT_HAND)
def test_other_titles_and_names_give_the_same_structure(name: str, salt: int) -> None:
    source = seeds.content(name).decode("utf-8-sig")
    before = drafted(text_reader.read(source.encode(), name))
    after = drafted(text_reader.read(_replaced(source, salt).encode(), "another.txt"))
    assert _shape(after) == _shape(before)
    assert after["areas"][0]["title"] != before["areas"][0]["title"]


def _shape(draft: dict) -> list:  # type: ignore[type-arg]
    """Counts, numbers, places and keys of everything, without a word."""

    def node(each: dict) -> tuple:  # type: ignore[type-arg]
        return (each["number"], each["at"]["line"], sorted(each["fields"]), len(each["steps"]), len(each["tags"]))

    return [
        (
            *node(area),
            area["parent"],
            [goal["horizon"] for goal in area["goals"]],
            *[[node(each) for each in area[kind]] for kind in ("activities", "directives", "partnerships")],
        )
        for area in draft["areas"]
    ]


def test_no_title_of_a_known_document_stands_in_the_sources() -> None:
    """Titles longer than a common word, of all five documents, in code and data of the reading."""
    titles = set()
    for name in seeds.NAMES:
        told = truth.load(name)
        titles |= {title for _, title, _ in told["chapters"]}
        for area in told["areas"]:
            nodes = (area, *area.get("activities", []), *area.get("directives", []), *area.get("partnerships", []))
            titles |= {node["title"] for node in nodes if not truth.is_spec(node["title"])}
    words = {letters(word) for section in shipped().words.values() for key in section.values() for word in key}
    own = {letters(title) for title in titles if len(title.split()) > 1 and len(letters(title)) > 12} - words
    assert len(own) > 70
    files = [*(SOURCES / "domain" / "reading").glob("*.py"), *(SOURCES / "edges" / "imports").rglob("*.toml")]
    files += (SOURCES / "edges" / "imports").rglob("*.py")
    assert len(files) > 20
    for path in files:
        text = letters(path.read_text(encoding="utf-8"))
        assert [title for title in own if title in text] == [], path


def test_no_county_stands_in_the_vocabulary() -> None:
    from samplan.edges.imports.drafting import known

    names = [part for _, name, short, region in known().counties for part in (name, short, region)]
    listed = [word for section in shipped().words.values() for key in section.values() for word in key]
    text = "\n".join(listed)
    assert [name for name in names if re.search(rf"\b{re.escape(name.casefold())}", text)] == []


def test_what_is_compared_is_not_empty() -> None:
    draft = drafted(text_reader.read(b"Prioriterat omr\xc3\xa5de 1: Unga\n\nAktiviteter\n\n- Kurs\n", "x"))
    assert found_in(draft, columns=True)["areas"] == ["unga"]
    assert len(_shape(draft)[0][7]) == 1
