"""The way in without an account. Opening an address changes nothing: who goes on says who they are first.

The code stands in the address of the door only. Behind it the session remembers who was stated for which link, and
every page asks again whether the link is live.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from samplan.apps.directives.queries import share_of
from samplan.apps.letters.facts import contacts_of
from samplan.apps.letters.forms import WhoForm
from samplan.apps.letters.models import PersonalLink, Statement
from samplan.apps.letters.operations import actor_of, follow_report, state_who
from samplan.apps.letters.queries import link_of_code, link_with, newest_letters, state_of, statement_with
from samplan.apps.orgs.models import County
from samplan.base.accounts.open import public
from samplan.base.files.store import downloaded
from samplan.base.kernel.limits import Limit
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import tell
from samplan.domain.errors import DomainError
from samplan.domain.links import LinkState, Purpose
from samplan.edges.answering import form as report_form
from samplan.edges.answering import handing, previewing
from samplan.edges.answering.acting import Acting, Addresses
from samplan.edges.links.drawing import FORMATS, document_of
from samplan.edges.reports.compile import write

GUESSES = Limit("links")
STATED = "links"
View = Callable[..., HttpResponse]


def private(policy: str) -> Callable[[View], View]:
    """Pages that nobody keeps, lists or is referred from. A browser that may not say where a form comes from cannot
    send one past the check of forgery, so behind the door the address, which holds no secret, is told to ourselves."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
            response = view(request, *args, **options)
            add_never_cache_headers(response)
            response["Referrer-Policy"] = policy
            response["X-Robots-Tag"] = "noindex, nofollow"
            return response

        return wrapped

    return decorate


@public
@csrf_exempt  # the code in the address is what a forger does not have; see `private`
@sensitive_post_parameters()
@sensitive_variables("code")
@private("no-referrer")
def enter(request: HttpRequest, code: str) -> HttpResponse:
    """The door: what the link leads to, and who you are."""
    at = timezone.now()
    if GUESSES.reached(request):
        return render(request, "links/many.html", status=429)
    link = link_of_code(code)
    if link is None:
        GUESSES.miss(request)
        return _ended(request, None)
    if state_of(link, at=at) is not LinkState.LIVE:
        return _ended(request, link)
    form = WhoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            statement = state_who(at=at, link=link, **form.cleaned_data)
        except DomainError as error:
            tell(error, form)
        else:
            stated = {**request.session.get(STATED, {}), str(link.uid): str(statement.uid)}
            request.session[STATED] = stated
            return redirect("links:answer", link.uid)
    share = share_of(link.request)
    context = {
        "link": link, "asked": link.request, "share": share, "form": form, "before": _statement(request, link),
        "approving": link.purpose == Purpose.APPROVE, "county_name": County.objects.get(code=link.county).name,
    }  # fmt: skip
    return render(request, "links/door.html", context)


def stepped_in(view: View) -> View:
    """A page behind the door: `view(request, link, acting)`. For a link that has ended, and for who has not said who it
    is, a page that says so."""

    @wraps(view)
    def wrapped(request: HttpRequest, uid: UUID) -> HttpResponse:
        link, statement = _stepped_in(request, uid)
        if link is None or statement is None:
            return render(request, "links/again.html", status=410)
        if state_of(link, at=timezone.now()) is not LinkState.LIVE:
            return _ended(request, link)
        return view(request, link, _acting(link, statement))

    return wrapped


def _acting(link: PersonalLink, statement: Statement) -> Acting:
    names = ("answer", "save", "preview", "hand", "paper", "leave")
    page, save, preview, hand, paper, leave = (reverse(f"links:{name}", args=[link.uid]) for name in names)
    addresses = Addresses(
        page=page, save=save, preview=preview, hand=hand, paper=paper, leave=leave,
        letter=reverse("links:letter", args=[link.uid, "pdf"]),
    )  # fmt: skip
    return Acting(actor_of(statement), True, addresses, str(statement.uid))


@public
@private("same-origin")
@once
@stepped_in
def answer(request: HttpRequest, link: PersonalLink, acting: Acting) -> HttpResponse:
    """The report, as it is for those who sign in."""
    at, asked = timezone.now(), link.request
    response = report_form.report(request, acting, asked, share_of(asked), at=at)
    if request.method == "POST":
        follow_report(at=at, request=asked)
    return response


@public
@require_POST
@private("same-origin")
@stepped_in
def save(request: HttpRequest, link: PersonalLink, acting: Acting) -> HttpResponse:
    """What a script posts while the person writes."""
    return report_form.save(request, acting, link.request, share_of(link.request), at=timezone.now())


@public
@private("same-origin")
@stepped_in
def preview(request: HttpRequest, link: PersonalLink, acting: Acting) -> HttpResponse:
    """What others will see of the report."""
    return previewing.preview(request, acting, link.request, share_of(link.request))


@public
@private("same-origin")
@once
@stepped_in
def hand(request: HttpRequest, link: PersonalLink, acting: Acting) -> HttpResponse:
    """A part of the report to a colleague who has an account."""
    return handing.hand(request, acting, link.request, at=timezone.now())


@public
@private("same-origin")
@stepped_in
def paper(request: HttpRequest, link: PersonalLink, acting: Acting) -> HttpResponse:
    """The report as a PDF to keep."""
    return previewing.paper(acting, link.request, share_of(link.request), at=timezone.now())


@public
@require_POST
@private("same-origin")
def leave(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Forget in this browser who was stated: for a computer that others use too."""
    stated = dict(request.session.get(STATED, {}))
    if stated.pop(str(uid), None):
        request.session[STATED] = stated
    return render(request, "links/left.html")


@public
@private("same-origin")
def letter(request: HttpRequest, uid: UUID, fmt: str) -> HttpResponse:
    """The letter that the link came with, as a file."""
    at = timezone.now()
    link, statement = _stepped_in(request, uid)
    if link is None or statement is None:
        return render(request, "links/again.html", status=410)
    if state_of(link, at=at) is not LinkState.LIVE:
        return _ended(request, link)
    if fmt not in FORMATS:
        raise Http404
    document = document_of(link.request, newest_letters([link.request]).get(link.request_id), at=at)
    name = slugify(_("brev")) + f"-{link.request.year}-{link.request.number}"
    return downloaded(write(document, fmt, county=link.county), f"{name}.{fmt}")


def _stepped_in(request: HttpRequest, uid: UUID) -> tuple[PersonalLink | None, Statement | None]:
    """The link and who this browser has stated for it; (None, None) for everybody else."""
    link = link_with(uid)
    statement = _statement(request, link) if link else None
    return (link, statement) if statement else (None, None)


def _statement(request: HttpRequest, link: PersonalLink) -> Statement | None:
    uid = request.session.get(STATED, {}).get(str(link.uid))
    return statement_with(link, uid) if uid else None


def _ended(request: HttpRequest, link: PersonalLink | None) -> HttpResponse:
    """The same page for a link that has ended and one that never was; the first says whom to turn to."""
    at = timezone.now()
    context: dict[str, Any] = {"contacts": contacts_of(link.county, at=at) if link else ()}
    if link is not None:
        context |= {"asked": link.request, "state": state_of(link, at=at)}
    return render(request, "links/ended.html", context, status=410)
