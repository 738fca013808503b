from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from dashboard.rhythm.meeting import blockers, voting
from pipelines.context import Context
from pipelines.errors import Refused
from tests.builders.meetings import LOUISE, LUC, MARC, ZOE, company, said, seen, started


def written(context: Context, number: int, *titles: str) -> list[int]:
    return [blockers.make_blocker(context, number, title=title).blocker_id for title in titles]


def top(context: Context, number: int) -> list[str]:
    """Return the titles of the blockers that are worked on, first one first."""
    ranked = [(one.rank, one.title) for one in seen(context, number).blockers if one.rank]
    return [title for _, title in sorted(ranked)]


def test_everybody_has_three_votes() -> None:
    context = company()
    number = started(context)
    one, two, three, four = written(context, number, "A", "B", "C", "D")
    for blocker in (one, two, three, three):
        voting.vote(context.by(ZOE), number, blocker)

    with pytest.raises(Refused) as error:
        voting.vote(context.by(ZOE), number, four)
    voting.vote(context.by(LUC), number, four)
    voting.take_back_vote(context.by(ZOE), number, one)
    voting.vote(context.by(ZOE), number, four)

    assert "All your 3 votes are given" in said(error)
    assert {found.title: found.votes for found in seen(context, number).blockers} == {
        "A": 0,
        "B": 1,
        "C": 1,
        "D": 2,
    }
    assert set(seen(context.by(ZOE), number).own_votes) == {two, three, four}
    assert seen(context.by(LOUISE), number).own_votes == ()


def test_the_top_three_are_those_with_most_votes_and_of_equal_ones_the_oldest() -> None:
    context = company()
    number = started(context)
    one, two, three, four, five = written(context, number, "A", "B", "C", "D", "E")
    for person, chosen in ((ZOE, (five, four)), (LUC, (five, two)), (MARC, (five,))):
        for blocker in chosen:
            voting.vote(context.by(person), number, blocker)

    # five has three votes, two and four one each, one and three none
    assert voting.pick_top_three(context, number) == (five, two, four)
    assert [(found.title, found.rank) for found in seen(context, number).blockers] == [
        ("E", 1),
        ("B", 2),
        ("D", 3),
        ("A", None),
        ("C", None),
    ]
    assert {one, three}.isdisjoint(voting.pick_top_three(context, number))


def test_whoever_leads_may_order_them_but_no_more_than_three() -> None:
    context = company()
    number = started(context)
    numbers = written(context, number, "A", "B", "C", "D")
    voting.pick_top_three(context, number)

    voting.order_blockers(context, number, [numbers[3], numbers[0]])
    with pytest.raises(Refused, match="3 blockers at most"):
        voting.order_blockers(context, number, numbers)

    ranks = {found.title: found.rank for found in seen(context, number).blockers}
    assert ranks == {"D": 1, "A": 2, "B": None, "C": None}


def test_a_blocker_goes_behind_those_at_the_top_and_leaves_them_in_their_order() -> None:
    context = company()
    number = started(context)
    one, two, three, _ = written(context, number, "A", "B", "C", "D")

    for blocker in (three, one, two):
        voting.put_in_top(context, number, blocker)
    assert top(context, number) == ["C", "A", "B"]

    voting.take_from_top(context, number, one)
    assert top(context, number) == ["C", "B"]
    voting.put_in_top(context, number, one)
    assert top(context, number) == ["C", "B", "A"]


def test_a_blocker_at_the_top_stays_where_it_is_whoever_else_puts_it_there() -> None:
    context = company()
    number = started(context)
    one, two = written(context, number, "A", "B")
    for blocker in (one, two, one, one):
        voting.put_in_top(context, number, blocker)

    assert top(context, number) == ["A", "B"]


def test_a_fourth_one_is_refused_and_the_three_stay() -> None:
    context = company()
    number = started(context)
    *three, four = written(context, number, "A", "B", "C", "D")
    for blocker in three:
        voting.put_in_top(context, number, blocker)

    with pytest.raises(Refused, match="3 blockers at most"):
        voting.put_in_top(context, number, four)

    assert top(context, number) == ["A", "B", "C"]


def test_of_several_who_fill_the_top_at_once_every_place_is_given_once() -> None:
    context = company()
    number = started(context)
    three = written(context, number, "A", "B", "C")

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(partial(voting.put_in_top, context, number), three))

    assert sorted(one.rank or 0 for one in seen(context, number).blockers) == [1, 2, 3]


@pytest.mark.parametrize("gesture", [voting.put_in_top, voting.take_from_top])
def test_what_is_no_blocker_is_neither_at_the_top_nor_taken_from_it(
    gesture: Callable[[Context, int, int], None],
) -> None:
    context = company()
    number = started(context)

    with pytest.raises(Refused, match="no blocker 7"):
        gesture(context, number, 7)


def test_taking_from_the_top_what_is_not_there_changes_nothing() -> None:
    context = company()
    number = started(context)
    one, two = written(context, number, "A", "B")
    voting.put_in_top(context, number, one)
    before = seen(context, number)

    voting.take_from_top(context, number, two)

    assert seen(context, number).blockers == before.blockers
