"""The way to an amount in words and figures, for "Varför?" on a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.apps.agreements.labels import GROUPS, KEYS, source_name
from samplan.apps.agreements.models import Allocation
from samplan.base.ui.templatetags.samplan import kronor, number
from samplan.domain.allocation_keys import AgeGroup, Fixed, Key, Levy, Population, Split, Steps, from_data
from samplan.domain.exact import decimals

MANY = 12
"""More names than a sentence bears."""


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
    flat, rest, pays = 0, "", False
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
            case "got":
                found += _got(step)
            case "exempt":
                found += [
                    Cell("→"),
                    Cell(kronor(0), _("betalar inget: %(why)s") % {"why": step["reason"]}, answer=True),
                ]
            case "levy":
                found += [Cell("×"), Cell(percent_text(step["percent"]), _("till den gemensamma potten"))]
                pays = True
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
                found += _rounded(step, flat, pays=pays)
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


def _got(step: Mapping[str, Any]) -> list[Cell]:
    """What a party got, source by source."""
    found: list[Cell] = []
    for part in step["sources"]:
        words = source_name(part["title"], part["level"])
        if "declined" in part:
            words = _("%(source)s: tackade nej, %(why)s") % {"source": words, "why": part["declined"]}
        found += [*([Cell("+")] if found else []), Cell(number(part["amount"]), words)]
    if not found:
        return [Cell(number(0), _("fick inget ur underlaget"))]
    if len(step["sources"]) > 1:
        found += [Cell("="), Cell(number(int(step["amount"])), _("kronor tillsammans"))]
    return found


def percent_text(text: str) -> str:
    """An exact percentage as it is read."""
    plain = text.replace(",", ".")
    return f"{number(plain, len(plain.partition('.')[2]))}\u00a0%"


def _rounded(step: Mapping[str, Any], flat: int, *, pays: bool) -> list[Cell]:
    plus = [Cell("+"), Cell(number(flat), _("grundbelopp"))] if flat else []
    exact = [Cell("="), Cell(exact_text(step["exact"]), _("före avrundning"))]
    if step["step"] == "nearest":
        words = _("närmaste hela krona")
    elif step["last"] and pays:
        words = ngettext("betalar den sista kronan", "betalar en av de %(n)s sista kronorna", step["left"])
        words %= {"n": step["left"]}
    elif step["last"]:
        words = ngettext("fick den sista kronan", "en av de %(n)s sista kronorna", step["left"]) % {"n": step["left"]}
    else:
        words = _("avrundat nedåt")
    if Fraction(step["exact"]).denominator == 1 and Fraction(step["exact"]) == step["amount"]:
        return [*plus, Cell("="), Cell(kronor(step["amount"]), _("jämnt ut"), answer=True)]
    return [*plus, *exact, Cell("→"), Cell(kronor(step["amount"]), words, answer=True)]


def last_kronor(steps: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> str:
    """Who got the kronor that were left when everything had been rounded down; empty when there were none."""
    pays = False
    for step in steps:
        pays = pays or step["step"] == "levy"
        if step["step"] == "down" and step["left"]:
            shown = listing([names.get(code, code) for code in step["codes"]])
            if pays:
                return ngettext(
                    "När allas del rundats nedåt fattades en krona i potten. Den betalar den med störst decimal: "
                    "%(names)s.",
                    "När allas del rundats nedåt fattades %(n)s kronor i potten. De betalar de med störst decimal: "
                    "%(names)s.",
                    step["left"],
                ) % {"n": step["left"], "names": shown}
            return ngettext(
                "När alla belopp rundats nedåt blev en krona över. Den gick till den med störst decimal: %(names)s.",
                "När alla belopp rundats nedåt blev %(n)s kronor över. De gick till dem med störst decimal: %(names)s.",
                step["left"],
            ) % {"n": step["left"], "names": shown}
    return ""


def listing(words: Sequence[str]) -> str:
    """Several words as they are said: "A", "A och B", "A, B och C"."""
    return ", ".join(words[:-1]) + (_(" och ") if len(words) > 1 else "") + words[-1]


def area_words(key: Key, names: Mapping[str, str], *, brief: bool = False) -> str:
    """Who shares, what those outside get, and the exceptions, in sentences; empty where everybody shares alike.

    `names` are those of the parties by code, in their order; `brief`: very many are a number.
    """
    simple = [part.key for part in key.groups] if isinstance(key, Split) else [key]
    said = []
    for area in (one.area for one in simple if isinstance(one, AgeGroup | Population) and not one.area.everybody):
        if area.catchment is not None:
            within = _within(area.catchment, names, split=isinstance(key, Split), brief=brief)
            said.append(_("Upptagningsområdet är %(names)s.") % {"names": within})
            outside = _("De utanför får %(sum)s var.") if area.outside else _("De utanför får inget.")
            if not set(names) <= area.catchment:
                said.append(outside % {"sum": kronor(area.outside)} if area.outside else outside)
        if own := dict(area.exceptions):
            sums = [
                _("%(name)s får %(sum)s") % {"name": name, "sum": kronor(own[code]) if own[code] else _("inget")}
                for code, name in names.items()
                if code in own
            ]
            said.append(_("Undantag: %(sums)s.") % {"sums": listing(sums)})
    return " ".join(said)


def _within(catchment: frozenset[str], names: Mapping[str, str], *, split: bool, brief: bool) -> str:
    """The parties of a catchment area, or those it leaves out when they are fewer; a split has others beside."""
    inside = [name for code, name in names.items() if code in catchment]
    outside = [name for code, name in names.items() if code not in catchment]
    if not outside:
        return _("alla")
    if not split and len(inside) > MANY and len(outside) <= MANY:
        return _("alla utom %(names)s") % {"names": listing(outside)}
    if brief and len(inside) > MANY:
        return _("%(number)s av parterna") % {"number": number(len(inside))}
    return listing(inside)


def exempt_words(key: Key, names: Mapping[str, str]) -> str:
    """Who pays nothing to a levy and why, in sentences; empty for others."""
    said = [
        (names.get(code, code), reason.rstrip(".")) for code, reason in (key.exempt if isinstance(key, Levy) else ())
    ]
    return " ".join(_("%(name)s betalar inget: %(why)s.") % {"name": name, "why": why} for name, why in said)


def nothing_words(names: Sequence[str], *, brief: bool = False) -> str:
    """That these parties got nothing, and so pay nothing; empty for none. `brief`: very many are a number."""
    if not names:
        return ""
    if brief and len(names) > MANY:
        return _("%(number)s parter har inte fått något och betalar inget.") % {"number": number(len(names))}
    return _("%(names)s har inte fått något och betalar inget.") % {"names": listing(names)}


def age_words(key: Key) -> str:
    """The age that a key counts by, as "0–25 år"; empty for other keys."""
    if not isinstance(key, AgeGroup):
        return ""
    words = _("%(low)s år och äldre") if key.high is None else _("%(low)s–%(high)s år")
    return words % {"low": key.low, "high": key.high}


def key_words(key: Key) -> str:
    """A key in a few words, with its figures."""
    data = key.to_data()
    if isinstance(key, Levy):
        return _("%(percent)s av vad var och en har fått") % {"percent": percent_text(data["percent"])}
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
