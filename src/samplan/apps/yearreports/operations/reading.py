"""Every write about reading the report through: sections found done, and what is said about passages."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from samplan.apps.yearreports.models import PassageComment, SectionMark, YearReport
from samplan.base.audit.trace import record
from samplan.domain.access import Actor, Permission, may
from samplan.domain.errors import Invalid, Refused
from samplan.domain.freetext import free_text

MOST_COMMENTS = 200


def hash_of(text: str) -> str:
    """Names what a section says."""
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def mark_section(*, by: Actor, at: datetime, report: YearReport, key: str, text: str, read: str) -> SectionMark:
    """The section reads `text` just now and is done. `read` is the hash of what the actor saw.

    Raises Refused("changed_meanwhile") when that is something else.
    """
    may(by, Permission.COMPILE_REPORT, county=report.county).demand()
    YearReport.objects.select_for_update().get(pk=report.pk)
    if read != hash_of(text):
        raise Refused("changed_meanwhile")
    row = SectionMark.objects.filter(report=report, key=key).first()
    if row and row.sha256 == read:
        return row
    row = row or SectionMark(county=report.county, report=report, key=key)
    row.text, row.sha256, row.marked_at, row.marked_by = text, read, at, by.name
    row.save()
    record(by=by, at=at, verb="section_marked", subject=report, after={"key": key})
    return row


@transaction.atomic
def unmark_section(*, by: Actor, at: datetime, report: YearReport, key: str) -> None:
    """The section is not done after all."""
    may(by, Permission.COMPILE_REPORT, county=report.county).demand()
    row = SectionMark.objects.filter(report=report, key=key).first()
    if row is None:
        return
    row.delete()
    record(by=by, at=at, verb="section_unmarked", subject=report, before={"key": key})


@transaction.atomic
def comment_passage(
    *, by: Actor, at: datetime, report: YearReport, key: str, text: str, answers: PassageComment | None = None
) -> PassageComment:
    """Say something about a passage, or answer what was said.

    Raises Invalid("required", "personal_number"), Refused("too_many_comments", most), ("forbidden") for an answer to
    another passage's comment.
    """
    may(by, Permission.COMMENT_REPORT, county=report.county).demand()
    said = free_text(text)
    if not said:
        raise Invalid("required", field="text")
    YearReport.objects.select_for_update().get(pk=report.pk)
    if answers is not None and (answers.report_id, answers.key) != (report.pk, key):
        raise Refused("forbidden")
    first = (answers.answers or answers) if answers else None
    if PassageComment.objects.filter(report=report, key=key).count() >= MOST_COMMENTS:
        raise Refused("too_many_comments", most=MOST_COMMENTS)
    row = PassageComment.objects.create(
        county=report.county, report=report, key=key, answers=first, text=said, written_at=at, written_by=by.name
    )
    record(by=by, at=at, verb="passage_commented", subject=report, after={"key": key, "text": said})
    return row


@transaction.atomic
def resolve_comment(*, by: Actor, at: datetime, comment: PassageComment, resolved: bool = True) -> PassageComment:
    """What was said is seen to, or not after all. Raises Refused("forbidden") for an answer."""
    may(by, Permission.COMMENT_REPORT, county=comment.county).demand()
    row = PassageComment.objects.select_for_update(of=("self",)).select_related("report").get(pk=comment.pk)
    if row.answers_id is not None:
        raise Refused("forbidden")
    if bool(row.resolved_at) == resolved:
        return row
    row.resolved_at, row.resolved_by = (at, by.name) if resolved else (None, "")
    row.save(update_fields=["resolved_at", "resolved_by"])
    verb = "comment_resolved" if resolved else "comment_reopened"
    record(by=by, at=at, verb=verb, subject=row.report, after={"key": row.key, "text": row.text})
    return row
