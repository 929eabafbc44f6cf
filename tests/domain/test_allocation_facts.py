"""What was decided about an allocation is read again, whichever version wrote it."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from samplan.domain.allocation_facts import AllocationFacts, ShareFacts, SourceFacts, read, write

# As version 0.1.0 froze it before there were levies, to the letter.
FORMAT_1 = (
    '{"amount":2400001,"county":"21","decision_point":"0b1c2d3e-0000-4000-8000-000000000001","format":1,'
    '"key":{"catchment":["2101","2180"],"from":0,"key":"age","outside":50000,"to":25},'
    '"population_on":"2019-12-31","rounding":"largest-remainder",'
    '"shares":[{"amount":50000,"name":"Ockelbo","party":"2101","weight":"5709"},'
    '{"amount":2350001,"name":"Gävle","party":"2180","weight":"104030"}],"title":"Direktiv 3","year":2024}'
)
LEVY = AllocationFacts(
    "Suicidprevention", "21", 2024, 25, {"key": "levy", "percent": "2.5", "exempt": {}}, "nearest", "uid", None,
    (ShareFacts("2101", "Ockelbo", "1000", 25, ({"step": "levy", "percent": "2.5", "of": "1000", "exact": "25"},)),),
    "levy", (SourceFacts("uid", "grant", "3.4. Kunskap", "municipalities", 1000),),
)  # fmt: skip


def test_the_first_format_is_read_with_nothing_lost() -> None:
    facts = read(FORMAT_1, hashlib.sha256(FORMAT_1.encode()).hexdigest())
    assert (facts.title, facts.amount, facts.kind, facts.sources) == ("Direktiv 3", 2_400_001, "shared", ())
    assert facts.key["catchment"] == ["2101", "2180"]
    assert facts.shares == (
        ShareFacts("2101", "Ockelbo", "5709", 50_000), ShareFacts("2180", "Gävle", "104030", 2_350_001),
    )  # fmt: skip


def test_what_is_written_comes_back() -> None:
    kept = write(LEVY)
    assert read(kept.text, kept.sha256) == LEVY
    assert write(read(kept.text, kept.sha256)) == kept


def test_a_changed_text_and_a_later_format_are_refused() -> None:
    kept = write(LEVY)
    with pytest.raises(ValueError, match="changed"):
        read(kept.text.replace("25", "26"), kept.sha256)
    later = write(replace(LEVY, format=3))
    with pytest.raises(ValueError, match="format 3"):
        read(later.text, later.sha256)
