"""Looking into an uploaded Word template: a plain Word file that runs nothing, fetches nothing and carries no other
program's objects."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any, Final

from samplan.base.files.packages import CONTENT_TYPES, Package, opened
from samplan.domain.errors import Invalid

LARGEST_TEMPLATE: Final = 10_000_000
DOCUMENT: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TEMPLATE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SAFE_LINK: Final = re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE)
# Kinds of relationships that bring in what another program made or what Word opens beside the document.
_CARRIES: Final = frozenset({
    "oleObject", "control", "aFChunk", "subDocument", "frame", "mailMergeSource", "mailMergeHeaderSource",
    "mailMergeRecipientData", "recipientData", "wordVbaData", "keyMapCustomizations", "attachedToolbars",
})  # fmt: skip
# Fields that fetch a file or start a program when the document is opened or updated.
_FETCHES: Final = re.compile(
    r"^\s*(?:INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|DDEAUTO|DDE|LINK|DATABASE|RD|MACROBUTTON|AUTOTEXT|GLOSSARY)\b",
    re.IGNORECASE | re.MULTILINE,
)


def looked_into_template(content: bytes) -> bytes:
    """The template as a Word document (a .dotx becomes one), if it is one and does no harm.

    Raises Invalid at "file": those of `packages.opened`, "file_not_word", "file_attached" (another template is
    attached), "file_fetches" (a linked picture, a field that fetches), "file_carries" (embedded objects, controls).
    """
    if len(content) > LARGEST_TEMPLATE:
        raise Invalid("file_size", field="file", most=LARGEST_TEMPLATE // 1_000_000)
    package = opened(content)
    types = package.content_types()
    if not {DOCUMENT, TEMPLATE} & set(types.values()):
        raise Invalid("file_not_word", field="file")
    for name in package.parts:
        if name.endswith(".rels"):
            _demand_inside(package.xml(name))
        elif name.startswith("word/") and name.endswith(".xml"):
            _demand_no_fetching(package.xml(name))
    if any("oleObject" in words or "activeX" in words for words in types.values()):
        raise Invalid("file_carries", field="file")
    return content if DOCUMENT in types.values() else _as_document(package)


def _demand_inside(relationships: Any) -> None:
    """Nothing outside the file is pointed at but web pages and mail addresses, which wait for a person's click."""
    for one in relationships:
        kind = str(one.get("Type", "")).rsplit("/", 1)[-1]
        if kind in _CARRIES:
            raise Invalid("file_carries", field="file")
        if kind == "attachedTemplate":
            raise Invalid("file_attached", field="file")
        if one.get("TargetMode", "").lower() != "external":
            continue
        if kind != "hyperlink" or not _SAFE_LINK.match(str(one.get("Target", "")).strip()):
            raise Invalid("file_fetches", field="file")


def _demand_no_fetching(part: Any) -> None:
    pieces: list[str] = []
    for element in part.iter(f"{_W}instrText", f"{_W}fldChar", f"{_W}fldSimple"):
        if element.tag == f"{_W}instrText":
            pieces.append(element.text or "")
        else:
            pieces.append("\n" + element.get(f"{_W}instr", ""))
    if _FETCHES.search("".join(pieces)):
        raise Invalid("file_fetches", field="file")
    if next(part.iter(f"{_W}altChunk", f"{_W}subDoc", f"{_W}control"), None) is not None:
        raise Invalid("file_carries", field="file")


def _as_document(package: Package) -> bytes:
    """A .dotx with the content type of a document, which is all that sets them apart."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in package.parts.items():
            told = part.replace(TEMPLATE.encode(), DOCUMENT.encode()) if name == CONTENT_TYPES else part
            file.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), told)
    return made.getvalue()
