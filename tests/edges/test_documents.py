"""A document is handed in, read by a worker, kept or refused: by role, from every state, and when workers die."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from samplan.base.audit.models import Event
from samplan.base.files.models import File
from samplan.domain.access import Role
from samplan.domain.drafts.opening import COVER, opened
from samplan.domain.drafts.tree import counted
from samplan.domain.errors import Refused
from samplan.edges.imports import packages
from samplan.edges.imports.errors import Unreadable
from samplan.edges.imports.models import Draft, DraftContent, DraftEdit
from samplan.edges.imports.operations import reading as operations
from samplan.edges.imports.operations.editing import change_draft
from samplan.edges.imports.operations.reading import (
    LONGEST_SILENCE,
    MOST_ATTEMPTS,
    keep_reading,
    note_progress,
    receive_document,
    refuse_document,
    remove_document,
    take_up_reading,
)
from samplan.edges.imports.queries import edits_of, tree_of
from samplan.edges.imports.reading_work import read_next
from samplan.edges.imports.vocabulary import INSTALLED, installed
from tests.drafts_by_hand import reading
from tests.reading.word_files import p, word
from tests.small_year import AT, BOSS, load_places
from tests.stored_drafts import STATES, a_document, an_actor

pytestmark = pytest.mark.django_db
TEXT = "Länets plan 2023\n\nInledning\n\nLänet arbetar tillsammans.\n".encode()


def receive(content: bytes = TEXT, **other: Any) -> tuple[Draft, bool]:
    values: dict[str, Any] = {"by": BOSS, "at": AT, "county": "21", "year": 2024, "name": "Plan.txt"}
    return receive_document(**{**values, **other}, content=content)


def archive(**entries: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries.items():
            file.writestr(name.replace("__", "/"), data)
    return made.getvalue()


@pytest.mark.parametrize("role", list(Role))
def test_only_who_manages_the_plan_hands_in_a_document(role: Role) -> None:
    actor = an_actor(role)
    if role is Role.COORDINATOR:
        draft, new = receive(by=actor)
        assert new
        assert (draft.state, draft.created_by, draft.kind) == ("waiting", actor.name, "text")
        assert Event.objects.get(subject_uid=draft.uid).verb == "document_received"
        with pytest.raises(Refused, match="forbidden"):
            receive(by=actor, county="25")
    else:
        with pytest.raises(Refused, match="forbidden"):
            receive(by=actor)
        assert (Draft.objects.count(), File.objects.count()) == (0, 0)


def test_the_same_file_is_recognised_whatever_its_name_and_another_county_has_its_own() -> None:
    first, new = receive()
    again, known = receive(name="Kopia av plan.md")
    assert (new, known, again.pk) == (True, False, first.pk)
    other, new = receive(county="25")
    assert new
    assert (other.pk != first.pk, File.objects.count()) == (True, 2)


def test_one_that_was_refused_may_be_handed_in_again() -> None:
    refused = a_document("refused", content=TEXT)
    again, new = receive()
    assert new
    assert again.pk != refused.pk
    assert Draft.objects.get().state == "waiting"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("C:\\Mina dokument\\Handlingsplan 2023.DOCX", "Handlingsplan 2023.txt"),
        ("../../etc/passwd", "passwd.txt"), ("", "dokument.txt"), ("x" * 400, "x" * 150 + ".txt"),
        ("Om 121212-1212.txt", f"Om 121212-{COVER * 4}.txt"), ("a\n\tb\x00.txt", "a b.txt"),
    ],
)  # fmt: skip
def test_a_name_is_a_name(name: str, kept: str) -> None:
    draft, _new = receive(name=name)
    assert draft.name == kept
    assert draft.file is not None
    assert bytes(draft.file.content) == TEXT


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"), (b" \n\t\r\n", "empty"), (b"\x89PNG\r\n\x1a\n\0\0", "unknown_kind"),
        (b"MZ\x90\0\x03", "unknown_kind"), (b"<!DOCTYPE html><script>alert(1)</script>", "unknown_kind"),
        (archive(**{"a.txt": b"text"}), "unknown_kind"), (b"PK\x03\x04rest", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ],
)  # fmt: skip
def test_a_file_of_the_wrong_kind_is_told_at_once_and_nothing_is_kept(content: bytes, code: str) -> None:
    events = Event.objects.count()
    with pytest.raises(Unreadable) as refused:
        receive(content, name="plan.docx")
    assert refused.value.code == code
    assert (Draft.objects.count(), File.objects.count(), Event.objects.count()) == (0, 0, events)


def test_a_file_that_is_too_large_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "LARGEST_FILE", len(TEXT) - 1)
    with pytest.raises(Unreadable) as refused:
        receive()
    assert refused.value.code == "too_large"
    assert Draft.objects.count() == 0


def test_a_file_that_unpacks_without_end_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "LARGEST_UNPACKED", 1_000_000)
    with pytest.raises(Unreadable) as refused:
        receive(archive(**{"word__document.xml": b"0" * 1_000_001}), name="plan.docx")
    assert refused.value.code == "unpacked_too_large"
    assert Draft.objects.count() == 0


# The worker.


def test_a_document_is_read_by_one_worker_at_a_time() -> None:
    draft, _new = receive()
    taken = take_up_reading(at=AT)
    assert taken is not None
    assert (taken.pk, taken.state, taken.attempts) == (draft.pk, "reading", 1)
    assert take_up_reading(at=AT + LONGEST_SILENCE / 2) is None
    assert taken.claim is not None
    assert note_progress(at=AT + LONGEST_SILENCE, claim=taken.claim, done=3, of=18)
    assert take_up_reading(at=AT + LONGEST_SILENCE * 3 / 2) is None
    draft.refresh_from_db()
    assert (draft.done, draft.of) == (3, 18)


def test_a_worker_that_has_died_loses_nothing_and_one_that_comes_back_does_nothing_twice() -> None:
    receive()
    first = take_up_reading(at=AT)
    second = take_up_reading(at=AT + LONGEST_SILENCE + timedelta(seconds=1))
    assert first is not None
    assert second is not None
    assert (first.pk, second.attempts) == (second.pk, 2)
    assert first.claim is not None
    assert second.claim is not None
    assert not note_progress(at=AT, claim=first.claim, done=1, of=2)
    assert not keep_reading(at=AT, claim=first.claim, tree=opened(reading()))
    assert not refuse_document(at=AT, claim=first.claim, error=Unreadable("broken"))
    assert DraftContent.objects.count() == 0
    assert keep_reading(at=AT, claim=second.claim, tree=opened(reading()))
    assert not keep_reading(at=AT, claim=second.claim, tree=opened(reading()))
    assert DraftContent.objects.count() == 1
    assert Event.objects.filter(verb="document_read").count() == 1


def test_a_file_that_workers_die_of_is_refused_in_the_end() -> None:
    receive()
    for attempt in range(MOST_ATTEMPTS):
        assert take_up_reading(at=AT + attempt * 2 * LONGEST_SILENCE) is not None
    assert take_up_reading(at=AT + MOST_ATTEMPTS * 2 * LONGEST_SILENCE) is None
    draft = Draft.objects.get()
    assert (draft.state, draft.problem, draft.file) == ("refused", "crashed", None)
    assert File.objects.count() == 0


def test_the_oldest_is_read_first() -> None:
    late, _new = receive(b"Sen", at=AT + timedelta(hours=1))
    early, _new = receive(b"Tidig")
    first, second = take_up_reading(at=AT), take_up_reading(at=AT)
    assert (first.pk if first else 0, second.pk if second else 0) == (early.pk, late.pk)


def work() -> Draft:
    assert read_next(now=lambda: AT, alive=False) == 1
    return Draft.objects.get()


def test_a_text_is_read_in_a_process_of_its_own() -> None:
    receive()
    draft = work()
    assert (draft.state, draft.read_at) == ("read", AT)
    tree, _failed = tree_of(DraftContent.objects.get(draft=draft), [])
    assert counted(tree).placed + counted(tree).unplaced == len("".join(TEXT.decode().split()))
    assert read_next(now=lambda: AT, alive=False) == 0


OWN_WORDS = "Plan 2026\n\nInsatsområde 1: Skola\n\nInsats 1: Kurs\n\nSpelledare: Elevhälsan\n".encode()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (None, False),
        ('[fields]\nresponsible = ["spelledare"]\n', True),
        ('[fields]\nresponsible = "spelledare"\n', False),
        ("[other]\n", False),
    ],
)
def test_an_installations_own_words_are_used_and_a_bad_file_of_them_is_left_out(
    tmp_path: Path, words: str | None, told: bool
) -> None:
    if words is not None:
        (tmp_path / INSTALLED).write_text(words, encoding="utf-8")
    receive(OWN_WORDS)
    assert read_next(words=lambda: installed(tmp_path), now=lambda: AT, alive=False) == 1
    tree, _failed = tree_of(DraftContent.objects.get(), [])
    filled = {slot for node in tree.nodes.values() for slot, bits in node.slots.items() if bits}
    assert ("responsible" in filled) is told


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (word(p("Text"), styles="<w:styles"), "broken"),
        (archive(**{"word__document.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}), "unsafe"),
        (word(""), "empty"),
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused_with_the_reason_and_not_kept(content: bytes, code: str) -> None:
    receive(content, name="plan.docx")
    draft = work()
    assert (draft.state, draft.problem) == ("refused", code)
    assert (draft.file, File.objects.count(), DraftContent.objects.count()) == (None, 0, 0)
    assert Event.objects.filter(verb="document_refused", subject_uid=draft.uid).count() == 1


def test_macros_never_run_and_are_told() -> None:
    receive(word(p("Länets plan"), extra={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0macro"}), name="plan.docm")
    draft = work()
    assert draft.state == "read"
    tree, _failed = tree_of(DraftContent.objects.get(draft=draft), [])
    assert ["macros", ""] in tree.notices


def test_what_no_reading_gives_is_refused_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    receive()
    monkeypatch.setattr("samplan.edges.imports.reading_work.read_safely", lambda *_args: {"draft": {}})
    assert work().problem == "crashed"


# Taken away.


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.READER])
def test_a_document_is_taken_away_with_all_that_hangs_on_it(state: str, role: Role) -> None:
    load_places()
    draft = a_document(state)
    actor = an_actor(role)
    if role is not Role.COORDINATOR or state == "reading":
        with pytest.raises(Refused, match="forbidden" if role is not Role.COORDINATOR else "document_is_read"):
            remove_document(by=actor, at=AT, draft=draft)
        assert Draft.objects.count() == 1
        return
    if state == "read":
        change_draft(by=actor, at=AT, draft=draft, verb="years", values={"years": [2023]}, seen=0)
        assert len(edits_of(draft)) == 1
    remove_document(by=actor, at=AT, draft=draft)
    assert (Draft.objects.count(), DraftContent.objects.count(), DraftEdit.objects.count()) == (0, 0, 0)
    assert File.objects.count() == 0
    assert Event.objects.filter(verb="document_removed", subject_uid=draft.uid).count() == 1


def test_progress_is_only_the_claims_own() -> None:
    receive()
    assert not note_progress(at=AT, claim=uuid4(), done=1, of=2)
