"""samplan demo: a county's whole year, built, written as documents, and served."""

from __future__ import annotations

import fcntl
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import click

from samplan.config.commands import directory_option, fail
from samplan.config.commands.texts import _


@click.command()
@directory_option
@click.option("--once", is_flag=True, help=_("Bygg och avsluta."))
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help=_("Port att lyssna på."))
def command(directory: Path, once: bool, port: int) -> None:
    """Bygg Gävleborgs år 2024 och visa det."""
    from samplan.config.installation import DEMO_NOTE, MARK, Unsuitable, demand_demo_directory, write_secret_key

    try:
        demand_demo_directory(directory)
    except Unsuitable:
        fail(
            _("%(path)s innehåller något annat än en demo. Inget är ändrat; välj en tom katalog.") % {"path": directory}
        )
    os.environ.setdefault("SAMPLAN_URL", f"http://127.0.0.1:{port}")
    if os.environ.get("DATABASE_URL"):
        _demand_demo_database(directory)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        (directory / MARK).write_text(DEMO_NOTE)
    except OSError as error:
        fail(_("Katalogen %(path)s kan inte användas: %(error)s") % {"path": directory, "error": error.strerror})
    with (directory / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        write_secret_key(directory)
        _demand_demo_database(directory)
        _build(directory)
        _write_files(directory)
    click.echo(_("Rapporter, inloggningar och post: %(path)s") % {"path": directory})
    if not once:
        from samplan.config.commands.serve import run

        run(directory, host="127.0.0.1", port=port)


def _demand_demo_database(directory: Path) -> None:
    from samplan.config.installation import database_state, start_django

    start_django(directory)
    from django.db.utils import Error

    try:
        state = database_state()
    except Error as error:
        fail(_("Databasen svarar inte: %(error)s") % {"error": str(error).splitlines()[0]})
    if state in {"real", "foreign"}:
        fail(_("Databasen innehåller något annat än en demo. Inget är ändrat."))


def _build(directory: Path) -> None:
    from samplan.config.demo.build import build
    from samplan.config.installation import database_state, migrate

    migrate()
    if database_state() == "demo":
        return
    words = {
        "codes": _("Län, regioner och kommuner"),
        "plans": _("Norrbottens och Stockholms planer"),
        "county": _("Gävleborgs organ, beslut och konton"),
        "money": _("Överenskommelse, plan och pengar"),
        "directives": _("Direktiv"),
        "reports": _("Återrapporter"),
        "money used": _("Vad pengarna gick till"),
        "report": _("Årsrapport som Word, PDF och HTML"),
        "document": _("Ett dokument att gå igenom"),
    }
    listed = list(words)

    def say(step: str) -> None:
        click.echo(f"[{listed.index(step) + 1}/{len(words)}] {words[step]}")

    build(now=datetime.now(UTC), say=say)


def _write_files(directory: Path) -> None:
    from samplan.apps.plans.models import Plan
    from samplan.apps.yearreports.models import ReportVersion
    from samplan.base.mail.outbox import send_waiting
    from samplan.config.demo.build import sign_ins
    from samplan.edges.reports.compile import FORMATS, compile_plan, file_name, write

    _write(directory / "demo-sign-ins.json", (json.dumps(sign_ins(), ensure_ascii=False, indent=2) + "\n").encode())
    (directory / "reports").mkdir(exist_ok=True)
    (directory / "mail").mkdir(exist_ok=True)
    while send_waiting(at=datetime.now(UTC)):
        pass
    reported = set()
    for version in ReportVersion.objects.filter(state="published").select_related("report").prefetch_related("files"):
        reported.add(version.report.plan_id)
        for file in version.files.all():
            _write(directory / "reports" / file.name, bytes(file.content))
    for plan in Plan.objects.exclude(pk__in=reported).order_by("pk"):
        if all((directory / "reports" / f"{file_name(plan)}.{fmt}").is_file() for fmt in FORMATS):
            continue
        document = compile_plan(plan, at=datetime.now(UTC)).document
        for fmt in FORMATS:
            content = write(document, fmt, county=plan.county, owner=plan.owner)
            _write(directory / "reports" / f"{file_name(plan)}.{fmt}", content)


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all; nothing is touched when it is there already."""
    if path.is_file() and path.read_bytes() == content:
        return
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_bytes(content)
    part.replace(path)
