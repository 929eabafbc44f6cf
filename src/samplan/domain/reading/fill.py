"""Sections with their roles become the areas, activities and chapters of a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from samplan.domain.reading import front, roles, tables
from samplan.domain.reading.draft import Area, Chapter, Draft, Goal, Leaf, Node
from samplan.domain.reading.fill_parts import (
    bold_lead,
    county_goals,
    first_sentence,
    free_key,
    give_tags,
    head_leaf,
    is_list,
    item_para,
    label_paras,
    leading_steps,
    next_is_item,
    node_of,
    title_para,
)
from samplan.domain.reading.flat import Flat
from samplan.domain.reading.heads import Head, is_tag_line
from samplan.domain.reading.outline import Outline, Section
from samplan.domain.reading.paras import Grid, Para, as_label
from samplan.domain.reading.partnerships import partnerships
from samplan.domain.reading.roles import Roles
from samplan.domain.reading.settle import sign
from samplan.domain.reading.vocabulary import Vocabulary

_GOAL_KEYS: Final = {"long": "long", "short": "short", "any": None}


@dataclass(slots=True)
class Filler:
    draft: Draft
    outline: Outline
    roles: Roles
    areas: dict[Section, Area] = field(default_factory=dict)
    page_nodes: list[Node] = field(default_factory=list)
    """Activities since the page began, which a line of tags at its foot is about."""

    def run(self) -> None:
        root = self.outline.root
        for section in self.roles.areas:
            area = Area()
            self.areas[section] = area
            self.draft.areas.append(area)
        for section in self.roles.areas:
            above = self.roles.parents.get(section)
            self.areas[section].parent = self.areas[above] if above is not None else None
        front.place(self.draft, root, self.words, lambda item, leaf: self._table(item, None, None, leaf))
        for child in root.children:
            self._visit(child, None)

    @property
    def words(self) -> Vocabulary:
        return self.outline.reading.words

    # --- sections

    def _visit(self, section: Section, area: Area | None) -> None:
        head = section.heading
        if self.roles.is_area(section):
            self._area(section, head)
        elif area is None:
            self._chapter(section, head)
        else:
            self._in_area(section, head, area)

    def _area(self, section: Section, head: Head) -> None:
        origin = self.roles.area_of(section)
        area = self.areas[origin]
        if section is origin:
            area.title.paras.append(title_para(head))
            area.number = head.number
        else:
            area.title.paras.append(as_label(head.para))
        self._area_body(section, area)
        for child in section.children:
            self._visit(child, area)

    def _area_body(self, section: Section, area: Area) -> None:
        self._stream(section.body, area, area.field_of("description"))

    def _stream(self, body: Sequence[Para | Grid | Flat], area: Area, leaf: Leaf) -> None:
        """Running text of an area: into `leaf`, but for lists of activities, lines of tags and tables."""
        index = 0
        while index < len(body):
            item = body[index]
            if not isinstance(item, Para):
                self._table(item, area, None, leaf)
                index += 1
            elif self._tags(item, area):
                index += 1
            elif roles.leads_activities(item, self.words) and next_is_item(body, index):
                head_leaf(area, "activities").paras.append(as_label(item))
                index = self._listed_activities(body, index + 1, area)
            elif index == len(body) - 1 and roles.leads_activities(item, self.words):
                head_leaf(area, "activities").paras.append(as_label(item))
                index += 1
            else:
                leaf.paras.append(item)
                index += 1

    def _listed_activities(self, body: Sequence[Para | Grid | Flat], index: int, area: Area) -> int:
        """Activities told as a list. Numbered ones hold what follows each, signs one activity an item."""
        first = body[index]
        begin = sign(first) if isinstance(first, Para) else None
        numbered = begin is not None and begin.kind != "bullet"
        node: Node | None = None
        while index < len(body):
            item = body[index]
            if not isinstance(item, Para):
                break
            if self._tags(item, area):
                index += 1
                continue
            mark = sign(item)
            counted = mark is not None and mark.kind != "bullet"
            if item.kind == "item" and (counted if numbered else item.level <= 1):
                node = self._item_activity(item, area)
            elif node is not None and (numbered or item.kind == "item"):
                if item.kind == "item":
                    node.steps.append(Leaf([item_para(item)]))
                else:
                    node.field_of("description").paras.append(item)
            else:
                break
            index += 1
        return index

    def _item_activity(self, item: Para, area: Area) -> Node:
        node = Node()
        mark = sign(item)
        if mark is not None and mark.kind != "bullet":
            node.number = mark.text
        whole = item_para(item)
        title, rest = bold_lead(whole) or first_sentence(whole)
        node.title.paras.append(title)
        node.title.own = title.text.strip(" .:*_")
        if rest is not None:
            node.field_of("description").paras.append(rest)
        area.activities.append(node)
        self.page_nodes.append(node)
        return node

    def _in_area(self, section: Section, head: Head, area: Area) -> None:
        kind, key = head.label.kind, head.label.key
        if kind == "field":
            self._area_label(section, head, area)
        elif kind in ("goals", "goal"):
            self._goals(section, head, area, _GOAL_KEYS.get(key))
        elif kind == "group":
            self._group(section, head, area)
        elif kind == "directive":
            node = node_of(head)
            area.directives.append(node)
            self._fill(node, section, area)
        elif kind == "partnership":
            node = node_of(head)
            area.partnerships.append(node)
            self._fill(node, section, area)
        elif (
            kind == "activity"
            or section in self.roles.acts
            or roles.is_activity_like(section, self.words)
            or roles.is_bare_activity(section, self.words)
        ):
            self._activity(section, head, area)
        else:
            self._text_section(section, area)

    def _text_section(self, section: Section, area: Area) -> None:
        leaf = area.field_of("description")
        leaf.paras.append(section.heading.para)
        self._stream(section.body, area, leaf)
        for child in section.children:
            self._visit(child, area)

    def _area_label(self, section: Section, head: Head, area: Area) -> None:
        if head.label.key == "goal":
            self._goals(section, head, area, None)
            return
        leaf = area.field_of(head.label.key)
        leaf.paras += label_paras(head)
        self._stream(section.body, area, leaf)
        for child in section.children:
            self._visit(child, area)

    def _goals(self, section: Section, head: Head, area: Area, horizon: str | None) -> None:
        if head.label.kind == "goal":
            area.goals.append(Goal(Leaf([title_para(head)])))
        elif head.rest:
            area.goals.append(Goal(Leaf(list(head.rest)), horizon))
        else:
            head_leaf(area, "goals").paras.append(as_label(head.para))
        texts = [item for item in section.body if isinstance(item, Para)]
        items = any(item.kind == "item" for item in texts)
        place = 0
        while place < len(section.body):
            item = section.body[place]
            place += 1
            if not isinstance(item, Para):
                self._table(item, area, None, area.field_of("description"))
            elif self._tags(item, area):
                continue
            elif roles.leads_activities(item, self.words) and next_is_item(section.body, place - 1):
                # What follows goes on as in the area itself.
                self._stream(section.body[place - 1 :], area, area.field_of("description"))
                break
            elif item.kind == "item" or not items:
                area.goals.append(Goal(Leaf([item_para(item)]), horizon))
            elif place == 1 or item.text.endswith(":"):
                head_leaf(area, "goals").paras.append(as_label(item))
            else:
                area.field_of("description").paras.append(item)
        for child in section.children:
            self._visit(child, area)

    # --- groups

    def _group(self, section: Section, head: Head, area: Area) -> None:
        key = head.label.key
        if key == "partnerships":
            partnerships(section, area, self._table)
            return
        name = "directives" if key == "directives" else "steps" if key == "points" else "activities"
        head_leaf(area, name).paras.append(as_label(head.para))
        if key == "points":
            for item in section.body:
                if isinstance(item, Para) and item.kind == "item":
                    area.steps.append(Leaf([item_para(item)]))
                elif isinstance(item, Para):
                    area.field_of("description").paras.append(item)
                else:
                    self._table(item, area, None, area.field_of("description"))
        elif section.body:
            self._group_body(section.body, area, name)
        for child in section.children:
            if child.kind == "" or child.kind == "activity":
                nodes = area.directives if name == "directives" else area.activities
                self._activity(child, child.heading, area, nodes)
            elif child.kind == "group" and child.key == "partnerships":
                partnerships(child, area, self._table)
            else:
                self._visit(child, area)

    def _group_body(self, body: Sequence[Para | Grid | Flat], area: Area, name: str) -> None:
        """What stands directly under "Aktiviteter": each item of a list is one; the rest is text of the area."""
        index = 0
        while index < len(body):
            item = body[index]
            if isinstance(item, Para) and item.kind == "item" and name == "activities":
                index = self._listed_activities(body, index, area)
                continue
            if isinstance(item, Para):
                if not self._tags(item, area):
                    area.field_of("description").paras.append(item)
            else:
                self._table(item, area, None, area.field_of("description"))
            index += 1

    # --- activities and directives

    def _activity(self, section: Section, head: Head, area: Area, nodes: list[Node] | None = None) -> None:
        node = node_of(head)
        (area.activities if nodes is None else nodes).append(node)
        if head.para.style == "page":
            self.page_nodes.clear()
        self.page_nodes.append(node)
        self._fill(node, section, area)

    def _fill(self, node: Node, section: Section, area: Area) -> None:
        body = section.body
        steps = leading_steps(body)
        for place, item in enumerate(body):
            if not isinstance(item, Para):
                self._table(item, area, node, node.field_of("description"))
            elif self._tags(item, area):
                continue
            elif place in steps:
                node.steps.append(Leaf([item_para(item)]))
            else:
                node.field_of("description").paras.append(item)
        leaf = node.field_of("description")
        for child in section.children:
            leaf = self._fill_child(node, child, area, leaf)

    def _fill_child(self, node: Node, child: Section, area: Area, leaf: Leaf) -> Leaf:
        head = child.heading
        kind, key = head.label.kind, head.label.key
        if kind in ("field", "goals"):
            leaf = node.field_of(free_key(node, key if kind == "field" else "goal", head.title, self.words))
            leaf.paras += label_paras(head)
        elif kind == "activity" or (kind == "group" and key == "activities" and is_list(child)):
            for item in child.body:
                if isinstance(item, Para) and item.kind == "item":
                    node.steps.append(Leaf([item_para(item)]))
                elif isinstance(item, Para):
                    leaf.paras.append(item)
            if kind == "group":
                node.steps[0].paras.insert(0, as_label(head.para))
            else:
                node.steps.append(Leaf([title_para(head)]))
            return leaf
        elif kind == "directive":
            inner = node_of(head)
            area.directives.append(inner)
            self._fill(inner, child, area)
            return leaf
        else:
            leaf.paras.append(head.para)
        for item in child.body:
            if not isinstance(item, Para):
                self._table(item, area, node, leaf)
            elif not self._tags(item, area):
                leaf.paras.append(item)
        for below in child.children:
            leaf = self._fill_child(node, below, area, leaf)
        return leaf

    # --- tags, tables

    def _tags(self, para: Para, area: Area) -> bool:
        """Whether a paragraph was a line of tags; they go to the activities of its page, else to the area."""
        tags = self.outline.reading.tags
        if not tags or not is_tag_line(para, tags, None):
            return False
        give_tags(para, tags, list(self.page_nodes) or [area])
        self.page_nodes.clear()
        return True

    def _table(self, item: Grid | Flat, area: Area | None, node: Node | None, leaf: Leaf) -> None:
        if isinstance(item, Flat) and item.kind == "tags":
            self.draft.unplaced.append(("legend", Leaf([*item.head, *item.paras])))
            return
        tables.Tabler(self.draft, self.outline.reading).place(item, area, node, leaf)

    # --- chapters

    def _chapter(self, section: Section, head: Head) -> None:
        words = self.words
        if head.label.kind in ("field", "goals", "goal", "group") and head.rank is None and self.draft.chapters:
            self._in_chapter(section, self.draft.chapters[-1])
            return
        chapter = Chapter(kind=words.chapter(head.title), number=head.number)
        chapter.title.paras.append(title_para(head, whole=head.label.kind in ("activity", "directive", "goal")))
        self.draft.chapters.append(chapter)
        if head.rest:
            chapter.text.paras += head.rest
        goals = county_goals(section, head.title, words)
        for item in section.body:
            if isinstance(item, Para):
                if any(item is goal for goal in goals):
                    self.draft.county_goals.append(Leaf([item_para(item)]))
                else:
                    chapter.text.paras.append(item)
            else:
                self._table(item, None, None, chapter.text)
        for child in section.children:
            self._visit(child, None)

    def _in_chapter(self, section: Section, chapter: Chapter) -> None:
        chapter.text.paras.append(section.heading.para)
        for item in section.body:
            if isinstance(item, Para):
                chapter.text.paras.append(item)
            else:
                self._table(item, None, None, chapter.text)
        for child in section.children:
            self._visit(child, None)
