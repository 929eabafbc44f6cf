"""The keys in a written Word file: which block, and so which row, every paragraph came from."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from io import BytesIO
from typing import Any, Final
from xml.sax.saxutils import quoteattr

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import qn

_NAMESPACE: Final = "urn:samplan:keys"


def keys_part(keys: dict[str, str]) -> bytes:
    """The part of the file that holds the key of every bookmark."""
    entries = "".join(f"<key name={quoteattr(name)} key={quoteattr(key)}/>" for name, key in keys.items())
    return f'<keys xmlns="{_NAMESPACE}">{entries}</keys>'.encode()


def is_keys_part(part: Any) -> bool:
    """Whether a part of a file is one that `keys_part` made."""
    return _NAMESPACE.encode() in part.blob[:200]


def docx_keys(data: bytes) -> list[tuple[str, str]]:
    """Every paragraph of a written file's text in order, then its footnotes: (its text, the key it came from).

    In a table the key is `key#r2c3` (row 0 is the head). Cover, notice, contents and breaks have `furniture/…`.
    Raises KeyError for a paragraph that stands in no bookmark of ours.
    """
    file = docx.Document(BytesIO(data))
    names = read_keys(file)
    found: list[tuple[str, str]] = []
    notes: dict[str, str] = {}
    for paragraph, key in _keyed(file.element.body, names):
        found.append((_visible(paragraph), key))
        for mark in paragraph.iter(qn("w:footnoteReference")):
            notes[mark.get(qn("w:id"))] = key
    for relation in file.part.rels.values():
        if relation.reltype == RT.FOOTNOTES:
            for note in parse_xml(relation.target_part.blob):
                if note.get(qn("w:id")) in notes:
                    found.extend((_visible(part), notes[note.get(qn("w:id"))]) for part in note.iter(qn("w:p")))
    return found


def bookmark_name(key: str) -> str:
    """The name of the bookmark that stands for `key`: stable, and of the kind that Word accepts."""
    return "k_" + blake2b(key.encode(), digest_size=12).hexdigest()


def read_keys(file: Any) -> dict[str, str]:
    """Bookmark → key, of a file that we wrote; {} for another."""
    for relation in file.part.rels.values():
        if relation.reltype == RT.CUSTOM_XML and not relation.is_external and is_keys_part(relation.target_part):
            root = parse_xml(relation.target_part.blob)
            return {entry.get("name"): entry.get("key") for entry in root}
    return {}


def _keyed(body: Any, names: dict[str, str]) -> Iterator[tuple[Any, str]]:
    for child in body:
        if child.tag == qn("w:sdt"):
            yield from _keyed(child.find(qn("w:sdtContent")), names)
        elif child.tag == qn("w:p"):
            yield child, names[_mark(child)]
        elif child.tag == qn("w:tbl"):
            key = names[_mark(child)]
            for r, row in enumerate(child.iter(qn("w:tr"))):
                for c, cell in enumerate(row.iter(qn("w:tc"))):
                    for paragraph in cell.iter(qn("w:p")):
                        yield paragraph, f"{key}#r{r}c{c}"


def _mark(element: Any) -> str:
    for start in element.iter(qn("w:bookmarkStart")):
        if start.get(qn("w:name")).startswith("k_"):
            return str(start.get(qn("w:name")))
    return ""


def _visible(paragraph: Any) -> str:
    tags = {qn("w:br"): "\n", qn("w:tab"): "\t"}
    return "".join(
        (part.text or "") if part.tag == qn("w:t") else tags.get(part.tag, "")
        for run in paragraph.iter(qn("w:r"))
        for part in run
    )
