"""The way to an amount in words and figures, for "Varför?" on a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.apps.agreements.labels import GROUPS, KEYS
from samplan.apps.agreements.models import Allocation
from samplan.base.ui.templatetags.samplan import kronor, number
from samplan.domain.allocation_keys import AgeGroup, Fixed, Key, Population, Split, Steps, from_data
from samplan.domain.exact import decimals


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a computation and what it is; or, without words, the sign between two of them."""

    figure: str
    words: str = ""
    answer: bool = False


def exact_text(text: str, places: int = 2) -> str:
    """An exact number, "n" or "n/d", as it is shown: whole when it is whole, else with decimals."""
    value = Fraction(text)
    return number(int(value)) if value.denominator == 1 else number(decimals(value, places), places)


def cells(steps: Iterable[Mapping[str, Any]], *, name: str, unit: str = "") -> list[Cell]:
    """One party's computation from left to right. `unit`: what is counted, such as "invånare"."""
    counted = unit or _("invånare")
    found: list[Cell] = []
    flat, rest = 0, ""
    for step in steps:
        match step["step"]:
            case "group":
                found += _group(step)
            case "fixed":
                found.append(Cell(kronor(step["amount"]), _("skrivet för hand"), answer=True))
            case "steps":
                found += _reached(step, name)
            case "outside":
                found.append(Cell(kronor(step["amount"]), _("utanför upptagningsområdet"), answer=True))
            case "exception":
                found.append(Cell(kronor(step["amount"]), _("eget belopp, ett undantag"), answer=True))
            case "area":
                first = ngettext("till en part först", "till %(n)s parter först", step["rows"]) % {"n": step["rows"]}
                found += [
                    Cell(number(step["amount"]), _("kronor")), Cell("−"), Cell(number(step["apart"]), first),
                    Cell("→"),
                ]  # fmt: skip
                rest = _("kronor kvar")
            case "flat":
                flat, rest = step["flat"], _("kronor kvar efter grundbeloppen")
            case "weight":
                found += [
                    Cell(exact_text(step["weight"]), _("%(counted)s i %(name)s") % {"counted": counted, "name": name}),
                    Cell("÷"), Cell(exact_text(step["weights"]), _("%(counted)s tillsammans") % {"counted": counted}),
                    Cell("×"), Cell(number(step["amount"]), rest or _("kronor att dela")),
                ]  # fmt: skip
            case "equal":
                found += [
                    Cell(number(step["amount"]), _("kronor att dela")), Cell("÷"),
                    Cell(number(step["rows"]), _("parter")),
                ]  # fmt: skip
            case "nearest" | "down":
                found += _rounded(step, flat)
    return found


def _reached(step: Mapping[str, Any], name: str) -> list[Cell]:
    persons = Cell(exact_text(step["weight"]), _("%(counted)s i %(name)s") % {"counted": _("invånare"), "name": name})
    if step["from"] is None:
        words = _("under alla gränser")
    else:
        words = _("från %(limit)s invånare") % {"limit": number(step["from"])}
    return [persons, Cell("→"), Cell(kronor(step["amount"]), words, answer=True)]


def _group(step: Mapping[str, Any]) -> list[Cell]:
    whose = _("till %(group)s") % {"group": GROUPS.get(step["group"], step["group"])}
    if "percent" not in step:
        return [Cell(kronor(step["amount"]), whose), Cell("→")]
    return [
        Cell(f"{step['percent'].replace('.', ',')} %", whose), Cell("×"), Cell(number(step["of"]), _("kronor")),
        Cell("→"),
    ]  # fmt: skip


def _rounded(step: Mapping[str, Any], flat: int) -> list[Cell]:
    plus = [Cell("+"), Cell(number(flat), _("grundbelopp"))] if flat else []
    exact = [Cell("="), Cell(exact_text(step["exact"]), _("före avrundning"))]
    if step["step"] == "nearest":
        words = _("närmaste hela krona")
    elif step["last"]:
        words = ngettext("fick den sista kronan", "en av de %(n)s sista kronorna", step["left"]) % {"n": step["left"]}
    else:
        words = _("avrundat nedåt")
    if Fraction(step["exact"]).denominator == 1 and Fraction(step["exact"]) == step["amount"]:
        return [*plus, Cell("="), Cell(kronor(step["amount"]), _("jämnt ut"), answer=True)]
    return [*plus, *exact, Cell("→"), Cell(kronor(step["amount"]), words, answer=True)]


def last_kronor(steps: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> str:
    """Who got the kronor that were left when everything had been rounded down; empty when there were none."""
    for step in steps:
        if step["step"] == "down" and step["left"]:
            shown = listing([names.get(code, code) for code in step["codes"]])
            return ngettext(
                "När alla belopp rundats nedåt blev en krona över. Den gick till den med störst decimal: %(names)s.",
                "När alla belopp rundats nedåt blev %(n)s kronor över. De gick till dem med störst decimal: %(names)s.",
                step["left"],
            ) % {"n": step["left"], "names": shown}
    return ""


def listing(words: Sequence[str]) -> str:
    """Several words as they are said: "A", "A och B", "A, B och C"."""
    return ", ".join(words[:-1]) + (_(" och ") if len(words) > 1 else "") + words[-1]


def area_words(key: Key, names: Mapping[str, str]) -> str:
    """Who shares, what those outside get, and the exceptions, in sentences; empty where everybody shares alike.

    `names` are those of the parties by code, in their order.
    """
    simple = [part.key for part in key.groups] if isinstance(key, Split) else [key]
    said = []
    for area in (one.area for one in simple if isinstance(one, AgeGroup | Population) and not one.area.everybody):
        if area.catchment is not None:
            inside = [name for code, name in names.items() if code in area.catchment]
            said.append(_("Upptagningsområdet är %(names)s.") % {"names": listing(inside)})
            outside = _("De utanför får %(sum)s var.") if area.outside else _("De utanför får inget.")
            said.append(outside % {"sum": kronor(area.outside)} if area.outside else outside)
        if own := dict(area.exceptions):
            sums = [
                _("%(name)s får %(sum)s") % {"name": name, "sum": kronor(own[code]) if own[code] else _("inget")}
                for code, name in names.items()
                if code in own
            ]
            said.append(_("Undantag: %(sums)s.") % {"sums": listing(sums)})
    return " ".join(said)


def age_words(key: Key) -> str:
    """The age that a key counts by, as "0–25 år"; empty for other keys."""
    if not isinstance(key, AgeGroup):
        return ""
    words = _("%(low)s år och äldre") if key.high is None else _("%(low)s–%(high)s år")
    return words % {"low": key.low, "high": key.high}


def key_words(key: Key) -> str:
    """A key in a few words, with its figures."""
    data = key.to_data()
    words = str(KEYS[data["key"]])
    if isinstance(key, AgeGroup):
        return f"{_('Folkmängd')} {age_words(key)}"
    if isinstance(key, Split):
        parts = []
        for part in key.groups:
            share = kronor(part.kronor) if part.percent is None else f"{part.percent} %".replace(".", ",")
            parts.append(_("%(share)s till %(group)s") % {"share": share, "group": GROUPS.get(part.group, part.group)})
        return ", ".join(parts)
    if isinstance(key, Steps):
        steps = [_("%(sum)s från %(limit)s") % {"sum": kronor(sum_), "limit": number(at)} for at, sum_ in key.table]
        return _("I steg efter folkmängd: %(steps)s") % {"steps": ", ".join(steps)}
    if data["key"] == "flat":
        return _("Grundbelopp %(flat)s och folkmängd") % {"flat": kronor(data["flat"])}
    return words


def differences(key: Key, left: int) -> str:
    """Why the shares do not make up the sum; empty when they do."""
    if not left:
        return ""
    if isinstance(key, Fixed | Steps):
        return _("De är inte utdelade.")
    return _("Det beror på att varje belopp är avrundat för sig.")


def stored_key(allocation: Allocation) -> Key:
    return from_data(json.loads(allocation.key))
