"""From a document to a draft with the words and facts that come with the product."""

from __future__ import annotations

import csv
import io
import tomllib
from functools import cache
from importlib.resources import files

from samplan.domain.reading.draft import Draft
from samplan.domain.reading.known import Known
from samplan.domain.reading.read import read
from samplan.domain.reading.source import SourceDocument
from samplan.edges.imports.vocabulary import vocabulary


def drafted(document: SourceDocument, words: str = "") -> Draft:
    """The draft of a plan in the document; `words` is the text of a file of further words. Raises BadVocabulary."""
    return read(document, vocabulary(words.encode() if words.strip() else None), known())


@cache
def known() -> Known:
    """The 21 counties, and what the state's agreements come to."""
    text = files("samplan.apps.orgs").joinpath("data/counties.csv").read_text(encoding="utf-8")
    counties = tuple(
        (row["code"], row["name"], row["short_name"], row["region"]) for row in csv.DictReader(io.StringIO(text))
    )
    agreements = files("samplan.edges.imports").joinpath("data/agreements.toml").read_bytes()
    return Known.from_data(tomllib.loads(agreements.decode("utf-8")), counties)
