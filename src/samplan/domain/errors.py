"""What an operation or a rule says when it cannot do what was asked. Codes, never texts."""

from __future__ import annotations

from typing import Any


class DomainError(Exception):
    """Carries a `code` that a floor above turns into a sentence, and the `params` the sentence needs."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class Refused(DomainError):
    """A permission or a rule says no. Code "forbidden" means the permission is missing."""


class Invalid(DomainError):
    """What was typed cannot be used; `field` names where."""

    def __init__(self, code: str, *, field: str = "", **params: Any) -> None:
        super().__init__(code, **params)
        self.field = field
