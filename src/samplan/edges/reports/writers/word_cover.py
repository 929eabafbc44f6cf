"""Writing a document's facts into a template's cover, head and foot: at its title, its placeholders and its fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from docx.oxml.ns import qn

from samplan.domain.document import Document, text_of
from samplan.edges.reports.writers.word_template import PLACEHOLDER, own_texts, style_of

# What a template may ask for between double braces, and by which name we know it.
WORDS: Final[Mapping[str, str]] = {
    "titel": "title", "underrubrik": "subtitle", "motto": "motto", "datum": "date", "ägare": "owner",
    "diarienummer": "case_number", "år": "year", "län": "county",
}  # fmt: skip
PICTURES: Final[Mapping[str, str]] = {"logotyper": "logotypes", "omslagsbild": "picture"}
_FIELDS: Final = {"TITLE": "title", "SUBJECT": "subtitle"}
_FIELD: Final = re.compile(r"^\s*(TITLE|SUBJECT)\b", re.IGNORECASE)
_BOUND: Final = (("title", "title"), ("subject", "subtitle"), ("publishdate", "date"))


def details_of(document: Document) -> dict[str, str]:
    """What a cover may say of a document, by our names."""
    return {
        "title": document.title, "subtitle": document.subtitle, "motto": text_of(document.motto), **document.details,
    }  # fmt: skip


def set_text(paragraph: Any, text: str) -> None:
    """Let a paragraph say `text`, in the type of its first characters; what stands in boxes inside it stays."""
    texts = list(own_texts(paragraph))
    if not texts:
        run = paragraph.makeelement(qn("w:r"), {})
        texts = [run.makeelement(qn("w:t"), {})]
        run.append(texts[0])
        paragraph.append(run)
    _fill(texts, text)


def _fill(texts: list[Any], text: str) -> None:
    for n, one in enumerate(texts):
        one.text = text if n == 0 else ""
        one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    for control in texts[0].iterancestors(qn("w:sdt")):
        for mark in list(control.iter(qn("w:showingPlcHdr"))):
            mark.getparent().remove(mark)


def fill_placeholders(root: Any, details: Mapping[str, str]) -> set[str]:
    """Put details in place of `{{titel}}` and the like; a paragraph that says no more goes. Which ones were put."""
    put: set[str] = set()
    for paragraph in list(root.iter(qn("w:p"))):
        texts = list(own_texts(paragraph))
        said = "".join(one.text or "" for one in texts)
        names = [WORDS[name.lower()] for name in PLACEHOLDER.findall(said) if name.lower() in WORDS]
        if not names:
            continue
        put.update(names)
        filled = PLACEHOLDER.sub(
            lambda match: details.get(WORDS[match[1].lower()], "") if match[1].lower() in WORDS else match[0], said
        )
        _fill(texts, filled)
        if not filled.strip():
            _drop(paragraph)
    return put


def fill_controls_and_fields(root: Any, details: Mapping[str, str]) -> set[str]:
    """Content controls bound to the file's title, subject and date, and fields that show them. Which ones were put."""
    put: set[str] = set()
    for control in list(root.iter(qn("w:sdt"))):
        binding = control.find(f"{qn('w:sdtPr')}/{qn('w:dataBinding')}")
        path = binding.get(qn("w:xpath"), "").lower() if binding is not None else ""
        name = next((ours for word, ours in _BOUND if re.search(rf":{word}\b", path)), "")
        texts = list(control.iter(qn("w:t")))
        if name and texts:
            _fill(texts, details.get(name, ""))
            put.add(name)
    for simple in root.iter(qn("w:fldSimple")):
        shown = _FIELD.match(simple.get(qn("w:instr"), ""))
        texts = list(simple.iter(qn("w:t")))
        if shown and texts:
            _fill(texts, details.get(_FIELDS[shown[1].upper()], ""))
            put.add(_FIELDS[shown[1].upper()])
    for paragraph in root.iter(qn("w:p")):
        put |= _complex_fields(paragraph, details)
    return put


def _complex_fields(paragraph: Any, details: Mapping[str, str]) -> set[str]:
    """Fields of several runs within a paragraph: what they show stands between their separator and their end."""
    put: set[str] = set()
    instruction, texts, shows = "", list[Any](), False
    for one in paragraph.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:t")):
        kind = one.get(qn("w:fldCharType"), "")
        if kind == "begin":
            instruction, texts, shows = "", [], False
        elif kind == "separate":
            shows = True
        elif kind == "end":
            shown = _FIELD.match(instruction)
            if shown and texts:
                _fill(texts, details.get(_FIELDS[shown[1].upper()], ""))
                put.add(_FIELDS[shown[1].upper()])
            instruction, texts, shows = "", [], False
        elif one.tag == qn("w:instrText"):
            instruction += one.text or ""
        elif shows:
            texts.append(one)
    return put


def fill_style(roots: Iterable[Any], style: str, text: str) -> bool:
    """Let the paragraph in this style say `text`; others in it go, but for the copies that Word keeps of text boxes."""
    found = [p for root in roots for p in root.iter(qn("w:p")) if style and style_of(p) == style]
    boxes: set[str] = set()
    filled = False
    for paragraph in found:
        box = "".join(
            str(one.tag) for one in paragraph.iterancestors() if str(one.tag).endswith(("}Choice", "}Fallback"))
        )
        if (not filled or (box and box not in boxes)) and text:
            set_text(paragraph, text)
            filled = True
            boxes.add(box)
        else:
            _drop(paragraph)
    return bool(found)


def _drop(paragraph: Any) -> None:
    """Take a paragraph away, or only its words where something hangs on it: a section, a picture, a cell's only one."""
    above = paragraph.getparent()
    alone = sum(1 for one in above if one.tag == qn("w:p")) == 1
    keeps = (qn("w:sectPr"), qn("w:drawing"), qn("w:pict"), qn("w:br"))
    if alone or next(paragraph.iter(*keeps), None) is not None:
        for one in own_texts(paragraph):
            one.text = ""
        return
    above.remove(paragraph)
