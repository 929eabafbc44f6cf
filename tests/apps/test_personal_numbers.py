"""A personal identity number is stored in no free text: every operation that takes one refuses, the page keeps it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client

from samplan.apps.agreements.models import Grant
from samplan.apps.agreements.operations.money import How, decide_grant, draft_allocation
from samplan.apps.bodies.models import Body
from samplan.apps.bodies.operations import Point, add_body, add_seat, record_decision
from samplan.apps.directives.operations import Wording, draft_directive, withdraw_directive
from samplan.apps.plans.operations.activities import (
    EventValue,
    FigureValue,
    add_activity,
    add_to_activity,
    change_activity,
    write_figure,
)
from samplan.apps.plans.operations.plans import add_area, create_plan, write_plan_text
from samplan.apps.questionnaires.operations import move_request
from samplan.apps.yearreports.operations import edit_block, open_report, write_synthesis
from samplan.base.audit.models import Event
from samplan.domain.access import Role
from samplan.domain.allocation_keys import Equal
from samplan.domain.cycle import ReportStatus
from samplan.domain.errors import Invalid
from tests.edges.report_year import ReportYear, build
from tests.small_year import AT, BOSS, LAST_DAY, QUESTIONS, person

pytestmark = pytest.mark.django_db
# Skatteverket's example of a number that nobody has.
NUMBER = "19121212-1212"
WRITTEN = f"Stödet gavs till {NUMBER} i mars."


@pytest.fixture
def made() -> ReportYear:
    return build()


Do = Callable[..., Any]


def ways(made: ReportYear) -> dict[str, Do]:
    """Everything that takes free text, with a number in it."""
    year, activity, county = made.year, made.activity, made.year.county
    body, who = Body.objects.get(county=county), {"by": BOSS, "at": AT}
    wrong = Wording(title="Kurser", last_day=LAST_DAY, background=WRITTEN)
    report = {"report": made.report, "version": 0}
    return {
        "plan": partial(create_plan, **who, county=county, year=2030, title=WRITTEN),
        "chapter": partial(write_plan_text, **who, plan=year.plan, kind="process", title="Arbetet", text=WRITTEN),
        "area": partial(add_area, **who, plan=year.plan, number=9, title="Äldre", text=WRITTEN),
        "activity": partial(add_activity, **who, area=year.area, number="9", title="X", texts={"goal": WRITTEN}),
        "change": partial(change_activity, **who, activity=activity, result=WRITTEN),
        "title": partial(change_activity, **who, activity=activity, title=WRITTEN),
        "event": partial(add_to_activity, **who, activity=activity, events=[EventValue(date(2024, 1, 2), WRITTEN)]),
        "party": partial(add_to_activity, **who, activity=activity, parties=[(None, WRITTEN, "does")]),
        "link": partial(add_to_activity, **who, activity=activity, links=[(WRITTEN, "https://example.org")]),
        "figure": partial(write_figure, **who, activity=activity, figure=FigureValue("n", WRITTEN, 1)),
        "remit": partial(add_body, **who, county=county, name="Utskott", kind="committee", remit=WRITTEN),
        "seat": partial(add_seat, **who, body=body, function=WRITTEN),
        "decision": partial(
            record_decision, **who, body=body, decided_on=date(2024, 2, 2), title="X", points=[Point("other", WRITTEN)]
        ),
        "conditions": partial(
            record_decision, **who, body=body, decided_on=date(2024, 2, 2), title="X",
            points=[Point("other", "Ja.", conditions=WRITTEN)],
        ),
        "grant": partial(decide_grant, **who, grant=Grant.objects.get(superseded_by=None), amount=1, reason=WRITTEN),
        "allocation": partial(
            draft_allocation, **who, county=county, year=2024, title=WRITTEN, how=How(1, Equal()), parties=year.parties
        ),
        "directive": partial(draft_directive, **who, area=year.area, number=7, wording=wrong, questions=QUESTIONS),
        "withdrawal": partial(withdraw_directive, **who, directive=made.directive, reason=WRITTEN),
        "question": partial(move_request, **who, request=made.submitted, to=ReportStatus.RETURNED, reason=WRITTEN),
        "synthesis": partial(write_synthesis, **who, **report, directive=made.directive, text=WRITTEN),
        "edit": partial(edit_block, **who, **report, key="x", base_hash="", base_text="", text=WRITTEN),
        "report": partial(
            open_report, **who, plan=create_plan(**who, county=county, year=2031, title="Plan"), title=WRITTEN
        ),
    }  # fmt: skip


def test_no_operation_stores_one(made: ReportYear) -> None:
    for name, way in ways(made).items():
        traced = Event.objects.count()
        with pytest.raises(Invalid, match="personal_number"), transaction.atomic():
            way()
        assert Event.objects.count() == traced, name


def test_the_page_says_so_and_keeps_the_text(made: ReportYear) -> None:
    client = Client()
    client.force_login(person(Role.COORDINATOR, "21", "Samordnare"))
    address = "/21/2024/plan/text/process/"
    form = BeautifulSoup(client.get(address).content, "html.parser").select_one("main form")
    sent = {field["name"]: field.get("value", "") for field in form.select("input[name]")}  # type: ignore[union-attr]
    shown = BeautifulSoup(client.post(address, sent | {"title": "Arbetet", "text": WRITTEN}).content, "html.parser")
    assert "ser ut att innehålla ett personnummer" in shown.text
    assert NUMBER in shown.select_one("[name=text]").text  # type: ignore[union-attr]


@pytest.mark.parametrize(("row", "field"), [("happened-0", "text"), ("parties-0", "name"), ("links-0", "title")])
def test_a_row_says_it_at_the_field_it_stands_in(made: ReportYear, row: str, field: str) -> None:
    client = Client()
    client.force_login(person(Role.COORDINATOR, "21", "Samordnare"))
    address = f"/21/2024/plan/insats/{made.activity.uid}/handelser/"
    sent = {
        "parties-count": "1", "happened-count": "1", "links-count": "1", "action": "save", "parties-0-part": "does",
        "links-0-url": "https://example.org" if row == "links-0" else "", "happened-0-precision": "day",
        "happened-0-on_date": "2024-05-01" if row == "happened-0" else "", f"{row}-{field}": WRITTEN,
    }  # fmt: skip
    shown = BeautifulSoup(client.post(address, sent).content, "html.parser")
    typed = shown.select_one(f"[name={row}-{field}]")
    assert typed is not None
    assert "personnummer" in typed.find_parent(class_="field").text  # type: ignore[union-attr]
    assert NUMBER in (typed.get("value") or typed.text)  # type: ignore[operator]
