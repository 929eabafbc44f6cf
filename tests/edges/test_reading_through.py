"""The report read through: sections done and changed since, comments that never leave the house."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samplan.apps.yearreports.models import PassageComment, SectionMark
from samplan.apps.yearreports.operations import edit_block
from samplan.apps.yearreports.operations.reading import comment_passage, mark_section, resolve_comment, unmark_section
from samplan.domain.access import Role
from samplan.domain.document import plain_text
from samplan.domain.errors import DomainError
from samplan.edges.reports.compile import compile_report, freeze
from samplan.edges.reports.sections import Section, sections_of
from tests.edges.report_year import ReportYear, build
from tests.edges.test_reports_pages import client, page
from tests.small_year import AT, BOSS
from tests.spending_year import held

pytestmark = pytest.mark.django_db
ROOM = "/21/2024/arsrapport/genomlasning/"


@pytest.fixture
def made() -> ReportYear:
    return build()


def sections(made: ReportYear) -> list[Section]:
    return sections_of(made.report, compile_report(made.report, at=AT, preview=True))


def with_text(made: ReportYear, words: str) -> Section:
    return next(one for one in sections(made) if words in one.text)


def mark(made: ReportYear, one: Section) -> SectionMark:
    return mark_section(by=BOSS, at=AT, report=made.report, key=one.key, text=one.text, read=one.sha256)


def refused(act: Any) -> str:
    with pytest.raises(DomainError) as error:
        act()
    return error.value.code


def url(one: Section) -> str:
    return f"{ROOM}avsnitt/?" + urlencode({"key": one.key})


def test_every_passage_is_in_one_section_and_each_has_its_own_key(made: ReportYear) -> None:
    found = sections(made)
    compiled = compile_report(made.report, at=AT, preview=True)
    assert sum(len(one.passages) for one in found) == len(compiled.merged.passages)
    assert len({one.key for one in found}) == len(found) > 3


def test_a_section_is_done_until_it_changes_and_tells_what_changed(made: ReportYear) -> None:
    one = with_text(made, "fyra kurser")
    mark(made, one)
    assert mark(made, one) == SectionMark.objects.get(), "twice is once"
    assert with_text(made, "fyra kurser").done
    passage = next(row for row in one.passages if "fyra" in row.text and row.editable)
    edit_block(
        by=BOSS, at=AT, report=made.report, key=passage.key, base_hash=passage.hash, base_text=passage.text,
        text="Vi höll fem kurser.", version=0,
    )  # fmt: skip
    now = with_text(made, "fem kurser")
    assert (now.done, now.since, now.edited) == (False, True, 1)
    then, after = now.changes()[0]
    assert "fyra kurser" in " ".join(then)
    assert "Vi höll fem kurser." in after
    assert refused(lambda: mark_section(
        by=BOSS, at=AT, report=made.report, key=now.key, text=now.text, read=one.sha256
    )) == "changed_meanwhile"  # fmt: skip
    mark(made, now)
    assert with_text(made, "fem kurser").done
    unmark_section(by=BOSS, at=AT, report=made.report, key=now.key)
    unmark_section(by=BOSS, at=AT, report=made.report, key=now.key)
    assert not SectionMark.objects.exists()


def test_a_source_that_has_changed_under_an_edit_is_shown(made: ReportYear) -> None:
    one = with_text(made, "fyra kurser")
    passage = next(row for row in one.passages if "fyra" in row.text and row.editable)
    edit_block(
        by=BOSS, at=AT, report=made.report, key=passage.key, base_hash="0" * 64, base_text="Vi höll tre kurser.",
        text="Kurser hölls.", version=0,
    )  # fmt: skip
    found = next(row for row in sections(made) if row.key == one.key)
    mark(made, found)
    found = next(row for row in sections(made) if row.key == one.key)
    assert found.is_among("source")
    assert not found.done
    shown = page(client().get(url(one)))
    assert "har ändrats sedan ni skrev" in shown.text
    assert any("fyra" in fold.text for fold in shown.select(".read__beside details[open]"))


def test_who_may_comment_and_that_answers_hang_on_the_first(made: ReportYear) -> None:
    key = sections(made)[0].passages[-1].key

    def say(by: Any, text: str = "Stämmer det?", answers: Any = None) -> PassageComment:
        return comment_passage(by=by, at=AT, report=made.report, key=key, text=text, answers=answers)

    may = {Role.COORDINATOR, Role.CONTROLLER, Role.SECRETARY, Role.BODY_MEMBER}
    for role in set(Role) - may - {Role.ADMINISTRATOR}:
        assert refused(lambda role=role: say(held(role))) == "forbidden"
    for role in may:
        assert say(held(role)).written_by
    assert refused(lambda: say(held(Role.COORDINATOR, "25"))) == "forbidden"
    assert refused(lambda: say(BOSS, "  ")) == "required"
    assert refused(lambda: say(BOSS, "Ring 19121212-1212.")) == "personal_number"
    first = say(BOSS)
    reply = say(held(Role.CONTROLLER), "Ja.", first)
    assert say(BOSS, "Tack.", reply).answers == first
    assert refused(lambda: resolve_comment(by=BOSS, at=AT, comment=reply)) == "forbidden"
    done = resolve_comment(by=held(Role.BODY_MEMBER), at=AT, comment=first)
    assert done.resolved_by
    assert resolve_comment(by=BOSS, at=AT, comment=first, resolved=False).resolved_at is None
    other = comment_passage(by=BOSS, at=AT, report=made.report, key="elsewhere", text="Annat")
    assert refused(lambda: say(BOSS, "Fel", other)) == "forbidden"


def test_comments_are_in_no_document(made: ReportYear) -> None:
    key = sections(made)[1].passages[-1].key
    comment_passage(by=BOSS, at=AT, report=made.report, key=key, text="Hemlig synpunkt")
    compiled = compile_report(made.report, at=AT, preview=False)
    assert "Hemlig synpunkt" not in plain_text(compiled.document)
    frozen = freeze(made.report, compiled)
    assert "Hemlig synpunkt" not in frozen.facts + frozen.document
    assert all(b"Hemlig synpunkt" not in content for content in frozen.files.values())
    assert "Hemlig synpunkt" not in page(client(Role.READER).get("/21/2024/arsrapport/")).text


def test_the_way_through_the_pages(made: ReportYear) -> None:
    boss, one = client(), with_text(made, "fyra kurser")
    listed = page(boss.get(ROOM))
    assert f"0 av {len(sections(made))} avsnitt klara" in listed.text
    here = url(one)
    passage = one.passages[-1].key
    empty = page(boss.post(here, {"action": "comment", "passage": passage, "text": ""}))
    assert empty.select("[aria-invalid=true]")
    assert boss.post(here, {"action": "comment", "passage": passage, "text": "Räkna om."}).status_code == 302
    assert boss.post(here, {"action": "comment", "passage": "nowhere", "text": "Hej"}).status_code == 404
    comment = PassageComment.objects.get()
    answer = {"action": "comment", "passage": passage, "text": "Gjort.", "answers": str(comment.uid)}
    assert client(Role.CONTROLLER).post(here, answer).status_code == 302
    shown = page(boss.get(here))
    assert [text in shown.text for text in ("Räkna om.", "Gjort.")] == [True, True]
    assert one.title in page(boss.get(f"{ROOM}?visa=comments")).text
    assert boss.post(here, {"action": "resolve", "comment": str(comment.uid)}).status_code == 302
    assert "Inga avsnitt här" in page(boss.get(f"{ROOM}?visa=comments")).text
    read = shown.find("input", attrs={"name": "read"})["value"]  # type: ignore[index]
    assert boss.post(here, {"action": "mark", "read": "fel"}).status_code == 302
    assert not SectionMark.objects.exists()
    assert boss.post(here, {"action": "mark", "read": read}).status_code == 302
    assert "1 av" in page(boss.get(ROOM)).text
    member = client(Role.BODY_MEMBER)
    assert member.get(here).status_code == 200
    assert member.post(here, {"action": "mark", "read": read}).status_code == 403
    assert client(Role.READER).get(ROOM).status_code == 404
    assert client(Role.COORDINATOR, "25").get(here).status_code == 404
    assert boss.get(f"{ROOM}avsnitt/?key=nowhere").status_code == 404
    assert boss.get(f"{ROOM}avsnitt/").status_code == 404


def test_queries_do_not_grow_with_comments(made: ReportYear) -> None:
    boss, one = client(), with_text(made, "fyra kurser")

    def queries() -> list[int]:
        counts = []
        for address in (ROOM, url(one), "/21/2024/arsrapport/"):
            with CaptureQueriesContext(connection) as captured:
                assert boss.get(address).status_code == 200
            counts.append(len(captured))
        return counts

    queries()
    before = queries()
    for number in range(20):
        first = comment_passage(by=BOSS, at=AT, report=made.report, key=one.passages[-1].key, text=f"Nr {number}")
        comment_passage(by=BOSS, at=AT, report=made.report, key=one.passages[-1].key, text="Ja", answers=first)
    for section in sections(made):
        mark(made, section)
    after = queries()
    assert after[:2] == before[:2]
    assert after[2] <= before[2] + 4, "the trace of the report has more to tell of than before"
