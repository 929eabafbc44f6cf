"""The table of letters: each report that is asked for, with its letter, its mails, its links and its last day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samplan.apps.directives.models import DirectiveShare
from samplan.apps.letters.labels import FATES, LINK_STATES
from samplan.apps.letters.models import Letter, PersonalLink
from samplan.apps.letters.operations.letters import ENDED
from samplan.apps.letters.queries import Receiver, links_of, newest_letters, receivers_of, states_of
from samplan.apps.orgs.queries import in_order_of
from samplan.apps.questionnaires.models import ReportRequest
from samplan.domain.cycle import editable
from samplan.domain.links import LinkState, Purpose
from samplan.domain.reminders import Who


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link as the coordinator sees it; `fate` of its mail is empty for one on paper."""

    link: PersonalLink
    state: LinkState
    fate: str
    stated: str

    @property
    def state_words(self) -> Any:
        return LINK_STATES[self.state]

    @property
    def fate_words(self) -> Any:
        return FATES[self.fate] if self.fate else ""

    @property
    def live(self) -> bool:
        return self.state is LinkState.LIVE


@dataclass(frozen=True, slots=True)
class Row:
    """A report that is asked for. `writes`: whether the party has it to write; `needs`: and no letter about it yet."""

    request: ReportRequest
    amount: int | None
    letter: Letter | None
    receivers: tuple[Receiver, ...]
    links: tuple[LinkRow, ...]

    @property
    def ended(self) -> bool:
        return self.request.state in ENDED

    @property
    def writes(self) -> bool:
        return editable(self.request.state)

    @property
    def needs(self) -> bool:
        return self.writes and self.letter is None

    @property
    def newest(self) -> LinkRow | None:
        """The link to write that tells how things stand: a live one, else the last."""
        writing = [one for one in self.links if one.link.purpose == Purpose.WRITE]
        return next((one for one in reversed(writing) if one.live), writing[-1] if writing else None)

    @property
    def fate(self) -> str:
        """The worst of the live links' mails: what the coordinator should look at."""
        fates = [one.fate for one in self.links if one.live and one.fate and one.link.purpose == Purpose.WRITE]
        return next((fate for fate in ("failed", "unknown", "waiting", "sent") if fate in fates), "")

    @property
    def fate_words(self) -> Any:
        return FATES[self.fate] if self.fate else ""


def rows_of(requests: Iterable[ReportRequest], *, at: datetime) -> list[Row]:
    """A row for each request of one county, by title and party; so many queries however many there are."""
    listed = list(requests)
    letters, links = newest_letters(listed), links_of(listed)
    states = states_of([one for those in links.values() for one in those], at=at)
    receivers = receivers_of([one.party for one in listed], Who.REPORTER, at=at)
    shares = DirectiveShare.objects.filter(request__in=listed).order_by("directive__version")
    amounts = dict(shares.values_list("request_id", "amount"))
    rows = [
        Row(
            one, amounts.get(one.pk), letters.get(one.pk), tuple(receivers[one.party_id]),
            tuple(_link(link, states[link.pk]) for link in links.get(one.pk, ())),
        )
        for one in listed
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.request.kind, row.request.title, in_order_of(row.request.party)))


def _link(link: PersonalLink, state: LinkState) -> LinkRow:
    stated = [str(one) for one in link.statements.all()]
    return LinkRow(link, state, link.mail.fate if link.mail else "", stated[-1] if stated else "")
