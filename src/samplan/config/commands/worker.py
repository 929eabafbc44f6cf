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
    from samplan.edges.imports.vocabulary import installed

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_args: stop.set())
    signal.signal(signal.SIGINT, lambda *_args: stop.set())
    # The file of words is looked at before each document: what is added holds from the next one.
    follow, read = FollowReports(), lambda _at: read_next(words=lambda: installed(directory))
    rounds: list[Round] = [follow, lambda at: send_waiting(at=at), read, lambda _at: make_next()]
    work(rounds=rounds, stop=stop, once=once)
    sys.exit(0)
