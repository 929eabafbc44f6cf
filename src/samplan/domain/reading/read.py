"""From a document to a draft: the whole way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from samplan.domain.reading import checks, facts, fill, heads, lights, outline, paras, roles, settle, sheets
from samplan.domain.reading.draft import Draft, Found, Leaf, Money
from samplan.domain.reading.known import Known
from samplan.domain.reading.paras import Para, raw
from samplan.domain.reading.source import SourceDocument
from samplan.domain.reading.vocabulary import Vocabulary

NOTHING: Final = Known()


def read(document: SourceDocument, vocabulary: Vocabulary, known: Known = NOTHING) -> Draft:
    """The draft of a plan in a document. Every character of the document has one place in it."""
    numbered = paras.numbered(document.parts)
    draft = Draft(document, numbered.pieces)
    flow = settle.settled(numbered.flow, kind=document.kind)
    if document.kind == "xlsx":
        flow = sheets.gathered(flow)
    reading = heads.survey(flow, vocabulary, kind=document.kind)
    tree = outline.build(flow, reading)
    fill.Filler(draft, tree, roles.decide(tree.root, vocabulary)).run()
    _aside(draft, tree.aside)
    lights.told(draft, vocabulary)
    facts.find(draft, flow, vocabulary)
    text = facts.whole_text(flow)
    titles = [draft.title.text, *(chapter.title.text for chapter in draft.chapters)]
    running = {text for text, _ in checks.running_heads(draft)}
    draft.county = facts.county_of(text, known.counties) or facts.county_of("\n".join(running), known.counties)
    cover = " ".join(leaf.text for kind, leaf in draft.unplaced if kind == "cover")
    draft.years = facts.years_of(titles[0], titles[1:], text, cover, sorted(running))
    _recipients(draft, known)
    draft.questions = checks.ask(draft, flow, tree.root, known)
    return draft


def _recipients(draft: Draft, known: Known) -> None:
    """Amounts of a table whose columns plain text has lost, where the agreement tells who its section pays."""
    told = {section: paid for year in draft.years for section, paid in known.recipients.get(year, {}).items()}
    rows: dict[tuple[str, str], list[Money]] = {}
    for money in draft.money:
        if money.recipient is None and money.section:
            rows.setdefault((money.section, money.area), []).append(money)
    for (section, area), row in rows.items():
        part = section in area
        paid = told.get(f"{section} part" if part else section, ())
        if len(paid) == len(row):
            for money, recipient in zip(row, paid, strict=True):
                money.recipient = recipient


def _aside(draft: Draft, aside: Sequence[Para]) -> None:
    for para in aside:
        if not para.spans:
            continue
        if para.kind == "note" and para.style == "address":
            address = "".join(raw(para).split())
            draft.links.append(Found({"url": address, "text": ""}, para.at, Leaf([para])))
        else:
            draft.unplaced.append((para.kind, Leaf([para])))
