"""What a person should look at: questions about a document that look wrong, each with its place, none decided here.

Kinds: `amount` (a thousand times off), `sum`, `year`, `local_link`, `personal_number`, `duplicate`, `numbering`,
`empty_page`. A question carries a `code` that says which rule asked, and what its sentence needs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from samplan.domain.privacy import find_personal_numbers
from samplan.domain.reading import dates, facts
from samplan.domain.reading.draft import Area, Draft, Found, Node, Question
from samplan.domain.reading.known import Known
from samplan.domain.reading.outline import Section
from samplan.domain.reading.paras import Flow, raw
from samplan.domain.reading.source import At
from samplan.domain.reading.vocabulary import plain

_LOCAL: Final = re.compile(r"^(?:file:|[A-Za-z]:[\\/]|\\\\)|[A-Za-z]:\\\w", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<![\d.,:/-])(?:19|20)\d\d(?![\d:/]|-\d\d-)")
_OPEN_ENDED: Final = re.compile(
    r"löpande|kontinuerlig|tills\s?vidare|fortsätt|fortlöpande|framåt|pågår|[–-]+\s*$", re.IGNORECASE
)
_TOTAL: Final = re.compile(r"sammanlagt|totalt|summa|sammantaget|tillsammans", re.IGNORECASE)
_LONGEST_SAME: Final = 120
"""Letters from which two texts that are the same ask whether one was copied."""


def ask(draft: Draft, flow: Sequence[Flow], root: Section, known: Known) -> list[Question]:
    """Every question, in the order of the source."""
    questions = [
        *_amounts(draft, known),
        *_sums(draft),
        *_years(draft, flow),
        *_local_links(draft, flow),
        *_personal_numbers(flow),
        *_duplicates(draft),
        *_numbering(root, draft),
        *(Question("empty_page", str(page), At(page, 0), {"code": "empty_page"}) for page in draft.source.empty_pages),
    ]
    return sorted(questions, key=lambda question: (question.at.page or 0, question.at.line))


# --- amounts and sums


def _amounts(draft: Draft, known: Known) -> Iterator[Question]:
    """An amount that a thousand times more or less would be the state's total of a year, the sum of the document's own
    table, or an amount that stands elsewhere in it."""
    table = sum(money.amount for money in draft.money)
    years = draft.years or list(known.totals)
    totals = {known.totals[year]: year for year in years if year in known.totals}
    every = Counter(abs(found.data["amount"]) for found in draft.amounts)
    for found in draft.amounts:
        amount = found.data["amount"]
        for likely, year in totals.items():
            if _off(amount, likely):
                yield _amount(found, likely, "state_total", year=year)
                break
        else:
            if table and len(draft.money) > 2 and _off(amount, table):
                yield _amount(found, table, "table_total")
            elif amount > 0 and len(str(amount).rstrip("0")) >= 2 and every[amount * 1000]:
                yield _amount(found, amount * 1000, "same_digits")


def _amount(found: Found, likely: int, code: str, **more: int) -> Question:
    data = {"code": code, "amount": found.data["amount"], "likely": likely, **more}
    return Question("amount", found.data["text"], found.at, data)


def _off(amount: int, likely: int) -> bool:
    """Whether the amount is a thousandth or a thousand times of what is likely, give or take half a percent."""
    return any(abs(amount * times - likely) * 200 <= likely for times in (1000,)) or (
        amount % 1000 == 0 and abs(amount // 1000 - likely) * 200 <= likely
    )


def _sums(draft: Draft) -> Iterator[Question]:
    """Rows of totals that are not the sum of what stands above them, and sums in the text beside the table's."""
    for total in draft.totals:
        if total.parts and total.stated != sum(total.parts):
            data = {"code": "row", "stated": total.stated, "sum": sum(total.parts), "parts": len(total.parts)}
            yield Question("sum", total.text, total.at, data)
    table = sum(money.amount for money in draft.money)
    if len(draft.money) < 3:
        return
    for found in draft.amounts:
        if found.data.get("context") and _TOTAL.search(found.data["context"]):
            stated = found.data["amount"]
            unit = 10 ** (len(str(stated)) - len(str(stated).rstrip("0")))
            if abs(stated - table) * 2 > unit and table < stated * 2 and stated < table * 2:
                data = {"code": "text", "stated": stated, "sum": table, "parts": len(draft.money)}
                yield Question("sum", found.data["text"], found.at, data)


# --- years


def _years(draft: Draft, flow: Sequence[Flow]) -> Iterator[Question]:
    """Times of activities outside the plan's years, running heads of another year, days that no calendar has."""
    if draft.years:
        first, last = min(draft.years), max(draft.years)
        for node in _nodes(draft):
            leaf = node.fields.get("timeline")
            if leaf is None or leaf.at is None or _OPEN_ENDED.search(leaf.text):
                continue
            years = sorted({int(year) for year in _YEAR.findall(leaf.text)})
            if years and (years[-1] < first or years[0] > last + 1):
                data = {"code": "timeline", "year": years[0], "first": first, "last": last}
                yield Question("year", leaf.text, leaf.at, data)
        for text, at in running_heads(draft):
            years = sorted({int(year) for year in _YEAR.findall(text)})
            if years and not set(years) & set(range(first, last + 1)):
                yield Question("year", text, at, {"code": "head", "year": years[0], "first": first, "last": last})
    for para in facts.paragraphs(flow):
        for text, offset in dates.impossible(raw(para)):
            yield Question("year", text, facts.at_of(para, offset), {"code": "day"})


def running_heads(draft: Draft) -> Iterator[tuple[str, At]]:
    seen: set[str] = set()
    for kind, leaf in draft.unplaced:
        if kind != "furniture" or leaf.at is None or any(para.style == "contents" for para in leaf.paras):
            continue
        text = re.sub(
            r"(?:sida|sid\.?)?\s*(?<!\d)\d{1,3}\s*(?:\(\d+\)|av \d+)?\s*$", "", leaf.text, flags=re.IGNORECASE
        ).strip()
        if text and text not in seen:
            seen.add(text)
            yield text, leaf.at


# --- links and personal numbers


def _local_links(draft: Draft, flow: Sequence[Flow]) -> Iterator[Question]:
    """Links to a file on somebody's own computer, which nobody else can follow."""
    told: set[tuple[str, int]] = set()
    for found in draft.links:
        if _LOCAL.search(found.data["url"]):
            told.add((found.data["url"], found.at.line))
            yield Question("local_link", found.data["url"], found.at, {"code": "local_link"})
    for para in facts.paragraphs(flow):
        for match in re.finditer(r"(?<!\w)(?:[A-Za-z]:\\|\\\\\w)[^\s\"”]+", raw(para)):
            yield Question("local_link", match.group(), facts.at_of(para, match.start()), {"code": "local_link"})


def _personal_numbers(flow: Sequence[Flow]) -> Iterator[Question]:
    """Personal identity numbers, told without being repeated."""
    for para in facts.paragraphs(flow):
        text = raw(para)
        for found in find_personal_numbers(text):
            masked = re.sub(r"\d", "•", found.text)
            yield Question("personal_number", masked, facts.at_of(para, found.start), {"code": "personal_number"})


# --- duplicates and numbering


def _nodes(draft: Draft) -> Iterator[Node]:
    for area in draft.areas:
        yield from (*area.activities, *area.directives, *area.partnerships)


def _duplicates(draft: Draft) -> Iterator[Question]:
    """Areas or activities of one name, and long texts that stand twice."""
    yield from _same_titles(draft.areas)
    for area in draft.areas:
        yield from _same_titles(area.activities)
        yield from _same_titles(area.directives)
    texts: dict[str, str] = {}
    for node in (*draft.areas, *_nodes(draft)):
        for key, leaf in node.fields.items():
            bare = re.sub(r"\W", "", leaf.text.casefold())
            if len(bare) < _LONGEST_SAME or leaf.at is None:
                continue
            if bare in texts:
                data = {"code": "text", "first": texts[bare], "field": key}
                yield Question("duplicate", node.title.text, leaf.at, data)
            texts.setdefault(bare, node.title.text)


def _same_titles(nodes: Sequence[Node] | Sequence[Area]) -> Iterator[Question]:
    seen: dict[str, str] = {}
    for node in nodes:
        title = plain(node.title.text)
        at = node.title.at
        if title and title in seen and at is not None:
            yield Question("duplicate", node.title.text, at, {"code": "title", "first": seen[title]})
        seen.setdefault(title, node.title.text)


def _numbering(root: Section, draft: Draft) -> Iterator[Question]:
    """Numbers of headings that are left out, come twice, or come in another order."""
    groups: dict[tuple[str, ...], list[tuple[int, str, At]]] = {}
    for section in root.walk():
        if section.head is None or section.kind in ("goal", "activity", "partnership"):
            continue
        number = section.head.number.rstrip(".")
        if re.fullmatch(r"\d{1,2}(?:\.\d{1,2})*", number):
            *above, last = number.split(".")
            groups.setdefault(tuple(above), []).append((int(last), number, section.head.para.at))
    for prefix, members in groups.items():
        yield from _gaps(".".join(prefix), members)
    for area in draft.areas:
        own = [
            (int(node.number), node.number, node.title.at)
            for node in area.activities
            if node.number.isdigit() and node.title.at is not None
        ]
        if own and own[0][0] == 1:
            yield from _gaps("", own)


def _gaps(above: str, members: Sequence[tuple[int, str, At]]) -> Iterator[Question]:
    before = 0
    seen: set[int] = set()
    for last, number, at in members:
        wanted = f"{above}.{before + 1}" if above else str(before + 1)
        if last in seen:
            yield Question("numbering", number, at, {"code": "twice", "number": number})
        elif last > before + 1:
            yield Question("numbering", number, at, {"code": "gap", "number": number, "missing": wanted})
        elif last < before:
            yield Question("numbering", number, at, {"code": "order", "number": number, "after": str(before)})
        seen.add(last)
        before = max(before, last)
