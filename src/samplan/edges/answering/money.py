"""A party's money of one directive: received, used, left, and what may go on into the next year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from samplan.apps.directives.models import DirectiveShare
from samplan.apps.plans.models import BudgetLine
from samplan.apps.questionnaires.counted import Counted
from samplan.apps.spending.models import Payment, Use


@dataclass(frozen=True, slots=True)
class OwnMoney:
    """Whole kronor. `paid` less what was paid back, None while nothing is. `used` None while nobody has said it."""

    granted: int
    made_up: bool
    paid: int | None
    used: int | None
    carried: int
    may_carry_on: bool
    repay_by: date | None
    typed: Counted | None = None

    @property
    def left(self) -> int | None:
        return None if self.used is None else self.granted - self.used


def own_money(share: DirectiveShare, used: int | None) -> OwnMoney:
    """`used`: what the report's own answer says. Where it says nothing yet, what the party's economist has entered is
    offered as `typed`."""
    lines, line = [], share.directive.budget_line
    while line is not None:
        lines.append(line.pk)
        line = BudgetLine.objects.filter(pk=line.supersedes_id).first() if line.supersedes_id else None
    later = share.directive.budget_line_id
    while later := BudgetLine.objects.filter(supersedes=later).values_list("pk", flat=True).first():
        lines.append(later)
    payments = list(Payment.objects.filter(line__in=lines, party=share.party_id))
    use = Use.objects.filter(line__in=lines, party=share.party_id).order_by("-id").first()
    typed = Counted(use.costs, _("ekonomens redovisning"), use.made_up) if use and use.costs else None
    agreement = share.directive.budget_line.grant.line.section.agreement if share.directive.budget_line else None
    signs = {"out": 1, "back": -1}
    return OwnMoney(
        granted=share.amount, made_up=share.made_up, used=used, carried=use.carried if use else 0, typed=typed,
        paid=sum(signs[one.kind] * one.amount for one in payments) if payments else None,
        may_carry_on=bool(agreement and agreement.may_carry_on), repay_by=agreement.repay_by if agreement else None,
    )  # fmt: skip
