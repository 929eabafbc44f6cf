"""What is typed about a report's way to its receivers: checked and converted, never saved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samplan.apps.yearreports.models import Submission
from samplan.base.files.packages import LARGEST_FILE
from samplan.base.ui.fields import DayField
from samplan.domain.errors import Invalid


def content_of(given: Any) -> tuple[str, bytes]:
    """An uploaded file's name and content. Raises Invalid("file_size") before a large one is read."""
    if given.size > LARGEST_FILE:
        raise Invalid("file_size", field="file", most=LARGEST_FILE // 1_000_000)
    return given.name, given.read()


class ReceiverForm(forms.Form):
    receiver = forms.CharField(label=_("Mottagare"), max_length=200)
    wanted = forms.CharField(
        label=_("Vad som ska skickas"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Till exempel årsrapporten som PDF och svaren på myndighetens enkät."),
    )  # fmt: skip
    last_day = DayField(label=_("Sista dag"), required=False)


class EncloseForm(forms.Form):
    file = forms.FileField(
        label=_("Lägg till en fil"),
        help_text=_("Till exempel svaren på mottagarens frågor. Årsrapporten är redan med."),
    )


class SentForm(forms.Form):
    sent_on = DayField(label=_("Skickad den"))
    sent_by = forms.CharField(label=_("Skickad av"), max_length=200)
    sent_how = forms.CharField(
        label=_("Hur"), max_length=200, required=False, help_text=_("Till exempel e-post eller myndighetens e-tjänst.")
    )
    case_number = forms.CharField(label=_("Diarienummer"), max_length=100, required=False)


class ReceiptForm(forms.Form):
    receipted_on = DayField(label=_("Kvitterad den"))
    receipt = forms.CharField(label=_("Kvittensens nummer"), max_length=200, required=False)
    file = forms.FileField(label=_("Kvittensen som fil"), required=False)
    case_number = forms.CharField(label=_("Diarienummer"), max_length=100, required=False)


def receiver_form(data: Any, row: Submission) -> ReceiverForm:
    """The form with what the row says."""
    initial = {"receiver": row.receiver, "wanted": row.wanted, "last_day": row.last_day}
    return ReceiverForm(data, initial=initial, use_required_attribute=False, auto_id="change_%s")


def sent_form(data: Any, row: Submission, *, who: str, today: Any) -> SentForm:
    """The form with what was told, or with the person who tells and today."""
    initial = {
        "sent_on": row.sent_on or today, "sent_by": row.sent_by or who, "sent_how": row.sent_how,
        "case_number": row.case_number,
    }  # fmt: skip
    return SentForm(data, initial=initial, use_required_attribute=False, auto_id="sent_%s")
