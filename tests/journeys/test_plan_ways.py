"""The plan's activities seen in four ways, and changed where they stand: by mouse, by keyboard alone, by two at once,
over a line that breaks, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

from tests.journeys.looking import faults
from tests.journeys.site import People

PLAN = "/21/2024/plan/"
WAYS = ("lista", "kort", "matris", "tid")


@contextmanager
def desk(people: People, *, scripts: bool = True) -> Iterator[Page]:
    context = people.who("coordinator", scripts=scripts)
    try:
        yield context.new_page()
    finally:
        context.close()


def pen(page: Page, field: str, title: str) -> Locator:
    return page.get_by_role("link", name=f"Ändra {field}: {title}", exact=True)


def typed(page: Page, label: str) -> Locator:
    """A field of the form that is open in a cell."""
    return page.locator(".cell-form").get_by_label(label)


def test_four_ways_of_the_same_choice_are_remembered_without_scripts(people: People) -> None:
    with desk(people, scripts=False) as page:
        page.goto(f"{PLAN}?vy=lista&lage=done")
        titles = page.locator("#insatser ~ .section .cell--title a:not(.cell__edit)").all_inner_texts()
        assert len(titles) > 1
        for words, where in (
            ("Kort", ".card h3"),
            ("Matris", ".matrix tbody th"),
            ("Tidslinje", ".matrix--time tbody th"),
        ):
            page.get_by_role("navigation", name="Så visas insatserna").get_by_role("link", name=words).click()
            found = page.locator(where).all_inner_texts()
            assert len(found) == len(titles)
            assert all(title in text for title, text in zip(titles, found, strict=True))
        page.goto(PLAN)
        expect(page.get_by_role("link", name="Tidslinje")).to_have_attribute("aria-current", "true")


def test_without_scripts_a_field_is_changed_on_its_own_page_and_one_comes_back_to_the_place(people: People) -> None:
    with desk(people, scripts=False) as page:
        page.goto(f"{PLAN}?vy=matris&lage=ongoing")
        pen(page, "uppdragsgivare", "Rörelsesatsning i skolan").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Rörelsesatsning i skolan")
        page.get_by_label("Uppdragsgivare").fill("Länsledning Välfärd")
        page.get_by_role("button", name="Spara").click()
        assert "vy=matris&lage=ongoing#c-" in page.url
        expect(page.get_by_text("Sparat.")).to_be_visible()
        expect(page.locator(":target")).to_contain_text("Länsledning Välfärd")
        pen(page, "rubrik", "Rörelsesatsning i skolan").click()
        page.get_by_label("Rubrik").fill("")
        page.get_by_role("button", name="Spara").click()
        expect(page.get_by_role("alert")).to_be_visible()
        page.get_by_role("link", name="Avbryt").click()
        assert "vy=matris&lage=ongoing#c-" in page.url


def test_by_keyboard_alone_a_title_a_phase_and_a_time(people: People) -> None:
    with desk(people) as page:
        page.goto(f"{PLAN}?vy=lista")
        pen(page, "rubrik", "Länssamordnare för SIP").focus()
        page.keyboard.press("Enter")
        expect(typed(page, "Rubrik")).to_be_focused()
        page.keyboard.type("Bortkastat")
        page.keyboard.press("Escape")
        expect(pen(page, "rubrik", "Länssamordnare för SIP")).to_be_focused()
        page.keyboard.press("Enter")
        expect(typed(page, "Rubrik")).to_have_value("Länssamordnare för SIP")
        page.keyboard.type("Samordnare för SIP")
        page.keyboard.press("Enter")
        expect(pen(page, "rubrik", "Samordnare för SIP")).to_be_focused()
        expect(page.locator("#cell-said")).to_have_text("Sparat: Rubrik")
        pen(page, "läge", "Samordnare för SIP").focus()
        page.keyboard.press("Enter")
        expect(typed(page, "Läge")).to_be_focused()
        page.keyboard.type("Pausad")
        page.keyboard.press("Enter")
        expect(pen(page, "läge", "Samordnare för SIP")).to_be_focused()
        page.goto(f"{PLAN}?vy=tid")
        pen(page, "tid", "Samordnare för SIP").focus()
        page.keyboard.press("Enter")
        typed(page, "Börjar").fill("2024-09-01")
        typed(page, "Slutar").fill("2024-08-01")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert").filter(has_text="en uppgift")).to_be_visible()
        typed(page, "Slutar").fill("2025-08-31")
        page.keyboard.press("Enter")
        expect(pen(page, "tid", "Samordnare för SIP")).to_be_focused()
        page.reload()
        expect(page.locator(".matrix tr").filter(has_text="Samordnare för SIP")).to_contain_text("1 september 2024")
        expect(page.get_by_role("img", name="Tidslinje:").first).to_be_visible()


def test_two_at_once_lose_nothing(people: People) -> None:
    with desk(people) as mine, desk(people) as other:
        for page in (mine, other):
            page.goto(f"{PLAN}?vy=matris")
            pen(page, "ansvarig", "Samlad elevhälsodata").click()
            typed(page, "Ansvarig").wait_for()
        typed(other, "Ansvarig").fill("Den andras ord")
        other.keyboard.press("Control+Enter")
        expect(pen(other, "ansvarig", "Samlad elevhälsodata")).to_be_focused()
        typed(mine, "Ansvarig").fill("Mina ord")
        mine.keyboard.press("Control+Enter")
        expect(mine.get_by_text("Ni skrev samtidigt.")).to_be_visible()
        expect(mine.locator(".compare")).to_contain_text("Den andras ord")
        expect(typed(mine, "Ansvarig")).to_have_value("Mina ord")
        found = list(faults(mine))
        assert not found, "\n".join(found)
        typed(mine, "Ansvarig").fill("Våra ord")
        mine.locator(".cell-form").get_by_role("button", name="Spara").click()
        expect(mine.locator(".matrix tr").filter(has_text="Samlad elevhälsodata")).to_contain_text("Våra ord")


def test_a_line_that_breaks_keeps_what_was_typed_and_saves_it_once(people: People) -> None:
    with desk(people) as page:
        page.goto(f"{PLAN}?vy=lista")
        pen(page, "ansvarig", "Processledare för samsjuklighet").click()
        typed(page, "Ansvarig").fill("Två kommuner")
        page.route("**/falt/**", lambda route: route.abort())
        page.locator(".cell-form").get_by_role("button", name="Spara").click()
        expect(page.get_by_text("Det du skrev står kvar")).to_be_visible()
        expect(typed(page, "Ansvarig")).to_have_value("Två kommuner")
        page.unroute("**/falt/**")
        page.locator(".cell-form").get_by_role("button", name="Spara").click()
        expect(pen(page, "ansvarig", "Processledare för samsjuklighet")).to_be_focused()
        expect(page.locator(".cell--responsible").filter(has_text="Två kommuner")).to_have_count(1)


def test_no_way_of_seeing_has_a_fault_open_or_shut(people: People) -> None:
    with desk(people) as page:
        wrong = []
        for way in WAYS:
            page.goto(f"{PLAN}?vy={way}")
            wrong += [f"{way}: {fault}" for fault in faults(page)]
        page.goto(f"{PLAN}?vy=lista")
        pen(page, "rubrik", "Rörelsesatsning i skolan").click()
        typed(page, "Rubrik").fill("")
        page.keyboard.press("Enter")
        page.locator(".cell-form .errors").wait_for()
        wrong += [f"open: {fault}" for fault in faults(page)]
        assert not wrong, "\n".join(wrong)
