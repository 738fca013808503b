"""The share won by a day against sums done on paper, and against the same done one by one."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.analysis.won_by_then import Stays, WonByThen

WON, LOST, OPEN = "won", "lost", "open"

#: Stage, day it was left, day it ended, how.
Told = tuple[int, int, int, str]


def stays(told: list[Told]) -> Stays:
    ordered = sorted(told)
    return Stays(
        stage=np.array([one[0] for one in ordered], dtype=np.int32),
        left=np.array([one[1] for one in ordered], dtype=np.int32),
        ended=np.array([one[2] for one in ordered], dtype=np.int32),
        won=np.array([one[3] == WON for one in ordered], dtype=np.bool_),
        lost=np.array([one[3] == LOST for one in ordered], dtype=np.bool_),
    )


def chance(told: list[Told], stage: int, there: int, left: int) -> tuple[float, int]:
    found = WonByThen(stays(told)).chances(
        *(np.array([value], dtype=np.int32) for value in (stage, there, left))
    )
    return float(found.probability[0]), int(found.alike[0])


def alike(ends: list[tuple[int, str]], stage: int = 1) -> list[Told]:
    return [(stage, day, day, end) for day, end in ends]


def test_without_open_deals_it_is_the_plain_share() -> None:
    told = alike([(1, WON), (3, WON), (3, LOST), (10, WON)])

    assert [chance(told, 1, 0, days)[0] for days in (0, 1, 2, 3, 9, 10, 99)] == pytest.approx(
        [0, 0.25, 0.25, 0.5, 0.5, 0.75, 0.75]
    )


def test_an_open_deal_counts_as_long_as_it_is_known() -> None:
    # five at risk: one won at 2 (1/5; 4/5 go on); one of four lost at 3 (3/5 go on); one leaves
    # unknown at 4; one of two won at 5: 3/5 x 1/2 more
    told = alike([(2, WON), (3, LOST), (4, OPEN), (5, WON), (6, OPEN)])

    assert chance(told, 1, 0, 2)[0] == pytest.approx(0.2)
    assert chance(told, 1, 0, 4)[0] == pytest.approx(0.2)
    assert chance(told, 1, 0, 5)[0] == pytest.approx(0.5)


def test_nothing_known_is_no_chance() -> None:
    assert chance([], 1, 0, 10) == (0, 0)


def test_a_deal_that_lies_for_long_is_compared_with_those_that_lay_longer() -> None:
    told = alike([(10, WON)] * 500 + [(60, LOST)] * 500)

    assert chance(told, 1, 0, 30)[0] == pytest.approx(0.5)
    assert chance(told, 1, 0, 30)[1] == 1000
    # on its tenth day it was not won: it is none of those that were
    assert chance(told, 1, 10, 30) == (0, 500)
    assert chance(told, 1, 20, 30) == (0, 500)


def test_few_deals_in_a_stage_lean_on_all() -> None:
    told = alike([(5, LOST)] * 90, stage=1) + alike([(5, WON)] * 10, stage=2)

    # all: 10 of 100; the ten of this stage count as much as that
    assert chance(told, 2, 0, 5)[0] == pytest.approx((1 + 0.1) / 2)
    assert chance(told, 3, 0, 5)[0] == pytest.approx(0.1)
    assert chance(told, 3, 0, 5)[1] == 0


def test_the_usual_weight_of_a_stage_is_its_share_of_finished_deals_that_were_won() -> None:
    told = alike([(5, WON), (5, LOST), (5, LOST), (9, OPEN)]) + alike([(1, OPEN)], stage=2)
    curves = WonByThen(stays(told))

    assert curves.share_won(1) == pytest.approx(1 / 3)
    assert curves.share_won(2) == pytest.approx(1 / 3)  # none finished there: that of all
    assert WonByThen(stays([])).share_won(1) == 0


def one_by_one(told: list[Told], there: int, left: int) -> tuple[float, int]:
    """Return the cumulative incidence as textbooks write it, day by day."""
    left_over = [(ended - there, end) for _, gone, ended, end in told if gone > there]
    still, won, risk = 1.0, 0.0, len(left_over)
    for day in range(1, left + 1):
        ends = [end for ended, end in left_over if ended == day]
        if risk:
            won += still * ends.count(WON) / risk
            still *= 1 - (len(ends) - ends.count(OPEN)) / risk
        risk -= len(ends)
    return won, len(left_over)


told_of_stages = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.integers(1, 40),
        st.integers(0, 20),
        st.sampled_from([WON, LOST, OPEN]),
    ).map(lambda one: (one[0], one[1], one[1] + one[2], one[3]))
)
questions = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 50), st.integers(0, 30)), min_size=1
)


@given(told_of_stages, questions)
def test_many_questions_at_once_have_the_answers_of_each(
    told: list[Told], asked: list[tuple[int, int, int]]
) -> None:
    columns = [np.array(column, dtype=np.int32) for column in zip(*asked, strict=True)]
    found = WonByThen(stays(told)).chances(*columns)

    for number, (stage, there, left) in enumerate(asked):
        here, many = one_by_one([one for one in told if one[0] == stage], there, left)
        everywhere, _ = one_by_one(told, there, left)
        weight = many / (many + 10)
        assert found.alike[number] == many
        assert found.probability[number] == pytest.approx(
            weight * here + (1 - weight) * everywhere, abs=1e-9
        )


ends = st.lists(st.tuples(st.integers(1, 40), st.sampled_from([WON, LOST, OPEN])))


@given(ends)
def test_it_never_falls_and_never_exceeds_what_is_left_of_losing(
    found: list[tuple[int, str]],
) -> None:
    curve = [chance(alike(found), 1, 0, days)[0] for days in (*range(0, 45, 3), 50)]

    assert all(later - earlier > -1e-9 for earlier, later in pairwise(curve))
    assert all(0 <= one <= 1 + 1e-9 for one in curve)
    turned = [(at, {WON: LOST, LOST: WON}.get(end, end)) for at, end in found]
    assert curve[-1] + chance(alike(turned), 1, 0, 50)[0] <= 1 + 1e-9
