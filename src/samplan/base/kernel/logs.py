"""What must never stand in a log: the secret part of an address."""

from __future__ import annotations

import logging
import re
from typing import Any

SECRET = re.compile(r"(/(?:brev|kalender|konto/lank)/)(?!\d{1,6}/)[^/\s?\"']{8,}")


def hidden(text: str) -> str:
    """The text with secret parts of addresses left out."""
    return SECRET.sub(r"\1…", text)


class HideSecrets(logging.Filter):
    """Takes secrets out of a record before any handler writes it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = hidden(str(record.msg))
        if isinstance(record.args, tuple):
            record.args = tuple(map(_bare, record.args))
        elif isinstance(record.args, dict):
            record.args = {name: _bare(value) for name, value in record.args.items()}
        return True


def _bare(value: Any) -> Any:
    """Numbers stay what the message's format expects; everything else becomes text without secrets."""
    return value if isinstance(value, int | float) else hidden(str(value))
