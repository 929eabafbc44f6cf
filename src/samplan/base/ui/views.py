"""The component page: every component in every state, for people who write pages. It holds no data of anybody."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samplan.base.ui.forms import SampleForm
from samplan.base.ui.icons import SHAPES
from samplan.base.ui.templatetags.samplan import STATES
from samplan.base.ui.tokens import colours, contrast, sizes

SHARES = [("Bollnäs", 26204, 138161), ("Gävle", 104030, 548500), ("Hofors", 9216, 48591), ("Ockelbo", 5709, 30101)]


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    """Public page without a county: components with example figures."""
    typed = {"title": "", "participants": "19", "used": "52000", "area": "1", "more": "yes", "groups": ["care"]}
    steps = [_("Skrivbord"), _("Pengar"), _("Plan"), _("Behov"), _("Beslut")]
    steps += [_("Återrapporter"), _("Årsrapport"), _("Webbplats")]
    context = {
        "nav": [
            {"title": title, "url": "#", "current": at == 5, "count": 6 if at == 5 else 0}
            for at, title in enumerate(steps)
        ],
        "county_name": "Gävleborg",
        "year": 2024,
        "years": [{"title": year, "url": "#", "current": year == 2024} for year in (2024, 2025)],
        "demo": True,
        "form": SampleForm(initial={"title": "MHFA", "participants": 19, "area": "2", "more": "yes"}),
        "wrong": SampleForm(typed, auto_id="wrong_%s"),
        "states": list(STATES),
        "icons": sorted(set(SHAPES) - set(STATES)),
        "shares": [(name, people, amount, f"{amount * 100 / 548500:.1f}") for name, people, amount in SHARES],
        "total": sum(amount for _name, _people, amount in SHARES),
        "when": dt.datetime(2025, 1, 14, 8, 42, tzinfo=dt.UTC),
        "buttons": [
            ("", _("Första")),
            ("button--secondary", _("Andra")),
            ("button--quiet", _("Stilla")),
            ("button--danger", _("Tar bort")),
            ("button--small", _("Liten")),
        ],
        "long_address": "https://" + "-".join(["samverkan"] * 8) + ".se",
        **_tokens(),
        "markdown_text": _("Under 2024 gick **452 personer** en *utbildning*.\n\n- 28 kurser\n- nio kommuner"),
    }
    return render(request, "ui/components.html", context)


def _tokens() -> dict[str, Any]:
    """Every colour with how well it is seen on the page's ground, those of the states on their own, and the sizes."""
    light, dark = colours(False), colours(True)
    return {
        "colours": [
            {"name": name, "light": light[name], "on_light": contrast(light[name], light["paper"]),
             "dark": dark[name], "on_dark": contrast(dark[name], dark["paper"])}
            for name in light if not name.endswith(("-ground", "-edge"))
        ],
        "pairs": [
            {"name": name, "light": contrast(light[name], light[f"{name}-ground"]),
             "dark": contrast(dark[name], dark[f"{name}-ground"])}
            for name in light if f"{name}-ground" in light
        ],
        "type_sizes": sizes("size-"), "corners": sizes("r-"),
        "spaces": {name: value for name, value in sizes("s").items() if len(name) == 2},
    }  # fmt: skip
