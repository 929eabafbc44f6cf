"""Eight people type in one report at once, against the real server: nothing is lost, nobody meets an error.

Each sends over HTTP what the form's script sends: six in fields of their own, two in the same field, who are shown each
other's text and go on with both.
"""

from __future__ import annotations

import json
import re
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tests.journeys.site import Site, started

PEOPLE, ROUNDS = 8, 12
REPORT = "/21/2024/aterrapporter/14/"
OWN = ["participants", "instructors", "courses_held", "obstacles", "next_year", "use_of_money-other"]
SHARED = "done"


class Person(threading.Thread):
    """Signs in, opens the form and saves again and again."""

    def __init__(self, site: Site, role: str, field: str, number: int, gate: threading.Barrier) -> None:
        super().__init__()
        self.site, self.role, self.field, self.number, self.gate = site, role, field, number, gate
        self.jar = CookieJar()
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.version, self.text, self.wrong, self.met = 0, "", list[str](), 0
        self.slowest = 0.0

    @property
    def code(self) -> str:
        return self.field.split("-")[0]

    def send(self, path: str, fields: dict[str, str] | None = None) -> str:
        token = next((one.value for one in self.jar if one.name == "csrftoken"), "")
        body = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": token}).encode() if fields is not None else None
        begun = time.monotonic()
        with self.browser.open(self.site.base + path, body, timeout=60) as answer:
            text: str = answer.read().decode()
        self.slowest = max(self.slowest, time.monotonic() - begun)
        return text

    def said(self, round_: int) -> str:
        if self.field in {"obstacles", "next_year"}:
            return f"person {self.number}, gång {round_}"
        return str(self.number * 100 + round_)

    def run(self) -> None:
        try:
            self.type()
        except (urllib.error.HTTPError, OSError, AssertionError, ValueError) as error:
            self.wrong.append(repr(error))
            self.gate.abort()

    def type(self) -> None:
        sign_in = self.site.sign_in_of(self.role, "Nordanstig")
        self.send("/konto/logga-in/")
        self.send("/konto/logga-in/", {"username": sign_in["email"], "password": sign_in["password"]})
        page = self.send(REPORT)
        self.version = int(re.search(rf'name="v-{self.code}" value="(\d+)"', page)[1])  # type: ignore[index]
        self.slowest = 0.0
        self.gate.wait(120)
        for round_ in range(1, ROUNDS + 1):
            self.text = f"{self.text}\nP{self.number}R{round_}".strip() if self.field == SHARED else self.said(round_)
            while not self.stored():
                pass

    def stored(self) -> bool:
        """One save as the script posts it. On the same answer as somebody else: both texts, on the other's version."""
        sent = {f"v-{self.code}": str(self.version), f"a-{self.field}": self.text}
        answer = json.loads(self.send(f"{REPORT}spara/", sent))
        if self.code in answer["versions"]:
            self.version = answer["versions"][self.code]
            return True
        assert self.field == SHARED, answer["trouble"]
        theirs = re.search(r'name="theirs-done" value="(\d+)"', answer["trouble"][SHARED])
        shown = re.findall(r"P\d+R\d+", answer["trouble"][SHARED])
        assert theirs is not None
        self.met += 1
        self.version = int(theirs[1])
        self.text = "\n".join(dict.fromkeys([*shown, *self.text.split("\n")]))
        return False


def test_eight_people_type_at_once_and_nothing_is_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with started(tmp_path) as site:
        gate = threading.Barrier(PEOPLE)
        fields = [*OWN, SHARED, SHARED]
        roles = ["party_reporter", "party_approver"]
        people = [Person(site, roles[at % 2], field, at + 1, gate) for at, field in enumerate(fields)]
        begun = time.monotonic()
        for person in people:
            person.start()
        for person in people:
            person.join(240)
        assert [person.wrong for person in people] == [[]] * PEOPLE
        page = people[0].send(REPORT)
        for person in people[: len(OWN)]:
            assert person.said(ROUNDS) in page.replace("\N{NO-BREAK SPACE}", ""), person.field
        told = re.search(r'<textarea name="a-done"[^>]*>(.*?)</textarea>', page, re.DOTALL)
        assert told is not None
        assert {f"P{number}R{round_}" for number in (7, 8) for round_ in range(1, ROUNDS + 1)} <= set(told[1].split())
        met = sum(person.met for person in people)
        took, slowest = time.monotonic() - begun, max(person.slowest for person in people)
        with capsys.disabled():
            sys.stdout.write(
                f"\n{PEOPLE * ROUNDS + met} saves by {PEOPLE} people in {took:.1f} s, {met} met another's text, "
                f"the slowest took {slowest:.2f} s\n"
            )
