"""A county's own file, all the way: handed in on the page, read by the worker, looked at, made a plan."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samplan.apps.plans.models import Activity, FocusArea, Plan
from samplan.domain.access import Role
from samplan.edges.imports.models import Draft
from samplan.edges.imports.reading_work import read_next
from tests.reading import whole
from tests.small_year import AT, load_places, person

pytestmark = pytest.mark.django_db
FILES = (
    ("a_marked_text", "plan.md"),
    ("a_sheet_per_area", "plan.xlsx"),
    ("a_directives_and_lights", "plan.docx"),
)


def soup(client: Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def filled(page: BeautifulSoup) -> dict[str, Any]:
    """What the form for the plan holds when nothing is changed in it."""
    form = next(one for one in page.find_all("form") if one.find(attrs={"name": "title"}))
    values: dict[str, Any] = {}
    for control in form.find_all(["input", "select", "textarea"]):
        name, kind = control.get("name"), control.get("type")
        if not name or kind == "submit" or (kind in ("radio", "checkbox") and not control.has_attr("checked")):
            continue
        if control.name == "select":
            chosen = control.find("option", selected=True) or control.find("option")
            values[name] = chosen["value"] if chosen else ""
        else:
            values[name] = control.get("value", "") if control.name == "input" else control.get_text()
    return values


@pytest.mark.parametrize(("document", "name"), FILES)
def test_a_file_becomes_a_plan(document: str, name: str) -> None:
    load_places()
    client = Client()
    client.force_login(
        person(Role.COORDINATOR, "21", "Samordnaren", None), backend="django.contrib.auth.backends.ModelBackend"
    )
    content, told = whole.load(document)
    assert content is not None
    answer = client.post(
        reverse("imports:documents", args=["21", 2024]), {"document": SimpleUploadedFile(name, content)}
    )
    assert answer.status_code == 302
    assert read_next(now=lambda: AT, alive=False) == 1
    draft = Draft.objects.get()
    assert draft.state == "read"
    page = soup(client, reverse("imports:draft", args=["21", 2024, draft.uid]))
    words = " ".join(page.get_text(" ").split())
    assert all(area["title"] in words for area in told["areas"])
    where = reverse("imports:apply", args=["21", 2024, draft.uid])
    values = filled(soup(client, where)) | {"title": "Länets plan", "last_day": "2026-12-31"}
    made = client.post(where, values)
    assert made.status_code == 302, BeautifulSoup(made.content, "html.parser").get_text(" ")
    plan = Plan.objects.get()
    assert [area.title for area in FocusArea.objects.filter(plan=plan).order_by("number")] == [
        area["title"] for area in told["areas"]
    ]
    assert {one.title for one in Activity.objects.filter(area__plan=plan)} == {
        one["title"] for area in told["areas"] for one in area.get("activities", [])
    }
