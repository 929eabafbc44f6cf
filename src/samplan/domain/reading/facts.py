"""What running text tells besides its words: amounts, dates, links, figures, bodies, the county, the plan's years."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from samplan.domain.reading import amounts, dates, lines
from samplan.domain.reading.draft import Draft, Found
from samplan.domain.reading.paras import Flow, Grid, Para, glued, raw
from samplan.domain.reading.source import At
from samplan.domain.reading.vocabulary import Vocabulary

_ADDRESS = re.compile(
    r"(?:https?://|file://|mailto:|www\.)[^\s<>()\[\]\"”]+(?:\([^\s()]*\)[^\s<>()\[\]\"”]*)*"
    r"|(?<![\w@./-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:se|nu|org)(?:/[^\s<>()\[\]\"”]*)?(?![\w-])",
    re.IGNORECASE,
)
_MARKDOWN_LINK = re.compile(r"\[([^\]\n]{1,200})\]\(([^()\s]*)\)")
_LINK: Final = re.compile(r"\]\(|://|mailto:|www\.|\.(?:se|nu|org)(?![\w-])", re.IGNORECASE)
"""What a text with an address in it holds; others are not searched."""
_DIGIT: Final = re.compile(r"\d")
_YEAR: Final = r"(?:19|20)\d\d"
_ASIDE: Final = frozenset({"furniture", "double", "hidden"})


def find(draft: Draft, flow: Sequence[Flow], words: Vocabulary) -> None:
    """Add what every paragraph tells, in the order of the source. Furniture and doubles do not count."""
    seen: list[tuple[str, str, At]] = []
    for para in paragraphs(flow):
        text = lines.without_joiners(raw(para))
        for amount in amounts.find(text):
            data = {"amount": amount.kronor, "text": amount.text, "context": _before(text, amount.start)}
            draft.amounts.append(Found(data, at_of(para, amount.start)))
        for time in dates.find(text):
            data = {"text": time.text, "from": time.first, "to": time.last, "precision": time.precision}
            draft.dates.append(Found(data, at_of(para, time.start)))
        if not (para.kind == "note" and para.style == "address"):
            draft.links += _links(para, text)
        if para.kind not in ("note", "comment"):
            draft.figures += _figures(para, text, words)
            seen += [(name, more, at_of(para, start)) for name, more, start in bodies_in(text, words)]
    draft.bodies = _bodies(seen)
    for money in draft.money:
        at = money.leaf.at
        if at is not None and not any(amounts.find(money.leaf.text)):
            text = money.leaf.text or str(money.amount)
            draft.amounts.append(Found({"amount": money.amount, "text": " ".join(text.split())}, at))
    draft.amounts = _once([*draft.amounts, *draft.cells])
    draft.links.sort(key=lambda found: found.at.line)


def _before(text: str, start: int) -> str:
    """The words before an amount in its sentence."""
    return re.split(r"[.!?]\s", text[max(0, start - 80) : start])[-1]


def _once(found: list[Found]) -> list[Found]:
    """In order of their places; an amount of a table's cell that its text told already, once."""
    seen: set[tuple[int, At]] = set()
    kept = []
    for each in sorted(found, key=lambda each: (each.at.page or 0, each.at.line)):
        key = (each.data["amount"], each.at)
        if key not in seen or each.data["text"].strip("0123456789 \u00a0") != "":
            kept.append(each)
        seen.add(key)
    return kept


def paragraphs(flow: Sequence[Flow]) -> Iterator[Para]:
    for item in flow:
        for para in item.paras if isinstance(item, Grid) else (item,):
            if para.spans and para.kind not in _ASIDE:
                yield para


def at_of(para: Para, offset: int) -> At:
    """Where in the source a character of the paragraph's raw text stands."""
    position = 0
    for span, end in glued(para.spans):
        position += len(span.text) + len(end)
        if offset < position:
            return span.at
    return para.spans[-1].at


# --- links


def _links(para: Para, text: str) -> list[Found]:
    if not para.links and not _LINK.search(text):
        return []
    found = []
    seen: set[str] = set()
    for match in _MARKDOWN_LINK.finditer(text):
        url = match.group(2)
        if len(url) > 1:
            seen.add(url)
            found.append(Found({"url": url, "text": " ".join(match.group(1).split())}, at_of(para, match.start())))
    for match in _ADDRESS.finditer(text):
        url = match.group().rstrip(".,;:!?’'\"")
        if url not in seen and "." in url:
            seen.add(url)
            found.append(Found({"url": url, "text": ""}, at_of(para, match.start())))
    for url in para.links:
        if url not in seen:
            seen.add(url)
            found.append(Found({"url": url, "text": ""}, para.at))
    return found


# --- figures

_COUNT: Final = r"(?<![\w.,–-])(?P<number>\d{1,3}(?:[ \u00a0]\d{3})+|\d+(?:,\d+)?)"


@lru_cache(maxsize=4)
def _counted(units: tuple[str, ...]) -> re.Pattern[str]:
    plain_units = "|".join(re.escape(unit) for unit in sorted(units, key=len, reverse=True) if unit != "%")
    noun = rf"(?:[a-zåäö]+[\s\u00a0]+)?[a-zåäö]*(?:{plain_units})(?![\wåäö])"
    return re.compile(rf"{_COUNT}[\s\u00a0]*(?P<unit>%|{noun})", re.IGNORECASE)


def _figures(para: Para, text: str, words: Vocabulary) -> list[Found]:
    units = words.of("figures", "units")
    if not units or not _DIGIT.search(text):
        return []
    pattern = _counted(units)
    found = []
    for match in pattern.finditer(text):
        number = re.sub(r"[\s\u00a0]", "", match["number"]).replace(",", ".")
        if re.fullmatch(_YEAR, number):
            continue
        unit = " ".join(match["unit"].split())
        value = float(number) if "." in number else int(number)
        data = {"value": value, "unit": unit, "text": " ".join(match.group().split())}
        found.append(Found(data, at_of(para, match.start())))
    return found


# --- bodies


def _bodies(seen: Sequence[tuple[str, str, At]]) -> list[Found]:
    """Each body once, "Länsstyrgrupp" and "Länsstyrgruppen" together. A word in small letters belongs to the name it
    mostly follows ("Utskott Psykisk hälsa")."""
    follows: dict[str, Counter[str]] = {}
    for name, more, _ in seen:
        follows.setdefault(name.casefold(), Counter())[more] += 1
    found: dict[str, Found] = {}
    for name, _, at in seen:
        usual, times = follows[name.casefold()].most_common(1)[0]
        whole = f"{name} {usual}" if usual and times > 1 and times * 2 > follows[name.casefold()].total() else name
        key = re.sub(r"(?<=\w{6})(?:en|et)$", "", whole.casefold())
        if key not in found:
            found[key] = Found({"name": whole, "times": 0}, at)
        found[key].data["times"] += 1
        longer = len(whole) >= len(found[key].data["name"])
        if whole[:1].isupper() and longer:
            found[key].data["name"] = whole
    return list(found.values())


@lru_cache(maxsize=4)
def _named(heads: tuple[str, ...]) -> re.Pattern[str]:
    listed = "|".join(re.escape(head) for head in sorted(heads, key=len, reverse=True))
    return re.compile(
        rf"(?<![\wåäö])(?:(?P<one>[A-ZÅÄÖ][\wåäö-]*(?i:{listed})(?:en|et)?(?![\wåäö]))"
        rf"|(?P<two>(?i:{listed})[ \u00a0]+[A-ZÅÄÖ][\wåäö-]*)"
        r"(?P<more>[ \u00a0]+(?:och[ \u00a0]+)?[a-zåäö]{4,12}(?![\wåäö]))?"
        rf"|(?P<three>[A-ZÅÄÖ]{{2,6}}[ \u00a0](?:{listed})(?![\wåäö])))"
    )


def bodies_in(text: str, words: Vocabulary) -> Iterator[tuple[str, str, int]]:
    """Names of committees and groups (a capital, and one of the vocabulary's words in it or before it), the words in
    small letters after each, and where it begins."""
    heads = words.of("bodies", "heads")
    if not heads:
        return
    for match in _named(heads).finditer(text):
        name = " ".join((match["one"] or match["two"] or match["three"]).split())
        if len(name) > 4 and not re.search(r"områd\w*$", name, re.IGNORECASE):
            yield name, " ".join((match["more"] or "").split()), match.start()


# --- county and years


def county_of(text: str, counties: Sequence[tuple[str, str, str, str]]) -> tuple[str, str] | None:
    """Code and name of the county that the text names by far the most: "X län", "Region X", "X"."""
    weights: dict[str, tuple[tuple[str, str], int]] = {}
    for code, name, short, region in counties:
        # Longer names first: "Region X" is no "X" besides.
        everyday = region.removeprefix("Region ").removesuffix(" län")
        for word, weight in ((everyday, 1), (short, 1), (name.removesuffix(" län"), 1), (name, 3), (region, 3)):
            weights[word] = ((code, name), weight)
    scores: Counter[tuple[str, str]] = Counter()
    for match in _any_of(tuple(sorted(weights, key=len, reverse=True))).finditer(text):
        county, weight = weights[match.group(1)]
        scores[county] += weight
    best = scores.most_common(2)
    if not best or (len(best) == 2 and best[0][1] < best[1][1] * 2):
        return None
    return best[0][0]


@lru_cache(maxsize=4)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    if not words:
        return re.compile(r"(?!)")
    return re.compile(rf"(?<![\wåäö])({'|'.join(map(re.escape, words))})s?(?![a-zåäö])")


def years_of(title: str, heads: Sequence[str], text: str, cover: str = "", running: Sequence[str] = ()) -> list[int]:
    """The years that a plan is for: those of its title or cover, else the year that plan and report speak of most."""
    if found := _years_in(title) or _years_in(cover):
        return found
    scores: Counter[int] = Counter()
    for head, weight in (*((head, 3) for head in heads), *((head, 5) for head in running)):
        for year in _years_in(head):
            scores[year] += weight
    plan = (
        r"(?:handlingsplan\w*|överenskommelse\w*|planen|årsplan|verksamhetsplan|redovisning\w*|insatser|genomförs"
        r"|under|för|skett)"
    )
    for match in re.finditer(rf"(?<![\d-])(?P<year>{_YEAR})(?![\d:]|-\d\d)", text):
        before = text[max(0, match.start() - 60) : match.start()].lower()
        scores[int(match["year"])] += 1 + (3 if re.search(rf"{plan}[^.]{{0,40}}$", before) else 0)
    best = scores.most_common(1)
    return [best[0][0]] if best else []


def _years_in(text: str) -> list[int]:
    """Years in a title, a span written out; the day a document was dated does not count."""
    bare = re.sub(rf"{_YEAR}-[01]\d-[0-3]\d", " ", text)
    if match := re.search(rf"({_YEAR})\s?[–-]\s?({_YEAR}|\d\d)(?!\d)", bare):
        first, last = int(match.group(1)), int(match.group(2))
        last = last if last > 99 else first // 100 * 100 + last
        if first < last <= first + 12:
            return list(range(first, last + 1))
    return sorted({int(year) for year in re.findall(rf"(?<!\d){_YEAR}(?!\d)", bare)})


def whole_text(flow: Sequence[Flow]) -> str:
    return "\n".join(lines.join(raw(para).split("\n")) for para in paragraphs(flow))
