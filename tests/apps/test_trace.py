"""The trace can be added to and nothing else; the database itself says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from samplan.base.audit.models import Event
from samplan.base.audit.trace import SITTING, record, record_sitting
from samplan.domain.access import Actor
from tests import small_year

AT = small_year.AT


@pytest.fixture
def party(db: None) -> object:
    small_year.load_places()
    from samplan.apps.orgs.models import Party

    return Party.objects.get(code="2104")


def tried(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET verb = 'other'",
        "DELETE FROM audit_event",
        "UPDATE audit_event SET after = '' WHERE id > 0",
    ],
)
def test_the_database_refuses_to_change_or_delete_an_event(party: object, statement: str) -> None:
    before = Event.objects.count()
    assert before
    with pytest.raises(DatabaseError, match="append-only"):
        tried(statement)
    assert Event.objects.count() == before


def test_the_orm_is_refused_as_well(party: object) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.update(verb="other")  # tries the database
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.all().delete()  # tries the database


def test_an_event_says_who_what_and_when(party: object) -> None:
    by = Actor("account", "Rapportör Hofors", 7)
    event = record(by=by, at=AT, verb="tried", subject=party, before={"a": 1}, after={"a": "två"})  # type: ignore[arg-type]
    event.refresh_from_db()
    assert (event.actor_name, event.actor_id, event.at, event.county) == ("Rapportör Hofors", 7, AT, "21")
    assert (event.before, event.after) == ('{"a":1}', '{"a":"två"}')


def test_autosaves_are_one_entry_per_person_and_sitting(party: object) -> None:
    one, other = Actor("account", "En", 1), Actor("account", "Två", 2)
    for by, after in ((one, 0), (one, 20), (other, 30), (one, 50)):
        record_sitting(by=by, at=AT + timedelta(minutes=after), verb="saved", subject=party)  # type: ignore[arg-type]
    assert Event.objects.filter(verb="saved").count() == 2
    record_sitting(by=one, at=AT + SITTING, verb="saved", subject=party)  # type: ignore[arg-type]
    assert Event.objects.filter(verb="saved").count() == 3
