"""How it is remembered that somebody has said of a number: this is no personal identity number."""

from __future__ import annotations

from django.conf import settings

from samplan.domain.privacy import fingerprint


def number_mark(county: str, number: str) -> str:
    """The keyed hash under which somebody's "this is no personal number" is kept in a county, never the number."""
    return fingerprint(number, salt=settings.SECRET_KEY + county)
