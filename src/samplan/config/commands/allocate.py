"""`samplan allocate`: share a sum by weights from a file. Needs no database and loads no web framework."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import click

from samplan.config.commands import BadInput
from samplan.config.commands.texts import _
from samplan.config.commands.weights import parse_weights
from samplan.domain.allocation import Allocation, Rounding, allocate, prove
from samplan.domain.allocation_keys import FlatPopulation, Population
from samplan.domain.errors import Invalid
from samplan.domain.exact import parse_whole

LARGEST_FILE = 10_000_000
"""Bytes. The whole country is some ten thousand."""


@click.command(
    short_help=_("Fördela en summa efter vikter, utan databas."),
    help=_("Fördela en summa i hela kronor efter vikterna i en fil. Ingen databas behövs."),
)
@click.option("--amount", required=True, metavar="N", help=_("Hela summan i hela kronor."))
@click.option("--flat", default="0", metavar="F", help=_("Så många kronor till varje rad först; resten efter vikt."))
@click.option(
    "--weights",
    "file",
    required=True,
    metavar="FILE.csv",
    help=_("Fil med kolumnerna code, name och weight; - läser in."),
)
@click.option(
    "--rounding",
    type=click.Choice([way.value for way in Rounding]),
    required=True,
    help=_("Varje belopp för sig till närmaste krona, eller så att summan stämmer exakt."),
)
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", help=_("Så skrivs svaret.")
)
def command(amount: str, flat: str, file: str, rounding: str, form: str) -> None:
    """Read everything, reckon, prove, and only then write."""
    kronor, each = _kronor("--amount", amount), _kronor("--flat", flat)
    rows = parse_weights(_read(file))
    try:
        allocation = allocate(kronor, FlatPopulation(each) if each else Population(), rows, rounding)
        prove(allocation)
    except Invalid as error:
        raise BadInput(_refusal(error)) from error
    writer = {"table": _table, "csv": _csv, "json": _json}[form]
    # Bytes: the same file whatever the terminal's own encoding is.
    click.echo(writer(allocation, each).encode(), nl=False)


def _kronor(option: str, text: str) -> int:
    try:
        return parse_whole(text)
    except Invalid as error:
        shown = "".join(character if character.isprintable() else " " for character in text[:40])
        raise BadInput(
            _('%(option)s ska vara hela kronor från 0 och uppåt, skrivna med siffror, inte "%(text)s".')
            % {"option": option, "text": shown}
        ) from error


def _read(file: str) -> bytes:
    try:
        if file == "-":
            data = sys.stdin.buffer.read(LARGEST_FILE + 1)
        else:
            with Path(file).open("rb") as opened:
                data = opened.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        shown = "".join(character if character.isprintable() else "?" for character in file)
        reason = getattr(error, "strerror", None) or type(error).__name__
        text = _("filen %(file)s går inte att läsa (%(reason)s).") % {"file": shown, "reason": reason}
        raise BadInput(text) from error
    if len(data) > LARGEST_FILE:
        raise BadInput(_("filen är för stor; högst %(size)s byte.") % {"size": LARGEST_FILE})
    return data


def _refusal(error: Invalid) -> str:
    if error.code == "flat_over_amount":
        return _("--flat till alla rader (%(flat)s × %(rows)s) är mer än hela summan, %(amount)s.") % error.params
    if error.code == "weights_zero":
        return _("alla vikter är noll, så det finns inget att fördela efter.")
    raise error


def _json(allocation: Allocation, flat: int) -> str:
    data: dict[str, Any] = {
        "amount": allocation.amount,
        "flat": flat,
        "rounding": allocation.rounding.value,
        "shares": [
            {"code": share.code, "name": share.name, "weight": str(share.weight), "amount": share.amount}
            for share in allocation.shares
        ],
        "total": allocation.total,
        "remainder": allocation.remainder,
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _csv(allocation: Allocation, _flat: int) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["code", "name", "weight", "amount"])
    writer.writerows([share.code, share.name, share.weight, share.amount] for share in allocation.shares)
    return out.getvalue()


def _table(allocation: Allocation, _flat: int) -> str:
    head = (_("Kod"), _("Namn"), _("Vikt"), _("Kronor"))
    body = [(share.code, share.name, str(share.weight), _spaced(share.amount)) for share in allocation.shares]
    foot = [("", _("Summa"), "", _spaced(allocation.total)), ("", _("Återstår"), "", _spaced(allocation.remainder))]
    wide = [max(len(line[column]) for line in (head, *body, *foot)) for column in range(4)]

    def line(cells: tuple[str, str, str, str]) -> str:
        code, name, weight, kronor = cells
        return f"{code:<{wide[0]}}  {name:<{wide[1]}}  {weight:>{wide[2]}}  {kronor:>{wide[3]}}\n"

    rule = "-" * (sum(wide) + 6) + "\n"
    return line(head) + rule + "".join(map(line, body)) + rule + "".join(map(line, foot))


def _spaced(kronor: int) -> str:
    return f"{kronor:,}".replace(",", " ").replace("-", "−")
