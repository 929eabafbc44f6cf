"""From rows to the compiled report: every paragraph has its row, edits stay, what is approved never changes."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from django.apps import apps
from django.db.models import CharField, TextField

from samplan.apps.orgs.models import Party
from samplan.apps.plans.operations.activities import add_activity, change_activity
from samplan.apps.questionnaires.models import Answer
from samplan.apps.questionnaires.operations import Typed, ask_for_effort, move_request, save_answers
from samplan.apps.yearreports.models import BlockEdit
from samplan.apps.yearreports.operations import approve_report, drop_edit, edit_block, publish_report, write_synthesis
from samplan.base.kernel.fields import CodeField
from samplan.domain.cycle import ReportStatus
from samplan.domain.document import Document, plain_text
from samplan.domain.editing import Passage
from samplan.domain.errors import Refused
from samplan.domain.facts import canonical_json, from_data, to_data
from samplan.domain.questionnaire import Audience, Question, QuestionKind
from samplan.domain.yearfacts import YearFacts
from samplan.edges.reports.compile import FORMATS, Report, compile_report, document_of, freeze, write
from samplan.edges.reports.writers.tidy import sources
from samplan.edges.reports.writers.word_keys import docx_keys
from tests.edges.report_year import ReportYear, answer, build, reporter
from tests.small_year import AT, BOSS, LAST_DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> ReportYear:
    return build()


def now(made: ReportYear, *, preview: bool = True) -> Report:
    return compile_report(made.report, at=AT, preview=preview)


def passage(made: ReportYear, text: str) -> Passage:
    return next(one for one in now(made).merged.passages if text in one.text)


def edit(made: ReportYear, found: Passage, text: str, version: int = 0) -> BlockEdit:
    return edit_block(
        by=BOSS, at=AT, report=made.report, key=found.key, base_hash=found.hash, base_text=found.text, text=text,
        version=version,
    )  # fmt: skip


def bare(text: str) -> str:
    """Without markup and white space, so that a paragraph can be found in the text it came from."""
    return re.sub(r"[\s*_#\\-]|\[|\]|\(https?://[^)]*\)", "", text.replace(",", "."))


def row_of(source: object) -> object:
    kind, uid = source.kind, source.uid  # type: ignore[attr-defined]
    return apps.get_model(kind).objects.get(uid=uid)


def test_every_paragraph_of_the_word_file_walks_to_its_row(made: ReportYear) -> None:
    document = now(made).document
    walks = sources(document, language="sv")
    checked, kinds = 0, set()
    for text, key in docx_keys(write(document, "docx")):
        if key.startswith("furniture/") or not text.strip():
            continue
        source = walks[key]
        # A table's head, caption and note are words about the table, whose row stands with the table.
        assert source is not None, (key, text)
        row = row_of(source)
        kinds.add(source.kind)
        column = next((f for f in row._meta.fields if f.name == source.field), None)  # type: ignore[attr-defined]
        prose = isinstance(column, CharField | TextField) and not isinstance(column, CodeField)
        if not prose or key.endswith(("/heading", "/who")) or source.field in {"code", "explanation"} or "#" in key:
            continue
        value, said = bare(str(getattr(row, source.field))), bare(text)
        if said not in value:
            # A label has run into its text: who says it, or which of the texts it is.
            said = said.partition(":")[2] or said
        assert said in value or value in said, (key, text)
        checked += 1
    assert checked > 15
    assert kinds >= {
        "plans.plantext", "plans.activity", "plans.activityfigure", "plans.activityevent", "plans.activitylink",
        "plans.focusarea", "plans.budgetline", "agreements.grant", "bodies.body", "directives.directive",
        "directives.directiveshare", "questionnaires.answer", "questionnaires.reportrequest",
        "yearreports.synthesis", "yearreports.yearreport",
    }  # fmt: skip


def test_an_edited_paragraph_walks_to_the_row_under_it(made: ReportYear) -> None:
    found = passage(made, "Fler mår bra.")
    edit(made, found, "Allt fler mår bra.")
    document = now(made).document
    walks = sources(document, language="sv")
    (key,) = [key for text, key in docx_keys(write(document, "docx")) if text == "Allt fler mår bra."]
    source = walks[key]
    assert source is not None
    assert source.kind == "plans.plantext"
    assert row_of(source).text == "Fler mår bra."  # type: ignore[attr-defined]


def text_in(document: Document, fmt: str) -> str:
    data = write(document, fmt)
    if fmt == "docx":
        return " ".join(text for text, _key in docx_keys(data))
    if fmt == "pdf":
        return text_of_pdf(data)
    return re.sub(r"<[^>]*>", "", data.decode())


def text_of_pdf(data: bytes) -> str:
    """What a reader can copy out of a PDF, by the tables of characters that its fonts carry."""
    found = []
    for page in pikepdf.open(BytesIO(data)).pages:
        fonts = {
            name: dict(re.findall(r"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>", font.ToUnicode.read_bytes().decode()))
            for name, font in page.Resources.Font.items()
        }
        letters: dict[str, str] = {}
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "Tf":
                table = fonts[str(operands[0])]
                letters = {code.lower(): bytes.fromhex(sign).decode("utf-16-be") for code, sign in table.items()}
            if str(operator) in {"Tj", "TJ"}:
                parts = operands[0] if str(operator) == "TJ" else operands
                codes = "".join(bytes(part).hex() for part in parts if isinstance(part, pikepdf.String))
                found.append("".join(letters.get(codes[at : at + 4], "") for at in range(0, len(codes), 4)))
    return "".join(found)


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_made_up_figure_is_marked_in_every_format(made: ReportYear, fmt: str) -> None:
    text = re.sub(r"[\s\u2060]", "", text_in(now(made).document, fmt))
    assert "Skolor:123,4stex." in text
    assert "100000kr" in text
    assert "100000krex." not in text


def test_only_accepted_reports_count_and_a_preview_marks_the_others(made: ReportYear) -> None:
    first, second = "Vi höll fyra kurser.", "Vi väntar på lokal."
    final, preview = (plain_text(now(made, preview=flag).document) for flag in (False, True))
    assert first in final
    assert second not in final
    assert first in preview
    assert second in preview
    assert "inskickad, inte godkänd än" in preview
    assert "inskickad, inte godkänd än" not in final
    assert "Förhandsvisning. Inte godkänd." in preview
    assert "Förhandsvisning" not in final


def test_what_only_the_coordinator_may_see_is_in_no_report(made: ReportYear) -> None:
    assert "Chefen slutar" not in plain_text(now(made).document)
    assert "Vad ska bara samordnaren veta?" not in plain_text(now(made).document)


def test_figures_add_up_over_the_parties(made: ReportYear) -> None:
    text = plain_text(now(made).document)
    assert text.count("46") == 1
    assert "50\u00a0000\u00a0kr" in text


def test_an_edit_and_a_changed_answer_elsewhere_are_both_there(made: ReportYear) -> None:
    edit(made, passage(made, "Vi höll"), "Fyra kurser blev det.")
    move_request(by=BOSS, at=AT, request=made.submitted, to=ReportStatus.RETURNED, reason="Var?")
    answer = Answer.objects.get(request=made.submitted, code="done")
    made.submitted.refresh_from_db()
    rut = reporter(made.submitted)
    save_answers(by=rut, at=AT, request=made.submitted, answers={"done": Typed("Lokalen är ordnad.", answer.version)})
    move_request(by=rut, at=AT, request=made.submitted, to=ReportStatus.SUBMITTED)
    built = now(made)
    text = plain_text(built.document)
    assert "Fyra kurser blev det." in text
    assert "Vi höll" not in text
    assert "Lokalen är ordnad." in text
    assert built.merged.conflicts == ()


def test_a_fact_that_changes_under_an_edit_shows_all_three(made: ReportYear) -> None:
    found = passage(made, "Barn rör sig")
    edit(made, found, "Alla rör sig.")
    change_activity(by=BOSS, at=AT, activity=made.activity, description="Barn dansar på rasten.")
    (conflict,) = now(made).merged.conflicts
    assert conflict.edit.base_text == "Barn rör sig på rasten."
    assert conflict.fact == "Barn dansar på rasten."
    assert conflict.edit.text == "Alla rör sig."
    assert "Alla rör sig." in plain_text(now(made).document)
    with pytest.raises(Refused, match="conflicts_open"):
        approve_report(
            by=BOSS, at=AT, report=made.report, decision_point=made.point(),
            compiled=freeze(made.report, now(made, preview=False)),
        )  # fmt: skip
    edit(made, passage(made, "Barn dansar"), "Alla rör sig.", version=1)
    assert now(made).merged.conflicts == ()
    drop_edit(by=BOSS, at=AT, report=made.report, key=found.key, version=2)
    assert "Barn dansar på rasten." in plain_text(now(made).document)


def test_an_edit_whose_passage_is_gone_is_listed(made: ReportYear) -> None:
    edit(made, passage(made, "Alla skolor."), "Sju skolor.")
    edit(made, passage(made, "Barn rör sig"), "Alla rör sig.")
    change_activity(by=BOSS, at=AT, activity=made.activity, description="")
    built = now(made)
    assert [one.text for one in built.merged.orphans] == ["Alla rör sig."]
    assert "Sju skolor." in plain_text(built.document)


def test_two_who_edit_one_passage_lose_nothing(made: ReportYear) -> None:
    found = passage(made, "Fler mår bra.")
    edit(made, found, "Min text.")
    with pytest.raises(Refused) as refused:
        edit(made, found, "Din text.")
    assert refused.value.params["text"] == "Min text."
    with pytest.raises(Refused):
        drop_edit(by=BOSS, at=AT, report=made.report, key=found.key, version=0)
    assert BlockEdit.objects.get().text == "Min text."
    with pytest.raises(Refused):
        write_synthesis(by=BOSS, at=AT, report=made.report, directive=made.directive, text="Annat.", version=0)


def test_an_approved_version_stays_as_it_was(made: ReportYear) -> None:
    version = approve_report(
        by=BOSS, at=AT, report=made.report, decision_point=made.point(),
        compiled=freeze(made.report, now(made, preview=False)),
    )  # fmt: skip
    assert hashlib.sha256(version.facts.encode()).hexdigest() == version.facts_sha256
    assert {file.name.rsplit(".")[-1] for file in version.files.all()} == set(FORMATS)
    before = plain_text(document_of(version))
    change_activity(by=BOSS, at=AT, activity=made.activity, description="Barn dansar på rasten.")
    version.refresh_from_db()
    assert plain_text(document_of(version)) == before
    assert "Barn dansar" not in before
    version.document = version.document.replace("Barn", "Några")
    with pytest.raises(ValueError, match=r"."):
        document_of(version)


def test_a_personal_number_is_never_approved(made: ReportYear) -> None:
    clean = freeze(made.report, now(made, preview=False))
    dirty = replace(clean, document=clean.document.replace("Fler mår bra.", "Fler 19121212-1212 mår bra."))
    assert dirty.document != clean.document
    with pytest.raises(Refused, match="personal_number"):
        approve_report(by=BOSS, at=AT, report=made.report, decision_point=made.point(), compiled=dirty)


def test_a_new_version_takes_the_place_of_the_published_one(made: ReportYear) -> None:
    numbers = []
    for _again in range(2):
        version = approve_report(
            by=BOSS, at=AT, report=made.report, decision_point=made.point(),
            compiled=freeze(made.report, now(made, preview=False)),
        )  # fmt: skip
        publish_report(by=BOSS, at=AT, version=version)
        numbers.append(version.number)
    states = dict(made.report.versions.values_list("number", "state"))
    assert numbers == [1, 2]
    assert states == {1: "superseded", 2: "published"}


def test_an_effort_outside_every_area_and_a_part_of_a_partnership_are_told(made: ReportYear) -> None:
    costs = Question("costs", QuestionKind.COSTS, "Vad kostade det?", Audience.EVERYBODY)
    asked = ask_for_effort(
        by=BOSS, at=AT, plan=made.year.plan, area=None, title="Läger", party=made.year.parties[0],
        questions=[costs], last_day=LAST_DAY,
    )  # fmt: skip
    answer(asked, {"costs": {"salaries": "20 000", "premises": "5 000"}})
    partnership = add_activity(
        by=BOSS, at=AT, area=made.year.area, number="3.2.2", title="Partnerskap", kind="partnership"
    )
    add_activity(by=BOSS, at=AT, area=made.year.area, number="3.2.3", title="Samtal på torget", parent=partnership)
    report = now(made)
    text = plain_text(report.document)
    for words in ("Insatser utanför områdena", "Läger", "20\u00a0000\u00a0kr", "Samtal på torget"):
        assert words in text, words
    assert all(write(report.document, form) for form in FORMATS)
    assert from_data(YearFacts, json.loads(canonical_json(to_data(report.facts)))) == report.facts


def test_a_party_that_changes_its_name_keeps_the_edits_of_its_answers(made: ReportYear) -> None:
    found = passage(made, "Vi väntar på lokal")
    edit(made, found, "Lokalen dröjer.")
    Party.objects.filter(pk=made.submitted.party_id).update(name="Nya Gävle")
    merged = now(made).merged
    assert not merged.orphans
    assert "Lokalen dröjer." in plain_text(now(made).document)
