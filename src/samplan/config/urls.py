"""The URL table. What belongs to a county stands under its code and year: /21/2024/pengar/."""

from django.urls import include, path, register_converter
from django.views.i18n import set_language

from samplan.base.accounts.open import public


class CountyCode:
    """Two digits."""

    regex = "[0-9]{2}"

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


class Year:
    """Four digits."""

    regex = "20[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(CountyCode, "county")
register_converter(Year, "year")

workplace = [
    path("personer/", include("samplan.apps.orgs.urls")),
    path("pengar/", include("samplan.apps.agreements.urls")),
    path("pengar/", include("samplan.apps.spending.urls")),
    path("pengar/budget/", include("samplan.apps.plans.budget_urls")),
    path("beslut/", include("samplan.apps.bodies.urls")),
    path("plan/", include("samplan.apps.plans.urls")),
    path("indikatorer/", include("samplan.apps.indicators.urls")),
    path("behov/", include("samplan.apps.needs.urls")),
    path("dokument/", include("samplan.edges.imports.urls")),
    path("arsskifte/", include("samplan.edges.home.turn_urls")),
    path("direktiv/", include("samplan.apps.directives.urls")),
    path("brev/", include("samplan.edges.links.letter_urls")),
    path("aterrapporter/", include("samplan.edges.answering.urls")),
    path("filer/", include("samplan.base.files.urls")),
    path("jobb/", include("samplan.base.jobs.urls")),
    path("hjalp/", include("samplan.edges.help.urls")),
    path("arsrapport/", include("samplan.edges.reports.urls")),
]
urlpatterns = [
    path("", include("samplan.edges.public.urls")),
    path("konto/", include("samplan.base.accounts.urls")),
    path("brev/", include("samplan.edges.links.urls")),
    path("sprak/", public(set_language), name="set_language"),
    path("ui/", include("samplan.base.ui.urls")),
    path("", include("samplan.edges.home.urls")),
    path("<county:county>/<year:year>/", include(workplace)),
]

handler403 = "samplan.base.kernel.failing.forbidden"
handler500 = "samplan.base.kernel.failing.server_error"
