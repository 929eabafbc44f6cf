"""Looking into an uploaded picture: its kind by content, its size, and nothing in it that runs or reaches out."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from xml.etree import ElementTree

from samplan.domain.errors import Invalid

LARGEST_FILE = 5_000_000
LARGEST_SIDE = 8_000
_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = "{http://www.w3.org/2000/svg}"
_DRAWN = frozenset({
    "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title", "desc",
    "defs", "marker", "pattern", "linearGradient", "radialGradient", "stop", "clipPath",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Looked:
    """A picture that may be kept: its bytes and the ending of its kind (png, jpg, svg)."""

    content: bytes
    ending: str


def looked_into(content: bytes) -> Looked:
    """The picture, if it is one and does no harm. Raises Invalid("picture_kind"), ("picture_size"),
    ("picture_unsafe") at the field "picture"."""
    if len(content) > LARGEST_FILE:
        raise Invalid("picture_size", field="picture")
    if content.startswith((_PNG, b"\xff\xd8\xff")):
        width, height = sides(content)
        if not (0 < width <= LARGEST_SIDE and 0 < height <= LARGEST_SIDE):
            raise Invalid("picture_size", field="picture")
        return Looked(content, "png" if content.startswith(_PNG) else "jpg")
    if b"<svg" in content[:2000]:
        return Looked(_plain_svg(content), "svg")
    raise Invalid("picture_kind", field="picture")


def sides(content: bytes) -> tuple[int, int]:
    """Width and height in points of a PNG or JPEG, from its header. Raises Invalid("picture_kind")."""
    if content.startswith(_PNG) and len(content) > 33:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    at = 2
    while at + 9 < len(content):
        if content[at] != 0xFF:
            break
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
    raise Invalid("picture_kind", field="picture")


def _plain_svg(content: bytes) -> bytes:
    """A drawing of plain shapes and texts: no scripts, no styles, no links, no entities, nothing fetched."""
    if re.search(rb"<!(?:DOCTYPE|ENTITY)|<\?xml-stylesheet", content, re.IGNORECASE):
        raise Invalid("picture_unsafe", field="picture")
    try:
        root = ElementTree.fromstring(content)  # noqa: S314  # no entities: refused above
    except ElementTree.ParseError as error:
        raise Invalid("picture_kind", field="picture") from error
    for element in root.iter():
        name = str(element.tag)
        if not name.startswith(_SVG) or name.removeprefix(_SVG) not in _DRAWN:
            raise Invalid("picture_unsafe", field="picture")
        for attribute, value in element.attrib.items():
            reaches = re.search(r"url\((?!#)|(?:https?|data|javascript|file):", value, re.IGNORECASE)
            if attribute.lower().startswith("on") or attribute.endswith("href") or reaches:
                raise Invalid("picture_unsafe", field="picture")
    return content
