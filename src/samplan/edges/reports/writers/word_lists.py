"""Lists in a template: its own bullets and numbers where its list styles have them; else ours, beside what it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart

from samplan.edges.reports.writers.word_base import DEEPEST_LIST, numbering_levels
from samplan.edges.reports.writers.word_styles import Sheet

_NUMBERING: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_INDENT: Final = 340


class Lists:
    """The lists of one document. `ids`: our style → the template's."""

    def __init__(self, document: Any, sheet: Sheet, ids: Mapping[str, str]) -> None:
        self.sheet, self.ids = sheet, ids
        try:
            self.root: Any = document.numbering_part.element
        except NotImplementedError:  # the template has no lists at all
            self.root = parse_xml(f"<w:numbering {nsdecls('w')}/>")
            part = NumberingPart(PackURI("/word/numbering.xml"), _NUMBERING, self.root, document.package)
            document.relate_to(part, RT.NUMBERING)
        self.last = highest(self.root, "w:num", qn("w:numId"))
        self.kinds = {name: self._abstract(name) for name in ("ListBullet", "ListNumber")}
        own = self._own_number("ListBullet")
        usable = own and self._abstract_of(own) is self.kinds["ListBullet"]
        self.bullets = own if usable else self._instance(self.kinds["ListBullet"], 0, None)

    def _own_number(self, name: str) -> int:
        number = self.sheet.says(self.ids[name], "w:pPr/w:numPr/w:numId")
        found = int(number.get(qn("w:val"), 0)) if number is not None else 0
        return found if found and self._abstract_of(found) is not None else 0

    def _abstract_of(self, number: int) -> Any:
        for one in self.root.iter(qn("w:num")):
            if one.get(qn("w:numId")) == str(number):
                link = one.find(qn("w:abstractNumId")).get(qn("w:val"))
                return next(
                    (a for a in self.root.iter(qn("w:abstractNum")) if a.get(qn("w:abstractNumId")) == link), None
                )
        return None

    def _abstract(self, name: str) -> Any:
        """The definition of a kind of list: the template's when its style has one, else ours, added."""
        own = self._own_number(name)
        found = self._abstract_of(own) if own else None
        if found is not None and found.find(qn("w:lvl")) is not None:
            return found
        number = highest(self.root, "w:abstractNum", qn("w:abstractNumId")) + 1
        kind = "bullet" if name == "ListBullet" else "decimal"
        made = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
            f"{numbering_levels(kind)}</w:abstractNum>"
        )
        first = self.root.find(qn("w:num"))
        self.root.append(made) if first is None else first.addprevious(made)
        return made

    def _instance(self, abstract: Any, level: int, start: int | None) -> int:
        self.last += 1
        begins = (
            ""
            if start is None
            else f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        )
        made = parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{self.last}">'
            f'<w:abstractNumId w:val="{abstract.get(qn("w:abstractNumId"))}"/>{begins}</w:num>'
        )
        last = self.root.findall(qn("w:num"))
        last[-1].addnext(made) if last else self.root.append(made)
        return self.last

    def _level(self, name: str, depth: int) -> tuple[int, int]:
        """(the level of the list to use so deep, how far its text stands in, in twentieths of a point)."""
        levels = self.kinds[name].findall(qn("w:lvl"))
        level = min(depth, len(levels) - 1, DEEPEST_LIST)
        indent = levels[level].find(f"{qn('w:pPr')}/{qn('w:ind')}")
        left = (
            next((indent.get(qn(n)) for n in ("w:left", "w:start") if indent.get(qn(n))), "")
            if indent is not None
            else ""
        )
        return level, int(left) if left.isdecimal() else _INDENT * (depth + 1)

    def new_list(self, start: int, depth: int = 0) -> int:
        return self._instance(self.kinds["ListNumber"], self._level("ListNumber", depth)[0], start)

    def bullet(self, depth: int) -> str:
        return _item(self.bullets, self._level("ListBullet", depth)[0])

    def numbered(self, number: int, depth: int) -> str:
        return _item(number, self._level("ListNumber", depth)[0])

    def continued(self, depth: int) -> str:
        return f'<w:ind w:left="{self._level("ListBullet", depth)[1]}" w:firstLine="0"/>'


def highest(root: Any, tag: str, attribute: str) -> int:
    """The highest number that an attribute has in the elements of a kind; 0 for none."""
    values = [one.get(attribute, "") for one in root.iter(qn(tag))]
    return max((int(value) for value in values if value.isdecimal()), default=0)


def _item(number: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
