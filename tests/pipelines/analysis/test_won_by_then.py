"""The share won by a day against sums done on paper."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.analysis.won_by_then import Stay, WonByThen, won_within

WON, LOST, OPEN = "won", "lost", "open"


def share(ends: list[tuple[int, str]], days: int) -> float:
    return won_within(
        np.array([at for at, _ in ends], dtype=np.int64),
        np.array([end == WON for _, end in ends], dtype=np.bool_),
        np.array([end == LOST for _, end in ends], dtype=np.bool_),
        days,
    )


def test_without_open_deals_it_is_the_plain_share() -> None:
    ends = [(0, WON), (3, WON), (3, LOST), (10, WON)]

    assert [share(ends, days) for days in (0, 2, 3, 9, 10, 99)] == pytest.approx(
        [0.25, 0.25, 0.5, 0.5, 0.75, 0.75]
    )


def test_an_open_deal_counts_as_long_as_it_is_known() -> None:
    # five at risk: one won at 2 (1/5; 4/5 go on); one of four lost at 3 (3/5 go on); one leaves
    # unknown at 4; one of two won at 5: 3/5 x 1/2 more
    ends = [(2, WON), (3, LOST), (4, OPEN), (5, WON), (6, OPEN)]

    assert share(ends, 2) == pytest.approx(0.2)
    assert share(ends, 4) == pytest.approx(0.2)
    assert share(ends, 5) == pytest.approx(0.5)


def test_nothing_known_is_no_chance() -> None:
    assert share([], 10) == 0


def stays(stage: str, many: int, end: str, at: int) -> list[Stay]:
    return [Stay(stage, at, at, end == WON, end == LOST) for _ in range(many)]


def test_a_deal_that_lies_for_long_is_compared_with_those_that_lay_as_long() -> None:
    history = WonByThen([*stays("Offer", 500, WON, 10), *stays("Offer", 500, LOST, 60)])

    assert history.finished == 1000
    assert history.chance("Offer", 0, 30).probability == pytest.approx(0.5)
    assert history.chance("Offer", 20, 30).probability == 0
    assert history.chance("Offer", 20, 30).alike == 500


def test_few_deals_in_a_stage_lean_on_all() -> None:
    history = WonByThen([*stays("Talk", 90, LOST, 5), *stays("Offer", 10, WON, 5)])

    # all: 10 of 100; the ten of this stage count as much as that
    assert history.chance("Offer", 0, 5).probability == pytest.approx((1 + 0.1) / 2)
    assert history.chance("Unheard of", 0, 5).probability == pytest.approx(0.1)
    assert history.chance("Unheard of", 0, 5).alike == 0


ends = st.lists(st.tuples(st.integers(0, 40), st.sampled_from([WON, LOST, OPEN])))


@given(ends)
def test_it_never_falls_and_never_exceeds_what_is_left_of_losing(
    found: list[tuple[int, str]],
) -> None:
    curve = [share(found, days) for days in range(50)]

    assert all(later - earlier > -1e-9 for earlier, later in pairwise(curve))
    assert all(0 <= one <= 1 + 1e-9 for one in curve)
    lost = share([(at, {WON: LOST, LOST: WON}.get(end, end)) for at, end in found], 49)
    assert curve[-1] + lost <= 1 + 1e-9
