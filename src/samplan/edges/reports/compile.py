"""From the rows of a year to its report: facts, passages with a person's edits in place, one document, three files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from samplan.apps.orgs.models import Organisation
from samplan.apps.plans.models import Plan
from samplan.apps.yearreports.models import BlockEdit, ReportVersion, WordTemplate, YearReport
from samplan.apps.yearreports.operations import Compiled
from samplan.apps.yearreports.queries import plan_year_facts, template_in_use, year_facts
from samplan.domain import facts as freezing
from samplan.domain.document import Block, Document, from_data, plain, to_data
from samplan.domain.editing import Edit, Merged, Passage, merge
from samplan.domain.facts import frozen, thaw
from samplan.domain.markup import parse
from samplan.domain.shapes import SHAPES
from samplan.domain.yearfacts import YearFacts
from samplan.edges.reports.chapters import notice, passages
from samplan.edges.reports.chapters.parts import day, drawn_picture
from samplan.edges.reports.writers import docx, html, pdf
from samplan.edges.reports.writers.word_template import Template

FORMATS = ("docx", "pdf", "html")


@dataclass(frozen=True, slots=True)
class Report:
    """A compiled report: its facts, its passages with edits in place, and the document they make."""

    facts: YearFacts
    merged: Merged
    document: Document


def edits_of(report: YearReport) -> list[Edit]:
    """The report's edits as the domain knows them."""
    rows = BlockEdit.objects.filter(report=report).order_by("key")
    return [Edit(row.key, row.base_hash, row.base_text, row.text, row.version, row.edited_by) for row in rows]


def _rewritten(passage: Passage, text: str) -> tuple[Block, ...]:
    """An edit's blocks: the passage's opening (who says it) stays, its text is the person's."""
    opening = tuple(block for block in passage.blocks if getattr(block, "key", "") == f"{passage.key}/who")
    level = next((block.level - 1 for block in passage.blocks if hasattr(block, "level")), 4)
    return (*opening, *parse(text, base_level=level, key=passage.key, source=passage.source))


def compile_report(report: YearReport, *, at: datetime, preview: bool, language: str = "sv") -> Report:
    """The report as it would look now. `preview` also shows reports that are sent in but not accepted, marked."""
    facts = year_facts(report, at=at, preview=preview)
    return assemble(facts, edits_of(report), language=language, preview=preview)


def compile_plan(plan: Plan, *, at: datetime, shape: str = "", language: str = "sv", preview: bool = False) -> Report:
    """A plan as a document, in its own shape or another; the edits of its year report stand where it has one."""
    report = YearReport.objects.filter(plan=plan, year=plan.year).first()
    facts = plan_year_facts(plan, at=at, preview=preview, report=report)
    return assemble(facts, edits_of(report) if report else (), language=language, preview=preview, shape=shape)


def assemble(
    facts: YearFacts, edits: Iterable[Edit], *, language: str, preview: bool = False, shape: str = ""
) -> Report:
    """Facts and edits to a document; touches no database. `shape` when it is not the plan's own."""
    with translation.override(language):
        plan = facts.plan
        chapters = SHAPES[shape] if shape and shape != plan.shape else plan.chapters
        merged = merge(passages(facts, chapters), edits, write=_rewritten)
        cover = [plain(plan.title)] if plan.title != facts.title else []
        cover += [plain(words) for words in (plan.owner, day(plan.dated_on), plan.case_number) if words]
        if preview:
            cover.append(plain(_("Förhandsvisning. Inte godkänd.")))
        document = Document(
            title=facts.title,
            language=language,
            blocks=merged.blocks,
            subtitle=facts.agreement,
            cover=tuple(cover),
            running_head=facts.title if facts.county_name in facts.title else f"{facts.title}, {facts.county_name}",
            notice=notice(facts),
            details={
                "owner": plan.owner,
                "date": day(plan.dated_on),
                "case_number": plan.case_number,
                "year": str(plan.year),
                "county": facts.county_name,
            },
            motto=plain(plan.motto) if plan.motto else (),
            logotypes=tuple(drawn_picture(one) for one in plan.pictures if one.place == "logotype"),
            picture=next((drawn_picture(one) for one in plan.pictures if one.place == "cover"), None),
        )
    return Report(facts, merged, document)


def write(document: Document, fmt: str, *, county: str = "", owner: Organisation | None = None) -> bytes:
    """The document as a file of the format; in Word in the template that the owner uses, when it has one of its own.

    `owner` None with a `county`: the county jointly. Raises KeyError for another format than docx, pdf, html.
    """
    if fmt == "docx":
        return docx.write(document, language=document.language, template=_template(county, owner))
    writers = {"pdf": pdf.write, "html": html.write}
    return writers[fmt](document, language=document.language)


def _template(county: str, owner: Organisation | None) -> Template | None:
    used = template_in_use(county, owner) if county else None
    return read_template(used) if used else None


def read_template(row: WordTemplate) -> Template:
    """A stored template, to be written into once."""
    return Template(bytes(row.file.content), json.loads(row.choices) if row.choices else {})


def freeze(report: YearReport, compiled: Report) -> Compiled:
    """What approval keeps: facts and document as frozen text, and the three files."""
    facts = frozen(freezing.to_data(compiled.facts))
    document = frozen(to_data(compiled.document))
    plan = report.plan
    name = file_name(plan)
    return Compiled(
        facts=facts.text,
        facts_sha256=facts.sha256,
        document=document.text,
        document_sha256=document.sha256,
        files={f"{name}.{fmt}": write(compiled.document, fmt, county=plan.county, owner=plan.owner) for fmt in FORMATS},
        conflicts=len(compiled.merged.conflicts),
    )


def file_name(plan: Plan, shape: str = "") -> str:
    """What a plan's document is called, without its ending: county, edition year and shape."""
    return f"{plan.county}-{plan.year}-{shape or plan.shape}"


def document_of(version: ReportVersion) -> Document:
    """The document of a frozen version. Raises ValueError if the stored text is not what was frozen."""
    document: Document = from_data(thaw(version.document, version.document_sha256))
    return document
