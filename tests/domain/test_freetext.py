"""What people write, on its way in."""

from __future__ import annotations

import pytest

from samplan.domain.errors import Invalid
from samplan.domain.freetext import free_text, one_line, web_address


@pytest.mark.parametrize("text", ["https://example.org/a?b=c#d", " http://example.org ", "HTTPS://åäö.example/å"])
def test_an_address_on_the_web(text: str) -> None:
    assert web_address(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "", "example.org", "javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "https://",
        "//example.org", "ftp://example.org", "http://[", "mailto:a@example.org", "https://example.org/" + "x" * 500,
    ],
)  # fmt: skip
def test_what_is_no_address_on_the_web(text: str) -> None:
    with pytest.raises(Invalid, match="web_address"):
        web_address(text)


def test_a_title_is_one_line_and_not_too_long() -> None:
    assert one_line("  Två\n ord ") == "Två ord"
    for text, code in (("  ", "required"), ("x" * 301, "too_long"), ("19121212-1212", "personal_number")):
        with pytest.raises(Invalid, match=code):
            one_line(text)


def test_a_text_is_cleaned_and_without_numbers() -> None:
    assert free_text(" \uf0b7 punkt\r\n") == "- punkt"
    with pytest.raises(Invalid) as refused:
        free_text("Hon, 19121212-1212, fick stöd.", field="goal")
    assert (refused.value.code, refused.value.field) == ("personal_number", "goal")
