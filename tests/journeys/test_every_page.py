"""Every page that a role can walk to, from its start along links and nothing else, looked at wide and narrow.

Pages are counted by their names in the URL table, so a page that no link leads to is found as well.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from lxml.html import HtmlElement, fromstring, tostring
from playwright.sync_api import BrowserContext, Page

from tests.edges.word_templates import swedish
from tests.journeys.looking import faults
from tests.journeys.site import People
from tests.reading.word_files import p, word

# Addresses that are sent to, not opened, and files.
NOT_PAGES = {
    "questionnaires:save", "questionnaires:save_part", "questionnaires:paper",
    "set_language", "public:newest", "home:put_aside", "public:place", "public:robots", "public:sitemap",
    "accounts:sign_out", "orgs:link", "reports:publish", "agreements:compute",
    "reports:file",
    "reports:preview", "reports:decision_paper", "reports:plan_document", "plans:picture_file",
    "reports:template_trial", "reports:template_file", "files:fetch",
    "public:file", "agreements:change", "agreements:freeze", "imports:change", "imports:file",
    "spending:pay_all", "spending:remove", "reports:economic_draft", "reports:economic_paper",
    "reports:repayment_paper", "reports:submission_file",
    "reports:pack", "reports:slides", "letters:pack", "jobs:fetch", "jobs:remove",
    "letters:send", "letters:revoke", "letters:remind", "letters:file", "letters:paper", "letters:all",
    "links:leave", "links:letter", "links:save", "links:paper", "home:calendar_file",
}  # fmt: skip
# Behind a link in a mail (the journey of the forgotten password opens it) or a button that saves first, or about things
# that the demo's year has none of (the tests of their rooms open them).
ELSEWHERE = {
    "questionnaires:hand", "questionnaires:part",
    "accounts:link", "jobs:job", "needs:decide", "needs:into_activity", "links:enter", "links:answer", "links:preview",
    "links:hand",
}  # fmt: skip
FILES = (".pdf", ".docx")
LAST_PLAN = 2025
# Pages that differ with what they show and to whom: so many of each, for each role.
SEVERAL = {"questionnaires:report": 3, "directives:detail": 2, "plans:activity": 2, "home:desk": 2, "needs:need": 2}
# Pages that differ with what they show only: so many of each for each role, looked at once.
WHOEVER = {"plans:whole": 3, "turn:turn": 3, "public:area": 2, "agreements:allocation": 2}
ROLES = [
    ("coordinator", ""), ("party_reporter", "Hofors"), ("party_approver", "Hofors"), ("party_controller", "Hofors"),
    ("controller", ""),
    ("publisher", ""), ("secretary", ""), ("body_member", ""), ("reader", ""), ("administrator", ""),
    ("stranger", ""),
]  # fmt: skip


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns, pattern.namespace or space)
        else:
            yield f"{space}:{pattern.name}" if space else str(pattern.name)


def name_of(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def year_of(address: str) -> str:
    """The year that is told, the one that is planned, or any other: pages show other things in a year that has hardly
    begun."""
    try:
        year = str(resolve(urlsplit(address).path).kwargs.get("year", ""))
    except Resolver404:
        return ""
    return year if year in {"", "2024", "2025"} else "another"


@dataclass
class Walk:
    """Where the roles have been, and what was wrong there."""

    base: str
    opened: dict[str, set[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    looked: set[str] = field(default_factory=set)
    kinds: set[tuple[str, str]] = field(default_factory=set)
    shown: set[bytes] = field(default_factory=set)

    def through(self, context: BrowserContext, role: str, starts: list[str]) -> None:
        """Open each kind of page once in each year; look closely at a kind that no role before has opened."""
        page, waiting, asked = context.new_page(), deque(starts), set(starts)
        page.on("request", lambda request: self._sent(role, page, request.url))
        page.on("console", lambda said: self._heard(role, page, said.text))
        here: dict[tuple[str, str], int] = {}
        while waiting:
            address = waiting.popleft()
            name = name_of(address)
            kind = (name, year_of(address))
            before = here.get(kind, 0)
            if address not in starts and before >= {**SEVERAL, **WHOEVER}.get(name, 1):
                continue
            if kind in self.kinds and kind[1] not in {"", "2024"}:  # of other years once is enough, whoever looks
                continue
            here[kind] = before + 1
            look = kind not in self.kinds or name in SEVERAL or address in starts
            new = name not in self.opened
            look = look or (name in WHOEVER and address not in self.looked)
            self.looked.add(address)
            self.kinds.add(kind)
            for path in self._open(page, role, address, always=address in starts, look=look, new=new):
                if path not in asked:
                    asked.add(path)
                    waiting.append(path)
        page.close()

    def _sent(self, role: str, page: Page, address: str) -> None:
        """Nothing is fetched from another host than the site's own."""
        if not address.startswith((self.base, "data:", "blob:")):
            self.faults.append(f"{role} {page.url}: asks {address}")

    def _heard(self, role: str, page: Page, words: str) -> None:
        """The browser says when a page has something that the security policy does not allow."""
        if "Content Security Policy" in words:
            self.faults.append(f"{role} {page.url}: {words}")

    def _open(self, page: Page, role: str, address: str, *, always: bool, look: bool, new: bool) -> list[str]:
        """Open a page, in the browser where it is to be looked at. Where its links lead within the site. Contrasts are
        measured on the first page of each name: others have the same parts."""
        answer = page.goto(address) if look else page.request.get(address)
        assert answer is not None
        if answer.status != 200:
            self.faults.append(f"{role} {address}: a link leads to {answer.status}")
            return []
        self.opened.setdefault(name_of(answer.url), set()).add(role)
        html = fromstring(answer.text())
        found = [urlsplit(urljoin(answer.url, href)) for href in html.xpath("//a/@href")]
        if look:
            seen = impersonal(html)
            if always or seen not in self.shown:
                self.faults += [f"{role} {name_of(address)} {address}: {fault}" for fault in faults(page, colours=new)]
            self.shown.add(seen)
        paths = [to.path + (f"?{to.query}" if to.query else "") for to in found
                 if to.netloc == urlsplit(answer.url).netloc and not to.path.endswith(FILES)]  # fmt: skip
        return [path for path in paths if name_of(path) not in NOT_PAGES]


def impersonal(html: HtmlElement) -> bytes:
    """The page without the reader's name in its head and the keys of its forms: another with the same is no other to
    look at."""
    for part in html.xpath("//*[@class='person'] | //input[@name='csrfmiddlewaretoken' or @name='once_key']"):
        part.drop_tree()
    return bytes(tostring(html))


def write_a_draft(people: People) -> None:
    """A directive that nobody has been sent, so that its pages have links to them."""
    context = people.who("coordinator")
    page = context.new_page()
    page.goto("/21/2024/direktiv/nytt/")
    page.get_by_label("Område", exact=True).select_option(index=1)
    page.get_by_label("Nummer", exact=True).fill("9")
    page.get_by_label("Rubrik", exact=True).fill("Samtalsstöd")
    page.get_by_label("Sista dag att rapportera").fill("2024-12-31")
    page.get_by_role("button", name="Spara utkastet").click()
    page.get_by_role("link", name="Ändra").wait_for()
    context.close()


def upload_a_template(people: People) -> None:
    """A Word template of the county's own, so that its page has a link to it."""
    context = people.who("coordinator")
    page = context.new_page()
    page.goto("/21/2024/arsrapport/mallar/ny/")
    page.get_by_label("Mallen").set_input_files({"name": "mall.docx", "mimeType": "x/x", "buffer": swedish()})
    page.get_by_role("button", name="Ladda upp").click()
    page.get_by_role("button", name="Använd mallen").wait_for()
    context.close()


def hand_in_a_document(people: People) -> None:
    """A plan as a Word file, so that its pages have links to them."""
    context = people.who("coordinator", scripts=True)
    page = context.new_page()
    page.goto("/21/2024/dokument/")
    content = word(p("Suicidprevention", style="Heading1") + p("Syfte") + p("Fler vågar fråga."))
    page.get_by_label("Dokumentet").set_input_files(
        {"name": "Förra planen.docx", "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_role("button", name="Läs dokumentet").click()
    page.get_by_role("link", name="Gör planen").wait_for()
    context.close()


def add_a_file(people: People) -> None:
    """A file at the plan, so that its page has a link to it."""
    context = people.who("coordinator")
    page = context.new_page()
    page.goto("/21/2024/plan/alla/")
    page.get_by_role("row").filter(has_text="2024").get_by_role("link").first.click()
    page.get_by_role("link", name="Ny fil", exact=True).click()
    page.get_by_label("Fil", exact=True).set_input_files({"name": "a.txt", "mimeType": "x/x", "buffer": b"hej"})
    page.get_by_role("button", name="Lägg till filen").click()
    page.get_by_role("link", name="a.txt", exact=True).wait_for()
    context.close()


@pytest.fixture(scope="module")
def walk(people: People) -> Walk:
    write_a_draft(people)
    upload_a_template(people)
    hand_in_a_document(people)
    add_a_file(people)
    walk = Walk(people.site.base)
    for role, organisation in ROLES:
        stranger = role == "stranger"
        context = people.stranger(scripts=True) if stranger else people.who(role, organisation, scripts=True)
        starts = ["/"] if stranger else ["/skrivbord/"]
        if role == "administrator":
            starts.append("/ui/")
        walk.through(context, role, starts)
        context.close()
    return walk


def test_no_page_has_a_fault(walk: Walk) -> None:
    assert not walk.faults, "\n".join(walk.faults)


def test_every_page_is_reached_by_links(walk: Walk) -> None:
    table = set(names(get_resolver().url_patterns))
    assert table - set(walk.opened) - NOT_PAGES - ELSEWHERE == set()
    assert len(walk.opened) > 40


def test_the_report_as_a_page_of_its_own_has_no_fault(people: People) -> None:
    """The file that is downloaded, opened from the disk."""
    context = people.stranger(scripts=True)
    page = context.new_page()
    (report,) = (people.site.directory / "reports").glob("21-2024-directive.html")
    page.goto(report.as_uri())
    found = list(faults(page))
    assert not found, "\n".join(found)
    context.close()
