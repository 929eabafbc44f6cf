"""Something about a few of the parties, typed as lines: party, colon, what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from samplan.apps.orgs.models import Party
from samplan.apps.orgs.queries import parties_named
from samplan.base.kernel.problems import say
from samplan.base.ui.templatetags.samplan import number
from samplan.domain.errors import Invalid
from samplan.domain.freetext import one_line
from samplan.domain.questionnaire import parse_kronor

LONGEST_REASON = 200


class PartyLines(forms.CharField):
    """Lines of "party: what", the party by its name or code; the cleaned value is pairs of code and `what`.

    `offer` says which parties there are. A name that two of them have is no name: the code is.
    """

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.codes = dict[str, str]()

    def offer(self, parties: Iterable[Party]) -> None:
        self.codes = {name: party.code for name, party in parties_named(parties).items()}

    def what(self, text: str) -> Any:
        """What is said of a party. Raises Invalid."""
        raise NotImplementedError

    def clean(self, value: Any) -> tuple[tuple[str, Any], ...]:
        found: dict[str, Any] = {}
        for line in filter(None, map(str.strip, super().clean(value).splitlines())):
            name, colon, rest = (part.strip() for part in line.partition(":"))
            code = self.codes.get(" ".join(name.split()).casefold())
            if code is None:
                words = _("”%(name)s” är ingen av parterna. Skriv namnet som det står i fördelningen, eller koden.")
                raise forms.ValidationError(words % {"name": name[:60]})
            if not colon or not rest:
                raise forms.ValidationError(_("Raden ”%(line)s” saknar något efter kolonet.") % {"line": line[:60]})
            if code in found:
                raise forms.ValidationError(_("%(name)s står två gånger.") % {"name": name})
            try:
                found[code] = self.what(rest)
            except Invalid as error:
                raise forms.ValidationError(f"{name}: {say(error)}") from None
        return tuple(found.items())

    @staticmethod
    def written(pairs: Mapping[str, Any], names: Mapping[str, str]) -> str:
        """Stored pairs as they are typed."""
        return "\n".join(
            f"{names.get(code, code)}: {number(what) if isinstance(what, int) else what}"
            for code, what in pairs.items()
        )


class SumLines(PartyLines):
    """Kronor to each."""

    def what(self, text: str) -> int:
        return parse_kronor(text)


class ReasonLines(PartyLines):
    """One line of text about each."""

    def what(self, text: str) -> str:
        return one_line(text, field="exempt", most=LONGEST_REASON)
