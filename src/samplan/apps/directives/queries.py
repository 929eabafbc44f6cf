"""Reads about directives and the board party × directive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from samplan.apps.directives.models import Directive, DirectiveShare
from samplan.apps.orgs.models import Party
from samplan.apps.orgs.queries import in_order
from samplan.apps.plans.models import Plan
from samplan.apps.questionnaires.models import ReportRequest
from samplan.domain.access import Actor, Permission, may
from samplan.domain.cycle import ANSWERED, answered
from samplan.domain.deadlines import days_late


def directives_of(plan: Plan) -> QuerySet[Directive]:
    """The plan's directives in force (drafts and issued), with their shares and requests."""
    shares = Prefetch("shares", DirectiveShare.objects.select_related("party", "request__form", "request__party"))
    found = Directive.objects.filter(plan=plan, state__in=["draft", "issued"])
    related = found.select_related("area", "form", "budget_line__allocation", "decision_point__decision__body")
    return related.prefetch_related(shares).order_by("number", "version")


def for_board(plan: Plan) -> QuerySet[Directive]:
    """The plan's issued directives with their shares and requests, each party read once."""
    shares = DirectiveShare.objects.select_related("request").prefetch_related("party", "request__party")
    found = Directive.objects.filter(plan=plan, state="issued").select_related("area", "budget_line__allocation")
    return found.prefetch_related(Prefetch("shares", shares)).order_by("number", "version")


def get_directive_for(actor: Actor, *, county: str, year: int, number: int) -> Directive:
    """The directive in force with that number; 404 unless the actor may read the county or is one of its parties."""
    plan = Plan.objects.filter(county=county, year=year, owner=None).order_by("-edition").first()
    found = directives_of(plan).filter(number=number).last() if plan else None
    if found is None:
        raise Http404
    if may(actor, Permission.READ_COUNTY, county=county):
        return found
    parties = {share.party.organisation_id for share in found.shares.all()}
    if found.state == "issued" and any(
        may(actor, Permission.WRITE_REPORT, county=county, organisation_id=party) for party in parties
    ):
        return found
    raise Http404


def directive_before(plan: Plan, number: int) -> Directive | None:
    """The issued directive of that number in the plan that this one follows: what next year's is drafted from."""
    found = Directive.objects.filter(plan=plan.follows_id, number=number, state="issued") if plan.follows_id else None
    return found.select_related("area", "form").first() if found is not None else None


def share_of(request: ReportRequest) -> DirectiveShare | None:
    """The share, in the directive's newest version, that a request is about; None for an effort."""
    shares = DirectiveShare.objects.filter(request=request).select_related("directive__area", "directive__form")
    return shares.order_by("-directive__version").first()


@dataclass(frozen=True, slots=True)
class BoardCell:
    """One report on the board. `days` late (0 in time), `filled` whole per cent of its questions."""

    request: ReportRequest
    amount: int
    days: int = 0
    filled: int = 0

    @property
    def late(self) -> bool:
        return self.days > 0

    @property
    def inside(self) -> bool:
        return self.request.state in ANSWERED  # asked some ten times for each cell of a board

    @property
    def to_review(self) -> bool:
        """Whether it waits for the coordinator."""
        waits = {"approved"} if self.request.needs_approval else {"submitted", "nothing", "declined", "approved"}
        return self.request.state in waits

    @property
    def at_manager(self) -> bool:
        """Whether it waits for the approval of the party's manager."""
        return self.request.needs_approval and self.request.state in {"submitted", "nothing", "declined"}

    @property
    def code(self) -> str:
        """How it stands, in one word: the state, `late` where the last day has passed, `waiting` at the manager."""
        if self.late and not self.inside and self.request.state != "returned":
            return "late"
        return "waiting" if self.request.state == "submitted" and self.at_manager else self.request.state

    def is_among(self, chosen: str) -> bool:
        """Whether it belongs to a filter of the board, a key of `AMONG`; every other filter has all."""
        return AMONG[chosen](self) if chosen in AMONG else True


AMONG: Mapping[str, Callable[[BoardCell], bool]] = {
    "inside": lambda cell: cell.inside,
    "missing": lambda cell: not cell.inside,
    "late": lambda cell: cell.late and not cell.inside,
    "returned": lambda cell: cell.request.state == "returned",
    "waiting": lambda cell: cell.at_manager,
    "review": lambda cell: cell.to_review,
    "nothing": lambda cell: cell.inside and cell.request.outcome == "nothing",
    "declined": lambda cell: cell.inside and cell.request.outcome == "declined",
    "accepted": lambda cell: cell.request.state == "accepted",
}
"""The board's filters by state. An answer that there was nothing to report stays one when it has been accepted."""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One party: a cell per directive, None where the directive does not concern it."""

    party: Party
    cells: tuple[BoardCell | None, ...]

    @property
    def inside(self) -> int:
        return sum(1 for cell in self.cells if cell and cell.inside)

    @property
    def asked(self) -> int:
        return sum(1 for cell in self.cells if cell)


def cell_of(
    request: ReportRequest, amount: int = 0, *, at: datetime, parts: Mapping[int, int] | None = None
) -> BoardCell:
    """A request as it stands at a moment."""
    came = request.submitted_at if answered(request.state) else None
    return BoardCell(request, amount, days_late(request.last_day, came, at), (parts or {}).get(request.pk, 0))


def board(directives: Iterable[Directive], *, at: datetime, parts: Mapping[int, int] | None = None) -> list[BoardRow]:
    """Party × directive, the region first. `directives` come from `for_board`, so this asks the database nothing.

    `parts`: how much of each request is filled in (`questionnaires.queries.filled`).
    """
    listed = list(directives)
    parties: dict[int, Party] = {}
    cells: dict[tuple[int, int], BoardCell] = {}
    for directive in listed:
        for share in directive.shares.all():
            if share.request.state == "withdrawn":
                continue
            parties[share.party_id] = share.party
            cells[share.party_id, directive.pk] = cell_of(share.request, share.amount, at=at, parts=parts)
    return [
        BoardRow(party, tuple(cells.get((party.pk, directive.pk)) for directive in listed))
        for party in in_order(parties.values())
    ]
