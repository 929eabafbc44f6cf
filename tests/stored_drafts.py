"""Documents in every state, made through the operations, without any reader."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from samplan.apps.plans.models import Plan
from samplan.domain.access import Actor, Assignment, Role
from samplan.domain.drafts.opening import opened
from samplan.edges.imports.errors import Unreadable
from samplan.edges.imports.models import Draft
from samplan.edges.imports.operations.applying import How, apply_draft
from samplan.edges.imports.operations.reading import keep_reading, receive_document, refuse_document, take_up_reading
from samplan.edges.imports.slot_labels import SLOTS, UNNAMED
from tests.drafts_by_hand import SMALL, Line, reading
from tests.small_year import AT, BOSS

STATES = ("waiting", "reading", "read", "refused", "applied")


def an_actor(role: Role, county: str = "21", *, number: int = 1) -> Actor:
    return Actor(
        kind="account", name=f"{role} {number}", account_id=number, assignments=(Assignment(role, county),)
    )  # fmt: skip


def how(draft: Draft, **other: Any) -> How:
    values: dict[str, Any] = {
        "title": "Länets plan 2023", "year": 2023, "year_to": 2023, "shape": "directive",
        "last_day": date(2023, 12, 31), "seen": draft.version,
        "headings": {key: str(words) for key, words in SLOTS.items()},
        "unnamed": {key: str(words) for key, words in UNNAMED.items()},
    }  # fmt: skip
    return How(**{**values, **other})


def a_document(
    state: str = "read", *, county: str = "21", lines: list[Line] = SMALL, name: str = "plan.txt",
    content: bytes = b"Plan", at: datetime = AT, raw: dict[str, Any] | None = None,
) -> Draft:  # fmt: skip
    """A document in a state; only one waits or is read at a time."""
    draft, _new = receive_document(by=BOSS, at=at, county=county, year=2024, name=name, content=content)
    if state == "waiting":
        return draft
    taken = take_up_reading(at=at)
    assert taken is not None
    assert taken.claim is not None
    if state == "refused":
        refuse_document(at=at, claim=taken.claim, error=Unreadable("encrypted"))
    elif state != "reading":
        assert keep_reading(at=at, claim=taken.claim, tree=opened(raw or reading(lines, name=name)))
    draft = Draft.objects.get(pk=draft.pk)
    if state == "applied":
        apply_draft(by=BOSS, at=at, draft=draft, how=how(draft))
    return Draft.objects.get(pk=draft.pk)


def plan_of(draft: Draft) -> Plan:
    return Plan.objects.get(pk=Draft.objects.get(pk=draft.pk).plan_id)
