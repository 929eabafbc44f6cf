"""Word files from raw XML, for what no library writes: boxes, notes, marked changes, fields, odd tables.

`word(body)` packs a body (and notes, styles, numbering ...) into a file; `p`, `r`, `table` write common elements.
The texts are trusted: what is handed in is XML.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_ROOTS = {"footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments", "header": "hdr", "footer": "ftr",
          "styles": "styles", "numbering": "numbering"}  # fmt: skip


def t(text: str) -> str:
    return f'<w:t xml:space="preserve">{text}</w:t>'


def r(text: str, look: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{t(text)}</w:r>"


def p(*content: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs; bare words are made runs."""
    chosen = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = "".join(part if part.startswith("<") else r(part) for part in content)
    return f"<w:p><w:pPr>{chosen}{properties}</w:pPr>{runs}</w:p>"


def cell(content: str, *, span: int = 1, merge: str = "") -> str:
    """A cell. `merge`: "restart" begins one that goes down, "continue" is covered by it."""
    looks = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    looks += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{looks}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, head: bool = False) -> str:
    inner = "".join(one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if head else ''}{inner}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def box(content: str) -> str:
    """A run with a text box, and its copy for older programs."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
        "<a:graphic><a:graphicData><wps:wsp>"
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox>"
        "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def control(content: str, properties: str = "") -> str:
    """A content control around runs, paragraphs, rows or cells."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def begin(code: str) -> str:
    """The beginning of a field in the long form, up to what it shows."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def field(code: str, result: str) -> str:
    """A field in the long form: its code, and the runs that it shows."""
    return begin(code) + result + END


def style(identity: str, name: str, properties: str = "", letters: str = "", based: str = "") -> str:
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name}"/>{base}'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def level(n: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def word(body: str, links: dict[str, str] | None = None, extra: dict[str, bytes] | None = None, **parts: str) -> bytes:
    """A file. `parts`: the inner XML of footnotes, endnotes, comments, header, footer, styles, numbering. `links`:
    addresses by relation id. `extra`: further entries of the archive."""
    types = f'<Override PartName="/word/document.xml" ContentType="{_TYPE}document.main+xml"/>'
    relations = ""
    files = {"word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"}
    for n, (name, inner) in enumerate(parts.items()):
        files[f"word/{name}.xml"] = f"<w:{_ROOTS[name]} {NAMESPACES}>{inner}</w:{_ROOTS[name]}>"
        types += f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}{name}+xml"/>'
        relations += f'<Relationship Id="part{n}" Type="{_RELATION}{name}" Target="{name}.xml"/>'
    for identity, target in (links or {}).items():
        relations += (
            f'<Relationship Id="{identity}" Type="{_RELATION}hyperlink" Target="{target}" TargetMode="External"/>'
        )
    package = "http://schemas.openxmlformats.org/package/2006/"
    files["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{package}relationships">{relations}</Relationships>'
    files["_rels/.rels"] = (
        f'<Relationships xmlns="{package}relationships"><Relationship Id="main" Type="{_RELATION}officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    files["[Content_Types].xml"] = (
        f'<Types xmlns="{package}content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
    )
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + text)
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return made.getvalue()


def texts_of(content: bytes) -> str:
    """Every `w:t` of a file in the order of its parts, found without a parser, white space left out."""
    order = ("document", "header", "footer", "footnotes", "endnotes", "comments")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = sorted(
            (name for name in archive.namelist() if re.fullmatch(r"word/[a-z]+[0-9]*\.xml", name)),
            key=lambda name: (next((n for n, part in enumerate(order) if name.startswith(f"word/{part}")), 99), name),
        )
        found = ""
        for name in names:
            text = archive.read(name).decode()
            found += "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", text))
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        found = found.replace(entity, character)
    return "".join(found.split())
