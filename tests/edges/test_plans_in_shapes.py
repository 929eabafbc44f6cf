"""The demo's five plans in all five shapes: everything is told once, or named on the last page."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner

from samplan.apps.plans.facts import plan_facts
from samplan.apps.plans.models import Activity, Continuation, Plan
from samplan.apps.plans.queries import history_of
from samplan.base.files.word import looked_into_template
from samplan.cli import main
from samplan.config import installation
from samplan.domain.document import Heading, Paragraph, Table, plain_text, text_of, walk
from samplan.domain.editing import Passage
from samplan.domain.markup import parse
from samplan.domain.shapes import CHAPTERS as CODES
from samplan.domain.shapes import SHAPES
from samplan.edges.reports.chapters import CHAPTERS
from samplan.edges.reports.chapters.left_out import missing, pieces
from samplan.edges.reports.compile import compile_plan, file_name, write
from samplan.edges.reports.writers import docx
from samplan.edges.reports.writers.word_keys import docx_keys
from samplan.edges.reports.writers.word_template import Template
from tests.edges.test_word_template import MAKERS, SAMPLE, all_words, fields, opened, said
from tests.edges.word_templates import COVER_PICTURE, convert

AT = datetime(2025, 3, 1, 12, tzinfo=UTC)
PLANS = {
    "21-2024-directive": ("", 15), "21-2024-efforts": ("region", 33), "21-2023-fulfilment": ("", 28),
    "25-2021-matrix": ("", 22), "01-2023-goals": ("", 14),
}  # fmt: skip


def plan_called(name: str) -> Plan:
    county, year, shape = name.split("-")
    return Plan.objects.get(county=county, year=int(year), shape=shape)


def test_every_chapter_is_written() -> None:
    assert set(CHAPTERS) == set(CODES)
    assert all(set(chapters) <= set(CODES) and len(set(chapters)) == len(chapters) for chapters in SHAPES.values())


def test_the_demo_holds_five_plans(demo: None) -> None:
    assert {file_name(plan) for plan in Plan.objects.all()} == set(PLANS)
    for name, (_owner, activities) in PLANS.items():
        assert plan_called(name).activities.count() == activities, name
    assert {plan.state for plan in Plan.objects.all()} == {"draft", "adopted"}


def letters_of(text: str) -> str:
    return re.sub(r"\W+", "", text)


def shown(text: str) -> list[str]:
    """A user's text as it reads when it is shown, paragraph by paragraph, letters only."""
    blocks = walk(parse(text, base_level=1, key="", source=None))
    return [letters_of(text_of(block.content)) for block in blocks if isinstance(block, Heading | Paragraph)]


@pytest.mark.parametrize("shape", list(SHAPES))
def test_nothing_is_missing_and_nothing_stands_twice(demo: None, shape: str) -> None:
    for name in PLANS:
        report = compile_plan(plan_called(name), at=AT, shape=shape)
        told: list[Passage] = list(report.merged.passages)
        gone = missing(report.facts, [one for one in told if not one.key.startswith("left-out")])
        words = plain_text(report.document)
        letters = letters_of(words)
        for block, after in pairwise(report.document.blocks):
            empty = isinstance(block, Heading) and isinstance(after, Heading) and after.level <= block.level
            assert not empty, (name, block)
        if shape == report.facts.plan.shape:
            assert not gone, (name, gone)
        for kind, number in gone.items():
            assert kind in words.split("Det som inte är med här")[1], (name, kind, number)
        assert all(total == 1 for total in Counter(one.key for one in told).values()), name
        assert len(pieces(report.facts)) > 60
        if gone:
            continue
        for area in report.facts.plan.areas:
            for text in (area.text, area.goal_fulfilment, area.next_steps):
                assert all(part in letters for part in shown(text)), (name, area.title)
            for one in area.activities:
                assert one.title in words
                for text_facts in one.texts:
                    for part in shown(text_facts.text):
                        assert part in letters, (name, one.title, text_facts.kind)
                assert all(step.text in words for step in one.steps)


@pytest.mark.parametrize("name", PLANS)
def test_each_plan_in_its_own_shape_as_three_files(demo: None, name: str) -> None:
    report = compile_plan(plan_called(name), at=AT)
    word, page = write(report.document, "docx"), write(report.document, "html").decode()
    said = letters_of(" ".join(text for text, _key in docx_keys(word)))
    for area in report.facts.plan.areas:
        for one in area.activities:
            assert letters_of(one.title) in said, one.title
    assert page.count("<h1") == 1
    assert write(report.document, "pdf").startswith(b"%PDF-")


def test_the_matrix_has_its_22_rows_on_turned_pages(demo: None) -> None:
    report = compile_plan(plan_called("25-2021-matrix"), at=AT)
    tables = [block for block in report.merged.blocks if getattr(block, "landscape", False)]
    assert [len(table.rows) for table in tables] == [11, 5, 6]  # type: ignore[union-attr]
    assert "Aktivitetsplan 2020–2025" in plain_text(report.document)
    assert "Området har inga egna aktiviteter." in plain_text(report.document)


def test_a_matrix_has_no_column_and_no_area_that_says_nothing(demo: None) -> None:
    report = compile_plan(plan_called("21-2024-efforts"), at=AT, shape="matrix")
    tables = [block for block in report.merged.blocks if isinstance(block, Table) and block.landscape]
    heads = [[text_of(cell.content) for cell in table.head] for table in tables]
    assert heads == [["Aktivitet", "Mål", "Tidsplan", "Ansvar"]] * 3
    assert "Områden för utveckling" not in plain_text(report.document)


def test_the_year_turned_in_gavleborg_as_the_two_documents_say(demo: None) -> None:
    old, new = plan_called("21-2023-fulfilment"), plan_called("21-2024-directive")
    assert new.follows == old
    told = {row.before.number: row for row in Continuation.objects.filter(plan=new).select_related("before", "after")}
    assert set(told) == {activity.number for activity in old.activities.all()}, "every activity is accounted for"

    def became(number: str) -> tuple[str, str]:
        row = told[number]
        return row.outcome, row.after.title if row.after else ""

    assert became("2.1") == ("goes_on", "Länssamordnare för SIP")
    assert became("5.1") == ("goes_on", "Mini-Maria, integrerad mottagning")
    phases = [one.phase for one in history_of(told["5.1"].after)]
    assert phases == ["started", "extended"]
    assert became("8.1") == ("ends", "")
    ended = {told[number].before.title for number in ("4.7-1", "4.7-2", "4.7-4") if became(number)[0] == "ends"}
    assert ended == {"Krismottagning Stickan", "Kompis Sverige", "RFSL Gävleborg"}
    fresh = Activity.objects.filter(plan=new, kind="partnership", came_from=None)
    assert [one.title for one in fresh] == ["Frisk och Fri: föreläsningar om ätstörningar"]
    group = history_of(told["4.7-5"].after)
    assert [re.findall(r"\d\d", one.target_group) for one in group] == [["75"], ["70"]]


def test_an_adopted_edition_keeps_its_facts(demo: None) -> None:
    from samplan.domain.facts import from_data, thaw
    from samplan.domain.planfacts import PlanFacts

    for name in ("25-2021-matrix", "01-2023-goals", "21-2023-fulfilment", "21-2024-efforts"):
        plan = plan_called(name)
        version = plan.versions.get()
        kept: PlanFacts = from_data(PlanFacts, thaw(version.facts, version.facts_sha256))
        assert kept == plan_facts(plan)


def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *options: str) -> Any:
    monkeypatch.setattr(installation, "start_django", lambda _directory: None)
    monkeypatch.setattr(installation, "database_state", lambda: "demo")
    given = ["report", "--directory", str(tmp_path), "--output", str(tmp_path / "out"), "--format", "html", *options]
    return CliRunner().invoke(main, given)


def test_the_command_prints_the_one_plan_that_chose_the_shape(
    demo: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in PLANS:
        county, year, shape = name.split("-")
        answer = run(monkeypatch, tmp_path, "--county", county, "--year", year, "--shape", shape)
        assert answer.exit_code == 0, answer.output
        assert plan_called(name).title in (tmp_path / "out").read_text()
    other = run(monkeypatch, tmp_path, "--county", "21", "--year", "2024", "--shape", "goals", "--owner", "region")
    assert other.exit_code == 0
    assert "BarnSäkert" in (tmp_path / "out").read_text()


@pytest.mark.parametrize(
    ("county", "year", "shape", "owner", "status", "words"),
    [
        ("21", "2024", "matrix", "", 1, "joint (directive)"),
        ("99", "2024", "matrix", "", 1, "Det finns ingen plan"),
        ("21", "1999", "matrix", "", 1, "Det finns ingen plan"),
        ("21", "2024", "matrix", "2180", 1, "ingen plan"),
        ("21", "2024", "circle", "", 2, "--shape"),
    ],
)
def test_the_command_says_when_there_is_nothing_to_print(
    demo: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, county: str, year: str, shape: str, owner: str,
    status: int, words: str,
) -> None:  # fmt: skip
    options = ["--county", county, "--year", year, "--shape", shape, *(["--owner", owner] if owner else [])]
    answer = run(monkeypatch, tmp_path, *options)
    assert answer.exit_code == status
    assert words in answer.output
    assert not (tmp_path / "out").exists()


def test_several_plans_are_listed_when_it_is_not_said_which(
    demo: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Plan.objects.filter(year=2024, county="21").update(shape="goals")
    answer = run(monkeypatch, tmp_path, "--county", "21", "--year", "2024", "--shape", "goals")
    assert answer.exit_code == 2
    assert "joint (goals)" in answer.output
    assert "region (goals)" in answer.output


@pytest.mark.parametrize("maker", ["swedish", pytest.param("libreoffice", marks=pytest.mark.libreoffice)])
def test_all_five_plans_are_printed_in_a_template_and_opened_again(demo: None, maker: str, tmp_path: Path) -> None:
    template = looked_into_template(MAKERS[maker]())
    names = []
    for plan in Plan.objects.order_by("pk"):
        document = compile_plan(plan, at=AT).document
        content = docx.write(document, language="sv", template=Template(template))
        assert said(content) == said(docx.write(document, language="sv"))
        file = opened(content)
        assert fields(file)["TOC"] == 1
        assert COVER_PICTURE in [part.blob for part in file.part.package.iter_parts()]
        assert not any(words in all_words(file) for words in SAMPLE)
        names.append(file_name(plan))
        (tmp_path / f"{names[-1]}.docx").write_bytes(content)
    assert sorted(names) == sorted(PLANS)
    if maker == "libreoffice":
        for paper in convert([tmp_path / f"{name}.docx" for name in names], "pdf"):
            assert len(pikepdf.open(paper).pages) > 8, paper
            if drawing := shutil.which("pdftoppm"):
                made = str(paper.with_suffix(""))
                subprocess.run([drawing, "-r", "20", "-png", "-l", "3", str(paper), made], check=True)
                assert len(list(tmp_path.glob(f"{paper.stem}-*.png"))) == 3
