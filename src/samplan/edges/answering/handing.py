"""The page on which a reporter hands a part of the report to a colleague."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samplan.apps.questionnaires.labels import AUDIENCES
from samplan.apps.questionnaires.models import ReportRequest
from samplan.apps.questionnaires.operations import hand_over
from samplan.apps.questionnaires.queries import colleagues_of, parts_out, questions_of
from samplan.base.accounts.models import Account
from samplan.base.kernel.pages import tell
from samplan.domain.cycle import editable
from samplan.domain.errors import DomainError, Refused
from samplan.edges.answering.acting import Acting


class HandForm(forms.Form):
    """Which questions, to whom, with a word."""

    codes = forms.MultipleChoiceField(
        label=gettext_lazy("Vilka frågor?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Välj minst en fråga.")},
    )  # fmt: skip
    to = forms.ModelChoiceField(
        label=gettext_lazy("Till vem?"), queryset=Account.objects.none(),
        empty_label=gettext_lazy("Välj kollega"),
        error_messages={"required": gettext_lazy("Välj en kollega som har ett konto hos er.")},
    )  # fmt: skip
    message = forms.CharField(
        label=gettext_lazy("Ett ord på vägen"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, asked: ReportRequest, giver: int | None, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        taken = {code: part.name for part in parts_out(asked) for code in part.listed}
        self.fields["codes"].choices = [  # type: ignore[attr-defined]
            (question.code, f"{number}. {question.text}")
            for number, question in enumerate(questions_of(asked.form), start=1)
            if question.code not in taken
        ]
        found = colleagues_of(asked, at=at).exclude(pk=giver or 0)
        self.fields["to"].queryset = found  # type: ignore[attr-defined]
        self.fields["to"].label_from_instance = lambda account: account.name  # type: ignore[attr-defined]


def hand(request: HttpRequest, acting: Acting, asked: ReportRequest, *, at: datetime) -> HttpResponse:
    """Choose questions and a colleague."""
    if not acting.addresses.hand:
        raise Http404
    if not editable(asked.state):
        raise Refused("not_editable")
    given = request.POST if request.method == "POST" else None
    form = HandForm(
        given, asked=asked, giver=acting.actor.account_id, at=at, initial={"codes": request.GET.getlist("fraga")}
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            part = hand_over(
                by=acting.actor, at=at, request=asked, codes=typed["codes"], to=typed["to"], message=typed["message"]
            )
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("%(name)s har fått ett brev om sin del.") % {"name": part.name})
            return redirect(acting.addresses.page + "#delar")
    alone = not form.fields["to"].queryset.exists()  # type: ignore[attr-defined]
    context = {"asked": asked, "to": acting.addresses, "form": form, "alone": alone, "audiences": AUDIENCES}
    return render(request, "answering/hand.html", context)
