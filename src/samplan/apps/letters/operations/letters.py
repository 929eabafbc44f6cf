"""Letters: made and sent by one press, on paper where there is nobody to mail, and links that follow the report."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import translation

from samplan.apps.letters.facts import LetterFacts, facts_of
from samplan.apps.letters.letter import ask_text, letter, mail_text
from samplan.apps.letters.models import Letter, PersonalLink
from samplan.apps.letters.operations.links import end_links, fresh_link, keep_link
from samplan.apps.letters.queries import Receiver, newest_letters, receivers_of
from samplan.apps.questionnaires.models import ReportRequest
from samplan.base.audit.trace import record
from samplan.base.mail.models import OutboxMail
from samplan.base.mail.outbox import PLACE, enqueue
from samplan.domain.access import WORKER, Actor, Permission, may
from samplan.domain.document import to_data
from samplan.domain.errors import Refused
from samplan.domain.links import LIFE, Purpose
from samplan.domain.reminders import Who

ENDED = frozenset({"accepted", "withdrawn"})


@dataclass(slots=True)
class Sent:
    """What became of a press: letters that are on their way, parties without any address, reports that need none."""

    letters: list[Letter] = field(default_factory=list)
    nobody: list[ReportRequest] = field(default_factory=list)
    ended: list[ReportRequest] = field(default_factory=list)


@transaction.atomic
def send_letters(*, by: Actor, at: datetime, requests: Iterable[ReportRequest], again: bool = True) -> Sent:
    """Make a letter about each request and mail it to everybody at the party, each with a link of their own.

    Links from earlier letters about the same request end. A party without any address gets none, and is said. Not
    `again`: what somebody else has made a letter about, perhaps this moment, is left alone.
    """
    listed = _locked(by, requests)
    if not again:
        made_before = newest_letters(listed)
        listed = [one for one in listed if one.pk not in made_before]
    sent = Sent(ended=[one for one in listed if one.state in ENDED])
    live = [one for one in listed if one.state not in ENDED]
    receivers = receivers_of([one.party for one in live], Who.REPORTER, at=at)
    sent.nobody = [one for one in live if not receivers[one.party_id]]
    writing = [one for one in live if receivers[one.party_id]]
    facts, numbers = facts_of(writing, at=at), newest_letters(writing)
    end_links(writing, Purpose.WRITE, at=at)
    for one in writing:
        to = receivers[one.party_id]
        made = _make(by, at, one, facts[one.pk], numbers.get(one.pk), "mail", to)
        for receiver in to:
            _mail_letter(made, one, facts[one.pk], receiver, at)
        sent.letters.append(made)
    return sent


@transaction.atomic
def letter_on_paper(*, by: Actor, at: datetime, request: ReportRequest) -> tuple[Letter, str]:
    """Make a letter to be printed, and the address that stands in it, which is kept nowhere. Earlier links end.

    Raises Refused("letter_not_needed") when the report is accepted or no longer asked for.
    """
    (locked,) = _locked(by, [request])
    if locked.state in ENDED:
        raise Refused("letter_not_needed")
    end_links([locked], Purpose.WRITE, at=at)
    facts = facts_of([locked], at=at)[locked.pk]
    made = _make(by, at, locked, facts, newest_letters([locked]).get(locked.pk), "paper", [])
    link, address = fresh_link(locked, Purpose.WRITE, Receiver(Who.REPORTER, "", ""), at=at, letter=made)
    keep_link(link, None)
    return made, address


def _locked(by: Actor, requests: Iterable[ReportRequest]) -> list[ReportRequest]:
    """The requests of one county, in order, for the one who may write letters there."""
    found = ReportRequest.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in requests])
    listed = list(found.select_related("party__organisation", "form").order_by("pk"))
    for county in {one.county for one in listed}:
        may(by, Permission.MANAGE_DIRECTIVES, county=county).demand()
    if len({one.county for one in listed}) > 1:
        raise Refused("forbidden")
    return listed


def _make(
    by: Actor,
    at: datetime,
    request: ReportRequest,
    facts: LetterFacts,
    before: Letter | None,
    way: str,
    to: list[Receiver],
) -> Letter:
    language = to[0].language if to else "sv"
    document = to_data(letter(facts, language=language, receivers=[one.name or one.email for one in to]))
    made = Letter.objects.create(
        county=request.county, request=request, number=before.number + 1 if before else 1, way=way,
        document=json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        made_at=at, made_by=by.name,
    )  # fmt: skip
    after = {"receivers": [one.name or one.email for one in to], "number": made.number, "way": way}
    record(by=by, at=at, verb="letter_made", subject=request, after=after)
    return made


def _mail_letter(made: Letter, request: ReportRequest, facts: LetterFacts, to: Receiver, at: datetime) -> None:
    link, address = fresh_link(request, Purpose.WRITE, to, at=at, letter=made)
    with translation.override(to.language):
        subject, body = mail_text(facts, name=to.name, address=PLACE)
    keep_link(link, enqueue(
        at=at, to=to.email, subject=subject, body=body, county=request.county, language=to.language,
        dedup=f"letter:{made.uid}:{to.email}", secret=address,
    ))  # fmt: skip


def follow_reports(*, at: datetime) -> int:
    """Send links that a report's way through the party calls for: to the approver when it waits for approval, to a
    writer without an account when it came back with a question. Each move once; returns how many mails there were."""
    since = PersonalLink.objects.filter(request=OuterRef("pk"), made_at__gte=OuterRef("state_at"))
    # What has stood for a month is left to reminders: an old database that gets this room is not mailed from.
    open_still = ReportRequest.objects.filter(state_at__gt=at - LIFE)
    waiting = open_still.filter(state__in=["submitted", "nothing", "declined"], needs_approval=True)
    waiting = waiting.filter(~Exists(since.filter(purpose=Purpose.APPROVE)))
    returned = open_still.filter(state="returned").filter(~Exists(since.filter(purpose=Purpose.WRITE)))
    done = 0
    for one in waiting.order_by("pk"):
        done += follow_report(at=at, request=one)
    # Whoever has an account is told in the same breath as the report is returned.
    for one in returned.filter(Exists(PersonalLink.objects.filter(request=OuterRef("pk")))).order_by("pk"):
        done += follow_report(at=at, request=one)
    return done


@transaction.atomic
def follow_report(*, at: datetime, request: ReportRequest) -> int:
    """The same for one report, at once: what its present state calls for and has not been sent."""
    locked = (
        ReportRequest.objects.select_for_update(of=("self",))
        .select_related("party__organisation", "form")
        .get(pk=request.pk)
    )
    if locked.state == "returned":
        purpose, who = Purpose.WRITE, Who.REPORTER
    elif locked.needs_approval and locked.state in {"submitted", "nothing", "declined"}:
        purpose, who = Purpose.APPROVE, Who.APPROVER
    else:
        return 0
    to = receivers_of([locked.party], who, at=at)[locked.party_id]
    if purpose is Purpose.WRITE:
        to = [one for one in to if not one.account]
    mails = 0
    for receiver in to:
        mails += _follow(locked, purpose, receiver, at)
    return mails


def _follow(request: ReportRequest, purpose: Purpose, to: Receiver, at: datetime) -> int:
    dedup = f"{purpose}:{request.uid}:{request.state_at.isoformat()}:{to.email}"
    if OutboxMail.objects.filter(dedup=dedup).exists():
        return 0
    end_links([request], purpose, at=at, email=to.email)
    link, address = fresh_link(request, purpose, to, at=at)
    facts = facts_of([request], at=at)[request.pk]
    with translation.override(to.language):
        subject, body = ask_text(
            facts, purpose=purpose, name=to.name, address=PLACE, question=request.question, by=request.submitted_by
        )
    keep_link(link, enqueue(
        at=at, to=to.email, subject=subject, body=body, county=request.county, language=to.language, dedup=dedup,
        secret=address,
    ))  # fmt: skip
    after = {"receivers": [to.name or to.email], "purpose": purpose.value}
    record(by=WORKER, at=at, verb="link_sent", subject=request, after=after)
    return 1
