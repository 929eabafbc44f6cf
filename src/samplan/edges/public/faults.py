"""A reader tells of a fault on the site: a letter to those who run it. No account, nothing kept but the letter."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samplan.apps.orgs.models import RoleAssignment
from samplan.base.accounts.open import public
from samplan.base.mail.models import OutboxMail
from samplan.base.mail.outbox import enqueue
from samplan.domain.access import Role
from samplan.domain.privacy import find_personal_numbers

MOST_AN_HOUR = 20
"""Letters from strangers that those who run the site get in an hour, whoever sends them."""
KIND = "fault:"


class FaultForm(forms.Form):
    """`home` is a field that no person sees; a machine that fills in everything is thanked and not heard."""

    where = forms.CharField(label=gettext_lazy("Vilken sida gäller det?"), max_length=500, required=False)
    what = forms.CharField(
        label=gettext_lazy("Vad fungerar inte?"), max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Skriv gärna vilket hjälpmedel eller vilken webbläsare du använder."),
    )  # fmt: skip
    answer_to = forms.EmailField(
        label=gettext_lazy("Din e-postadress, om du vill ha svar"), required=False, max_length=200
    )
    home = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_what(self) -> str:
        what: str = self.cleaned_data["what"]
        if find_personal_numbers(what):
            raise forms.ValidationError(_("Texten innehåller ett personnummer. Ta bort det innan du skickar."))
        return what


@public
def report_fault(request: HttpRequest) -> HttpResponse:
    """Ask, send, thank. Without scripts, without an account."""
    form = FaultForm(request.POST or None, initial={"where": request.GET.get("sida", "")[:500]})
    if request.method == "POST" and form.is_valid():
        if not form.cleaned_data["home"] and not _send(form.cleaned_data, timezone.now()):
            form.add_error(None, _("Just nu kommer det in många meddelanden. Försök igen om en timme."))
            return render(request, "public/fault.html", {"form": form}, status=429)
        return render(request, "public/fault_sent.html")
    return render(request, "public/fault.html", {"form": form})


def _send(typed: dict[str, Any], at: datetime) -> bool:
    """One letter to each administrator; False when the hour is full. The same words twice in a day are one letter."""
    letters = OutboxMail.objects.filter(dedup__startswith=KIND, created_at__gt=at - timedelta(hours=1))
    receivers = sorted(
        set(
            RoleAssignment.objects.filter(role=Role.ADMINISTRATOR.value, account__is_active=True).values_list(
                "account__email", flat=True
            )
        )
    )
    if letters.count() >= MOST_AN_HOUR * max(1, len(receivers)):
        return False
    body = _("En läsare har berättat om ett fel på webbplatsen.") + "\n\n"
    body += _("Sida: %(where)s") % {"where": typed["where"] or "–"} + "\n"
    body += _("Svar önskas till: %(email)s") % {"email": typed["answer_to"] or "–"} + "\n\n" + typed["what"] + "\n"
    for email in receivers:
        mark = hashlib.sha256(f"{at:%Y-%m-%d}{email}{body}".encode()).hexdigest()
        enqueue(at=at, to=email, subject=_("Fel på webbplatsen"), body=body, dedup=KIND + mark)
    return True
