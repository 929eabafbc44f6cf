"""Frozen facts: one text for one value, exact, and a change is noticed."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samplan.domain.facts import canonical_json, frozen, thaw

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(alphabet=st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(alphabet=st.characters(codec="utf-8")), inner),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"b": 1, "a": [True, None, "å"]}, '{"a":[true,null,"å"],"b":1}'),
        ({"ö": 1, "z": 2}, '{"z":2,"ö":1}'),
        (("x", 12_500_000_000), '["x",12500000000]'),
        ("", '""'),
        ({}, "{}"),
    ],
)
def test_canonical_text(data: Any, text: str) -> None:
    assert canonical_json(data) == text


@pytest.mark.parametrize("data", [1.0, {"a": [0.5]}, float("nan"), {1: "a"}, {"a": object()}, {"a": {1, 2}}, b"a"])
def test_what_is_not_exact_is_refused(data: Any) -> None:
    with pytest.raises(TypeError):
        canonical_json(data)


@given(VALUES)
def test_thawed_is_what_was_frozen(data: Any) -> None:
    ice = frozen(data)
    assert thaw(ice.text, ice.sha256) == data
    assert ice.sha256 == hashlib.sha256(ice.text.encode()).hexdigest()
    assert frozen(thaw(ice.text, ice.sha256)) == ice


@given(st.dictionaries(st.text(alphabet="abåäö", max_size=3), VALUES, min_size=2))
def test_the_order_of_names_does_not_matter(data: dict[str, Any]) -> None:
    assert canonical_json(dict(reversed(data.items()))) == canonical_json(data)


def test_a_changed_text_is_noticed() -> None:
    ice = frozen({"kronor": 1})
    with pytest.raises(ValueError, match="changed"):
        thaw(ice.text.replace("1", "2"), ice.sha256)
