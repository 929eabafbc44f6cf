"""samplan init: an empty installation and the first sign-in link."""

from __future__ import annotations

import os
import shlex
from datetime import UTC, datetime
from pathlib import Path

import click
from platformdirs import user_data_dir

from samplan.config.commands import directory_option, fail
from samplan.config.commands.texts import _


@click.command()
@directory_option
@click.option("--admin", required=True, metavar="EMAIL", help=_("E-postadress till den första administratören."))
def command(directory: Path, admin: str) -> None:
    """Skapa en tom installation."""
    from samplan.config.installation import MARK, database_state, migrate, start_django, write_secret_key

    if "@" not in admin or admin != admin.strip():
        fail(_("%(email)s är ingen e-postadress.") % {"email": admin}, status=2)
    if (directory / MARK).exists():
        fail(_("%(path)s hör till en demo. Välj en annan katalog.") % {"path": directory})
    try:
        directory.mkdir(parents=True, exist_ok=True)
        write_secret_key(directory)
    except OSError as error:
        fail(_("Katalogen %(path)s kan inte användas: %(error)s") % {"path": directory, "error": error.strerror})
    start_django(directory)
    state = database_state()
    if state not in {"empty", "unfinished"}:
        fail(_("Databasen är inte tom. Inget är ändrat."))
    migrate()
    from samplan.config.setup import make_installation
    from samplan.domain.errors import Invalid

    try:
        link = make_installation(email=admin, at=datetime.now(UTC))
    except Invalid:
        fail(_("%(email)s är ingen e-postadress.") % {"email": admin}, status=2)
    where = "" if directory == Path(user_data_dir("samplan")) else f" --directory {shlex.quote(str(directory))}"
    called = os.environ.get("SAMPLAN_CALLED", "samplan")
    click.echo(_("Installationen är klar. Gör så här:"))
    click.echo("1. " + _("Starta webbplatsen: %(command)s") % {"command": f"{called} serve{where}"})
    click.echo("2. " + _("Öppna länken inom sju dagar och välj ett lösenord:"))
    click.echo(f"   {link}")
