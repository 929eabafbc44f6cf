"""The commands of the command line, one module each with a click command `command`; and what they have in common.

Nothing here loads the web framework: a command does that itself, when it runs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click
from platformdirs import user_data_dir

from samplan.config.commands.texts import _

F = TypeVar("F", bound=Callable[..., Any])


class CommandFailed(click.ClickException):
    """It could not be done: one line on standard error, status 1."""

    exit_code = 1

    def show(self, file: Any = None) -> None:
        click.echo(_("Fel: %(message)s") % {"message": self.format_message()}, err=True, file=file)


class BadInput(CommandFailed):
    """What was typed or handed in cannot be used: one line on standard error, status 2."""

    exit_code = 2


def fail(message: str, status: int = 1) -> NoReturn:
    """Ends the command: one line on standard error and the status, 1 (could not be done) or 2 (wrong input)."""
    raise BadInput(message) if status == 2 else CommandFailed(message)


def read_bytes(file: str, largest: int) -> bytes:
    """The bytes of a file, "-" being standard input: one more than `largest` at most, which tells that it is too large.
    Raises BadInput where it cannot be read."""
    try:
        if file == "-":
            return sys.stdin.buffer.read(largest + 1)
        with Path(file).open("rb") as opened:
            return opened.read(largest + 1)
    except (OSError, ValueError) as error:
        shown = "".join(character if character.isprintable() else "?" for character in file)
        reason = getattr(error, "strerror", None) or type(error).__name__
        text = _("filen %(file)s går inte att läsa (%(reason)s).") % {"file": shown, "reason": reason}
        raise BadInput(text) from error


def _set_directory(_context: click.Context, _parameter: click.Parameter, value: Path) -> Path:
    directory = value.expanduser().absolute()
    os.environ["SAMPLAN_DIRECTORY"] = str(directory)
    return directory


def directory_option(command: F) -> F:
    """Gives a command `--directory DIR`, handed on as `directory: Path` and put where the settings look for it."""
    return click.option(
        "--directory",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        envvar="SAMPLAN_DIRECTORY",
        default=lambda: user_data_dir("samplan"),
        callback=_set_directory,
        is_eager=True,
        help=_("Katalogen med databas, nyckel, post och rapporter. Förval: användarens datakatalog."),
    )(command)
