"""`samplan`: the command line. A table of commands, each loaded when it is called; `--help` loads none of them.

Exit status: 0 done, 1 could not be done, 2 wrong input or usage.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from samplan.config.commands import BadInput
from samplan.config.commands.texts import _, gettext_noop

COMMANDS = {
    "demo": gettext_noop("Bygg ett exempelår och visa webbplatsen."),
    "init": gettext_noop("Gör en tom installation med en första inloggning."),
    "serve": gettext_noop("Starta webbplatsen."),
    "worker": gettext_noop("Skicka posten och läs dokument som väntar."),
    "report": gettext_noop("Skriv en plan som dokument, i vald form."),
    "read": gettext_noop("Läs en plan i Word, Excel, PDF eller ren text till ett utkast."),
    "allocate": gettext_noop("Fördela en summa efter vikter, utan databas."),
}
"""Name of the command (and of its module in `samplan.config.commands`) and its line in the help."""


class Formatter(click.HelpFormatter):
    """Click's help with its headings in the user's language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args.replace("[OPTIONS]", _("[VÄLJARE]")), prefix or _("Användning: "))

    def write_heading(self, heading: str) -> None:
        headings = {"Options": _("Väljare"), "Commands": _("Kommandon")}
        super().write_heading(headings.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(term, self._told(text)) for term, text in rows], col_max, col_spacing)

    @staticmethod
    def _told(text: str) -> str:
        """What click itself adds to the help of an option."""
        text = text.replace("[required]", _("[krävs]")).replace("[default: ", _("[förval: "))
        return _("Visa den här hjälpen och sluta.") if text == "Show this message and exit." else text


class Context(click.Context):
    formatter_class = Formatter


click.Command.context_class = Context


def sentence(error: click.UsageError) -> str:
    """What is wrong with the command line, in one line."""
    option = getattr(error, "option_name", "")
    parameter = getattr(error, "param", None)
    name = parameter.opts[0] if parameter is not None and parameter.opts else option
    if isinstance(error, click.MissingParameter):
        return _("%(option)s saknas.") % {"option": name}
    if isinstance(error, click.NoSuchOption):
        return _("väljaren %(option)s finns inte.") % {"option": option}
    if isinstance(error, click.BadParameter) and parameter is not None and isinstance(parameter.type, click.Choice):
        return _("%(option)s ska vara något av: %(choices)s.") % {
            "option": name,
            "choices": ", ".join(str(choice) for choice in parameter.type.choices),
        }
    if isinstance(error, click.BadParameter) and name:
        return _("värdet på %(option)s går inte att använda.") % {"option": name}
    if isinstance(error, click.BadOptionUsage):
        return _("%(option)s används fel; se --help.") % {"option": option}
    return _("kommandot går inte att förstå (%(message)s).") % {
        "message": " ".join(error.format_message().split()).rstrip(".")
    }


@contextmanager
def one_line() -> Iterator[None]:
    """Wrong usage is told in one line, as other wrong input. Called with nothing, a command shows its help instead."""
    try:
        yield
    except click.UsageError as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            raise
        raise BadInput(sentence(error)) from error


class Commands(click.Group):
    """A group that reads its commands from the table."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            raise BadInput(_("kommandot %(name)s finns inte; se samplan --help.") % {"name": cmd_name})
        module = importlib.import_module(f"samplan.config.commands.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, _(text)) for name, text in COMMANDS.items()])

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        with one_line():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with one_line():
            return super().invoke(ctx)


@click.group(
    cls=Commands,
    subcommand_metavar=_("KOMMANDO …"),
    help=_("Samplan: årets arbete från överenskommelsen till rapporten."),
)
@click.version_option(package_name="samplan", message="%(prog)s %(version)s", help=_("Visa versionen och sluta."))
def main() -> None:
    """The group itself does nothing."""
