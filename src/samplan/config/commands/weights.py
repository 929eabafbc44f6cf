"""A file of weights read strictly: what is not clearly right is refused, with the line and the code where it stands."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from samplan.config.commands import BadInput
from samplan.config.commands.texts import _
from samplan.domain.allocation import Row
from samplan.domain.errors import Invalid
from samplan.domain.exact import SPACES, Exact, parse_exact

COLUMNS = ("code", "name", "weight")
_MARGIN = SPACES + "\t"


def parse_weights(data: bytes) -> list[Row]:
    """Rows of a CSV file: UTF-8 with or without a mark, comma or semicolon, columns named on the first line.

    Other columns are passed over and empty lines too. A row must have as many fields as the first line, so that an
    unquoted decimal comma between commas is found. Raises `BadInput` with one sentence.
    """
    lines = _lines(_decoded(data))
    place = _columns(lines)
    rows: list[Row] = []
    seen: dict[str, int] = {}
    for number, fields in lines:
        if not any(fields):
            continue
        code = fields[place["code"]] if place["code"] < len(fields) else ""
        if len(fields) != place["fields"]:
            text = _("raden har %(count)s fält, första raden %(fields)s (ett decimalkomma ska stå inom citattecken)")
            raise _refused(number, code, text % {"count": len(fields), "fields": place["fields"]})
        if not code:
            raise _refused(number, "", _("koden saknas"))
        if code in seen:
            raise _refused(number, code, _("koden står redan på rad %(line)s") % {"line": seen[code]})
        seen[code] = number
        rows.append(Row(code, fields[place["name"]], _weight(number, code, fields[place["weight"]])))
    if not rows:
        raise BadInput(_("filen har inga rader under rubrikerna."))
    return rows


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refused(line, "", _("filen är inte skriven i UTF-8")) from error
    if not text.strip():
        raise BadInput(_("filen är tom."))
    return text


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Line number (where the row begins) and trimmed fields of each row."""
    first = text.lstrip("\r\n").splitlines()[0]
    # The first line holds only names of columns, so the sign that stands in it is the one between fields.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",", strict=True)
    number = 1
    try:
        for fields in reader:
            if any(not character.isprintable() for field in fields for character in field if character not in _MARGIN):
                raise _refused(number, "", _("raden har styrtecken eller radbrytning i ett fält"))
            yield number, [field.strip(_MARGIN) for field in fields]
            number = reader.line_num + 1
    except csv.Error as error:
        raise _refused(number, "", _("citattecknen går inte ihop eller ett fält är för långt")) from error


def _columns(lines: Iterator[tuple[int, list[str]]]) -> dict[str, int]:
    """Where the three columns stand, and under "fields" how many fields a row has."""
    number, names = next(((number, fields) for number, fields in lines if any(fields)), (1, []))
    names = [name.lower() for name in names]
    for column in COLUMNS:
        if names.count(column) != 1:
            text = _("kolumnen %(column)s saknas") if column not in names else _("kolumnen %(column)s finns två gånger")
            raise _refused(number, "", text % {"column": column})
    return {column: names.index(column) for column in COLUMNS} | {"fields": len(names)}


def _weight(number: int, code: str, text: str) -> Exact:
    try:
        return parse_exact(text)
    except Invalid as error:
        reason = {
            "number_missing": _("vikten saknas"),
            "number_negative": _("vikten är negativ"),
            "number_too_long": _("vikten har för många siffror"),
        }.get(error.code) or _('vikten "%(text)s" är inte ett tal') % {"text": text[:40]}
        raise _refused(number, code, reason) from error


def _refused(number: int, code: str, reason: str) -> BadInput:
    if code:
        where = {"line": number, "code": code[:40], "reason": reason}
        return BadInput(_("rad %(line)s, kod %(code)s: %(reason)s.") % where)
    return BadInput(_("rad %(line)s: %(reason)s.") % {"line": number, "reason": reason})
