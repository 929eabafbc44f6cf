"""The empty Word file that every report starts from: styles, numbering, fonts and settings, built once per process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any, Final

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

NS: Final = nsdecls("w")
BULLETS: Final = 1
DEEPEST_LIST: Final = 8
_INK: Final = "17242C"
QUIET: Final = "51585A"
_KRAPP: Final = "B3264A"
_TEXT: Final = "Inter"
_HEAD: Final = "Familjen Grotesk"
# Named in the file's font table, so that a machine without our fonts takes a near relation.
_FALLBACKS: Final = {_TEXT: "Segoe UI,Calibri,Arial", _HEAD: "Segoe UI Semibold,Calibri,Arial"}


_APPLICATION: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Samplan</Application></Properties>"
)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style; sizes and spaces in points, indents in millimetres, `level` the outline level from 1."""

    id: str
    name: str
    size: float = 10
    font: str = _TEXT
    bold: bool = False
    color: str = _INK
    before: float = 0
    after: float = 7
    line: float = 1.3
    level: int = 0
    indent: float = 0
    follows: str = ""
    keep: bool = False
    page: bool = False
    extra: str = ""


_RIGHT_TAB: Final = '<w:tabs><w:tab w:val="right" w:pos="8504"/></w:tabs>'
_LEFT_LINE: Final = '<w:pBdr><w:left w:val="single" w:sz="12" w:space="8" w:color="{}"/></w:pBdr>'
STYLES: Final = (
    Style("Normal", "Normal"),
    Style("Title", "Title", 34, _HEAD, True, after=12, line=1.05),
    Style("ShortTitle", "Short Title", 24, _HEAD, True, after=8, line=1.05),
    Style("Subtitle", "Subtitle", 15, _HEAD, before=6, after=24, line=1.2),
    Style("Motto", "Motto", 13, _HEAD, after=18, line=1.25),
    Style("Cover", "Cover", after=3),
    Style("CoverPicture", "Cover Picture", before=20, after=18, line=1),
    Style("Notice", "Notice", 9, color=QUIET, before=6, after=18),
    Style("Heading1", "heading 1", 20, _HEAD, True, after=14, line=1.1, level=1, keep=True, page=True),
    Style("Heading2", "heading 2", 14.5, _HEAD, True, before=20, after=8, line=1.15, level=2, keep=True),
    Style("Heading3", "heading 3", 11.5, _HEAD, True, before=16, after=6, line=1.2, level=3, keep=True),
    Style("Heading4", "heading 4", 10.5, _HEAD, True, before=13, after=5, line=1.2, level=4, keep=True),
    Style("Heading5", "heading 5", 10, _HEAD, True, before=12, after=4, line=1.2, level=5, keep=True),
    Style("Heading6", "heading 6", 10, _HEAD, True, QUIET, before=12, after=4, line=1.2, level=6, keep=True),
    Style("Lead", "Lead", 12, after=9),
    Style("Label", "Label", bold=True, before=4, after=3, keep=True),
    Style("Fact", "Fact", after=4),
    Style("Note", "Note", 8, color=QUIET, after=7),
    Style("Quote", "Quote", indent=5, extra=_LEFT_LINE.format("9DB6C5")),
    Style(
        "Warning",
        "Warning",
        before=4,
        indent=5,
        extra=_LEFT_LINE.format("8A6414") + '<w:shd w:val="clear" w:color="auto" w:fill="FBF0D6"/>',
    ),
    Style("ListBullet", "List Bullet", after=4),
    Style("ListNumber", "List Number", after=4),
    Style("ListContinue", "List Continue", after=4, indent=6),
    Style("Caption", "caption", 8, color=QUIET, before=12, after=5, keep=True),
    Style("TableText", "Table Text", 9, after=0, line=1.15),
    Style("TableNote", "Table Note", 7.5, color=QUIET, before=5, after=14),
    Style("Gap", "Gap", 4, after=0, line=1),
    Style("TOCHeading", "TOC Heading", 20, _HEAD, True, after=12, line=1.1, keep=True),
    Style("TOC1", "toc 1", bold=True, before=6, after=1, line=1.15, extra=_RIGHT_TAB),
    Style("TOC2", "toc 2", after=1, line=1.15, indent=5, extra=_RIGHT_TAB),
    Style("TOC3", "toc 3", 9, after=1, line=1.15, indent=10, extra=_RIGHT_TAB),
    Style("Header", "header", 7.5, color=QUIET, after=0, extra=_RIGHT_TAB),
    Style("Footer", "footer", 7.5, color=QUIET, after=0, extra=_RIGHT_TAB),
    Style("FootnoteText", "footnote text", 8, after=2, line=1.15),
)
_CHARACTER_STYLES: Final = f"""
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
<w:name w:val="Default Paragraph Font"/></w:style>
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="1F5476"/>
<w:u w:val="single"/></w:rPr></w:style>
<w:style w:type="character" w:customStyle="1" w:styleId="MadeUp"><w:name w:val="Made Up"/><w:rPr>
<w:color w:val="{_KRAPP}"/><w:vertAlign w:val="superscript"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr>
<w:vertAlign w:val="superscript"/></w:rPr></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>
<w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>
<w:style w:type="table" w:customStyle="1" w:styleId="Lines"><w:name w:val="Lines"/><w:basedOn w:val="TableNormal"/>
<w:tblPr><w:tblBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="868880"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="868880"/></w:tblBorders>
<w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="50" w:type="dxa"/>
<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"""


@cache
def base(language: str) -> bytes:
    """The base file for texts in `language` ("sv-SE")."""
    document = docx.Document()
    styles = document.styles.element
    for child in list(styles):
        styles.remove(child)
    for child in parse_xml(_styles(language)):
        styles.append(child)
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    for child in parse_xml(_numbering()):
        numbering.append(child)
    _own_settings(document.settings.element)
    package = document.part.package
    for part in package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = _font_table().encode()
        elif part.partname == "/docProps/app.xml":
            part._blob = _APPLICATION
    for name, relation in list(package.rels.items()):
        if relation.reltype == RT.THUMBNAIL:
            package.rels.pop(name)
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _own_settings(settings: Any) -> None:
    """Today's Word, not its compatibility mode; nothing left of the file that the library starts from."""
    for name in ("w:zoom", "w:proofState", "w:savePreviewPicture", "w:rsids"):
        found = settings.find(qn(name))
        if found is not None:
            settings.remove(found)
    settings.insert(0, parse_xml(f'<w:zoom {NS} w:percent="100"/>'))
    compat = settings.find(qn("w:compat"))
    layout = compat.find(qn("w:useFELayout"))
    if layout is not None:
        compat.remove(layout)
    for setting in compat:
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    settings.find(qn("w:themeFontLang")).attrib.pop(qn("w:eastAsia"), None)
    settings.find(qn("w:decimalSymbol")).set(qn("w:val"), ",")
    settings.find(qn("w:listSeparator")).set(qn("w:val"), ";")


def ordered_list(number: int, start: int) -> str:
    """A numbered list of its own that counts from `start`."""
    return (
        f'<w:num {NS} w:numId="{number}"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0">'
        f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
    )


def _font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="{name}" w:eastAsia="{name}"/>'


def _styles(language: str) -> str:
    made = "".join(_style(style) for style in STYLES)
    return f"""<w:styles {NS}><w:docDefaults><w:rPrDefault><w:rPr>{_font(_TEXT)}<w:color w:val="{_INK}"/>
<w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/></w:rPr>
</w:rPrDefault><w:pPrDefault/></w:docDefaults>{made}{_CHARACTER_STYLES}</w:styles>"""


def _style(style: Style) -> str:
    known = style.name[0].islower() or style.id in ("Normal", "Title", "Subtitle", "Quote", "TOCHeading")
    keep = "<w:keepNext/><w:keepLines/>" if style.keep else ""
    page = "<w:pageBreakBefore/>" if style.page else ""
    whole = "<w:suppressAutoHyphens/>" if style.font == _HEAD else ""
    indent = f'<w:ind w:left="{round(style.indent * 56.7)}"/>' if style.indent else ""
    borders = style.extra if style.extra.startswith("<w:pBdr") else ""
    tabs = style.extra if style.extra.startswith("<w:tabs") else ""
    level = f'<w:outlineLvl w:val="{style.level - 1}"/>' if style.level else ""
    follows = "Normal" if style.level or style.id in ("Title", "Subtitle") else style.id
    first = ' w:default="1"' if style.id == "Normal" else "" if known else ' w:customStyle="1"'
    based = "" if style.id == "Normal" else '<w:basedOn w:val="Normal"/>'
    size = round(style.size * 2)
    return (
        f'<w:style w:type="paragraph"{first} w:styleId="{style.id}"><w:name w:val="{style.name}"/>{based}'
        f'<w:next w:val="{follows}"/><w:qFormat/><w:pPr>{keep}{page}{borders}{tabs}{whole}'
        f'<w:spacing w:before="{round(style.before * 20)}" w:after="{round(style.after * 20)}" '
        f'w:line="{round(style.line * 240)}" w:lineRule="auto"/>{indent}{level}</w:pPr>'
        f"<w:rPr>{_font(style.font)}{'<w:b/><w:bCs/>' if style.bold else ''}"
        f'<w:color w:val="{style.color}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def numbering_levels(kind: str) -> str:
    """The levels of our lists: bullet or decimal."""
    return "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{("•", "–")[n % 2] if kind == "bullet" else f"%{n + 1}."}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{340 * (n + 1)}" w:hanging="340"/></w:pPr></w:lvl>'
        for n in range(DEEPEST_LIST + 1)
    )


def _numbering() -> str:
    return (
        f'<w:numbering {NS}><w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>'
        f'{numbering_levels("bullet")}</w:abstractNum><w:abstractNum w:abstractNumId="2">'
        f'<w:multiLevelType w:val="multilevel"/>{numbering_levels("decimal")}</w:abstractNum>'
        f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )


def _font_table() -> str:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:family w:val="swiss"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for name, others in _FALLBACKS.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {NS}>{fonts}</w:fonts>'
