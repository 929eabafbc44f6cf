"""Office files are zip archives of XML: opened with limits, parsed without entities, nothing outside ever fetched."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from lxml import etree  # type: ignore[import-untyped]

from samplan.edges.imports.errors import Unreadable

LARGEST_UNPACKED: Final = 300_000_000
"""Bytes that all parts may say they unpack to, pictures included."""
LARGEST_PART: Final = 60_000_000
"""Bytes of one part of XML; a plan of 300 pages is some five million."""
MOST_PARTS: Final = 10_000

_RELATIONS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# The strict variety of the standard has names of its own for the same elements.
_STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/", b"http://schemas.openxmlformats.org/wordprocessingml/2006/"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/", b"http://schemas.openxmlformats.org/spreadsheetml/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)


@dataclass(frozen=True, slots=True)
class Relation:
    """`kind`: the last word of its type ("hyperlink"). `target`: a part's name, or an address when `external`."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of a zip archive. Raises Unreadable "broken", "encrypted" or "unpacked_too_large", here and in `read`.

    `names`: of all parts. `main_part`: of the one that the package says it is about; "" where it says nothing.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, zlib.error, RecursionError) as error:
            raise Unreadable("broken", kind="zip") from error
        if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
            raise Unreadable("unpacked_too_large", limit=LARGEST_UNPACKED)
        if any(entry.flag_bits & 1 for entry in entries):
            raise Unreadable("encrypted")
        # Some writers put backslashes or a leading slash; the first of two of the same name is what others read.
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            self._entries.setdefault(entry.filename.replace("\\", "/").lstrip("/"), entry)
        self._by_lower = {name.lower(): name for name in self._entries}
        self.names = frozenset(self._entries)
        start = next((r for r in self.relations("").values() if r.kind == "officeDocument" and not r.external), None)
        self.main_part = start.target if start else ""

    def has(self, name: str) -> bool:
        """Whether there is such a part; names do not differ by case alone."""
        return name.lower() in self._by_lower

    def read(self, name: str, largest: int = LARGEST_PART) -> bytes:
        """A part's bytes, never more than `largest`, whatever the directory says."""
        entry = self._entries[self._by_lower[name.lower()]]
        if entry.file_size > largest:
            raise Unreadable("unpacked_too_large", limit=largest)
        try:
            with self._zip.open(entry) as part:
                data = part.read(largest + 1)
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, zlib.error) as error:
            raise Unreadable("broken", kind="zip") from error
        except RuntimeError as error:  # what the library says of a password
            raise Unreadable("encrypted") from error
        if len(data) > largest:
            raise Unreadable("unpacked_too_large", limit=largest)
        return data

    def xml(self, name: str) -> Any:
        """A part's root element. Raises Unreadable "broken" or "unsafe"."""
        return parse(self.part(name))

    def part(self, name: str) -> bytes:
        """A part's XML, its names those of the usual variety of the standard."""
        data = self.read(name)
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        return data

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part refers to, by id; empty where it says nothing. "" is the package itself."""
        folder, name = posixpath.split(part)
        file = f"{folder}/_rels/{name}.rels".lstrip("/")
        if not self.has(file):
            return {}
        found = {}
        for element in self.xml(file).iter(_RELATIONS):
            external = element.get("TargetMode", "") == "External"
            target = element.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = element.get("Type", "").rsplit("/", 1)[-1]
            found[element.get("Id", "")] = Relation(kind, target, external)
        return found


def memory_error(error: Exception) -> None:
    """Raises MemoryError where that is what the library means by a syntax error."""
    if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
        raise MemoryError from error


def parse(data: bytes) -> Any:
    """The root element of XML from a stranger: no entities, no document type, no network, limits on depth left on."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, remove_comments=True,
        remove_pis=True, huge_tree=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        memory_error(error)
        raise Unreadable("broken", kind="xml") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("unsafe")
    return root
