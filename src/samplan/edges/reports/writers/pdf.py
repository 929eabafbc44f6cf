"""The neutral document as a tagged PDF (PDF/UA-1), set by typst from data: user text never becomes typst source."""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import typst

import samplan
from samplan.domain.document import Block, Cell, Document, Figure, Heading, Inline, ListBlock, Paragraph, Table
from samplan.edges.reports.writers.fitting import fit, groups
from samplan.edges.reports.writers.paging import openings
from samplan.edges.reports.writers.tidy import Tidy, heading_text, is_followable, on_cover, tidy

FONTS: Final = Path(samplan.__file__).parent / "base/ui/static/samplan/vendor/fonts"
REPLACEMENT: Final = "□"
_BUILT_IN: Final = re.compile("[^\x20-\x7e\xa0-\xff\n–—‘’“”„•…−→✓☐□≤≥×]")
# An address that a line can hold is not broken: it is typed and copied as it stands.
_LINE: Final = 60
_ENDLESS: Final = re.compile(r"[^\s\u00ad\u200b]{30}(?=[^\s\u00ad\u200b])")
_BARE: Final = b'#set document(title: "x")\n#text(font: ("Inter", "Libertinus Serif"), json(bytes(sys.inputs.data)))'

# What a trial has shown about characters, for the life of the process.
_shown: set[str] = set()
_missing: set[str] = set()


def write(document: Document, *, language: str, timestamp: datetime | int = 0) -> bytes:
    """The document as PDF/UA-1. The same document and `timestamp` (aware, or seconds since 1970) give the same bytes.

    A character that no font has is printed as □; a picture that cannot be drawn as its alternative text.
    """
    ready = tidy(document, language=language, run_in=True)
    data = _data(ready)
    try:
        return _compile(data, timestamp)
    except typst.TypstError:
        data = _displayable(data)
    try:
        return _compile(data, timestamp)
    except typst.TypstError:
        # A sequence of characters may fail where each alone does not: keep the Latin letters, and no picture.
        return _compile(_only_latin(data), timestamp)


def _compile(data: Any, timestamp: datetime | int, template: bytes = b"") -> bytes:
    fonts: Any = [str(FONTS)] if FONTS.is_dir() else []
    return typst.compile(
        template or _template(),
        format="pdf",
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=timestamp,
    )


@cache
def _template() -> bytes:
    return (files("samplan.edges.reports.writers") / "report.typ").read_bytes()


def _data(ready: Tidy) -> dict[str, Any]:
    document = ready.document
    first = next((block for block in document.blocks if isinstance(block, Heading)), None)
    return {
        "title": document.title,
        "cover_title": on_cover(document.title),
        "subtitle": document.subtitle,
        "language": document.language if re.fullmatch("[a-z]{2,3}", document.language) else "sv",
        "running_head": document.running_head,
        "cover": [_runs(line) for line in document.cover],
        "motto": _runs(document.motto),
        "logotypes": [_drawn(one) for one in document.logotypes],
        "picture": _drawn(document.picture) if document.picture else None,
        "notice": _runs(document.notice),
        "contents": max((heading.level for heading in ready.contents), default=0),
        "listed": [sum(1 for one in ready.contents if (one.level == 1) is first) for first in (True, False)],
        "chapters": [heading_text(b) for b in document.blocks if isinstance(b, Heading) and b.level == 1],
        "words": {name: ready.words[name] for name in ("contents", "made_up")},
        "blocks": _blocks(ready, first),
    }


def _drawn(figure: Figure) -> dict[str, str]:
    return {"svg": figure.svg, "alt": figure.alt}


def _blocks(ready: Tidy, first: Heading | None) -> list[dict[str, Any]]:
    """The blocks in order, those on turned paper together; a party is named once."""
    made: list[dict[str, Any]] = []
    party = ""
    opened = openings(ready.document.blocks) if ready.contents else {}
    for fitted, blocks in groups(ready.document.blocks):
        group: list[dict[str, Any]] = []
        for block in blocks:
            data = _block(block, ready)
            if data.get("margin") and data["margin"] == party:
                data["margin"] = ""
            else:
                party = data.get("margin", "")
            group.append(data)
        if fitted is None:
            made += _opened(group, blocks, {key: keys for key, keys in opened.items() if not first or key != first.key})
        else:
            made.append({"kind": "turned", "paper": fitted.paper_mm, "blocks": group})
    return made


def _opened(
    group: list[dict[str, Any]], blocks: list[Block], opened: dict[str, tuple[str, ...]]
) -> list[dict[str, Any]]:
    """The blocks with each chapter's opening put together, up to its last block that is no heading."""
    made: list[dict[str, Any]] = []
    n = 0
    while n < len(group):
        held = opened.get(blocks[n].key, ())
        end = n
        while end < len(group) and blocks[end].key in held:
            end += 1
        while end > n and (isinstance(blocks[end - 1], Heading) or group[end - 1].get("style") == "label"):
            end -= 1
        if end > n:
            made.append({"kind": "opening", "blocks": group[n:end]})
        made += group[n : n + 1] if end == n else []
        n = max(end, n + 1)
    return made


def _block(block: Block, ready: Tidy, *, nested: bool = False) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {
            "kind": "heading",
            "level": block.level,
            "number": block.number,
            "key": block.key,
            "content": _runs(block.content),
        }
    if isinstance(block, Paragraph):
        party = block.source.party if block.source else ""
        return {
            "kind": "paragraph",
            "style": block.style,
            "content": _runs(block.content),
            "margin": "" if nested else ready.words.get(f"party:{party}", ""),
        }
    if isinstance(block, ListBlock):
        items = [[_block(child, ready, nested=True) for child in item] for item in block.items]
        return {"kind": "list", "ordered": block.ordered, "start": max(0, block.start), "items": items,
                "bare": block.bare}  # fmt: skip
    if isinstance(block, Table):
        return _table(block, ready, nested)
    return {
        "kind": "figure",
        "svg": block.svg,
        "alt": block.alt,
        "caption": block.caption,
        "label": ready.labels.get(block.key, ""),
        "width": 100,
    }


def _table(table: Table, ready: Tidy, nested: bool) -> dict[str, Any]:
    fitted = fit(table, may_turn=not nested)
    return {
        "kind": "table",
        "caption": table.caption,
        "label": ready.labels.get(table.key, ""),
        "size": fitted.size,
        "shares": fitted.shares,
        "head": [_cell(cell) for cell in table.head],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "total": [_cell(cell) for cell in table.total],
        "note": _runs(table.note),
        "breaks": not fitted.whole,
        "rows_break": not fitted.rows_whole,
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {"content": _runs(cell.content), "align": cell.align}


def _runs(content: Inline) -> list[dict[str, Any]]:
    return [
        {
            "t": run.text if run.link and len(run.text) <= _LINE else _breakable(run.text),
            "b": run.bold,
            "i": run.italic,
            "l": run.link if is_followable(run.link) else "",
            "m": run.made_up,
            "f": run.footnote,
        }
        for run in content
    ]


def _breakable(text: str) -> str:
    """A word that no line can hold, such as a long address, gets places where it may be broken."""
    return _ENDLESS.sub("\\g<0>\u200b", text) if len(text) > 30 else text


def _texts(value: Any) -> set[str]:
    if isinstance(value, str):
        return set(value)
    if isinstance(value, dict):
        return set().union(*(_texts(part) for part in value.values()))
    if isinstance(value, list):
        return set().union(*(_texts(part) for part in value))
    return set()


def _mapped(value: Any, table: dict[int, str]) -> Any:
    """`value` with characters exchanged in everything that is shown; keys and addresses are left as they are."""
    if isinstance(value, str):
        return value.translate(table)
    if isinstance(value, dict):
        return {name: part if name in ("key", "l") else _mapped(part, table) for name, part in value.items()}
    if isinstance(value, list):
        return [_mapped(part, table) for part in value]
    return value


def _displayable(data: dict[str, Any]) -> dict[str, Any]:
    """The data with □ for each character that the fonts at hand cannot show."""
    unsure = {character for character in _texts(data) if _BUILT_IN.match(character)} - _shown - _missing
    found = set(_lacking(sorted(unsure)))
    _missing.update(found)
    _shown.update(unsure - found)
    return _mapped(data, dict.fromkeys(map(ord, _missing), REPLACEMENT))


def _lacking(characters: list[str]) -> list[str]:
    """The characters that no font shows: the whole heap is tried, then its halves."""
    if not characters or _is_shown("\n".join(characters)):
        return []
    if len(characters) == 1:
        return characters
    middle = len(characters) // 2
    return _lacking(characters[:middle]) + _lacking(characters[middle:])


def _is_shown(text: str) -> bool:
    try:
        _compile(text, 0, _BARE)
    except typst.TypstError:
        return False
    return True


def _only_latin(data: dict[str, Any]) -> dict[str, Any]:
    strange = {character for character in _texts(data) if _BUILT_IN.match(character)}
    plain = _mapped(data, dict.fromkeys(map(ord, strange), REPLACEMENT))
    for block in plain["blocks"]:
        for one in block.get("blocks", [block]):
            if one["kind"] == "figure":
                one["svg"] = ""
    plain["picture"] = plain["picture"] and {**plain["picture"], "svg": ""}
    plain["logotypes"] = [{**one, "svg": ""} for one in plain["logotypes"]]
    return plain
