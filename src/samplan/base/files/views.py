"""Files that are kept at something: added, said otherwise, fetched, taken away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samplan.base.files.holders import Holder, holder_called, holder_of
from samplan.base.files.models import Attachment
from samplan.base.files.operations import attach, caption_file, detach
from samplan.base.files.packages import LARGEST_FILE
from samplan.base.files.store import as_download
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, tell
from samplan.domain.access import Actor, may
from samplan.domain.errors import DomainError, Invalid


class CaptionForm(forms.Form):
    caption = forms.CharField(
        label=gettext_lazy("Vad filen är"), max_length=300, required=False,
        help_text=gettext_lazy("Står i listan och i rapporten. Lämna tomt så står filens namn."),
    )  # fmt: skip


class NewFileForm(CaptionForm):
    file = forms.FileField(
        label=gettext_lazy("Fil"),
        help_text=gettext_lazy("PDF, Word, Excel, PowerPoint, LibreOffice, bild eller text, högst 20 MB, utan makron."),
    )
    field_order = ("file", "caption")


def _thing_for(actor: Actor, holder: Holder | None, uid: UUID, county: str) -> Any:
    """What files are kept at; 404 unless the actor may read it."""
    thing = holder.find(uid, county) if holder else None
    if holder is None or thing is None or not holder.reads(actor, thing):
        raise Http404
    return thing


@once
def new(request: HttpRequest, county: str, year: int, slug: str, uid: UUID) -> HttpResponse:
    """One more file at something."""
    at, actor = timezone.now(), actor_of(request)
    holder = holder_called(slug)
    thing = _thing_for(actor, holder, uid, county)
    may(actor, holder.write, county=county).demand()  # type: ignore[union-attr]  # _thing_for has seen to it
    posted = request.method == "POST"
    form = NewFileForm(request.POST if posted else None, request.FILES if posted else None)
    back = holder.page(thing, year)  # type: ignore[union-attr]
    if posted and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            if given.size > LARGEST_FILE:
                raise Invalid("file_size", field="file", most=LARGEST_FILE // 1_000_000)
            attach(
                by=actor, at=at, about=thing, name=given.name, content=given.read(),
                caption=form.cleaned_data["caption"],
            )  # fmt: skip
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Filen är tillagd."))
            return redirect(back)
    context = {"county": county, "year": year, "thing": thing, "form": form, "back": back}
    return render(request, "files/new.html", context)


def _attachment_for(actor: Actor, uid: UUID, county: str) -> tuple[Attachment, Any, Holder]:
    """A file with what it is kept at; 404 unless the actor may read that."""
    found = Attachment.objects.filter(uid=uid, county=county).select_related("file").first()
    holder = holder_of(found.about_kind) if found else None
    if found is None or holder is None:
        raise Http404
    return found, _thing_for(actor, holder, found.about_uid, county), holder


@once
def change(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Say otherwise what a file is, or take it away."""
    at, actor = timezone.now(), actor_of(request)
    found, thing, holder = _attachment_for(actor, uid, county)
    may(actor, holder.write, county=county).demand()
    posted = request.method == "POST"
    form = CaptionForm(request.POST if posted else None, initial={"caption": found.caption})
    back = holder.page(thing, year)
    if posted and request.POST.get("action") == "remove":
        detach(by=actor, at=at, about=thing, attachment=found)
        messages.success(request, _("Filen är borttagen. I spåret står vad den hette."))
        return redirect(back)
    if posted and form.is_valid():
        try:
            caption_file(by=actor, at=at, about=thing, attachment=found, caption=form.cleaned_data["caption"])
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Sparat."))
            return redirect(back)
    context = {"county": county, "year": year, "thing": thing, "attachment": found, "form": form, "back": back}
    return render(request, "files/change.html", context)


def fetch(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """The file itself, as something that a browser saves and never shows."""
    found, _thing, _holder = _attachment_for(actor_of(request), uid, county)
    return as_download(found.file)
