"""What people do to a draft: every edit, by role and from every state, two people at once, and taken back."""

from __future__ import annotations

import json
import threading
from functools import partial
from typing import Any

import pytest
from django.db import connection

from samplan.base.audit.models import Event
from samplan.domain.access import Actor, Role
from samplan.domain.drafts.edits import UNDO, VERBS
from samplan.domain.drafts.tree import PLAN, Tree, counted
from samplan.domain.errors import Invalid, Refused
from samplan.edges.imports.models import Draft, DraftContent, DraftEdit
from samplan.edges.imports.operations.editing import change_draft, take_back
from samplan.edges.imports.queries import edits_of, tree_of
from tests.drafts_by_hand import SMALL, bit_of, node_of, reading
from tests.drafts_by_hand import tree_of as tree_of_lines
from tests.small_year import AT, load_places
from tests.stored_drafts import STATES, a_document, an_actor

ANNA, BO = an_actor(Role.COORDINATOR), an_actor(Role.COORDINATOR, number=2)


def tree(draft: Draft) -> Tree:
    return tree_of(DraftContent.objects.get(draft=draft), edits_of(draft))[0]


def edit(draft: Draft, verb: str, *, by: Actor = ANNA, seen: int = 0, anyway: bool = False, **values: Any) -> DraftEdit:
    return change_draft(by=by, at=AT, draft=draft, verb=verb, values=values, seen=seen, anyway=anyway)


def possible(now: Tree) -> dict[str, dict[str, Any]]:
    """Values with which each edit can be done to the small draft."""
    course, net, area = (node_of(now, name) for name in ("Kurser i samtal", "Stöd på nätet", "Suicidprevention"))
    bit, after = bit_of(now, "Fler vågar fråga."), bit_of(now, "Ingen ska stå ensam.")
    return {
        "move": {"bits": [bit], "node": net, "slot": "result"}, "aside": {"bits": [bit]},
        "write": {"bit": bit, "text": "Alla vågar fråga."}, "split": {"bit": bit, "at": 5},
        "join": {"bit": bit, "with": after}, "new": {"bit": after, "kind": "activity", "under": area},
        "merge": {"node": net, "into": course}, "rename": {"node": course, "title": "Kurser"},
        "place": {"node": course, "under": area}, "kind": {"node": course, "kind": "directive", "under": area},
        "sort": {"node": node_of(now, "Inledning"), "sort": "values"}, "settle": {"question": 0},
        "check": {"node": PLAN}, "years": {"years": [2023, 2024]},
    }  # fmt: skip


def asked() -> Draft:
    raw = reading()
    raw["draft"]["questions"] = [
        {
            "kind": "amount",
            "code": "same_digits",
            "text": "250 tkr",
            "amount": 250,
            "likely": 250_000,
            "at": {"page": 3, "line": 26},
        }
    ]
    return a_document(raw=raw)


@pytest.mark.django_db
@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("role", list(Role))
def test_every_edit_by_every_role(verb: str, role: Role) -> None:
    draft = asked()
    values = possible(tree(draft))[verb]
    if role is Role.COORDINATOR:
        row = edit(draft, verb, **values)
        draft.refresh_from_db()
        assert (row.number, draft.version) == (1, 1)
        assert json.loads(row.values) == values
        parts = counted(tree(draft))
        assert parts.placed + parts.unplaced + parts.aside == tree(draft).source["characters"]
        assert tree_of(DraftContent.objects.get(draft=draft), edits_of(draft))[1] == {}
    for actor in (an_actor(role, "25"), *(() if role is Role.COORDINATOR else (an_actor(role),))):
        with pytest.raises(Refused, match="forbidden"):
            edit(draft, verb, by=actor, **values)
        with pytest.raises(Refused, match="forbidden"):
            take_back(by=actor, at=AT, draft=draft, number=1, seen=0)
    assert DraftEdit.objects.count() == int(role is Role.COORDINATOR)


@pytest.mark.django_db
@pytest.mark.parametrize("state", [state for state in STATES if state != "read"])
@pytest.mark.parametrize("verb", [*VERBS, UNDO])
def test_only_a_draft_that_is_read_and_no_plan_yet_is_edited(state: str, verb: str) -> None:
    load_places()
    draft = a_document(state)
    values = possible(tree_of_lines()).get(verb, {})
    press = partial(take_back, number=1) if verb == UNDO else partial(change_draft, verb=verb, values=values)
    with pytest.raises(Refused, match="draft_closed"):
        press(by=ANNA, at=AT, draft=draft, seen=0)
    assert DraftEdit.objects.count() == 0


@pytest.mark.django_db
def test_edits_are_kept_in_order_with_who_and_when_and_traced_once_a_sitting() -> None:
    draft = asked()
    for verb, values in possible(tree(draft)).items():
        if verb in ("rename", "years", "settle", "check", "sort"):
            edit(draft, verb, **values)
    rows = edits_of(draft)
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    assert {(row.by_name, row.by_id, row.at) for row in rows} == {(ANNA.name, 1, AT)}
    draft.refresh_from_db()
    assert (draft.parts, draft.parts_checked) == (4, 1)
    assert Event.objects.filter(verb="draft_checked", subject_uid=draft.uid).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verb", "values", "code"),
    [
        ("write", {"text": "En boende, 121212-1212, fick hjälp."}, "personal_number"),
        ("write", {"text": "En boende, 121212-████, fick hjälp."}, "personal_number"),
        ("write", {"text": " \n"}, "required"), ("write", {"text": "x" * 100_001}, "too_long"),
        ("rename", {"title": "121212-1212"}, "personal_number"), ("rename", {"title": ""}, "required"),
        ("rename", {"title": "x" * 301}, "too_long"), ("years", {"years": [1999]}, "unknown_choice"),
        ("eat", {}, "unknown_choice"), ("move", {"bits": [7], "slot": "goal"}, "unknown_choice"),
        ("move", {"slot": "goal"}, "unknown_choice"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_told_and_nothing_is_written(verb: str, values: dict[str, Any], code: str) -> None:
    draft = a_document()
    now = tree(draft)
    given = {"bit": bit_of(now, "Fler vågar fråga."), "node": node_of(now, "Kurser i samtal")} | values
    with pytest.raises(Invalid) as refused:
        edit(draft, verb, **given)
    assert refused.value.code == code
    assert DraftEdit.objects.count() == 0


@pytest.mark.django_db
def test_what_cannot_be_done_is_told() -> None:
    draft = a_document()
    course = node_of(tree(draft), "Kurser i samtal")
    with pytest.raises(Refused, match="draft_gone"):
        edit(draft, "aside", bits=["b999"])
    with pytest.raises(Refused, match="draft_unfit"):
        edit(draft, "merge", node=course, into=course)
    with pytest.raises(Refused, match="draft_gone"):
        take_back(by=ANNA, at=AT, draft=draft, number=1, seen=0)


@pytest.mark.django_db
def test_two_people_on_different_things_never_disturb_each_other() -> None:
    draft = a_document()
    values = possible(tree(draft))
    edit(draft, "rename", **values["rename"])
    edit(draft, "move", by=BO, seen=0, **values["move"])
    edit(draft, "place", by=ANNA, seen=1, node=node_of(tree(draft), "Anhöriggruppen"), under=values["place"]["under"])
    assert [row.by_name for row in edits_of(draft)] == [ANNA.name, BO.name, ANNA.name]


@pytest.mark.django_db
def test_two_people_on_the_same_thing_both_say_what_they_want() -> None:
    draft = a_document()
    now = tree(draft)
    bit, net = bit_of(now, "Fler vågar fråga."), node_of(now, "Stöd på nätet")
    edit(draft, "write", bit=bit, text="Annas text.")
    with pytest.raises(Refused) as refused:
        edit(draft, "move", by=BO, seen=0, bits=[bit], node=net, slot="goal")
    assert (refused.value.code, refused.value.params) == ("draft_changed", {"by": ANNA.name, "edit": 1})
    # Who has seen it, and who says so all the same, goes on; one's own edits are in nobody's way.
    edit(draft, "move", by=BO, seen=1, bits=[bit], node=net, slot="goal")
    edit(draft, "write", by=ANNA, seen=0, anyway=True, bit=bit, text="Annas andra text.")
    edit(draft, "write", by=ANNA, seen=0, anyway=True, bit=bit, text="Annas tredje text.")
    assert tree(draft).texts(tree(draft).nodes[net], "goal") == ["Annas tredje text."]
    with pytest.raises(Refused, match="draft_changed"):
        take_back(by=ANNA, at=AT, draft=draft, number=1, seen=1)


@pytest.mark.django_db
def test_anything_is_taken_back_and_done_again_in_any_order() -> None:
    draft = a_document()
    course = node_of(tree(draft), "Kurser i samtal")
    edit(draft, "rename", node=course, title="Ett")
    edit(draft, "rename", node=course, title="Två")
    undo = take_back(by=ANNA, at=AT, draft=draft, number=2, seen=2)
    assert tree(draft).title(tree(draft).nodes[course]) == "Ett"
    take_back(by=ANNA, at=AT, draft=draft, number=1, seen=3)
    assert tree(draft).title(tree(draft).nodes[course]) == "Kurser i samtal"
    take_back(by=ANNA, at=AT, draft=draft, number=undo.number, seen=4)
    assert tree(draft).title(tree(draft).nodes[course]) == "Två"
    with pytest.raises(Refused, match="draft_gone"):
        take_back(by=ANNA, at=AT, draft=draft, number=1, seen=5)
    assert [row.verb for row in edits_of(draft)] == ["rename", "rename", UNDO, UNDO, UNDO]


@pytest.mark.django_db
def test_an_edit_whose_ground_is_taken_back_waits_for_it() -> None:
    draft = a_document()
    now = tree(draft)
    bit = bit_of(now, "Fler vågar fråga.")
    edit(draft, "new", bit=bit, kind="activity", under=node_of(now, "Suicidprevention"))
    edit(draft, "rename", node="n1", title="Våga fråga")
    take_back(by=ANNA, at=AT, draft=draft, number=1, seen=2)
    after, failed = tree_of(DraftContent.objects.get(draft=draft), edits_of(draft))
    assert failed == {2: "draft_gone"}
    assert after.place_of(bit) == (node_of(after, "Kurser i samtal"), "purpose")
    take_back(by=ANNA, at=AT, draft=draft, number=3, seen=3)
    assert tree(draft).title(tree(draft).nodes["n1"]) == "Våga fråga"


@pytest.mark.django_db
def test_what_was_read_is_never_changed() -> None:
    draft = a_document()
    before = DraftContent.objects.get(draft=draft).tree
    edit(draft, "aside", node=node_of(tree(draft), "Barn och unga"))
    assert DraftContent.objects.get(draft=draft).tree == before
    assert len(SMALL) > 30


def test_two_presses_at_once_are_two_edits(committed: None) -> None:
    """Both are kept, each with its own number, or the second is told of the first."""
    draft = a_document()
    now = tree(draft)
    bits = [bit_of(now, text) for text in ("Fler vågar fråga.", "Ingen ska stå ensam.", "Tolv tusen besök.")]
    gate, results = threading.Barrier(4), list[Any]()

    def press(number: int) -> None:
        try:
            gate.wait(10)
            actor = an_actor(Role.COORDINATOR, number=number)
            results.append(edit(draft, "aside", by=actor, bits=[bits[number % 3]]).number)
        except Refused as error:
            results.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(map(str, results)) == ["1", "2", "3", "draft_changed"]
    assert counted(tree(draft)).bits_aside == 3
