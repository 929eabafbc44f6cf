"""What waits for somebody, read from the rows of every room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.apps.agreements.levies import changed_sources
from samplan.apps.agreements.models import Agreement, Allocation, Grant
from samplan.apps.agreements.requisitions import DONE, handles
from samplan.apps.directives.board_views import in_a_row
from samplan.apps.directives.models import Directive
from samplan.apps.directives.queries import BoardCell
from samplan.apps.needs.models import Proposal
from samplan.apps.plans.models import Plan
from samplan.apps.questionnaires.queries import parts_held, requests_for
from samplan.apps.spending.queries import money_of
from samplan.apps.yearreports.models import ReportVersion, Submission
from samplan.apps.yearreports.operations.submissions import BEFORE_SENDING, MAY_BE_SENT
from samplan.base.jobs.kinds import kind_called
from samplan.base.jobs.queries import jobs_of
from samplan.base.ui.templatetags.samplan import day, kronor
from samplan.domain.access import Actor, Permission, Role, may, organisations_of
from samplan.domain.cycle import ProposalStatus, editable
from samplan.domain.deadlines import days_late, days_left, swedish_day
from samplan.edges.imports.queries import drafts_of


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits for the reader: a sign's name, a title that leads there, a sentence, a day.

    The `day` is the last one, or the one `since` when it has waited; `late` days after it.
    """

    sign: str
    title: str
    text: str
    url: str
    day: date | None = None
    late: int = 0
    since: bool = False


SOON, MONTH = 7, 31
"""Days: what is due within the first is done now, within the second this month."""


def grouped(tasks: list[Task], on: date) -> list[tuple[str, list[Task]]]:
    """Tasks under the words for when they are due: now, within a month, later. A group without tasks is left out."""
    groups: dict[str, list[Task]] = {_("Nu"): [], _("Inom en månad"): [], _("Senare"): []}
    now, month, later = groups.values()
    for task in tasks:
        left = (task.day - on).days if task.day and not (task.since or task.late) else 0
        (now if left <= SOON else month if left <= MONTH else later).append(task)
    month.sort(key=lambda task: task.day or on)
    later.sort(key=lambda task: task.day or on)
    return [(words, those) for words, those in groups.items() if those]


def tasks_for(
    actor: Actor, plan: Plan | None, cells: list[BoardCell], *, county: str, year: int, at: datetime
) -> list[Task]:
    """What waits for the actor in a county and year, by the roles held there; the most urgent first."""
    found = [*_parts(actor, county, year, at), *_own_reports(actor, county, year, at)]
    found += _own_money(actor, county, year, at)
    if plan is not None:
        if may(actor, Permission.REVIEW_REPORTS, county=county):
            found += _reports_to_see_to(cells, county, year)
        if may(actor, Permission.MANAGE_DIRECTIVES, county=county):
            found += _drafts(plan, county, year)
    if may(actor, Permission.MANAGE_MONEY, county=county):
        found += _grants(county, year)
    if may(actor, Permission.DECIDE, county=county):
        found += _allocations(county, year)
    found += _proposals(actor, county, year)
    if plan is not None:
        if may(actor, Permission.COMPILE_REPORT, county=county):
            found += [*_report(plan, cells, county, year), *_submissions(plan, county, year, at)]
        if may(actor, Permission.PUBLISH, county=county):
            found += _publishing(plan, county, year)
    if may(actor, Permission.MANAGE_PLAN, county=county):
        found += _documents(county, year)
    return [*found, *_jobs(actor, county, year)]


def _jobs(actor: Actor, county: str, year: int) -> list[Task]:
    """What a worker makes for the actor, or has made."""
    found = []
    for job in jobs_of(actor, county=county, year=year).exclude(state="failed"):
        title = kind_called(job.kind).title
        words = _("Klar att hämta") if job.state == "done" else _("Pågår")
        if job.of and job.state != "done":
            words = _("Pågår: %(done)s av %(of)s") % {"done": job.done, "of": job.of}
        found.append(Task("document", str(title), words, reverse("jobs:job", args=[county, year, job.uid])))
    return found


def _documents(county: str, year: int) -> list[Task]:
    """Drafts out of documents that nobody has made a plan of yet."""
    return [
        Task(
            "draft", _("Gå igenom %(name)s") % {"name": draft.name},
            _("%(done)s av %(of)s delar genomgångna") % {"done": draft.parts_checked, "of": draft.parts},
            reverse("imports:draft", args=[county, year, draft.uid]),
        )
        for draft in drafts_of(county).filter(state="read")
    ]  # fmt: skip


def _parts(actor: Actor, county: str, year: int, at: datetime) -> list[Task]:
    """Parts of reports that a colleague has asked the actor to answer."""
    return [
        Task(
            "people", _("Svara på en del av %(title)s") % {"title": part.request.title},
            _("%(name)s ber dig") % {"name": part.handed_by},
            reverse("questionnaires:part", args=[county, year, part.request.number, part.uid]), part.request.last_day,
            days_late(part.request.last_day, None, at),
        )
        for part in parts_held(actor, county=county, year=year)
    ]  # fmt: skip


def _own_reports(actor: Actor, county: str, year: int, at: datetime) -> list[Task]:
    found = []
    for asked in requests_for(actor).filter(county=county, year=year).order_by("last_day", "number"):
        url = reverse("questionnaires:report", args=[county, year, asked.number])
        approves = may(actor, Permission.APPROVE_REPORT, county=county, organisation_id=asked.party.organisation_id)
        late = days_late(asked.last_day, None, at)
        if asked.state == "returned":
            text = _("Samordnaren frågar: %(question)s") % {"question": asked.question}
            found.append(
                Task("returned", _("Svara om %(title)s") % {"title": asked.title}, text, url, asked.last_day, late)
            )
        elif editable(asked.state):
            left = days_left(asked.last_day, at)
            text = ngettext("%(days)s dag sen", "%(days)s dagar sen", late) % {"days": late}
            if not late:
                text = ngettext("%(days)s dag kvar", "%(days)s dagar kvar", left) % {"days": left}
            title = _("Skriv om %(title)s") if asked.state == "open" else _("Skriv klart om %(title)s")
            sign = "late" if late else asked.state
            found.append(Task(sign, title % {"title": asked.title}, text, url, asked.last_day, late))
        elif approves and asked.needs_approval and asked.state in {"submitted", "nothing", "declined"}:
            title = _("Godkänn %(title)s") % {"title": asked.title}
            text = _("%(name)s skickade in den") % {"name": asked.submitted_by}
            found.append(Task("submitted", title, text, url, asked.last_day))
    return found


def _own_money(actor: Actor, county: str, year: int, at: datetime) -> list[Task]:
    """What waits with the money that the actor sees to: to request, to account for when the year is over, to repay."""
    own = organisations_of(actor, Permission.REQUEST_OWN_MONEY, county=county)
    if not own and not may(actor, Permission.REQUEST_MONEY, county=county):
        return []
    today = swedish_day(at)
    mine = [one for one in money_of(county, year) if handles(actor, one.asked.level, one.asked.recipient)]
    found = []
    if waiting := [one.asked for one in mine if one.asked.state not in DONE]:
        days = [one.last_day for one in waiting if one.last_day]
        title = ngettext("Rekvirera ett bidrag", "Rekvirera %(n)s bidrag", len(waiting)) % {"n": len(waiting)}
        text = _("%(total)s är inte rekvirerade") % {"total": kronor(sum(one.granted for one in waiting))}
        late = max(one.days_late(today) for one in waiting)
        url = reverse("agreements:requests", args=[county, year])
        found.append(Task("late" if late else "money", title, text, url, min(days) if days else None, late))
    if today.year == year:
        return found
    if untold := sum(one.facts.untold for one in mine):
        text = _("Användningen av %(untold)s är inte redovisad.") % {"untold": kronor(untold)}
        url = reverse("spending:overview", args=[county, year])
        found.append(Task("money", _("Redovisa vad pengarna har gått till"), text, url))
    if owing := [one.facts for one in mine if one.facts.to_repay > one.facts.repaid]:
        text = _("%(owed)s är kvar att betala tillbaka.") % {
            "owed": kronor(sum(facts.to_repay - facts.repaid for facts in owing))
        }
        last = min((date.fromisoformat(facts.repay_by) for facts in owing if facts.repay_by), default=None)
        late = max(0, (today - last).days) if last else 0
        url = reverse("spending:repayments", args=[county, year])
        title = _("Betala tillbaka det som inte blev använt")
        found.append(Task("late" if late else "money", title, text, url, last, late))
    return found


def _reports_to_see_to(cells: list[BoardCell], county: str, year: int) -> list[Task]:
    board = reverse("questionnaires:board", args=[county, year])
    found = []
    review = [cell for cell in cells if cell.is_among("review")]
    if review:
        oldest = min(review, key=lambda cell: cell.request.state_at)
        title = ngettext("Granska en återrapport", "Granska %(n)s återrapporter", len(review)) % {"n": len(review)}
        text = _("%(party)s har väntat längst") % {"party": oldest.request.party.name}
        waited = swedish_day(oldest.request.state_at)
        found.append(Task("submitted", title, text, board + "?visa=review", waited, since=True))
    late = [cell for cell in cells if cell.is_among("late")]
    if late:
        names = in_a_row(list(dict.fromkeys(cell.request.party.name for cell in late)))
        title = ngettext("En återrapport är sen", "%(n)s återrapporter är sena", len(late)) % {"n": len(late)}
        found.append(Task("late", title, names, board + "?visa=late", min(cell.request.last_day for cell in late), 1))
    for cell in cells:
        if cell.request.state == "returned":
            url = reverse("questionnaires:report", args=[county, year, cell.request.number])
            title = _("%(party)s har en fråga att svara på") % {"party": cell.request.party.name}
            waited = swedish_day(cell.request.state_at)
            found.append(Task("returned", title, cell.request.question, url, waited, since=True))
    return found


def _drafts(plan: Plan, county: str, year: int) -> list[Task]:
    return [
        Task(
            "draft", _("Utfärda %(title)s") % {"title": directive.title}, _("Direktivet är ett utkast"),
            reverse("directives:detail", args=[county, year, directive.number]), directive.last_day,
        )
        for directive in Directive.objects.filter(plan=plan, state="draft").order_by("number")
    ]  # fmt: skip


def _allocations(county: str, year: int) -> list[Task]:
    """Drafts that wait for a decision, and decided levies whose money is no longer as it was."""
    listed = list(Allocation.objects.filter(county=county, year=year, state__in=["draft", "frozen"]).order_by("id"))
    changed = changed_sources(county, year, listed)
    found = []
    for row in listed:
        if row.state == "draft":
            title, why = _("Låt besluta %(title)s"), _("Fördelningen är räknad men inte beslutad")
        elif row.pk in changed:
            title, why = _("Se över %(title)s"), _("Det som avsättningen är räknad på har ändrats")
        else:
            continue
        url = reverse("agreements:allocation", args=[county, year, row.uid])
        found.append(Task("money", title % {"title": row.title}, why, url))
    return found


def _grants(county: str, year: int) -> list[Task]:
    """An agreement that is there, and a county whose grants nobody has computed."""
    agreement = Agreement.objects.filter(year=year, superseded_by=None, sections__isnull=False).first()
    if agreement is None or Grant.objects.filter(county=county, line__section__agreement__year=year).exists():
        return []
    url = reverse("agreements:money", args=[county, year]) + "#rakna"
    return [Task("money", _("Räkna länets bidrag"), agreement.title, url, agreement.request_by)]


def _proposals(actor: Actor, county: str, year: int) -> list[Task]:
    """What a body has been sent to decide: for those who enter decisions, and to be read by the bodies' members."""
    decides = bool(may(actor, Permission.DECIDE, county=county))
    member = any(held.role is Role.BODY_MEMBER and held.county == county for held in actor.assignments)
    if not decides and not member:
        return []
    waiting = Proposal.objects.filter(county=county, year=year, state=ProposalStatus.SENT.value)
    title = _("Förslaget väntar på beslut: %(title)s") if decides else _("Läs förslaget: %(title)s")
    return [
        Task(
            "document", title % {"title": one.title}, one.decided_by.name if one.decided_by else "",
            reverse("needs:proposal", args=[county, year, one.uid]),
        )
        for one in waiting.select_related("decided_by").order_by("id")
    ]  # fmt: skip


def _publishing(plan: Plan, county: str, year: int) -> list[Task]:
    """The report that is approved and that nobody outside can read yet."""
    version = (
        ReportVersion.objects.filter(report__plan=plan, state="approved", published_at=None)
        .defer("facts", "document")
        .first()
    )
    if version is None:
        return []
    text = _("Godkänd %(day)s, men inte publicerad än.") % {"day": day(version.approved_at)}
    url = reverse("reports:version", args=[county, year, version.number])
    return [Task("document", _("Publicera årsrapporten %(year)s") % {"year": year}, text, url)]


def _report(plan: Plan, cells: list[BoardCell], county: str, year: int) -> list[Task]:
    accepted = sum(cell.request.state == "accepted" for cell in cells)
    if not accepted or ReportVersion.objects.filter(report__plan=plan).exists():
        return []
    text = ngettext("En godkänd rapport att bygga på", "%(n)s godkända rapporter att bygga på", accepted) % {
        "n": accepted
    }
    agreement = Agreement.objects.filter(year=year, superseded_by=None).order_by("-id").first()
    last = agreement.report_by if agreement else None
    return [Task("document", _("Skriv årsrapporten"), text, reverse("reports:report", args=[county, year]), last)]


def _submissions(plan: Plan, county: str, year: int, at: datetime) -> list[Task]:
    """Receivers that an approved report has not been sent to."""
    rows = Submission.objects.filter(report__plan=plan, state__in=BEFORE_SENDING)
    approved = ReportVersion.objects.filter(report=OuterRef("report"), state__in=MAY_BE_SENT)
    today = swedish_day(at)
    found = []
    for row in rows.filter(Exists(approved)).order_by("id"):
        late = max(0, (today - row.last_day).days) if row.last_day else 0
        text = _("Klar att skicka") if row.state == "ready" else _("Rapporten är godkänd")
        url = reverse("reports:submission", args=[county, year, row.uid])
        title = _("Lämna in årsrapporten till %(receiver)s") % {"receiver": row.receiver}
        found.append(Task("late" if late else "document", title, text, url, row.last_day, late))
    return found
