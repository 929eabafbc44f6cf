"""Word templates as counties have them, made for tests: by python-docx as Word writes them, and by LibreOffice."""

from __future__ import annotations

import base64
import shutil
import subprocess
import tempfile
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

from tests.apps.test_plan_rows import png

SOFFICE = shutil.which("soffice")
W = nsdecls("w")
INK = RGBColor(0x7A, 0x1F, 0x3D)
COVER_PICTURE = png(60, 30)


def saved(file: Any) -> bytes:
    made = BytesIO()
    file.save(made)
    return made.getvalue()


def field(instruction: str, shown: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def add(file: Any, xml: str) -> None:
    """A piece of WordprocessingML last in the text."""
    body = file.element.body
    for child in parse_xml(f"<w:body {nsdecls('w', 'r', 'wp', 'a', 'pic')}>{xml}</w:body>"):
        body[-1].addprevious(child)


def paragraph(style: str, text: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r>{more}</w:p>'


def styled(file: Any, id_: str, name: str, *, level: int = 0, size: float = 11, after: str = "") -> Any:
    """A paragraph style of the county's own."""
    style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), id_)
    style.font.size, style.font.color.rgb = Pt(size), INK
    if level:
        style.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {W} w:val="{level - 1}"/>'))
    if after:
        style.element.find(qn("w:name")).addnext(parse_xml(f'<w:next {W} w:val="{after}"/>'))
    return style


def bare() -> Any:
    """A file with hardly any styles, as the county's own are all that it has."""
    file = docx.Document()
    for style in list(file.styles.element.iter(qn("w:style"))):
        if style.get(qn("w:styleId")) not in {"Normal", "DefaultParagraphFont", "TableNormal"}:
            file.styles.element.remove(style)
    return file


def swedish() -> bytes:
    """As Word writes in Swedish, with names of the county's own: cover with title, picture and section break, contents
    field, sample text, numbered headings, head and foot, and a landscape appendix."""
    file = bare()
    styled(file, "Brdtext", "Brödtext", size=12)
    styled(file, "Rubrik1", "heading 1", level=1, size=24, after="Brdtext")
    styled(file, "Lnsrubrik2", "Länets mellanrubrik", level=2, size=16)
    styled(file, "Rubrik3", "Rubrik 3", level=3, size=13)
    styled(file, "Rubrik", "Titel", size=32)
    styled(file, "Underrubrik", "Underrubrik", size=16)
    styled(file, "Innehllsrubrik", "TOC Heading", size=18)
    styled(file, "Innehll1", "toc 1")
    styled(file, "Punktlista", "Punktlista")
    _numbered_headings(file)
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(35)
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = "Region Exempel, {{titel}}"
    section.footer.is_linked_to_previous = False
    foot = section.footer._element
    for child in list(foot):
        foot.remove(child)
    foot.append(parse_xml(f"<w:p {W}><w:r><w:t>Sida </w:t></w:r>{field('PAGE', '1')}</w:p>"))
    add(file, paragraph("Rubrik", "Mallens titel") + paragraph("Underrubrik", "Mallens underrubrik"))
    file.add_picture(BytesIO(COVER_PICTURE), width=Mm(120))
    add(file, paragraph("Brdtext", "Diarienummer: {{diarienummer}}"))
    properties = section._sectPr
    cover_end = f"<w:p><w:pPr>{etree.tostring(properties, encoding='unicode')}</w:pPr></w:p>"
    add(file, cover_end)
    properties.find(qn("w:titlePg")).getparent().remove(properties.find(qn("w:titlePg")))
    add(file, paragraph("Innehllsrubrik", "Innehåll"))
    listed = field(r'TOC \o "1-2" \h \z', "Exempelkapitel 3")
    add(file, f'<w:p><w:pPr><w:pStyle w:val="Innehll1"/></w:pPr>{listed}</w:p>')
    add(file, paragraph("Rubrik1", "Exempelkapitel") + paragraph("Brdtext", "Exempeltext som ska bort."))
    add(file, paragraph("Lnsrubrik2", "Exempelavsnitt") + paragraph("Rubrik3", "Exempel tre"))
    appendix = file.add_section()
    appendix.orientation, (appendix.page_width, appendix.page_height) = WD_ORIENT.LANDSCAPE, (
        appendix.page_height, appendix.page_width,
    )  # fmt: skip
    add(file, paragraph("Rubrik1", "Exempelbilaga"))
    return saved(file)


def _numbered_headings(file: Any) -> None:
    """The template numbers its first level of headings itself."""
    root = file.part.numbering_part.element
    root.insert(0, parse_xml(
        f'<w:abstractNum {W} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/>'
        '<w:lvlText w:val="Kapitel %1"/></w:lvl></w:abstractNum>'
    ))  # fmt: skip
    root.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    heading = next(s for s in file.styles.element if s.get(qn("w:styleId")) == "Rubrik1")
    heading.find(qn("w:pPr")).insert(0, parse_xml(f'<w:numPr {W}><w:numId w:val="77"/></w:numPr>'))


def plain_styles() -> bytes:
    """Only styles, paper and lists: no cover, no contents list, no head, no foot."""
    file = docx.Document()
    file.styles["Normal"].font.size = Pt(12)
    file.sections[0].page_width, file.sections[0].page_height = Mm(176), Mm(250)
    file.sections[0].left_margin = file.sections[0].right_margin = Mm(20)
    return saved(file)


def with_placeholders() -> bytes:
    """A cover of placeholders with a comment, ended by a page break; a head with a field that shows the title."""
    file = docx.Document()
    add(
        file, paragraph("Normal", "{{titel}}") + paragraph("Normal", "{{motto}}") + paragraph("Normal", "{{logotyper}}")
    )
    add(file, paragraph("Normal", "{{omslagsbild}}") + paragraph("Normal", "{{ägare}} {{datum}} {{okänt}}"))
    file.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    file.add_heading("Exempelkapitel", 1)
    file.add_paragraph("Exempeltext som ska bort.")
    head = file.sections[0].header
    head.is_linked_to_previous = False
    head._element.append(parse_xml(f"<w:p {W}>{field('TITLE', 'Mallens titel')}</w:p>"))
    file.add_comment(file.paragraphs[0].runs, text="En anteckning till kollegan", author="Någon")
    return saved(file)


FODT = Path(__file__).with_name("word_template.fodt")


@cache
def from_libreoffice() -> bytes:
    """The template that is written by hand as flat OpenDocument, made a Word file by LibreOffice."""
    picture = base64.b64encode(COVER_PICTURE).decode()
    with tempfile.TemporaryDirectory(prefix="samplan-word-") as name:
        source = Path(name) / "mall.fodt"
        source.write_text(FODT.read_text(encoding="utf-8").replace("COVER-PICTURE", picture), encoding="utf-8")
        return convert([source], "docx:MS Word 2007 XML")[0].read_bytes()


def convert(sources: list[Path], to: str) -> list[Path]:
    """Documents of one folder made another kind by LibreOffice, beside them, with settings of nobody's."""
    assert SOFFICE
    folder = sources[0].parent
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    names = [str(source) for source in sources]
    subprocess.run(
        [SOFFICE, "--headless", profile, "--convert-to", to, "--outdir", str(folder), *names],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return [source.with_suffix(f".{to.partition(':')[0]}") for source in sources]
