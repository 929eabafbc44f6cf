"""The board as it is shown: what somebody asks to see of it, and each report as a cell of few bytes.

A county of 49 parties and 10 directives has 490 cells, each twice (the table, and the list of a phone). So the signs
are drawn once for the page, and a cell is put together here and not by the template.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samplan.apps.directives.models import Directive
from samplan.apps.directives.queries import AMONG, BoardCell, BoardRow
from samplan.base.ui.icons import pointer
from samplan.base.ui.templatetags.samplan import STATES, day_short, example_mark, kronor, number

FILTERS = (
    ("", gettext_lazy("Alla"), ""),
    ("missing", gettext_lazy("Saknas"), ""),
    ("late", gettext_lazy("Sena"), "late"),
    ("returned", gettext_lazy("Återsända"), "returned"),
    ("waiting", gettext_lazy("Hos partens chef"), "submitted"),
    ("review", gettext_lazy("Att granska"), "submitted"),
    ("accepted", gettext_lazy("Godkända"), "accepted"),
    ("nothing", gettext_lazy("Inget att rapportera"), "nothing"),
    ("declined", gettext_lazy("Avböjda"), "declined"),
    ("inside", gettext_lazy("Inne"), ""),
)
"""Each filter by state: its code, its words and its sign. Those that nothing is among are left out, but these:"""
ALWAYS = {"", "missing", "late", "review"}
ORDERS = {"": gettext_lazy("Regionen först, sedan efter namn"), "sena": gettext_lazy("Flest som saknas först")}
SIGNS = ("open", "draft", "submitted", "approved", "accepted", "returned", "nothing", "declined", "late", "none")
SHORT = {
    "open": gettext_lazy("Ej börjad"),
    "submitted": gettext_lazy("Inskickad"),
    "waiting": gettext_lazy("Hos chef"),
    "approved": gettext_lazy("Chef klar"),
    "nothing": gettext_lazy("Inget"),
    "returned": gettext_lazy("Fråga"),
}
"""What a cell of a full board says where the whole word has no room; the key above the board has that."""
FULL = 4, 20
"""More directives or parties than this make a full board, with rows close together."""
FEW = 40
"""So many reports are shown without their groups being opened."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the board: a state, a directive's number, a party's code, an area's uid, an order; and in the
    list of a phone the groups, and whether the cells say the kronor. Empty for everything."""

    state: str = ""
    directive: str = ""
    party: str = ""
    area: str = ""
    order: str = ""
    group: str = ""
    money: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        """From a page's address; what cannot be is left out, as an old link may ask for what is gone."""
        state = query.get("visa", "")
        return cls(
            state=state if state in AMONG else "",
            directive=query.get("direktiv", "")[:5],
            party=query.get("part", "")[:10],
            area=query.get("omrade", "")[:40],
            order="sena" if query.get("ordning") == "sena" else "",
            group="direktiv" if query.get("grupp") == "direktiv" else "",
            money="ja" if query.get("kronor") == "ja" else "",
        )

    @property
    def narrows(self) -> bool:
        return bool(self.directive or self.party or self.area or self.order)

    def fields(self) -> dict[str, str]:
        """As the fields of an address."""
        return {
            "visa": self.state, "direktiv": self.directive, "part": self.party, "omrade": self.area,
            "ordning": self.order, "grupp": self.group, "kronor": self.money,
        }  # fmt: skip

    def address(self, **other: str) -> str:
        """The query of the board that asks for the same but for `other`."""
        given = {name: value for name, value in replace(self, **other).fields().items() if value}
        return "?" + urlencode(given)


class Picture:
    """Draws the cells of one county and year. `opens`: whether the reader may open the reports; `reminds`:
    and remind those who are late.

    Every word is escaped once, and kept: a board has few words and many cells.
    """

    def __init__(self, county: str, year: int, *, opens: bool, reminds: bool = False) -> None:
        self._report = reverse("questionnaires:report", args=[county, year, 0]).replace("/0/", "/{}/") if opens else ""
        self._why = reverse("agreements:allocation", args=[county, year, _NOWHERE]).replace(_NOWHERE, "{}")
        self._reminds = reminds
        self._signs = {name: pointer(name) for name in SIGNS}
        self._escaped: dict[str, str] = {}
        self._days: dict[date, str] = {}
        self._states: dict[str, str] = {}
        self._late: dict[tuple[bool, int], str] = {}
        self._short_late = _("%(days)s d sen")

    def _safe(self, text: str) -> str:
        if text not in self._escaped:
            self._escaped[text] = conditional_escape(text)
        return self._escaped[text]

    def words(self, code: str) -> str:
        """How a report stands, in full: "Sen", "Godkänd"."""
        return _("Hos partens chef") if code == "waiting" else str(STATES[code][0])

    def sign(self, code: str) -> SafeString:
        return self._signs[shape(code)]

    def _state(self, code: str) -> str:
        """A state as sign, word and colour."""
        if code not in self._states:
            words = self._safe(self.words(code))
            self._states[code] = f'<span class="state state--{shape(code)}">{self.sign(code)}{words}</span>'
        return self._states[code]

    def _when(self, cell: BoardCell) -> str:
        """When a report came, how late it is, or how far it has come."""
        request = cell.request
        late = self._days_late(cell.days, whole=True) if cell.late else ""
        if cell.inside or request.state == "returned":
            since = request.submitted_at if cell.inside else request.state_at
            return ", ".join(filter(None, (self._day(since), late)))
        if cell.late:
            return self._days_late(cell.days, whole=False)
        return _("%(part)s %% ifyllt") % {"part": cell.filled} if cell.filled else ""

    def _days_late(self, days: int, *, whole: bool) -> str:
        """So many days late: "14 dagar sen", or beside the word for it "14 dagar"."""
        if (whole, days) not in self._late:
            words = ngettext("%(days)s dag sen", "%(days)s dagar sen", days)
            if not whole:
                words = ngettext("%(days)s dag", "%(days)s dagar", days)
            self._late[whole, days] = words % {"days": days}
        return self._late[whole, days]

    def _day(self, at: datetime | None) -> str:
        if at is None:
            return ""
        on = timezone.localdate(at)
        if on not in self._days:
            self._days[on] = day_short(on)
        return self._days[on]

    def roomy(self, cell: BoardCell) -> SafeString:
        """A cell of a board with room: the state leads to the report, and beside it stands when."""
        state, request = self._state(cell.code), cell.request
        if self._report:
            whose = f'<span class="hide">, {self._safe(request.party.name)}, {self._safe(request.title)}</span>'
            state = f'<a href="{self._report.format(request.number)}">{state}{whose}</a>'
        return _drawn(f"{state}<span>{self._safe(self._when(cell))}</span>{self._remind(cell)}")

    def _remind(self, cell: BoardCell) -> str:
        """A press that reminds a late party of this one, sent by the form that the page has for them all."""
        if not self._reminds or not cell.is_among("late"):
            return ""
        request = cell.request
        whose = f"{self._safe(request.party.name)}, {self._safe(request.title)}"
        return (
            '<button class="button button--secondary button--small" form="paminn-en" name="number" '
            f'value="{request.number}">{self._safe(_("Påminn"))}<span class="hide">: {whose}</span></button>'
        )

    def close(self, cell: BoardCell) -> SafeString:
        """A cell of a full board: sign and a short word on the state's ground."""
        code, request = cell.code, cell.request
        whole = f"{self._safe(self.words(code))}, {self._safe(request.party.name)}, {self._safe(request.title)}"
        inner = f'{self.sign(code)}{self._safe(self._short(cell))}<span class="hide"> ({whole})</span>'
        if not self._report:
            return _drawn(f'<span class="state state--{shape(code)}">{inner}</span>')
        address = self._report.format(request.number)
        return _drawn(f'<a class="state state--{shape(code)}" href="{address}">{inner}</a>')

    def _short(self, cell: BoardCell) -> str:
        match cell.code:
            case "late":
                return self._short_late % {"days": cell.days}
            case "draft" if cell.filled:
                return f"{cell.filled}\u00a0%"
        return str(SHORT.get(cell.code, "")) or self.words(cell.code)

    def row(self, cell: BoardCell, title: str) -> SafeString:
        """A row of the list: what or who, how it stands and when. All of it leads to the report."""
        inner = (
            f'<span class="list__main">{self._safe(title)}</span>{self._state(cell.code)}'
            f'<span class="list__end small">{self._safe(self._when(cell))}</span>'
        )
        if self._report:
            inner = f'<a href="{self._report.format(cell.request.number)}">{inner}</a>'
        return _drawn(f"<li>{inner}{self._remind(cell)}</li>")

    def money_row(self, cell: BoardCell, directive: Directive, title: str) -> SafeString:
        """A row of the list with its kronor."""
        made_up = directive.budget_line is not None and directive.budget_line.made_up
        amount = f'<span class="list__sum">{self.money(cell, directive)} {example_mark(made_up)}</span>'
        return _drawn(f'<li><span class="list__main">{self._safe(title)}</span>{amount}</li>')

    def money(self, cell: BoardCell, directive: Directive) -> SafeString:
        """A cell's kronor, which lead to why they are so many."""
        line, party = directive.budget_line, cell.request.party
        amount = number(cell.amount) if cell.amount else "\u2013"
        if line is None or line.allocation is None or not cell.amount:
            return _drawn(amount)
        address = f"{self._why.format(line.allocation.uid)}?varfor={party.code}#part-{party.code}"
        why = self._safe(_("Varför får %(name)s det här?") % {"name": party.name})
        return _drawn(f'<a href="{address}">{amount}<span class="hide"> kr. {why}</span></a>')


def _drawn(html: str) -> SafeString:
    """What is put together here of our own markup, and of texts that are escaped."""
    return SafeString(html)


_NOWHERE = "00000000-0000-0000-0000-000000000000"


def shape(code: str) -> str:
    """Which sign and colour a cell has."""
    return "submitted" if code == "waiting" else code


@dataclass(frozen=True, slots=True)
class Group:
    """Reports that belong together in the list: a party's, or a directive's. `said`: what there is to see to; `sum`:
    how many are in, or their kronor."""

    title: str
    address: str
    sum: str
    said: tuple[tuple[str, str], ...]
    rows: SafeString


Row = tuple[str, BoardCell | None, Directive]


def groups(
    rows: Sequence[BoardRow], directives: Sequence[Directive], asked: Asked, picture: Picture, pages: Mapping[int, str]
) -> list[Group]:
    """The board as a list, party by party or directive by directive; what no report is left of is left out."""
    if asked.group:
        found = [
            _group(one.title, pages[one.pk], [(row.party.name, row.cells[at], one) for row in rows], asked, picture)
            for at, one in enumerate(directives)
        ]
    else:
        found = [
            _group(row.party.name, "", [(one.title, row.cells[at], one) for at, one in enumerate(directives)], asked,
                   picture)
            for row in rows
        ]  # fmt: skip
    return [group for group in found if group.rows]


def _group(title: str, address: str, rows: Iterable[Row], asked: Asked, picture: Picture) -> Group:
    every = [(words, cell, directive) for words, cell, directive in rows if cell]
    cells = [cell for _words, cell, _directive in every]
    shown = [one for one in every if one[1].is_among(asked.state)]
    if asked.money:
        drawn = [picture.money_row(cell, directive, words) for words, cell, directive in shown]
        return Group(title, address, in_words(one[1] for one in shown), (), _drawn("".join(drawn)))
    late, returned = (sum(cell.is_among(state) for cell in cells) for state in ("late", "returned"))
    review = sum(cell.to_review for cell in cells)
    said = (
        ("late", ngettext("%(n)s sen", "%(n)s sena", late) % {"n": late} if late else ""),
        ("returned", ngettext("%(n)s fråga", "%(n)s frågor", returned) % {"n": returned} if returned else ""),
        ("submitted", _("%(n)s att granska") % {"n": review} if review else ""),
    )
    inside = _("%(inside)s av %(asked)s inne") % {"inside": sum(cell.inside for cell in cells), "asked": len(cells)}
    return Group(
        title, address, inside, tuple(one for one in said if one[1]),
        _drawn("".join(picture.row(cell, words) for words, cell, _directive in shown)),
    )  # fmt: skip


def in_words(cells: Iterable[BoardCell]) -> str:
    """The sum of what the cells' parties get."""
    return kronor(sum(cell.amount for cell in cells))


def legend(cells: Iterable[BoardCell], picture: Picture) -> list[tuple[str, SafeString, str]]:
    """What the signs of a full board mean: shape, sign and whole word, of the states that it has."""
    there = {cell.code for cell in cells}
    order = ("accepted", "approved", "submitted", "waiting", "nothing", "declined", "returned", "late", "draft", "open")
    return [(shape(code), picture.sign(code), picture.words(code)) for code in order if code in there]


def cells_of(
    row: BoardRow, directives: Sequence[Directive], asked: Asked, picture: Picture, *, full: bool
) -> SafeString:
    """A party's cells in the table. Empty where the filter leaves the report out, hatched where the directive does not
    concern the party."""
    draw = picture.close if full else picture.roomy
    other = f'<td class="board__other"><span class="hide">{_("Annat läge")}</span></td>'
    none = f'<td class="board__none"><span class="{"hide" if full else "small quiet"}">{_("Ingår inte")}</span></td>'
    found = []
    for directive, cell in zip(directives, row.cells, strict=True):
        if cell is None:
            found.append(none)
        elif not cell.is_among(asked.state):
            found.append(other)
        else:
            shown = picture.money(cell, directive) if asked.money else draw(cell)
            found.append(f'<td><div class="board__cell">{shown}</div></td>')
    return _drawn("".join(found))
