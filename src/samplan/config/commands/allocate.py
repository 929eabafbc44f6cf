"""`samplan allocate`: share a sum by weights from a file. Needs no database and loads no web framework."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import click

from samplan.config.commands import BadInput, read_bytes
from samplan.config.commands.keys import Typed, kronor, read_key, refusal, shown
from samplan.config.commands.texts import _
from samplan.config.commands.weights import parse_weights
from samplan.domain.allocation import Allocation, Rounding, Row, allocate, levy, prove
from samplan.domain.allocation_keys import FlatPopulation, Levy, Population
from samplan.domain.errors import Invalid
from samplan.domain.exact import Exact

LARGEST_FILE = 10_000_000
"""Bytes. The whole country is some ten thousand."""


def _pot_or_amount(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """A levy's pot is reckoned; every other sum is given."""
    if value is None and not context.params.get("levy"):
        raise click.MissingParameter(ctx=context, param=option)
    if value is not None and context.params.get("levy"):
        raise BadInput(_("--amount anges inte tillsammans med --levy: potten räknas ut."))
    return value


@click.command(
    short_help=_("Fördela en summa efter vikter, utan databas."),
    help=_("Fördela en summa i hela kronor efter vikterna i en fil. Ingen databas behövs."),
)
@click.option("--amount", metavar="N", callback=_pot_or_amount, help=_("Hela summan i hela kronor."))
@click.option("--flat", default="0", metavar="F", help=_("Så många kronor till varje rad först; resten efter vikt."))
@click.option(
    "--steps", default="", metavar="LIMIT:N,…", help=_("Belopp i steg: det från den högsta gräns som vikten når.")
)
@click.option(
    "--catchment", default="", metavar="CODE,…", help=_("Upptagningsområde: bara de raderna delar efter vikt.")
)
@click.option("--outside", default="", metavar="N", help=_("Så många kronor till varje rad utanför området; annars 0."))
@click.option(
    "--exception",
    multiple=True,
    metavar="CODE=N",
    help=_("En rad får ett eget belopp i stället. Kan anges flera gånger."),
)
@click.option(
    "--levy",
    default="",
    metavar="PERCENT",
    is_eager=True,
    help=_("Avsättning: så många procent av vad varje rad har fått (vikten, i kronor). --amount anges inte."),
)
@click.option(
    "--exempt", multiple=True, metavar="CODE=REASON", help=_("En rad betalar inget till avsättningen, och varför.")
)
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
def command(amount: str | None, file: str, rounding: str, form: str, **typed: Any) -> None:
    """Read everything, reckon, prove, and only then write."""
    sum_ = None if amount is None else kronor("--amount", amount)
    key = read_key(Typed(**typed))
    rows = parse_weights(_read(file))
    try:
        if isinstance(key, Levy):
            allocation = levy(key, _whole(rows), rounding)
        else:
            allocation = allocate(sum_ or 0, key, rows, rounding)
        prove(allocation)
    except Invalid as error:
        raise BadInput(refusal(error)) from error
    writer = {"table": _table, "csv": _csv, "json": _json}[form]
    # Bytes: the same file whatever the terminal's own encoding is.
    click.echo(writer(allocation).encode(), nl=False)


def _whole(rows: list[Row]) -> list[Row]:
    """What each has got, as kronor."""
    for row in rows:
        if isinstance(row.weight, Exact) and row.weight.scale:
            words = _('kod %(code)s: med --levy ska vikten vara hela kronor, inte "%(text)s".')
            raise BadInput(words % {"code": row.code, "text": shown(str(row.weight))})
    return rows


def _read(file: str) -> bytes:
    data = read_bytes(file, LARGEST_FILE)
    if len(data) > LARGEST_FILE:
        raise BadInput(_("filen är för stor; högst %(size)s byte.") % {"size": LARGEST_FILE})
    return data


def _json(allocation: Allocation) -> str:
    """By weight alone or after a flat sum the key is told by `flat`; every other key stands there whole."""
    key = allocation.key
    plain = isinstance(key, FlatPopulation) or key == Population()
    data: dict[str, Any] = {
        "amount": allocation.amount,
        **({"flat": key.flat if isinstance(key, FlatPopulation) else 0} if plain else {"key": key.to_data()}),
        "rounding": allocation.rounding.value,
        "shares": [
            {"code": share.code, "name": share.name, "weight": str(share.weight), "amount": share.amount}
            for share in allocation.shares
        ],
        "total": allocation.total,
        "remainder": allocation.remainder,
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _csv(allocation: Allocation) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["code", "name", "weight", "amount"])
    writer.writerows([share.code, share.name, share.weight, share.amount] for share in allocation.shares)
    return out.getvalue()


def _table(allocation: Allocation) -> str:
    counted = _("Har fått") if isinstance(allocation.key, Levy) else _("Vikt")
    head = (_("Kod"), _("Namn"), counted, _("Kronor"))
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
