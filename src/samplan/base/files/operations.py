"""Every write about files that are kept at something. What is uploaded is hostile until it has been looked into."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from samplan.base.audit.trace import record
from samplan.base.files.holders import Holder, holder_of
from samplan.base.files.kinds import kind_of
from samplan.base.files.models import Attachment, File
from samplan.base.files.store import store
from samplan.domain.access import Actor, may
from samplan.domain.errors import Refused
from samplan.domain.freetext import one_line

MOST_FILES = 50
LONGEST_NAME = 150


def _holder(thing: Any) -> Holder:
    found = holder_of(thing._meta.label_lower)
    if found is None:
        raise Refused("forbidden")
    return found


@transaction.atomic
def attach(*, by: Actor, at: datetime, about: Any, name: str, content: bytes, caption: str = "") -> Attachment:
    """Keep a file at something. Its kind comes from its content; `name` is what it was called, without its ending.

    Raises Invalid at "file" as `kinds.kind_of`, ("personal_number") for a name or caption that holds one;
    Refused("too_many_files", most).
    """
    may(by, _holder(about).write, county=about.county).demand()
    if Attachment.objects.filter(about_uid=about.uid).count() >= MOST_FILES:
        raise Refused("too_many_files", most=MOST_FILES)
    ending = kind_of(content, name)
    stem = one_line(name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0][:LONGEST_NAME] or "fil", field="file")
    said = one_line(caption, field="caption") if caption.strip() else ""
    file = store(county=about.county, name=f"{stem}.{ending}", content=content, at=at)
    row = Attachment.objects.create(
        county=about.county, about_kind=about._meta.label_lower, about_uid=about.uid, file=file, caption=said,
        added_at=at, added_by=by.name,
    )  # fmt: skip
    after = {"name": file.name, "caption": said, "sha256": file.sha256}
    record(
        by=by, at=at, verb="file_attached", subject=about, after={name: value for name, value in after.items() if value}
    )
    return row


@transaction.atomic
def caption_file(*, by: Actor, at: datetime, about: Any, attachment: Attachment, caption: str) -> Attachment:
    """Say otherwise what a file is. Raises Invalid("personal_number")."""
    _demand(by, about, attachment)
    said = one_line(caption, field="caption") if caption.strip() else ""
    if said != attachment.caption:
        before = {"name": attachment.file.name, "caption": attachment.caption}
        attachment.caption = said
        attachment.save(update_fields=["caption"])
        record(by=by, at=at, verb="file_captioned", subject=about, before=before,
               after={"name": attachment.file.name, "caption": said})  # fmt: skip
    return attachment


@transaction.atomic
def detach(*, by: Actor, at: datetime, about: Any, attachment: Attachment) -> None:
    """Take a file away; what it was called stays in the trace."""
    _demand(by, about, attachment)
    _take_away(by, at, about, attachment)


@transaction.atomic
def detach_all(*, by: Actor, at: datetime, about: Any) -> None:
    """Take away every file of something that is itself taken away."""
    if holder_of(about._meta.label_lower) is None:
        return
    may(by, _holder(about).write, county=about.county).demand()
    for attachment in Attachment.objects.filter(about_uid=about.uid).select_related("file"):
        _take_away(by, at, about, attachment)


@transaction.atomic
def carry_files(*, by: Actor, at: datetime, before: Any, after: Any) -> None:
    """Let what `before` has be kept at `after` as well, which carries it on."""
    may(by, _holder(after).write, county=after.county).demand()
    for one in Attachment.objects.filter(about_uid=before.uid).select_related("file"):
        Attachment.objects.create(
            county=after.county, about_kind=after._meta.label_lower, about_uid=after.uid, file=one.file,
            caption=one.caption, added_at=at, added_by=by.name,
        )  # fmt: skip
        record(by=by, at=at, verb="file_attached", subject=after, after={"name": one.file.name})


def _demand(by: Actor, about: Any, attachment: Attachment) -> None:
    may(by, _holder(about).write, county=about.county).demand()
    if attachment.about_uid != about.uid:
        raise Refused("forbidden")


def _take_away(by: Actor, at: datetime, about: Any, attachment: Attachment) -> None:
    file: File = attachment.file
    before = {"name": file.name, "caption": attachment.caption}
    record(by=by, at=at, verb="file_removed", subject=about, before={n: v for n, v in before.items() if v}, after={})
    attachment.delete()
    if not file.attachments.exists():
        file.delete()
