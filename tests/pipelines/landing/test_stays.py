"""From entries into stages to the times spent there, written out by hand."""

from dataclasses import dataclass

import numpy as np

from pipelines.landing.columns import NEVER, Deals, StayColumns
from pipelines.landing.stays import stays_of

#: Numbers of stages.
BEFORE, TALK, OFFER, GONE, SIGNED = range(5)


@dataclass(frozen=True)
class Told:
    created: int
    closed: int
    won: bool
    entries: tuple[tuple[int, int], ...]


#: So many deals end in the stages that are ends that everybody can tell.
ENDS = [
    *[Told(0, 9, won=False, entries=((TALK, 1), (GONE, 9)))] * 5,
    *[Told(0, 9, won=True, entries=((OFFER, 3), (SIGNED, 9)))] * 5,
]


def stays(*told: Told) -> list[tuple[int, int, int, int, int, str]]:
    """Return deal, stage, first day, day it was left, day it ended and how, of some deals."""
    everybody = [*told, *ENDS]
    entries = [(n, *entry) for n, one in enumerate(everybody) for entry in one.entries]
    found = stays_of(
        deals(everybody),
        np.array([one[0] for one in entries], dtype=np.uint64),
        np.array([one[1] for one in entries], dtype=np.int32),
        np.array([one[2] for one in entries], dtype=np.int32),
    )
    return sorted(one for one in written(found) if one[0] < len(told))


def deals(told: list[Told]) -> Deals:
    many = len(told)
    return Deals(
        key=np.arange(many, dtype=np.uint64),
        created=np.array([one.created for one in told], dtype=np.int32),
        closed=np.array([one.closed for one in told], dtype=np.int32),
        won=np.array([one.won for one in told], dtype=np.bool_),
        amount=np.zeros(many, dtype=np.int64),
        priced=np.zeros(many, dtype=np.bool_),
        vanished=np.full(many, NEVER, dtype=np.int32),
        seen_from=np.full(many, NEVER, dtype=np.int32),
    )


def written(found: StayColumns) -> list[tuple[int, int, int, int, int, str]]:
    ends = [
        "won" if won else "lost" if lost else ""
        for won, lost in zip(found.won, found.lost, strict=True)
    ]
    columns = (found.deal, found.stage, found.entered, found.left, found.ended)
    return [
        (*row, end)
        for row, end in zip(zip(*(c.tolist() for c in columns), strict=True), ends, strict=True)
    ]


def test_a_deal_is_in_each_stage_until_the_next_and_somewhere_before_the_first() -> None:
    assert stays(Told(0, 30, won=True, entries=((TALK, 5), (OFFER, 12), (SIGNED, 30)))) == [
        (0, BEFORE, 0, 5, 30, "won"),
        (0, TALK, 5, 12, 30, "won"),
        (0, OFFER, 12, 30, 30, "won"),
    ]


def test_an_open_deal_is_still_where_it_was_last() -> None:
    assert stays(Told(5, NEVER, won=False, entries=((TALK, 5),))) == [
        (0, TALK, 5, NEVER, NEVER, ""),
    ]


def test_a_deal_that_came_back_was_lost_before_as_everybody_thought() -> None:
    assert stays(
        Told(0, 40, won=True, entries=((TALK, 0), (GONE, 10), (OFFER, 25), (SIGNED, 40)))
    ) == [
        (0, TALK, 0, 10, 10, "lost"),
        (0, OFFER, 25, 40, 40, "won"),
    ]


def test_a_deal_known_as_lost_before_its_day_is_open_no_more() -> None:
    assert stays(Told(0, 40, won=False, entries=((TALK, 0), (GONE, 10)))) == [
        (0, TALK, 0, 10, 10, "lost"),
    ]


def test_a_deal_that_is_won_is_open_until_the_day_that_says_so() -> None:
    assert stays(Told(0, 40, won=True, entries=((TALK, 0), (SIGNED, 35)))) == [
        (0, TALK, 0, 40, 40, "won"),
    ]


def test_a_deal_that_came_back_on_the_day_it_was_won_was_lost_until_then() -> None:
    assert stays(
        Told(0, 40, won=True, entries=((TALK, 0), (GONE, 10), (OFFER, 40), (SIGNED, 40)))
    ) == [
        (0, TALK, 0, 10, 10, "lost"),
    ]


def test_what_is_entered_on_the_last_day_or_later_is_no_stay() -> None:
    assert stays(Told(0, 9, won=False, entries=((TALK, 2), (OFFER, 9), (TALK, 12)))) == [
        (0, BEFORE, 0, 2, 9, "lost"),
        (0, TALK, 2, 9, 9, "lost"),
    ]


def test_of_several_stages_in_one_day_it_is_the_one_that_usually_comes_last() -> None:
    assert stays(Told(0, 20, won=True, entries=((OFFER, 4), (TALK, 4)))) == [
        (0, BEFORE, 0, 4, 20, "won"),
        (0, OFFER, 4, 20, 20, "won"),
    ]


def test_a_deal_without_entries_is_in_one_stage_all_its_life() -> None:
    assert stays(Told(3, 20, won=False, entries=())) == [(0, BEFORE, 3, 20, 20, "lost")]


def test_a_deal_whose_first_day_nobody_knows_begins_with_its_first_entry() -> None:
    assert stays(Told(NEVER, 20, won=False, entries=((TALK, 7),))) == [
        (0, TALK, 7, 20, 20, "lost"),
    ]
    assert stays(Told(NEVER, 20, won=False, entries=())) == []


def test_days_before_1970_and_far_ahead_keep_their_order() -> None:
    assert stays(
        Told(-3000, NEVER, won=False, entries=((TALK, -2000),)),
        Told(10, NEVER, won=False, entries=((OFFER, 2_900_000),)),
    ) == [
        (0, BEFORE, -3000, -2000, NEVER, ""),
        (0, TALK, -2000, NEVER, NEVER, ""),
        (1, BEFORE, 10, 2_900_000, NEVER, ""),
        (1, OFFER, 2_900_000, NEVER, NEVER, ""),
    ]


def test_entries_of_deals_that_do_not_count_are_left_out() -> None:
    none = np.zeros(0, dtype=np.int32)
    assert written(stays_of(deals([]), none.astype(np.uint64), none, none)) == []
    assert written(
        stays_of(
            deals([Told(0, 5, won=True, entries=())]),
            np.array([77], dtype=np.uint64),
            np.array([TALK], dtype=np.int32),
            np.array([3], dtype=np.int32),
        )
    ) == [(0, BEFORE, 0, 5, 5, "won")]
