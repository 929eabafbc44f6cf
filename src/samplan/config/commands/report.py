"""samplan report: one plan as a document, in any of the shapes."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from samplan.config.commands import BadInput, directory_option, fail
from samplan.config.commands.texts import _
from samplan.domain.shapes import SHAPES

FORMATS = ("docx", "pdf", "html")


@click.command()
@directory_option
@click.option("--county", required=True, metavar="CODE", help=_("Länets kod, till exempel 21."))
@click.option("--year", required=True, type=click.IntRange(1900, 2999), help=_("Planens år."))
@click.option("--owner", default="", metavar="joint|region|ORGCODE", help=_("Vems plan. Förval: den som valt formen."))
@click.option("--shape", required=True, type=click.Choice(list(SHAPES)), help=_("Dokumentets form."))
@click.option("--format", "fmt", required=True, type=click.Choice(FORMATS), help=_("Filens format."))
@click.option(
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=_("Filen att skriva."),
)
def command(directory: Path, county: str, year: int, owner: str, shape: str, fmt: str, output: Path) -> None:
    """Skriv en plan med det som kom av den som dokument."""
    from samplan.config.installation import database_state, start_django

    start_django(directory)
    from django.db.utils import Error

    try:
        state = database_state()
    except Error as error:
        fail(_("Databasen svarar inte: %(error)s") % {"error": str(error).splitlines()[0]})
    if state not in {"demo", "real"}:
        fail(_("Det finns ingen installation i %(path)s.") % {"path": directory})
    plan = _plan(county, year, owner, shape)
    from samplan.edges.reports.compile import compile_plan, write

    document = compile_plan(plan, at=datetime.now(UTC), shape=shape).document
    content = write(document, fmt, county=plan.county, owner=plan.owner)
    part = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        part.write_bytes(content)
        part.replace(output)
    except OSError as error:
        part.unlink(missing_ok=True)
        fail(_("%(path)s kan inte skrivas: %(error)s") % {"path": output, "error": error.strerror})
    click.echo(_("%(title)s: %(path)s") % {"title": plan.title, "path": output})


def _plan(county: str, year: int, owner: str, shape: str) -> Any:
    """The plan that is meant; tells which there are when it is not one."""
    from samplan.apps.plans.queries import owner_code, plans_of

    plans = list(plans_of(county).filter(year=year))
    if owner:
        found = [plan for plan in plans if owner_code(plan) == owner]
        found = [plan for plan in found if plan.shape == shape] or found
    else:
        found = [plan for plan in plans if plan.shape == shape]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f"{owner_code(plan)} ({plan.shape}): {plan.title}" for plan in found or plans)
    if found:
        raise BadInput(_("flera planer stämmer in; välj med --owner: %(plans)s") % {"plans": listed})
    if plans:
        fail(_("ingen plan för %(year)s stämmer in. Det finns: %(plans)s") % {"year": year, "plans": listed})
    return fail(_("Det finns ingen plan för län %(county)s och år %(year)s.") % {"county": county, "year": year})
