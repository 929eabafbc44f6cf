"""What is typed about how a sum is shared. Checks and converts, never saves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samplan.apps.agreements.explain import listing
from samplan.apps.agreements.labels import INNER_KEYS, KEY_HELP, NEEDED, ROUNDINGS, SHARING
from samplan.apps.agreements.models import Allocation
from samplan.apps.agreements.operations.money import How
from samplan.apps.agreements.party_lines import SumLines
from samplan.apps.orgs.models import Party
from samplan.base.ui.fields import OffersField, WholeField, one_of
from samplan.base.ui.templatetags.samplan import day, number
from samplan.domain.allocation import Rounding
from samplan.domain.allocation_keys import (
    AgeGroup,
    Area,
    Equal,
    Fixed,
    FlatPopulation,
    Key,
    Part,
    Population,
    SimpleKey,
    Split,
    Steps,
)
from samplan.domain.errors import Invalid
from samplan.domain.exact import Exact, parse_exact
from samplan.domain.questionnaire import parse_kronor


def percent_field(label: Any) -> forms.CharField:
    """A share of a hundred, whole or with decimals."""
    return forms.CharField(
        label=label, max_length=12, required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "input--short"}),
    )  # fmt: skip


def read_percent(text: str) -> Exact | None:
    """A percentage from 0 to 100 with at most six decimals, as typed, with or without its sign; None for others."""
    try:
        found = parse_exact(text.strip().removesuffix("%"))
    except Invalid:
        return None
    return found if found.fraction <= 100 and found.scale <= 6 else None


class StepsField(forms.CharField):
    """Lines of "from persons: kronor"; the cleaned value is pairs of integers."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, **options: Any) -> None:
        words = gettext_lazy("Ett steg på varje rad: från hur många invånare, kolon, belopp. Som 20 000: 150 000.")
        super().__init__(help_text=words, **options)

    def clean(self, value: Any) -> tuple[tuple[int, int], ...]:
        steps = []
        for line in filter(None, map(str.strip, super().clean(value).splitlines())):
            limit, _colon, sum_ = line.replace(";", ":").partition(":")
            try:
                steps.append((parse_kronor(limit.strip()), parse_kronor(sum_.strip())))
            except Invalid:
                words = _("Raden ”%(line)s” ska vara ett antal invånare, ett kolon och ett belopp i hela kronor.")
                raise forms.ValidationError(words % {"line": line}) from None
        if len(dict(steps)) != len(steps):
            raise forms.ValidationError(_("Två steg börjar vid samma antal invånare."))
        return tuple(steps)

    @staticmethod
    def written(table: Iterable[Iterable[int]]) -> str:
        """Stored pairs as they are typed."""
        return "\n".join(f"{number(limit)}: {number(sum_)}" for limit, sum_ in table)


def offer(field: Any, choices: Iterable[tuple[str, str]]) -> None:
    field.choices = list(choices)


class KeyForm(forms.Form):
    """By what a sum is shared. Only the fields of the chosen key count."""

    key = forms.ChoiceField(
        label=gettext_lazy("Fördela efter"), choices=one_of(SHARING), initial="population", widget=forms.RadioSelect
    )
    age_from = forms.IntegerField(label=gettext_lazy("Från ålder"), min_value=0, max_value=120, required=False)
    age_to = forms.IntegerField(
        label=gettext_lazy("Till och med ålder"), min_value=0, max_value=120, required=False,
        help_text=gettext_lazy("Tomt betyder och äldre."),
    )  # fmt: skip
    flat = WholeField(label=gettext_lazy("Grundbelopp till var och en"), required=False)
    catchment = forms.MultipleChoiceField(
        label=gettext_lazy("Upptagningsområde"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("De ikryssade delar efter folkmängd. Ingen ikryssad betyder alla."),
    )  # fmt: skip
    outside = WholeField(
        label=gettext_lazy("Belopp till var och en utanför området"), required=False,
        help_text=gettext_lazy("Tomt betyder inget."),
    )  # fmt: skip
    exceptions = SumLines(
        label=gettext_lazy("Undantag"), required=False,
        help_text=gettext_lazy(
            "En part på varje rad, kolon, belopp. Som Ockelbo: 20 000. Den får det beloppet i stället, 0 är inget."
        ),
    )  # fmt: skip
    table = StepsField(label=gettext_lazy("Steg"), required=False)
    region_percent = percent_field(gettext_lazy("Regionens andel"))
    municipality_percent = percent_field(gettext_lazy("Kommunernas andel"))
    inner = forms.ChoiceField(
        label=gettext_lazy("Kommunerna delar sin andel efter"), choices=one_of(INNER_KEYS), required=False,
        help_text=gettext_lazy("Ålder och grundbelopp skrivs i sina rutor här ovanför."),
    )  # fmt: skip
    rounding = forms.ChoiceField(
        label=gettext_lazy("Avrundning"),
        help_text=gettext_lazy("Till sista kronan: de kronor som blir över går till dem med störst decimal."),
        choices=one_of(ROUNDINGS),
        initial="largest-remainder",
    )
    population_on = forms.ChoiceField(label=gettext_lazy("Folkmängd den"), required=False)

    def __init__(self, *args: Any, parties: Iterable[Party], dates: Iterable[date], **options: Any) -> None:
        super().__init__(*args, **options)
        self.parties = list(parties)
        offer(self.fields["population_on"], ((one.isoformat(), day(one)) for one in dates))
        for name in ("age_from", "age_to"):
            self.fields[name].widget.attrs["class"] = "input--short"
        self.fields["exceptions"].offer(self.parties)  # type: ignore[attr-defined]
        offer(self.fields["catchment"], ((party.code, party.name) for party in self.parties))
        for party in self.parties:
            self.fields[f"sum-{party.code}"] = WholeField(label=party.name, required=False)
        for name in (*NEEDED.get(self.chosen, ()), *NEEDED.get(self.chosen_inside, ())):
            self.fields[name].required = True
        self.fields["population_on"].required = self.chosen not in {"equal", "fixed"}

    @property
    def keys(self) -> list[tuple[Any, Any]]:
        """The choices with a line of help each."""
        return [(option, KEY_HELP[option.data["value"]]) for option in self["key"]]

    @property
    def chosen(self) -> str:
        """The key that is typed or stored."""
        return str(self["key"].value())

    @property
    def chosen_inside(self) -> str:
        """The key inside the municipalities' part of a split; empty for other keys."""
        return str(self["inner"].value()) if self.chosen == "split" else ""

    @property
    def in_area(self) -> bool:
        """Whether the chosen key counts people in an area."""
        return bool({self.chosen, self.chosen_inside} & {"population", "age"})

    @property
    def area_shown(self) -> bool:
        """Whether anything is said, or wrong, about an area."""
        names = ("catchment", "outside", "exceptions")
        return self.in_area and any(self[name].value() or self[name].errors for name in names)

    @property
    def sums(self) -> list[Any]:
        return [self[f"sum-{party.code}"] for party in self.parties]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("key") == "split":
            for name in NEEDED["split"]:
                if name in given:
                    self._read_percent(name, given)
        if self.in_area and given.get("outside") and not given.get("catchment") and not self.errors.get("catchment"):
            self.add_error("catchment", _("Kryssa i vilka som hör till området, eller ta bort beloppet utanför det."))
        return given

    def _read_percent(self, name: str, given: dict[str, Any]) -> None:
        found = read_percent(given.get(name, ""))
        if found is None:
            self.add_error(name, _("Skriv ett tal mellan 0 och 100."))
        given[name] = found

    def how(self, amount: int) -> How:
        """The way of sharing that was typed. Raises Invalid as the keys do. Call when valid."""
        given = self.cleaned_data
        counts = given["key"] not in {"equal", "fixed"}
        on = date.fromisoformat(given["population_on"]) if counts else None
        return How(amount, self._key(), Rounding(given["rounding"]), on)

    def _key(self) -> Key:
        given = self.cleaned_data
        if given["key"] == "fixed":
            sums = [(party.code, given[f"sum-{party.code}"] or 0) for party in self.parties]
            return Fixed(tuple(one for one in sums if one[1]))
        if given["key"] == "split":
            # The region is one party: nothing is shared inside its part.
            return Split(
                (
                    Part("region", Equal(), percent=given["region_percent"]),
                    Part("municipality", self._simple(given["inner"]), percent=given["municipality_percent"]),
                )
            )
        return self._simple(given["key"])

    def _simple(self, name: str) -> SimpleKey:
        given = self.cleaned_data
        match name:
            case "age":
                return AgeGroup(given["age_from"], given["age_to"], self._area())
            case "equal":
                return Equal()
            case "flat":
                return FlatPopulation(given["flat"])
            case "steps":
                return Steps(given["table"])
            case _:
                return Population(self._area())

    def _area(self) -> Area:
        given = self.cleaned_data
        return Area(frozenset(given["catchment"]) or None, given["outside"] or 0, given["exceptions"])

    @classmethod
    def initial_of_query(cls, query: QueryDict) -> dict[str, Any]:
        """The form's values for a key that was tried beside, as the address tells it; nothing when none was."""
        if "key" not in query:
            return {}
        named = {name: query.get(name, "") for name in query if name in cls.base_fields or name.startswith("sum-")}
        return named | {"catchment": query.getlist("catchment")}

    @staticmethod
    def initial_of(allocation: Allocation, data: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
        """The form's values for a stored key (`data`, as the key writes itself); `names` of parties by code."""
        on = allocation.population_on
        found = {
            "key": data["key"], "rounding": allocation.rounding, "population_on": on.isoformat() if on else "",
        }  # fmt: skip
        simple = data
        for part in data.get("groups", []):
            found[f"{part['group']}_percent"] = part.get("percent", "").replace(".", ",")
            if part["group"] == "municipality":
                simple = part["key"]
                found["inner"] = simple["key"]
        found |= {
            "age_from": simple.get("from"), "age_to": simple.get("to"), "flat": simple.get("flat"),
            "catchment": simple.get("catchment") or [], "outside": simple.get("outside") or None,
            "table": StepsField.written(simple.get("table", [])),
            "exceptions": SumLines.written(simple.get("exceptions", {}), names),
        }  # fmt: skip
        return found | {f"sum-{code}": kronor for code, kronor in data.get("sums", {}).items()}


class AllocationForm(KeyForm):
    """A new allocation: what is shared, between whom, and how."""

    title = forms.CharField(label=gettext_lazy("Vad pengarna gäller"), max_length=300)
    amount = WholeField(label=gettext_lazy("Summa att fördela"))
    members = OffersField(label=gettext_lazy("Mellan vilka"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["members"].offer(self.parties)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        members = {party.code for party in given.get("members", [])}
        names = {party.code: party.name for party in self.parties}
        listed = {"catchment": given.get("catchment", []), "exceptions": dict(given.get("exceptions", ()))}
        for field, codes in listed.items():
            if members and self.in_area and (strangers := [names[code] for code in codes if code not in members]):
                words = _(
                    "%(names)s är inte med i fördelningen. Kryssa i dem under Mellan vilka, eller ta bort dem här."
                )
                self.add_error(field, words % {"names": listing(strangers)})
        return given
