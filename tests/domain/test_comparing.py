"""What differs between two pictures of a plan: where it stands, and which words."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from samplan.domain.comparing import MOST_WORDS, Piece, compare, marked, rows_of
from samplan.domain.planfacts import FrameworkFacts, FrameworkGoalFacts, GoalFacts, PlanFacts, PostFacts, TextFacts
from tests.domain.plans import activity, area, plan


def small(uid: str = "plan", *, suffix: str = "") -> PlanFacts:
    """A plan with two areas, an activity in each, a goal of the first and a post of the second."""
    areas = tuple(
        replace(
            area(f"area-{n}{suffix}", title),
            activities=(activity(f"act-{n}{suffix}", f"Insats {n}"),),
        )
        for n, title in ((1, "Barn"), (2, "Suicid"))
    )  # fmt: skip
    return replace(
        plan(uid), areas=areas,
        goals=(GoalFacts(f"goal{suffix}", areas[0].uid, "long", 1, "Alla mår bra", ()),),
        posts=(PostFacts(f"post{suffix}", "Samordnare", "", "Insats 2", 50, ""),),
        texts=(TextFacts(f"text{suffix}", "situation", "Nuläge", "Läget är gott"),),
    )  # fmt: skip


def test_every_row_says_in_which_area_it_stands() -> None:
    places = {row.title: row.place for row in rows_of(small())}
    assert places["Barn"] == places["Insats 1"] == places["Alla mår bra"] == "area-1"
    assert places["Insats 2"] == places["Samordnare"] == "area-2"
    assert places["Nuläge"] == ""


def test_what_is_gone_stands_in_the_later_years_area() -> None:
    before, after = small("old", suffix="-old"), small("new", suffix="-new")
    after = replace(after, posts=(), areas=(replace(after.areas[0], activities=()), after.areas[1]))
    found = compare(before, after)
    assert {(row.title, row.place) for row in found.gone} == {("Insats 1", "area-1-new"), ("Samordnare", "area-2-new")}
    without = replace(after, areas=after.areas[:1])
    assert ("Suicid", "area-2-old") in {(row.title, row.place) for row in compare(before, without).gone}


def test_ties_to_frameworks_are_compared_by_name() -> None:
    def tied(facts: PlanFacts, *uids: str) -> PlanFacts:
        goal = FrameworkGoalFacts("goal-1", "", "1", "Hälsa", "", (), uids, ("some directive",))
        return replace(facts, frameworks=(FrameworkFacts("f", "Strategin", "", "", (goal,)),))

    before, after = small("old", suffix="-old"), small("new", suffix="-new")
    same = compare(tied(before, "act-1-old"), tied(after, "act-1-new"))
    assert [one for one in same.changed if one.kind == "plans.frameworkgoal"] == []
    more = compare(tied(before, "act-1-old"), tied(after, "act-1-new", "act-2-new"))
    (one,) = [one for one in more.changed if one.kind == "plans.frameworkgoal"]
    assert (one.before, one.after) == ("Insats 1", "Insats 1, Insats 2")


WORDS = st.text(alphabet="ab åä.\n", max_size=60)


@given(WORDS, WORDS)
def test_pieces_joined_are_the_texts_again(before: str, after: str) -> None:
    left, right = marked(before, after)
    assert ("".join(piece.text for piece in left), "".join(piece.text for piece in right)) == (before, after)


def test_the_words_that_differ_are_marked() -> None:
    left, right = marked("Män 75 år och äldre får stöd", "Män 70 år och äldre får stöd")
    assert [piece.text for piece in left if piece.differs] == ["75"]
    assert [piece.text for piece in right if piece.differs] == ["70"]
    assert marked("Kurser", "Allting blev annorlunda") == ((Piece("Kurser"),), (Piece("Allting blev annorlunda"),))
    assert marked("", "Nytt") == ((), (Piece("Nytt"),))
    long = "ord " * (MOST_WORDS + 1)
    assert marked(long, long + "till") == ((Piece(long),), (Piece(long + "till"),))
