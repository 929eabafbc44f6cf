"""The vocabulary that comes with the product, and a file of an administrator's own words."""

from __future__ import annotations

import logging
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from samplan.domain.reading.vocabulary import BadVocabulary, Vocabulary

INSTALLED: Final = "vocabulary.toml"
log = logging.getLogger(__name__)


def vocabulary(extra: bytes | None = None) -> Vocabulary:
    """The product's words, with those of `extra` (a TOML file of the same form) added. Raises BadVocabulary."""
    return shipped() if extra is None else shipped().extended(parsed(extra))


@cache
def shipped() -> Vocabulary:
    return parsed(files("samplan.edges.imports").joinpath("data/vocabulary.toml").read_bytes())


def installed(directory: Path) -> str:
    """The words that an installation has of its own, as the text of its file; one without the right form is told in
    the log and left out, so that documents are read all the same."""
    file = directory / INSTALLED
    if not file.is_file():
        return ""
    try:
        content = file.read_bytes()
        parsed(content)
    except (OSError, BadVocabulary) as error:
        log.warning("%s is left out: %s", file, error)
        return ""
    return content.decode("utf-8-sig")


def parsed(content: bytes) -> Vocabulary:
    """The vocabulary in a TOML file. Raises BadVocabulary."""
    try:
        return Vocabulary.from_data(tomllib.loads(content.decode("utf-8-sig")))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadVocabulary(str(error)) from error
