"""The trace as words and changed values, for `components/trace.html`."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django import template

from samplan.base.audit.labels import DEEDS, NAMES, STATES
from samplan.base.audit.models import Event
from samplan.base.ui.templatetags.samplan import day

register = template.Library()
_DATE = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
LONGEST = 400
UNSAID = {"code", "kind", "sha256"}


class Change(NamedTuple):
    """One value: its name in words, and how it read before and after (empty for nothing)."""

    name: str
    before: str
    after: str


@register.filter
def deed(event: Event) -> str:
    """What was done, to stand after the person's name. A verb without words is shown as it is."""
    return str(DEEDS.get(event.verb, event.verb))


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(_words(part) for part in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_words(part)}" for name, part in value.items())
    if isinstance(value, str) and _DATE.fullmatch(value):
        return day(date.fromisoformat(value))
    return str(STATES.get(value, value)) if isinstance(value, str) else str(value)


def _is_reference(value: Any) -> bool:
    try:
        return bool(UUID(value))
    except (TypeError, ValueError, AttributeError):
        return False


@register.filter
def changes(event: Event) -> list[Change]:
    """The values before and after, those that say something to a reader: references to other rows are left out."""
    before, after = (json.loads(text) if text else {} for text in (event.before, event.after))
    found = []
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if name in UNSAID or _is_reference(old) or _is_reference(new):
            continue
        found.append(Change(str(NAMES.get(name, name)), _words(old)[:LONGEST], _words(new)[:LONGEST]))
    return found
