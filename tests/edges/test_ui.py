"""The look: filters, fields, contrast of the tokens and what every template of the house has to keep."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.template import Context, Engine
from django.utils import translation

import samplan
from samplan.base.ui import icons
from samplan.base.ui.templatetags import samplan as tags
from samplan.base.ui.tokens import colours, contrast

SOURCE = Path(samplan.__file__).parent
CSS = SOURCE / "base/ui/static/samplan/css"
TEMPLATES = sorted(SOURCE.glob("**/templates/**/*.html")) + sorted(SOURCE.glob("**/templates/**/*.txt"))
PAGES = [path for path in TEMPLATES if path.suffix == ".html"]
NB = "\u00a0"

ENGINE = Engine(
    app_dirs=True,
    libraries={"static": "django.templatetags.static"},
    builtins=["django.templatetags.i18n", "samplan.base.ui.templatetags.samplan"],
)


def render(text: str, **context: Any) -> BeautifulSoup:
    """`text` as a template, parsed."""
    return BeautifulSoup(ENGINE.from_string(text).render(Context(context)), "html.parser")


# Filters ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1500000, f"1{NB}500{NB}000{NB}kr"),
        (0, f"0{NB}kr"),
        (999, f"999{NB}kr"),
        (-132833, f"\u2212132{NB}833{NB}kr"),
        (Decimal("30100.5"), f"30{NB}101{NB}kr"),
        (10**15 + 1, f"1{NB}000{NB}000{NB}000{NB}000{NB}001{NB}kr"),
        (None, "\u2013"),
        ("", "\u2013"),
    ],
)
def test_kronor_are_grouped_with_no_break_spaces(value: Any, shown: str) -> None:
    assert tags.kronor(value) == shown


def test_decimals_have_a_comma_in_swedish_and_a_point_in_english() -> None:
    assert tags.number(Decimal("1234.567"), 2) == f"1{NB}234,57"
    with translation.override("en"):
        assert tags.number(Decimal("1234.567"), 2) == f"1{NB}234.57"


def test_number_leaves_alone_what_is_no_number() -> None:
    assert tags.number("okänt") == "okänt"


def test_signed_shows_which_way() -> None:
    shown = [tags.signed(value) for value in (3946, -132833, 0, None)]
    assert shown == [f"+3{NB}946", f"\u2212132{NB}833", "0", "\u2013"]


def test_percent_of_nothing_is_a_dash() -> None:
    assert tags.percent(9, 10) == f"90{NB}%"
    assert tags.percent(2, 3) == f"67{NB}%"
    assert tags.percent(1, 0) == "\u2013"


def test_dates_follow_the_language_and_the_swedish_clock() -> None:
    late_evening = dt.datetime(2025, 1, 13, 23, 42, tzinfo=dt.UTC)
    assert tags.day(late_evening) == "14 januari 2025"
    assert tags.moment(late_evening) == "14 januari 2025 kl. 00.42"
    assert tags.day_short(dt.date(2019, 10, 3)) == f"3{NB}okt 2019"
    assert tags.day(None) == "\u2013"
    with translation.override("en"):
        assert tags.day(dt.date(2025, 1, 14)) == "14 January 2025"


def test_initials_are_at_most_two() -> None:
    assert tags.initials(SimpleNamespace(name="Åsa Maria Berg")) == "ÅM"
    assert tags.initials(SimpleNamespace(name="", get_username=lambda: "anna@region.se")) == "AR"


def test_markdown_escapes_what_it_does_not_know() -> None:
    page = BeautifulSoup(tags.markdown("# Rubrik\n\n**Fet** <script>alert(1)</script>\n\n- ett\n- två"), "html.parser")
    assert page.find("script") is None
    assert "<script>" in page.get_text()
    assert page.strong.get_text() == "Fet"
    assert [item.get_text() for item in page.find_all("li")] == ["ett", "två"]
    assert page.find("h3").get_text() == "Rubrik"


def test_markdown_follows_no_dangerous_link() -> None:
    page = BeautifulSoup(tags.markdown("[a](javascript:alert(1)) [b](https://example.org/?a=1&b=2)"), "html.parser")
    assert [link["href"] for link in page.find_all("a")] == ["https://example.org/?a=1&b=2"]


# Tags ------------------------------------------------------------------------------------------------------------


class Sample(forms.Form):
    amount = forms.IntegerField(label="Belopp", help_text="Hela kronor.", min_value=1)
    kind = forms.ChoiceField(label="Sort", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="Säker")
    note = forms.CharField(label="Not", required=False, widget=forms.Textarea)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_ties_label_help_and_error_to_its_control() -> None:
    page = render('{% field form.amount "kr" %}', form=Sample({"amount": "0"}))
    control = page.find("input")
    assert page.find("label")["for"] == control["id"]
    assert control["aria-invalid"] == "true"
    described = [page.find(id=name).get_text(" ", strip=True) for name in control["aria-describedby"].split()]
    assert described[0] == "Hela kronor."
    assert len(described) == 2
    assert described[1]
    assert "kr" in page.get_text()


def test_a_field_without_words_is_described_by_nothing() -> None:
    page = render("{% field form.note %}", form=Sample())
    assert not page.find("textarea").has_attr("aria-describedby")
    assert not page.find("textarea").has_attr("aria-invalid")
    assert page.find(class_="field__optional").get_text() == "frivilligt"


def test_choices_are_a_fieldset_and_each_has_its_label() -> None:
    page = render("{% field form.kind %}", form=Sample({"amount": "1", "kind": "b", "sure": "on"}))
    assert page.find("legend").get_text(strip=True) == "Sort"
    labels = page.find_all("label")
    assert [label.get_text(strip=True) for label in labels] == ["A", "B"]
    assert [bool(label.find("input", checked=True)) for label in labels] == [False, True]


def test_choices_with_an_error_say_so_on_the_group() -> None:
    page = render("{% field form.kind %}", form=Sample({}))
    assert page.find(id=page.find("fieldset")["aria-describedby"]).get_text(strip=True)


def test_hidden_fields_get_no_label() -> None:
    assert render("{% field form.secret %}", form=Sample()).find("label") is None


def test_the_error_summary_leads_to_every_wrong_field() -> None:
    form = Sample({"amount": "0"})
    page = render("{% error_summary form %}{% for bound in form %}{% field bound %}{% endfor %}", form=form)
    targets = [link["href"][1:] for link in page.find(class_="errors").find_all("a")]
    assert targets == ["id_amount", "id_kind", "id_sure"]
    assert all(page.find(id=target) for target in targets)
    assert not render("{% error_summary form %}", form=Sample()).get_text(strip=True)


def test_the_error_summary_names_no_field_that_nobody_sees() -> None:
    form = Sample({"amount": "1", "kind": "a", "sure": "on"})
    form.add_error("secret", "Någon annan hann före.")
    page = render("{% error_summary form %}", form=form)
    assert [line.get_text() for line in page.select(".errors li")] == ["Någon annan hann före."]
    assert page.select(".errors a") == []


def test_what_a_person_typed_is_escaped_in_a_field() -> None:
    page = render("{% field form.note %}", form=Sample({"note": "</textarea><script>x</script>"}))
    assert page.find("script") is None
    assert "<script>" in page.find("textarea").get_text()


def test_every_state_has_its_own_shape_and_word() -> None:
    for states in (tags.STATES, tags.MONEY_STATES):
        assert len({icons.SHAPES[shape] for _word, shape in states.values()}) == len(states)
    assert len({str(word) for word, _shape in tags.STATES.values()}) == len(tags.STATES)
    page = render('{% state_tag "draft" True %}')
    assert [state.get_text() for state in page.find_all(class_="state")] == ["Utkast", "Sen"]
    assert all(sign["aria-hidden"] == "true" for sign in page.find_all("svg"))


def test_the_example_mark_is_only_where_something_is_made_up() -> None:
    assert render("{% example_mark True %}").get_text() == "Exempel"
    assert not render("{% example_mark False %}").get_text(strip=True)


@pytest.mark.parametrize(
    ("value", "maximum", "width"), [(21, 31, "67.74%"), (0, 31, None), (5, 0, None), (12, 10, "100.00%")]
)
def test_the_weave_is_as_long_as_the_share(value: int, maximum: int, width: str | None) -> None:
    page = render("{% meter value maximum %}", value=value, maximum=maximum)
    done = page.find(class_="weave__done")
    assert (done["width"] if done else None) == width
    assert page.svg["aria-label"] == f"{value} av {maximum}"


def test_breadcrumbs_end_where_one_is() -> None:
    page = render('{% breadcrumbs "Pengar" "/21/2024/pengar/" "Fördelning" %}')
    assert page.a["href"] == "/21/2024/pengar/"
    assert page.find(attrs={"aria-current": "page"}).get_text() == "Fördelning"


def test_the_once_key_is_new_or_given() -> None:
    assert render("{% once_key %}", once_key=lambda: "k1").input["value"] == "k1"
    assert render("{% once_key %}", once_key="k2").input["value"] == "k2"


# Contrast --------------------------------------------------------------------------------------------------------


def test_contrast_is_computed_right() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#17242C", "#F6F6F2") == pytest.approx(14.6, abs=0.1)


STATE_TOKENS = ["open", "draft", "submitted", "returned", "accepted", "late", "nothing", "warning"]
GROUNDS = ["paper", "sheet", "linen", "vejde-tint", "vejde-pale", "krapp-tint"]
TEXT_PAIRS = [
    *((text, ground) for text in ("ink", "ink-2", "vejde", "vejde-hover") for ground in GROUNDS),
    *(("krapp", ground) for ground in ("paper", "sheet", "krapp-tint", "vejde-pale")),
    *((state, f"{state}-ground") for state in STATE_TOKENS),
    *((text, ground) for text in ("late", "accepted") for ground in ("paper", "sheet", "vejde-pale")),
    ("accepted", "krapp-tint"),
    ("on-vejde", "vejde"),
    ("on-vejde", "vejde-hover"),
]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read(text: str, ground: str, dark: bool) -> None:
    shown = colours(dark)
    assert contrast(shown[text], shown[ground]) >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "sheet"])
@pytest.mark.parametrize("edge", ["line-2", "focus", "vejde", "krapp", "late"])
def test_edges_of_controls_can_be_seen(edge: str, ground: str, dark: bool) -> None:
    shown = colours(dark)
    assert contrast(shown[edge], shown[ground]) >= 3


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("state", STATE_TOKENS)
def test_states_are_easier_still(state: str, dark: bool) -> None:
    shown = colours(dark)
    assert round(contrast(shown[state], shown[f"{state}-ground"]), 1) >= 6.7


# Style sheets and templates ----------------------------------------------------------------------------------------


def test_style_sheets_use_only_tokens_that_exist() -> None:
    sheets = {path.name: path.read_text(encoding="utf-8") for path in CSS.glob("*.css")}
    known = set(re.findall(r"--([a-z0-9-]+):", "".join(sheets.values())))
    used = set(re.findall(r"var\(--([a-z0-9-]+)", "".join(sheets.values())))
    assert used - known == set()


@pytest.mark.parametrize("name", ["base.css", "components.css", "pages.css", "draft.css", "board.css"])
def test_colours_are_named_only_among_the_tokens(name: str) -> None:
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*[;}])", (CSS / name).read_text(encoding="utf-8")) == []


def shortened(path: Path) -> str:
    return str(path.relative_to(SOURCE))


INLINE = re.compile(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE)
POSTS = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.IGNORECASE | re.DOTALL)


@pytest.mark.parametrize("path", PAGES, ids=shortened)
def test_templates_keep_the_content_security_policy(path: Path) -> None:
    assert INLINE.findall(path.read_text(encoding="utf-8")) == []


# What is sent there says in its address what only its receiver knows, and a page without a referrer sends no origin.
UNGUARDED = {"door.html"}


@pytest.mark.parametrize("path", [path for path in PAGES if path.name not in UNGUARDED], ids=shortened)
def test_forms_that_write_are_guarded(path: Path) -> None:
    assert [
        form[:80] for form in POSTS.findall(path.read_text(encoding="utf-8")) if "{% csrf_token %}" not in form
    ] == []


MARKED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
UNSEEN = re.compile(
    r"{% block body_class %}.*?{% endblock %}|{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->|<!doctype[^>]*>"
    r"|<svg.*?</svg>|<pre.*?</pre>",
    re.DOTALL | re.IGNORECASE,
)
NAMES = {"Samplan", "Svenska", "English", "kr", "SCB", "SKR", "PDF", "Word", "HTML", "CSV", "RS"}
SPOKEN_ATTRIBUTES = re.compile(r"\b(?:aria-label|title|placeholder|alt|data-label)=\"([^\"]*)\"")


def unmarked(text: str) -> list[str]:
    """Words that a reader would see in a template and that no translation reaches."""
    bare = MARKED.sub("", UNSEEN.sub("", text))
    bare = re.sub(r"{%.*?%}|{{.*?}}", "\x00", bare, flags=re.DOTALL)
    spoken = [" ".join(SPOKEN_ATTRIBUTES.findall(bare))]
    seen = re.sub(r"<[^>]*>", " ", bare)
    words = re.findall(r"[^\W\d_]{2,}", seen + " " + " ".join(spoken))
    return [word for word in words if word not in NAMES]


def test_the_scan_for_unmarked_text_finds_it() -> None:
    assert unmarked('<p class="lead">Hej</p>') == ["Hej"]
    assert unmarked('<a aria-label="Meny">{% translate "Hej" %}</a>') == ["Meny"]
    assert unmarked("{% blocktranslate %}Hej <b>du</b>{% endblocktranslate %}<p>{{ hej }} &nbsp;</p>") == ["nbsp"]


@pytest.mark.parametrize("path", TEMPLATES, ids=shortened)
def test_every_text_is_marked_for_translation(path: Path) -> None:
    entities = re.sub(r"&[a-z]+;", " ", path.read_text(encoding="utf-8"))
    named_towns = {"Bollnäs", "Ljusdal", "Ockelbo"} if path.name == "components.html" else set()
    assert [word for word in unmarked(entities) if word not in named_towns] == []


ADDRESS = re.compile(r'\b(?:href|action|src)="((?:{%.*?%}|{{.*?}}|[^"])*)"')


def addresses_lost(text: str) -> list[str]:
    """Names that an address is made of in one block though they are set in another: they are empty there."""
    parts = re.split(r"{% block (\w+) %}", text)
    named = set(re.findall(r" as(?:var)? (\w+) %}", text))
    lost = []
    for body in parts[2::2]:
        here = set(re.findall(r" as(?:var)? (\w+) %}", body))
        used = {name for address in ADDRESS.findall(body) for name in re.findall(r"{{ (\w+)", address)}
        lost += sorted(used & named - here)
    return lost


def test_the_scan_for_lost_addresses_finds_them() -> None:
    crumbs = '{% block breadcrumbs %}{% url "x" as back %}{% url "y" as there %}{% endblock %}'
    assert addresses_lost(crumbs + '{% block content %}<a href="{{ back }}">Avbryt</a>{% endblock %}') == ["back"]
    two = '<a href="{% if a == "b" %}{{ there }}{% else %}{{ back }}{% endif %}">Avbryt</a>'
    assert addresses_lost(crumbs + "{% block content %}" + two + "{% endblock %}") == ["back", "there"]
    kept = '{% block content %}{% url "x" as back %}<a href="{{ back }}#a">Avbryt</a>{% endblock %}'
    assert addresses_lost(crumbs + kept) == []


@pytest.mark.parametrize("path", PAGES, ids=shortened)
def test_an_address_is_named_in_the_block_that_uses_it(path: Path) -> None:
    assert addresses_lost(path.read_text(encoding="utf-8")) == []


def test_every_page_extends_or_is_included() -> None:
    whole = [path for path in PAGES if "<!doctype" in path.read_text(encoding="utf-8").lower()]
    assert [path.name for path in whole if "/base/ui/" in path.as_posix()] == ["bare.html"]


@pytest.mark.parametrize("name", ["500.html", "429.html", "403_csrf.html"])
def test_pages_for_bad_luck_stand_without_any_context(name: str) -> None:
    page = BeautifulSoup(ENGINE.get_template(name).render(Context()), "html.parser")
    assert page.html["lang"] == "sv"
    assert page.h1.get_text(strip=True)
    assert page.find(class_="lead").get_text(strip=True)
