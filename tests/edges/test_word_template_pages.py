"""A county's own Word template on its pages: uploaded, looked at, tried, used by everything that prints, removed."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx as python_docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samplan.apps.orgs.models import Organisation
from samplan.apps.plans.operations.plans import create_plan
from samplan.apps.yearreports.models import WordTemplate
from samplan.apps.yearreports.operations import open_report
from samplan.apps.yearreports.operations.templates import (
    choose_styles,
    remove_template,
    stop_template,
    upload_template,
    use_template,
)
from samplan.base.audit.models import Event
from samplan.base.files.models import File
from samplan.domain.access import Actor, Assignment, Role
from samplan.domain.document import Document, Paragraph, plain
from samplan.domain.errors import Invalid, Refused
from samplan.edges.reports.compile import compile_report, freeze, write
from tests.apps.test_plan_rows import NUMBER, post
from tests.edges.office_files import changed, with_parts, with_relationship, word
from tests.edges.word_templates import swedish
from tests.small_year import AT, BOSS, Year, load_places, make_year, person

pytestmark = pytest.mark.django_db
HEAD = "Region Exempel, "


@pytest.fixture
def year() -> Year:
    load_places()
    return make_year("21")


@pytest.fixture
def client(year: Year) -> Client:
    found = Client()
    found.force_login(person(Role.COORDINATOR, "21", "Samordnare"))
    return found


def uploaded(owner: Organisation | None = None, **more: Any) -> WordTemplate:
    given = {
        "by": BOSS,
        "at": AT,
        "county": "21",
        "owner": owner,
        "name": "Länets mall.docx",
        "content": swedish(),
        **more,
    }
    return upload_template(**given)


def head_of(content: bytes) -> str:
    return str(python_docx.Document(BytesIO(content)).sections[-1].header.paragraphs[0].text)


def where(template: WordTemplate, name: str = "template") -> str:
    return reverse(f"reports:{name}", args=["21", 2024, template.uid])


def test_the_coordinator_uploads_looks_tries_and_uses(client: Client, year: Year) -> None:
    new = reverse("reports:new_template", args=["21", 2024])
    answer = post(client, new, {"file": SimpleUploadedFile("Länets mall.docx", swedish())})
    template = WordTemplate.objects.get()
    assert answer["Location"] == where(template)
    assert (template.name, template.state, template.owner) == ("Länets mall", "waiting", None)
    page = client.get(where(template)).content.decode()
    for words in ("Länets mellanrubrik", "hittat på dispositionsnivån", "kommer efter rubriken", "med en bild",
                  "Titeln kommer där mallens titel står", "med 2 nivåer", "Diarienummer: {{diarienummer}}",
                  "saknas, läggs till", "Region Exempel, {{titel}}", "210 × 297 mm, text på 140 mm"):  # fmt: skip
        assert words in page, words
    printed = reverse("reports:plan_document", args=["21", 2024, year.plan.uid, "directive", "docx"])
    assert not head_of(client.get(printed).content).startswith(HEAD)
    trial = client.get(where(template, "template_trial"))
    assert head_of(trial.content) == f"{HEAD}{year.plan.title}"
    assert "attachment" in trial["Content-Disposition"]
    assert post(client, where(template), {"action": "use"}).status_code == 302
    assert head_of(client.get(printed).content) == f"{HEAD}{year.plan.title}"
    assert "Används" in client.get(reverse("reports:templates", args=["21", 2024])).content.decode()
    answer = post(client, where(template), {"action": "remove"})
    assert "Sluta använda den först" in answer.content.decode()
    assert WordTemplate.objects.get().state == "used"


def test_the_one_in_use_is_removed_only_after_it_is_stopped(client: Client, year: Year) -> None:
    template = use_template(by=BOSS, at=AT, template=uploaded())
    with pytest.raises(Refused, match="template_used"):
        remove_template(by=BOSS, at=AT, template=template)
    assert post(client, where(template), {"action": "stop"}).status_code == 302
    assert client.get(where(template, "template_file"))["X-Content-Type-Options"] == "nosniff"
    assert post(client, where(template), {"action": "remove"}).status_code == 302
    assert not WordTemplate.objects.exists()
    assert not File.objects.filter(name="Länets mall.docx").exists()
    verbs = list(Event.objects.filter(subject_uid=template.uid).order_by("id").values_list("verb", flat=True))
    assert verbs == ["template_uploaded", "template_used", "template_stopped", "template_removed"]


def test_styles_are_chosen_by_hand_and_ours_where_none_is(client: Client, year: Year) -> None:
    template = uploaded()
    typed = {f"style-{ours}": id_ for ours, id_ in (("Heading4", "Rubrik3"), ("Title", ""), ("Normal", "Brdtext"),
             ("Heading1", "Rubrik1"), ("Subtitle", "no such"))}  # fmt: skip
    assert post(client, where(template), {"action": "choose", **typed}).status_code == 302
    template.refresh_from_db()
    assert '"Heading4":"Rubrik3"' in template.choices
    assert '"Title":""' in template.choices
    assert "no such" not in template.choices
    assert "valt av er" in client.get(where(template)).content.decode()
    with pytest.raises(Invalid, match="unknown_choice"):
        choose_styles(by=BOSS, at=AT, template=template, choices={"x" * 300: ""})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ\x90\0", "är av ett slag som inte tas emot"),
        (with_parts(word(), {"word/vbaProject.bin": b"x"}), "innehåller makron"),
        (with_relationship(word(), "attachedTemplate", "x.dotm", of="word/_rels/settings.xml.rels"), "mall är kopplad"),
        (b"PK\x03\x04" + b"\0" * 10_000_001, "högst 10 MB"),
    ],
)
def test_a_hostile_template_is_refused_on_the_page(client: Client, content: bytes, words: str) -> None:
    new = reverse("reports:new_template", args=["21", 2024])
    answer = post(client, new, {"file": SimpleUploadedFile("mall.docx", content)})
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not WordTemplate.objects.exists()
    assert not File.objects.exists()


def test_a_template_that_cannot_be_written_into_is_refused(client: Client) -> None:
    broken = changed(word(), paper=("word/document.xml", b'w:w="12240"', b'w:w="x"'))
    answer = post(client, reverse("reports:new_template", args=["21", 2024]), {"file": SimpleUploadedFile("m", broken)})
    assert "Filen går inte att läsa" in answer.content.decode()
    assert not WordTemplate.objects.exists()


def test_each_owner_has_its_own(year: Year) -> None:
    owner = year.parties[0].organisation
    joint, own = uploaded(), uploaded(owner=owner, name="Kommunens.dotx")
    assert own.name == "Kommunens"
    use_template(by=BOSS, at=AT, template=joint)
    document = Document("T", "sv", (Paragraph(plain("x"), "a"),))
    assert head_of(write(document, "docx", county="21")).startswith(HEAD)
    assert not head_of(write(document, "docx", county="21", owner=owner)).startswith(HEAD)
    assert not head_of(write(document, "docx", county="25")).startswith(HEAD)
    use_template(by=BOSS, at=AT, template=own)
    second = use_template(by=BOSS, at=AT, template=uploaded(name="Nästa.docx"))
    states = dict(WordTemplate.objects.values_list("name", "state"))
    assert states == {"Länets mall": "waiting", "Kommunens": "used", "Nästa": "used"}
    stop_template(by=BOSS, at=AT, template=second)
    assert not head_of(write(document, "docx", county="21")).startswith(HEAD)
    with pytest.raises(Invalid, match="unknown_choice"):
        uploaded(owner=make_year("25", codes=("2505", "2506")).parties[0].organisation)


def test_the_approved_report_is_frozen_in_the_template(year: Year) -> None:
    use_template(by=BOSS, at=AT, template=uploaded())
    report = open_report(by=BOSS, at=AT, plan=year.plan, title="Årsrapport 2024")
    made = freeze(report, compile_report(report, at=AT, preview=False))
    (content,) = [content for name, content in made.files.items() if name.endswith(".docx")]
    assert head_of(content) == f"{HEAD}Årsrapport 2024"


def test_a_name_holds_no_personal_number(year: Year) -> None:
    with pytest.raises(Invalid, match="personal_number"):
        uploaded(name=f"{NUMBER}.docx")


@pytest.mark.parametrize(
    ("role", "county"), [(Role.READER, "21"), (Role.CONTROLLER, "21"), (Role.SECRETARY, "21"), (Role.COORDINATOR, "25")]
)
def test_nobody_else_reads_or_writes_a_template(year: Year, role: Role, county: str) -> None:
    template = uploaded()
    stranger = Actor("account", "Någon", 9, (Assignment(role, county),))
    for call in (
        lambda: uploaded(by=stranger),
        lambda: use_template(by=stranger, at=AT, template=template),
        lambda: stop_template(by=stranger, at=AT, template=template),
        lambda: remove_template(by=stranger, at=AT, template=template),
        lambda: choose_styles(by=stranger, at=AT, template=template, choices={}),
    ):
        with pytest.raises(Refused, match="forbidden"):
            call()
    client = Client()
    client.force_login(person(role, county, "Någon"))
    for name in ("template", "template_trial", "template_file"):
        assert client.get(where(template, name)).status_code == 404
    for name in ("templates", "new_template"):
        assert client.get(reverse(f"reports:{name}", args=["21", 2024])).status_code in {403, 404}


def test_a_template_of_an_owner_without_plans_has_no_trial(client: Client, year: Year) -> None:
    template = uploaded(owner=year.parties[0].organisation)
    assert client.get(where(template, "template_trial")).status_code == 302
    trial = f'href="{where(template, "template_trial")}"'
    assert trial not in client.get(where(template)).content.decode()
    create_plan(by=BOSS, at=AT, county="21", year=2024, title="Kommunens", owner=template.owner)
    assert trial in client.get(where(template)).content.decode()
