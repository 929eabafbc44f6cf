"""samplan serve: the production server, with a worker beside it where the database is SQLite."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

import click

from samplan.config.commands import directory_option, fail
from samplan.config.commands.texts import _


@click.command()
@directory_option
@click.option("--host", default="127.0.0.1", show_default=True, help=_("Adress att lyssna på."))
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help=_("Port att lyssna på."))
def command(directory: Path, host: str, port: int) -> None:
    """Kör webbplatsen."""
    from samplan.config.installation import database_state, migrate, start_django

    if not os.environ.get("DATABASE_URL") and not (directory / "samplan.sqlite3").is_file():
        fail(_("Här finns ingen installation: %(path)s. Skapa en med samplan init.") % {"path": directory})
    start_django(directory)
    if database_state() not in {"real", "demo"}:
        fail(_("Databasen är ingen Samplan-installation. Skapa en med samplan init."))
    migrate()
    run(directory, host=host, port=port)


def run(directory: Path, *, host: str, port: int) -> None:
    """Serve until told to stop. Prints `Ready: …` when the first page has been answered."""
    import socket

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            fail(
                _("Porten %(port)s är upptagen. Välj en annan med --port. (%(error)s)") % {"port": port, "error": error}
            )
    os.environ["SAMPLAN_DIRECTORY"] = str(directory)
    os.environ["DJANGO_SETTINGS_MODULE"] = "samplan.config.settings"
    address = f"http://{host}:{port}"
    os.environ.setdefault("SAMPLAN_URL", address)
    worker = None
    if not os.environ.get("DATABASE_URL"):
        worker = subprocess.Popen(
            [sys.executable, "-m", "samplan", "worker", "--directory", str(directory)], start_new_session=True
        )
    threading.Thread(target=_announce, args=(address,), daemon=True).start()
    signal.signal(signal.SIGTERM, _stop)
    # A fork would take over the locks of the PDF writer's threads but not the threads, and wait for ever.
    multiprocessing.set_start_method("spawn", force=True)
    try:
        from granian.constants import Interfaces
        from granian.server import Server

        Server(
            "samplan.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=2,
            blocking_threads=4,
            log_enabled=False,
            websockets=False,
        ).serve()
    except KeyboardInterrupt:
        pass
    finally:
        if worker is not None:
            worker.terminate()
            try:
                worker.wait(10)
            except subprocess.TimeoutExpired:
                worker.kill()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _announce(address: str) -> None:
    for _try in range(300):
        try:
            urllib.request.urlopen(f"{address}/", timeout=5).close()  # noqa: S310 (our own address)
        except urllib.error.HTTPError:
            pass
        except OSError:
            time.sleep(0.1)
            continue
        click.echo(f"Ready: {address}")
        return
