"""Uploaded files are hostile until they have been looked into: by content, never by name."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO

import pytest
import xlsxwriter

from samplan.base.files import packages
from samplan.base.files.kinds import kind_of
from samplan.base.files.packages import LARGEST_FILE, opened
from samplan.base.files.word import DOCUMENT, TEMPLATE, looked_into_template
from samplan.domain.errors import Invalid
from tests.apps.test_plan_rows import NUMBER, SVG, png
from tests.edges.office_files import bomb, changed, parts_of, with_body, with_parts, with_relationship, word, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPES = "[Content_Types].xml"


def excel() -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet("Blad").write(0, 0, "Siffra")
    return made.getvalue()


def field(instruction: str, *, split: bool = False) -> str:
    """A complex field; `split` into pieces as an editor may leave it."""
    pieces = [instruction[:6], instruction[6:]] if split else [instruction]
    texts = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{texts}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


def encrypted() -> bytes:
    """A zip whose first entry says that it is encrypted."""
    content = bytearray(word())
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.index(signature)
        content[place + at] |= 1
    return bytes(content)


ENTITIES = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
HEAD = b'<?xml version="1.0"?>'
HOSTILE = {
    "nothing": (b"", "file_kind"),
    "a program": (b"MZ\x90\0", "file_kind"),
    "a web page called .docx": (b"<html><body>hej</body></html>", "file_kind"),
    "old Word": (OLE + b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", "file_old"),
    "with a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "file_encrypted"),
    "an encrypted zip": (encrypted(), "file_encrypted"),
    "a broken zip": (b"PK\x03\x04" + b"\0" * 50, "file_broken"),
    "cut off": (word()[:-200], "file_broken"),
    "Excel": (excel(), "file_not_word"),
    "a zip of texts": (zipped({"a.txt": b"hej"}), "file_not_word"),
    "too large": (b"PK\x03\x04" + b"\0" * LARGEST_FILE, "file_size"),
    "a bomb": (bomb(130_000_000), "file_size"),
    "too many parts": (with_parts(word(), {f"x/{n}.bin": b"" for n in range(2_001)}), "file_size"),
    "a way out of the folder": (with_parts(word(), {"../../etc/passwd": b"x"}), "file_broken"),
    "macros": (with_parts(word(), {"word/vbaProject.bin": b"x"}), "file_macros"),
    "macros by another name": (
        changed(word(), t=(TYPES, DOCUMENT.encode(), b"application/vnd.ms-word.document.macroEnabled.main+xml")),
        "file_macros",
    ),
    "ActiveX": (with_parts(word(), {"word/activeX/activeX1.bin": b"x"}), "file_macros"),
    "entities": (changed(word(), d=("word/document.xml", b"<w:document", ENTITIES + b"<w:document")), "file_entities"),
    "entities in styles": (with_parts(word(), {"word/styles.xml": HEAD + ENTITIES + b"<w/>"}), "file_entities"),
    "entities in UTF-16": (
        with_parts(word(), {"customXml/item1.xml": (HEAD + ENTITIES + b"<w/>").decode().encode("utf-16")}),
        "file_entities",
    ),
    "a hidden encoding": (
        with_parts(word(), {"customXml/item1.xml": b'<?xml version="1.0" encoding="UTF-7"?><w/>'}), "file_broken",
    ),
    "no XML": (with_parts(word(), {"word/document.xml": b"<w:document>"}), "file_broken"),
    "an attached template": (
        with_relationship(word(), "attachedTemplate", "file:///x.dotm", of="word/_rels/settings.xml.rels"),
        "file_attached",
    ),
    "a linked picture": (with_relationship(word(), "image", "https://example.org/x.png"), "file_fetches"),
    "a link to a file": (with_relationship(word(), "hyperlink", "file:///etc/passwd"), "file_fetches"),
    "a link to a script": (with_relationship(word(), "hyperlink", "javascript:alert(1)"), "file_fetches"),
    "an object": (with_relationship(word(), "oleObject", "https://example.org/x"), "file_carries"),
    "another text": (with_body(word(), '<w:altChunk r:id="rId1"/>'), "file_carries"),
    "a field that fetches": (with_body(word(), field(' INCLUDEPICTURE "https://x.example/"')), "file_fetches"),
    "a field in pieces": (with_body(word(), field("DDEAUTO c:\\x cmd", split=True)), "file_fetches"),
    "a simple field": (with_body(word(), '<w:p><w:fldSimple w:instr=" INCLUDETEXT x "/></w:p>'), "file_fetches"),
}  # fmt: skip


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_template_is_refused_and_it_is_said_why(name: str) -> None:
    from samplan.base.kernel.problems import REASONS, say

    content, code = HOSTILE[name]
    with pytest.raises(Invalid) as refused:
        looked_into_template(content)
    assert (refused.value.code, refused.value.field) == (code, "file")
    assert code in REASONS
    assert "%" not in say(refused.value)


def test_what_lies_about_its_size_unpacks_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of contents says 10 bytes; the part holds ten million."""
    content = bytearray(bomb(10_000_000))
    entry = content.index(b"word/media/big.bin", content.index(b"PK\x01\x02")) - 46
    content[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    monkeypatch.setattr(packages, "LARGEST_UNPACKED", 1_000_000)
    with pytest.raises(Invalid, match="file_broken"):
        opened(bytes(content))


def test_a_plain_template_comes_in_as_it_is_and_a_dotx_becomes_a_document() -> None:
    content = with_relationship(word(), "hyperlink", "https://example.org/")
    assert looked_into_template(content) == content
    dotx = changed(word(), t=(TYPES, DOCUMENT.encode(), TEMPLATE.encode()))
    made = looked_into_template(dotx)
    assert DOCUMENT.encode() in parts_of(made)[TYPES]
    assert parts_of(made)["word/document.xml"] == parts_of(dotx)["word/document.xml"]
    assert looked_into_template(dotx) == made


def open_document() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("content.xml", "<x/>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"%PDF-1.7\n...", "x.exe", "pdf"),
        (word(), "x.pdf", "docx"),
        (excel(), "x", "xlsx"),
        (open_document(), "x.odt", "odt"),
        (png(10, 10), "x.txt", "png"),
        (SVG, "x.html", "svg"),
        ("Å ä ö\n\u00adnär".encode(), "x.html", "txt"),
        (b"a;b\n1;2", "x.csv", "csv"),
        (b"<html><script>alert(1)</script>", "x.html", "txt"),
    ],
)
def test_a_file_is_what_it_holds_not_what_it_is_called(content: bytes, name: str, kind: str) -> None:
    assert kind_of(content, name) == kind


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_kind"),
        (b"MZ\x90\0\x03", "file_kind"),
        (b"hej\0d", "file_kind"),
        ("åäö".encode("utf-16"), "file_kind"),
        (zipped({"a.txt": b"hej"}), "file_kind"),
        (with_parts(open_document(), {"Basic/Standard/Module1.xml": b"<x/>"}), "file_macros"),
        (with_parts(excel(), {"xl/vbaProject.bin": b"x"}), "file_macros"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file_old"),
        (SVG.replace(b"<rect", b"<script/><rect"), "picture_unsafe"),
        (f"Ring {NUMBER}".encode(), "personal_number"),
        (b" " * (LARGEST_FILE + 1), "file_size"),
    ],
)
def test_a_hostile_file_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Invalid, match=code) as refused:
        kind_of(content, "x.txt")
    assert refused.value.field == "file"


def test_no_damage_to_a_file_gets_past_the_looking() -> None:
    """Any bytes changed anywhere: the file is taken or refused with a reason, never a crash."""
    dice = random.Random(1)
    whole, said = word(), set()
    for _time in range(150):
        content = bytearray(whole)
        for _place in range(dice.randint(1, 8)):
            content[dice.randrange(len(content))] = dice.randrange(256)
        try:
            looked_into_template(bytes(content))
        except Invalid as error:
            said.add(error.code)
    assert said
    assert all(code.startswith("file_") for code in said)
