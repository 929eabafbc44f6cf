"""Exactly what the public, the county's parties and the coordinator will see of a report, before it is sent in; and the
copy that its party keeps."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samplan.apps.directives.models import DirectiveShare
from samplan.apps.questionnaires.forms import Line, in_words
from samplan.apps.questionnaires.models import ReportRequest
from samplan.base.files.store import downloaded
from samplan.base.ui.templatetags.samplan import kronor, moment
from samplan.domain.document import Block, Document, Heading, Inline, Paragraph, Text, plain
from samplan.domain.markup import parse
from samplan.domain.questionnaire import may_see
from samplan.edges.answering.acting import Acting
from samplan.edges.answering.drawing import sheet, waiting
from samplan.edges.reports.compile import write

VIEWERS = {
    # in the address: (in the domain, title, what it is)
    "alla": (
        "public", gettext_lazy("Alla"),
        gettext_lazy("Det här kan vem som helst läsa när rapporten är godkänd och årsrapporten publicerad."),
    ),
    "parterna": (
        "party", gettext_lazy("Länets parter"),
        gettext_lazy("Det här kan de andra kommunerna och regionen i länet läsa när rapporten är godkänd."),
    ),
    "samordnaren": (
        "coordinator", gettext_lazy("Samordnaren"), gettext_lazy("Samordnaren läser allt när ni har skickat in."),
    ),
}  # fmt: skip


def seen_by(listed: list[Line], viewer: str) -> list[Line]:
    """The answers that a viewer of the domain's ("public", "party", "coordinator") may see."""
    return [line for line in listed if line.value and may_see(line.question.audience, viewer, own=False)]


def preview(request: HttpRequest, acting: Acting, asked: ReportRequest, share: DirectiveShare | None) -> HttpResponse:
    """The stored answers as others will read them."""
    chosen = request.GET.get("som", "alla")
    if not acting.addresses.preview or chosen not in VIEWERS:
        raise Http404
    viewer, _title, text = VIEWERS[chosen]
    listed = sheet(acting, asked, share).lines
    shown = seen_by(listed, viewer)
    tabs = [
        {"code": code, "title": title, "count": len(seen_by(listed, whom)), "current": code == chosen}
        for code, (whom, title, _text) in VIEWERS.items()
    ]
    return render(
        request, "answering/preview.html",
        {"asked": asked, "share": share, "to": acting.addresses, "tabs": tabs, "shown": shown, "text": text,
         "hidden": sum(1 for line in listed if line.value) - len(shown)},
    )  # fmt: skip


def paper(acting: Acting, asked: ReportRequest, share: DirectiveShare | None, *, at: datetime) -> HttpResponse:
    """The report as its party wrote it, as a PDF to keep."""
    if not acting.addresses.paper:
        raise Http404
    document = _document(asked, share, sheet(acting, asked, share).lines, at)
    name = _("aterrapport") + f"-{asked.year}-{slugify(asked.party.name)}-{slugify(asked.title)[:50]}"
    return downloaded(write(document, "pdf", county=asked.county), f"{name}.pdf")


def _document(asked: ReportRequest, share: DirectiveShare | None, listed: list[Line], at: datetime) -> Document:
    made_up = asked.made_up
    if asked.submitted_at:
        state = _("Inskickad %(moment)s av %(name)s.") % {
            "moment": moment(asked.submitted_at), "name": asked.submitted_by,
        }  # fmt: skip
    else:
        state = _("Utkast, inte inskickat.")
    blocks: list[Block] = [Paragraph(plain(state), key="state", style="lead")]
    if asked.submitted_at and asked.state not in {"returned", "draft"}:
        blocks.append(Paragraph(plain(waiting(asked)), key="waiting"))
    if share:
        given = _("Ni fick %(amount)s.") % {"amount": kronor(share.amount)}
        blocks.append(Paragraph(plain(given, made_up=share.made_up), key="money"))
    if asked.reason:
        blocks.append(Paragraph(plain(asked.reason), key="reason"))
    for line in listed:
        blocks.append(Heading(2, plain(f"{line.number}. {line.question.text}"), key=line.code))
        blocks.append(Paragraph(plain(line.audience), key=f"{line.code}/audience", style="note"))
        blocks += _answer(line, made_up)
    return Document(
        title=asked.title, subtitle=asked.party.name, language=get_language() or "sv", blocks=tuple(blocks),
        contents=False,
        notice=plain(_("Hämtad %(moment)s.") % {"moment": moment(at)}),
    )  # fmt: skip


def _answer(line: Line, made_up: bool) -> list[Block]:
    if not line.value:
        return [Paragraph(plain(_("Inget svar")), key=f"{line.code}/value", style="note")]
    if line.kind == "text":
        return list(parse(line.value, base_level=3, key=f"{line.code}/value", source=None))
    words: Inline = (Text(in_words(line.question, line.value), made_up=made_up),)
    return [Paragraph(words, key=f"{line.code}/value")]
