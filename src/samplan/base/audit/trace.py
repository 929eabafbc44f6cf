"""Writing and reading the trace. Only operations call `record`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from samplan.base.audit.models import Event
from samplan.domain.access import Actor

SITTING = timedelta(hours=1)


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return str(getattr(value, "uid", value.pk))
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"cannot trace {type(value).__name__}")


def _text(values: Mapping[str, Any] | None) -> str:
    if not values:
        return ""
    return json.dumps(values, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def record(
    *,
    by: Actor,
    at: datetime,
    verb: str,
    subject: Model,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Event:
    """Append one event about `subject` (a row with a `uid`)."""
    return Event.objects.create(
        at=at,
        actor_kind=by.kind,
        actor_id=by.account_id,
        actor_name=by.name,
        verb=verb,
        county=getattr(subject, "county", ""),
        subject_kind=subject._meta.label_lower,
        subject_uid=subject.uid,  # type: ignore[attr-defined]
        subject_name=str(subject)[:300],
        before=_text(before),
        after=_text(after),
    )


def record_sitting(*, by: Actor, at: datetime, verb: str, subject: Model) -> Event | None:
    """Like `record`, without values, and at most one per person and sitting (an hour since the last)."""
    seen = Event.objects.filter(
        subject_uid=subject.uid,  # type: ignore[attr-defined]
        verb=verb,
        actor_kind=by.kind,
        actor_id=by.account_id,
        actor_name=by.name,
        at__gt=at - SITTING,
    )
    return None if seen.exists() else record(by=by, at=at, verb=verb, subject=subject)


def changed(row: Model, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields of `values` that differ from the row: (before, after)."""
    before = {name: getattr(row, name) for name, value in values.items() if getattr(row, name) != value}
    return before, {name: values[name] for name in before}


def events_about(*uids: UUID) -> QuerySet[Event]:
    """The trace of some things, newest first."""
    return Event.objects.filter(subject_uid__in=uids).order_by("-at", "-id")
