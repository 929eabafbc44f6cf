"""What kind of file it is, from its content: a PDF named `.docx` is a PDF."""

from __future__ import annotations

import re
from typing import Final

from samplan.domain.reading.source import SourceKind
from samplan.edges.imports.errors import Unreadable
from samplan.edges.imports.packages import Package

_ZIP: Final = b"PK\x03\x04"
_EMPTY_ZIP: Final = b"PK\x05\x06"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC: Final = {
    b"{\\rtf": "rtf",
    b"\x89PNG\r\n": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"II*\x00": "picture",
    b"MM\x00*": "picture",
    b"BM": "picture",
    b"%!PS": "postscript",
    b"7z\xbc\xaf\x27\x1c": "archive",
    b"Rar!": "archive",
    b"\x1f\x8b": "archive",
    b"MZ": "program",
    b"\x7fELF": "program",
}
_LETTERS: Final = (b"BM", b"MZ")
_MARKUP: Final = re.compile(rb"\s*(<\?xml|<!doctype|<html|<svg)", re.IGNORECASE)
_CONTROLS: Final = frozenset(range(32)) - frozenset(b"\t\n\r\f\v\x1b\x1a\x08\x07")
_MAIN_PARTS: Final[dict[str, SourceKind]] = {"word/": "docx", "xl/": "xlsx"}


def kind_of(content: bytes) -> SourceKind:
    """The kind that reads `content`. Raises Unreadable: "empty", "encrypted" (office files that ask for a password),
    "broken" (a zip without a directory), "unknown_kind" with `found` when it is recognised as something else."""
    if not content.strip(b"\x00 \t\r\n"):
        raise Unreadable("empty")
    # A PDF may have rubbish before its first line; readers accept the first kilobyte.
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith((_ZIP, _EMPTY_ZIP)):
        return _in_package(content)
    if content.startswith(_OLE):
        return _in_compound_file(content)
    found = next((name for magic, name in _MAGIC.items() if content.startswith(magic)), "")
    if not found and _MARKUP.match(content[:200].removeprefix(b"\xef\xbb\xbf")):
        found = "markup"
    # Two letters may also begin a text.
    if found and not (content.startswith(_LETTERS) and _is_text(content)):
        raise Unreadable("unknown_kind", found=found)
    if not _is_text(content):
        raise Unreadable("unknown_kind", found="")
    return "text"


def _in_package(content: bytes) -> SourceKind:
    package = Package(content)
    main = package.main_part
    for folder, kind in _MAIN_PARTS.items():
        if main.startswith(folder) or (not main and any(name.startswith(folder) for name in package.names)):
            if main.endswith(".bin"):
                raise Unreadable("unknown_kind", found="xlsb")
            return kind
    kinds = {"ppt/": "powerpoint", "content.xml": "opendocument", "META-INF/": "opendocument"}
    found = next((kind for start, kind in kinds.items() if any(name.startswith(start) for name in package.names)), "")
    raise Unreadable("unknown_kind", found=found or "archive")


def _in_compound_file(content: bytes) -> SourceKind:
    """Office files of before 2007, and newer ones behind a password: told by the names in their directory."""
    if _utf16("EncryptedPackage") in content:
        raise Unreadable("encrypted")
    old = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint Document": "powerpoint"}
    raise Unreadable("unknown_kind", found=next((kind for name, kind in old.items() if _utf16(name) in content), ""))


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _is_text(content: bytes) -> bool:
    """Whether it reads as text in UTF-8, UTF-16 with a mark, or Windows' Western European letters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return "\x00" not in content.decode("utf-16")
        except UnicodeDecodeError:
            return False
    beginning = content[:65536]
    return not _CONTROLS.intersection(beginning) and b"\x00" not in content
