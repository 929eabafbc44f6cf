"""Reads about files that are kept at something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from samplan.base.files.holders import holder_of
from samplan.base.files.models import Attachment
from samplan.domain.access import Actor, may


def files_at(uids: Iterable[UUID]) -> dict[UUID, list[Attachment]]:
    """The files of several things by uid, oldest first, without their content; one query."""
    found: dict[UUID, list[Attachment]] = defaultdict(list)
    rows = Attachment.objects.filter(about_uid__in=list(uids)).select_related("file").defer("file__content")
    for row in rows:
        found[row.about_uid].append(row)
    return found


def shelf(actor: Actor, thing: Any, rows: list[Attachment] | None = None) -> dict[str, Any]:
    """What a page needs to list a thing's files (`files/_list.html`); `rows` when they have been read already."""
    holder = holder_of(thing._meta.label_lower)
    return {
        "rows": files_at([thing.uid])[thing.uid] if rows is None else rows,
        "slug": holder.slug if holder else "", "uid": thing.uid, "name": str(thing),
        "may_add": bool(holder and may(actor, holder.write, county=thing.county)),
    }  # fmt: skip
