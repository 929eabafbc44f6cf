"""Which style of a county's template stands for which of ours, and what is added where it has none.

A style is known by what Word itself calls it (the built-in names are the same in every language), by its name in
Swedish, English or LibreOffice, or by its outline level. What the template's own text uses goes before what only lies
in its list of styles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from samplan.edges.reports.writers.word_base import QUIET, STYLES, Style

NS: Final = nsdecls("w")
_HEADINGS: Final = {
    f"Heading{n}": (f"heading {n}", f"rubrik {n}", f"rubrik{n}", f"överskrift {n}", f"numrerad rubrik {n}")
    for n in range(1, 7)
}
_CONTENTS: Final = {
    f"TOC{n}": (f"toc {n}", f"contents {n}", f"innehåll {n}", f"innehållsförteckning {n}") for n in range(1, 4)
}
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "Normal": ("body text", "text body", "brödtext", "löptext", "normaltext"),
    "Title": ("title", "titel", "huvudtitel", "dokumenttitel", "dokumentrubrik", "huvudrubrik"),
    "Subtitle": ("subtitle", "undertitel", "underrubrik"),
    **_HEADINGS,
    "Lead": ("lead", "ingress"),
    "Quote": ("quote", "citat", "quotations", "block text"),
    "ListBullet": ("list bullet", "punktlista", "list bullet 1", "punktlista 1"),
    "ListNumber": ("list number", "numrerad lista", "nummerlista", "list number 1"),
    "ListContinue": ("list continue", "listfortsättning", "fortsatt lista"),
    "Caption": ("caption", "beskrivning", "bildtext", "figurtext", "illustration"),
    "TableText": ("table text", "tabelltext", "table contents", "tabellinnehåll"),
    "TOCHeading": ("toc heading", "contents heading", "innehållsförteckningsrubrik", "rubrik innehåll"),
    **_CONTENTS,
    "Header": ("header", "sidhuvud"),
    "Footer": ("footer", "sidfot"),
    "FootnoteText": ("footnote text", "fotnotstext", "footnote"),
    "FootnoteReference": ("footnote reference", "fotnotsreferens", "footnote characters", "footnote anchor"),
    "Hyperlink": ("hyperlink", "hyperlänk", "internet link"),
}
"""Our styles that a template may have; a built-in one first by Word's own name. Ours alone are all others."""
_CHARACTERS: Final = frozenset({"FootnoteReference", "Hyperlink"})
CHOSEN: Final = tuple(name for name in NAMES if name not in _CHARACTERS)
"""Those that a person may choose otherwise."""
_DEEPEST_CHAIN: Final = 20


@dataclass(frozen=True, slots=True)
class Match:
    """The template's style (`id`, and its `name` as people see it) for the style that we call `ours`.

    `how`: built_in, name, outline, after (it follows the first heading), chosen, or ours when the template has none.
    """

    ours: str
    id: str
    name: str
    how: str


class Sheet:
    """A template's list of styles; `used`: how often each stands in its text."""

    def __init__(self, root: Any, used: Counter[str]) -> None:
        self.root, self.used = root, used
        self.all = {style.get(qn("w:styleId")): style for style in root.iter(qn("w:style"))}
        self.paragraphs = {id_: style for id_, style in self.all.items() if style.get(qn("w:type")) == "paragraph"}
        self.first = self._default()

    def _default(self) -> str:
        for id_, style in self.paragraphs.items():
            if style.get(qn("w:default")) in {"1", "true"}:
                return str(id_)
        named = (id_ for id_, style in self.paragraphs.items() if name_of(style).lower() in {"normal", "standard"})
        return next(named, next(iter(self.paragraphs), ""))

    def chain(self, id_: str) -> list[Any]:
        """The style and those it is based on, nearest first."""
        found: list[Any] = []
        while id_ in self.all and len(found) < _DEEPEST_CHAIN:
            found.append(self.all[id_])
            based = self.all[id_].find(qn("w:basedOn"))
            id_ = based.get(qn("w:val")) if based is not None else ""
        return found

    def says(self, id_: str, path: str) -> Any:
        """The nearest element at `path` (as "w:pPr/w:outlineLvl") in the style or what it is based on; None if none."""
        for style in self.chain(id_):
            found = style.find("/".join(qn(step) for step in path.split("/")))
            if found is not None:
                return found
        return None

    def level(self, id_: str) -> int:
        """The outline level from 1; 0 for running text."""
        found = self.says(id_, "w:pPr/w:outlineLvl")
        value = int(found.get(qn("w:val"), "9")) if found is not None else 9
        return value + 1 if 0 <= value < 9 else 0

    def half_points(self, id_: str) -> int:
        """The size of type in half points."""
        found = self.says(id_, "w:rPr/w:sz")
        if found is None:
            found = self.root.find("/".join(map(qn, ("w:docDefaults", "w:rPrDefault", "w:rPr", "w:sz"))))
        return int(found.get(qn("w:val"))) if found is not None else 20

    def follows(self, id_: str) -> str:
        """The style of what is written after a paragraph in this one."""
        found = self.all[id_].find(qn("w:next")) if id_ in self.all else None
        return str(found.get(qn("w:val"))) if found is not None else ""

    # ---- finding

    def find(self, choices: Mapping[str, str]) -> dict[str, Match]:
        """A match for each of `NAMES`; `choices`: ours → the style a person has chosen, "" for ours."""
        found: dict[str, Match] = {}
        for ours in NAMES:
            if ours != "Normal":
                found[ours] = self._match(ours, choices, taken={one.id for one in found.values()})
        found["Normal"] = self._body(choices, found["Heading1"])
        return {ours: found[ours] for ours in NAMES}

    def _match(self, ours: str, choices: Mapping[str, str], taken: set[str]) -> Match:
        if ours in choices and (choices[ours] in self.all or not choices[ours]):
            return self._as(ours, choices[ours], "chosen" if choices[ours] else "ours")
        built_in, *names = NAMES[ours]
        known = self._called(built_in, ours)
        named = next((id_ for name in names if (id_ := self._called(name, ours)) and id_ not in taken), "")
        level = int(ours[7:]) if ours in _HEADINGS else 0
        inside = [id_ for id_ in self.paragraphs if level and id_ not in taken and self.level(id_) == level]
        inside.sort(key=lambda id_: -self.used[id_])
        ways = ((known, "built_in"), (named, "name"), (next(iter(inside), ""), "outline"))
        there = [way for way in ways if way[0]]
        used = [way for way in there if self.used[way[0]]]
        return self._as(ours, *(used or there)[0]) if there else Match(ours, "", "", "ours")

    def _body(self, choices: Mapping[str, str], heading: Match) -> Match:
        """Running text: what follows the first heading, a style of that name which is used, or the first of all."""
        if choices.get("Normal") in self.paragraphs:
            return self._as("Normal", choices["Normal"], "chosen")
        after = self.follows(heading.id)
        if after in self.paragraphs and after not in {heading.id, self.first} and not self.level(after):
            return self._as("Normal", after, "after")
        named = [id_ for id_ in map(self._text_called, NAMES["Normal"]) if self.used[id_]]
        if named:
            return self._as("Normal", named[0], "name")
        return self._as("Normal", self.first, "built_in") if self.first else Match("Normal", "", "", "ours")

    def _as(self, ours: str, id_: str, how: str) -> Match:
        return Match(ours, id_, name_of(self.all[id_]) if id_ else "", how)

    def _text_called(self, name: str) -> str:
        return self._called(name, "Normal")

    def _called(self, name: str, ours: str) -> str:
        kind = "character" if ours in _CHARACTERS else "paragraph"
        for id_, style in self.all.items():
            if style.get(qn("w:type")) == kind and name_of(style).lower() == name:
                return str(id_)
        return ""

    # ---- adding what is missing

    def complete(self, found: Mapping[str, Match], text_dxa: int) -> dict[str, str]:
        """Add each of our styles that the template lacks, in the template's type and size; our name → id of all."""
        ids = {ours: match.id for ours, match in found.items() if match.id}
        body = ids.setdefault("Normal", self.first or self._add(Style("Normal", "Normal"), "", 1, {}, text_dxa))
        scale = self.half_points(body) / 20
        for style in STYLES:
            if style.id not in ids:
                ids[style.id] = self._add(style, body, scale, ids, text_dxa)
        for id_, name, look in (
            ("Hyperlink", "Hyperlink", '<w:color w:val="1F5476"/><w:u w:val="single"/>'),
            ("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>'),
            ("MadeUp", "Made Up", '<w:color w:val="B3264A"/><w:vertAlign w:val="superscript"/>'),
        ):
            if id_ not in ids:
                ids[id_] = self._put(id_, name, "character", f"<w:rPr>{look}</w:rPr>")
        ids["Lines"] = self._put("Lines", "Lines", "table", _LINES)
        return ids

    def _add(self, style: Style, body: str, scale: float, ids: Mapping[str, str], text_dxa: int) -> str:
        """One of our paragraph styles without our fonts and ink: it takes the template's."""
        based, points = body, style.size * scale
        if style.level > 1 and f"Heading{style.level - 1}" in ids:
            based = ids[f"Heading{style.level - 1}"]
            points = max(self.half_points(based) / 2 * 0.88, self.half_points(body) / 2)
        elif style.id in {"Title", "ShortTitle", "TOCHeading"} and "Heading1" in ids:
            based = ids["Heading1"]
            points = self.half_points(based) / 2 * (1.3 if style.id != "TOCHeading" else 1)
        level = style.level - 1 if style.level else 9
        tabs = (
            f'<w:tabs><w:tab w:val="right" w:pos="{text_dxa}"/></w:tabs>' if style.extra.startswith("<w:tabs") else ""
        )
        edge = style.extra if style.extra.startswith("<w:pBdr") else ""
        indent = f'<w:ind w:left="{round(style.indent * 56.7)}"/>' if style.indent else ""
        color = f'<w:color w:val="{QUIET}"/>' if style.color == QUIET else ""
        size = round(points * 2)
        inside = (
            f"{f'<w:basedOn w:val={chr(34)}{based}{chr(34)}/>' if based else ''}<w:pPr>"
            f"{'<w:keepNext/><w:keepLines/>' if style.keep else ''}"
            f'<w:pageBreakBefore w:val="0"/><w:numPr><w:numId w:val="0"/></w:numPr>{edge}{tabs}'
            f'<w:spacing w:before="{round(style.before * scale * 20)}" w:after="{round(style.after * scale * 20)}"/>'
            f'{indent}<w:outlineLvl w:val="{level}"/></w:pPr>'
            f"<w:rPr>{'<w:b/>' if style.bold else ''}{color}"
            f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        )
        return self._put(style.id, style.name, "paragraph", inside)

    def _put(self, id_: str, name: str, kind: str, inside: str) -> str:
        """A new style; where its id or name is taken by another kind of style it gets one that says whose it is."""
        names = {name_of(style).lower() for style in self.all.values()}
        if id_ in self.all or name.lower() in names:
            id_, name = f"Samplan{id_}", f"Samplan {name}"
        known = name.lower() in {one[0] for one in NAMES.values()}
        custom = "" if known else ' w:customStyle="1"'
        xml = f'<w:style {NS} w:type="{kind}"{custom} w:styleId="{id_}"><w:name w:val="{name}"/>{inside}</w:style>'
        made = parse_xml(xml)
        self.root.append(made)
        self.all[id_] = made
        if kind == "paragraph":
            self.paragraphs[id_] = made
        return id_


_LINES: Final = (
    '<w:tblPr><w:tblBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="868880"/>'
    '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="868880"/></w:tblBorders><w:tblCellMar>'
    '<w:top w:w="50" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="50" w:type="dxa"/>'
    '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
)


def name_of(style: Any) -> str:
    """What a style is called."""
    name = style.find(qn("w:name"))
    return str(name.get(qn("w:val"), "")) if name is not None else ""
