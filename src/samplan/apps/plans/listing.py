"""A plan's activities as a list: looked for by area, phase, who is responsible and words, and shown a page at a time.

What is looked through is read in a few columns and compared in Python, so that å, ä and ö fold alike on both databases;
only the activities of the page are read in full. The number of queries does not depend on how many there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from samplan.apps.plans.labels import ACTIVITY_FIELDS, NEEDED, PHASES
from samplan.apps.plans.models import ACTIVITY_TEXTS, Activity, ActivityResponsible, ActivityText, FocusArea, Plan

PAGE = 100
UNSAID = "ingen"
"""The choice of activities whose phase is not said."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for: an area's uid, a phase's code, who is responsible, words; which page, and the way of
    seeing them that the address says. Empty for everything."""

    area: str = ""
    phase: str = ""
    responsible: str = ""
    words: str = ""
    page: int = 1
    way: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        """From a page's address. What cannot be is left out, as an old link may ask for an area that is gone."""
        page = query.get("sida", "1")
        phase = query.get("lage", "")
        return cls(
            area=query.get("omrade", "")[:40],
            phase=phase if phase in {*PHASES, UNSAID} else "",
            responsible=query.get("ansvarig", "").strip()[:100],
            words=query.get("sok", "").strip()[:100],
            page=max(1, int(page)) if page.isascii() and page.isdecimal() and len(page) < 6 else 1,
            way=query.get("vy", "")[:10],
        )

    @property
    def narrows(self) -> bool:
        return bool(self.area or self.phase or self.responsible or self.words)

    def address(self, **other: Any) -> str:
        """The query of a page that asks for the same but for `other`."""
        asked = replace(self, **other)
        given = {
            "omrade": asked.area, "lage": asked.phase, "ansvarig": asked.responsible, "sok": asked.words,
            "sida": asked.page if asked.page > 1 else "", "vy": asked.way,
        }  # fmt: skip
        return "?" + urlencode({name: value for name, value in given.items() if value})


@dataclass(frozen=True, slots=True)
class Part:
    """An area: its activities on this page, how many of those that are looked for it has, and how many in all."""

    area: FocusArea
    activities: tuple[Activity, ...]
    found: int
    every: int


@dataclass(frozen=True, slots=True)
class Listing:
    """`found` of `every` activities, on `pages` pages; `lacking`: how many of all miss something that is needed."""

    asked: Asked
    parts: tuple[Part, ...]
    found: int
    every: int
    lacking: int
    pages: int
    areas: tuple[tuple[str, str, int], ...]
    phases: tuple[tuple[str, Any, int], ...]

    @property
    def activities(self) -> list[Activity]:
        """Those of this page, in order."""
        return [one for part in self.parts for one in part.activities]

    @property
    def earlier(self) -> str:
        return self.asked.address(page=self.asked.page - 1) if self.asked.page > 1 else ""

    @property
    def later(self) -> str:
        return self.asked.address(page=self.asked.page + 1) if self.asked.page < self.pages else ""


def listing(plan: Plan, areas: Sequence[FocusArea], asked: Asked, *, unsaid: Any, along: Iterable[str] = ()) -> Listing:
    """The plan's activities, in the order of `areas`, that are asked for. `unsaid` is what no phase is called; `along`
    names what more of each is shown."""
    columns = ["pk", "area_id", "number", "title", "phase", *NEEDED]
    if asked.words:
        columns += [name for name in ACTIVITY_TEXTS if name not in columns]
    rows = list(Activity.objects.filter(plan=plan).order_by("position", "pk").values(*columns))
    place = {area.pk: number for number, area in enumerate(areas)}
    rows.sort(key=lambda row: place.get(row["area_id"], len(place)))
    if asked.area not in {str(area.uid) for area in areas}:
        asked = replace(asked, area="")
    matches = _matcher(plan, areas, asked)
    found = [row for row in rows if matches(row)]
    pages = max(1, -(-len(found) // PAGE))
    asked = replace(asked, page=min(asked.page, pages))
    shown = found[(asked.page - 1) * PAGE : asked.page * PAGE]
    full = Activity.objects.filter(pk__in=[row["pk"] for row in shown]).prefetch_related("municipalities", *along)
    by_pk = {one.pk: one for one in full}
    here: dict[int, list[Activity]] = {}
    for row in shown:
        here.setdefault(row["area_id"], []).append(by_pk[row["pk"]])
    of_area, every = Counter(row["area_id"] for row in found), Counter(row["area_id"] for row in rows)
    phases, places = Counter(row["phase"] for row in rows), {code: at for at, code in enumerate(PHASES)}
    return Listing(
        asked=asked,
        parts=tuple(Part(area, tuple(here.get(area.pk, ())), of_area[area.pk], every[area.pk]) for area in areas),
        found=len(found),
        every=len(rows),
        lacking=sum(any(not row[name].strip() for name in NEEDED) for row in rows),
        pages=pages,
        areas=tuple((str(area.uid), area.title, every[area.pk]) for area in areas),
        phases=tuple(
            (code or UNSAID, PHASES.get(code, unsaid), number)
            for code, number in sorted(phases.items(), key=lambda one: places.get(one[0], len(places)))
        ),
    )  # fmt: skip


def _matcher(plan: Plan, areas: Iterable[FocusArea], asked: Asked) -> Callable[[dict[str, Any]], bool]:
    """Whether a row of columns is among what is asked for; every word has to stand somewhere in it."""
    area = next((one.pk for one in areas if str(one.uid) == asked.area), None)
    who = _named(ActivityResponsible, plan, "name") if asked.responsible else {}
    more = _named(ActivityText, plan, "title", "text") if asked.words else {}
    names, words = asked.responsible.casefold().split(), asked.words.casefold().split()

    def matches(row: dict[str, Any]) -> bool:
        if area is not None and row["area_id"] != area:
            return False
        if asked.phase and (row["phase"] or UNSAID) != asked.phase:
            return False
        if names and not _holds(names, row["responsible"], who.get(row["pk"], "")):
            return False
        texts = (row["number"], row["title"], *(row[name] for name in ACTIVITY_TEXTS)) if words else ()
        return not words or _holds(words, *texts, more.get(row["pk"], ""))

    return matches


def _named(model: Any, plan: Plan, *columns: str) -> dict[int, str]:
    """Activity id → what its rows of a kind say."""
    said: dict[int, list[str]] = {}
    for activity_id, *texts in model.objects.filter(activity__plan=plan).values_list("activity_id", *columns):
        said.setdefault(activity_id, []).extend(texts)
    return {activity_id: "\n".join(texts) for activity_id, texts in said.items()}


def _holds(words: Iterable[str], *texts: str) -> bool:
    hay = "\n".join(texts).casefold()
    return all(word in hay for word in words)


def lacks(activity: Activity) -> list[Any]:
    """The needed facts that nothing is written about, in words."""
    return [ACTIVITY_FIELDS[name] for name in NEEDED if not getattr(activity, name).strip()]
