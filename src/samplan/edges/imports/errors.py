"""Why a file cannot be read."""

from __future__ import annotations

from typing import Final

from samplan.domain.errors import DomainError

CODES: Final = frozenset(
    {
        "broken",  # begins as the kind it is, and cannot be read to its end; params: kind
        "empty",  # holds no character
        "scanned",  # a PDF of pictures: pages, and no character on any
        "encrypted",  # asks for a password
        "too_large",  # the file itself; params: limit (bytes)
        "unpacked_too_large",  # what it holds when unpacked; params: limit (bytes)
        "unsafe",  # XML that declares entities or a document type of its own, which no office program writes
        "unknown_kind",  # nothing that is read here; params: found (a word for what it looks like, or "")
        "timeout",  # more time than a file may take; params: seconds
        "memory",  # more memory than a file may take; params: megabytes
        "crashed",  # the process of its own ended without an answer
    }
)


class Unreadable(DomainError):
    """Raised by readers and by `read_safely`; `code` is one of `CODES`."""
