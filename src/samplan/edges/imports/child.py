"""The process in which a file is read: takes it from standard input, confines itself, answers on standard output."""

from __future__ import annotations

import json
import os
import sys
import traceback
from dataclasses import asdict
from typing import Any, BinaryIO

from samplan.domain.reading.source import SourceDocument, Table
from samplan.edges.imports.confine import confine
from samplan.edges.imports.errors import Unreadable


def main() -> None:
    """A line of progress now and then, then one line: {"result": ...} or {"code": ..., "params": ...}."""
    # What a library prints must not stand between the answers.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    header = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    confine(header["seconds"], header["megabytes"])

    def progress(done: int, of: int) -> None:
        _say(out, {"done": done, "of": of})

    try:
        _say(out, {"result": answer(content, header["name"], header["vocabulary"], progress, whole=header["whole"])})
    except Unreadable as error:
        _say(out, {"code": error.code, "params": error.params})
    except MemoryError:
        _say(out, {"code": "memory", "params": {"megabytes": header["megabytes"]}})
    except RecursionError:
        _say(out, {"code": "broken", "params": {"kind": ""}})
    except Exception as error:
        # Which kind of mistake and where, never a word of the file.
        place = traceback.extract_tb(error.__traceback__)[-1]
        why = f"{type(error).__name__}, {os.path.basename(place.filename)}:{place.lineno}"
        _say(out, {"code": "crashed", "params": {"why": why}})


def answer(content: bytes, name: str, vocabulary: str, progress: Any, *, whole: bool = True) -> dict[str, Any]:
    """All that is made of a file, as plain lists and dicts: `draft`, `notices` (what a person should know of the file,
    code and what about), and if `whole` also `pieces` and `parts` (the document, for a page to show). Raises
    Unreadable."""
    from samplan.edges.imports.drafting import drafted
    from samplan.edges.imports.kinds import kind_of
    from samplan.edges.imports.readers import read_as

    document = read_as(kind_of(content), content, name, progress)
    draft = drafted(document, vocabulary)
    return {
        "draft": draft.to_json(),
        "pieces": draft.pieces() if whole else [],
        "parts": _parts(document) if whole else [],
        "notices": [list(notice) for notice in document.notices],
    }


def _parts(document: SourceDocument) -> list[dict[str, Any]]:
    return [{"table": isinstance(part, Table), **asdict(part)} for part in document.parts]


def _say(out: BinaryIO, message: dict[str, Any]) -> None:
    out.write(json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
    out.flush()
