"""`samplan read`: what a county's document says, as a draft. Needs no database and loads no web framework."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import click

from samplan.config.commands import BadInput, read_bytes
from samplan.config.commands.texts import _
from samplan.edges.imports.errors import Unreadable
from samplan.edges.imports.labels import notice, sentence
from samplan.edges.imports.questions import with_sentences
from samplan.edges.imports.sandbox import LARGEST_FILE, read_safely
from samplan.edges.imports.vocabulary import BadVocabulary, parsed


@click.command(
    short_help=_("Läs en plan i Word, Excel, PDF eller ren text till ett utkast."),
    help=_(
        "Läs en plan i Word, Excel, PDF eller ren text till ett utkast. Ingen databas behövs, och ingenting skrivs."
    ),
)
@click.argument("file", metavar="FILE")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", help=_("Så skrivs svaret."))
@click.option("--pieces", is_flag=True, help=_("Skriv i stället var varje stycke text i filen har hamnat, som JSON."))
@click.option("--vocabulary", metavar="FILE.toml", help=_("Fil med fler ord för rubriker, utöver de inbyggda."))
def command(file: str, form: str, pieces: bool, vocabulary: str | None) -> None:
    """Read everything first, and only then write."""
    content = read_bytes(file, LARGEST_FILE)
    words = _words(vocabulary) if vocabulary else ""
    shown = "".join(character if character.isprintable() else "?" for character in Path(file).name)
    progress = _Progress(shown)
    try:
        result = read_safely(content, shown, words, progress, whole=pieces)
    except Unreadable as error:
        raise BadInput(f"{shown}: {sentence(error, _)}") from error
    finally:
        progress.end()
    for code, what in result["notices"]:
        click.echo(f"{shown}: {notice(code, what, _)}", err=True)
    as_json = pieces or form == "json"
    draft = with_sentences(result["draft"], _)
    text = _json(result["pieces"] if pieces else draft) if as_json else _table(draft)
    # Bytes: the same whatever the terminal's own encoding is.
    click.echo(text.encode("utf-8", "backslashreplace"), nl=False)


class _Progress:
    """How far the reading has come, on a line that is written over, where a person looks."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._shown = 0
        self._looks = sys.stderr.isatty()

    def __call__(self, done: int, of: int) -> None:
        if self._looks:
            line = _("Läser %(name)s: %(done)s av %(of)s") % {"name": self._name, "done": done, "of": of}
            click.echo("\r" + line.ljust(self._shown), nl=False, err=True)
            self._shown = len(line)

    def end(self) -> None:
        if self._shown:
            click.echo("\r" + " " * self._shown + "\r", nl=False, err=True)


def _words(file: str) -> str:
    """The text of a file of words. Raises BadInput."""
    try:
        words = read_bytes(file, LARGEST_FILE).decode("utf-8-sig")
        parsed(words.encode())
    except UnicodeDecodeError as error:
        raise BadInput(_("filen med ord är inte text i UTF-8.")) from error
    except BadVocabulary as error:
        raise BadInput(_("filen med ord har inte rätt form: %(where)s.") % {"where": error}) from error
    return words


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _table(draft: dict[str, Any]) -> str:
    """The draft in short: what was found, how much of it, and what to look at."""
    source = draft["source"]
    county = draft["county"]
    lines = [
        (_("Fil"), f"{source['name']} ({source['kind']})"),
        (_("Titel"), draft["title"] or "–"),
        (_("Län"), county["name"] if county else "–"),
        (_("År"), ", ".join(str(year) for year in draft["years"]) or "–"),
        (_("Kapitel"), str(len(draft["chapters"]))),
        (_("Insatsområden"), str(len(draft["areas"]))),
        (_("Aktiviteter"), str(sum(len(area["activities"]) for area in draft["areas"]))),
        (_("Direktiv"), str(sum(len(area["directives"]) for area in draft["areas"]))),
        (_("Mål"), str(sum(len(area["goals"]) for area in draft["areas"]) + len(draft["county_goals"]))),
        (_("Belopp"), str(len(draft["amounts"]))),
        (_("Tecken"), str(source["characters"])),
        (_("varav placerade"), str(draft["placed_characters"])),
        (_("varav inte placerade"), str(draft["unplaced_characters"])),
        (_("Frågor att ta ställning till"), str(len(draft["questions"]))),
    ]
    wide = max(len(name) for name, _value in lines)
    text = "".join(f"{name:<{wide}}  {value}\n" for name, value in lines)
    for area in draft["areas"]:
        kinds = Counter({_("aktiviteter"): len(area["activities"]), _("direktiv"): len(area["directives"])})
        counts = ", ".join(f"{count} {name}" for name, count in kinds.items() if count)
        title = " ".join(part for part in (area["number"], area["title"]) if part)
        text += f"\n{title}{f' ({counts})' if counts else ''}\n"
        text += "".join(f"  {one['title']}\n" for one in (*area["directives"], *area["activities"]))
    if draft["questions"]:
        text += "\n" + _("Frågor") + "\n"
        text += "".join(f"  {_place(question['at'])}: {question['text']}\n" for question in draft["questions"])
    return text


def _place(at: dict[str, Any]) -> str:
    if at["page"] is None:
        return _("rad %(line)s") % {"line": at["line"]}
    return _("sida %(page)s, rad %(line)s") % {"page": at["page"], "line": at["line"]}
