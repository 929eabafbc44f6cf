"""What kind of file it is, from its content, and the limits of its unpacking."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from samplan.edges.imports import packages
from samplan.edges.imports.errors import Unreadable
from samplan.edges.imports.kinds import kind_of
from samplan.edges.imports.packages import Package, parse
from tests.reading.word_files import p, word

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


def archive(**entries: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries.items():
            file.writestr(name.replace("__", "/"), data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (word(p("Text")), "docx"),
        (archive(**{"word__document.xml": b"<x/>"}), "docx"),
        (archive(**{"xl__workbook.xml": b"<x/>"}), "xlsx"),
        (b"%PDF-1.7\n...", "pdf"),
        (b"\r\n\r\nskr\xe4p %PDF-1.4\n", "pdf"),
        ("Årsrapport\n".encode(), "text"),
        ("\ufeffÅrsrapport\n".encode(), "text"),
        ("Årsrapport\r\n\f".encode("cp1252"), "text"),
        ("Årsrapport".encode("utf-16"), "text"),
        ("BM i Luleå".encode("cp1252"), "text"),
    ],
)
def test_the_content_tells_the_kind(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    ("content", "code", "found"),
    [
        (b"", "empty", None),
        (b" \r\n\t\n", "empty", None),
        (OLE + "WordDocument".encode("utf-16-le"), "unknown_kind", "doc"),
        (OLE + "Workbook".encode("utf-16-le"), "unknown_kind", "xls"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted", None),
        (OLE, "unknown_kind", ""),
        (b"{\\rtf1 text}", "unknown_kind", "rtf"),
        (b"\x89PNG\r\n\x1a\n\0\0", "unknown_kind", "picture"),
        (b"\xff\xd8\xff\xe0\0", "unknown_kind", "picture"),
        (b"MZ\x90\0\x03", "unknown_kind", "program"),
        (b"  <!DOCTYPE html><p>x", "unknown_kind", "markup"),
        (b"<?xml version='1.0'?><x/>", "unknown_kind", "markup"),
        (b"text\0text", "unknown_kind", ""),
        (bytes(range(1, 32)) * 9, "unknown_kind", ""),
        (archive(**{"ppt__presentation.xml": b"<x/>"}), "unknown_kind", "powerpoint"),
        (
            archive(mimetype=b"application/vnd.oasis.opendocument.text", **{"content.xml": b"<x/>"}),
            "unknown_kind",
            "opendocument",
        ),
        (archive(**{"a.txt": b"text"}), "unknown_kind", "archive"),
        (archive(), "unknown_kind", "archive"),
        (word(p("Text"))[:-30], "broken", None),
        (b"PK\x03\x04rest", "broken", None),
    ],
)
def test_what_is_not_read_is_told_by_name(content: bytes, code: str, found: str | None) -> None:
    with pytest.raises(Unreadable) as caught:
        kind_of(content)
    assert (caught.value.code, caught.value.params.get("found")) == (code, found)


def lying(content: bytes, name: str, size: int) -> bytes:
    """The archive with another unpacked size for an entry, in its directory and before its data."""
    with zipfile.ZipFile(BytesIO(content)) as file:
        true = file.getinfo(name).file_size
    return content.replace(true.to_bytes(4, "little"), size.to_bytes(4, "little"))


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "LARGEST_UNPACKED", 1_000_000)
    with pytest.raises(Unreadable, match="unpacked_too_large"):
        Package(archive(a=b"\0" * 600_000, b=b"\0" * 600_000))
    with pytest.raises(Unreadable, match="unpacked_too_large"):
        Package(archive(a=b"\0" * 600_000)).read("a", largest=500_000)


def test_an_archive_that_lies_about_a_size_gives_no_more_than_it_says() -> None:
    content = lying(archive(a=b"\0" * 600_123), "a", 1_000)
    with pytest.raises(Unreadable, match="broken"):  # the sum at its end does not fit what was said
        Package(content).read("a", largest=500_000)


def test_a_password_is_told() -> None:
    content = bytearray(archive(a=b"text"))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    with pytest.raises(Unreadable, match="encrypted"):
        Package(bytes(content))


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (b"<!DOCTYPE x [<!ENTITY a 'aaa'><!ENTITY b '&a;&a;'>]><x>&b;</x>", "unsafe"),
        (b"<!DOCTYPE x SYSTEM 'file:///etc/passwd'><x/>", "unsafe"),
        ("<?xml version='1.0' encoding='utf-16'?><!DOCTYPE x><x/>".encode("utf-16"), "unsafe"),
        (b"<x>", "broken"),
        (b"<x>&what;</x>", "broken"),
        (b"", "broken"),
        (b"<x>" * 5000 + b"</x>" * 5000, "broken"),
        (b"<?xml version='1.0' encoding='nothing'?><x/>", "broken"),
    ],
)
def test_xml_from_a_stranger(xml: bytes, code: str) -> None:
    with pytest.raises(Unreadable, match=code):
        parse(xml)


def test_nothing_outside_is_a_part() -> None:
    package = Package(word(p("Text"), links={"k": "../../../etc/passwd"}))
    relation = package.relations("word/document.xml")["k"]
    assert relation.external
    assert not package.has(relation.target)
