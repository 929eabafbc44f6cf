"""A person's words in place of compiled ones, kept when the report is compiled again.

A passage is what one fact became: the blocks, and the restricted Markdown they were made from. An edit hangs on the
passage's key, and remembers the fact as it read then. When the fact has changed since, the edit stands and old fact,
new fact and edit are shown; when the passage is gone, the edit is listed, never dropped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from samplan.domain.document import Block, Source


@dataclass(frozen=True, slots=True)
class Passage:
    """`text` is empty for headings, tables and lists of figures, which are not edited."""

    key: str
    blocks: tuple[Block, ...]
    text: str = ""
    source: Source | None = None

    @property
    def editable(self) -> bool:
        return bool(self.text)

    @property
    def hash(self) -> str:
        """Names the fact as it reads now."""
        return text_hash(self.text)


@dataclass(frozen=True, slots=True)
class Edit:
    """`text` stands for the passage `key`, whose fact read `base_text` (of hash `base_hash`) when it was edited."""

    key: str
    base_hash: str
    base_text: str
    text: str
    version: int = 1
    by: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """The fact under an edit has changed."""

    edit: Edit
    fact: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The passages with edits in place, and what a person has to look at."""

    passages: tuple[Passage, ...]
    edited: dict[str, Edit]
    conflicts: tuple[Conflict, ...]
    orphans: tuple[Edit, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for passage in self.passages for block in passage.blocks)


def text_hash(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def merge(
    passages: Iterable[Passage], edits: Iterable[Edit], *, write: Callable[[Passage, str], tuple[Block, ...]]
) -> Merged:
    """Put each edit in its passage's place. `write` turns an edit's text into blocks for that passage.

    The order of `edits` does not matter; an edit of one key never touches another passage. Keys are unique among
    `edits` and among editable passages: raises ValueError when a key comes twice.
    """
    by_key: dict[str, Edit] = {}
    for edit in edits:
        if edit.key in by_key:
            raise ValueError(f"two edits of {edit.key}")
        by_key[edit.key] = edit
    seen: set[str] = set()
    result, edited, conflicts = [], {}, []
    for passage in passages:
        found = by_key.get(passage.key) if passage.editable else None
        if passage.editable:
            if passage.key in seen:
                raise ValueError(f"two passages of {passage.key}")
            seen.add(passage.key)
        if found is None:
            result.append(passage)
            continue
        edited[passage.key] = found
        if found.base_hash != passage.hash:
            conflicts.append(Conflict(found, passage.text))
        result.append(
            Passage(key=passage.key, blocks=write(passage, found.text), text=passage.text, source=passage.source)
        )
    orphans = tuple(by_key[key] for key in sorted(by_key) if key not in edited)
    return Merged(tuple(result), edited, tuple(conflicts), orphans)
