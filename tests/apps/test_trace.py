"""The trace can be added to and nothing else; the database itself says so."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

import samplan
from samplan.base.audit.labels import DEEDS, NAMES
from samplan.base.audit.models import Event
from samplan.base.audit.templatetags.trace import UNSAID, changes
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


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("amount", 2_400_000, "2 400 000 kr"),
        ("points", 1200, "1 200"),
        ("year", 2024, "2024"),
        ("needs_approval", True, "ja"),
        ("valid_to", "2024-06-30", "30 juni 2024"),
        ("state", "submitted", "inskickad"),
        ("role", "coordinator", "Samordnare"),
        ("phase", "ongoing", "Pågår"),
        ("mandates", ["budget", "report"], "Budget och fördelning, Årsrapport"),
        ("rounding", "largest-remainder", "Till sista kronan"),
        ("value", "-1234.50", "−1 234,50"),
        ("value", '{"premises":5000,"salaries":20000}', "Lokaler 5 000 kr, Löner 20 000 kr"),
        ("value", "Vi höll kurser.", "Vi höll kurser."),
        ("lines", [{"amount": 2000, "title": "Tjänst"}, {"amount": 5, "title": "Köp"}], "Tjänst, 2 000 kr; Köp, 5 kr"),
        ("key", {"key": "flat", "flat": 5000}, "Grundbelopp och folkmängd, 5 000 kr"),
        (
            "key",
            {"key": "split", "groups": [{"group": "region", "percent": "50", "key": {"key": "equal"}}]},
            "Först mellan region och kommuner, regionen, Lika delar, 50 %",
        ),
    ],
)
def test_a_value_is_shown_in_words(name: str, value: Any, shown: str) -> None:
    event = Event(verb="x", before="", after=json.dumps({name: value}))
    (change,) = changes(event)
    assert change.after.replace("\u00a0", " ").replace("\u202f", " ") == shown


def test_nothing_is_said_of_what_is_empty_before_and_after() -> None:
    assert changes(Event(verb="x", before='{"mandates":[]}', after='{"mandates":[],"reason":null}')) == []


def test_every_deed_and_value_of_the_demo_has_words(demo: None) -> None:
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert verbs - set(DEEDS) == set()
    names = {name for event in Event.objects.all() for text in (event.before, event.after) if text
             for name in json.loads(text)}  # fmt: skip
    assert names - set(NAMES) - UNSAID - {"decision_point"} == set()


def test_every_verb_in_the_code_has_words() -> None:
    source = Path(samplan.__file__).parent
    verbs = {verb for path in source.rglob("*.py") for verb in re.findall(r'verb="([a-z_]+)"', path.read_text())}
    assert len(verbs) > 40
    assert verbs - set(DEEDS) == set()
