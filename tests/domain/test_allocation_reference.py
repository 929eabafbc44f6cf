"""The reference page says what the engine does: every example on it is reckoned again."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from samplan.domain.allocation import Row, allocate, levy, prove
from samplan.domain.allocation_keys import Key, Levy, Population, from_data
from samplan.domain.exact import decimals

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "allocation.md").read_text(encoding="utf-8")
CODES = {"Ockelbo": "2101", "Hofors": "2104", "Gävle": "2180", "Region Gävleborg": "21"}
AMOUNT = 1_000_000
EXAMPLES = re.findall(r"^### (.+?)\n\n`(.+?)`\n(.*?)(?=^#)", PAGE, re.MULTILINE | re.DOTALL)
LINE = re.compile(r"^\| ([^|*]+?) \| ([\d ]+) \| ([\d.]+) \| ([\d ]+) \|$", re.MULTILINE)
PARTS = re.compile(r"^\| (\S+) \| ([\d ]+) \| ([\d ]+) \| ([\d ]+) \|$", re.MULTILINE)
SUM = re.compile(r"\*\*([\d ]+)\*\*, remainder (-?[\d ]+)")


def whole(text: str) -> int:
    return int(text.replace(" ", ""))


def group(code: str) -> str:
    return "region" if len(code) == 2 else "municipalities"


@pytest.mark.parametrize(("title", "key", "text"), EXAMPLES, ids=[title for title, _key, _text in EXAMPLES])
def test_an_example_is_what_the_engine_gives(title: str, key: str, text: str) -> None:
    printed = LINE.findall(text)
    rows = [Row(CODES[name], name, whole(weight), group(CODES[name])) for name, weight, _exact, _amount in printed]
    made, way = from_data(json.loads(key)), "largest-remainder"
    allocation = levy(made, rows, way) if isinstance(made, Levy) else allocate(AMOUNT, made, rows, way)
    prove(allocation)
    for share, (name, _weight, exact, amount) in zip(allocation.shares, printed, strict=True):
        assert (share.name, share.amount, decimals(share.exact, 2)) == (name, whole(amount), exact), title
    ((total, remainder),) = SUM.findall(text)
    assert (allocation.total, allocation.remainder) == (whole(total), whole(remainder))


def test_every_key_has_an_example() -> None:
    keys = {kind.name for kind in Key.__args__}  # type: ignore[attr-defined]
    assert {json.loads(key)["key"] for _title, key, _text in EXAMPLES} == keys


def test_the_explanation_is_the_engines() -> None:
    rows = [Row("2101", "Ockelbo", 5709), Row("2104", "Hofors", 9216), Row("2180", "Gävle", 104030)]
    shown, _levy = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    allocation = allocate(AMOUNT, Population(), rows, "largest-remainder")
    assert json.loads(shown) == json.loads(json.dumps(allocation.shares[0].explanation))


def test_the_explanation_of_a_levy_is_the_engines() -> None:
    """What each got from two grants, and the way to what Ockelbo pays of it."""
    table, _rest = PAGE.split("### Levy")[1].split("### ", 1)[0].split("\n\n| party | weight |", 1)
    rows = [
        Row(CODES[name], name, whole(got), parts=(("3.4", whole(one)), ("Kurser", whole(other))))
        for name, one, other, got in PARTS.findall(table)
    ]
    shown = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)[1]
    key = next(from_data(json.loads(key)) for title, key, _text in EXAMPLES if title == "Levy")
    assert isinstance(key, Levy)
    allocation = levy(key, rows, "largest-remainder")
    prove(allocation)
    assert json.loads(shown) == json.loads(json.dumps(allocation.shares[0].explanation))
