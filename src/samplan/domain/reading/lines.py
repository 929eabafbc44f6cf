"""What a single line looks like: a list item, a numbered heading, an address, a line of a contents list, a page number.

Only shapes, no words: the words for kinds of headings stand in the vocabulary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_BULLETS: Final = "•●▪◦‣·∙○■□◆◇➢➤►✓✔❖\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d\uf06e\uf071"
_BULLET = re.compile(rf"\s*(?:(?P<sign>[{_BULLETS}])\s*|(?P<dash>[-–—*+])\s+|(?P<round>o)\s+(?=[A-ZÅÄÖ0-9”\"“]))(?=\S)")
_NUMBER = re.compile(
    r"\s*(?P<number>\d{1,2}(?:\.\d{1,2}){0,4}|[A-ZÅÄÖ]|[a-zåäö]|[IVX]{1,5})"
    r"(?P<end>[.)]\)?|(?=\s|$))(?P<space>\s+|$)(?P<rest>.*)",
    re.DOTALL,
)
_DECIMALS = re.compile(r"\d{1,2}(?:\.\d{1,2})+")
_ADDRESS = re.compile(
    r"(?:(?:https?|ftp|file|mailto|sip|tel):\S+|www\.\S+\.\S+|[\w.-]+\.(?:se|com|org|nu|eu|net)(?:/\S*)?|\S*https?:/\S+)$",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"(?P<title>\S.*?)\s*(?:\.[ .]*\.\.+\s*|…[….\s]*|_{3,}\s*|\t+\s*|\s{3,})(?P<page>\d{1,3}|[ivxl]{1,6})\s*$"
)
_PAGE_NUMBER = re.compile(
    r"(?:sida|sid\.?|page)?\s*[-–—|]?\s*\d{1,3}\s*(?:[-–—|]|(?:\(|/|av|of)\s*\d{1,3}\)?)?\s*$", re.IGNORECASE
)
_BARE_NUMBER = re.compile(r"\d{1,3}$")
_TERMINAL = re.compile(r"[.!?:;,…][\"”’')\]]*\d{0,2}$")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\d{0,2}$")
_CAPTION = re.compile(r"(?:tabell|bild|figur|diagram|karta|foto)\s*\d{0,3}\s*[.:–-]\s*\S", re.IGNORECASE)
_LABELLED = re.compile(r"[A-ZÅÄÖ][a-zåäö]{2,20}(?: [a-zåäö]{1,15}){0,3}: \S")
_COUNTED_TITLE = re.compile(r"[A-ZÅÄÖ]\w{3,} (?:\d{1,2}(?:\.\d{1,2})*|[A-Z])\s*(?::|[–—-](?=\s))\s*[A-ZÅÄÖ0-9]")
_FOOTNOTE = re.compile(r"\s*(?P<mark>\d{1,3})\s+(?P<rest>\S.*)", re.DOTALL)


_JOINERS = re.compile("[\u2060\u200b\ufeff]")
_SOFT = re.compile("\u00ad")


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands before the text of an item or a heading: `end` is where the text begins."""

    kind: str
    """`bullet`, `number` (one number, letter or Roman number) or `decimal` ("2.1.3")."""
    text: str
    end: int


def bullet(text: str) -> Mark | None:
    """The sign of a list item; `text` is the sign itself."""
    if not (match := _BULLET.match(text)):
        return None
    sign = match["sign"] or match["dash"] or match["round"]
    return Mark("bullet", sign, match.end())


def number(text: str) -> Mark | None:
    """A leading number like "2", "2.", "2.1.3", "a)", "B." or "IV.", followed by text."""
    match = _NUMBER.match(text)
    if not match or not match["rest"].strip():
        return None
    written, end = match["number"], match["end"]
    if _DECIMALS.fullmatch(written):
        return Mark("decimal", written, match.start("rest"))
    if not end and not written.isdigit():
        return None
    return Mark("number", written, match.start("rest"))


def has_marked_lead(text: str) -> bool:
    """Whether a numbered line begins with words in Markdown's bold and goes on after them."""
    return re.match(r"\s*\d{1,2}[.)]\s+(\*\*|__)(?=\w)[^*_]+\1\s*\S", text) is not None


def is_address(text: str) -> bool:
    """Whether the line is an address and nothing else."""
    return bool(_ADDRESS.match(text.strip()))


def contents_title(text: str) -> str | None:
    """The title in a line of a contents list, without leader and page number; None when it is no such line."""
    match = _CONTENTS.match(text.strip())
    return match["title"].strip() if match and re.search(r"[^\W\d_]{2}", match["title"]) else None


def is_page_number(text: str) -> bool:
    """ "13", "– 3 –", "Sida 3 (12)": something that only counts pages."""
    return bool(_PAGE_NUMBER.match(text.strip()))


def is_bare_number(text: str) -> bool:
    return bool(_BARE_NUMBER.match(text.strip()))


def is_labelled(text: str) -> bool:
    """ "Ansvarig: Skolan": one word or a few, a colon and more."""
    return bool(_LABELLED.match(text.strip()))


def is_counted_title(text: str) -> bool:
    """ "Insats 1.2: Kurser", "Område 3 – Skolan": a word, a number and a title, no sentence."""
    return bool(_COUNTED_TITLE.match(text.strip())) and not ends(text)


def is_caption(text: str) -> bool:
    """ "Tabell 1. …", "Bild 2: …"."""
    return bool(_CAPTION.match(text.strip()))


def footnote_mark(text: str) -> int | None:
    """The number that a footnote would begin with."""
    match = _FOOTNOTE.match(text)
    return int(match["mark"]) if match else None


def ends(text: str) -> bool:
    """Whether the line ends with a mark of punctuation."""
    return bool(_TERMINAL.search(text.rstrip()))


def ends_sentence(text: str) -> bool:
    return bool(_SENTENCE_END.search(text.rstrip()))


def begins_low(text: str) -> bool:
    """Whether the first letter is a small one, which a new paragraph or heading seldom begins with."""
    stripped = text.lstrip(" \t\"”“'(/")
    return bool(stripped) and stripped[0].islower()


def join(lines: list[str]) -> str:
    """Lines of one paragraph as one text: single spaces, and a word divided at a line's end made whole.

    A hyphen stays where it belongs to the word: before "och" and "eller", after capitals and digits ("ADHD-utredning").
    """
    whole = ""
    for line in lines:
        text = " ".join(line.split())
        if not text:
            continue
        if not whole:
            whole = text
        elif whole.endswith("\u00ad"):
            whole = _after_hyphen(whole[:-1] + "-", text)
        elif re.search(r"\w-$", whole) and text[0].isalnum():
            whole = _after_hyphen(whole, text)
        elif re.search(r"\w/$", whole) and text[0].isalnum():
            whole += text
        else:
            whole += " " + text
    whole = without_joiners(whole)
    return _SOFT.sub(lambda match: "-" if _is_drawn(whole, match.start()) else "", whole)


def without_joiners(text: str) -> str:
    """Without the signs that nobody sees, which keep the parts of a number together or let a word break."""
    return _JOINERS.sub("", text)


def _is_drawn(text: str, place: int) -> bool:
    """Whether a soft hyphen stands where only a real one can: beside a space, a mark, a capital or a digit. Some
    programs write every hyphen of a PDF so."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    alone = place < 2 or not text[place - 2].isalpha()
    return alone or not (before.islower() and after.islower())


def _after_hyphen(whole: str, text: str) -> str:
    last = whole.rsplit(None, 1)[-1][:-1]
    first = text.split(None, 1)[0].strip(".,;:)")
    if first.endswith(("-", "\u00ad")):
        # "patient-" before "brukar- och anhörigstöd" is a word of its own.
        return f"{whole} {text}"
    if first.lower() in {"och", "eller", "samt", "respektive", "till", "med", "/"}:
        return f"{whole} {text}"
    if last.isdigit() and text[0].isdigit():
        return whole + text
    keeps = last.isupper() or any(character.isdigit() for character in last) or text[0].isupper() or text[0].isdigit()
    return whole + text if keeps or len(last) == 1 or "-" in last or "//" in last else whole[:-1] + text
