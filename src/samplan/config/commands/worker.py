"""samplan worker: the outgoing mail, reminders and links, and the documents that wait to be read."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

import click

from samplan.config.commands import directory_option, fail
from samplan.config.commands.texts import _


@click.command()
@directory_option
@click.option("--once", is_flag=True, help=_("Gör det som väntar och avsluta."))
def command(directory: Path, once: bool) -> None:
    """Skicka posten och påminnelserna och läs dokument."""
    from samplan.config.installation import database_state, start_django

    if not os.environ.get("DATABASE_URL") and not (directory / "samplan.sqlite3").is_file():
        fail(_("Här finns ingen installation: %(path)s. Skapa en med samplan init.") % {"path": directory})
    start_django(directory)
    if database_state() not in {"real", "demo"}:
        fail(_("Databasen är ingen Samplan-installation. Skapa en med samplan init."))
    from samplan.apps.letters.work import FollowReports
    from samplan.base.jobs.work import make_next
    from samplan.base.kernel.work import Round, work
    from samplan.base.mail.outbox import send_waiting
    from samplan.edges.imports.reading_work import read_next

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_args: stop.set())
    signal.signal(signal.SIGINT, lambda *_args: stop.set())
    words = directory / "vocabulary.toml"
    vocabulary = words.read_text(encoding="utf-8") if words.is_file() else ""
    follow, read = FollowReports(), lambda _at: read_next(vocabulary=vocabulary)
    rounds: list[Round] = [follow, lambda at: send_waiting(at=at), read, lambda _at: make_next()]
    work(rounds=rounds, stop=stop, once=once)
    sys.exit(0)
