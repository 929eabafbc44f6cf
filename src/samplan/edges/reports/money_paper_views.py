"""Papers about what became of the money, made the moment they are asked for, or from what was certified."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samplan.apps.orgs.models import County
from samplan.apps.spending.queries import (
    Money,
    economic_facts,
    economic_reports,
    frozen_facts,
    money_of,
    money_shown,
    one_recipient,
    sees_use,
)
from samplan.base.files.store import downloaded
from samplan.domain.access import Actor
from samplan.domain.deadlines import swedish_day
from samplan.domain.document import Document
from samplan.edges.reports.compile import FORMATS, write
from samplan.edges.reports.money_papers import (
    Repaid,
    RepaymentFacts,
    RepaymentRow,
    ReturnRow,
    economic_paper,
    repayment_paper,
)
from samplan.edges.reports.views import actor_of


def _given(document: Document, county: str, name: str, fmt: str) -> HttpResponse:
    return downloaded(write(document, fmt, county=county), f"{name}.{fmt}")


def _all_shown(actor: Actor, mine: list[Money]) -> bool:
    """Whether the reader may see what every receiver has used."""
    return all(
        sees_use(actor, one.asked.grant.county, receiver)
        for one in mine
        for line in one.lines
        for receiver in line.receivers
    )


def economic_draft(request: HttpRequest, county: str, year: int, code: str, fmt: str) -> HttpResponse:
    """A recipient's economic report from the rows as they are; not certified, and says so."""
    actor = actor_of(request)
    recipient, mine = one_recipient(actor, county, year, code)
    if fmt not in FORMATS:
        raise Http404
    facts = economic_facts(mine, recipient, year)
    document = economic_paper(facts, language=get_language() or "sv", receivers=_all_shown(actor, mine))
    return _given(document, county, _("ekonomisk-redovisning-utkast") + f"-{year}-{slugify(recipient.name)}", fmt)


def economic(request: HttpRequest, county: str, year: int, code: str, number: int, fmt: str) -> HttpResponse:
    """An economic report as it was certified."""
    actor = actor_of(request)
    recipient, mine = one_recipient(actor, county, year, code)
    found = economic_reports(county, year).filter(recipient=recipient, number=number).first()
    if found is None or fmt not in FORMATS:
        raise Http404
    facts = frozen_facts(found)
    document = economic_paper(facts, language=get_language() or "sv", receivers=_all_shown(actor, mine))
    return _given(document, county, _("ekonomisk-redovisning") + f"-{year}-{slugify(recipient.name)}-{number}", fmt)


def repayments(request: HttpRequest, county: str, year: int, fmt: str) -> HttpResponse:
    """The list of what was left over, as far as the reader may see."""
    actor = actor_of(request)
    shown, parts = money_shown(actor, county, money_of(county, year))
    if fmt not in FORMATS:
        raise Http404
    facts = RepaymentFacts(
        county_name=County.objects.get(code=county).short_name, year=year,
        on=swedish_day(timezone.now()).isoformat(),
        rows=tuple(
            RepaymentRow(
                one.asked.recipient.name, one.facts,
                tuple(Repaid(paid.to, paid.paid_on.isoformat(), paid.amount) for paid in one.repayments),
            )
            for one in shown
            if one.facts.received is not None
        ),
        returns=tuple(
            ReturnRow(line.facts.title, receiver.facts)
            for _money, line, receiver in parts
            if (receiver.facts.to_return or receiver.facts.returned) and sees_use(actor, county, receiver)
        ),
        returned_to=next((money.asked.recipient.name for money, _line, _receiver in parts), ""),
    )  # fmt: skip
    document = repayment_paper(facts, language=get_language() or "sv")
    return _given(document, county, _("aterbetalning") + f"-{county}-{year}", fmt)
