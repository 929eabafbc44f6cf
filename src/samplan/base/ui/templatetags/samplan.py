"""Filters and tags of every page. The library is a builtin: templates use it without loading it.

Amounts are whole kronor or decimals, dates are shown in Europe/Stockholm and in the language of the reader.
"""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from samplan.base.ui.charts import Chart
from samplan.base.ui.icons import svg
from samplan.base.ui.markdown import render_line, render_markdown

register = template.Library()

SPACE = "\u00a0"
MINUS = "\u2212"
DASH = "\u2013"

STATES = {
    "open": (gettext_lazy("Inte påbörjad"), "open"),
    "draft": (gettext_lazy("Utkast"), "draft"),
    "submitted": (gettext_lazy("Inskickad"), "submitted"),
    "approved": (gettext_lazy("Godkänd hos parten"), "approved"),
    "accepted": (gettext_lazy("Godkänd"), "accepted"),
    "returned": (gettext_lazy("Återsänd"), "returned"),
    "nothing": (gettext_lazy("Inget att rapportera"), "nothing"),
    "declined": (gettext_lazy("Avböjd"), "declined"),
    "late": (pgettext_lazy("rapport", "Sen"), "late"),
    "none": (gettext_lazy("Ingår inte"), "none"),
}
# A request for money, in the same shapes.
MONEY_STATES = {
    "to_request": (gettext_lazy("Att rekvirera"), "open"),
    "signed": (gettext_lazy("Undertecknad"), "draft"),
    "sent": (gettext_lazy("Skickad"), "submitted"),
    "paid": (gettext_lazy("Utbetald"), "approved"),
    "received": (gettext_lazy("Mottagen"), "accepted"),
}
# A report on its way to a receiver, in the same shapes.
SUBMISSION_STATES = {
    "not_begun": (gettext_lazy("Inte påbörjad"), "open"),
    "ready": (gettext_lazy("Klar att skicka"), "draft"),
    "receipted": (gettext_lazy("Kvitterad"), "accepted"),
    "superseded": (gettext_lazy("Skickad igen"), "none"),
}


def _grouped(value: Any, decimals: int) -> str:
    amount = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(amount):,.{decimals}f}"
    point = "." if get_language() == "en" else ","
    return (MINUS if amount < 0 else "") + text.replace(",", SPACE).replace(".", point)


@register.filter
def number(value: Any, decimals: int = 0) -> str:
    """`284494` as `284 494`, rounded half up to `decimals`; an en dash for None, what is no number as it is."""
    if value is None or value == "":
        return DASH
    try:
        return _grouped(value, int(decimals))
    except ArithmeticError:
        return str(value)


@register.filter
def kronor(value: Any, decimals: int = 0) -> str:
    """`1500000` as `1 500 000 kr` with no-break spaces, in English too; an en dash for None."""
    text = number(value, decimals)
    return text if text == DASH else f"{text}{SPACE}kr"


@register.filter
def kronor_short(value: Any) -> str:
    """Kronor where there is little room: `10,4 mnkr` from a million on, else as `kronor`."""
    if value is None or value == "" or abs(int(value)) < 1_000_000:
        return kronor(value)
    return f"{number(Decimal(int(value)) / 1_000_000, 1)}{SPACE}{_('mnkr')}"


@register.filter
def signed(value: Any, decimals: int = 0) -> str:
    """A difference with its sign: `+3 946`, `−132 833`, `0`."""
    text = number(value, decimals)
    return f"+{text}" if value not in (None, "") and text != DASH and Decimal(str(value)) > 0 else text


def _local(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value) if timezone.is_aware(value) else value
    return value if isinstance(value, dt.date) else None


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """A date as `14 januari 2025`; an en dash for None."""
    local = _local(value)
    return date_format(local, "j F Y") if local else DASH


@register.filter
def day_short(value: dt.date | dt.datetime | None) -> str:
    """A date in a tight place: `14 jan`, with the year when it is not this year's."""
    local = _local(value)
    if not local:
        return DASH
    month = str(date_format(local, "M" if get_language() == "en" else "b"))[:3]
    year = f" {local.year}" if local.year != timezone.localdate().year else ""
    return f"{local.day}{SPACE}{month}{year}"


@register.filter
def moment(value: dt.datetime | None) -> str:
    """A point in time as `14 januari 2025 kl. 10.42`, Swedish time."""
    local = _local(value)
    if not local:
        return DASH
    clock = date_format(local, "H:i" if get_language() == "en" else "H.i")
    return _("%(day)s kl. %(clock)s") % {"day": day(local), "clock": clock}


@register.filter
def percent(value: Any, maximum: Any) -> str:
    """`value` of `maximum` in whole per cent: `90 %`; an en dash when there is nothing to share."""
    return f"{number(Decimal(str(value)) * 100 / Decimal(str(maximum)))}{SPACE}%" if maximum else DASH


@register.filter
def person_name(user: Any) -> str:
    """The name to show for a signed-in person."""
    return str(getattr(user, "name", "") or user.get_username())


@register.filter
def initials(user: Any) -> str:
    """At most two initials of a person's name."""
    return "".join(part[0] for part in person_name(user).replace("@", " ").split()[:2]).upper()


@register.filter
def markdown(value: Any, base_level: int = 2) -> SafeString:
    """Restricted Markdown as HTML, the rest escaped; `base_level` is the level of the heading it stands under."""
    return render_markdown(str(value or ""), base_level=int(base_level))


@register.simple_tag(takes_context=True)
def prose(context: template.Context, value: Any, base_level: int = 2) -> SafeString:
    """As the filter `markdown`, with each value that the text quotes as it reads now; the page's `figures` finds it."""
    return render_markdown(str(value or ""), base_level=int(base_level), figures=context.get("figures"))


@register.simple_tag(takes_context=True)
def quoting(context: template.Context, value: Any, links: bool = True) -> SafeString:
    """A line of plain text with the values it quotes as `prose` has them; `links` False inside a link."""
    return render_line(str(value or ""), figures=context.get("figures"), links=links)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawn sign beside a word, hidden from screen readers. Raises KeyError for a name that is not drawn."""
    return svg(name)


@register.simple_tag
def example_mark(made_up: bool) -> SafeString:
    """The tag "Exempel" where a figure or a row is made up, nothing elsewhere."""
    return format_html('<span class="tag tag--example">{}</span>', _("Exempel")) if made_up else SafeString("")


@register.simple_tag
def state_tag(status: str, late: bool = False) -> SafeString:
    """A state as shape, word and colour; `late` adds the mark "Sen" after it."""
    word, shape = (STATES | MONEY_STATES | SUBMISSION_STATES)[str(status)]
    html = format_html('<span class="state state--{}">{}{}</span>', shape, svg(shape), word)
    return format_html("{} {}", html, state_tag("late")) if late else html


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*parts: str) -> dict[str, Any]:
    """`{% breadcrumbs "Pengar" url "Fördelning" %}`: titles and addresses in turn; the last title has no address."""
    return {"steps": [(parts[at], parts[at + 1] if at + 1 < len(parts) else "") for at in range(0, len(parts), 2)]}


@register.simple_tag(takes_context=True)
def once_key(context: template.Context) -> SafeString:
    """The hidden field that makes two presses on one button one write."""
    key: Any = context.get("once_key", "")
    return format_html('<input type="hidden" name="once_key" value="{}">', key() if callable(key) else key)


@register.inclusion_tag("components/meter.html")
def meter(value: Any, maximum: Any, label: str = "", height: int = 12) -> dict[str, Any]:
    """Progress as weave: woven so far, loose threads for what remains. `label` defaults to "21 av 31"."""
    share = min(100.0, max(0.0, float(value or 0) * 100 / float(maximum))) if maximum else 0.0
    words = label or _("%(value)s av %(maximum)s") % {"value": number(value), "maximum": number(maximum)}
    return {
        "share": f"{share:.2f}" if share else "",
        "label": words,
        "height": height,
        "middle": f"{height / 2:g}",
        "last": height - 1,
    }


@register.inclusion_tag("components/chart.html")
def chart(found: Chart | None, table: bool = True, fold: bool = False) -> dict[str, Any]:
    """A drawing with its message for those who do not see it, and its numbers as a table one click away (not where the
    page has the same table beside it: `table` False). `fold` hides a long drawing until it is asked for."""
    if found is None:
        return {"chart": None}
    drawings = [
        SafeString(  # drawn by ourselves, every text in it escaped
            drawn.replace(
                "<svg ", format_html('<svg class="drawing drawing--{}" role="img" aria-label="{}" ', name, found.alt), 1
            )
        )
        for name, drawn in (("wide", found.page), ("narrow", found.narrow))
    ]
    return {"chart": found, "drawings": drawings, "table": table, "fold": fold}


@register.inclusion_tag("components/field.html")
def field(
    bound: BoundField, unit: str = "", hint: str = "", label: str = "", question: bool = False, several: bool = False
) -> dict[str, Any]:
    """One form field with label, help and error tied to its control.

    `unit` ("kr") stands inside the control's right end; `hint` and `label` replace the form's own words; with
    `question` the label is as large as a heading. One of `several` that may each be left out is not marked for it.
    """
    widget = bound.field.widget
    group = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    name = bound.auto_id or bound.html_name
    words = hint or bound.help_text
    described = " ".join([f"{name}_helptext"] * bool(words) + [f"{name}_error"] * bool(bound.errors))
    attributes: dict[str, str | bool] = {"aria-describedby": described} if described and not group else {}
    if bound.errors and not group:
        attributes["aria-invalid"] = "true"
    return {
        "id": name,
        "label": label or bound.label,
        "question": question,
        "help": words,
        "errors": list(bound.errors),
        "described": described,
        "optional": not (bound.field.required or several or isinstance(widget, CheckboxInput)),
        "group": group,
        "options": list(bound) if group else [],
        "single_choice": isinstance(widget, CheckboxInput),
        "hidden": bound.is_hidden,
        "control": "" if group else bound.as_widget(attrs=attributes),
        "unit": unit,
    }


@register.inclusion_tag("components/errors.html")
def error_summary(*forms: BaseForm) -> dict[str, Any]:
    """What is wrong in one or more forms, each line a link to its field. Nothing when all is well."""
    problems: list[tuple[str, str]] = []
    for form in forms:
        problems += [("", str(text)) for text in form.non_field_errors()]
        for bound in form:
            if bound.is_hidden:  # nobody sees the field, so it has no name and cannot be gone to
                problems += [("", str(text)) for text in bound.errors]
            else:
                problems += [(bound.auto_id or bound.html_name, f"{bound.label}: {text}") for text in bound.errors]
    return {"problems": problems}
