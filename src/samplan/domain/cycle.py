"""State tables: where a report request, directive, grant request and so on may go, and who may send it there.

A table is `{status: {to: permission}}`. `docs/reference/states.md` is printed from the tables of this module.
Lateness is no state (see `deadlines`), and what happens on a move is the operations' business.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias, TypeVar

from samplan.domain.access import YES, Actor, Permission, Verdict, may

S = TypeVar("S", bound=StrEnum)
StateTable: TypeAlias = Mapping[S, Mapping[S, Permission]]


class ReportStatus(StrEnum):
    """Where a report request stands. `nothing`: nothing to report, because …; `withdrawn`: no longer asked for."""

    OPEN = "open"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    NOTHING = "nothing"
    DECLINED = "declined"
    APPROVED = "approved"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What the party answered. Kept beside the status, since all three kinds of answer end as accepted."""

    NONE = ""
    REPORTED = "reported"
    NOTHING = "nothing"
    DECLINED = "declined"


class DirectiveStatus(StrEnum):
    DRAFT = "draft"
    ISSUED = "issued"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class AllocationStatus(StrEnum):
    DRAFT = "draft"
    FROZEN = "frozen"
    SUPERSEDED = "superseded"


class YearReportStatus(StrEnum):
    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


class ProposalStatus(StrEnum):
    """Where a proposal stands on its way from a working group to the deciding body."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    WEIGHED = "weighed"
    SENT = "sent"
    RETURNED = "returned"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class RequisitionStatus(StrEnum):
    """Where a recipient's request for the money of a grant stands, from nothing done to the money on its account."""

    TO_REQUEST = "to_request"
    SIGNED = "signed"
    SENT = "sent"
    PAID = "paid"
    RECEIVED = "received"
    DECLINED = "declined"


class SubmissionStatus(StrEnum):
    """Where a report stands on its way to one receiver. `superseded`: sent once more, by a row of its own."""

    NOT_BEGUN = "not_begun"
    READY = "ready"
    SENT = "sent"
    RECEIPTED = "receipted"
    SUPERSEDED = "superseded"


R, D, A, Y, P = ReportStatus, DirectiveStatus, AllocationStatus, YearReportStatus, Permission

_WRITE = {R.DRAFT: P.WRITE_REPORT, R.NOTHING: P.WRITE_REPORT, R.DECLINED: P.WRITE_REPORT}
# A party may take an answer back to draft until its manager has approved it or the coordinator has accepted it: who
# pressed too early needs nobody's help, and the manager sends it back to the writer the same way. After that the
# coordinator returns it.
_ANSWERED = {
    R.DRAFT: P.WRITE_REPORT,
    R.APPROVED: P.APPROVE_REPORT,
    R.ACCEPTED: P.REVIEW_REPORTS,
    R.RETURNED: P.REVIEW_REPORTS,
    R.WITHDRAWN: P.MANAGE_DIRECTIVES,
}

# Requirement C9. An accepted report is what the year report stands on: it is returned before it can be withdrawn.
# When a directive is superseded, its requests follow the new version and keep status and answers.
MOVES: dict[ReportStatus, dict[ReportStatus, Permission]] = {
    R.OPEN: {**_WRITE, R.WITHDRAWN: P.MANAGE_DIRECTIVES},
    R.DRAFT: {
        R.SUBMITTED: P.WRITE_REPORT,
        R.NOTHING: P.WRITE_REPORT,
        R.DECLINED: P.WRITE_REPORT,
        R.WITHDRAWN: P.MANAGE_DIRECTIVES,
    },
    R.SUBMITTED: _ANSWERED,
    R.NOTHING: _ANSWERED,
    R.DECLINED: _ANSWERED,
    R.APPROVED: {
        R.ACCEPTED: P.REVIEW_REPORTS,
        R.RETURNED: P.REVIEW_REPORTS,
        R.WITHDRAWN: P.MANAGE_DIRECTIVES,
    },
    R.ACCEPTED: {R.RETURNED: P.REVIEW_REPORTS},
    R.RETURNED: {**_WRITE, R.SUBMITTED: P.WRITE_REPORT, R.WITHDRAWN: P.MANAGE_DIRECTIVES},
    R.WITHDRAWN: {},
}

DIRECTIVE_MOVES: dict[DirectiveStatus, dict[DirectiveStatus, Permission]] = {
    D.DRAFT: {D.ISSUED: P.MANAGE_DIRECTIVES, D.WITHDRAWN: P.MANAGE_DIRECTIVES},
    D.ISSUED: {D.SUPERSEDED: P.MANAGE_DIRECTIVES, D.WITHDRAWN: P.MANAGE_DIRECTIVES},
    D.SUPERSEDED: {},
    D.WITHDRAWN: {},
}

ALLOCATION_MOVES: dict[AllocationStatus, dict[AllocationStatus, Permission]] = {
    A.DRAFT: {A.FROZEN: P.DECIDE},
    A.FROZEN: {A.SUPERSEDED: P.DECIDE},
    A.SUPERSEDED: {},
}

# Approving enters a body's decision (requirement C11); the frozen version is followed by a new one, never edited.
YEAR_REPORT_MOVES: dict[YearReportStatus, dict[YearReportStatus, Permission]] = {
    Y.DRAFT: {Y.APPROVED: P.DECIDE},
    Y.APPROVED: {Y.PUBLISHED: P.PUBLISH, Y.SUPERSEDED: P.COMPILE_REPORT},
    Y.PUBLISHED: {Y.SUPERSEDED: P.COMPILE_REPORT},
    Y.SUPERSEDED: {},
}

# Requirement C11: a version is made ready for a receiver, sent by a person and receipted. What was sent stays as it
# was: it is sent again by a row of its own, which supersedes it when it is sent.
U = SubmissionStatus
SUBMISSION_MOVES: dict[SubmissionStatus, dict[SubmissionStatus, Permission]] = {
    U.NOT_BEGUN: {U.READY: P.COMPILE_REPORT},
    U.READY: {U.SENT: P.COMPILE_REPORT, U.NOT_BEGUN: P.COMPILE_REPORT},
    U.SENT: {U.RECEIPTED: P.COMPILE_REPORT, U.SUPERSEDED: P.COMPILE_REPORT},
    U.RECEIPTED: {U.SUPERSEDED: P.COMPILE_REPORT},
    U.SUPERSEDED: {},
}

# Requirement C6: proposed when its facts are there, weighed against the others, sent to the body and decided.
B = ProposalStatus
PROPOSAL_MOVES: dict[ProposalStatus, dict[ProposalStatus, Permission]] = {
    B.DRAFT: {B.PROPOSED: P.MANAGE_PLAN, B.WITHDRAWN: P.MANAGE_PLAN},
    B.PROPOSED: {B.WEIGHED: P.MANAGE_PLAN, B.DRAFT: P.MANAGE_PLAN, B.WITHDRAWN: P.MANAGE_PLAN},
    B.WEIGHED: {B.SENT: P.MANAGE_PLAN, B.DRAFT: P.MANAGE_PLAN, B.WITHDRAWN: P.MANAGE_PLAN},
    B.SENT: {B.DECIDED: P.DECIDE, B.RETURNED: P.DECIDE, B.WITHDRAWN: P.MANAGE_PLAN},
    B.RETURNED: {B.DRAFT: P.MANAGE_PLAN, B.WITHDRAWN: P.MANAGE_PLAN},
    B.DECIDED: {},
    B.WITHDRAWN: {},
}

Q = RequisitionStatus


def _requisition_moves(permission: Permission) -> dict[RequisitionStatus, dict[RequisitionStatus, Permission]]:
    """Step by step forward; each step, and a no, can be taken back by whoever may take it."""
    targets = {
        Q.TO_REQUEST: (Q.SIGNED, Q.DECLINED),
        Q.SIGNED: (Q.SENT, Q.TO_REQUEST),
        Q.SENT: (Q.PAID, Q.SIGNED),
        Q.PAID: (Q.RECEIVED, Q.SENT),
        Q.RECEIVED: (Q.PAID,),
        Q.DECLINED: (Q.TO_REQUEST,),
    }
    return {status: dict.fromkeys(to, permission) for status, to in targets.items()}


# Requirement C2. The region's own and the joint money, and a municipality's own: the same steps by different people.
REQUISITION_MOVES = _requisition_moves(P.REQUEST_MONEY)
OWN_REQUISITION_MOVES = _requisition_moves(P.REQUEST_OWN_MONEY)
REQUISITION_STEPS = (Q.TO_REQUEST, Q.SIGNED, Q.SENT, Q.PAID, Q.RECEIVED)


def takes_back(status: RequisitionStatus, to: RequisitionStatus) -> bool:
    """Whether a move of a grant request undoes the step that led to `status`."""
    return status is Q.DECLINED or (
        to in REQUISITION_STEPS and REQUISITION_STEPS.index(to) < REQUISITION_STEPS.index(status)
    )


EDITABLE = frozenset({R.OPEN, R.DRAFT, R.RETURNED})
ANSWERED = frozenset({R.SUBMITTED, R.NOTHING, R.DECLINED, R.APPROVED, R.ACCEPTED})
NEEDS_REASON = frozenset({R.NOTHING, R.DECLINED, R.RETURNED})


def step(
    table: StateTable[S], actor: Actor, status: S, to: S, *, county: str, organisation_id: int | None = None
) -> Verdict:
    """Whether the table has the move and the actor may make it. No: "no_such_move" (`status`, `to`) or "forbidden"."""
    permission = table[status].get(to)
    if permission is None:
        return Verdict(False, "no_such_move", {"status": status.value, "to": to.value})
    return may(actor, permission, county=county, organisation_id=organisation_id)


def move(
    actor: Actor,
    status: ReportStatus | str,
    to: ReportStatus | str,
    *,
    county: str,
    organisation_id: int | None,
    reason: str = "",
    needs_approval: bool = False,
) -> Verdict:
    """Whether the actor may send the request of this county and organisation from `status` to `to`.

    `needs_approval`: the party's manager has to approve before the coordinator can accept. `reason`: the party's why
    for nothing and declined, the coordinator's question for returned.
    No: the codes of `step`, "needs_approval" or "reason_needed" (`to`). Raises ValueError for an unknown status.
    """
    status, to = ReportStatus(status), ReportStatus(to)
    verdict = step(MOVES, actor, status, to, county=county, organisation_id=organisation_id)
    if not verdict:
        return verdict
    if to is R.ACCEPTED and needs_approval and status is not R.APPROVED:
        return Verdict(False, "needs_approval", {"status": status.value})
    if to in NEEDS_REASON and not reason.strip():
        return Verdict(False, "reason_needed", {"to": to.value})
    return YES


def offers(
    actor: Actor,
    status: ReportStatus | str,
    *,
    county: str,
    organisation_id: int | None,
    needs_approval: bool = False,
) -> tuple[ReportStatus, ...]:
    """Where this actor can send the request, in the table's order, provided a reason is given where one is due."""
    return tuple(
        to
        for to in MOVES[ReportStatus(status)]
        if move(
            actor,
            status,
            to,
            county=county,
            organisation_id=organisation_id,
            reason="given",
            needs_approval=needs_approval,
        )
    )


def editable(status: ReportStatus | str) -> bool:
    """Whether the party may change its answers: open, draft, returned."""
    return ReportStatus(status) in EDITABLE


def answered(status: ReportStatus | str) -> bool:
    """Whether the party has answered and is asked for no more: submitted, nothing, declined, approved, accepted."""
    return ReportStatus(status) in ANSWERED


_OUTCOMES = {
    R.DRAFT: Outcome.NONE,
    R.SUBMITTED: Outcome.REPORTED,
    R.NOTHING: Outcome.NOTHING,
    R.DECLINED: Outcome.DECLINED,
}


def outcome_after(to: ReportStatus | str, before: Outcome | str) -> Outcome:
    """What the party's answer counts as after a move to `to`; approval, acceptance and return keep what it was."""
    return _OUTCOMES.get(ReportStatus(to), Outcome(before))


def diagram(table: StateTable[S]) -> str:
    """The table as a mermaid state diagram; the first row is where a thing begins, a row without moves is an end."""
    lines = ["stateDiagram-v2", f"    [*] --> {next(iter(table)).value}"]
    for status, targets in table.items():
        lines += [f"    {status.value} --> {to.value}: {permission.value}" for to, permission in targets.items()]
        if not targets:
            lines.append(f"    {status.value} --> [*]")
    return "\n".join(lines) + "\n"


def states_page() -> str:
    """The reference page about states, as Markdown."""
    parts = [
        "# States\n",
        "Printed by `python -m samplan.domain.cycle`. An arrow's name is the permission the move takes.\n",
        _section("Report request", MOVES),
        f"A reason is demanded for: {', '.join(sorted(NEEDS_REASON))}. "
        f"The party may write while: {', '.join(sorted(EDITABLE))}.\n"
        "Where the manager of the party has to approve, a report is accepted only from approved.\n",
        _section("Directive", DIRECTIVE_MOVES),
        _section("Proposal", PROPOSAL_MOVES),
        _section("Allocation", ALLOCATION_MOVES),
        _section("Grant request of the region, for its own and the joint money", REQUISITION_MOVES),
        "A reason is demanded for: declined. Late, after the agreement's last day to request, is a mark.\n",
        _section("Grant request of a municipality, for its own money", OWN_REQUISITION_MOVES),
        _section("Year report", YEAR_REPORT_MOVES),
        _section("Submission of a year report to one receiver", SUBMISSION_MOVES),
    ]
    return "\n".join(parts)


def _section(title: str, table: StateTable[S]) -> str:
    return f"## {title}\n\n```mermaid\n{diagram(table)}```\n"


if __name__ == "__main__":
    sys.stdout.write(states_page())
