"""What a person does to a draft, one edit at a time and anything that anybody does: nothing of the source is lost."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samplan.domain.drafts.edits import KINDS, LOST, UNFIT, VERBS, Edit, Impossible, carry_out, touched
from samplan.domain.drafts.making import made, shape_of
from samplan.domain.drafts.opening import opened
from samplan.domain.drafts.tree import (
    CHAPTER_SORTS,
    OUTSIDE,
    PLAN,
    SLOTS,
    UNDER,
    Tree,
    counted,
    from_data,
    slots_of,
    to_data,
)
from tests.drafts_by_hand import SMALL, Line, bit_of, edited, node_of, reading, tree_of

LABELS = {slot: slot for slots in SLOTS.values() for slot in slots}
UNNAMED = dict.fromkeys(KINDS, "Utan namn")
READ = to_data(opened(reading()))


def test_moving_a_bit() -> None:
    tree = tree_of()
    bit, other = bit_of(tree, "Ingen ska stå ensam."), node_of(tree, "Stöd på nätet")
    edited(tree, "move", bits=[bit], node=other, slot="result", before=bit_of(tree, "Tolv tusen besök."))
    assert tree.texts(tree.nodes[other], "result") == ["Ingen ska stå ensam.", "Tolv tusen besök."]
    with pytest.raises(Impossible) as refused:
        edited(tree, "move", bits=[bit], node=PLAN, slot="purpose")
    assert refused.value.code == UNFIT
    with pytest.raises(Impossible) as refused:
        edited(tree, "move", bits=["b999"], node=other, slot="result")
    assert refused.value.code == LOST


def test_splitting_and_joining_give_the_same_text() -> None:
    tree = tree_of()
    bit = bit_of(tree, "Unga mår sämre än förr.")
    characters = tree.bits[bit].characters
    edited(tree, "split", 7, bit=bit, at=10)
    assert (tree.bits[bit].text, tree.bits[f"{bit}.7"].text) == ("Unga mår s", "ämre än förr.")
    assert tree.bits[bit].characters + tree.bits[f"{bit}.7"].characters == characters
    edited(tree, "join", **{"bit": bit, "with": f"{bit}.7"})
    assert tree.bits[bit].text == "Unga mår s ämre än förr."
    with pytest.raises(Impossible):
        edited(tree, "split", bit=bit, at=0)
    with pytest.raises(Impossible):
        edited(tree, "join", **{"bit": bit, "with": bit_of(tree, "Fler vågar fråga.")})


def test_two_activities_become_one_and_one_becomes_two() -> None:
    tree = tree_of()
    first, second = node_of(tree, "Kurser i samtal"), node_of(tree, "Stöd på nätet")
    edited(tree, "merge", node=second, into=first)
    node = tree.nodes[first]
    assert second not in tree.nodes
    assert tree.texts(node, "description") == ["Stöd på nätet"]
    assert tree.texts(node, "result") == ["Tolv tusen besök."]

    edited(tree, "new", 2, bit=bit_of(tree, "Stöd på nätet"), kind="activity", under=node.parent, rest=True)
    made_now = tree.nodes["n2"]
    assert tree.title(made_now) == "Stöd på nätet"
    assert tree.texts(made_now, "result") == ["Tolv tusen besök."]
    assert tree.texts(tree.nodes[first], "result") == []
    # What stands before it in the document stays.
    assert tree.texts(made_now, "purpose") == []
    assert tree.texts(tree.nodes[first], "purpose") == ["Fler vågar fråga.", "Ingen ska stå ensam."]
    assert [one.id for one in tree.under(node.parent)][:2] == [first, "n2"]


def test_a_node_is_put_elsewhere_renamed_and_taken_for_something_else() -> None:
    tree = tree_of()
    course, area, suicide = (node_of(tree, name) for name in ("Kurser i samtal", "Barn och unga", "Suicidprevention"))
    edited(tree, "place", node=course, under=suicide)
    assert [one.id for one in tree.under(suicide)] == [course]
    edited(tree, "rename", node=course, title="Kurser")
    assert tree.title(tree.nodes[course]) == "Kurser"
    edited(tree, "kind", node=course, kind="directive", under=suicide)
    assert tree.nodes[course].kind == "directive"
    edited(tree, "place", node=suicide, under=area, before=node_of(tree, "Skolsociala team"))
    assert [one.id for one in tree.under(area, "area")] == [suicide]
    for values in (
        {"node": area, "under": suicide}, {"node": course, "under": PLAN}, {"node": PLAN, "under": area},
        {"node": area, "under": PLAN, "before": area},
    ):  # fmt: skip
        with pytest.raises(Impossible):
            edited(tree, "place", **values)
    with pytest.raises(Impossible):
        edited(tree, "kind", node=area, kind="chapter", under=PLAN)


def test_an_area_without_anything_under_it_becomes_a_chapter_in_the_documents_order() -> None:
    tree = tree_of()
    node = node_of(tree, "Anhöriggruppen")
    edited(tree, "move", bits=[bit_of(tree, "Se även bilaga 3.")], node=node, slot="background")
    edited(tree, "kind", node=node, kind="chapter", under=PLAN)
    assert tree.texts(tree.nodes[node], "text") == ["Föreningen möter anhöriga.", "Se även bilaga 3."]
    assert tree.nodes[node].sort == "other"
    edited(tree, "sort", node=node, sort="values")
    assert tree.nodes[node].sort == "values"


def test_what_is_put_aside_is_kept_and_comes_back() -> None:
    tree = tree_of()
    area = node_of(tree, "Barn och unga")
    edited(tree, "aside", node=area)
    assert area not in tree.nodes
    assert len(tree.nodes[PLAN].slots["aside"]) == 21
    bit = bit_of(tree, "Skolan är trygg.")
    edited(tree, "move", bits=[bit], node=node_of(tree, "Suicidprevention"), slot="goals_long")
    assert counted(tree).bits_aside == 20
    edited(tree, "aside", bits=[bit])
    assert tree.place_of(bit) == (PLAN, "aside")


def test_a_text_is_written_anew_and_the_source_stays() -> None:
    tree = tree_of()
    bit = bit_of(tree, "250 tkr")
    before = tree.bits[bit].characters
    edited(tree, "write", bit=bit, text="250 000 kronor")
    assert (tree.bits[bit].text, tree.bits[bit].own, tree.bits[bit].characters) == ("250 000 kronor", True, before)
    edited(tree, "years", years=[2023, 2024])
    edited(tree, "check", node=node_of(tree, "Inledning"))
    assert tree.years == [2023, 2024]
    assert len(tree.checked) == 1


def test_an_edit_whose_ground_is_gone_is_told_and_does_nothing() -> None:
    tree = tree_of()
    bit = bit_of(tree, "Unga mår sämre än förr.")
    failed = carry_out(
        tree,
        [Edit(1, "move", {"bits": [f"{bit}.9"], "node": PLAN, "slot": "aside"}),
         Edit(2, "aside", {"bits": [bit]}), Edit(3, "settle", {"question": 4})],
    )  # fmt: skip
    assert failed == {1: LOST, 3: UNFIT}
    assert tree.place_of(bit) == (PLAN, "aside")


# Anything that anybody does.


@st.composite
def edits(draw: st.DrawFn, number: int, tree: Tree) -> Edit:
    """An edit with ids that are there, mostly."""
    bits, nodes = st.sampled_from(sorted(tree.bits)), st.sampled_from(sorted(tree.nodes))
    verb = draw(st.sampled_from(VERBS))
    node = tree.nodes[draw(nodes)]
    slot = draw(st.sampled_from([*SLOTS[node.kind], "further"]))
    kind = draw(st.sampled_from(KINDS))
    above = [one.id for one in tree.nodes.values() if one.kind in UNDER[kind]]
    under = draw(st.sampled_from(above)) if above else PLAN
    values: dict[str, Any] = {
        "move": lambda: {"bits": draw(st.lists(bits, min_size=1, max_size=3)), "node": node.id, "slot": slot,
                         "before": draw(bits)},
        "aside": lambda: {"node": node.id} if draw(st.booleans()) else {"bits": [draw(bits)]},
        "write": lambda: {"bit": draw(bits), "text": "En ny text."},
        "split": lambda: {"bit": draw(bits), "at": draw(st.integers(0, 30))},
        "join": lambda: {"bit": draw(bits), "with": draw(bits)},
        "new": lambda: {"bit": draw(bits), "kind": kind, "under": under, "rest": draw(st.booleans())},
        "merge": lambda: {"node": node.id, "into": draw(nodes)},
        "rename": lambda: {"node": node.id, "title": "Nytt namn"},
        "place": lambda: {"node": node.id, "under": draw(nodes), "before": draw(nodes)},
        "kind": lambda: {"node": node.id, "kind": kind, "under": under},
        "sort": lambda: {"node": node.id, "sort": draw(st.sampled_from(CHAPTER_SORTS))},
        "settle": lambda: {"question": 0},
        "check": lambda: {"node": node.id},
        "years": lambda: {"years": [2024]},
    }[verb]()  # fmt: skip
    return Edit(number, verb, values)


def whole(tree: Tree) -> None:
    """Every bit in one slot of one node, every node under one that may have it, every character counted."""
    placed = [bit for node in tree.nodes.values() for slot in node.slots.values() for bit in slot]
    assert sorted(placed) == sorted(tree.bits)
    assert sum(bit.characters for bit in tree.bits.values()) == tree.source["characters"]
    parts = counted(tree)
    assert parts.placed + parts.unplaced + parts.aside == tree.source["characters"]
    assert {node.id for node in tree.within(PLAN)} == set(tree.nodes)
    for node in tree.nodes.values():
        assert node.id == PLAN or tree.nodes[node.parent].kind in UNDER[node.kind]
        assert set(node.bits()) == {bit for slot in slots_of(node) for bit in node.slots.get(slot, ())}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_nothing_is_lost_whatever_is_done(data: st.DataObject) -> None:
    tree, done = from_data(deepcopy(READ)), list[Edit]()
    for number in range(1, data.draw(st.integers(1, 14)) + 1):
        edit = data.draw(edits(number, tree))
        assert isinstance(touched(edit), frozenset)
        before = to_data(tree)
        failed = carry_out(tree, [edit])
        whole(tree)
        if failed:
            assert to_data(tree) == before
        done.append(edit)
    # Carried out again, or with one of them taken back, they never break.
    again = from_data(deepcopy(READ))
    carry_out(again, done)
    assert to_data(again) == to_data(tree)
    fewer, taken_back = from_data(deepcopy(READ)), data.draw(st.integers(1, len(done)))
    carry_out(fewer, [edit for edit in done if edit.number != taken_back])
    whole(fewer)
    made_once(tree)


def made_once(tree: Tree) -> None:
    """What is made holds every placed text once, and nothing of what stays outside."""
    for name in tree.bits:
        tree.bits[name] = replace(tree.bits[name], text=f"<{name}>")
    result = made(tree, labels=LABELS, unnamed=UNNAMED, tags=["<b14>"])
    said = [
        result.title, *(part for one in result.texts for part in (one.title, one.text)),
        *(part for one in result.areas for part in (one.title, one.text, one.goal_fulfilment, one.next_steps)),
        *(goal.text for goal in result.goals), *(tag for one in result.areas for tag in one.tags),
        *(part for one in result.activities for part in (one.title, *one.texts.values(), *one.steps, *one.tags)),
        *(part for one in result.activities for row in (*one.further, *one.links) for part in row),
        *(part for one in result.directives for part in (one.title, *one.texts.values())),
    ]  # fmt: skip
    everything = " ".join(said)
    outside = {bit.id for bits in result.outside.values() for bit in bits}
    renamed = {bit for node in tree.nodes.values() if node.name for bit in node.slots.get("title", ())}
    assert {name: everything.count(f"<{name}>") for name in tree.bits} == {
        name: int(name not in outside | renamed) for name in tree.bits
    }
    numbers = [one.number for one in result.activities]
    assert len(numbers) == len(set(numbers))
    assert len({one.number for one in result.directives}) == len(result.directives)
    assert len({(one.parent, one.number) for one in result.areas}) == len(result.areas)


def test_what_is_made() -> None:
    result = made(tree_of(), labels={**LABELS, "result": "Resultat"}, unnamed=UNNAMED, tags=["halsa"])
    assert result.title == "Länets plan för psykisk hälsa 2023"
    assert [(one.kind, one.title, one.text) for one in result.texts] == [
        ("introduction", "Inledning", "Länet arbetar tillsammans.\n\nHär står hur.")
    ]
    assert [(one.number, one.title, one.next_steps) for one in result.areas] == [
        (1, "Barn och unga", ""), (2, "Suicidprevention", "En ny plan skrivs."),
    ]  # fmt: skip
    assert [(goal.horizon, goal.text) for goal in result.goals] == [
        ("county", "Fler vågar söka stöd."), ("long", "Skolan är trygg."), ("short", "Alla skolor har elevhälsa."),
    ]  # fmt: skip
    assert [(one.number, one.kind, one.title, one.tags) for one in result.activities] == [
        ("1.1", "activity", "Kurser i samtal", ("halsa",)), ("1.2", "activity", "Stöd på nätet", ()),
        ("1.3", "partnership", "Anhöriggruppen", ()),
    ]  # fmt: skip
    assert result.activities[0].texts == {
        "purpose": "Fler vågar fråga.\n\nIngen ska stå ensam.", "responsible": "Folkhälsoenheten",
    }  # fmt: skip
    assert result.activities[0].links == (("https://example.org/kurser", "https://example.org/kurser"),)
    assert result.activities[0].further == (("links", "www.example.org"),)
    assert result.activities[1].texts == {"funding": "250 tkr", "result": "Tolv tusen besök."}
    assert [one.texts for one in result.directives] == [
        {"purpose": "Närvaron ska öka.", "description": "### Resultat\n\nTio team finns."}
    ]
    assert {why: len(bits) for why, bits in result.outside.items()} == {
        "aside": 0, "unplaced": 1, "quiet": 1, "money": 1
    }  # fmt: skip
    made_once(tree_of())


def test_a_name_that_is_too_long_goes_on_in_the_text_and_none_is_told() -> None:
    words = " ".join(f"ord{place}" for place in range(80))
    tree = tree_of([*SMALL, ("areas.activities.title", "heading", words), ("areas.title", "heading", "Sist")])
    edited(tree, "move", bits=[bit_of(tree, "Sist")], node=PLAN, slot="aside")
    result = made(tree, labels=LABELS, unnamed=UNNAMED)
    long = result.activities[-1]
    assert len(long.title) <= 300
    assert f"{long.title} {long.texts['description']}" == words
    assert result.areas[-1].title == "Utan namn"
    assert len(result.unnamed) == 1
    made_once(tree)


def test_numbers_are_the_documents_own_where_they_can_be() -> None:
    lines: list[Line] = [("title", "heading", "Plan")]
    for number, title in (("3", "Först"), ("5", "Sedan")):
        lines += [("areas.number!", "heading", number), ("areas.title", "heading", title)]
        for own in ("1", "1", "x" * 30):
            lines += [("areas.activities.number!", "heading", own), ("areas.activities.title", "heading", "Insats")]
    result = made(tree_of(lines), labels=LABELS, unnamed=UNNAMED)
    assert [area.number for area in result.areas] == [3, 5]
    assert [one.number for one in result.activities] == ["1", "3.2", "3.3", "5.1", "5.2", "5.3"]


def test_a_covered_number_blocks_its_text() -> None:
    tree = tree_of([*SMALL, ("areas.fields.result", "paragraph", "En boende, 121212-1212, fick hjälp.")])
    assert [bit.text[:9] for bit in made(tree, labels=LABELS, unnamed=UNNAMED).blocked] == ["En boende"]
    edited(tree, "move", bits=[made(tree, labels=LABELS, unnamed=UNNAMED).blocked[0].id], node=PLAN, slot="aside")
    assert made(tree, labels=LABELS, unnamed=UNNAMED).blocked == ()


@pytest.mark.parametrize(
    ("taken_away", "shape"),
    [((), "directive"), (("directives",), "fulfilment"), (("directives", "next_steps"), "goals"),
     (("directives", "next_steps", "goals"), "efforts")],
)  # fmt: skip
def test_the_shape_fits_what_was_found(taken_away: tuple[str, ...], shape: str) -> None:
    lines = [line for line in SMALL if not any(part in line[0].split(".") for part in taken_away)]
    assert shape_of(tree_of(lines)) == shape


def test_a_table_of_activities_is_a_matrix() -> None:
    lines: list[Line] = [("areas.title", "heading", "Område")]
    for place in range(3):
        lines += [("areas.activities.title", "paragraph", f"Insats {place}"),
                  ("areas.activities.fields.timeline", "paragraph", "2021–2022"),
                  ("areas.activities.fields.responsible", "paragraph", "Regionen")]  # fmt: skip
    assert shape_of(tree_of(lines)) == "matrix"
    assert OUTSIDE == ("aside", "unplaced")
