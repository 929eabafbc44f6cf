"""What somebody typed in a form that could not be carried out, so that a page can give it back."""

from __future__ import annotations

from django.http import QueryDict

_MACHINERY = {"action", "next"}
_VERSIONS = ("v-", "theirs-", "choice-")


def fields(data: QueryDict) -> list[tuple[str, str]]:
    """Every field of a posted form as it came, but for the keys of that one page and for passwords."""
    skipped = {"csrfmiddlewaretoken", "once_key", "carried"}
    return [
        (name, value)
        for name, values in data.lists()
        if name not in skipped and "password" not in name
        for value in values
    ]


def texts(data: QueryDict) -> list[tuple[str, str]]:
    """Only what a person wrote: not the form's own machinery, no versions, no counts of rows."""
    return [
        (name, value)
        for name, value in fields(data)
        if name not in _MACHINERY and not name.startswith(_VERSIONS) and "_FORMS" not in name and value.strip()
    ]
