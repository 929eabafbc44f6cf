"""From a document to a draft: the whole way."""

from __future__ import annotations

from collections.abc import Sequence

from samplan.domain.reading import facts, fill, heads, outline, paras, roles, settle
from samplan.domain.reading.draft import Draft, Found, Leaf
from samplan.domain.reading.paras import Para, raw
from samplan.domain.reading.source import SourceDocument
from samplan.domain.reading.vocabulary import Vocabulary

County = tuple[str, str, str, str]
"""Code, name, short name, region."""


def read(document: SourceDocument, vocabulary: Vocabulary, *, counties: Sequence[County] = ()) -> Draft:
    """The draft of a plan in a document. Every character of the document has one place in it."""
    numbered = paras.numbered(document.parts)
    draft = Draft(document, numbered.pieces)
    flow = settle.settled(numbered.flow, kind=document.kind)
    reading = heads.survey(flow, vocabulary, kind=document.kind)
    tree = outline.build(flow, reading)
    fill.Filler(draft, tree, roles.decide(tree.root, vocabulary)).run()
    _aside(draft, tree.aside)
    facts.find(draft, flow, vocabulary)
    text = facts.whole_text(flow)
    titles = [draft.title.text, *(chapter.title.text for chapter in draft.chapters)]
    draft.county = facts.county_of(text, counties)
    cover = " ".join(leaf.text for kind, leaf in draft.unplaced if kind == "cover")
    draft.years = facts.years_of(titles[0], titles[1:], text, cover)
    return draft


def _aside(draft: Draft, aside: Sequence[Para]) -> None:
    for para in aside:
        if not para.spans:
            continue
        if para.kind == "note" and para.style == "address":
            address = "".join(raw(para).split())
            draft.links.append(Found({"url": address, "text": ""}, para.at, Leaf([para])))
        else:
            draft.unplaced.append((para.kind, Leaf([para])))
