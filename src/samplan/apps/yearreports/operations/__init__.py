"""Every write about the year report: syntheses, edits, approval and publication."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from samplan.apps.bodies.models import DecisionPoint
from samplan.apps.bodies.operations import demand_point
from samplan.apps.directives.models import Directive
from samplan.apps.plans.models import Plan
from samplan.apps.plans.operations.writing import waived_in
from samplan.apps.questionnaires.models import NumberWaiver
from samplan.apps.yearreports.models import BlockEdit, ReportVersion, Synthesis, YearReport
from samplan.base.audit.trace import record
from samplan.base.files.store import store
from samplan.base.kernel.numbers import number_mark
from samplan.domain.access import Actor, Permission, may
from samplan.domain.cycle import YEAR_REPORT_MOVES, YearReportStatus, step
from samplan.domain.document import from_data, plain_text
from samplan.domain.errors import Invalid, Refused
from samplan.domain.freetext import Waived, free_text, one_line
from samplan.domain.privacy import find_personal_numbers

S = YearReportStatus


@transaction.atomic
def open_report(*, by: Actor, at: datetime, plan: Plan, title: str) -> YearReport:
    """The report of a plan's year; the same plan again gives the report that is there."""
    may(by, Permission.COMPILE_REPORT, county=plan.county).demand()
    there = YearReport.objects.filter(plan=plan, year=plan.year).first()
    if there:
        return there
    title = one_line(title)
    report = YearReport.objects.create(county=plan.county, plan=plan, year=plan.year, title=title)
    record(by=by, at=at, verb="report_opened", subject=report, after={"title": report.title})
    return report


@transaction.atomic
def write_synthesis(
    *, by: Actor, at: datetime, report: YearReport, directive: Directive, text: str, version: int
) -> Synthesis:
    """The coordinator's words on top of a directive's answers. `version` is the one it was read at, 0 for none.

    Raises Refused("changed_by_other", text) when somebody wrote in between, Invalid("personal_number").
    """
    may(by, Permission.COMPILE_REPORT, county=report.county).demand()
    if directive.plan_id != report.plan_id:
        raise Refused("forbidden")
    cleaned = free_text(text)
    YearReport.objects.select_for_update().get(pk=report.pk)
    row = Synthesis.objects.filter(report=report, directive__number=directive.number).first()
    if row and row.text == cleaned:
        return row
    if (row.version if row else 0) != version:
        raise Refused("changed_by_other", text=row.text if row else "")
    before = {"text": row.text} if row else None
    if row is None:
        row = Synthesis.objects.create(county=report.county, report=report, directive=directive, text=cleaned)
    else:
        row.text, row.version, row.directive = cleaned, version + 1, directive
        row.save()
    record(by=by, at=at, verb="synthesis_written", subject=row, before=before, after={"text": cleaned})
    return row


@transaction.atomic
def edit_block(
    *, by: Actor, at: datetime, report: YearReport, key: str, base_hash: str, base_text: str, text: str, version: int
) -> BlockEdit:
    """Put a person's words in place of the compiled block `key`, whose fact reads `base_text` just now.

    `version` is the edit's version when it was read, 0 for none. Raises Refused("changed_by_other", text).
    """
    may(by, Permission.COMPILE_REPORT, county=report.county).demand()
    if not key:
        raise Invalid("required", field="key")
    cleaned = free_text(text, waived=_waived(report))
    YearReport.objects.select_for_update().get(pk=report.pk)
    edit = BlockEdit.objects.filter(report=report, key=key).first()
    if edit and edit.text == cleaned and edit.base_hash == base_hash:
        return edit
    if (edit.version if edit else 0) != version:
        raise Refused("changed_by_other", text=edit.text if edit else "")
    before = {"key": key, "text": edit.text if edit else base_text}
    if edit is None:
        edit = BlockEdit(county=report.county, report=report, key=key, version=0)
    edit.base_hash, edit.base_text, edit.text = base_hash, base_text, cleaned
    edit.version, edit.edited_at, edit.edited_by = edit.version + 1, at, by.name
    edit.save()
    record(by=by, at=at, verb="block_edited", subject=report, before=before, after={"key": key, "text": cleaned})
    return edit


@transaction.atomic
def drop_edit(*, by: Actor, at: datetime, report: YearReport, key: str, version: int) -> None:
    """Let the compiled fact stand again. The edit's words stay in the trace; `version` is the one that was read.

    Raises Refused("changed_by_other", text) when somebody has edited in between.
    """
    may(by, Permission.COMPILE_REPORT, county=report.county).demand()
    YearReport.objects.select_for_update().get(pk=report.pk)
    edit = BlockEdit.objects.filter(report=report, key=key).first()
    if edit is None:
        return
    if edit.version != version:
        raise Refused("changed_by_other", text=edit.text)
    edit.delete()
    record(by=by, at=at, verb="block_edit_dropped", subject=report, before={"key": key, "text": edit.text})


@dataclass(frozen=True, slots=True)
class Compiled:
    """What the compiler above hands in: frozen facts and document with their hashes, the files by name, and what is
    unsettled."""

    facts: str
    facts_sha256: str
    document: str
    document_sha256: str
    files: Mapping[str, bytes]
    conflicts: int = 0


@transaction.atomic
def approve_report(
    *, by: Actor, at: datetime, report: YearReport, decision_point: DecisionPoint, compiled: Compiled
) -> ReportVersion:
    """Freeze the report as a body approved it. An earlier version is superseded.

    Raises Refused("conflicts_open", number) while an edit stands on a fact that has changed,
    Refused("personal_number").
    """
    locked = YearReport.objects.select_for_update().get(pk=report.pk)
    step(YEAR_REPORT_MOVES, by, S.DRAFT, S.APPROVED, county=locked.county).demand()
    demand_point(decision_point, county=locked.county, kind="report")
    if compiled.conflicts:
        raise Refused("conflicts_open", number=compiled.conflicts)
    _demand_no_numbers(compiled.document, locked)
    latest = ReportVersion.objects.filter(report=locked).order_by("-number").first()
    version = ReportVersion.objects.create(
        county=locked.county, report=locked, number=latest.number + 1 if latest else 1, decision_point=decision_point,
        facts=compiled.facts, facts_sha256=compiled.facts_sha256, document=compiled.document,
        document_sha256=compiled.document_sha256, approved_at=at,
    )  # fmt: skip
    version.files.set([store(county=locked.county, name=name, content=c, at=at) for name, c in compiled.files.items()])
    if latest and latest.state == S.APPROVED:
        _supersede(latest, by=by, at=at)
    after = {"number": version.number, "decision_point": decision_point, "sha256": version.facts_sha256}
    record(by=by, at=at, verb="year_report_approved", subject=version, after=after)
    return version


@transaction.atomic
def publish_report(*, by: Actor, at: datetime, version: ReportVersion) -> ReportVersion:
    """Show an approved version to residents; the one shown until now steps back."""
    locked = ReportVersion.objects.select_for_update().select_related("report").get(pk=version.pk)
    step(YEAR_REPORT_MOVES, by, S(locked.state), S.PUBLISHED, county=locked.county).demand()
    _demand_no_numbers(locked.document, locked.report)
    shown = ReportVersion.objects.filter(report=locked.report, state=S.PUBLISHED.value)
    for earlier in shown.exclude(pk=locked.pk):
        _supersede(earlier, by=by, at=at)
    before = {"state": locked.state}
    locked.state, locked.published_at = S.PUBLISHED.value, at
    locked.save(update_fields=["state", "published_at"])
    record(by=by, at=at, verb="year_report_published", subject=locked, before=before, after={"state": locked.state})
    return locked


def _waived(report: YearReport) -> Waived:
    """Whether somebody has said of a number that it is none: of the plan's texts, or of a party's answer that year."""

    def waived(number: str) -> bool:
        mark = number_mark(report.county, number)
        answers = NumberWaiver.objects.filter(request__county=report.county, request__year=report.year)
        return answers.filter(fingerprint=mark).exists() or waived_in(report.plan)(number)

    return waived


def _demand_no_numbers(document: str, report: YearReport) -> None:
    """Nothing goes out with a personal identity number in it, unless somebody has said of it that it is none."""
    waived = _waived(report)
    if any(not waived(find.text) for find in find_personal_numbers(plain_text(from_data(json.loads(document))))):
        raise Refused("personal_number")


def _supersede(version: ReportVersion, *, by: Actor, at: datetime) -> None:
    before = {"state": version.state}
    ReportVersion.objects.filter(pk=version.pk).update(state=S.SUPERSEDED.value)
    record(by=by, at=at, verb="year_report_superseded", subject=version, before=before, after={"state": "superseded"})
