"""The small rows of a plan and its pictures: operations with their rules, pages by role, and what is refused."""

from __future__ import annotations

import re
import struct
import zlib
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samplan.apps.bodies.operations import Point, add_mandate, record_decision
from samplan.apps.plans.facts import plan_facts
from samplan.apps.plans.models import Framework, Goal, Offer, Perspective, Picture, Plan, PlanText, Post
from samplan.apps.plans.operations.activities import When, add_activity, set_times
from samplan.apps.plans.operations.pictures import add_picture
from samplan.apps.plans.operations.plans import (
    add_plan_text,
    adopt_plan,
    change_plan,
    create_plan,
    edit_area,
    tie,
)
from samplan.apps.plans.operations.rows import ROWS, add_framework, add_row, change_row, remove_row
from samplan.base.files.pictures import LARGEST_FILE, looked_into
from samplan.domain.access import Actor, Assignment, Role
from samplan.domain.editing import text_hash
from samplan.domain.errors import Invalid, Refused
from samplan.domain.facts import frozen, to_data
from samplan.domain.shapes import CHAPTERS, SHAPES, chapters_of
from tests.small_year import AT, BOSS, Year, load_places, make_year, person

pytestmark = pytest.mark.django_db
NUMBER = "19121212-1212"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10"/></svg>'


@pytest.fixture
def year() -> Year:
    load_places()
    return make_year("21")


@pytest.fixture
def client(year: Year) -> Client:
    found = Client()
    found.force_login(person(Role.COORDINATOR, "21", "Samordnare"))
    return found


def owners(year: Year) -> dict[str, Any]:
    """Something that a row of each kind can hang on."""
    activity = add_activity(by=BOSS, at=AT, area=year.area, number="3.9.1", title="Samtal")
    who = {"by": BOSS, "at": AT}
    return {
        "plan": year.plan, "activity": activity,
        "offer": add_row(**who, kind="offer", owner=year.plan, values={"title": "Stöd"}),
        "perspective": add_row(**who, kind="perspective", owner=year.plan, values={"title": "Barnets bästa"}),
        "framework": add_framework(**who, county="21", title="Strategin"),
    }  # fmt: skip


GIVEN: dict[str, dict[str, Any]] = {
    "goal": {"horizon": "long", "text": "Alla mår bra"}, "post": {"title": "Samordnare", "percent": 50},
    "offer": {"title": "Stöd"}, "uptake": {"name": "Hofors"}, "assignment": {"title": "Kartlägg", "state": "open"},
    "document": {"title": "Rutin", "kind": "routine"}, "happening": {"title": "Vecka", "precision": "week"},
    "pilot": {"title": "Prov", "state": "running"}, "perspective": {"title": "Jämställdhet"},
    "review": {"conclusion": "Bra"}, "responsible": {"name": "Enheten"}, "step": {"text": "Först"},
    "milestone": {"on_date": date(2024, 5, 1), "precision": "day", "text": "Start"}, "text": {"title": "Mer"},
    "framework_goal": {"title": "God hälsa"},
}  # fmt: skip


@pytest.mark.parametrize("kind", list(ROWS))
def test_each_kind_is_added_changed_and_removed_by_the_coordinator_only(year: Year, kind: str) -> None:
    owner = owners(year)[ROWS[kind].owner]
    for role, county in ((Role.READER, "21"), (Role.COORDINATOR, "25"), (Role.CONTROLLER, "21")):
        stranger = Actor("account", "Någon", 9, (Assignment(role, county),))
        with pytest.raises(Refused, match="forbidden"):
            add_row(by=stranger, at=AT, kind=kind, owner=owner, values=GIVEN[kind])
    row = add_row(by=BOSS, at=AT, kind=kind, owner=owner, values=GIVEN[kind])
    name = next(name for name in ("title", "text", "name", "conclusion") if name in GIVEN[kind])
    change_row(by=BOSS, at=AT, kind=kind, row=row, values={name: "Något annat"})
    assert getattr(type(row).objects.get(pk=row.pk), name) == "Något annat"
    with pytest.raises(Invalid, match="personal_number"):
        change_row(by=BOSS, at=AT, kind=kind, row=row, values={name: f"Ring {NUMBER}"})
    for needed in ROWS[kind].demanded:
        with pytest.raises(Invalid, match="required"):
            add_row(by=BOSS, at=AT, kind=kind, owner=owner, values={**GIVEN[kind], needed: None})
    remove_row(by=BOSS, at=AT, kind=kind, row=row)
    assert not type(row).objects.filter(uid=row.uid).exists()


def test_a_row_points_at_nothing_of_another_plan_or_county(year: Year) -> None:
    other = make_year("25", codes=("2505", "2506"))
    later = create_plan(by=BOSS, at=AT, county="21", year=2025, title="Nästa")
    for area in (other.area,):
        with pytest.raises(Refused, match="forbidden"):
            add_row(by=BOSS, at=AT, kind="goal", owner=year.plan, values={**GIVEN["goal"], "area": area})
    with pytest.raises(Refused, match="forbidden"):
        add_row(by=BOSS, at=AT, kind="goal", owner=later, values={**GIVEN["goal"], "area": year.area})
    with pytest.raises(Invalid, match="unknown_choice"):
        add_row(by=BOSS, at=AT, kind="goal", owner=year.plan, values={"horizon": "never", "text": "x"})
    with pytest.raises(Invalid, match="web_address"):
        add_row(by=BOSS, at=AT, kind="document", owner=year.plan, values={"title": "x", "url": "javascript:alert(1)"})
    dates = {"valid_from": date(2024, 2, 1), "valid_to": date(2024, 1, 1)}
    with pytest.raises(Invalid, match="dates_in_order"):
        add_row(by=BOSS, at=AT, kind="document", owner=year.plan, values={"title": "x", **dates})


def test_several_plans_stand_side_by_side(year: Year) -> None:
    owner = year.parties[0].organisation
    own = create_plan(by=BOSS, at=AT, county="21", year=2024, title="Kommunens", owner=owner, shape="goals")
    part = create_plan(by=BOSS, at=AT, county="21", year=2024, title="Unga", subject="Ungdomsmottagningar")
    assert Plan.objects.filter(county="21", year=2024).count() == 3
    for again in ({"owner": owner}, {"subject": "Ungdomsmottagningar"}, {}):
        with pytest.raises(Invalid, match="plan_exists"):
            create_plan(by=BOSS, at=AT, county="21", year=2024, title="En till", **again)
    with pytest.raises(Invalid, match="unknown_choice"):
        create_plan(by=BOSS, at=AT, county="21", year=2026, title="x", shape="spiral")
    change_plan(by=BOSS, at=AT, plan=own, chapters=["areas_goals", "texts"], motto="Tillsammans")
    assert chapters_of(own.shape, own.chapters) == ("areas_goals", "texts")
    assert plan_facts(own).chapters == ("areas_goals", "texts")
    change_plan(by=BOSS, at=AT, plan=own, chapters=())
    assert chapters_of(own.shape, own.chapters) == SHAPES["goals"]
    assert part.owner is None


def test_times_and_ages_are_in_order(year: Year) -> None:
    activity = owners(year)["activity"]
    set_times(by=BOSS, at=AT, activity=activity, when=When(date(2024, 1, 1), None, "funded"), ages=(13, 29))
    with pytest.raises(Invalid, match="dates_in_order"):
        set_times(by=BOSS, at=AT, activity=activity, when=When(date(2024, 2, 1), date(2024, 1, 1)), ages=(None, None))
    with pytest.raises(Invalid, match="age_range"):
        set_times(by=BOSS, at=AT, activity=activity, when=When(), ages=(30, 20))


def test_two_write_an_area_at_once(year: Year) -> None:
    base = {"title": text_hash(year.area.title), "text": text_hash(year.area.text)}
    first = {"title": year.area.title, "text": "Den enas text."}
    assert edit_area(by=BOSS, at=AT, area=year.area, typed=first, base=base) == {}
    second = {"title": "Ny rubrik", "text": "Den andras text."}
    assert edit_area(by=BOSS, at=AT, area=year.area, typed=second, base=base) == {"text": "Den enas text."}
    year.area.refresh_from_db()
    assert (year.area.title, year.area.text) == ("Ny rubrik", "Den enas text.")


def test_an_edition_is_kept_by_a_decision_about_a_plan(year: Year) -> None:
    body = year.point.decision.body
    facts = frozen(to_data(plan_facts(year.plan)))
    with pytest.raises(Refused, match="decision_does_not_cover"):
        adopt_plan(by=BOSS, at=AT, plan=year.plan, decision_point=year.point, facts=facts)
    add_mandate(by=BOSS, at=AT, body=body, kind="plan", valid_from=date(2024, 1, 1))
    decision = record_decision(
        by=BOSS, at=AT, body=body, decided_on=date(2024, 3, 1), title="Planen", points=[Point("plan", "att anta")]
    )
    for number in (1, 2):
        version = adopt_plan(by=BOSS, at=AT, plan=year.plan, decision_point=decision.points.get(), facts=facts)
        assert version.number == number
    year.plan.refresh_from_db()
    assert year.plan.state == "adopted"


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x80" * width for _row in range(min(height, 50))))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"GIF89a" + b"\0" * 50, "picture_kind"),
        (b"MZ\x90\0", "picture_kind"),
        (b"", "picture_kind"),
        (b"<html><svg></html>", "picture_kind"),
        (png(9000, 10), "picture_size"),
        (SVG + b" " * LARGEST_FILE, "picture_size"),
        (SVG.replace(b"<rect", b"<script>alert(1)</script><rect"), "picture_unsafe"),
        (SVG.replace(b"<rect", b'<rect onload="alert(1)"'), "picture_unsafe"),
        (SVG.replace(b"<rect", b'<image href="https://example.org/x.png"/><rect'), "picture_unsafe"),
        (SVG.replace(b"<rect", b'<rect fill="url(https://example.org/x)"'), "picture_unsafe"),
        (SVG.replace(b"<rect", b"<style>@import 'x'</style><rect"), "picture_unsafe"),
        (b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + SVG, "picture_unsafe"),
        (SVG.replace(b"<rect", b'<foreignObject xmlns="http://www.w3.org/1999/xhtml"/><rect'), "picture_unsafe"),
    ],
)
def test_hostile_pictures_are_refused(content: bytes, code: str) -> None:
    with pytest.raises(Invalid, match=code):
        looked_into(content)


def test_a_picture_needs_words_and_stands_where_it_was_put(year: Year) -> None:
    chapter = add_plan_text(by=BOSS, at=AT, plan=year.plan, kind="situation", title="Nuläge", text="Så är det.")
    with pytest.raises(Invalid, match="required"):
        add_picture(by=BOSS, at=AT, plan=year.plan, name="x.png", content=png(10, 10), alt=" ")
    made = add_picture(by=BOSS, at=AT, plan=year.plan, name="x.exe", content=png(10, 10), alt="Grå", chapter=chapter)
    assert (made.file.name, made.file.media_type) == ("x.png", "image/png")
    (facts,) = plan_facts(year.plan).pictures
    assert (facts.at_uid, facts.alt) == (str(chapter.uid), "Grå")


def csrf(page: str) -> dict[str, str]:
    keys = re.findall(r'name="(once_key|once)" value="([^"]+)"', page)
    return dict(keys)


def post(client: Client, address: str, data: dict[str, Any]) -> Any:
    return client.post(address, {**csrf(client.get(address).content.decode()), **data})


def test_the_pages_write_a_whole_plan(client: Client, year: Year) -> None:
    assert post(client, reverse("plans:new_plan", args=["21", 2024]), {
        "title": "Regionens plan", "year": 2024, "year_to": 2025, "shape": "goals", "subject": "Unga",
    }).status_code == 302  # fmt: skip
    plan = Plan.objects.get(title="Regionens plan")
    where = ["21", 2024, plan.uid]
    chapter = {"kind": "situation", "title": "Nuläge", "text": "Fler mår bra."}
    assert post(client, reverse("plans:new_chapter", args=where), chapter).status_code == 302
    area = {"number": 1, "title": "Skolan"}
    assert post(client, reverse("plans:new_area_of", args=where), area).status_code == 302
    goal = {"horizon": "long", "text": "Alla trivs", "area": str(plan.areas.get().uid)}
    assert post(client, reverse("plans:new_row", args=["21", 2024, "goal", plan.uid]), goal).status_code == 302
    assert Goal.objects.get().area == plan.areas.get()
    post(client, reverse("plans:new_row", args=["21", 2024, "offer", plan.uid]), {"title": "Råd"})
    offer = Offer.objects.get()
    post(client, reverse("plans:new_row", args=["21", 2024, "uptake", offer.uid]), {"name": "Hofors"})
    assert offer.uptakes.get().name == "Hofors"
    upload = {"picture": SimpleUploadedFile("a.svg", SVG), "alt": "En ruta", "place": "cover"}
    assert post(client, reverse("plans:new_picture", args=where), upload).status_code == 302
    shown = client.get(reverse("plans:picture_file", args=["21", 2024, Picture.objects.get().uid]))
    assert shown["Content-Type"] == "image/svg+xml"
    assert "sandbox" in shown["Content-Security-Policy"]
    page = client.get(reverse("plans:whole", args=where)).content.decode()
    for words in ("Regionens plan", "Nuläge", "Skolan", "Alla trivs", "Råd", "En ruta"):
        assert words in page, words
    text = PlanText.objects.get(plan=plan)
    address = reverse("plans:chapter", args=["21", 2024, text.uid])
    assert post(client, address, {"title": "Läget", "text": "Ännu fler."}).status_code == 302
    text.refresh_from_db()
    assert text.title == "Läget"
    settings = reverse("plans:settings", args=where)
    given = {
        "title": plan.title,
        "year_to": 2025,
        "shape": "goals",
        "subject": "Unga",
        "place-texts": "2",
        "place-areas_goals": "1",
    }
    assert post(client, settings, given).status_code == 302
    plan.refresh_from_db()
    assert plan.chapters.split() == ["areas_goals", "texts"]
    for fmt in ("docx", "pdf", "html"):
        assert (
            client.get(reverse("reports:plan_document", args=["21", 2024, plan.uid, "goals", fmt])).status_code == 200
        )


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client: Client, year: Year) -> None:
    address = reverse("plans:new_row", args=["21", 2024, "post", year.plan.uid])
    answer = post(client, address, {"title": f"Tjänst för {NUMBER}", "employer": "Hofors kommun"})
    assert answer.status_code == 200
    assert "Hofors kommun" in answer.content.decode()
    assert not Post.objects.exists()
    upload = {
        "picture": SimpleUploadedFile("a.svg", SVG.replace(b"<rect", b"<script/><rect")),
        "alt": "x",
        "place": "text",
    }
    answer = post(client, reverse("plans:new_picture", args=["21", 2024, year.plan.uid]), upload)
    assert "Spara den som PNG" in answer.content.decode()
    assert not Picture.objects.exists()


def test_the_year_turns_on_the_pages(client: Client, year: Year) -> None:
    activity = owners(year)["activity"]
    address = reverse("turn:turn", args=["21", 2024, year.plan.uid])
    assert post(client, address, {"title": "Planen 2025", "year": 2025, "areas": "on", "rows": "on"}).status_code == 302
    new = Plan.objects.get(title="Planen 2025")
    decide = reverse("turn:decide", args=["21", 2024, year.plan.uid, activity.uid])
    row = {"as-count": 1, "as-0-area": str(new.areas.get().uid), "as-0-number": "3.1", "action": "save"}
    assert post(client, decide, {"outcome": "split", **row}).status_code == 200
    assert not new.activities.exists()
    assert post(client, decide, {"outcome": "goes_on", **row}).status_code == 302
    assert new.activities.get().title == "Samtal"
    compared = client.get(reverse("plans:versions", args=["21", 2025, new.uid]), {"fran": "forra", "till": "nu"})
    assert "Samtal" in compared.content.decode()
    history = client.get(reverse("plans:history", args=["21", 2024, activity.uid])).content.decode()
    assert "2024: Samtal" in history
    assert "2025: Samtal" in history
    assert post(client, decide, {"action": "take_back"}).status_code == 302
    assert not new.activities.exists()


def test_frameworks_cross_areas_and_activities(client: Client, year: Year) -> None:
    post(client, reverse("plans:new_framework", args=["21", 2024]), {"title": "Strategin"})
    framework = Framework.objects.get()
    address = reverse("plans:new_row", args=["21", 2024, "framework_goal", framework.uid])
    post(client, address, {"number": "1", "title": "God hälsa"})
    goal = framework.goals.get()
    tie(by=BOSS, at=AT, thing=year.area, framework_goals=[goal])
    page = client.get(reverse("plans:frameworks", args=["21", 2024])).content.decode()
    assert "God hälsa" in page
    assert year.area.short_title in page
    (found,) = plan_facts(year.plan).frameworks
    assert found.goals[0].areas == (str(year.area.uid),)
    assert Perspective.objects.count() == 0


def test_a_plan_of_many_activities_asks_no_more(client: Client, year: Year) -> None:
    def asked(call: Any) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            call()
        return len(seen)

    where = ["21", 2024, year.plan.uid]
    calls = [
        lambda: plan_facts(year.plan),
        lambda: client.get(reverse("plans:whole", args=where)),
        lambda: client.get(reverse("turn:turn", args=where)),
        lambda: client.get(reverse("reports:plan_document", args=[*where, "matrix", "html"])),
    ]
    add_row(by=BOSS, at=AT, kind="goal", owner=year.plan, values=GIVEN["goal"])
    for number in range(3):
        add_activity(by=BOSS, at=AT, area=year.area, number=f"3.8.{number}", title=f"Insats {number}")
    few = [asked(call) for call in calls]
    for number in range(3, 60):
        made = add_activity(by=BOSS, at=AT, area=year.area, number=f"3.8.{number}", title=f"Insats {number}")
        add_row(by=BOSS, at=AT, kind="step", owner=made, values={"text": "Ett steg"})
        add_row(by=BOSS, at=AT, kind="goal", owner=year.plan, values={"horizon": "long", "text": "Mål"})
    assert [asked(call) for call in calls] == few
    assert len(CHAPTERS) == len(set(CHAPTERS))
