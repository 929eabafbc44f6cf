"""What stands before the first chapter: the title, what else stands on a cover, and text without a heading."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from samplan.domain.reading import inline, roles
from samplan.domain.reading.draft import Chapter, Draft, Leaf
from samplan.domain.reading.fill_parts import has_title_first, is_bare, is_short, title_para
from samplan.domain.reading.flat import Flat
from samplan.domain.reading.outline import Section
from samplan.domain.reading.paras import Grid, Para
from samplan.domain.reading.vocabulary import Vocabulary

_YEARS: Final = re.compile(r"[\s(]*(?:19|20)\d\d(?:\s*(?:[–—-]|och|till)\s*(?:(?:19|20)\d\d|\d\d))?[\s)]*")

PlaceTable = Callable[[Grid | Flat, Leaf], None]


def place(draft: Draft, root: Section, words: Vocabulary, place_table: PlaceTable) -> None:
    """Take the title and the lines of a cover out of the tree; running text there is a chapter without a heading."""
    title = _title(draft, root)
    body = root.body
    while title and _is_cover_line(root):
        head = root.children.pop(0).heading
        _cover(draft, head.para)
    chapter = Chapter(kind="introduction")
    shown = max((para.size or 0.0 for para in body if isinstance(para, Para) and is_short(para)), default=0.0)
    for item in body:
        if not isinstance(item, Para):
            place_table(item, chapter.text)
        elif _is_only_years(draft, item) or _is_second_line(draft, item, words):
            draft.title.paras.append(item)
        elif not is_short(item) or chapter.text.paras:
            chapter.text.paras.append(item)
        elif not draft.title.paras and (item.size or 0.0) >= shown and any(map(str.isalpha, item.text)):
            draft.title.paras.append(item)
        else:
            draft.unplaced.append(("cover", Leaf([item])))
    if chapter.text.paras:
        draft.chapters.append(chapter)


def _title(draft: Draft, root: Section) -> bool:
    """Whether a heading is the title of it all; its text and what it held stand in the root then."""
    first = root.children[0] if root.children else None
    if first is not None and _is_styled(first):
        root.children.pop(0)
        draft.title.paras.append(title_para(first.heading))
        root.body = root.body + first.body
        root.children = first.children + root.children
        return True
    if roles.is_title_over_all(root):
        whole = root.children[0]
        draft.title.paras.append(title_para(whole.heading))
        root.body, root.children = root.body + whole.body, whole.children
        return True
    alone = len(root.children) == 1 and not any(isinstance(item, Para) for item in root.body)
    if alone and not root.children[0].heading.number:
        draft.title.own = root.children[0].title
    elif has_title_first(root) or _has_cover_below(root):
        whole = root.children.pop(0)
        draft.title.paras.append(title_para(whole.heading))
        root.body = root.body + whole.body
        root.children = whole.children + root.children
        return True
    return False


def _is_styled(section: Section) -> bool:
    return section.heading.para.style == "title"


def _has_cover_below(root: Section) -> bool:
    """Whether the first heading of several holds nothing but lines of a cover."""
    first = root.children[0] if len(root.children) > 1 and not root.body else None
    if first is None or first.kind or first.heading.number or not (first.children or first.body):
        return False
    if not all(isinstance(item, Para) and item.kind == "heading" for item in first.body):
        return False
    return all(is_bare(child) and not child.heading.para.level for child in first.children)


def _is_cover_line(root: Section) -> bool:
    """Whether the first heading after the title has nothing under it and no style of a heading: a line of the cover."""
    first = root.children[0] if len(root.children) > 1 else None
    if first is None or root.body or not is_bare(first):
        return False
    para = first.heading.para
    return not (para.sure and para.level) and not first.heading.number and root.children[1].kind != "areas"


def _cover(draft: Draft, para: Para) -> None:
    if _is_only_years(draft, para):
        draft.title.paras.append(para)
    else:
        draft.unplaced.append(("cover", Leaf([para])))


def _is_second_line(draft: Draft, para: Para, words: Vocabulary) -> bool:
    """Whether a heading stands directly on the title's line in a text file, and tells no place and no decision."""
    if draft.source.kind != "text" or len(draft.title.paras) != 1 or para.kind != "heading":
        return False
    beside = para.at.line == draft.title.paras[0].last_line + 1
    return beside and not inline.tells_cover(para.text, words)


def _is_only_years(draft: Draft, para: Para) -> bool:
    """Whether a line after the title tells its years and nothing else."""
    return bool(draft.title.paras) and bool(_YEARS.fullmatch(para.text))
