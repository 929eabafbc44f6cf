"""Signing in, and setting a password through a link."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from samplan.base.accounts.forms import ForgottenForm, NewPasswordForm
from samplan.base.accounts.middleware import carried
from samplan.base.accounts.models import Account
from samplan.base.accounts.operations import account_of_link, make_sign_in_link, use_sign_in_link
from samplan.base.mail.outbox import enqueue
from samplan.domain.access import Actor
from samplan.domain.errors import Invalid, Refused


class SignIn(LoginView):
    """E-mail and password. Too many wrong tries lock the address out for a quarter of an hour (django-axes)."""

    template_name = "registration/login.html"
    redirect_authenticated_user = True

    def get_form_kwargs(self) -> dict[str, Any]:
        options = super().get_form_kwargs()
        if "data" in options:
            options["data"] = options["data"].copy()
            options["data"]["username"] = options["data"].get("username", "").strip().lower()
        return options

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["username"].label = _("E-postadress")
        form.fields["password"].label = _("Lösenord")
        form.error_messages["invalid_login"] = _(
            "Adressen och lösenordet hör inte ihop. Försök igen, eller be om en ny länk."
        )
        return form

    def get_template_names(self) -> list[str]:
        return ["registration/signed_out.html"] if self.request.POST.get("carried") else [self.template_name]

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        brought = self.request.POST.get("carried", "")
        return super().get_context_data(carried=brought, typed=carried(brought), **options)

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        fields = carried(self.request.POST.get("carried", ""))
        if fields:
            context = {"fields": fields, "address": self.get_success_url()}
            response = render(self.request, "registration/send_again.html", context)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, form.get_user().language, httponly=True, samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )  # fmt: skip
        return response


@login_not_required
@never_cache
@sensitive_post_parameters()
def set_password(request: HttpRequest, token: str) -> HttpResponse:
    """A sign-in link: opening it changes nothing, sending the form sets the password and signs in."""
    at = timezone.now()
    account = account_of_link(token, at=at)
    if account is None:
        return render(request, "registration/link_used.html", status=410)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = use_sign_in_link(at=at, token=token, password=form.cleaned_data["password"])
        except Invalid as error:
            form.add_error("password", error.params["messages"])
        except Refused:
            return render(request, "registration/link_used.html", status=410)
        else:
            login(request, account, backend="django.contrib.auth.backends.ModelBackend")
            return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "registration/set_password.html", {"form": form, "account": account})


@login_not_required
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a new link by mail. The answer is the same whether the address is known or not."""
    form = ForgottenForm(request.POST or None)
    sent = request.method == "POST" and form.is_valid()
    if sent:
        at = timezone.now()
        account = Account.objects.filter(email=form.cleaned_data["email"].strip().lower(), is_active=True).first()
        recent = account and account.links.filter(expires_at__gt=at, used_at=None).exists()
        if account and not recent:
            send_link(by=Actor(kind="stranger", name=account.name), at=at, account=account)
    return render(request, "registration/forgotten.html", {"form": form, "sent": sent})


def send_link(*, by: Actor, at: Any, account: Account) -> None:
    """A fresh link in a mail to its owner."""
    token = make_sign_in_link(by=by, at=at, account=account)
    address = settings.BASE_URL + reverse("accounts:link", args=[token])
    with translation.override(account.language):
        enqueue(
            at=at, to=account.email, language=account.language, subject=_("Din länk till Samplan"),
            body=render_to_string("registration/link_mail.txt", {"account": account, "address": address}),
            dedup=f"link:{account.uid}:{at.isoformat()}",
        )  # fmt: skip
