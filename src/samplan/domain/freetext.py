"""What people write, on its way in: cleaned, and without personal identity numbers."""

from __future__ import annotations

from urllib.parse import urlsplit

from samplan.domain.errors import Invalid
from samplan.domain.markup import clean
from samplan.domain.privacy import find_personal_numbers

LONGEST_TITLE = 300
LONGEST_ADDRESS = 500


def free_text(text: str, *, field: str = "text") -> str:
    """Restricted Markdown fit to be stored, without white space at its ends. Raises Invalid("personal_number")."""
    cleaned = clean(text).strip()
    if find_personal_numbers(cleaned):
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


def one_line(text: str, *, field: str = "title", most: int = LONGEST_TITLE) -> str:
    """A title: one line, not empty, at most `most` characters. Raises Invalid("required"), ("too_long", most),
    ("personal_number")."""
    cleaned = " ".join(free_text(text, field=field).split())
    if not cleaned:
        raise Invalid("required", field=field)
    if len(cleaned) > most:
        raise Invalid("too_long", field=field, most=most)
    return cleaned
