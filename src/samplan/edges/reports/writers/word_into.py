"""Writing into a county's template: its styles, paper, head, foot and cover stay, its contents list becomes ours."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from lxml import etree  # type: ignore[import-untyped]

from samplan.domain.document import Heading, plain
from samplan.domain.document import text_of as words_of
from samplan.edges.reports.writers import word_cover as covering
from samplan.edges.reports.writers.tidy import Tidy
from samplan.edges.reports.writers.word_frame import (
    NS,
    Frame,
    Pen,
    contents,
    cover,
    elements,
    locale_of,
    logotypes,
    picture,
    write_head_and_foot,
)
from samplan.edges.reports.writers.word_keys import is_keys_part, read_keys
from samplan.edges.reports.writers.word_lists import Lists, highest
from samplan.edges.reports.writers.word_template import Template, has_picture, style_of, text_of
from samplan.edges.reports.writers.word_xml import DXA_PER_MM

_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# What may not follow a document into the reports that are written from it.
_UNWANTED_SETTINGS: Final = (
    "w:documentProtection", "w:writeProtection", "w:trackRevisions", "w:mailMerge", "w:updateFields",
)  # fmt: skip
# In the list of settings these come after `updateFields`.
_LATER_SETTINGS: Final = frozenset(map(qn, (
    "w:hdrShapeDefaults", "w:footnotePr", "w:endnotePr", "w:compat", "w:docVars", "w:rsids", "w:attachedSchema",
    "w:themeFontLang", "w:clrSchemeMapping", "w:doNotIncludeSubdocsInStats", "w:shapeDefaults", "w:decimalSymbol",
    "w:listSeparator",
)))  # fmt: skip
_MAY_GO: Final = ("/image", "/header", "/footer", "/hyperlink", "/chart", "/diagramData", "/diagramLayout",
                  "/diagramQuickStyle", "/diagramColors", "/diagramDrawing")  # fmt: skip
_COVER_LINES: Final = ("furniture/cover/", "furniture/motto", "furniture/notice", "furniture/logotypes",
                       "furniture/picture")  # fmt: skip
_COMMENTS: Final = ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")


class TemplateFrame(Frame):
    """A template read anew for one document."""

    says_size = True

    def __init__(self, ready: Tidy, template: Template) -> None:
        self.ready, self.template = ready, template
        self.locale = locale_of(ready.document.language)
        self.file = template.file
        self.page = template.page
        self.ids = template.sheet.complete(template.found, round(self.page.text * DXA_PER_MM))
        self.table_style = self.ids["Lines"]
        self.first_mark = highest(self.file.element, "w:bookmarkStart", qn("w:id"))
        self.first_picture = max((int(one.get("id", 0)) for one in _drawn(template)), default=0)
        self.sections_made = 0
        self.earlier = read_keys(self.file)
        self.sections = template.sections()
        self.here, self.there = template.text_section()
        related = self.file.part.rels.values()
        self.notes_part = next((one.target_part for one in related if one.reltype == RT.FOOTNOTES), None)
        notes = parse_xml(self.notes_part.blob) if self.notes_part is not None else ()
        self.first_note = max((int(one.get(qn("w:id"), 0)) for one in notes), default=0)
        self.numbering = Lists(self.file.part, template.sheet, self.ids)

    def style(self, name: str) -> str:
        return self.ids[name]

    def heading_properties(self, level: int, *, fresh: bool) -> str:
        """Our own number stands before the title, so the template's is off; pages begin where we say."""
        asked = self.ids[f"Heading{level}"]
        outline = "" if self.template.sheet.level(asked) == level else f'<w:outlineLvl w:val="{level - 1}"/>'
        page = f'<w:pageBreakBefore w:val="{int(fresh)}"/>'
        return f'<w:keepNext/>{page}<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>{outline}'

    # ---- lists

    def new_list(self, start: int, depth: int = 0) -> int:
        return self.numbering.new_list(start, depth)

    def bullet(self, depth: int) -> str:
        return self.numbering.bullet(depth)

    def numbered(self, number: int, depth: int) -> str:
        return self.numbering.numbered(number, depth)

    def continued(self, depth: int) -> str:
        return self.numbering.continued(depth)

    # ---- paper, head and foot

    def head_and_foot(self, pen: Pen) -> None:
        """The template's own, with its placeholders filled; ours where it has neither."""
        section = self.template.paper
        self.paper = deepcopy(section) if section is not None else parse_xml(f"<w:sectPr {nsdecls('w')}/>")
        for one in list(self.paper):
            if one.tag in (qn("w:headerReference"), qn("w:footerReference"), qn("w:sectPrChange"), qn("w:type")):
                self.paper.remove(one)
        columns = self.paper.find(qn("w:cols"))
        if columns is not None and columns.get(qn("w:num"), "1") != "1":
            self.paper.remove(columns)
        furniture = self.template.furniture()
        details = covering.details_of(self.ready.document)
        for part in furniture:
            covering.fill_placeholders(part, details)
            covering.fill_controls_and_fields(part, details)
        if furniture:
            for (tag, kind), relation in reversed(self.template.references().items()):
                one = self.paper.makeelement(tag, {qn("w:type"): kind, f"{_R}id": relation})
                self.paper.insert(0, one)
        else:
            write_head_and_foot(self, Section(self.paper, self.file.part), pen)
        self.paper.insert(_after_references(self.paper), parse_xml(f'<w:type {nsdecls("w")} w:val="nextPage"/>'))

    def section(self, paper: tuple[float, float] | None = None) -> str:
        """The text's section; only the first of the document counts pages anew or has a first page of its own."""
        made = deepcopy(self.paper)
        self.sections_made += 1
        if self.sections_made > 1:
            for name in ("w:titlePg", "w:pgNumType"):
                found = made.find(qn(name))
                if found is not None and name == "w:titlePg":
                    made.remove(found)
                elif found is not None:
                    found.attrib.pop(qn("w:start"), None)
        size = made.find(qn("w:pgSz"))
        wide, high = paper or (self.page.wide, self.page.high)
        if size is None:
            size = made.makeelement(qn("w:pgSz"), {})
            made.insert(_after_references(made) + 1, size)
        size.set(qn("w:w"), str(round(wide * DXA_PER_MM)))
        size.set(qn("w:h"), str(round(high * DXA_PER_MM)))
        size.attrib.pop(qn("w:orient"), None)
        if wide > high:
            size.set(qn("w:orient"), "landscape")
        return str(etree.tostring(made, encoding="unicode"))

    # ---- cover and contents

    def front(self, pen: Pen) -> list[Any]:
        if not self.ready.contents:
            return elements("".join(cover(pen, sizes=False)))
        kept = self._cover(pen)
        found = self.template.contents
        if not found:
            made = [pen.paragraph("TOCHeading", plain(self.ready.words["contents"]), "furniture/contents")]
            made += contents(pen, self._listed(0))
            return [*kept, *elements("".join(made)), *self._break(pen)]
        lines = elements("".join(contents(pen, self._listed(found.levels))))
        if found.control:
            control = self.template.children[found.first]
            self._refill(pen, control, lines)
            kept.append(control)
        else:
            kept += lines
        if self.here != self.there and self.sections[self.here][0] > found.last:
            ends = pen.empty("furniture/contents/end", self._kept_section(self.here))
            return [*kept, *elements(ends)]
        return [*kept, *self._break(pen)]

    def _break(self, pen: Pen) -> list[Any]:
        """A new page before a text that does not begin with a chapter."""
        first = self.ready.document.blocks[0]
        begins = isinstance(first, Heading) and first.level == 1
        return [] if begins else elements(pen.empty("furniture/contents/end", "<w:pageBreakBefore/>"))

    def _listed(self, levels: int) -> tuple[Heading, ...]:
        shown = tuple(one for one in self.ready.contents if not levels or one.level <= levels)
        return shown or self.ready.contents

    def _kept_section(self, n: int) -> str:
        section = deepcopy(self.sections[n][1])
        for one in section.findall(qn("w:sectPrChange")):
            section.remove(one)
        return str(etree.tostring(section, encoding="unicode"))

    def _refill(self, pen: Pen, control: Any, lines: list[Any]) -> None:
        """Exchange the lines of a contents list in a content control; what stands before its field is its heading."""
        inside = control.find(qn("w:sdtContent"))
        began = False
        for child in list(inside):
            began = began or any(
                text.text and text.text.strip().startswith("TOC") for text in child.iter(qn("w:instrText"))
            )
            if began:
                inside.remove(child)
            else:
                _mark(pen, child, "furniture/contents")
        inside.extend(lines)

    def _cover(self, pen: Pen) -> list[Any]:
        """The template's cover with our facts in it; our own where it has none."""
        kept = [element for element in self.template.cover if not self._was_ours(element)]
        if not kept:
            made = [*cover(pen, sizes=False), pen.raw("Gap", '<w:r><w:br w:type="page"/></w:r>', "furniture/cover/end")]
            return elements("".join(made))
        document, details = self.ready.document, covering.details_of(self.ready.document)
        own_picture = any(map(has_picture, kept))
        for element in kept:
            _clean(element)
        root = self.template.body
        outside = [child for child in root if child not in set(kept)]
        for child in outside:
            root.remove(child)
        drawn = {"logotypes": logotypes(pen) if document.logotypes else "",
                 "picture": picture(pen, document.picture) if document.picture else ""}  # fmt: skip
        put = self._place_pictures(root, drawn)
        put |= covering.fill_placeholders(root, details) | covering.fill_controls_and_fields(root, details)
        for name in ("Title", "Subtitle"):
            if name.lower() not in put and covering.fill_style([root], self.found(name), details[name.lower()]):
                put.add(name.lower())
        kept = list(root)
        for n, element in enumerate(kept, 1):
            _mark(pen, element, f"furniture/template/{n}")
        more = self._unplaced(pen, put, details, {} if own_picture else drawn)
        at = self._where(kept)
        return [*kept[:at], *elements(more), *kept[at:]] if more else kept

    def _was_ours(self, element: Any) -> bool:
        """Whether a paragraph is a line that we put on the cover of an earlier report."""
        keys = (self.earlier.get(mark.get(qn("w:name")), "") for mark in element.iter(qn("w:bookmarkStart")))
        ends = element.find(f".//{qn('w:sectPr')}") is not None
        return not ends and any(key.startswith(_COVER_LINES) and not key.endswith("/end") for key in keys)

    def found(self, name: str) -> str:
        return self.template.found[name].id

    def _place_pictures(self, root: Any, drawn: dict[str, str]) -> set[str]:
        """Pictures at their placeholders."""
        put: set[str] = set()
        for paragraph in list(root.iter(qn("w:p"))):
            said = text_of(paragraph).strip().strip("{} ").lower()
            name = covering.PICTURES.get(said, "") if "{{" in text_of(paragraph) else ""
            if name:
                for made in elements(drawn[name]):
                    paragraph.addprevious(made)
                covering.set_text(paragraph, "")
                put.add(name)
        return put

    def _unplaced(self, pen: Pen, put: set[str], details: dict[str, str], drawn: dict[str, str]) -> str:
        """What the template's cover had no place for, as paragraphs of our own."""
        document = self.ready.document
        made = [drawn[name] for name in ("logotypes",) if name not in put and drawn.get(name)]
        if "title" not in put:
            made.append(pen.paragraph("Title", plain(document.title), "furniture/title"))
        if "subtitle" not in put and document.subtitle:
            made.append(pen.paragraph("Subtitle", plain(document.subtitle), "furniture/subtitle"))
        if "motto" not in put and document.motto:
            made.append(pen.paragraph("Motto", document.motto, "furniture/motto"))
        made += [drawn["picture"]] if "picture" not in put and drawn.get("picture") else []
        there = {details[name] for name in put if name in details}
        for n, line in enumerate(document.cover, 1):
            if words_of(line) not in there:
                made.append(pen.paragraph("Cover", line, f"furniture/cover/{n}"))
        if document.notice:
            made.append(pen.paragraph("Notice", document.notice, "furniture/notice"))
        return "".join(made)

    def _where(self, kept: list[Any]) -> int:
        """After the title and what follows it in the style of a subtitle; else before what ends the cover."""
        told = {self.found("Title"), self.found("Subtitle")} - {""}
        titles = [n for n, element in enumerate(kept) if any(style_of(p) in told for p in element.iter(qn("w:p")))]
        if titles:
            return titles[-1] + 1
        last = kept[-1] if kept else None
        ends = last is not None and (last.find(f".//{qn('w:sectPr')}") is not None or not text_of(last).strip())
        return len(kept) - 1 if ends and not has_picture(last) else len(kept)

    # ---- the rest of the file

    def settings(self) -> None:
        settings = self.file.settings.element
        for name in _UNWANTED_SETTINGS:
            for one in settings.findall(qn(name)):
                settings.remove(one)
        if self.ready.contents:
            mark = parse_xml(f'<w:updateFields {nsdecls("w")} w:val="true"/>')
            later = next((one for one in settings if one.tag in _LATER_SETTINGS), None)
            settings.append(mark) if later is None else later.addprevious(mark)
        for language in self.template.sheet.root.iter(qn("w:lang")):
            language.set(qn("w:val"), self.locale)

    def finish(self) -> None:
        """Leave out what only the sample text used: its pictures, comments, and keys of an earlier report."""
        body = self.file.element
        used = {value for one in body.iter() for name, value in one.attrib.items() if name.startswith(_R)}
        relations = self.file.part.rels
        for id_, one in list(relations.items()):
            kind = one.reltype
            ours = one.reltype == RT.CUSTOM_XML and not one.is_external and is_keys_part(one.target_part)
            stale = ours and one.target_part is not self.keys_part
            if stale or "/comments" in kind or (kind.endswith(_MAY_GO) and id_ not in used):
                del relations[id_]

    def put_notes(self, notes: list[str]) -> None:
        """The footnotes beside those of the template's cover; the ones of its sample text go."""
        if self.notes_part is None:
            super().put_notes(notes)
            return
        root = parse_xml(self.notes_part.blob)
        kept = {one.get(qn("w:id")) for one in self.file.element.iter(qn("w:footnoteReference"))}
        for note in list(root):
            if note.get(qn("w:type")) is None and note.get(qn("w:id")) not in kept:
                root.remove(note)
        for note in parse_xml(f"<w:footnotes {NS}>{''.join(notes)}</w:footnotes>"):
            root.append(note)
        self.notes_part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _drawn(template: Template) -> Iterator[Any]:
    for root in (template.file.element, *template.furniture()):
        yield from root.iter(qn("wp:docPr"))


def _after_references(section: Any) -> int:
    return sum(1 for one in section if one.tag in (qn("w:headerReference"), qn("w:footerReference")))


def _clean(element: Any) -> None:
    """Take away comments' marks, and the bookmarks of a report that was made into a template."""
    for one in list(element.iter(*map(qn, _COMMENTS))):
        one.getparent().remove(one)
    ours = {
        one.get(qn("w:id")) for one in element.iter(qn("w:bookmarkStart")) if one.get(qn("w:name"), "").startswith("k_")
    }
    for one in list(element.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        if one.get(qn("w:id")) in ours:
            one.getparent().remove(one)


def _mark(pen: Pen, element: Any, key: str) -> None:
    """Put a kept paragraph, or the first one of a kept table, into a bookmark of its own."""
    paragraph = next(element.iter(qn("w:p")), None)
    if paragraph is None or element.tag not in (qn("w:p"), qn("w:tbl")):
        return
    start, end = (parse_xml(one.replace("/>", f" {nsdecls('w')}/>", 1)) for one in pen.bookmark(key))
    properties = paragraph.find(qn("w:pPr"))
    paragraph.insert(0 if properties is None else 1, start)
    paragraph.append(end)
