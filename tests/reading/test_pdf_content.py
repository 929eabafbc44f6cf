"""The instructions of a page's content, cut up as the library's own parser cuts them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import PSEOF, PSKeyword, PSLiteral

from samplan.edges.imports.readers.pdf_content import Operator, instructions


def plain(value: Any) -> Any:
    if isinstance(value, PSLiteral):
        return f"/{value.name}"
    if isinstance(value, Operator):
        return f"!{value}"
    if isinstance(value, PSKeyword):
        return f"!{value.name.decode('latin-1')}"
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return value


def ours(data: bytes) -> list[Any]:
    return [plain(one) for one in instructions(data)]


def theirs(data: bytes) -> list[Any]:
    stream = PDFStream({}, b"")
    stream.data = data
    parser = PDFContentParser([stream])
    assert isinstance(parser, PDFContentParser)
    found = []
    while True:
        try:
            found.append(plain(parser.nextobject()[1]))
        except PSEOF:
            return found


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"BT /F1 11 Tf (Plan) Tj ET", ["!BT", "/F1", 11, "!Tf", b"Plan", "!Tj", "!ET"]),
        (b"[(a) -20.5 <62> .5]TJ", [[b"a", -20.5, b"b", 0.5], "!TJ"]),
        (rb"(a\(b\)\\c\n\101\0532\
d) Tj", [b"a(b)\\c\nA+2d", "!Tj"]),
        (b"((in) brackets) Tj", [b"(in) brackets", "!Tj"]),
        (b"<4 1 4> Tj", [b"A@", "!Tj"]),
        (b"/Span <</MCID 3 /A [1 2]>> BDC", ["/Span", {"MCID": 3, "A": [1, 2]}, "!BDC"]),
        (b"% said (\n1 0 0 1 5 6 cm", [1, 0, 0, 1, 5, 6, "!cm"]),
        (b"/A#20B gs T* ' \"", ["/A B", "!gs", "!T*", "!'", '!"']),
        (b"+5 -.5 4. --3 1-2 w", [5, -0.5, 4.0, -3.0, 1.0, "!w"]),
        (b"true false null", [True, False, None]),
    ],
)  # fmt: skip
def test_every_kind_of_operand(data: bytes, wanted: list[Any]) -> None:
    assert ours(data) == wanted


def test_the_data_of_an_image_is_no_instruction() -> None:
    found = list(instructions(b"q BI /W 2 /H 2 ID \x00(Tj ET EIx\x01 EI Q (a) Tj"))
    assert [str(one) for one in found if isinstance(one, Operator)] == ["q", "BI", "ID", "EI", "Q", "Tj"]
    assert found[-2] == b"a"


@pytest.mark.parametrize(
    "data", [b"(never closed", b"[1 2", b"<< /A", b"<41", b"\\", b")", b"]", b">>", b"<", b"ID", b"("]
)
def test_what_never_ends_ends(data: bytes) -> None:
    assert isinstance(ours(data), list)


def test_lists_in_lists_without_end_are_read() -> None:
    assert isinstance(ours(b"[" * 100_000), list)


numbers = st.one_of(st.integers(-9999, 9999), st.decimals(-999, 999, places=3).map(float)).map(
    lambda n: f"{n:g}" if isinstance(n, int) else f"{n:.3f}"
)
strings = st.text("abcåä ()\\\n", max_size=8).map(
    lambda text: "(" + text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")"
)
names = st.text("ABcd19", min_size=1, max_size=6).map(lambda text: "/" + text)
hexes = st.binary(max_size=6).map(lambda data: f"<{data.hex()}>")
operands = st.one_of(
    numbers,
    strings,
    names,
    hexes,
    st.lists(st.one_of(numbers, strings, hexes), max_size=4).map(lambda x: f"[{' '.join(x)}]"),
)
operators = st.sampled_from(["Tj", "TJ", "Tf", "Td", "T*", "q", "Q", "re", "f*", "BT", "ET", "cm", "EMC"])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(operands, operators), max_size=20), st.sampled_from([" ", "\n", "\r\n", " % x\n"]))
def test_both_parsers_agree(parts: list[str], between: str) -> None:
    data = (between.join(parts) + "\n").encode("latin-1")
    assert BytesIO(data).read() == data
    assert ours(data) == theirs(data)
