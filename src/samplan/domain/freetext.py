"""What people write, on its way in: cleaned, and without personal identity numbers."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from samplan.domain.errors import Invalid
from samplan.domain.markup import clean
from samplan.domain.privacy import find_personal_numbers

LONGEST_TITLE = 300
LONGEST_ADDRESS = 500


Waived = Callable[[str], bool]
"""Whether somebody has said of a number, as it is written, that it is no personal identity number."""


def unwaived(text: str, waived: Waived | None) -> list[str]:
    """What looks like a personal identity number in a text and nobody has waived, as it is written, each once."""
    found = dict.fromkeys(find.text for find in find_personal_numbers(text))
    return [number for number in found if waived is None or not waived(number)]


def free_text(text: str, *, field: str = "text", waived: Waived | None = None) -> str:
    """Restricted Markdown fit to be stored, without white space at its ends. Raises Invalid("personal_number") for a
    number that nobody has waived."""
    cleaned = clean(text).strip()
    if unwaived(cleaned, waived):
        raise Invalid("personal_number", field=field)
    return cleaned


def web_address(text: str, *, field: str = "url") -> str:
    """An address on the web, http or https with a host. Raises Invalid("web_address"): a link may run no script."""
    address = text.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname or len(address) > LONGEST_ADDRESS:
        raise Invalid("web_address", field=field)
    return address


def one_line(text: str, *, field: str = "title", most: int = LONGEST_TITLE, waived: Waived | None = None) -> str:
    """A title: one line, not empty, at most `most` characters. Raises Invalid("required"), ("too_long", most),
    ("personal_number")."""
    cleaned = " ".join(free_text(text, field=field, waived=waived).split())
    if not cleaned:
        raise Invalid("required", field=field)
    if len(cleaned) > most:
        raise Invalid("too_long", field=field, most=most)
    return cleaned
