"""Looking into an uploaded office file: a zip of parts that may be anything until it has been read.

Word, Excel, PowerPoint and OpenDocument keep a document as XML parts in a zip. Nothing is written to disk, no name in
it is followed, and no part is parsed before it is known to declare no entities.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from zlib import error as ZlibError

from lxml import etree  # type: ignore[import-untyped]

from samplan.domain.errors import Invalid

LARGEST_FILE: Final = 20_000_000
LARGEST_UNPACKED: Final = 120_000_000
MOST_PARTS: Final = 2_000
CONTENT_TYPES: Final = "[Content_Types].xml"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_XML: Final = (".xml", ".rels", ".vml", ".rdf")
_DECLARES: Final = re.compile(r"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)
_ENCODING: Final = re.compile(r"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_MACROS: Final = re.compile(r"vbaproject|vbadata|macroenabled|macrosheet|activex", re.IGNORECASE)
_OPEN_DOCUMENT_MACROS: Final = ("Basic/", "Scripts/")


@dataclass(frozen=True, slots=True)
class Package:
    """An office file whose every part has been read once and whose XML declares nothing: its parts by name."""

    parts: dict[str, bytes]
    field: str

    def xml(self, name: str) -> Any:
        """The root of an XML part. Raises Invalid("file_broken") when it is not well-formed or not there."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(self.parts[name], parser)
        except (KeyError, etree.XMLSyntaxError, ValueError) as error:
            raise Invalid("file_broken", field=self.field) from error

    def content_types(self) -> dict[str, str]:
        """Part name → content type, and ".ending" → the type of its ending; {} for a file without such a list."""
        if CONTENT_TYPES not in self.parts:
            return {}
        found: dict[str, str] = {}
        for entry in self.xml(CONTENT_TYPES):
            name = entry.get("PartName", "").lstrip("/") or f".{entry.get('Extension', '')}"
            found[name] = entry.get("ContentType", "")
        return found


def opened(content: bytes, *, field: str = "file") -> Package:
    """The parts of an office file, when it may be opened at all.

    Raises Invalid at `field`: "file_size" (too large packed or unpacked, or too many parts), "file_encrypted",
    "file_old" (a format from before 2007), "file_kind" (no office file), "file_macros", "file_entities", "file_broken".
    """
    if len(content) > LARGEST_FILE:
        raise Invalid("file_size", field=field, most=LARGEST_FILE // 1_000_000)
    if content.startswith(_OLE):
        raise Invalid("file_encrypted" if _OLE_ENCRYPTED in content else "file_old", field=field)
    if not content.startswith(b"PK\x03\x04"):
        raise Invalid("file_kind", field=field)
    try:
        package = Package(_parts(content, field), field)
    except (zipfile.BadZipFile, ZlibError, EOFError, NotImplementedError, ValueError) as error:
        raise Invalid("file_broken", field=field) from error
    for name, part in package.parts.items():
        if name.lower().endswith(_XML):
            _demand_plain(part, field)
    told = [*package.parts, *package.content_types().values()]
    if any(_MACROS.search(words) or words.startswith(_OPEN_DOCUMENT_MACROS) for words in told):
        raise Invalid("file_macros", field=field)
    return package


def _parts(content: bytes, field: str) -> dict[str, bytes]:
    """Every part, read to its end; none is longer than the zip's list of contents says."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        listed = package.infolist()
        if len(listed) > MOST_PARTS or sum(one.file_size for one in listed) > LARGEST_UNPACKED:
            raise Invalid("file_size", field=field, most=LARGEST_FILE // 1_000_000)
        parts: dict[str, bytes] = {}
        for one in listed:
            if one.flag_bits & 0x1:
                raise Invalid("file_encrypted", field=field)
            steps = one.filename.split("/")
            if one.filename in parts or ".." in steps or one.filename.startswith("/") or "\\" in one.filename:
                raise Invalid("file_broken", field=field)
            if not one.is_dir():
                parts[one.filename] = package.read(one)
    return parts


def _demand_plain(part: bytes, field: str) -> None:
    """The part's text declares no document type and no entities, and says honestly how it is encoded."""
    utf16 = part.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = part.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("file_broken", field=field) from error
    said = _ENCODING.match(text)
    known = {"utf-16", "utf-16le", "utf-16be"} if utf16 else {"utf-8", "us-ascii"}
    if "\x00" in text or (said and said[1].lower() not in known):
        raise Invalid("file_broken", field=field)
    if _DECLARES.search(text):
        raise Invalid("file_entities", field=field)
