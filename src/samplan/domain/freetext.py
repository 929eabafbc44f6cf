"""What people write, on its way in: cleaned, and without personal identity numbers."""

from __future__ import annotations

from samplan.domain.errors import Invalid
from samplan.domain.markup import clean
from samplan.domain.privacy import find_personal_numbers

LONGEST_TITLE = 300


def free_text(text: str, *, field: str = "text") -> str:
    """Restricted Markdown fit to be stored, without white space at its ends. Raises Invalid("personal_number")."""
    cleaned = clean(text).strip()
    if find_personal_numbers(cleaned):
        raise Invalid("personal_number", field=field)
    return cleaned


def one_line(text: str, *, field: str = "title", most: int = LONGEST_TITLE) -> str:
    """A title: one line, not empty, at most `most` characters. Raises Invalid("required"), ("too_long", most),
    ("personal_number")."""
    cleaned = " ".join(free_text(text, field=field).split())
    if not cleaned:
        raise Invalid("required", field=field)
    if len(cleaned) > most:
        raise Invalid("too_long", field=field, most=most)
    return cleaned
