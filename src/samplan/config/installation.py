"""What a directory and a database hold, and preparing them. Used by every command that touches an installation."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

MARK = "samplan-demo"
DEMO_NOTE = "This directory belongs to `samplan demo`. Everything in it is example data.\n"


class Unsuitable(Exception):
    """The directory or database holds something that this command must not touch. Carries a `code`."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def start_django(directory: Path) -> None:
    """Load the web framework for an installation. May be called once in a process."""
    os.environ["SAMPLAN_DIRECTORY"] = str(directory)
    if not (directory / "secret-key").is_file():
        # The key that will be written, should this command find that it may write one.
        os.environ.setdefault("SAMPLAN_SECRET_KEY", secrets.token_urlsafe(50))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samplan.config.settings")
    import django

    django.setup()


def write_secret_key(directory: Path) -> None:
    """Make the directory's key file, readable by its owner only, if there is none."""
    file = directory / "secret-key"
    part = directory / f".secret-key.{os.getpid()}"
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(os.environ.get("SAMPLAN_SECRET_KEY") or secrets.token_urlsafe(50))
    try:
        os.link(part, file)
    except FileExistsError:
        pass
    finally:
        part.unlink()


def demand_demo_directory(directory: Path) -> None:
    """The directory is missing, empty, or a demo's own. Raises Unsuitable, having touched nothing."""
    if directory.exists() and not directory.is_dir():
        raise Unsuitable("not_a_directory", path=str(directory))
    if directory.is_dir() and any(directory.iterdir()) and not (directory / MARK).is_file():
        raise Unsuitable("not_a_demo", path=str(directory))


def database_state() -> str:
    """What the configured database holds: "empty", "unfinished" (our tables, nothing in them), "demo", "real" or
    "foreign"."""
    from django.apps import apps
    from django.db import connection

    from samplan.base.kernel.models import Installation

    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    if not tables:
        return "empty"
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} | {"django_migrations"}
    if tables - ours:
        return "foreign"
    if Installation._meta.db_table not in tables:
        return "unfinished"
    kind = Installation.objects.values_list("kind", flat=True).first()
    if kind:
        return kind
    from samplan.base.accounts.models import Account

    filled = Account._meta.db_table in tables and Account.objects.exists()
    return "real" if filled else "unfinished"


def migrate() -> None:
    """Bring the database's tables up to date."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
