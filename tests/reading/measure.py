"""`python -m tests.reading.measure [--kinds] [--misses] [--files KIND ...] [NAME ...]`: how well documents are read.

Prints precision, recall and F1 by kind: for each document as text and, with `--files`, as the Word and PDF files made
from it, then together. The truth stands in `tests/reading/truth/` (the five documents, where they are at hand) and
`tests/reading/made_up/` (counties that do not exist). NAME is a document, or `seeds`, `tuned`, `set-aside`, or
`round-a` and on (`tests/reading/whole`: whole files).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import Any

from samplan.domain.reading.source import SourceDocument
from samplan.edges.imports.drafting import drafted as draft_of
from samplan.edges.imports.kinds import kind_of
from samplan.edges.imports.readers import read_as
from samplan.edges.imports.readers import text as text_reader
from tests.reading import made_up, makers, seeds, truth, whole
from tests.reading.scoring import KINDS, Score, Truth, score

WHOLE = [name for several in whole.ROUNDS.values() for name in several]


def documents(names: list[str], files: list[str]) -> Iterator[tuple[str, SourceDocument, Truth]]:
    """Each document with its truth: as text, then as the files made from it of the kinds asked for."""
    for name in names:
        if name in WHOLE:
            content, told = whole.load(name)
            if content is None:
                sys.stdout.write(f"{name}: cannot be made here\n")
                continue
            yield name, whole.read(name, content), Truth(told, {}, columns=True)
            continue
        if name in made_up.TUNED + made_up.SET_ASIDE:
            document, told = made_up.load(name)
            yield f"{name} (made up, {document.kind})", document, Truth(told, {}, columns=True)
            continue
        document = text_reader.read(seeds.content(name), f"{name}.txt")
        yield f"{name} (text)", document, Truth(truth.load(name), truth.seals(name), columns=False)
        for kind in files:
            content = makers.made(name, kind)
            if content is None:
                sys.stdout.write(f"{name} ({kind}): cannot be made here\n")
                continue
            document = read_as(kind_of(content), content, name, lambda _done, _of: None)
            yield f"{name} ({kind})", document, Truth(truth.load(name), truth.seals(name), columns=True)


def chosen(names: list[str]) -> list[str]:
    """Names of documents; "seeds", "tuned" and "set-aside" stand for several, no name for the seeds and the tuned."""
    groups = {"seeds": seeds.AT_HAND, "tuned": made_up.TUNED, "set-aside": made_up.SET_ASIDE}
    groups |= {f"round-{letter}": several for letter, several in whole.ROUNDS.items()}
    every = [each for name in names or ["seeds", "tuned"] for each in groups.get(name, (name,))]
    return list(dict.fromkeys(every))


def measured(document: SourceDocument, told: Truth) -> dict[str, Score]:
    return score(drafted(document), told)


def drafted(document: SourceDocument) -> dict[str, Any]:
    return draft_of(document).to_json()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="documents, or: seeds, tuned, set-aside, round-a ...")
    parser.add_argument("--misses", action="store_true", help="what was missed and what was made up")
    parser.add_argument(
        "--files", nargs="*", default=[], choices=list(makers.FILES), help="kinds of tests.reading.makers"
    )
    options = parser.parse_args(arguments)
    total: dict[str, Score] = {}
    for name, document, told in documents(chosen(options.names), options.files):
        scores = measured(document, told)
        show(name, scores, misses=options.misses)
        for kind, one in scores.items():
            total.setdefault(kind, Score()).add(one)
    show("all", total, misses=False)
    return 0


def show(name: str, scores: dict[str, Score], *, misses: bool) -> None:
    out = sys.stdout.write
    out(f"\n{name}\n")
    for kind in KINDS:
        one = scores.get(kind)
        if one is None or not (one.hit or one.missed or one.false):
            continue
        out(f"  {kind:20} precision {one.precision:5.3f}  recall {one.recall:5.3f}  F1 {one.f1:5.3f}")
        out(f"  ({one.hit} found, {len(one.missed)} missed, {len(one.false)} made up)\n")
        if misses:
            for each in one.missed:
                out(f"      missed   {each}\n")
            for each in one.false:
                out(f"      made up  {each}\n")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
