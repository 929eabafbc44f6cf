"""A number in a plan's text that only looks like a personal number: somebody says so, why, and it is remembered."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from samplan.apps.plans.models import Activity, FocusArea, Goal, NumberWaiver, Plan, PlanText
from samplan.apps.plans.operations.activities import EventValue, add_activity, add_to_activity, change_activity
from samplan.apps.plans.operations.plans import add_area, add_plan_text, create_plan, write_plan_text
from samplan.apps.plans.operations.rows import add_framework, add_row
from samplan.apps.plans.operations.turning import GoesOnAs, carry_over, start_next_plan
from samplan.apps.plans.operations.writing import waive_number
from samplan.apps.yearreports.operations import edit_block, open_report
from samplan.base.audit.models import Event
from samplan.domain.access import Actor, Assignment, Role
from samplan.domain.errors import Invalid, Refused
from tests.small_year import AT, BOSS, Year, load_places, make_year, person

pytestmark = pytest.mark.django_db
# Skatteverket's examples of numbers that nobody has; a case number may look the same.
NUMBER, OTHER = "19121212-1212", "19811228-9874"
WRITTEN = f"Ärendet har nummer {NUMBER} hos regionen."
WHY = "Det är regionens diarienummer."


@pytest.fixture
def year() -> Year:
    load_places()
    return make_year()


@pytest.fixture
def client(year: Year) -> Client:
    signed_in = Client()
    signed_in.force_login(person(Role.COORDINATOR, "21", "Sara Samordnare"))
    return signed_in


def waived(plan: Plan) -> None:
    waive_number(by=BOSS, at=AT, plan=plan, number=NUMBER, reason=WHY)


def test_who_may_say_it_and_only_with_a_reason(year: Year) -> None:
    who: dict[str, Any] = {"at": AT, "plan": year.plan, "number": NUMBER}
    for role, county in ((Role.READER, "21"), (Role.PARTY_REPORTER, "21"), (Role.COORDINATOR, "25")):
        with pytest.raises(Refused, match="forbidden"):
            waive_number(by=Actor("account", "Någon", 7, (Assignment(role, county),)), reason=WHY, **who)
    for reason, code in (("  ", "reason_needed"), (WRITTEN, "personal_number")):
        with pytest.raises(Invalid, match=code):
            waive_number(by=BOSS, reason=reason, **who)
    with pytest.raises(Invalid, match="unknown_choice"):
        waive_number(by=BOSS, reason=WHY, **(who | {"number": "2024-01-15"}))
    assert not NumberWaiver.objects.exists()


def test_it_is_kept_with_its_reason_and_trace_but_without_the_number(year: Year) -> None:
    waived(year.plan)
    waived(year.plan)
    kept = NumberWaiver.objects.get()
    assert (kept.reason, kept.by_name, len(kept.fingerprint)) == (WHY, BOSS.name, 64)
    (event,) = Event.objects.filter(verb="number_waived")
    assert (event.subject_uid, WHY in event.after, NUMBER in event.after) == (year.plan.uid, True, False)


def test_every_text_of_the_plan_may_then_hold_it_and_no_other_plans(year: Year) -> None:
    who: dict[str, Any] = {"by": BOSS, "at": AT}
    activity = add_activity(**who, area=year.area, number="3.9.1", title="Samtal")
    other = create_plan(**who, county="21", year=2025, title="Nästa")
    waived(year.plan)
    write_plan_text(**who, plan=year.plan, kind="situation", title="Nuläge", text=WRITTEN)
    add_area(**who, plan=year.plan, number=9, title="Äldre", text=WRITTEN)
    add_activity(**who, area=year.area, number="9", title=WRITTEN, texts={"goal": WRITTEN})
    change_activity(**who, activity=activity, result=WRITTEN)
    add_to_activity(**who, activity=activity, events=[EventValue(date(2024, 1, 2), WRITTEN)])
    add_row(**who, kind="goal", owner=year.plan, values={"horizon": "county", "text": WRITTEN})
    add_row(**who, kind="step", owner=activity, values={"text": WRITTEN})
    with pytest.raises(Invalid, match="personal_number"):
        add_plan_text(**who, plan=other, kind="other", title="Annat", text=WRITTEN)
    with pytest.raises(Invalid, match="personal_number"):
        change_activity(**who, activity=activity, result=f"Någon annan, {OTHER}.")
    with pytest.raises(Invalid, match="personal_number"):
        add_framework(**who, county="21", title="Strategin", text=WRITTEN)


def test_what_was_said_follows_the_texts_into_the_next_year_and_the_report(year: Year) -> None:
    who: dict[str, Any] = {"by": BOSS, "at": AT}
    waived(year.plan)
    write_plan_text(**who, plan=year.plan, kind="situation", title="Nuläge", text=WRITTEN)
    new = start_next_plan(**who, plan=year.plan, year=2025, title="Planen 2025")
    assert [text.text for text in new.texts.all()] == [WRITTEN]
    waive_number(**who, plan=year.plan, number=OTHER, reason=WHY)
    old = add_activity(**who, area=year.area, number="3", title="Samtal", texts={"purpose": f"Nr {OTHER}"})
    carry_over(**who, plan=new, outcome="goes_on", before=[old], after=[GoesOnAs(new.areas.get(), "1")])
    assert new.activities.get().purpose == f"Nr {OTHER}"
    assert new.number_waivers.count() == 2
    report = open_report(**who, plan=year.plan, title="Årsrapport")
    kept: dict[str, Any] = {**who, "report": report, "base_hash": "", "base_text": "", "version": 0}
    assert edit_block(**kept, key="x", text=WRITTEN).text == WRITTEN
    with pytest.raises(Invalid, match="personal_number"):
        edit_block(**kept, key="y", text="Nr 19900101-0017.")


def page(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def test_the_pages_ask_for_the_reason_keep_what_is_typed_and_then_save(year: Year, client: Client) -> None:
    activity = add_activity(by=BOSS, at=AT, area=year.area, number="3.9.1", title="Samtal")
    chapter = add_plan_text(by=BOSS, at=AT, plan=year.plan, kind="other", title="Annat")
    here = ["21", 2024]
    rows = {"parties-count": "0", "happened-count": "0", "links-count": "0"}
    pages: list[tuple[str, dict[str, Any], str]] = [
        (reverse("plans:text", args=[*here, "situation"]), {"title": "Nuläge", "text": WRITTEN}, "text"),
        (reverse("plans:chapter", args=[*here, chapter.uid]), {"title": "Annat", "text": WRITTEN}, "text"),
        (reverse("plans:area", args=[*here, year.area.uid]), {"title": "Barn", "next_steps": WRITTEN}, "next_steps"),
        (reverse("plans:change", args=[*here, activity.uid]), {"title": "Samtal", "goal": WRITTEN}, "goal"),
        (reverse("plans:new_row", args=[*here, "goal", year.plan.uid]), {"horizon": "county", "text": WRITTEN}, "text"),
        (reverse("plans:new_chapter", args=[*here, year.plan.uid]),
         {"kind": "other", "title": "Till", "text": WRITTEN}, "text"),
        (reverse("plans:new_area_of", args=[*here, year.plan.uid]), {"number": "8", "title": "Nytt", "text": WRITTEN},
         "text"),
        (reverse("plans:new_activity_of", args=[*here, year.plan.uid]),
         {"area": str(year.area.uid), "number": "7", "kind": "activity", "title": "Ny", "purpose": WRITTEN, **rows},
         "purpose"),
    ]  # fmt: skip
    for address, typed, field in pages:
        NumberWaiver.objects.all().delete()
        refused = page(client.post(address, typed))
        notice = refused.select_one("#nummer")
        assert notice is not None, address
        assert "ser ut att innehålla ett personnummer" in refused.text, address
        assert NUMBER in refused.select_one(f"[name={field}]").text, address  # type: ignore[union-attr]
        (button,) = notice.select("button")
        press = typed | {"action": str(button["value"])}
        without = page(client.post(address, press))
        assert "Skriv i en mening varför." in without.text, address
        assert not NumberWaiver.objects.exists()
        saved = client.post(address, press | {"waive-reason": WHY})
        assert saved.status_code == 302, address
        assert NumberWaiver.objects.get().reason == WHY
    said = [*PlanText.objects.values_list("text", flat=True), *Goal.objects.values_list("text", flat=True)]
    assert said.count(WRITTEN) == 4
    assert FocusArea.objects.filter(next_steps=WRITTEN).exists()
    assert Activity.objects.filter(goal=WRITTEN).exists()
    assert Activity.objects.filter(purpose=WRITTEN).exists()


def test_a_number_that_nobody_has_waived_is_refused_beside_one_that_is(year: Year, client: Client) -> None:
    address = reverse("plans:text", args=["21", 2024, "situation"])
    both = {"title": "Nuläge", "text": f"{WRITTEN} Och {OTHER}."}
    first = page(client.post(address, both)).select("#nummer button")
    assert [str(button["value"]) for button in first] == [f"waive:{NUMBER}", f"waive:{OTHER}"]
    after = page(client.post(address, both | {"action": f"waive:{NUMBER}", "waive-reason": WHY}))
    assert [str(button["value"]) for button in after.select("#nummer button")] == [f"waive:{OTHER}"]
    assert not PlanText.objects.exists()
    assert NumberWaiver.objects.count() == 1


def test_a_reader_and_a_neighbour_cannot_say_it_on_a_page(year: Year) -> None:
    address = reverse("plans:text", args=["21", 2024, "situation"])
    sent = {"title": "Nuläge", "text": WRITTEN, "action": f"waive:{NUMBER}", "waive-reason": WHY}
    for role, county, status in ((Role.READER, "21", 403), (Role.COORDINATOR, "25", 404)):
        stranger = Client()
        stranger.force_login(person(role, county, f"{role} {county}"))
        assert stranger.post(address, sent).status_code == status
    assert not NumberWaiver.objects.exists()
