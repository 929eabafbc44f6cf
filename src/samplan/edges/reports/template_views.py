"""A county's own Word templates: uploaded, looked at with what was found in them, tried, used, removed."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from docx.oxml.ns import qn

from samplan.apps.orgs.models import Organisation
from samplan.apps.plans.models import Plan
from samplan.apps.plans.queries import plans_of
from samplan.apps.yearreports.models import WordTemplate
from samplan.apps.yearreports.operations.templates import (
    choose_styles,
    remove_template,
    stop_template,
    upload_template,
    use_template,
)
from samplan.apps.yearreports.queries import get_template_for, templates_of
from samplan.base.audit.trace import events_about
from samplan.base.files.store import as_download, downloaded
from samplan.base.files.word import LARGEST_TEMPLATE, looked_into_template
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, see, tell
from samplan.base.kernel.problems import say
from samplan.base.ui.fields import OfferField
from samplan.domain.access import Permission, may
from samplan.domain.document import Document, Heading, Paragraph, plain
from samplan.domain.errors import DomainError, Invalid
from samplan.edges.reports.compile import compile_plan, read_template
from samplan.edges.reports.labels import FOUND, STYLES
from samplan.edges.reports.writers import docx, word_cover
from samplan.edges.reports.writers.word_styles import CHOSEN, Match, name_of
from samplan.edges.reports.writers.word_template import Template, has_picture, style_of, text_of

P = Permission.COMPILE_REPORT


class UploadForm(forms.Form):
    """A template and whose it is."""

    owner = OfferField(label=gettext_lazy("Vems mall"), empty=gettext_lazy("Länets gemensamma"), required=False)
    file = forms.FileField(
        label=gettext_lazy("Mallen"),
        help_text=gettext_lazy("Ett Word-dokument (.docx eller .dotx) utan makron, högst 10 MB."),
    )

    def __init__(self, *args: Any, county: str, **options: Any) -> None:
        super().__init__(*args, **options)
        owners = Organisation.objects.filter(parties__county=county).order_by("name").distinct()
        self.fields["owner"].offer(owners)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Told:
    """What was found in a template, for the page: `placed` of our facts have a place on its cover."""

    cover: list[str]
    pictures: int
    placed: set[str]
    contents: bool
    levels: int
    furniture: list[str]
    wide: int
    high: int
    text: int
    dropped: int


def templates(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Whose documents are written into which template."""
    actor = actor_of(request)
    see(actor, county)
    may(actor, P, county=county).demand()
    rows = list(templates_of(county))
    used = sum(row.state == "used" for row in rows)
    lead = (
        ngettext("En egen mall används.", "%(n)s egna mallar används.", used) % {"n": used} if used
        else _("Vår mall används överallt.")
    )  # fmt: skip
    return render(request, "reports/templates.html", {"county": county, "year": year, "rows": rows, "lead": lead})


@once
def upload(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Take in a template. It is used only when somebody has seen what was found in it."""
    at, actor = timezone.now(), actor_of(request)
    see(actor, county)
    may(actor, P, county=county).demand()
    posted = request.method == "POST"
    form = UploadForm(request.POST if posted else None, request.FILES if posted else None, county=county)
    if posted and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            if given.size > LARGEST_TEMPLATE:
                raise Invalid("file_size", field="file", most=LARGEST_TEMPLATE // 1_000_000)
            content = given.read()
            prove(content)
            made = upload_template(
                by=actor, at=at, county=county, owner=form.cleaned_data["owner"], name=given.name, content=content
            )
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Mallen är mottagen. Se vad som hittades innan ni tar den i bruk."))
            return redirect("reports:template", county, year, made.uid)
    return render(request, "reports/new_template.html", {"county": county, "year": year, "form": form})


def prove(content: bytes) -> None:
    """Write a page into an uploaded template. Raises Invalid at "file" when it cannot be done, whatever the reason."""
    looked = looked_into_template(content)
    document = Document("Prov", "sv", (Heading(1, plain("Prov"), "a"), Paragraph(plain("Prov."), "b")), subtitle="Prov")
    try:
        docx.write(document, language="sv", template=Template(looked))
    except Invalid:
        raise
    except Exception as error:
        raise Invalid("file_broken", field="file") from error


@once
def template(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """What was found in a template, style by style, and what is done with it."""
    at, actor = timezone.now(), actor_of(request)
    row = get_template_for(actor, uid, county=county)
    read = read_template(row)
    problem = ""
    if request.method == "POST":
        try:
            said = _carry_out(request, row, read, at)
        except DomainError as error:
            if error.code == "forbidden":
                raise
            problem = say(error)
        else:
            messages.success(request, said)
            gone = request.POST.get("action") == "remove"
            return (
                redirect("reports:templates", county, year)
                if gone
                else redirect("reports:template", county, year, row.uid)
            )
    offers = sorted(((id_, name_of(style)) for id_, style in read.sheet.paragraphs.items()), key=lambda one: one[1])
    matches = [
        {"match": match, "words": STYLES[ours], "how": FOUND[match.how], "choose": ours in CHOSEN}
        for ours, match in read.found.items()
    ]
    missing = sum(match.how == "ours" for match in read.found.values())
    context = {
        "county": county, "year": year, "template": row, "matches": matches, "offers": offers, "missing": missing,
        "there": len(matches) - missing, "all": len(matches), "told": told(read), "problem": problem,
        "plan": plan_of(row), "words": ["{{" + word + "}}" for word in (*word_cover.WORDS, *word_cover.PICTURES)],
        "events": events_about(row.uid)[:20] if may(actor, Permission.READ_TRACE, county=county) else None,
    }  # fmt: skip
    return render(request, "reports/template.html", context)


def _carry_out(request: HttpRequest, row: WordTemplate, read: Template, at: Any) -> str:
    who: dict[str, Any] = {"by": actor_of(request), "at": at, "template": row}
    match request.POST.get("action"):
        case "use":
            use_template(**who)
            return _("Mallen används från och med nu.")
        case "stop":
            stop_template(**who)
            return _("Vår mall används igen.")
        case "remove":
            remove_template(**who)
            return _("Mallen är borttagen. I spåret står den kvar.")
    choose_styles(**who, choices=_chosen(request, Template(bytes(row.file.content)).found, read))
    return _("Valen är sparade.")


def _chosen(request: HttpRequest, found: dict[str, Match], read: Template) -> dict[str, str]:
    """What a person says otherwise than what was found."""
    choices = {}
    for ours in CHOSEN:
        typed = request.POST.get(f"style-{ours}", "")
        if typed != found[ours].id and (not typed or typed in read.sheet.paragraphs):
            choices[ours] = typed
    return choices


def told(read: Template) -> Told:
    """What the page says about a template beside its styles."""
    names = dict.fromkeys(("title", "subtitle", "motto", "date", "owner", "case_number", "year", "county"), "x")
    root = deepcopy(read.body)
    for child in list(root)[read.front :]:
        root.remove(child)
    placed = word_cover.fill_placeholders(root, names) | word_cover.fill_controls_and_fields(root, names)
    for name in ("Title", "Subtitle"):
        style = read.found[name].id
        if style and any(style_of(p) == style for child in read.cover for p in child.iter(qn("w:p"))):
            placed.add(name.lower())
    replaced = {read.found[name].id for name in ("Title", "Subtitle", "TOCHeading")}
    beyond = read.children[read.contents.last + 1 if read.contents else read.front :]
    return Told(
        cover=[text for child in read.cover if style_of(child) not in replaced and (text := text_of(child).strip())],
        pictures=sum(map(has_picture, read.cover)), placed=placed, contents=read.contents is not None,
        levels=read.contents.levels if read.contents else 0,
        furniture=[text_of(part).strip() for part in read.furniture() if text_of(part).strip()],
        wide=round(read.page.wide), high=round(read.page.high), text=round(read.page.text),
        dropped=sum(bool(text_of(child).strip()) for child in beyond),
    )  # fmt: skip


def plan_of(row: WordTemplate) -> Plan | None:
    """The newest plan of the template's owner: what a trial prints."""
    return plans_of(row.county).filter(owner=row.owner).first()


def trial(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """The owner's newest plan in the template, used or not."""
    row = get_template_for(actor_of(request), uid, county=county)
    plan = plan_of(row)
    if plan is None:
        return redirect("reports:template", county, year, row.uid)
    document = compile_plan(plan, at=timezone.now()).document
    content = docx.write(document, language=document.language, template=read_template(row))
    return downloaded(content, _("prov") + f"-{row.name}.docx")


def template_file(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """The template as it was uploaded."""
    return as_download(get_template_for(actor_of(request), uid, county=county).file)
