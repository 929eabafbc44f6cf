"""What each document holds, found by reading it as a person does.

`NAME.toml` tells of one of the five documents without a sentence of it: titles and numbers as they are, running text as
line numbers. "141-143" are lines, "824>8" what follows the first eight letters and digits of line 824, "662<8" those
eight, "1,3-4" several in one. `seals.json` holds for each the count of letters and digits and a short hash of them, so
that a reading can be compared where the document is not at hand. `python -m tests.reading.truth` makes the seals anew.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent
_SPEC: Final = re.compile(r"\d+(?:-\d+)?(?:[<>]\d+)?(?:,\d+(?:-\d+)?(?:[<>]\d+)?)*")
_SIGN: Final = re.compile(r"^\s*(?:o\s+|\d{1,2}\.\s+)(?=\S)")

Seal = tuple[int, str]


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def seals(name: str) -> dict[str, Seal]:
    every = json.loads((FOLDER / "seals.json").read_text(encoding="utf-8"))
    return {spec: (count, digest) for spec, (count, digest) in every.get(name, {}).items()}


def is_spec(text: str) -> bool:
    return bool(_SPEC.fullmatch(text))


def letters(text: str) -> str:
    """Letters and digits alone, signs of list items left out: what line breaks, hyphens and marks do not change."""
    rows = [_SIGN.sub("", row) for row in re.sub(r"\]\([^)\s]*\)", "]", text).split("\n")]
    return "".join(character for character in "\n".join(rows).casefold() if character.isalnum())


def seal(text: str) -> Seal:
    bare = letters(text)
    return len(bare), hashlib.sha256(bare.encode()).hexdigest()[:10]


def text_at(spec: str, lines: list[str]) -> str:
    """Letters and digits of the lines that a spec names."""
    found = ""
    for part in spec.split(","):
        match = re.fullmatch(r"(\d+)(?:-(\d+))?(?:([<>])(\d+))?", part)
        if match is None:
            raise ValueError(spec)
        first, last = int(match[1]), int(match[2] or match[1])
        bare = "".join(letters(line) for line in lines[first - 1 : last])
        if match[3]:
            bare = bare[: int(match[4])] if match[3] == "<" else bare[int(match[4]) :]
        found += bare
    return found


def specs_in(value: Any) -> list[str]:
    """Every spec in a truth, at whatever depth; titles of chapters and numbers are none."""
    if isinstance(value, str):
        return [value] if is_spec(value) else []
    if isinstance(value, dict):
        return [
            spec for key, each in value.items() if key not in ("number", "county", "dates") for spec in specs_in(each)
        ]
    if isinstance(value, list):
        return [spec for each in value for spec in specs_in(each)]
    return []
