"""Looking into a file that somebody keeps beside a plan: its kind by content, whatever it is called."""

from __future__ import annotations

import unicodedata
from typing import Final

from samplan.base.files.packages import LARGEST_FILE, opened
from samplan.base.files.pictures import looked_into
from samplan.base.files.word import DOCUMENT, TEMPLATE
from samplan.domain.errors import Invalid
from samplan.domain.privacy import find_personal_numbers

_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_BY_TYPE: Final = {
    DOCUMENT: "docx",
    TEMPLATE: "dotx",
    f"{_OFFICE}spreadsheetml.sheet.main+xml": "xlsx",
    f"{_OFFICE}presentationml.presentation.main+xml": "pptx",
}
_BY_MIMETYPE: Final = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_PICTURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_TEXTS: Final = frozenset({"txt", "csv", "md"})
_SPACE: Final = frozenset("\t\n\r\f")


def kind_of(content: bytes, name: str) -> str:
    """The ending of the file's kind: pdf, docx, dotx, xlsx, pptx, odt, ods, odp, png, jpg, svg, txt, csv or md.

    `name` only tells texts apart. Raises Invalid at "file": those of `packages.opened`, "file_kind",
    "personal_number" (in a text), and those of `pictures.looked_into`.
    """
    if not content:
        raise Invalid("file_kind", field="file")
    if len(content) > LARGEST_FILE:
        raise Invalid("file_size", field="file", most=LARGEST_FILE // 1_000_000)
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(_PICTURES) or b"<svg" in content[:2000]:
        return _picture(content)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _office(content)
    return _text(content, name)


def _picture(content: bytes) -> str:
    try:
        return looked_into(content).ending
    except Invalid as error:
        raise Invalid(error.code, field="file") from error


def _office(content: bytes) -> str:
    package = opened(content)
    by_type = [_BY_TYPE[words] for words in package.content_types().values() if words in _BY_TYPE]
    found = by_type[0] if by_type else _BY_MIMETYPE.get(package.parts.get("mimetype", b"").strip())
    if found is None:
        raise Invalid("file_kind", field="file")
    return found


def _text(content: bytes, name: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("file_kind", field="file") from error
    if any(unicodedata.category(sign) == "Cc" and sign not in _SPACE for sign in text):
        raise Invalid("file_kind", field="file")
    if find_personal_numbers(text):
        raise Invalid("personal_number", field="file")
    ending = name.rsplit(".", 1)[-1].lower()
    return ending if ending in _TEXTS else "txt"
