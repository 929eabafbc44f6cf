"""The outbox: queued once, sent once, whole files, tried again when sending fails."""

from __future__ import annotations

import threading
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from samplan.base.kernel.work import work
from samplan.base.mail.models import ATTEMPTS, OutboxMail
from samplan.base.mail.outbox import CLAIM, PLACE, drop_secret, enqueue, send_waiting
from tests.small_year import AT


@pytest.fixture
def folder(db: Any, settings: Any, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "samplan.base.mail.backends.FolderBackend"
    settings.MAIL_FOLDER = tmp_path / "mail"
    return tmp_path / "mail"


def queue(dedup: str = "a") -> OutboxMail:
    return enqueue(at=AT, to="rut@example.org", subject="En\nrubrik", body="Hej, åäö.", dedup=dedup)


def test_the_same_message_is_queued_once(folder: Path) -> None:
    assert queue().pk == queue().pk
    assert queue("b").pk != queue().pk


def test_a_message_becomes_a_file_that_can_be_read(folder: Path) -> None:
    queue()
    assert send_waiting(at=AT) == 1
    assert send_waiting(at=AT + 2 * CLAIM) == 0
    (file,) = folder.iterdir()
    message = message_from_bytes(file.read_bytes())
    assert (message["To"], message["Subject"]) == ("rut@example.org", "En rubrik")
    assert "åäö" in str(message.get_payload(decode=True), "utf-8")


def test_one_that_was_sent_but_not_noted_replaces_its_own_file(folder: Path) -> None:
    """A kill between sending and noting: the message goes again under the same identity."""
    mail = queue()
    send_waiting(at=AT)
    OutboxMail.objects.filter(pk=mail.pk).update(sent_at=None)
    assert send_waiting(at=AT + CLAIM + timedelta(seconds=1)) == 1
    assert len(list(folder.iterdir())) == 1


def test_one_that_somebody_else_is_sending_is_left_alone(folder: Path) -> None:
    mail = queue()
    OutboxMail.objects.filter(pk=mail.pk).update(claimed_at=AT)
    assert send_waiting(at=AT + CLAIM / 2) == 0


def test_a_failure_is_noted_and_tried_again_five_times(folder: Path) -> None:
    mail = queue()
    folder.write_text("in the way")
    for attempt in range(ATTEMPTS + 2):
        assert send_waiting(at=AT + attempt * 2 * CLAIM) == 0
    mail.refresh_from_db()
    assert (mail.attempts, mail.sent_at) == (ATTEMPTS, None)
    assert mail.last_error


def test_the_worker_empties_the_outbox_and_stops(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The test's own transaction hangs on the connection.
    monkeypatch.setattr("samplan.base.kernel.work.close_old_connections", lambda: None)
    for name in "abc":
        queue(name)
    work(rounds=[lambda at: send_waiting(at=at)], stop=threading.Event(), once=True)
    assert OutboxMail.objects.filter(sent_at=None).count() == 0
    assert len(list(folder.iterdir())) == 3


SECRET = "https://samplan.example/brev/abcde-fghjk"


def queue_secret(dedup: str = "s") -> OutboxMail:
    return enqueue(at=AT, to="rut@example.org", subject="Länk", body=f"Här: {PLACE}", dedup=dedup, secret=SECRET)


def test_a_secret_leaves_with_the_message_and_stays_nowhere(folder: Path) -> None:
    mail = queue_secret()
    assert SECRET not in mail.body
    assert send_waiting(at=AT) == 1
    (file,) = folder.iterdir()
    assert SECRET in str(message_from_bytes(file.read_bytes()).get_payload(decode=True), "utf-8")
    mail.refresh_from_db()
    assert (mail.secret, mail.fate) == ("", "sent")
    assert "brev/" not in mail.body


def test_a_secret_whose_message_fails_is_kept_until_nobody_tries_any_more(folder: Path) -> None:
    mail = queue_secret()
    folder.write_text("in the way")
    for attempt in range(ATTEMPTS):
        mail.refresh_from_db()
        assert mail.secret == SECRET
        assert send_waiting(at=AT + attempt * 2 * CLAIM) == 0
    mail.refresh_from_db()
    assert (mail.secret, mail.fate) == ("", "failed")


def test_what_goes_once_is_not_sent_again_by_any_clock_when_nobody_knows_whether_it_left(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill between sending and noting: the claim is there, and no word of success or failure."""
    mail = queue_secret()

    def killed(_message: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("samplan.base.mail.outbox.EmailMessage.send", killed)
    with pytest.raises(KeyboardInterrupt):
        send_waiting(at=AT)
    monkeypatch.undo()
    for moved in (timedelta(days=-3), timedelta(0), 2 * CLAIM, timedelta(days=400)):
        assert send_waiting(at=AT + moved) == 0
    mail.refresh_from_db()
    assert (mail.secret, mail.fate) == ("", "unknown")


def test_a_message_whose_secret_opens_nothing_is_taken_back_unless_it_has_left(folder: Path) -> None:
    gone = queue_secret("gone")
    send_waiting(at=AT)
    waiting = queue_secret("waiting")
    drop_secret([gone.pk, waiting.pk])
    assert list(OutboxMail.objects.values_list("dedup", flat=True)) == ["gone"]
