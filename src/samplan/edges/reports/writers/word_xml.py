"""Small pieces of WordprocessingML: characters, fields, sections and pictures."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import resvg_py

from samplan.edges.reports.writers.pdf import FONTS

DXA_PER_MM: Final = 56.7
_PIECES: Final = re.compile(r"(\n|\t)")
# A drawing of nothing but one photograph.
_PHOTOGRAPH: Final = re.compile(
    r'<svg [^>]*><image [^>]*href="data:image/(?:png|jpeg);base64,([A-Za-z0-9+/=]+)"\s*/></svg>$'
)
FIELD_END: Final = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def field(instruction: str) -> str:
    """The start of a field; what it shows until it is updated follows, then `FIELD_END`."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def characters(text: str) -> str:
    """The text inside a run; line breaks and tabs as Word's own."""
    if "\n" not in text and "\t" not in text:
        return f'<w:t xml:space="preserve">{escape(text)}</w:t>' if text else ""
    marks = {"\n": "<w:br/>", "\t": "<w:tab/>"}
    return "".join(
        marks.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in _PIECES.split(text) if piece
    )


def png(svg: str) -> bytes:
    """The picture at double size on white, a photograph as the file it came as; empty if it cannot be drawn."""
    if photograph := _PHOTOGRAPH.match(svg):
        return b64decode(photograph[1])
    own = FONTS.is_dir()
    try:
        return resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=2,
            background="#ffffff",
            skip_system_fonts=own,
            font_dirs=[str(FONTS)] if own else None,
            sans_serif_family="Inter" if own else None,
        )
    except ValueError:
        return b""


def section(refs: str, paper: tuple[float, float] = (210.0, 297.0)) -> str:
    """The end of a section on `paper` (width and height in mm) with the head and foot that `refs` name."""
    wide, high = (round(mm * DXA_PER_MM) for mm in paper)
    orient = ' w:orient="landscape"' if wide > high else ""
    return (
        f'<w:sectPr>{refs}<w:type w:val="nextPage"/><w:pgSz w:w="{wide}" w:h="{high}"{orient}/>'
        '<w:pgMar w:top="1644" w:right="1361" w:bottom="1474" w:left="2041" w:header="794" w:footer="680" '
        'w:gutter="0"/></w:sectPr>'
    )


def picture(number: int, name: str, alt: str, relation: str, wide: int, high: int) -> str:
    """A run that shows the picture behind `relation`, `wide` × `high` in EMU, with its alternative text."""
    props = f'id="{number}" name={quoteattr(name)} descr={quoteattr(alt)}'
    size = f'cx="{wide}" cy="{high}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f"<wp:docPr {props}/><wp:cNvGraphicFramePr>"
        '<a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f"<pic:cNvPr {props}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
        f'<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
