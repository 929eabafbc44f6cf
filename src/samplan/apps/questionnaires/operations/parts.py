"""Handing a part of a report to a colleague, who says when it is done; the report goes nowhere while a part is out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from samplan.apps.questionnaires.mails import send_handed, send_part_done
from samplan.apps.questionnaires.models import HandedPart, ReportRequest
from samplan.apps.questionnaires.queries import colleagues_of, parts_out, questions_of, stands_by
from samplan.base.accounts.models import Account
from samplan.base.audit.trace import record
from samplan.domain import handing
from samplan.domain.access import Actor, Permission, may
from samplan.domain.cycle import editable
from samplan.domain.errors import Invalid, Refused
from samplan.domain.freetext import free_text, one_line
from samplan.domain.handing import PartStatus


@transaction.atomic
def hand_over(
    *,
    by: Actor,
    at: datetime,
    request: ReportRequest,
    codes: Iterable[str],
    to: Account | None = None,
    name: str = "",
    email: str = "",
    message: str = "",
) -> HandedPart:
    """Let a colleague answer some of a report's questions.

    `to`: somebody with an account in the party, who gets a mail with the page. Without one: `name` and `email` of
    somebody else, to whom the caller sends the way in. Nobody's answers are locked: versions keep texts apart.
    Raises Refused("forbidden", "not_editable", "part_is_out" (`names`)) or Invalid with the field `codes`, `to`,
    `name`, `email` or `message`.
    """
    if not by.reaches(request.uid):
        raise Refused("forbidden")
    locked = ReportRequest.objects.select_for_update(of=("self",)).select_related("party", "form").get(pk=request.pk)
    may(by, Permission.WRITE_REPORT, county=locked.county, organisation_id=locked.party.organisation_id).demand()
    if not editable(locked.state):
        raise Refused("not_editable", status=locked.state)
    wanted = set(codes)
    chosen = [asked.code for asked in questions_of(locked.form) if asked.code in wanted]
    if not chosen or len(chosen) != len(wanted):
        raise Invalid("part_empty", field="codes")
    held = [part for part in parts_out(locked) if wanted & set(part.listed)]
    if held:
        raise Refused("part_is_out", names=", ".join(part.name for part in held))
    if to is not None:
        if to.pk == by.account_id or to not in colleagues_of(locked, at=at):
            raise Invalid("not_a_colleague", field="to")
        name, email = to.name, to.email
    name, email = one_line(name, field="name", most=200), email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Invalid("email", field="email") from None
    part = HandedPart.objects.create(
        county=locked.county, request=locked, codes="\n".join(chosen), account=to, name=name, email=email,
        message=free_text(message, field="message"), state_at=at, handed_at=at, handed_by=by.name,
        giver_id=by.account_id,
    )  # fmt: skip
    record(by=by, at=at, verb="part_handed", subject=locked, after={"to": name, "codes": chosen})
    if to is not None:
        send_handed(part, to, at=at)
    return part


@transaction.atomic
def move_part(*, by: Actor, at: datetime, part: HandedPart, to: PartStatus) -> None:
    """Say that a part is done, open it again, or take it back. Who handed it over is told that it is done.

    Raises Refused: the verdict's code, "not_editable", or "part_is_out" where somebody else has a question of it.
    """
    asked = ReportRequest.objects.select_for_update(of=("self",)).select_related("party").get(pk=part.request_id)
    locked = HandedPart.objects.select_for_update(of=("self",)).select_related("giver").get(pk=part.pk)
    if not by.reaches(asked.uid):
        raise Refused("forbidden")
    handing.move_part(stands_by(by, locked, asked), locked.state, to).demand()
    if not editable(asked.state):
        raise Refused("not_editable", status=asked.state)
    if to is PartStatus.OUT:
        held = [one for one in parts_out(asked) if set(one.listed) & set(locked.listed)]
        if held:
            raise Refused("part_is_out", names=", ".join(one.name for one in held))
    _set(by, at, locked, asked, to)
    if to is PartStatus.DONE and locked.giver and locked.giver.is_active and locked.giver_id != by.account_id:
        send_part_done(locked, asked, locked.giver, at=at)
    part.state, part.state_at = locked.state, locked.state_at


def demand_codes(by: Actor, request: ReportRequest, codes: Iterable[str]) -> None:
    """All questions are open to the party's writers, and those of a part that is out to who holds it.

    Raises Refused: "part_closed" where the actor's part is done or taken back, else "forbidden".
    """
    if may(by, Permission.WRITE_REPORT, county=request.county, organisation_id=request.party.organisation_id):
        return
    mine = [part for part in request.parts.all() if handing.Side.HOLDER in stands_by(by, part, request)]
    if not mine:
        raise Refused("forbidden")
    open_to = {code for part in mine if part.state == PartStatus.OUT for code in part.listed}
    if not open_to:
        raise Refused("part_closed")
    if not set(codes) <= open_to:
        raise Refused("forbidden")


def take_back_all(by: Actor, at: datetime, request: ReportRequest) -> None:
    """Parts that are out come back, as nobody has to answer their questions any more. Within another operation."""
    for part in parts_out(request):
        _set(by, at, part, request, PartStatus.TAKEN_BACK)


def _set(by: Actor, at: datetime, part: HandedPart, request: ReportRequest, to: PartStatus) -> None:
    before = {"state": part.state}
    part.state, part.state_at = to.value, at
    part.save(update_fields=["state", "state_at"])
    after = {"state": to.value, "to": part.name, "codes": part.listed}
    record(by=by, at=at, verb=f"part_{to.value}", subject=request, before=before, after=after)
