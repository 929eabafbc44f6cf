"""Word files: every `w:t` of every part that a person could see, once, in the order of the file.

Text boxes stand before or after the paragraph they hang on; their copy for older programs, and text that was moved
elsewhere, are blocks of the kind "double". Hyphens and tabs that are elements, not characters, become white space.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

from samplan.domain.reading.source import Block, Kind, Part, SourceDocument, count
from samplan.edges.imports.errors import Unreadable
from samplan.edges.imports.packages import Package
from samplan.edges.imports.readers import Progress
from samplan.edges.imports.readers.word_numbers import Numbering
from samplan.edges.imports.readers.word_styles import Styles, W
from samplan.edges.imports.readers.word_text import Story

_OTHER_PARTS: Final[dict[str, Kind]] = {
    "header": "furniture",
    "footer": "furniture",
    "footnotes": "note",
    "endnotes": "note",
    "comments": "comment",
}
_TITLE: Final = "{http://purl.org/dc/elements/1.1/}title"


def read(content: bytes, name: str, progress: Progress) -> SourceDocument:
    """The file as it stands; `progress` counts paragraphs. Raises Unreadable."""
    package = Package(content)
    main = package.main_part if package.has(package.main_part) else "word/document.xml"
    if not package.has(main):
        raise Unreadable("broken", kind="docx")
    relations = package.relations(main)
    named = {relation.kind: relation.target for relation in relations.values() if not relation.external}

    def root_of(kind: str) -> Any:
        return package.xml(named[kind]) if package.has(named.get(kind, "")) else None

    styles = Styles(root_of("styles"))
    story = Story(styles, Numbering(root_of("numbering"), styles), progress)
    root = package.xml(main)
    others = dict.fromkeys(
        (kind, relation.target)
        for wanted, kind in _OTHER_PARTS.items()
        for relation in relations.values()
        if relation.kind == wanted and not relation.external and package.has(relation.target)
    )
    roots: list[tuple[Kind, str, Any]] = [("paragraph", main, root)]
    roots += [(kind, part, package.xml(part)) for kind, part in others]
    story.total = sum(1 for _, _, part in roots for _ in part.iter(W + "p"))
    parts: list[Part] = []
    characters = 0
    for kind, part, element in roots:
        texts = list(element.iter(W + "t"))
        characters += sum(count("".join(text.itertext())) for text in texts)
        addresses = {
            key: r.target for key, r in package.relations(part).items() if r.kind == "hyperlink" and r.external
        }
        parts += story.read(element, kind, addresses, texts)
    if not characters:
        raise Unreadable("empty")
    return SourceDocument(
        name=name,
        kind="docx",
        sha256=hashlib.sha256(content).hexdigest(),
        characters=characters,
        parts=tuple(parts),
        title=_title(package, parts),
        notices=(("macros", ""),) if any(part.lower().endswith("vbaproject.bin") for part in package.names) else (),
    )


def _title(package: Package, parts: list[Part]) -> str:
    """What is set in the style for titles, else what the file's properties say."""
    for part in parts:
        if isinstance(part, Block) and part.style == "title":
            return " ".join("".join(piece.text for piece in part.pieces).split())
    if not package.has("docProps/core.xml"):
        return ""
    try:
        return " ".join((package.xml("docProps/core.xml").findtext(_TITLE) or "").split())
    except Unreadable:
        return ""
