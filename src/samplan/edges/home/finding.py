"""What can be found in a county: an index of its own things, made anew when anything has been written there.

The index has a part for each kind of reader, so that nobody finds what they may not open.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from uuid import UUID

from django.apps import apps
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samplan.apps.agreements.models import Allocation
from samplan.apps.bodies.models import Body, Decision
from samplan.apps.directives.models import Directive, DirectiveShare
from samplan.apps.indicators.models import Indicator
from samplan.apps.needs.models import Need, Proposal
from samplan.apps.orgs.models import Party
from samplan.apps.plans.models import Activity, FocusArea, Plan, PlanText, SteeringDocument
from samplan.apps.plans.models.activities import ACTIVITY_TEXTS
from samplan.apps.questionnaires.models import ReportRequest
from samplan.base.audit.models import Event
from samplan.base.files.holders import holder_of
from samplan.base.files.models import Attachment
from samplan.base.kernel.search import Entry, Hit, Indexed, index, search
from samplan.domain.access import Actor, Permission, may, organisations_of
from samplan.edges.imports.models import Draft

KINDS: dict[str, str | Promise] = {
    "activity": _("Insats"), "area": _("Område"), "plan": _("Plan"), "chapter": _("Kapitel"), "need": _("Behov"),
    "proposal": _("Förslag"), "directive": _("Direktiv"), "report": _("Återrapport"), "decision": _("Beslut"),
    "body": _("Organ"), "money": _("Fördelning"), "indicator": _("Indikator"), "party": _("Part"),
    "document": _("Dokument"), "file": _("Fil"),
}  # fmt: skip
"""What a thing is, in the order of the chips that choose among hits."""

Audience = tuple[Permission, int]
"""A permission held for the county (0), or for one organisation of it."""
Found = tuple[Audience, Entry]
COUNTY: Audience = (Permission.READ_COUNTY, 0)
MARKS = re.compile(r"\]\([^)]*\)|[*_#>|`\[]+")
"""What Markdown marks with; the words are left."""
DIRECTIVE_TEXTS = ("background", "purpose", "goals", "description", "conditions", "suggested_uses")


def find(actor: Actor, query: str, *, county: str, year: int) -> list[Hit]:
    """Hits among what the actor may open in the county, the best first; addresses that need a year stand in `year`."""
    last = Event.objects.filter(county=county).order_by("-id").values_list("uid", flat=True).first()
    parts = _indexed(county, year, last)
    own = organisations_of(actor, Permission.WRITE_REPORT, county=county)
    mine: list[Indexed] = []
    for (permission, organisation), entries in parts.items():
        if organisation in own if organisation else may(actor, permission, county=county):
            mine += entries
    return _each_once(search(query, mine))


def _each_once(hits: Sequence[Hit]) -> list[Hit]:
    """Somebody who reads the county and reports for a party would find the same thing twice."""
    return list({(hit.entry.kind, hit.entry.url, hit.entry.title): hit for hit in reversed(hits)}.values())[::-1]


@lru_cache(maxsize=8)
def _indexed(county: str, year: int, _last: UUID | None) -> dict[Audience, tuple[Indexed, ...]]:
    """The index as it is after the county's event `_last`: every write leaves one."""
    parts: dict[Audience, list[Entry]] = defaultdict(list)
    for source in (_plans, _activities, _needs, _directives, _reports, _decisions, _files, _others):
        for audience, entry in source(county, year):
            parts[audience].append(entry)
    return {audience: index(entries) for audience, entries in parts.items()}


def _text(*texts: str) -> str:
    return "\n".join(MARKS.sub("", text) for text in texts if text)


def _plans(county: str, _year: int) -> Iterator[Found]:
    for plan in Plan.objects.filter(county=county).select_related("owner"):
        url = reverse("plans:whole", args=[county, plan.year, plan.uid])
        place = plan.owner.name if plan.owner else ""
        yield COUNTY, Entry(plan.title, url, "plan", place, plan.year, _text(plan.subject, plan.motto))
    for area in FocusArea.objects.filter(county=county).select_related("plan"):
        url = reverse("plans:whole", args=[county, area.plan.year, area.plan.uid]) + f"#omrade-{area.uid}"
        text = _text(area.text, area.goal_fulfilment, area.next_steps)
        yield COUNTY, Entry(area.title, url, "area", area.plan.title, area.plan.year, text)
    for chapter in PlanText.objects.filter(county=county).exclude(text="").select_related("plan"):
        url = reverse("plans:whole", args=[county, chapter.plan.year, chapter.plan.uid])
        text = _text(chapter.text)
        yield COUNTY, Entry(chapter.title, f"{url}#kapitel", "chapter", chapter.plan.title, chapter.plan.year, text)


def _activities(county: str, _year: int) -> Iterator[Found]:
    for one in Activity.objects.filter(county=county).select_related("plan"):
        url = reverse("plans:activity", args=[county, one.plan.year, one.uid])
        text = _text(*(getattr(one, name) for name in ACTIVITY_TEXTS))
        yield COUNTY, Entry(f"{one.number} {one.title}", url, "activity", one.plan.title, one.plan.year, text)


def _needs(county: str, _year: int) -> Iterator[Found]:
    for need in Need.objects.filter(county=county):
        url = reverse("needs:need", args=[county, need.year, need.uid])
        yield COUNTY, Entry(need.title, url, "need", "", need.year, _text(need.text, need.origin))
    for one in Proposal.objects.filter(county=county).prefetch_related("points"):
        url = reverse("needs:proposal", args=[county, one.year, one.uid])
        text = _text(one.background, one.purpose, one.responsible, *(point.text for point in one.points.all()))
        yield COUNTY, Entry(one.title, url, "proposal", "", one.year, text)


def _directives(county: str, _year: int) -> Iterator[Found]:
    """The county's for its readers; an issued one also for those whose organisation it is addressed to."""
    receivers = defaultdict(set)
    shares = DirectiveShare.objects.filter(county=county, directive__state="issued")
    for directive, organisation in shares.values_list("directive_id", "party__organisation_id"):
        receivers[directive].add(organisation)
    for one in Directive.objects.filter(county=county, state__in=["draft", "issued"]).select_related("plan"):
        url = reverse("directives:detail", args=[county, one.plan.year, one.number])
        text = _text(*(getattr(one, name) for name in DIRECTIVE_TEXTS))
        entry = Entry(one.title, url, "directive", one.plan.title, one.plan.year, text)
        yield COUNTY, entry
        for organisation in receivers[one.pk]:
            yield (Permission.WRITE_REPORT, organisation), entry


def _reports(county: str, _year: int) -> Iterator[Found]:
    asked = ReportRequest.objects.filter(county=county).exclude(state="withdrawn").select_related("party")
    for one in asked:
        url = reverse("questionnaires:report", args=[county, one.year, one.number])
        entry = Entry(one.title, url, "report", one.party.name, one.year, one.party.name)
        yield (Permission.REVIEW_REPORTS, 0), entry
        yield (Permission.WRITE_REPORT, one.party.organisation_id), entry


def _decisions(county: str, year: int) -> Iterator[Found]:
    for one in Decision.objects.filter(county=county).select_related("body").prefetch_related("points"):
        url = reverse("bodies:decision", args=[county, year, one.uid])
        text = _text(one.case_number, *(point.text for point in one.points.all()))
        yield COUNTY, Entry(one.title, url, "decision", one.body.name, one.decided_on.year, text)
    for body in Body.objects.filter(county=county):
        url = reverse("bodies:body", args=[county, year, body.uid])
        yield COUNTY, Entry(body.name, url, "body", "", year, _text(body.remit))


def _files(county: str, year: int) -> Iterator[Found]:
    for one in SteeringDocument.objects.filter(county=county).select_related("plan"):
        url = reverse("plans:whole", args=[county, one.plan.year, one.plan.uid])
        text = _text(one.text, one.case_number, one.owner)
        yield COUNTY, Entry(one.title, url, "document", one.plan.title, one.plan.year, text)
    for draft in Draft.objects.filter(county=county).exclude(state="refused"):
        url = reverse("imports:draft", args=[county, draft.year, draft.uid])
        yield (Permission.MANAGE_PLAN, 0), Entry(draft.name, url, "document", "", draft.year, "")
    kept = defaultdict(list)
    for file in Attachment.objects.filter(county=county).select_related("file").defer("file__content"):
        kept[file.about_kind].append(file)
    for kind, files in kept.items():
        holder = holder_of(kind)
        model = apps.get_model(kind)
        things = model.objects.filter(county=county, uid__in=[file.about_uid for file in files])
        if any(field.name == "plan" for field in model._meta.fields):
            things = things.select_related("plan")
        by_uid = {thing.uid: thing for thing in things}
        for file in files:
            if holder and (thing := by_uid.get(file.about_uid)) is not None:
                url = holder.page(thing, year)
                yield COUNTY, Entry(file.file.name, url, "file", str(thing), year, file.caption)


def _others(county: str, year: int) -> Iterator[Found]:
    for allocation in Allocation.objects.filter(county=county).exclude(state="superseded"):
        url = reverse("agreements:allocation", args=[county, allocation.year, allocation.uid])
        yield COUNTY, Entry(allocation.title, url, "money", "", allocation.year, "")
    for one in Indicator.objects.filter(county=county):
        url = reverse("indicators:indicator", args=[county, year, one.uid])
        yield COUNTY, Entry(one.title, url, "indicator", "", year, _text(one.definition, one.source))
    for party in Party.objects.filter(county=county).select_related("organisation"):
        url = reverse("spending:follow_party", args=[county, year, party.code])
        text = f"{party.organisation.name}\n{party.code}"
        yield COUNTY, Entry(party.name, url, "party", party.organisation.name, year, text)
