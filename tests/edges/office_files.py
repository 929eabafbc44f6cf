"""Office files made for tests: plain ones, and ones with something in them that must not come in."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

import docx

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXTERNAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def word() -> bytes:
    """A plain Word file with a heading and a paragraph."""
    file, made = docx.Document(), BytesIO()
    file.add_heading("Rubrik", 1)
    file.add_paragraph("Text.")
    file.save(made)
    return made.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return made.getvalue()


def changed(content: bytes, **more: tuple[str, bytes, bytes]) -> bytes:
    """The file with one text in a part exchanged for another: name=(part, old, new)."""
    parts = parts_of(content)
    for name, old, new in more.values():
        assert old in parts[name], (name, old)
        parts[name] = parts[name].replace(old, new, 1)
    return zipped(parts)


def with_parts(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    return zipped({**parts_of(content), **parts})


def with_relationship(content: bytes, kind: str, target: str, *, of: str = "word/_rels/document.xml.rels") -> bytes:
    """The file with one more relationship to something outside."""
    one = f'<Relationship Id="rId999" Type="{EXTERNAL}{kind}" Target="{target}" TargetMode="External"/>'
    parts = parts_of(content)
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    whole = parts.get(of, empty).replace(b"</Relationships>", one.encode() + b"</Relationships>")
    return zipped({**parts, of: whole})


def with_body(content: bytes, xml: str) -> bytes:
    """The file with some more of WordprocessingML first in its text."""
    return changed(content, body=("word/document.xml", b"<w:body>", b"<w:body>" + xml.encode()))


def bomb(size: int) -> bytes:
    """A Word file with a part that unpacks to `size` bytes."""
    return with_parts(word(), {"word/media/big.bin": b"\0" * size})
