"""The trace as words and changed values, for `components/trace.html`."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django import template
from django.utils.translation import gettext as _

from samplan.base.audit.labels import DEEDS, NAMES, STATES, VALUES
from samplan.base.audit.models import Event
from samplan.base.ui.templatetags.samplan import day, kronor, number

register = template.Library()
_DATE = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
LONGEST = 400
# What says nothing to a reader, or stands in full on the page the trace belongs to.
UNSAID = {"answers", "code", "codes", "form", "kind", "sha256"}
KRONOR = {"amount", "carried", "flat", "kronor", "outside", "paid", "received"}
UNGROUPED = {"number", "version", "year"}
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class Change(NamedTuple):
    """One value: its name in words, and how it read before and after (empty for nothing)."""

    name: str
    before: str
    after: str


@register.filter
def deed(event: Event) -> str:
    """What was done, to stand after the person's name. A verb without words is shown as it is."""
    return str(DEEDS.get(event.verb, event.verb))


def _words(name: str, value: Any) -> str:
    """A value of this name as it is read: kronor, numbers, days and codes in words."""
    match value:
        case None | "":
            return ""
        case bool():
            return _("ja") if value else _("nej")
        case list():
            return ("; " if any(isinstance(part, dict) for part in value) else ", ").join(
                _words(name, part) for part in value
            )
        case dict():
            return _parts(name, value)
        case int():
            return kronor(value) if name in KRONOR else str(value) if name in UNGROUPED else number(value)
    text = str(value)
    if text in VALUES.get(name, {}):
        return str(VALUES[name][text])
    if _DATE.fullmatch(text):
        return day(date.fromisoformat(text))
    if name == "percent":
        return f"{text.replace('.', ',')} %"
    if name == "value" and _NUMBER.fullmatch(text):
        return number(text, len(text.partition(".")[2]))
    if name == "value" and text.startswith("{"):
        return _parts("cost", json.loads(text))
    return str(STATES.get(text, text)) if name == "state" else text


def _parts(name: str, value: dict[str, Any]) -> str:
    """What belongs together, as one: the amounts of costs with their kind, else the values alone."""
    if name in {"cost", "sums"}:
        return ", ".join(f"{VALUES.get(name, {}).get(code, code)} {kronor(amount)}" for code, amount in value.items())
    parts = sorted(value, key=lambda part: part not in {"group", "key", "title"})
    return ", ".join(words for part in parts if (words := _words(part, value[part])))


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
        # The key of a passage is an address; the key of an allocation is what it is shared by.
        if name in UNSAID or _is_reference(old) or _is_reference(new) or (name == "key" and isinstance(new, str)):
            continue
        before_words, after_words = _words(name, old)[:LONGEST], _words(name, new)[:LONGEST]
        if before_words or after_words:
            found.append(Change(str(NAMES.get(name, name)), before_words, after_words))
    return found
