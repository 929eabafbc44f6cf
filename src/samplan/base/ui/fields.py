"""Form fields and rows that several rooms share. They check and convert, nothing more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from samplan.base.kernel.problems import say
from samplan.base.ui.templatetags.samplan import number
from samplan.domain.errors import Invalid
from samplan.domain.exact import parse_whole
from samplan.domain.freetext import Waived, unwaived
from samplan.domain.money import LARGEST

MOST_ROWS = 60
WHOLE = {
    "number_negative": gettext_lazy("Talet kan inte vara mindre än noll."),
    "not_whole": gettext_lazy("Skriv ett helt tal med siffror, som 1 500 000."),
    "number_too_long": gettext_lazy("Talet är för stort."),
}


class WholeField(forms.CharField):
    """Whole kronor or persons, typed with or without spaces between thousands: an int, or None when left out."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "class": "input--number"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        text = str(value).strip() if value is not None else ""
        if not text:
            return None
        try:
            found = parse_whole(text)
        except Invalid as error:
            raise ValidationError(WHOLE[error.code]) from None
        if found > LARGEST:
            raise ValidationError(WHOLE["number_too_long"])
        return found

    def prepare_value(self, value: Any) -> Any:
        return number(value) if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class DayField(forms.DateField):
    """A date, with the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class LongText(forms.CharField):
    """Running text over several rows, kept as it was typed. `waived`: which numbers somebody has said are no personal
    identity numbers, where a page lets one say so."""

    waived: Waived | None = None

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), strip=False, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if unwaived(text, self.waived):
            raise ValidationError(say(Invalid("personal_number")))
        return text


T = TypeVar("T")


class OfferField(forms.ChoiceField):
    """One of some rows, named by uid; the cleaned value is the row itself or None. `offer` says which they are."""

    def __init__(self, *, empty: Any, **options: Any) -> None:
        super().__init__(**options)
        self.empty, self.rows = empty, dict[str, Any]()

    def offer(self, rows: Iterable[T], words: Callable[[T], Any] = str) -> None:
        self.rows = {str(row.uid): row for row in rows}  # type: ignore[attr-defined]
        self.choices = [("", self.empty), *((uid, words(row)) for uid, row in self.rows.items())]

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return self.rows.get(found)


class OffersField(forms.MultipleChoiceField):
    """Several of some rows, as boxes to tick; the cleaned value is a list of rows."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.rows = dict[str, Any]()

    def offer(self, rows: Iterable[T], words: Callable[[T], Any] = str) -> None:
        self.rows = {str(row.uid): row for row in rows}  # type: ignore[attr-defined]
        self.choices = [(uid, words(row)) for uid, row in self.rows.items()]

    def clean(self, value: Any) -> Any:
        return [self.rows[uid] for uid in super().clean(value)]


class RowForm(forms.Form):
    """One of several alike rows in a page. `said`: the fields that make a row count; where all are empty it is left
    out."""

    said: ClassVar[tuple[str, ...]] = ()
    waived: Waived | None = None

    @property
    def blank(self) -> bool:
        """Whether nothing is said in the row."""
        return not self.has_changed()

    def has_changed(self) -> bool:
        return any(name in self.changed_data for name in self.said)

    def full_clean(self) -> None:
        """As other forms; and a personal identity number is told at the very row and field it stands in."""
        super().full_clean()
        for name, value in list(getattr(self, "cleaned_data", {}).items()):
            if isinstance(value, str) and unwaived(value, self.waived):
                self.add_error(name, say(Invalid("personal_number")))


R = TypeVar("R", bound=RowForm)


def rows_of(
    made: type[R],
    request: HttpRequest,
    prefix: str,
    *,
    first: int,
    more: int = 3,
    initial: Iterable[Mapping[str, Any]] = (),
    ready: Callable[[R], None] | None = None,
) -> list[R]:
    """The rows of a page: `first` empty ones after `initial`, or as many as were posted, and `more` when asked for.

    The page says their number in a field `<prefix>-count`, and asks for more by a button `action` = `more-<prefix>`.
    `ready` is called with each row, to offer it its choices.
    """
    given = list(initial)
    posted = request.POST if request.method == "POST" else None
    number_of = len(given) + first
    if posted is not None:
        typed = posted.get(f"{prefix}-count", "")
        number_of = int(typed) if re.fullmatch("[0-9]{1,3}", typed) else number_of
        number_of += more if posted.get("action") == f"more-{prefix}" else 0
    rows = [
        made(
            posted, prefix=f"{prefix}-{place}", empty_permitted=True, use_required_attribute=False,
            initial=dict(given[place]) if place < len(given) else None,
        )
        for place in range(min(number_of, MOST_ROWS))
    ]  # fmt: skip
    for row in rows:
        if ready is not None:
            ready(row)
    return rows


def saving(request: HttpRequest, *pages: forms.BaseForm) -> bool:
    """Whether a page's forms are being saved. A press on a button for more rows only shows them again, without
    complaints."""
    if request.method != "POST":
        return False
    if not request.POST.get("action", "save").startswith("more-"):
        return True
    for page in pages:
        page._errors = ErrorDict()  # type: ignore[attr-defined]
    return False


def all_valid(*pages: forms.BaseForm) -> bool:
    """Whether every form is right; each is asked, so that everything wrong is shown at once."""
    return all([page.is_valid() for page in pages])  # noqa: C419


def one_of(codes: Mapping[str, Any], *, empty: Any = None) -> list[tuple[str, Any]]:
    """Codes with their words as choices of a field, with `empty` first where nothing may be chosen."""
    return [*([("", empty)] if empty is not None else []), *codes.items()]
