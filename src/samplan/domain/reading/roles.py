"""Which sections are areas, and what the sections below them are.

An area is a heading that (a) holds goals, activities, directives, fulfilment or planning, directly or under a heading
that only names a kind of content, or (b) is called an area by itself or by its parent, or (c) stands at the same level
between two such. A heading that only groups areas is none.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from samplan.domain.reading import grids
from samplan.domain.reading.flat import Flat
from samplan.domain.reading.names import MANY, same_name
from samplan.domain.reading.outline import Section
from samplan.domain.reading.paras import Grid, Para, raw
from samplan.domain.reading.settle import sign
from samplan.domain.reading.vocabulary import Vocabulary, plain

_STRONG: Final = frozenset({"fulfilment", "goals", "activities", "directives"})
_FULFILMENT: Final = frozenset({"goal_fulfilment", "next_steps"})


@dataclass(slots=True)
class Roles:
    """`areas` in the order of the source; `same`: a section that is another's area once more, under the same name."""

    areas: list[Section] = field(default_factory=list)
    parents: dict[Section, Section] = field(default_factory=dict)
    same: dict[Section, Section] = field(default_factory=dict)
    acts: set[Section] = field(default_factory=set)
    """Headings with what came of one thing to do, under headings of areas."""
    _known: set[Section] = field(default_factory=set)

    def is_area(self, section: Section) -> bool:
        return section in self._known

    def area_of(self, section: Section) -> Section:
        return self.same.get(section, section)

    def add(self, section: Section) -> None:
        self.areas.append(section)
        self._known.add(section)

    def add_again(self, section: Section, twin: Section) -> None:
        """The section tells of an area that stands before it."""
        self.same[section] = twin
        self._known.add(section)
        if twin not in self._known:
            self.add(twin)


def decide(root: Section, words: Vocabulary) -> Roles:
    """The areas of a document."""
    sections = [section for section in root.walk() if section.head is not None]
    named = dict.fromkeys(section for section in sections if _is_named(section))
    strong = [section for section in sections if _may_hold(section) and evidence(section, words) & _STRONG]
    single = _single(strong, words)
    over_all = root.children[0] if is_title_over_all(root) else None
    reported = _reported(strong, words)
    strong = [
        section
        for section in dict.fromkeys([*strong, *(each.parent for each in reported if each.parent is not None)])
        if section not in single and section is not over_all and section not in reported
    ]
    listed = _listed(sections, words)
    areas = dict(named)
    if len(named) >= 2 or (named and not strong):
        within = (each for each in strong if _inside(each, named))
        areas |= dict.fromkeys(each for each in within if not is_activity_like(each, words))
    else:
        areas |= dict.fromkeys([*strong, *listed])
        areas |= dict.fromkeys(_weak(sections, areas, words))
    areas |= dict.fromkeys(_holders(areas))
    areas |= dict.fromkeys(_between(areas))
    areas |= dict.fromkeys(_groups_alone(sections, areas, words))
    roles = Roles(acts=reported)
    for place, section in enumerate(sections):
        if section in areas:
            twin = _twin(section, sections[:place], roles)
            if twin is None:
                roles.add(section)
            else:
                roles.add_again(section, twin)
    order = {section: place for place, section in enumerate(sections)}
    roles.areas.sort(key=lambda section: order[section])
    _set_parents(roles, listed)
    return roles


def _groups_alone(sections: Sequence[Section], areas: Collection[Section], words: Vocabulary) -> list[Section]:
    """Headings like "Insatser" over activities, outside every area and over none: what they hold needs a place."""
    return [
        section
        for section in sections
        if section.kind == "group"
        and section.key == "activities"
        and not _inside(section, areas)
        and not any(below in areas for below in section.walk())
        and evidence(section, words) & {"activities"}
    ]


def _single(strong: Sequence[Section], words: Vocabulary) -> set[Section]:
    """Headings with what comes next and more about one thing to do: activities of the heading above, where that is not
    the title over all."""
    found = {section for section in strong if section.kind == "" and is_activity_like(section, words)}
    above = {section.parent for section in found}
    kept = {parent for parent in above if parent is not None and parent.head is not None and _is_below_title(parent)}
    return {section for section in found if section.parent in kept}


def _reported(strong: Sequence[Section], words: Vocabulary) -> set[Section]:
    """Headings with result and fulfilment alone, under at least two headings of their own words: activities of a
    report, told one by one under their areas."""
    found = {
        section
        for section in strong
        if section.kind == ""
        and section.children
        and all(child.kind == "field" for child in section.children)
        and section.parent is not None
        and section.parent.kind in ("", "area")
        and section.parent.head is not None
        and not evidence(section.parent, words) & {"fulfilment", "goals"}
    }
    above = {section.parent for section in found}
    ranks = {parent.rank for parent in above if parent is not None}
    return found if len(above) >= 2 and len(ranks) == 1 else set()


def _is_below_title(section: Section) -> bool:
    """Whether a heading is not the one that stands above all others."""
    parent = section.parent
    return parent is not None and (parent.head is not None or len(parent.children) > 1)


def evidence(section: Section, words: Vocabulary) -> set[str]:
    """What a section holds that only an area holds, directly or under headings that name a kind of content."""
    found = _in_body(section, words)
    for child in section.children:
        if child.kind == "field":
            if child.key in _FULFILMENT:
                found.add("fulfilment")
            found.add("goal" if child.key == "goal" else "fields")
            found |= _in_body(child, words) & {"activities"}
        elif child.kind == "goals":
            found.add("goals")
            found |= _in_body(child, words) & {"activities"}
        elif child.kind == "group":
            if child.children or child.body:
                found.add("directives" if child.key == "directives" else "activities")
        elif child.kind in ("activity", "partnership"):
            found.add("activities")
        elif child.kind == "directive":
            found.add("directives")
        elif child.kind == "" and is_activity_like(child, words):
            found.add("activities")
    return found


def _in_body(section: Section, words: Vocabulary) -> set[str]:
    found: set[str] = set()
    for item in section.body:
        if isinstance(item, Grid) and section.kind == "" and grids.is_own_card(item, words):
            found.add("card")
        elif isinstance(item, Grid) and _is_about_money(section, words) and grids.is_list_of_sums(item, words):
            continue
        elif (isinstance(item, Flat) and item.kind == "matrix") or (
            isinstance(item, Grid) and grids.holds_activities(item, words) and not grids.names_areas(item, words)
        ):
            found.add("activities")
    if any(leads_activities(para, words) for para in section.text):
        found.add("activities")
    return found


def _is_about_money(section: Section, words: Vocabulary) -> bool:
    return section.kind != "area" and words.has("money", "chapter", section.title)


def leads_activities(para: Para, words: Vocabulary) -> bool:
    """Whether a paragraph leads in a list of activities: "Under året genomförs följande aktiviteter:"."""
    text = para.text
    if not text.endswith(":") or para.kind == "item":
        return False
    sentence = text.rsplit(". ", 1)[-1]
    return words.has("lists", "lead", sentence) and words.has("lists", "activities", sentence)


def leads_any(section: Section, words: Vocabulary) -> bool:
    return any(leads_activities(para, words) for para in section.text)


def is_activity_like(section: Section, words: Vocabulary) -> bool:
    """A heading with labels that describe one thing to do, and none that sum up an area."""
    if leads_any(section, words):
        return False
    if any("activities" in _in_body(each, words) for each in (section, *section.children)):
        return False
    if not section.children and "card" in _in_body(section, words):
        return True
    keys = {child.key for child in section.children if child.kind == "field"}
    others = {child.kind for child in section.children} - {"field", ""}
    return bool(keys) and not keys & _FULFILMENT - {"next_steps"} and not others and keys != {"next_steps"}


def _is_named(section: Section) -> bool:
    if section.kind == "area":
        return True
    parent = section.parent
    return parent is not None and parent.kind == "areas" and section.kind in ("", "field") and not section.key


def _may_hold(section: Section) -> bool:
    """A heading that can be an area by what it holds: not one that only names a kind of content."""
    return section.kind in ("", "area") or (section.kind == "areas" and bool(_direct(section)))


def _direct(section: Section) -> list[Section]:
    return [child for child in section.children if child.kind in ("group", "activity", "directive", "goals")]


def _inside(section: Section, areas: Collection[Section]) -> bool:
    parent = section.parent
    while parent is not None:
        if parent in areas:
            return True
        parent = parent.parent
    return False


def _weak(sections: Sequence[Section], areas: Collection[Section], words: Vocabulary) -> list[Section]:
    """Headings that hold a goal beside areas of the same level."""
    beside = {(area.parent, area.rank) for area in areas}
    return [
        section
        for section in sections
        if section.kind == "" and (section.parent, section.rank) in beside and "goal" in evidence(section, words)
    ]


def _holders(areas: Collection[Section]) -> list[Section]:
    """Headings with text of their own over areas, beside areas: not only a group."""
    found: list[Section] = []
    ranks = {(area.parent, area.rank) for area in areas}
    for parent in dict.fromkeys(area.parent for area in areas):
        if parent is None or parent.head is None or parent.kind not in ("", "area") or parent in areas:
            continue
        if parent.text and (parent.parent, parent.rank) in ranks:
            found.append(parent)
    return found


def _between(areas: Collection[Section]) -> list[Section]:
    """Headings of the same level between two areas."""
    found = []
    for parent in dict.fromkeys(area.parent for area in areas):
        if parent is None:
            continue
        places = [place for place, child in enumerate(parent.children) if child in areas]
        ranks = {parent.children[place].rank for place in places}
        for child in parent.children[min(places) : max(places)]:
            if child.kind == "" and child.rank in ranks and child not in areas:
                found.append(child)
    return found


def _listed(sections: Sequence[Section], words: Vocabulary) -> list[Section]:
    """Headings that a list in the text calls areas: "Dessa områden är:" and items that are their names."""
    for section in sections:
        lead = False
        items: list[str] = []
        for para in section.text:
            if para.kind == "item" and lead:
                items.append(item_text(para))
            elif items:
                break
            else:
                text = para.text
                lead = text.endswith(":") and words.has("lists", "areas", text.rsplit(". ", 1)[-1])
        hits = []
        for item in items:
            others = (each for each in sections if each.kind == "" and each is not section)
            hit = next((each for each in others if _is_called(item, each.title)), None)
            if hit is not None:
                hits.append(hit)
        if len(hits) >= 2 and len(hits) * 2 >= len(items):
            return hits
    return []


def _is_called(item: str, title: str) -> bool:
    if same_name(item, title):
        return True
    first, second = plain(item).split()[:3], plain(title).split()[:3]
    return len(first) == len(second) == 3 and first == second


def item_text(para: Para) -> str:
    """The text of a list item without its sign."""
    text = para.text
    mark = sign(para)
    return text[mark.end :].strip() if mark and raw(para).strip()[: mark.end].strip() else text


def _twin(section: Section, before: Sequence[Section], roles: Roles) -> Section | None:
    """A heading before that has the same name: a chapter that a table's heading names again."""
    for other in before[:MANY]:
        fits = roles.is_area(other) or (section.kind == "area" and other.kind == "")
        fits = fits and other.kind in ("", "area") and not _inside(section, (other,))
        if fits and same_name(other.title, section.title):
            return roles.area_of(other)
    return None


def _set_parents(roles: Roles, listed: Sequence[Section]) -> None:
    """The area that stands over each: in the tree, or before it in a list of the document's areas."""
    above: Section | None = None
    for area in roles.areas:
        parent = area.parent
        while parent is not None and not roles.is_area(parent):
            parent = parent.parent
        if area in listed:
            above = area
        if parent is not None:
            roles.parents[area] = roles.area_of(parent)
        elif above is not None and area not in listed and area.rank == above.rank and area.parent is above.parent:
            roles.parents[area] = above


def is_bare_activity(section: Section, words: Vocabulary) -> bool:
    """A numbered or styled heading with text alone, where the area holds several such and no other activities."""
    parent = section.parent
    if parent is None or section.kind or parent.kind not in ("", "area"):
        return False
    beside = [each for each in parent.children if each.kind == ""]
    held = evidence(parent, words) & {"activities", "directives"}
    sure = section.head is not None and (section.head.loud or "." in section.head.number)
    return parent.kind == "area" and sure and len(beside) >= 2 and not held


def acts(section: Section, words: Vocabulary) -> bool:
    return is_activity_like(section, words) or is_bare_activity(section, words)


def is_title_over_all(root: Section) -> bool:
    """One heading above all others, before any of them, that names no kind of content."""
    return (
        len(root.children) == 1
        and root.children[0].kind == ""
        and (len(root.children[0].children) > 1 or _is_larger(root.children[0]))
        and not (root.children[0].heading.number)
    )


def _is_larger(section: Section) -> bool:
    """Whether the only heading below one is set in much smaller type."""
    sizes = [each.heading.para.size or 0.0 for each in (section, *section.children)]
    return len(sizes) == 2 and min(sizes) > 0 and sizes[0] > 1.25 * sizes[1]
