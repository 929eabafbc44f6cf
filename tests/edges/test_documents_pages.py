"""The pages of documents: hand in, wait, check, apply; by their own people and by others."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samplan.apps.orgs.models import Party
from samplan.apps.plans.models import Activity, Plan
from samplan.base.files.models import File
from samplan.domain.access import ORGANISATION_ROLES, Role
from samplan.edges.imports.models import Draft, DraftContent, DraftEdit
from samplan.edges.imports.operations.editing import change_draft
from samplan.edges.imports.queries import edits_of, tree_of
from tests.drafts_by_hand import SMALL, Line, bit_of, node_of, reading
from tests.small_year import load_places, person
from tests.stored_drafts import AT, STATES, a_document, an_actor

pytestmark = pytest.mark.django_db
NAMES = ("draft", "change", "edits", "apply", "file", "remove")


@pytest.fixture
def client() -> Client:
    load_places()
    return signed_in(Role.COORDINATOR)


def signed_in(role: Role, county: str = "21") -> Client:
    found = Client()
    of_a_party = role in ORGANISATION_ROLES
    party = Party.objects.get(county=county, role="region") if of_a_party else None
    account = person(role, county, f"{role} {county}", party)
    found.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return found


def address(name: str, draft: Draft | None = None, county: str = "21") -> str:
    return reverse(f"imports:{name}", args=[county, 2024, *([draft.uid] if draft else [])])


def soup(answer: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def text(answer: HttpResponse) -> str:
    return " ".join(soup(answer).get_text(" ").split())


def tree(draft: Draft) -> Any:
    return tree_of(DraftContent.objects.get(draft=draft), edits_of(draft))[0]


def part(client: Client, draft: Draft, **query: str) -> BeautifulSoup:
    answer = client.get(address("draft", draft), query)
    assert answer.status_code == 200
    return soup(answer)


def press(client: Client, draft: Draft, action: str, **values: Any) -> HttpResponse:
    draft.refresh_from_db()
    data = {"action": action, "seen": draft.version, "del": "", **values}
    return client.post(address("change", draft), data)  # type: ignore[return-value]


def upload(client: Client, content: bytes, name: str = "plan.txt", **more: str) -> HttpResponse:
    data = {"document": SimpleUploadedFile(name, content), **more}
    return client.post(address("documents"), data)  # type: ignore[return-value]


# Handing in.


def test_a_document_is_handed_in_and_recognised(client: Client) -> None:
    plans = client.get(reverse("plans:list", args=["21", 2024]))
    assert address("documents") in plans.content.decode()
    answer = upload(client, b"Plan")
    draft = Draft.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, address("draft", draft))
    again = client.get(upload(client, b"Plan", "kopia.txt").headers["Location"])
    assert "Den här filen är redan inlagd och läses." in text(again)
    assert Draft.objects.count() == 1


def test_a_file_read_before_leads_to_where_it_was_left(client: Client) -> None:
    draft = a_document()
    answer = upload(client, b"Plan", "samma.txt")
    assert answer.headers["Location"] == address("draft", draft)
    assert "Den här filen lästes den 4 november 2024. Fortsätt där." in text(client.get(answer.headers["Location"]))


def test_one_press_is_one_document(client: Client) -> None:
    page = soup(client.get(address("documents")))
    key = page.select_one("main [name=once_key]")
    assert key is not None
    for _press in range(2):
        assert upload(client, b"Plan", once_key=str(key["value"])).status_code == 302
    assert Draft.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Filen är tom."), (b"\x89PNG\r\n\x1a\n\0\0", "Filen är en bild."),
        (b" \n", "Filen innehåller ingen text."),
        (b"MZ\x90\0\x03", "Filen är av ett slag som inte läses."),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told_at_the_field_and_nothing_is_kept(client: Client, content: bytes, said: str) -> None:
    answer = upload(client, content, "plan.docx")
    assert answer.status_code == 200
    assert said in text(answer)
    assert (Draft.objects.count(), File.objects.count()) == (0, 0)


def test_a_file_that_is_too_large_is_never_kept_on_its_way_in(client: Client, settings: Any) -> None:
    settings.LARGEST_UPLOAD = 100_000
    answer = upload(client, b"x" * 300_000)
    assert answer.status_code == 200
    assert "Filen är för stor; högst 50 MB." in text(answer)
    assert "Välj en fil." in text(client.post(address("documents"), {}))
    assert Draft.objects.count() == 0


# While it is read.


def test_one_waits_and_comes_back(client: Client) -> None:
    waiting = a_document("waiting")
    page = soup(client.get(address("draft", waiting)))
    assert "Väntar på sin tur." in page.get_text()
    assert page.find("a", string="Visa hur långt den har kommit") is not None
    assert all(script.get("src") for script in page.select("script"))
    Draft.objects.update(state="reading", done=3, of=18, kind="pdf")
    assert "3 av 18 sidor är lästa" in text(client.get(address("draft", waiting)))
    assert "Läses, 3 av 18" in text(client.get(address("documents")))


def test_why_a_file_could_not_be_read_is_said_and_stays(client: Client) -> None:
    refused = a_document("refused")
    for page in (address("draft", refused), address("documents")):
        assert "Filen är skyddad med lösenord." in text(client.get(page))
    assert client.get(address("file", refused)).status_code == 404
    client.post(address("remove", refused))
    assert Draft.objects.count() == 0


# Others.


@pytest.mark.parametrize("state", STATES)
def test_nobody_else_finds_a_document(client: Client, state: str) -> None:
    draft = a_document(state)
    others = [signed_in(role) for role in Role if role not in (Role.COORDINATOR, Role.ADMINISTRATOR)]
    others.append(signed_in(Role.COORDINATOR, "25"))
    for other in others:
        for name in ("documents", *NAMES):
            for method in ("get", "post"):
                where = address(name, draft if name != "documents" else None)
                assert getattr(other, method)(where).status_code in (404, 405), (name, method)
        # A document of another county under one's own county's address.
        assert other.get(address("draft", draft, "25")).status_code == 404
    for name in NAMES:
        assert Client().get(address(name, draft)).status_code == 302
        assert client.get(reverse(f"imports:{name}", args=["21", 2024, uuid4()])).status_code in (404, 405)
    assert Draft.objects.count() == 1
    assert DraftEdit.objects.count() == 0


def test_the_original_is_saved_not_shown(client: Client) -> None:
    answer = client.get(address("file", a_document(content=b"<b>Plan</b> text")))
    assert answer.content == b"<b>Plan</b> text"
    assert answer["Content-Disposition"] == 'attachment; filename="plan.txt"'
    assert answer["Content-Type"].startswith("text/plain")


# Checking.


def test_the_same_numbers_stand_on_both_sides(client: Client) -> None:
    draft = a_document()
    for one in tree(draft).parts():
        page = part(client, draft, **{"del": one.id})
        right = {str(bit["data-bit"]): bit for bit in page.select(".draft__side [data-bit]")}
        assert right
        for bit in right.values():
            link = bit.select_one("a.bit__no")
            assert isinstance(link, Tag)
            block = page.select_one(f".draft__doc #{str(link['href'])[1:]}")
            assert block is not None
            back = {str(a["href"])[1:]: a.get_text(" ", strip=True) for a in block.select("a.bit__no")}
            assert back[str(bit["data-bit"])].split()[-1] == link.get_text(" ", strip=True).split()[-1]
        ids = [tag["id"] for tag in page.select("[id]")]
        assert len(ids) == len(set(ids))


def test_the_document_shows_its_own_part_with_what_has_no_place(client: Client) -> None:
    draft = a_document()
    now = tree(draft)
    page = part(client, draft, **{"del": node_of(now, "Barn och unga")})
    document = page.select_one(".draft__doc")
    assert document is not None
    words = document.get_text(" ")
    assert "Kurser i samtal" in words
    assert "Se även bilaga 3." in words
    assert "Länet arbetar" not in words
    assert "Handlingsplan 2023 sida 1" not in words
    assert "En bit här fick ingen plats" in page.get_text()
    out = part(client, draft, **{"del": "utan-plats"})
    assert "Se även bilaga 3." in out.get_text()
    assert "Dessutom 22 tecken" in " ".join(out.get_text(" ").split())


def test_a_table_keeps_its_form(client: Client) -> None:
    raw = reading()
    block = raw["parts"].pop(8)
    head = {"cells": [{"column": 0, "columns": 2, "rows": 1, "blocks": [raw["parts"].pop(7)]}], "head": True}
    body = {"cells": [{"column": 0, "columns": 1, "rows": 1, "blocks": [block]},
                      {"column": 1, "columns": 1, "rows": 1, "blocks": []}], "head": False}  # fmt: skip
    raw["parts"].insert(7, {"rows": [head, body], "name": "Blad 1"})
    draft = a_document(raw=raw)
    table = part(client, draft, **{"del": "a0"}).select_one(".draft__doc table")
    assert table is not None
    assert [cell["colspan"] for cell in table.select("th[colspan]")] == ["2"]
    assert "Unga mår sämre" in table.select("td")[0].get_text()


def test_a_bit_is_moved_by_a_form_and_the_move_taken_back(client: Client) -> None:
    draft = a_document()
    now = tree(draft)
    bit, area, net = (
        bit_of(now, "Ingen ska stå ensam."),
        *(node_of(now, n) for n in ("Barn och unga", "Stöd på nätet")),
    )
    page = part(client, draft, bit=bit, **{"del": area})
    chosen = page.select(f"#{bit}.bit--chosen form.panel")
    assert len(chosen) == 1
    assert page.select_one(".doc__block--chosen") is not None
    assert {option["value"] for option in chosen[0].select("#to option")} == set(now.nodes)
    answer = press(client, draft, "move", bit=bit, to=net, slot="result", **{"del": area})
    assert answer["Location"] == f"{address('draft', draft)}?del={area}#{bit}"
    assert tree(draft).texts(tree(draft).nodes[net], "result") == ["Tolv tusen besök.", "Ingen ska stå ensam."]
    undo = part(client, draft, **{"del": area}).select_one(".draft__undo button")
    assert isinstance(undo, Tag)
    assert "flyttade ”Ingen ska stå ensam.” till Stöd på nätet, resultat" in undo.get_text()
    press(client, draft, "undo", edit=undo["value"], **{"del": area})
    assert tree(draft).place_of(bit) == (node_of(now, "Kurser i samtal"), "purpose")
    assert "Gör om" in part(client, draft, **{"del": area}).get_text()
    listed = text(client.get(address("edits", draft)))
    assert "(tillbakatagen)" in listed
    assert "tog tillbaka: flyttade" in listed


FORMS: list[tuple[str, dict[str, str], str]] = [
    ("aside", {"bit": "Fler vågar fråga."}, "lade ”Fler vågar fråga.” åt sidan"),
    ("aside", {"node": "Kurser i samtal"}, "lade Kurser i samtal åt sidan"),
    ("write", {"bit": "250 tkr", "text": "250 000 kr"}, "skrev om ”250 000 kr”"),
    ("split", {"bit": "Länet arbetar tillsammans.", "where": "6"}, "delade ”Länet”"),
    ("join", {"bit": "Fler vågar fråga.", "with": "Ingen ska stå ensam."}, "slog ihop ”Fler vågar fråga. Ingen ska"),
    ("new", {"bit": "Ingen ska stå ensam.", "kind": "activity"}, "på ett nytt stycke: insats"),
    ("new", {"bit": "Ingen ska stå ensam.", "kind": "area", "rest": "on"}, "på ett nytt stycke: område"),
    ("rename", {"node": "Kurser i samtal", "title": "Kurser"}, "gav namnet ”Kurser”"),
    ("kind", {"node": "Kurser i samtal", "kind": "partnership"}, "lät Kurser i samtal vara partnerskap"),
    ("kind", {"node": "Suicidprevention", "kind": "chapter"}, "lät Suicidprevention vara kapitel"),
    ("kind", {"node": "Inledning", "kind": "activity"}, "lät Inledning vara insats"),
    ("sort", {"node": "Inledning", "sort": "values"}, "lät Inledning vara värdegrund"),
    ("place", {"node": "Kurser i samtal", "under": "Suicidprevention"}, "flyttade Kurser i samtal till Sui"),
    ("before", {"node": "Stöd på nätet", "before": "Kurser i samtal"}, "flyttade Stöd på nätet till Barn och unga"),
    ("merge", {"node": "Stöd på nätet", "into": "Kurser i samtal"}, "slog ihop Stöd på nätet med Kurser i samtal"),
    ("settle", {"question": "0"}, "sade att en fråga är utredd"),
    ("likely", {"question": "0"}, "skrev om ”250 000 tkr”"),
    ("check", {"node": "Inledning"}, "gick igenom Inledning"),
    ("check", {"node": "Inledning", "done": "no"}, "öppnade Inledning igen"),
    ("years", {"years": "2023, 2024"}, "skrev åren 2023–2024"),
]  # fmt: skip


@pytest.mark.parametrize(("action", "values", "said"), FORMS, ids=lambda value: value if isinstance(value, str) else "")
def test_every_press_is_an_edit_in_words(client: Client, action: str, values: dict[str, str], said: str) -> None:
    raw = reading()
    raw["draft"]["questions"] = [
        {
            "kind": "amount",
            "code": "same_digits",
            "text": "250 tkr",
            "amount": 250,
            "likely": 250_000,
            "at": {"page": 3, "line": 26},
        }
    ]
    draft = a_document(raw=raw)
    now = tree(draft)
    ids = {
        name: (bit_of if name in ("bit", "with") else node_of)(now, value)
        if name in ("bit", "with", "node", "under", "before", "into") else value
        for name, value in values.items()
    }  # fmt: skip
    answer = press(client, draft, action, **ids, **{"del": "a0"})
    assert answer.status_code == 302
    assert DraftEdit.objects.count() == 1
    assert said in text(client.get(address("edits", draft)))
    for one in (*tree(draft).parts(), None):
        assert part(client, draft, **{"del": one.id if one else "utan-plats"})


@pytest.mark.parametrize(
    "values",
    [{"action": "eat"}, {"action": "move", "to": "nowhere"}, {"action": "split", "where": "x"}, {"action": "settle"},
     {"action": "write", "bit": "b1", "text": "121212-1212"}, {"action": "rename", "node": "a0", "title": ""}],
)  # fmt: skip
def test_what_cannot_be_kept_is_given_back(client: Client, values: dict[str, str]) -> None:
    draft = a_document()
    answer = client.post(address("change", draft), {"seen": "0", "del": "a0", **values})
    assert answer.status_code == 422
    assert "Texten är inte sparad" in text(answer)
    assert values.get("text", "") in answer.content.decode()
    assert DraftEdit.objects.count() == 0


def test_what_cannot_be_done_is_said_on_the_page(client: Client) -> None:
    draft = a_document()
    for values, said in (
        ({"action": "aside", "bit": "b999"}, "Det finns inte längre i utkastet."),
        ({"action": "merge", "node": "a0", "into": "a0"}, "Det går inte att göra så här."),
        ({"action": "undo", "edit": "7"}, "Det finns inte längre i utkastet."),
    ):
        answer = client.post(address("change", draft), {"seen": "0", "del": "a0", **values})
        assert said in text(client.get(answer.headers["Location"].partition("#")[0]))


def test_two_people_see_both_changes_and_choose(client: Client) -> None:
    draft = a_document()
    bo = an_actor(Role.COORDINATOR, number=99)
    bit = bit_of(tree(draft), "Fler vågar fråga.")
    change_draft(by=bo, at=AT, draft=draft, verb="write", values={"bit": bit, "text": "Bos text."}, seen=0)
    values = {"action": "write", "bit": bit, "text": "Min text.", "seen": "0", "del": "a0"}
    answer = client.post(address("change", draft), values)
    assert answer.status_code == 409
    assert "Bos text." in text(answer)
    assert "Min text." in answer.content.decode()
    page = soup(answer)
    form = page.select_one("main form")
    assert form is not None
    fields = {str(field["name"]): str(field["value"]) for field in form.select("input[type=hidden]")}
    assert client.post(address("change", draft), fields).status_code == 302
    assert tree(draft).bits[bit].text == "Min text."
    # Of other things one only hears.
    change_draft(by=bo, at=AT, draft=draft, verb="years", values={"years": [2025]}, seen=2)
    answer = client.post(address("change", draft), {"action": "check", "node": "plan", "seen": "2", "del": "plan"})
    assert "Medan du läste: coordinator 99 skrev åren 2025." in text(client.get(answer.headers["Location"]))


def test_a_part_that_is_done_leads_to_the_next_and_all_to_the_plan(client: Client) -> None:
    draft = a_document()
    seen = []
    page = soup(client.get(address("draft", draft)))
    for _part in range(4):
        form = page.select_one("form.draft__ready")
        assert form is not None
        fields = {str(field["name"]): str(field["value"]) for field in form.select("input[type=hidden]")}
        seen.append(fields["node"])
        page = soup(client.get(client.post(address("change", draft), fields).headers["Location"]))
    assert seen == ["plan", "c0", "a0", "a1"]
    assert "4 av 4 delar genomgångna" in page.get_text()
    assert "Genomgånget. Gör planen när du vill." in text(client.get(address("documents")))


def test_what_is_doubted_is_asked_once_and_found_again(client: Client) -> None:
    raw = reading()
    raw["draft"]["questions"] = [
        {
            "kind": "amount",
            "code": "same_digits",
            "text": "250 tkr",
            "amount": 250,
            "likely": 250_000,
            "at": {"page": 3, "line": 26},
        },
        {"kind": "year", "code": "day", "text": "31 februari 2023", "at": {"page": None, "line": 0}},
    ]
    raw["notices"] = [["macros", ""]]
    draft = a_document(raw=raw)
    page = part(client, draft, **{"del": "plan"})
    assert "2 att kontrollera" in page.get_text()
    assert "Dagen 31 februari 2023 finns inte." in page.get_text()
    assert "Filen innehåller makron." in page.get_text()
    following = page.find("a", string="Nästa att kontrollera")
    assert isinstance(following, Tag)
    page = soup(client.get(address("draft", draft) + str(following["href"]).partition("#")[0]))
    notice = page.select_one(".bit .notice")
    assert notice is not None
    assert "Ska 250 kronor vara 250\u00a0000 kronor?" in notice.get_text()
    assert "Ska 250 kronor vara" in text(client.get(address("apply", draft)))
    press(client, draft, "settle", question="0")
    press(client, draft, "settle", question="1")
    assert "Inget att kontrollera" in part(client, draft).get_text()


def test_a_likely_amount_is_one_press_and_an_unknown_doubt_is_still_shown(client: Client) -> None:
    raw = reading()
    at = {"page": 3, "line": 26}
    raw["draft"]["questions"] = [
        {"kind": "amount", "code": "same_digits", "text": "250", "amount": 250, "likely": 250_000, "at": at},
        {"kind": "sum", "code": "of a later version", "text": "", "at": at}, {"kind": "new", "at": at},
    ]  # fmt: skip
    draft = a_document(raw=raw)
    bit = bit_of(tree(draft), "250 tkr")
    words = part(client, draft, bit=bit).get_text(" ")
    for said in ("Skriv 250", "Delarna blir inte summan.", "new", "3 att kontrollera"):
        assert said in words
    press(client, draft, "likely", question="0")
    now = tree(draft)
    assert (now.bits[bit].text, now.settled) == ("250 000 tkr", {0})
    assert "2 att kontrollera" in part(client, draft, bit=bit).get_text(" ")


# Applying.


def test_what_will_be_made_is_shown_and_then_made(client: Client) -> None:
    draft = a_document()
    page = client.get(address("apply", draft))
    words = text(page)
    for said in ("1 kapitel med text", "2 områden", "3 mål", "2 insatser", "1 partnerskap", "2 steg i insatser",
                 "1 utkast till direktiv", "Har ingen plats än.", "4 delar är inte genomgångna",
                 "Belopp som inte stämmer med länets bidrag."):  # fmt: skip
        assert said in words, said
    form = soup(page).select_one("main form")
    assert form is not None
    fields = {str(field["name"]): str(field.get("value", "")) for field in form.select("input")}
    fields |= {str(field["name"]): str((field.select_one("[selected]") or field.select("option")[0])["value"])
               for field in form.select("select")}  # fmt: skip
    assert (fields["title"], fields["year"], fields["shape"]) == (
        "Länets plan för psykisk hälsa 2023",
        "2023",
        "directive",
    )
    assert Plan.objects.count() == 0
    answer = client.post(address("apply", draft), fields)
    plan = Plan.objects.get()
    assert answer.headers["Location"] == reverse("plans:whole", args=["21", 2023, plan.uid])
    again = client.post(address("apply", draft), fields | {"once_key": ""})
    assert (again.headers["Location"], Plan.objects.count()) == (answer.headers["Location"], 1)
    closed = part(client, draft)
    assert "Utkastet blev en plan den" in closed.get_text()
    assert closed.select(".draft__side form") == []
    assert "Har blivit planen" in text(client.get(address("documents")))


def test_a_row_tells_where_it_came_from_to_those_who_may_look(client: Client) -> None:
    draft = a_document()
    form = {
        "title": "Planen",
        "year": "2023",
        "year_to": "2023",
        "shape": "goals",
        "seen": "0",
        "last_day": "2023-12-31",
    }
    client.post(address("apply", draft), form)
    activity = Activity.objects.get(title="Kurser i samtal")
    where = reverse("plans:activity", args=["21", 2023, activity.uid])
    page = soup(client.get(where))
    link = page.find("a", string=re.compile("plan.txt"))
    assert isinstance(link, Tag)
    assert "sidorna 1–2" in " ".join(page.get_text(" ").split())
    assert f"/dokument/{draft.uid}/?sak={node_of(tree(draft), 'Kurser i samtal')}" in str(link["href"])
    assert client.get(str(link["href"]).partition("#")[0]).status_code == 200
    reader = soup(signed_in(Role.READER).get(where))
    assert "plan.txt" in reader.get_text()
    assert reader.find("a", string=re.compile("plan.txt")) is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"year_to": "2022"}, "Sista året kan inte vara före första året."), ({"title": ""}, "Planens namn"),
     ({"seen": "9"}, "Utkastet har ändrats sedan du öppnade sidan."), ({"shape": "round"}, "Form")],
)  # fmt: skip
def test_what_is_wrong_with_the_plan_is_told_at_the_field(client: Client, changed: dict[str, str], said: str) -> None:
    draft = a_document()
    form = {
        "title": "Planen",
        "year": "2023",
        "year_to": "2023",
        "shape": "goals",
        "seen": "0",
        "last_day": "2023-12-31",
    }
    answer = client.post(address("apply", draft), form | changed)
    assert answer.status_code == 200
    assert said in text(answer)
    assert Plan.objects.count() == 0


def test_a_personal_identity_number_is_told_with_its_place(client: Client) -> None:
    draft = a_document(lines=[*SMALL, ("areas.fields.result", "paragraph", "En boende, 121212-1212, fick hjälp.")])
    page = client.get(address("apply", draft))
    assert "En text har ett personnummer." in text(page)
    assert "121212-████" in text(page)
    assert "1212-1212" not in page.content.decode()
    button = soup(page).select_one("main form button")
    assert button is not None
    assert button.has_attr("disabled")
    link = soup(page).select_one("main .notice a")
    assert link is not None
    assert "De sista siffrorna är dolda." in text(client.get(str(link["href"]).partition("#")[0]))


# Size.


def many(areas: int) -> list[Line]:
    lines: list[Line] = [("title", "heading", "Planen")]
    for area in range(areas):
        lines.append(("areas.title", "heading", f"Område {area}"))
        for number in range(6):
            lines.append(("areas.activities.title", "heading", f"Insats {area}.{number}"))
            for name in ("purpose", "goal", "result", "description"):
                lines.append((f"areas.activities.fields.{name}", "paragraph", f"{area} {number} {name} " + "ord " * 60))
    return lines


def test_a_long_document_asks_as_little_and_weighs_as_much(client: Client) -> None:
    small, large = a_document(lines=many(1)), a_document(lines=many(25), content=b"Stor")
    counts, weights = [], []
    for draft in (small, large):
        change_draft(by=an_actor(Role.COORDINATOR), at=AT, draft=draft, verb="years", values={"years": [2023]}, seen=0)
        seen = []
        for where in (address("draft", draft) + "?del=a0", address("apply", draft), address("edits", draft),
                      address("documents")):  # fmt: skip
            client.get(where)
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(where)
            seen.append(len(captured))
            weights.append(len(answer.content))
        counts.append(seen)
    assert counts[0] == counts[1]
    assert weights[4] < weights[0] * 1.3
    assert tree(large).source["characters"] > 100_000
