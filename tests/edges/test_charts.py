"""Charts: drawn from their rows, readable without colour, and nothing cut or on top of something else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samplan.base.ui.charts.bars import Row, bars
from samplan.base.ui.charts.drawing import FILLS, LETTER, NARROW, PAGE, WIDTH, pattern, wrapped
from samplan.base.ui.charts.flow import WIDE, Column, Stop, Stream, between, flow, passing, shortened
from samplan.base.ui.charts.timeline import Span, timeline
from samplan.domain.document import Figure, Table, text_of
from samplan.edges.reports.chapters.charts import money_by_area
from samplan.edges.reports.chapters.parts import Writer
from tests.domain.plans import year_facts

SVG = "{http://www.w3.org/2000/svg}"
ROWS = [Row("Barn och unga", (100, 50)), Row("Suicidprevention", (30, 0))]


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314


def boxes(svg: str) -> list[tuple[float, float, float, float]]:
    """Where each text stands: left, top, right, bottom."""
    found = []
    for element in ElementTree.fromstring(svg).iter(f"{SVG}text"):  # noqa: S314
        x, y, width = float(element.get("x", 0)), float(element.get("y", 0)), len(element.text or "") * LETTER
        left = {"end": x - width, "middle": x - width / 2}.get(element.get("text-anchor", ""), x)
        found.append((left, y - 11, left + width, y + 3))
    return found


def test_a_krona_moved_moves_the_picture() -> None:
    before = bars(ROWS, ("Direktiv", "Insats"), said=str)
    moved = [Row("Barn och unga", (99, 50)), Row("Suicidprevention", (31, 0))]
    after = bars(moved, ("Direktiv", "Insats"), said=str)
    assert before != after
    assert ("150" in texts(before), "149" in texts(after), "31" in texts(after)) == (True, True, True)


def test_every_row_and_series_is_named() -> None:
    said = " ".join(texts(bars(ROWS, ("Direktiv", "Insats"), said=str)))
    for words in ("Barn och unga", "Suicidprevention", "Direktiv", "Insats"):
        assert words in said


def test_series_differ_without_colour() -> None:
    drawn = [re.sub("#[0-9A-F]{6}|(fill|series)-[0-9]+", "", pattern(number)) for number in range(len(FILLS))]
    assert len(set(drawn)) == len(FILLS)

    def light(fill: str) -> float:
        parts = [int(fill[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    assert all((1.05 / (light(fill) + 0.05)) > 2 for fill in FILLS), "seen against white; each also has a dark edge"


@pytest.mark.parametrize("width", [WIDTH, PAGE, NARROW])
@pytest.mark.parametrize("parties", [1, 3, 49])
def test_no_text_is_cut_or_lies_on_another(parties: int, width: int) -> None:
    rows = [Row(f"Kommunen med det långa namnet nummer {n}", (n * 1_000_000, n)) for n in range(1, parties + 1)]
    names = ("Direktiv till parterna", "Idéburna partnerskap")
    demand_apart(bars(rows, names, said=lambda n: f"{n} kr", width=width), width)


@pytest.mark.parametrize("width", [WIDTH, PAGE, NARROW])
@pytest.mark.parametrize("years", [1, 3, 12])
def test_no_text_of_a_time_line_is_cut_or_lies_on_another(years: int, width: int) -> None:
    spans = [
        Span(f"En insats med ett ganska långt namn, nummer {n}", date(2020, 2, 1), date(2019 + years, 11, 30))
        for n in range(5)
    ]
    demand_apart(timeline([*spans, Span("Utan slut", date(2020, 3, 1), None)], width=width), width)


def demand_apart(svg: str, width: int) -> None:
    found = boxes(svg)
    assert all(left >= 0 and right <= width for left, _top, right, _bottom in found)
    for place, one in enumerate(found):
        for other in found[place + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one, other)


@given(st.text(alphabet="abcåäö -", max_size=120), st.integers(60, 300))
def test_wrapped_text_fits_and_loses_nothing(words: str, width: int) -> None:
    lines = wrapped(words, width)
    assert all(len(line) * LETTER <= max(width, 4 * LETTER) for line in lines)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", words)


def test_a_date_moved_moves_the_time_line_and_an_open_end_is_an_arrow() -> None:
    spans = [Span("Kurser", date(2021, 1, 1), date(2021, 12, 31)), Span("Samtal", date(2022, 3, 1), None)]
    before = timeline(spans)
    assert {"2021", "2022", "Kurser", "Samtal"} <= set(texts(before))
    assert before.count('Z"') == 1
    assert timeline([replace(spans[0], end=date(2021, 6, 30)), spans[1]]) != before


def test_the_money_chapter_draws_its_rows_with_the_numbers_beside() -> None:
    facts = year_facts(budget=[("barn-och-unga", "directive", 700), ("suicidprevention", "post", 300)])
    out = Writer()
    money_by_area(out, facts)
    (figure,) = [block for one in out.passages for block in one.blocks if isinstance(block, Figure)]
    (table,) = [block for one in out.passages for block in one.blocks if isinstance(block, Table)]
    assert "Barn och unga" in figure.alt
    assert text_of(table.total[-1].content) == "1\u00a0000\u00a0kr"
    assert [text_of(cell.content) for cell in table.head] == ["Område", "Direktiv", "Tjänst", "Summa"]
    moved = year_facts(budget=[("barn-och-unga", "directive", 699), ("suicidprevention", "post", 301)])
    other = Writer()
    money_by_area(other, moved)
    assert other.passages[0].blocks[0] != figure


def _flow(parties: int) -> tuple[list[Column], list[Stream]]:
    stops = tuple(Stop(str(n), f"Kommunen med det mycket långa namnet nummer {n}") for n in range(parties))
    columns = [Column("Avsnitt", (Stop("a", "Barn och unga"), Stop("b", "Suicid"))), Column("Mottagare", stops),
               Column("Vad det blev", (Stop("used", "Använt"), Stop("left", "Inte använt", 3)))]  # fmt: skip
    streams = [
        Stream(("ab"[n % 2], str(n), end), amount)
        for n in range(parties)
        for end, amount in (("used", 10 ** (n % 7) + 1), ("left", 1))
    ]
    return columns, streams


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("parties", [1, 3, 8])
def test_no_text_of_a_flow_is_cut_or_lies_on_another(parties: int, width: int) -> None:
    drawn = flow(*_flow(parties), said=lambda n: f"{n} kr", width=width)
    demand_apart(drawn, width)
    said = " ".join(texts(drawn))
    assert all(words in said for words in ("Avsnitt", "Suicid", "Inte använt"))


def test_what_runs_into_a_stop_runs_out_of_it_and_a_krona_moved_moves_the_ribbons() -> None:
    columns, streams = _flow(8)
    for place in (1, 2):
        into = between(streams, place - 1)
        there = passing(streams, place)
        assert {key: sum(n for (_from, to), n in into.items() if to == key) for key in there} == there
        assert sum(there.values()) == sum(one.amount for one in streams)
    moved = [replace(streams[0], amount=streams[0].amount + 9), *streams[1:]]
    drawn = flow(columns, streams, said=str)
    assert drawn != flow(columns, moved, said=str)
    assert drawn.count("drawing__ribbon") == 8 + 16


def test_a_long_name_ends_in_an_ellipsis() -> None:
    lines = shortened("ett mycket långt namn " * 9, 120)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(len(line) * LETTER <= 120 for line in lines)
