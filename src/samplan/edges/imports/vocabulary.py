"""The vocabulary that comes with the product, and a file of an administrator's own words."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from samplan.domain.reading.vocabulary import BadVocabulary, Vocabulary


def vocabulary(extra: bytes | None = None) -> Vocabulary:
    """The product's words, with those of `extra` (a TOML file of the same form) added. Raises BadVocabulary."""
    return shipped() if extra is None else shipped().extended(parsed(extra))


@cache
def shipped() -> Vocabulary:
    return parsed(files("samplan.edges.imports").joinpath("data/vocabulary.toml").read_bytes())


def parsed(content: bytes) -> Vocabulary:
    """The vocabulary in a TOML file. Raises BadVocabulary."""
    try:
        return Vocabulary.from_data(tomllib.loads(content.decode("utf-8-sig")))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadVocabulary(str(error)) from error
