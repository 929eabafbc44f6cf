"""Who may do what: permissions, roles and the verdict.

One table of roles. A role is held for a county, and some roles for one organisation in it (requirement W5).
The same verdict guards the operation, explains the disabled button and answers a page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from samplan.domain.errors import Refused


class Permission(StrEnum):
    INSTALLATION = "installation"
    READ_COUNTY = "read_county"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_BODIES = "manage_bodies"
    DECIDE = "decide"
    MANAGE_MONEY = "manage_money"
    REQUEST_MONEY = "request_money"
    REQUEST_OWN_MONEY = "request_own_money"
    MANAGE_PLAN = "manage_plan"
    MANAGE_DIRECTIVES = "manage_directives"
    REVIEW_REPORTS = "review_reports"
    WRITE_REPORT = "write_report"
    APPROVE_REPORT = "approve_report"
    COMPILE_REPORT = "compile_report"
    COMMENT_REPORT = "comment_report"
    PUBLISH = "publish"
    READ_TRACE = "read_trace"
    EDIT_HELP = "edit_help"


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"
    CONTROLLER = "controller"
    SECRETARY = "secretary"
    BODY_MEMBER = "body_member"
    PUBLISHER = "publisher"
    PARTY_REPORTER = "party_reporter"
    PARTY_APPROVER = "party_approver"
    PARTY_CONTROLLER = "party_controller"
    READER = "reader"


P = Permission
ROLES: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset({P.INSTALLATION, P.MANAGE_PEOPLE, P.READ_TRACE}),
    Role.COORDINATOR: frozenset(
        {
            P.READ_COUNTY,
            P.MANAGE_PEOPLE,
            P.MANAGE_BODIES,
            P.DECIDE,
            P.MANAGE_MONEY,
            P.MANAGE_PLAN,
            P.MANAGE_DIRECTIVES,
            P.REVIEW_REPORTS,
            P.COMPILE_REPORT,
            P.COMMENT_REPORT,
            P.PUBLISH,
            P.READ_TRACE,
            P.EDIT_HELP,
        }
    ),
    # Requirement C2: the region's controller requests the region's own and the joint money, each municipality its own.
    Role.CONTROLLER: frozenset({P.READ_COUNTY, P.MANAGE_MONEY, P.REQUEST_MONEY, P.COMMENT_REPORT, P.READ_TRACE}),
    Role.SECRETARY: frozenset({P.READ_COUNTY, P.MANAGE_BODIES, P.DECIDE, P.COMMENT_REPORT}),
    Role.BODY_MEMBER: frozenset({P.READ_COUNTY, P.COMMENT_REPORT}),
    Role.PUBLISHER: frozenset({P.READ_COUNTY, P.PUBLISH}),
    Role.PARTY_REPORTER: frozenset({P.WRITE_REPORT}),
    Role.PARTY_APPROVER: frozenset({P.WRITE_REPORT, P.APPROVE_REPORT}),
    Role.PARTY_CONTROLLER: frozenset({P.REQUEST_OWN_MONEY}),
    Role.READER: frozenset({P.READ_COUNTY}),
}
ORGANISATION_ROLES = frozenset({Role.PARTY_REPORTER, Role.PARTY_APPROVER, Role.PARTY_CONTROLLER})
INSTALLATION_ROLES = frozenset({Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Assignment:
    """A role held today. `county` is a two-digit code, empty for the whole installation; `organisation_id` for party
    roles."""

    role: Role
    county: str = ""
    organisation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account, a personal link with the name given, the worker, or the command line.

    `only`: the uid of the one thing that may be touched, for a link to it; empty for everybody else.
    `parts`: uids of the handed parts of reports that a personal link leads to.
    """

    kind: str
    name: str
    account_id: int | None = None
    assignments: tuple[Assignment, ...] = ()
    only: str = ""
    parts: frozenset[str] = frozenset()

    def reaches(self, uid: object) -> bool:
        """Whether a thing is within reach at all: a personal link leads to one thing."""
        return self.only in {"", str(uid)}

    @property
    def counties(self) -> frozenset[str]:
        return frozenset(a.county for a in self.assignments if a.county)


STRANGER = Actor(kind="stranger", name="")
WORKER = Actor(kind="worker", name="worker")


def command_line(*counties: str, name: str = "samplan") -> Actor:
    """The person at the server's keyboard: everything, in the counties named."""
    everything = [Assignment(Role.ADMINISTRATOR)]
    everything += [Assignment(Role.COORDINATOR, county) for county in counties]
    return Actor(kind="command", name=name, assignments=tuple(everything))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes, or no with a reason `code` that `labels` can say in words."""

    ok: bool
    code: str = ""
    params: dict[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.ok

    def demand(self) -> Self:
        """Return itself when yes. Raises Refused with the reason when no."""
        if not self.ok:
            raise Refused(self.code, **self.params)
        return self


YES = Verdict(True)
FORBIDDEN = Verdict(False, "forbidden")


def may(actor: Actor, permission: Permission, *, county: str = "", organisation_id: int | None = None) -> Verdict:
    """Whether the actor holds the permission for this county (and, in a party role, this organisation)."""
    for held in actor.assignments:
        if permission not in ROLES[held.role]:
            continue
        if held.role in INSTALLATION_ROLES:
            return YES
        if held.county != county:
            continue
        if held.role in ORGANISATION_ROLES and held.organisation_id != organisation_id:
            continue
        return YES
    return FORBIDDEN


def organisations_of(actor: Actor, permission: Permission, *, county: str) -> frozenset[int]:
    """The organisations of the county that the actor holds the permission for by a role in one of them."""
    return frozenset(
        held.organisation_id
        for held in actor.assignments
        if held.organisation_id is not None
        and held.county == county
        and held.role in ORGANISATION_ROLES
        and permission in ROLES[held.role]
    )
