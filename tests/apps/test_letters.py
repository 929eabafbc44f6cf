"""Letters and personal links: one press, one live link for each receiver, ended by whatever ends them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samplan.apps.letters.models import Letter, PersonalLink
from samplan.apps.letters.operations import (
    actor_of,
    follow_reports,
    letter_on_paper,
    revoke_link,
    send_letters,
    state_who,
)
from samplan.apps.letters.queries import link_of_code, state_of
from samplan.apps.questionnaires.operations import Typed, move_request, save_answers
from samplan.base.audit.models import Event
from samplan.base.mail.models import OutboxMail
from samplan.base.mail.outbox import send_waiting
from samplan.domain.access import Role
from samplan.domain.cycle import ReportStatus
from samplan.domain.document import from_data, plain_text
from samplan.domain.errors import Refused
from samplan.domain.links import LinkState, Purpose
from tests.letters_year import GAVLE, HOFORS, Letters, book, letters_year, newest_path
from tests.small_year import AT, BOSS, actor, person

R = ReportStatus
OVER = datetime(2025, 1, 30, 23, tzinfo=UTC)


@pytest.fixture
def year(db: Any) -> Letters:
    return letters_year()


def only_link(to: str = HOFORS) -> PersonalLink:
    return PersonalLink.objects.select_related("request").get(email=to, ended="")


def submit(year: Letters, by: Any, at: datetime = AT) -> None:
    request = year.hofors
    assert save_answers(by=by, at=at, request=request, answers={"done": Typed("Kurser.")}).whole
    move_request(by=by, at=at, request=request, to=R.SUBMITTED)


def test_one_press_makes_every_partys_letter_with_a_link_of_its_own(year: Letters) -> None:
    sent = year.send()
    assert (len(sent.letters), sent.nobody) == (2, [])
    assert {mail.to for mail in OutboxMail.objects.filter(dedup__startswith="letter:")} == {HOFORS, GAVLE}
    assert newest_path(HOFORS) != newest_path(GAVLE)
    mail = OutboxMail.objects.get(to=HOFORS)
    for words in ("50\u00a0000\u00a0kr", "Lokal och vikarier.", "31 december 2024", "1. Vad har ni gjort?"):
        assert words in mail.body, words


def test_the_letter_says_what_the_facts_say_and_holds_no_link(year: Letters) -> None:
    year.send()
    letter = Letter.objects.get(request=year.hofors)
    text = plain_text(from_data(json.loads(letter.document)))
    for words in ("50\u00a0000\u00a0kr", "Lokal och vikarier.", "31 december 2024", "Hur många deltog?", HOFORS):
        assert words in text, words
    assert "/brev/" not in text


def test_only_the_hash_of_a_code_is_kept_and_nothing_of_it_after_the_mail_has_left(
    year: Letters, settings: Any, tmp_path: Any
) -> None:
    settings.MAIL_FOLDER = tmp_path
    year.send()
    code = newest_path(HOFORS).split("/")[2]
    send_waiting(at=AT)
    bare = code.replace("-", "")
    from django.apps import apps

    for model in apps.get_models():
        for row in model._default_manager.values():
            assert code not in str(row), model
            assert bare not in str(row), model


def test_a_person_with_the_role_goes_before_the_book_and_is_written_to_in_their_language(year: Letters) -> None:
    rut = person(Role.PARTY_REPORTER, "21", "Rut", year.hofors.party)
    type(rut).objects.filter(pk=rut.pk).update(language="en")
    year.send(year.hofors)
    mail = OutboxMail.objects.get(dedup__startswith="letter:")
    assert (mail.to, mail.language) == (rut.email, "en")
    assert mail.body.startswith("Hello Rut")


def test_a_party_without_an_address_is_said_and_gets_its_letter_on_paper(year: Letters) -> None:
    book("2104", reporter="")
    sent = year.send()
    assert [one.party.name for one in sent.nobody] == ["Hofors"]
    letter, address = letter_on_paper(by=BOSS, at=AT, request=year.hofors)
    assert letter.way == "paper"
    link = link_of_code(address.split("/")[-2])
    assert link is not None
    assert state_of(link, at=AT) is LinkState.LIVE


def test_a_new_letter_ends_the_old_links_and_takes_back_a_mail_that_has_not_left(year: Letters) -> None:
    year.send(year.hofors)
    old = newest_path(HOFORS)
    year.send(year.hofors)
    assert OutboxMail.objects.filter(to=HOFORS).count() == 1
    assert newest_path(HOFORS) != old
    link = link_of_code(old.split("/")[2])
    assert link is not None
    assert state_of(link, at=AT) is LinkState.REPLACED
    assert Client().get(old).status_code == 410


def test_a_link_ends_thirty_days_after_the_last_day(year: Letters) -> None:
    year.send(year.hofors)
    assert state_of(only_link(), at=OVER - timedelta(seconds=1)) is LinkState.LIVE
    assert state_of(only_link(), at=OVER) is LinkState.OVER


def test_a_link_ends_when_the_report_is_accepted_and_does_not_rise_again(year: Letters) -> None:
    year.send(year.hofors)
    link = only_link()
    submit(year, actor(person(Role.PARTY_REPORTER, "21", "Rut", year.hofors.party)))
    move_request(by=BOSS, at=AT + timedelta(hours=1), request=year.hofors, to=R.ACCEPTED)
    assert state_of(only_link(), at=AT + timedelta(hours=2)) is LinkState.ACCEPTED
    move_request(by=BOSS, at=AT + timedelta(hours=3), request=year.hofors, to=R.RETURNED, reason="Hur många?")
    assert state_of(PersonalLink.objects.select_related("request").get(pk=link.pk), at=AT) is LinkState.ACCEPTED


def test_a_report_that_is_done_gets_no_letter(year: Letters) -> None:
    submit(year, actor(person(Role.PARTY_REPORTER, "21", "Rut", year.hofors.party)))
    move_request(by=BOSS, at=AT, request=year.hofors, to=R.ACCEPTED)
    assert [one.party.name for one in year.send().ended] == ["Hofors"]
    with pytest.raises(Refused, match="letter_not_needed"):
        letter_on_paper(by=BOSS, at=AT, request=year.hofors)


def test_a_revoked_link_opens_nothing(year: Letters) -> None:
    year.send(year.hofors)
    path = newest_path(HOFORS)
    revoke_link(by=BOSS, at=AT, link=only_link())
    assert Client().get(path).status_code == 410
    assert Client().post(path, {"name": "Rut", "function": "chef"}).status_code == 410
    assert Event.objects.filter(verb="link_revoked").count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.COORDINATOR, Role.ADMINISTRATOR}])
def test_only_who_handles_directives_writes_letters(year: Letters, role: Role) -> None:
    by = actor(person(role, "21", "Någon", year.hofors.party if role.startswith("party") else None))
    for act in (
        lambda: send_letters(by=by, at=AT, requests=[year.hofors]),
        lambda: letter_on_paper(by=by, at=AT, request=year.hofors),
    ):
        with pytest.raises(Refused, match="forbidden"):
            act()


def test_who_acts_through_a_link_is_named_and_reaches_one_report_only(year: Letters) -> None:
    year.send()
    statement = state_who(at=AT, link=only_link(), name=" Rut  Ek ", function="enhetschef")
    by = actor_of(statement)
    assert (by.kind, by.name) == ("link", "Rut Ek, enhetschef, för Hofors")
    with pytest.raises(Refused, match="forbidden"):
        save_answers(by=by, at=AT, request=year.gavle, answers={"done": Typed("Nej.")})
    stolen = type(by)(by.kind, by.name, assignments=by.assignments, only=str(year.gavle.uid))
    with pytest.raises(Refused, match="forbidden"):
        save_answers(by=stolen, at=AT, request=year.hofors, answers={"done": Typed("Nej.")})
    submit(year, by)
    event = Event.objects.get(verb="report_submitted")
    assert (event.actor_kind, event.actor_name) == ("link", "Rut Ek, enhetschef, för Hofors")
    assert year.hofors.submitted_by == "Rut Ek, enhetschef, för Hofors"


def test_a_link_to_write_does_not_approve_nor_accept(db: Any) -> None:
    year = letters_year(needs_approval=True)
    year.send(year.hofors)
    by = actor_of(state_who(at=AT, link=only_link(), name="Rut", function="chef"))
    submit(year, by)
    for to in (R.APPROVED, R.ACCEPTED):
        with pytest.raises(Refused, match="forbidden"):
            move_request(by=by, at=AT, request=year.hofors, to=to)


def test_the_approver_gets_a_link_of_his_own_when_the_report_waits_once(db: Any) -> None:
    year = letters_year(needs_approval=True)
    assert follow_reports(at=AT) == 0
    year.send(year.hofors)
    by = actor_of(state_who(at=AT, link=only_link(), name="Rut", function="rektor"))
    submit(year, by)
    assert [follow_reports(at=AT) for _round in range(3)] == [1, 0, 0]
    link = only_link("chef.hofors@example.org")
    assert link.purpose == Purpose.APPROVE
    chief = actor_of(state_who(at=AT, link=link, name="Bo", function="förvaltningschef"))
    move_request(by=chief, at=AT, request=year.hofors, to=R.APPROVED)
    assert year.hofors.state == R.APPROVED


def test_a_report_that_comes_back_brings_its_writer_a_new_link(year: Letters) -> None:
    year.send(year.hofors)
    old = newest_path(HOFORS)
    submit(year, actor_of(state_who(at=AT, link=only_link(), name="Rut", function="chef")))
    later = AT + timedelta(hours=1)
    move_request(by=BOSS, at=later, request=year.hofors, to=R.RETURNED, reason="Hur många?")
    assert [follow_reports(at=later) for _round in range(2)] == [1, 0]
    assert Client().get(old).status_code == 410
    mail = OutboxMail.objects.filter(to=HOFORS).latest("pk")
    assert "Hur många?" in mail.body
    assert newest_path(HOFORS) != old


def test_the_page_asks_the_database_as_much_for_many_parties_as_for_few(
    db: Any, django_assert_max_num_queries: Any
) -> None:
    from samplan.apps.letters.listing import rows_of
    from samplan.apps.letters.queries import letter_requests
    from tests.small_year import make_year

    few = make_year("21", codes=("2104", "2180"))
    few.issued()
    many = make_year("25", parties=14)
    many.issued()
    counts = []
    for county, size in (("21", 2), ("25", 14)):
        send_letters(by=BOSS, at=AT, requests=letter_requests(county, 2024))
        with django_assert_max_num_queries(12) as queries:
            assert len(rows_of(letter_requests(county, 2024), at=AT)) == size
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_press_on_the_button_sends_what_is_left_and_another_sends_nothing_again(year: Letters, client: Any) -> None:
    client.force_login(person(Role.COORDINATOR, "21", "Sam"))
    address = reverse("letters:send", args=["21", 2024])
    assert client.post(address, {"once_key": "a"}).status_code == 302
    assert Letter.objects.count() == 2
    client.post(address, {"once_key": "b"})
    assert Letter.objects.count() == 2
    client.post(address, {"number": year.hofors.number, "once_key": "c"})
    client.post(address, {"number": year.hofors.number, "once_key": "c"})
    assert Letter.objects.count() == 3
    assert "2 av 2 brev är gjorda" in client.get(reverse("letters:list", args=["21", 2024])).content.decode()


def test_two_who_press_for_all_at_the_same_moment_send_each_letter_once(year: Letters) -> None:
    both = [year.hofors, year.gavle]
    assert len(send_letters(by=BOSS, at=AT, requests=both[:1], again=False).letters) == 1
    link = newest_path(HOFORS)
    assert [one.request.party.name for one in send_letters(by=BOSS, at=AT, requests=both, again=False).letters] == [
        "Gävle"
    ]
    assert newest_path(HOFORS) == link


def test_many_parties_get_their_letters_in_a_few_queries_each(db: Any, django_assert_max_num_queries: Any) -> None:
    from samplan.apps.letters.queries import letter_requests
    from tests.letters_year import book_of
    from tests.small_year import make_year

    make_year("25", parties=14).issued()
    book_of("25")
    with django_assert_max_num_queries(20 + 14 * 8):
        assert len(send_letters(by=BOSS, at=AT, requests=letter_requests("25", 2024)).letters) == 14
