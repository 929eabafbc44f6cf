"""The options of `samplan allocate` that say by what a sum is shared, read into a key. Loads no web framework."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from samplan.config.commands import BadInput
from samplan.config.commands.texts import _
from samplan.domain.allocation_keys import Area, FlatPopulation, Key, Levy, Population, Steps
from samplan.domain.errors import Invalid
from samplan.domain.exact import parse_exact, parse_whole


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed after the options, unread; empty where an option was left out."""

    flat: str = "0"
    steps: str = ""
    catchment: str = ""
    outside: str = ""
    exception: tuple[str, ...] = ()
    levy: str = ""
    exempt: tuple[str, ...] = ()


def read_key(typed: Typed) -> Key:
    """The key that was asked for; by weight when none was. Raises `BadInput` with one sentence."""
    flat = kronor("--flat", typed.flat)
    area = [name for name in ("catchment", "outside", "exception") if getattr(typed, name)]
    chosen = [*(["--flat"] if flat else []), *(["--steps"] if typed.steps else []), *(f"--{name}" for name in area[:1])]
    chosen += ["--levy"] if typed.levy else []
    if len(chosen) > 1:
        raise BadInput(
            _("%(one)s och %(other)s kan inte användas tillsammans.") % {"one": chosen[0], "other": chosen[1]}
        )
    if typed.exempt and not typed.levy:
        raise BadInput(_("--exempt hör till --levy."))
    if typed.outside and not typed.catchment:
        raise BadInput(_("--outside hör till --catchment."))
    try:
        if typed.levy:
            return Levy(parse_exact(typed.levy.strip().removesuffix("%")), tuple(_pairs("--exempt", typed.exempt)))
        if typed.steps:
            return Steps(tuple(_step(step) for step in typed.steps.split(",")))
        if area:
            return Population(_area(typed))
    except Invalid as error:
        raise BadInput(_wrong(error, typed)) from error
    return FlatPopulation(flat) if flat else Population()


def refusal(error: Invalid) -> str:
    """Why the engine could not share, in the words of the options. Codes that no file or option can cause are raised
    again."""
    shapes = {
        "flat_over_amount": _("--flat till alla rader (%(flat)s × %(rows)s) är mer än hela summan, %(amount)s."),
        "weights_zero": _("alla vikter är noll, så det finns inget att fördela efter."),
        "catchment_stranger": _("--catchment: koden %(row)s finns inte i filen."),
        "sum_for_stranger": _("--exception: koden %(row)s finns inte i filen."),
        "exempt_stranger": _("--exempt: koden %(row)s finns inte i filen."),
        "outside_over_amount": _("--outside och --exception är tillsammans %(total)s, mer än hela summan, %(amount)s."),
        "nobody_inside": _("det finns kronor kvar men ingen rad att dela dem mellan."),
        "levy_nothing": _("ingen av raderna som ska betala har fått något, så det finns inget att ta en andel av."),
    }
    if error.code not in shapes:
        raise error
    return shapes[error.code] % error.params


def kronor(option: str, text: str) -> int:
    """Whole kronor after an option. Raises `BadInput`."""
    try:
        return parse_whole(text)
    except Invalid as error:
        raise BadInput(
            _('%(option)s ska vara hela kronor från 0 och uppåt, skrivna med siffror, inte "%(text)s".')
            % {"option": option, "text": shown(text)}
        ) from error


def shown(text: str) -> str:
    """The beginning of what was typed, fit for one line."""
    return "".join(character if character.isprintable() else " " for character in text[:40])


def _area(typed: Typed) -> Area:
    codes = [code.strip() for code in typed.catchment.split(",")] if typed.catchment else []
    if "" in codes:
        raise BadInput(
            _('--catchment ska vara koder med komma emellan, inte "%(text)s".') % {"text": shown(typed.catchment)}
        )
    exceptions = [(code, kronor("--exception", text)) for code, text in _pairs("--exception", typed.exception)]
    outside = kronor("--outside", typed.outside) if typed.outside else 0
    return Area(frozenset(codes) if codes else None, outside, tuple(exceptions))


def _pairs(option: str, listed: Iterable[str]) -> Iterable[tuple[str, str]]:
    for text in listed:
        code, _sign, rest = (part.strip() for part in text.partition("="))
        if not code or not rest:
            shape = "CODE=KRONOR" if option == "--exception" else "CODE=REASON"
            words = _('%(option)s skrivs som %(shape)s, inte "%(text)s".')
            raise BadInput(words % {"option": option, "shape": shape, "text": shown(text)})
        yield code, rest


def _step(text: str) -> tuple[int, int]:
    limit, _colon, sum_ = text.partition(":")
    try:
        return parse_whole(limit), parse_whole(sum_)
    except Invalid as error:
        words = _('--steps skrivs som gräns:kronor med komma emellan, som 0:200000,9000:300000, inte "%(text)s".')
        raise BadInput(words % {"text": shown(text)}) from error


def _wrong(error: Invalid, typed: Typed) -> str:
    match error.code:
        case "step_twice":
            return _("--steps har samma gräns två gånger.")
        case "exception_twice":
            return _("--exception har samma kod två gånger.")
        case "exempt_twice":
            return _("--exempt har samma kod två gånger.")
    return _('--levy ska vara procent, mer än 0 och högst 100, som 2,5, inte "%(text)s".') % {"text": shown(typed.levy)}
