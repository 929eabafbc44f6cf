"""Letters as documents to be drawn: as they were made, or as they would be made now."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from io import BytesIO

from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samplan.apps.letters.facts import facts_of
from samplan.apps.letters.letter import letter
from samplan.apps.letters.listing import rows_of
from samplan.apps.letters.models import Letter
from samplan.apps.letters.queries import letter_requests, newest_letters
from samplan.apps.questionnaires.models import ReportRequest
from samplan.base.jobs.kinds import Kind, Made, Progress, Task
from samplan.domain.access import Permission
from samplan.domain.document import Block, Document, Heading, from_data, plain
from samplan.edges.reports.compile import write

FORMATS = ("docx", "pdf")
# A zip says when its files were changed; the same letters make the same file.
STAMP = (1980, 1, 1, 0, 0, 0)


def document_of(request: ReportRequest, made: Letter | None, *, at: datetime) -> Document:
    """The newest letter as it was made; where there is none, as it would be made now."""
    if made is not None:
        document: Document = from_data(json.loads(made.document))
        return document
    return letter(facts_of([request], at=at)[request.pk], language=get_language() or "sv")


def documents_of(
    requests: Iterable[ReportRequest], made: dict[int, Letter], *, at: datetime
) -> list[tuple[ReportRequest, Document]]:
    """The same for many, with as few questions to the database as for one."""
    listed = list(requests)
    facts = facts_of([one for one in listed if one.pk not in made], at=at)
    language = get_language() or "sv"
    return [
        (one, from_data(json.loads(made[one.pk].document)) if one.pk in made
         else letter(facts[one.pk], language=language))
        for one in listed
    ]  # fmt: skip


def file_name(request: ReportRequest) -> str:
    """What a letter's file is called, without its ending."""
    return f"{slugify(_('brev'))}-{request.county}-{request.year}-{request.number}-{slugify(request.party.name)}"


def together(documents: Iterable[tuple[ReportRequest, Document]], *, title: str, language: str) -> Document:
    """Many letters as one document to print: each begins on a page of its own."""
    blocks: list[Block] = []
    for request, one in documents:
        key = f"letter-{request.number}"
        blocks.append(Heading(1, plain(f"{request.party.name}: {one.title}"), key))
        blocks += [_under(block, key) for block in one.blocks]
    return Document(title=title, language=language, blocks=tuple(blocks), running_head=title)


def _under(block: Block, key: str) -> Block:
    moved = replace(block, key=f"{key}/{block.key}") if block.key else block
    return replace(moved, level=min(moved.level + 1, 6)) if isinstance(moved, Heading) else moved


def zipped(documents: Iterable[tuple[ReportRequest, Document]], *, county: str, progress: Progress) -> bytes:
    """Every letter as a Word file and a PDF, in one file; each is a part."""
    listed = list(documents)
    parts = [(request, document, fmt) for request, document in listed for fmt in FORMATS]
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for number, (request, document, fmt) in enumerate(parts):
            progress(number, len(parts))
            entry = zipfile.ZipInfo(f"{file_name(request)}.{fmt}", STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, write(document, fmt, county=county))
    progress(len(parts), len(parts))
    return packed.getvalue()


def pack_letters(task: Task, progress: Progress) -> Made:
    """Every letter of the year, as a job."""
    asked = [row.request for row in rows_of(letter_requests(task.county, task.year), at=task.at)]
    documents = documents_of(asked, newest_letters(asked), at=task.at)
    name = f"{slugify(_('brev'))}-{task.county}-{task.year}.zip"
    return Made(name, zipped(documents, county=task.county, progress=progress))


LETTERS = Kind("letters", Permission.MANAGE_DIRECTIVES, gettext_lazy("Alla brev, packade"), pack_letters)
