"""Personal identity numbers are found however they are written; their look-alikes pass.

The numbers are Skatteverket's well-known example and numbers computed here; none belongs to anybody we know of.
"""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samplan.domain.privacy import (
    Find,
    check_digit,
    find_personal_numbers,
    fingerprint,
    marked,
)

SALT = "a secret"


def checked(written: str) -> str:
    """The number with its last digit, so that nothing but the check named in the case can turn it away."""
    digits = "".join(character for character in written if character.isdigit())
    return f"{written}{check_digit(digits[-9:])}"


FOUND = [
    "19121212-1212",
    "191212121212",
    "121212-1212",
    "1212121212",
    "121212+1212",
    "121212 1212",
    "19121212 1212",
    "121212 - 1212",
    "121212\u00a0-\u00a01212",
    "1912-12-12-1212",
    "1912-12-12 1212",
    "1912 12 12 1212",
    "12 12 12-1212",
    "1912.12.12-1212",
    *(f"121212{hyphen}1212" for hyphen in "\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"),
    "１２１２１２-１２１２",
    "640823-3234",
    "701063-2391",  # co-ordination number: day 3 + 60
    "19701063-2391",
    "000229-0005",  # the year 2000 had a 29 February
    "20000229-0005",
    checked("18991231-000"),
]

PASSES = [
    "121212-1213",  # wrong check digit
    checked("121312-121"),  # month 13
    checked("120230-121"),  # 30 February
    checked("640893-323"),  # day 33 + 60
    "19000229-0005",  # 1900 had no 29 February
    "000229+0005",  # a plus sign: born at the latest in 1924, thus in 1900
    checked("20311212-121"),  # not born yet
    "16121212-1212",  # 16: the prefix of organisations
    "11212121212",
    "12121212121",
    "1191212121212",
    "1912121212121",
    "212000-1355",  # organisation numbers
    "212000-2361",
    "556677-8899",
    "802000-0009",
    "5566778899",
    "165566778899",
    "2024/1234-5678",
    "KS 2024/00123",
    "dnr S2024/00123-2",
    "2024-01-17",
    "2024-01-17 – 2024-02-15",  # 240117-2024 would be a number
    "2024-01-17 20:24",
    "070-123 45 67",
    "070-1234567",
    "0701234567",
    "+46 70 123 45 67",
    "+46701234567",
    "026-15 50 00",
    "08-123 456 78",
    "SE45 5000 0000 0583 9825 7466",
    "SE4550000000058398257466",
    "SE556677889901",
    "1212121212,50",
    "1212121212.5",
    "1 212 121 212 kr",
    "217 000 000",
    "123-4567",
    "",
]


def numbers(text: str) -> list[str]:
    return [find.text for find in find_personal_numbers(text, newest_year=2024)]


@pytest.mark.parametrize("written", FOUND)
@pytest.mark.parametrize("around", ["{}", "Anna ({}) kom.", "pnr:{}, och", "a\n{}\nb", "x{}y", "3 st: {}; 4 st"])
def test_found_wherever_it_stands(written: str, around: str) -> None:
    text = around.format(written)
    start = text.index(written)
    assert find_personal_numbers(text, newest_year=2024) == (Find(start, start + len(written), written),)


@pytest.mark.parametrize("written", PASSES)
@pytest.mark.parametrize("around", ["{}", "Se ({}) i bilagan.", "nummer:{}, och"])
def test_look_alikes_pass(written: str, around: str) -> None:
    assert numbers(around.format(written)) == []


def test_a_mobile_number_of_the_same_shape_passes_after_a_word_that_says_so() -> None:
    lookalike = checked("070123456")
    assert numbers(lookalike) == [lookalike]
    for words in ("tel ", "Tel.: ", "telefon ", "Mobil: ", "mobilnummer ", "swish:"):
        assert numbers(words + lookalike) == []
    assert numbers(f"Tel. {lookalike[:6]}-{lookalike[6:]}") == [f"{lookalike[:6]}-{lookalike[6:]}"]


def test_several_and_neighbours() -> None:
    assert numbers("121212-1212,640823-3234 121212-1212") == ["121212-1212", "640823-3234", "121212-1212"]
    assert numbers("121212-1213 121212-1212") == ["121212-1212"]
    assert numbers("12 121212-1212 12") == ["121212-1212"]


def test_without_a_year_handed_in_more_is_found() -> None:
    unborn = checked("20311212-121")
    assert numbers(unborn) == []
    assert [find.text for find in find_personal_numbers(unborn)] == [unborn]


@given(
    st.dates(date(1850, 1, 1), date(2024, 12, 31)),
    st.integers(1, 999),
    st.booleans(),
    st.sampled_from(
        ["{y}{m}{d}-{n}", "{y}{m}{d}{n}", "{s}{m}{d}-{n}", "{s}{m}{d}{n}", "{s}{m}{d} {n}", "{y}-{m}-{d}-{n}"]
    ),
)
def test_every_born_person_is_found(born: date, serial: int, coordination: bool, shape: str) -> None:
    year, month, day = f"{born.year:04}", f"{born.month:02}", f"{born.day + 60 * coordination:02}"
    nine = f"{year[2:]}{month}{day}{serial:03}"
    written = shape.format(y=year, s=year[2:], m=month, d=day, n=f"{serial:03}{check_digit(nine)}")
    assert numbers(f"({written})") == [written]
    wrong = written[:-1] + str((int(written[-1]) + 1) % 10)
    assert numbers(f"({wrong})") == []


@given(st.text(alphabet="0123456789 -+./,:\n\u2013ab", max_size=200))
def test_finds_are_in_order_and_pieces_make_the_text_again(text: str) -> None:
    finds = find_personal_numbers(text)
    assert all(text[find.start : find.end] == find.text for find in finds)
    assert all(one.end <= other.start for one, other in itertools.pairwise(finds))
    pieces = marked(text, reversed(finds))
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.marked] == [find.text for find in finds]
    assert all(piece.text for piece in pieces)


def test_fingerprint_knows_the_number_in_every_dress_and_tells_nothing() -> None:
    prints = {fingerprint(written, salt=SALT) for written in FOUND if "640823" not in written and "12" in written[:4]}
    assert len(prints) == 1
    assert fingerprint("640823-3234", salt=SALT) not in prints
    assert fingerprint("121212-1212", salt="another secret") not in prints
    assert "1212" * 2 not in prints.pop()


@pytest.mark.parametrize("unit", ["1", "12", "12 ", "121212-1213 ", "12-", " ", "1912-12-12 "])
def test_a_very_long_text_is_searched_in_one_pass(unit: str) -> None:
    """A search that went back over what it has read would never come to the end of this."""
    text = unit * (1_000_000 // len(unit)) + "; 121212-1212"
    assert numbers(text) == ["121212-1212"]
