"""A document is handed in, read by a worker, and kept or refused. Each step is one transaction; a worker that dies
leaves the document to the next one."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q

from samplan.base.audit.trace import record
from samplan.base.files.store import store
from samplan.domain.access import Actor, Permission, may
from samplan.domain.drafts.opening import covered
from samplan.domain.drafts.tree import Tree, to_data
from samplan.domain.errors import Refused
from samplan.domain.freetext import free_text
from samplan.edges.imports.errors import Unreadable
from samplan.edges.imports.kinds import kind_of
from samplan.edges.imports.models import Draft, DraftContent
from samplan.edges.imports.sandbox import LARGEST_FILE

READER: Final = Actor(kind="worker", name="Samplan")
"""Who has read a document, in its trace."""
LONGEST_SILENCE: Final = timedelta(seconds=20)
"""A reading that has not been heard of for so long is taken up by another worker."""
MOST_ATTEMPTS: Final = 3
ENDINGS: Final = {"docx": "docx", "xlsx": "xlsx", "pdf": "pdf", "text": "txt"}
LONGEST_NAME: Final = 150


@transaction.atomic
def receive_document(
    *, by: Actor, at: datetime, county: str, year: int, name: str, content: bytes
) -> tuple[Draft, bool]:
    """Take in a file to be read: (its draft, whether it is new). A file that is there already is not taken in twice.

    Raises Unreadable with the codes of `kind_of`, and "too_large"; then nothing is kept.
    """
    may(by, Permission.MANAGE_PLAN, county=county).demand()
    if len(content) > LARGEST_FILE:
        raise Unreadable("too_large", limit=LARGEST_FILE)
    kind = kind_of(content)
    sha256 = hashlib.sha256(content).hexdigest()
    known_file = Q(county=county, sha256=sha256) & ~Q(state="refused")
    known = Draft.objects.filter(known_file).first()
    if known is not None:
        return known, False
    Draft.objects.filter(county=county, sha256=sha256, state="refused").delete()
    shown = _file_name(name, ENDINGS[kind])
    try:
        with transaction.atomic():
            draft = Draft.objects.create(
                county=county, year=year, name=shown, kind=kind, sha256=sha256, size=len(content), created_at=at,
                created_by=by.name, file=store(county=county, name=shown, content=content, at=at),
            )  # fmt: skip
    except IntegrityError:  # handed in twice in the same moment
        return Draft.objects.get(known_file), False
    record(by=by, at=at, verb="document_received", subject=draft, after={"name": shown})
    return draft, True


def _file_name(name: str, ending: str) -> str:
    """The name as the person knows it, without folders, with the ending of what the file is."""
    stem = " ".join(free_text(covered(PurePath(name.replace("\\", "/")).stem)).split())
    return f"{stem[:LONGEST_NAME].strip() or 'dokument'}.{ending}"


@transaction.atomic
def take_up_reading(*, at: datetime) -> Draft | None:
    """The next document to read, now held by the caller: one that waits, or one whose worker has fallen silent. One
    that several workers have died of is refused."""
    silent = Q(state="reading", alive_at__lt=at - LONGEST_SILENCE)
    waiting = Draft.objects.select_for_update(skip_locked=True, of=("self",)).select_related("file")
    for draft in waiting.filter(Q(state="waiting") | silent).order_by("created_at", "id"):
        if draft.attempts >= MOST_ATTEMPTS:
            _refuse(draft, at, "crashed", {})
            continue
        draft.claim, draft.alive_at, draft.state = uuid4(), at, "reading"
        draft.attempts, draft.done, draft.of = draft.attempts + 1, 0, 0
        draft.save(update_fields=["claim", "alive_at", "state", "attempts", "done", "of"])
        return draft
    return None


def note_progress(*, at: datetime, claim: UUID, done: int | None = None, of: int | None = None) -> bool:
    """The reading is alive, and so far. False when another worker has taken it up."""
    values: dict[str, Any] = {"alive_at": at}
    if done is not None and of is not None:
        values |= {"done": max(0, min(done, 2**31 - 1)), "of": max(0, min(of, 2**31 - 1))}
    return bool(Draft.objects.filter(claim=claim, state="reading").update(**values))


@transaction.atomic
def keep_reading(*, at: datetime, claim: UUID, tree: Tree) -> bool:
    """What was read, as a draft to check. False (and nothing kept) when another worker has taken it up."""
    draft = Draft.objects.select_for_update().filter(claim=claim, state="reading").first()
    if draft is None:
        return False
    DraftContent.objects.create(county=draft.county, draft=draft, tree=_text(tree))
    draft.state, draft.read_at, draft.claim, draft.done = "read", at, None, draft.of
    draft.parts = len(tree.parts())
    draft.save(update_fields=["state", "read_at", "claim", "done", "parts"])
    after = {"name": draft.name, "characters": tree.source["characters"]}
    record(by=READER, at=at, verb="document_read", subject=draft, after=after)
    return True


def _text(tree: Tree) -> str:
    return json.dumps(to_data(tree), ensure_ascii=False, separators=(",", ":"))


@transaction.atomic
def refuse_document(*, at: datetime, claim: UUID, error: Unreadable) -> bool:
    """The file cannot be read: why is kept, the file is not. False when another worker has taken it up."""
    draft = Draft.objects.select_for_update(of=("self",)).filter(claim=claim, state="reading").first()
    if draft is None:
        return False
    _refuse(draft, at, error.code, error.params)
    return True


def _refuse(draft: Draft, at: datetime, code: str, params: dict[str, Any]) -> None:
    file = draft.file
    draft.state, draft.problem, draft.problem_params = "refused", code, json.dumps(params)
    draft.file, draft.claim = None, None
    draft.save(update_fields=["state", "problem", "problem_params", "file", "claim"])
    if file is not None:
        file.delete()
    record(by=READER, at=at, verb="document_refused", subject=draft, after={"name": draft.name, "code": code})


@transaction.atomic
def remove_document(*, by: Actor, at: datetime, draft: Draft) -> None:
    """Take a document away, with its file, its draft and what was done to it. A plan that was made of it stays. Raises
    Refused("document_is_read") while it is being read."""
    may(by, Permission.MANAGE_PLAN, county=draft.county).demand()
    locked = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if locked.state == "reading":
        raise Refused("document_is_read")
    record(by=by, at=at, verb="document_removed", subject=locked, before={"name": locked.name})
    file = locked.file
    locked.delete()
    if file is not None:
        file.delete()
