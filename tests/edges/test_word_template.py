"""Reports in a county's own Word template: its styles, paper, head, foot and cover stay, its contents list is ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx as python_docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from lxml import etree

from samplan.base.files.word import looked_into_template
from samplan.domain.document import Document, Heading, Table, plain, walk
from samplan.domain.errors import Invalid
from samplan.edges.reports.writers import docx
from samplan.edges.reports.writers.tidy import heading_text, tidy
from samplan.edges.reports.writers.word_keys import docx_keys
from samplan.edges.reports.writers.word_styles import NAMES
from samplan.edges.reports.writers.word_template import Template, has_picture
from tests.edges.office_files import changed, with_body, with_parts, word
from tests.edges.swedish_report import big_report
from tests.edges.test_cover import covered
from tests.edges.word_templates import (
    COVER_PICTURE,
    from_libreoffice,
    plain_styles,
    swedish,
    with_placeholders,
)

SAMPLE = ("Exempeltext", "Exempelkapitel", "Exempelavsnitt", "Exempel tre", "Exempelbilaga", "Mallens titel")


def own_report() -> bytes:
    """A report of ours that somebody has taken for a template."""
    return docx.write(big_report(areas=1, directives=1), language="sv")


MAKERS: dict[str, Callable[[], bytes]] = {
    "swedish": swedish, "plain": plain_styles, "placeholders": with_placeholders, "own report": own_report,
    "libreoffice": from_libreoffice,
}  # fmt: skip


@pytest.fixture(params=[
    pytest.param(name, marks=[pytest.mark.libreoffice] if name == "libreoffice" else []) for name in MAKERS
])  # fmt: skip
def template(request: pytest.FixtureRequest) -> bytes:
    return looked_into_template(MAKERS[request.param]())


def printed(document: Document, template: bytes, **choices: str) -> bytes:
    return docx.write(document, language="sv", template=Template(template, choices))


def opened(content: bytes) -> Any:
    return python_docx.Document(BytesIO(content))


def said(content: bytes) -> list[tuple[str, str]]:
    """What a written file says of the document itself, with its keys."""
    return [(text, key) for text, key in docx_keys(content) if not key.startswith("furniture/")]


def all_words(file: Any) -> str:
    return "\n".join(one.text or "" for one in file.element.body.iter(qn("w:t")))


def fields(file: Any) -> Counter[str]:
    found = [one.text.split()[0] for one in file.element.body.iter(qn("w:instrText")) if one.text.split()]
    return Counter(found)


# ---- what is found


def test_styles_are_found_by_built_in_name_swedish_name_outline_and_what_follows() -> None:
    found = {ours: (match.name, match.how) for ours, match in Template(swedish()).found.items()}
    assert set(found) == set(NAMES)
    assert {ours: one for ours, one in found.items() if one[0]} == {
        "Normal": ("Brödtext", "after"), "Title": ("Titel", "name"), "Subtitle": ("Underrubrik", "name"),
        "Heading1": ("heading 1", "built_in"), "Heading2": ("Länets mellanrubrik", "outline"),
        "Heading3": ("Rubrik 3", "name"), "ListBullet": ("Punktlista", "name"),
        "TOCHeading": ("TOC Heading", "built_in"), "TOC1": ("toc 1", "built_in"),
    }  # fmt: skip
    assert all(how == "ours" for name, how in found.values() if not name)


@pytest.mark.libreoffice
def test_libreoffices_own_names_are_found() -> None:
    found = {ours: (match.name, match.how) for ours, match in Template(from_libreoffice()).found.items()}
    assert found["Normal"] == ("Body Text", "after")
    assert found["Heading1"] == ("Länets kapitel", "outline")
    assert found["Heading2"] == ("Länets avsnitt", "outline")
    assert found["Heading3"][0].lower() == "heading 3"
    assert found["TOC2"][0].lower() == "toc 2"
    template = Template(from_libreoffice())
    assert template.contents is not None
    assert (template.contents.control, template.contents.levels) == (True, 2)


def test_a_person_may_choose_otherwise_and_ours_too() -> None:
    found = Template(swedish(), {"Heading4": "Rubrik3", "Quote": "Brdtext", "Title": "", "Heading5": "no such"}).found
    assert (found["Heading4"].name, found["Heading4"].how) == ("Rubrik 3", "chosen")
    assert found["Quote"].how == "chosen"
    assert found["Title"].how == found["Heading5"].how == "ours"


# ---- what is written


def test_the_template_stays_and_the_document_is_whole(template: bytes) -> None:
    document = big_report(areas=2, directives=2)
    content = printed(document, template)
    file, before = opened(content), Template(template)
    # everything is said once, in the order of our own file
    assert said(content) == said(docx.write(document, language="sv"))
    assert not any(words in all_words(file) for words in SAMPLE)
    # headings in the template's styles
    names = {style.get(qn("w:styleId")): style for style in file.styles.element}
    headings = [(p.style.style_id, p.text) for p in file.paragraphs if p.text]
    wanted = [block for block in document.blocks if isinstance(block, Heading)]
    for block in wanted:
        match = before.found[f"Heading{block.level}"]
        styles = [id_ for id_, text in headings if text == heading_text(block)]
        assert styles, heading_text(block)
        if match.id:
            assert match.id in styles
    # every style of the template as it was
    for style in before.sheet.all.values():
        there = names[style.get(qn("w:styleId"))]
        kept = [etree.tostring(one) for one in there if one.tag != qn("w:rPr")]
        assert kept == [etree.tostring(one) for one in style if one.tag != qn("w:rPr")]
    # paper, numbers of their own
    upright = [s for s in file.sections if s.page_width < s.page_height]
    wide, text = before.page.wide, before.page.text
    assert {round(s.page_width / 36_000) for s in upright} == {round(wide)}
    last = upright[-1]
    assert abs((last.page_width - last.left_margin - last.right_margin) / 36_000 - text) < 1
    for tag, attribute in (("w:bookmarkStart", qn("w:id")), ("wp:docPr", "id")):
        ids = [one.get(attribute) for one in file.element.body.iter(qn(tag))]
        assert len(ids) == len(set(ids))
    assert fields(file)["TOC"] == 1
    looked_into_template(content)


def test_the_contents_list_stands_where_the_templates_did_and_shows_as_many_levels() -> None:
    document = big_report(areas=2, directives=2)
    file = opened(printed(document, swedish()))
    styles = [p.style.style_id for p in file.paragraphs]
    first, last = styles.index("Innehll1"), max(n for n, id_ in enumerate(styles) if id_ in {"Innehll1", "TOC2"})
    shown = [p.text.rstrip("\t") for p in file.paragraphs[first : last + 1] if p.text]
    assert shown == [heading_text(one) for one in tidy(document, language="sv").contents if one.level <= 2]
    assert file.paragraphs[first - 1].text == "Innehåll"
    assert styles.count("Innehllsrubrik") == 1


def test_the_templates_cover_carries_our_title_and_its_own_picture() -> None:
    file = opened(printed(covered(details={"case_number": "RS 2024/1"}), swedish()))
    styles = [p.style.style_id for p in file.paragraphs]
    before = file.paragraphs[: styles.index("Innehllsrubrik")]
    told = {p.style.style_id: p.text for p in before if p.text}
    assert told["Rubrik"] == "Planen"
    assert told["Underrubrik"] == "Överenskommelsen"
    assert told["Brdtext"] == "Diarienummer: RS 2024/1"
    assert {"Vi kan", "Länet", "31 januari 2024"} <= {p.text for p in before}
    drawn = [p for p in before if has_picture(p._p)]
    assert len(drawn) == 1
    assert COVER_PICTURE in [part.blob for part in file.part.package.iter_parts()]
    # the cover's own section has the head of a first page, the text's has the other
    assert [s.different_first_page_header_footer for s in file.sections] == [True, False]
    assert file.sections[-1].header.paragraphs[0].text == "Region Exempel, Planen"
    assert "PAGE" in etree.tostring(file.sections[-1].footer._element, encoding="unicode")


def test_placeholders_and_fields_are_filled_and_nothing_stands_twice() -> None:
    document = covered(cover=(plain("Länet"), plain("31 januari 2024"), plain("Övrigt")),
                       details={"owner": "Länet", "date": "31 januari 2024"})  # fmt: skip
    file = opened(printed(document, with_placeholders()))
    texts = [p.text for p in file.paragraphs if p.text]
    assert texts[0] == "Planen"
    for words in ("Planen", "Vi kan", "Övrigt"):
        assert texts.count(words) == 1, words
    assert "Länet 31 januari 2024 {{okänt}}" in [text.strip() for text in texts]
    assert "31 januari 2024" not in texts
    alts = [one.get("descr") for one in file.element.body.iter(qn("wp:docPr"))]
    assert alts == ["Det breda märket", "Det lilla märket", "Ett torn"]
    head = "".join(one.text or "" for one in file.sections[0].header._element.iter(qn("w:t")))
    assert head == "Planen"
    assert not any("comments" in relation.reltype for relation in file.part.rels.values())
    assert next(file.element.body.iter(qn("w:commentReference")), None) is None


def test_a_template_of_styles_only_gets_our_cover_head_and_foot() -> None:
    file = opened(printed(covered(), plain_styles()))
    assert file.paragraphs[1].text == "Planen"
    assert file.paragraphs[1].style.name == "Title"
    assert len(list(file.element.body.iter(qn("wp:docPr")))) == 3
    assert "PAGE" in etree.tostring(file.sections[-1].footer._element, encoding="unicode")
    assert file.sections[-1].header.paragraphs[0].text == "Planen"
    assert next(p for p in file.paragraphs if p.text == "Kapitel" and p.style.name == "Heading 1")


def test_what_the_template_lacks_takes_its_type_and_size() -> None:
    file = opened(printed(big_report(areas=1, directives=1), swedish()))
    added = (
        file.styles["caption"].element if "caption" in [s.name for s in file.styles] else file.styles["Caption"].element
    )
    assert added.find(qn("w:basedOn")).get(qn("w:val")) == "Brdtext"
    assert added.find(f".//{qn('w:rFonts')}") is None
    # 8 points where running text is 10, in a template whose running text is 12
    assert added.find(f".//{qn('w:sz')}").get(qn("w:val")) == "19"


def test_the_templates_own_numbering_of_headings_is_off_and_its_lists_are_its_own() -> None:
    file = opened(printed(big_report(areas=1, directives=1), swedish()))
    heading = next(p for p in file.paragraphs if p.style.style_id == "Rubrik1")
    assert heading._p.pPr.numPr.numId.val == 0
    assert heading.text.startswith("1 ")
    lists = opened(printed(big_report(areas=1, directives=1), plain_styles()))
    bullet = next(p for p in lists.paragraphs if p.style.name == "List Bullet")
    own = lists.styles["List Bullet"].element.pPr.numPr.numId.val
    assert bullet._p.pPr.numPr.numId.val == own
    numbers = [p._p.pPr.numPr.numId.val for p in lists.paragraphs if p.style.name == "List Number"]
    roots = lists.part.numbering_part.element
    starts = {n.numId: n for n in roots.iter(qn("w:num"))}
    assert all(starts[number].find(f".//{qn('w:startOverride')}").get(qn("w:val")) == "1" for number in set(numbers))


def test_wide_tables_lie_down_on_the_templates_paper() -> None:
    document = big_report(areas=1, directives=1)
    assert any(isinstance(block, Table) for block in walk(document.blocks))
    file = opened(printed(document, plain_styles()))
    lying = [s for s in file.sections if s.page_width > s.page_height]
    assert lying
    assert {round(s.page_height / 36_000) for s in lying} <= {176, 250}


def test_a_short_paper_takes_styles_head_and_foot_but_no_cover() -> None:
    short = covered(contents=False)
    file = opened(printed(short, swedish()))
    assert not fields(file)["TOC"]
    assert COVER_PICTURE not in [part.blob for part in file.part.package.iter_parts()]
    assert file.sections[-1].header.paragraphs[0].text == "Region Exempel, Planen"


def test_a_report_as_a_template_is_printed_as_the_first_time() -> None:
    document = covered()
    once = printed(document, own_report())
    twice = printed(document, once)
    assert said(once) == said(twice)
    assert Counter(dict(docx_keys(twice)).values()) == Counter(dict(docx_keys(once)).values())
    kinds = [Counter(one.reltype for one in opened(made).part.rels.values()) for made in (once, twice)]
    assert kinds[0] == kinds[1]


def test_footnotes_of_the_sample_text_go_and_ours_come(template: bytes) -> None:
    document = big_report(areas=1, directives=1)
    again = printed(document, printed(document, template))
    parts = [one.target_part for one in opened(again).part.rels.values() if one.reltype == RT.FOOTNOTES]
    notes = etree.fromstring(parts[0].blob)
    marks = [one.get(qn("w:id")) for one in opened(again).element.body.iter(qn("w:footnoteReference"))]
    assert len(parts) == 1
    assert [one.get(qn("w:id")) for one in notes if one.get(qn("w:type")) is None] == marks


@pytest.mark.parametrize(
    "content",
    [
        with_parts(word(), {"word/_rels/document.xml.rels": b"<x/>"}),
        changed(word(), styles=("word/styles.xml", b'w:styleId="Heading1"', b'w:name="x"')),
        with_parts(word(), {"word/numbering.xml": b"<w/>"}),
        with_body(word(), '<w:p><w:pPr><w:sectPr><w:pgSz w:w="x"/></w:sectPr></w:pPr></w:p>'),
        with_body(word(), '<w:sdt><w:p><w:r><w:instrText>TOC</w:instrText></w:r></w:p></w:sdt>'),
        with_body(word(), '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TOC</w:instrText></w:r></w:p>'),
    ],
)  # fmt: skip
def test_a_strange_template_is_written_into_or_refused(content: bytes) -> None:
    try:
        made = printed(covered(), looked_into_template(content))
    except Invalid as error:
        assert error.code == "file_broken"  # noqa: PT017
    else:
        assert ("Text.", "b") in said(made)
