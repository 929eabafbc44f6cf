"""Which paragraphs are headings or labels, and what their words say they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from samplan.domain.reading import lines
from samplan.domain.reading.paras import Flow, Grid, Para, raw
from samplan.domain.reading.vocabulary import Match, Vocabulary, plain

LONGEST_LABEL: Final = 60


@dataclass(frozen=True, slots=True)
class Label:
    """What the words of a heading say: `kind` is one of

    `field` (key: the field), `goals` (key: long, short, any), `goal` (one numbered goal, its text in the heading),
    `group` (key: activities, points, directives, partnerships), `area`, `areas` (the heading over several),
    `activity`, `directive`, `partnership`, or empty: a heading of its own words.
    """

    kind: str = ""
    key: str = ""
    exact: bool = True


@dataclass(slots=True)
class Head:
    """A heading. `rank` 1 is the highest; None where only the context can tell. `begin`: where the title begins in the
    characters of the paragraph. `rest`: text that follows a label in the same paragraph."""

    para: Para
    label: Label
    title: str
    number: str = ""
    rank: float | None = None
    begin: int = 0
    loud: bool = False
    rest: tuple[Para, ...] = ()
    gap_before: int | None = None
    gap_after: int | None = None

    @property
    def is_label(self) -> bool:
        return self.label.kind in ("field", "goals", "goal")


@dataclass(slots=True)
class Reading:
    """What is known of the whole document while its headings are told from its text."""

    words: Vocabulary
    drawn: bool
    typed: bool
    contents: frozenset[str] = frozenset()
    numbered: bool = False
    tags: frozenset[str] = frozenset()
    sheets: int = 0
    """Tables with a name of their own: the sheets of a workbook."""
    common: frozenset[str] = frozenset()
    """Rows of one cell that stand at the top of several sheets: the title of them all."""
    repeated: frozenset[str] = frozenset()
    """Labels that stand as they are, without addition, twice or more."""
    ranks: dict[tuple[float, bool, bool], float] = field(default_factory=dict)
    styles: dict[str, float] = field(default_factory=dict)
    """A rank for each way of numbering: the one that comes first is the highest."""
    roman: bool = False
    styled: bool = False
    """Whether styles (or Markdown's signs) tell the levels of headings."""
    restarts: bool = False
    """Whether plain numbers count anew under each area: what they number stands below it."""
    mixed: frozenset[tuple[float, bool, bool]] = frozenset()
    """Looks that headings of several depths of numbers share."""
    offset: float = 0.0
    """How much lower headings rank by their looks than by their numbers, where a title stands above all."""


def without_marks(text: str) -> str:
    """A heading's text without Markdown's signs."""
    return text.strip().strip("#*_ ").strip()


def split_number(text: str, auto: str = "") -> tuple[str, str, int]:
    """Number, title and where the title begins: "2.1 Mål" is ("2.1", "Mål", 4)."""
    lead = len(text) - len(text.lstrip(" \t\f#*_\n\r\u00a0"))
    if auto:
        return auto.strip(" .)\t"), text[lead:].strip(" *_"), lead
    mark = lines.number(text[lead:])
    if mark is None or (mark.kind == "number" and _is_word(mark.text, text[lead + mark.end :])):
        return "", text[lead:].strip(" *_"), lead
    return mark.text, text[lead + mark.end :].strip(" *_"), lead + mark.end


def _is_word(mark: str, rest: str) -> bool:
    """Whether "I" or "Å" before a space is a word, or a number before a unit: "3 miljoner", "15 personer"."""
    return mark.isdigit() and rest[:1].islower()


def name(para: Para, words: Vocabulary) -> tuple[Label, str, str, int]:
    """Label, number, title and where the title begins."""
    return _named(raw(para), para.number, words)


@lru_cache(maxsize=4096)
def _named(text: str, auto: str, words: Vocabulary) -> tuple[Label, str, str, int]:
    text = text.replace("\u00ad", "-")
    number, title, begin = split_number(text, auto)
    title = lines.join(without_marks(title).split("\n"))
    label, own_number, cut_off = label_of(title, words)
    if cut_off:
        title = title[cut_off:]
        # The first word may go on in the next line.
        begin += _place(text[begin:], title, cut_off // 2)
    return label, number or own_number, title, begin


def _place(text: str, title: str, start: int) -> int:
    """Where a title begins that stands in the text with its words perhaps broken over lines."""
    word = title.split()[0] if title.split() else ""
    places = (text.find(word[:length], start) for length in range(len(word), 1, -1))
    return next((place for place in places if place >= 0), max(0, text.find(word)))


_OURS: Final = frozenset({"våra", "länets", "valda", "gemensamma", "de", "årets", "planens"})


def label_of(title: str, words: Vocabulary) -> tuple[Label, str, int]:
    """What a heading's words say, a number within them, and how much of the text only says so."""
    if prefix := words.prefix(title):
        key, number, rest = prefix
        kind = {"activity": "activity", "directive": "directive", "partnership": "partnership", "goal": "goal"}[key]
        if rest and number:
            return Label(kind), number, len(title) - len(rest)
        if rest and key == "activity":
            return Label(kind), "", len(title) - len(rest)
        if number and not rest:
            return Label(kind), number, 0
    if (area := _area(title, words)) is not None:
        return area
    if words.exact("goals", title) == "county":
        return Label("chapter"), "", 0
    if words.exact("groups", title) == "directives":
        return Label("group", "directives"), "", 0
    if any(re.match(rf"{re.escape(word)}\b", title, re.IGNORECASE) for word in words.of("groups", "directives")):
        rest = prefix[2] if prefix and prefix[0] == "directive" else ""
        return Label("directive"), "", len(title) - len(rest) if rest else 0
    matches = [(kind, match) for kind, section in _KINDS if (match := _match(words, section, title)) is not None]
    matches = [(kind, match) for kind, match in matches if (kind, match.key) not in _NOT_ALONE]
    for kind, match in sorted(matches, key=lambda each: not each[1].exact):
        return Label("areas" if kind == "areas" else kind, "" if kind == "areas" else match.key, match.exact), "", 0
    if asked := words.question(title):
        return Label("field", asked), "", 0
    if words.exact("areas", title.partition(" ")[2]) == "many" and plain(title).split()[0] in _OURS:
        return Label("areas"), "", 0
    if words.is_chapter(title):
        return Label("chapter"), "", 0
    return Label(), "", 0


_KINDS: Final = (("goals", "goals"), ("group", "groups"), ("field", "fields"), ("areas", "areas"))
# "Mål" alone may be an area's goals or an activity's field, which its place decides; areas in the singular have a name.
_NOT_ALONE: Final = frozenset({("goals", "any"), ("goals", "county"), ("goals", "item"), ("areas", "one")})


def _match(words: Vocabulary, section: str, title: str) -> Match | None:
    return words.match(section, title) if len(title) <= LONGEST_LABEL + 30 else None


def _area(title: str, words: Vocabulary) -> tuple[Label, str, int] | None:
    names = words.of("areas", "one")
    if found := words.lead(names, title):
        number, rest = found
        return Label("area"), number, len(title) - len(rest) if rest else 0
    first = plain(title)
    for word in names:
        if len(word) > 8 and first.startswith(word + " "):
            return Label("area"), "", 0
    return None


# --- headings among the paragraphs


def survey(flow: Sequence[Flow], words: Vocabulary, *, kind: str) -> Reading:
    """What the document as a whole says about its headings."""
    paras = [item for item in flow if isinstance(item, Para)]
    contents = frozenset(
        plain(split_number(title)[1])
        for para in paras
        if para.kind == "furniture" and (title := lines.contents_title(raw(para)))
    )
    heads = [para for para in paras if para.kind == "heading"]
    exact = Counter(
        plain(title)
        for para in paras
        if len(raw(para)) <= LONGEST_LABEL + 20
        for label, _, title, _ in [name(para, words)]
        if label.kind == "field" and label.exact
    )
    reading = Reading(
        words=words,
        drawn=kind == "pdf",
        typed=kind == "text",
        contents=contents if len(contents) >= 3 else frozenset(),
        repeated=frozenset(word for word, times in exact.items() if times >= 2),
        styled=any(para.sure and para.level for para in heads),
        common=_common(flow),
        sheets=len({item.name for item in flow if isinstance(item, Grid) and item.name and not item.hidden}),
    )
    if reading.typed and (capitals := _capitals(heads)):
        reading.ranks = {capitals: 1.0}
    numbers = [number for para in heads if (number := split_number(raw(para), para.number)[0])]
    reading.restarts = reading.typed and _restarts(heads, words)
    reading.roman = bool({"II", "III"} & set(numbers))
    for number in numbers:
        style = number_style(number, reading.roman)
        if "." not in number:
            reading.styles.setdefault(style, float(len(reading.styles) + 1))
    if "small" in reading.styles:
        deepest = max((number.count(".") + 1 for number in numbers if number[:1].isdigit()), default=0)
        reading.styles["small"] = max(reading.styles["small"], deepest + 1.0)
    if not reading.typed:
        reading.ranks = _ranks(heads, paras)
        deep: dict[tuple[float, bool, bool], set[int]] = {}
        for para in heads:
            if (number := split_number(raw(para), para.number)[0])[:1].isdigit():
                deep.setdefault(look(para), set()).add(number.count("."))
        reading.mixed = frozenset(each for each, found in deep.items() if len(found) > 1)
        depths = Counter(
            reading.ranks[look(para)] - number.count(".") - 1
            for para in heads
            if look(para) in reading.ranks and (number := split_number(raw(para), para.number)[0])[:1].isdigit()
        )
        reading.offset = depths.most_common(1)[0][0] if depths else 0.0
    return reading


def _restarts(heads: Sequence[Para], words: Vocabulary) -> bool:
    """Whether 1 comes again below headings that are called areas and have no number before them."""
    ones = 0
    inside = False
    for para in heads:
        number = split_number(raw(para), para.number)[0]
        if name(para, words)[0].kind == "area":
            if number:
                return False
            inside = True
        ones += inside and number == "1"
    return ones > 1


def _common(flow: Sequence[Flow]) -> frozenset[str]:
    tops = Counter(
        text
        for grid in flow
        if isinstance(grid, Grid) and grid.name and not grid.hidden
        for text in {row.filled[0].text for row in grid.rows[:4] if len(row.filled) == 1}
    )
    return frozenset(text for text, times in tops.items() if times > 1)


def _capitals(heads: Sequence[Para]) -> tuple[float, bool, bool] | None:
    """The look of headings in capitals, where a text file begins with one and has three of them or more and others
    besides."""
    looks = [look(para) for para in heads]
    capitals = [each for each in looks if each[2]]
    return capitals[0] if 3 <= len(capitals) < len(looks) and looks[0][2] else None


def number_style(number: str, roman: bool) -> str:
    """ "digit", "roman", "capital" or "small"."""
    if number[:1].isdigit():
        return "digit"
    if roman and re.fullmatch(r"[IVX]+", number):
        return "roman"
    return "capital" if number.isupper() else "small"


def is_numbered(heads: Sequence[Para]) -> bool:
    """Whether headings are numbered through the document: "2.1" twice, or 1, 2, 3."""
    numbers = [split_number(raw(para), para.number)[0] for para in heads if para.kind == "heading"]
    single = [each for each in numbers if each.isdigit()]
    return sum("." in number for number in numbers) >= 2 or single[:3] == list("123")


def _ranks(heads: Sequence[Para], paras: Sequence[Para]) -> dict[tuple[float, bool, bool], float]:
    """A rank for each look of headings in larger type than the text: larger before smaller, capitals before small
    letters, bold before plain. None where styles tell the levels: what is loud there only names what follows."""
    sizes: Counter[float] = Counter()
    for para in paras:
        if para.kind in ("paragraph", "item"):
            sizes[round(para.size or 0)] += len(raw(para))
    body = sizes.most_common(1)[0][0] if sizes else 0
    if any(para.sure and para.level for para in heads):
        return {}
    looks = {look(para) for para in heads}
    loud = sorted((each for each in looks if each[0] > body), key=lambda each: (-each[0], not each[2], not each[1]))
    return {each: float(place) for place, each in enumerate(loud, start=1)}


def look(para: Para) -> tuple[float, bool, bool]:
    letters = [character for character in raw(para) if character.isalpha()]
    return round(para.size or 0), para.bold, bool(letters) and all(letter.isupper() for letter in letters)


def head_of(para: Para, reading: Reading, before: Para | None, after: Para | None) -> Head | None:
    """The heading that a paragraph is, or None for running text."""
    if para.kind not in ("heading", "paragraph") or not raw(para).strip():
        return None
    if is_tag_line(para, reading.tags, after) or (not para.sure and reading.words.is_caption(para.spans[0].text)):
        return None
    label, number, title, begin = name(para, reading.words)
    if label.kind == "field" and not label.exact and any(plain(title).startswith(word) for word in reading.repeated):
        label = Label()
    gap = _gap(para, after) if reading.typed else None
    head = Head(para, label, title, number, None, begin, para.sure, gap_after=gap)
    head.gap_before = _gap(before, para) if reading.typed else None
    if para.kind == "heading" and para.sure and para.level:
        head.rank = float(para.level)
        return head
    written = split_number(raw(para), para.number)[0]
    if para.kind == "heading" and reading.ranks:
        repeated = reading.typed and head.is_label and plain(title) in reading.repeated
        head.rank = None if repeated else reading.ranks.get(look(para))
        if reading.typed and head.rank and (label.kind == "field" or label.kind == "goals"):
            head.label = label = Label()
    if head.rank is not None and written[:1].isdigit() and look(para) in reading.mixed:
        head.rank += written.count(".") * 0.01
        return head
    if "." in written and para.kind == "heading":
        head.rank = head.rank if reading.drawn and head.rank else written.count(".") + 1 + reading.offset
        return head
    counted_anew = reading.restarts and written.isdigit()
    if written and not counted_anew and para.kind == "heading" and len(title) <= 200 and label.kind != "goal":
        head.rank = head.rank or reading.styles.get(number_style(written, reading.roman), 1.0)
        return head
    if head.rank is not None:
        return head
    if label.kind == "chapter" and para.kind == "heading":
        return head
    if label.kind == "goal" and number and len(title) <= 300:
        return head
    longest = 200 if label.kind in ("activity", "directive", "area", "partnership") else LONGEST_LABEL + 30
    short = len(title) <= longest and not lines.ends_sentence(title)
    if label.kind and short and (label.exact or para.kind == "heading"):
        return head
    if para.kind == "heading" and para.level == 0 and _is_plain_heading(head, reading, before, after):
        return head
    return None


def _gap(before: Para | None, after: Para | None) -> int | None:
    """Blank lines between two paragraphs of a text file."""
    return after.at.line - before.last_line - 1 if before is not None and after is not None else None


def _is_plain_heading(head: Head, reading: Reading, before: Para | None, after: Para | None) -> bool:
    """A heading without number, level or known words: only its place tells."""
    text = head.title
    if reading.contents and not reading.numbered:
        return plain(text) in reading.contents
    if after is None or text.endswith(":") or len(text.split()) > 22:
        return False
    if before is not None and before.kind == "item" and after.kind == "item":
        return False
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= 2 and text[:1] not in "-–(" and not re.match(r"[\d\s]+$", text)


def tags_in(text: str, tags: frozenset[str]) -> tuple[str, ...]:
    """The tags of a line that holds nothing but tags."""
    parts = text.replace(",", " ").split()
    if not parts or not tags:
        return ()
    return tuple(parts) if all(part in tags for part in parts) else _longer_tags(text, tags)


def is_tag_line(para: Para, tags: frozenset[str], after: Para | None) -> bool:
    """Whether a paragraph holds nothing but tags. One word that text follows on its page is a heading."""
    found = tags_in(raw(para), tags)
    if len(found) == 1 and para.kind == "heading":
        return para.sure is False and (after is None or after.style == "page")
    return bool(found)


def _longer_tags(text: str, tags: frozenset[str]) -> tuple[str, ...]:
    rest = " ".join(text.split())
    found = []
    while rest:
        tag = next((tag for tag in sorted(tags, key=len, reverse=True) if rest.startswith(tag)), None)
        if tag is None:
            return ()
        found.append(tag)
        rest = rest[len(tag) :].lstrip(" ,;|")
    return tuple(found)
