"""`samplan read` as a person or a script meets it: the draft in two forms, the pieces, one line for bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from samplan.cli import main
from samplan.domain.reading.source import count
from tests.reading.word_files import p, texts_of, word

FIELDS = [
    *("source", "title", "county", "years", "chapters", "areas", "county_goals", "money", "bodies", "dates", "amounts"),
    *("links", "figures", "unplaced", "questions", "placed_characters", "unplaced_characters"),
]


@pytest.fixture(autouse=True)
def swedish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "sv")


def run(tmp_path: Path, content: bytes, *options: str, name: str = "plan.docx") -> Result:
    file = tmp_path / name
    file.write_bytes(content)
    return CliRunner().invoke(main, ["read", str(file), *options])


def test_json_has_exactly_these_fields(tmp_path: Path) -> None:
    content = word(p("Handlingsplan för länet") + p("Mål"))
    draft = json.loads(run(tmp_path, content, "--format", "json").stdout)
    assert list(draft) == FIELDS
    assert list(draft["source"]) == ["name", "kind", "sha256", "characters"]
    assert (draft["source"]["name"], draft["source"]["kind"], draft["source"]["characters"]) == (
        "plan.docx",
        "docx",
        24,
    )
    assert draft["placed_characters"] + draft["unplaced_characters"] == 24


def test_the_pieces_joined_are_the_source(tmp_path: Path) -> None:
    content = word(p("Handlingsplan ", "för länet") + p("Mål", "\ufeff", "2024"))
    pieces = json.loads(run(tmp_path, content, "--pieces").stdout)
    assert [list(piece) for piece in pieces] == [["to", "at", "text"]] * len(pieces)
    assert "".join("".join(piece["text"] for piece in pieces).split()) == texts_of(content)
    assert [piece["at"] for piece in pieces] == [{"page": None, "line": 1}, {"page": None, "line": 2}]


def test_the_table_counts(tmp_path: Path) -> None:
    content = word(p("Handlingsplan för länet"))
    lines = [line.split() for line in run(tmp_path, content).stdout.splitlines()]
    assert ["Tecken", str(count("Handlingsplan för länet"))] in lines


def test_what_a_person_should_know_is_said_beside(tmp_path: Path) -> None:
    result = run(tmp_path, word(p("Text"), extra={"word/vbaProject.bin": b"x"}), "--format", "json")
    assert "makron" in result.stderr
    assert json.loads(result.stdout)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "ingen text"),
        (b"\x89PNG\r\n\x1a\n\0", "är en bild"),
        (b"PK\x03\x04rest", "är trasig"),
        (b"PK\x05\x06" + bytes(18), "är ett arkiv"),
        (b"<x>" + bytes(9), "av ett slag som inte läses"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "lösenord"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "Spara den som .docx"),
    ],
)
@pytest.mark.parametrize("options", [(), ("--pieces",), ("--format", "json")])
def test_bad_input_is_one_line_and_nothing_else(
    tmp_path: Path, content: bytes, words: str, options: tuple[str, ...]
) -> None:
    result = run(tmp_path, content, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Fel: plan.docx: ")
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["plan.docx"]


def test_a_missing_file_and_a_file_of_words_that_is_none(tmp_path: Path) -> None:
    missing = CliRunner().invoke(main, ["read", str(tmp_path / "finns inte.docx")])
    assert (missing.exit_code, missing.stdout, len(missing.stderr.splitlines())) == (2, "", 1)
    words = tmp_path / "words.toml"
    words.write_bytes(b"\xff\xfe\0")
    result = run(tmp_path, word(p("Text")), "--vocabulary", str(words))
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)


def test_it_reads_standard_input_and_loads_no_framework() -> None:
    code = "import sys; from samplan.cli import main\ntry: main()\nfinally: assert 'django' not in sys.modules"
    done = subprocess.run(
        [sys.executable, "-c", code, "read", "-", "--pieces"], input=word(p("Text")), capture_output=True, check=True
    )
    assert json.loads(done.stdout)[0]["text"] == "Text"
