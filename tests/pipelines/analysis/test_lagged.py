"""Whether one series is followed by another, more than chance does."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pipelines.analysis.lagged import FEWEST_PAIRS, follows, pairs

#: Without any rhythm: a shift of it against itself agrees with nothing.
_ODD = [3, 1, 4, 15, 9, 2, 6, 5, 35, 8, 97, 93, 23, 84, 62, 64, 33, 83, 27, 95, 28, 41]


def test_values_are_paired_with_those_a_lag_later() -> None:
    assert pairs([1, 2, None, 4, 5], [10, 20, 30, 40, 50], 2) == ((1, 30), (2, 40))


def test_only_the_newest_year_counts() -> None:
    weeks = [float(one) for one in range(80)]

    found = pairs(weeks, weeks, 1)

    assert (len(found), found[0], found[-1]) == (52, (27.0, 28.0), (78.0, 79.0))


def test_an_input_that_is_followed_to_the_letter_is_told_from_chance() -> None:
    found = follows([(float(one), 2.0 * one + 1) for one in _ODD])

    assert found is not None
    assert isclose(found.correlation, 1)
    # of 22 shifts only the real one agrees so closely
    assert isclose(found.by_chance, 1 / 22)
    assert found.tells


def test_what_goes_the_other_way_has_a_negative_correlation() -> None:
    found = follows([(float(one), -float(one)) for one in _ODD])

    assert found is not None
    assert isclose(found.correlation, -1)


def test_ties_share_their_mean_rank() -> None:
    # ranks 0.5 0.5 2.5 2.5 against 0 1 2 3, five times over: 2·(1.5·1 + 0.5·1) / √(4·5) by hand
    found = follows([(1.0, 1.0), (1.0, 2.0), (2.0, 3.0), (2.0, 4.0)] * 5)

    assert found is not None
    assert isclose(found.correlation, 4 / 20**0.5, rel_tol=1e-9)


def test_two_series_that_repeat_themselves_agree_by_chance_as_often_as_they_repeat() -> None:
    found = follows([(1.0, 1.0), (2.0, 2.0)] * 12)

    assert found is not None
    assert found.correlation == pytest.approx(1)
    assert found.by_chance == 1.0
    assert not found.tells


@pytest.mark.parametrize(
    "found",
    [
        [(1.0, 2.0)] * (FEWEST_PAIRS - 1),
        [(1.0, float(one)) for one in range(30)],
        [],
    ],
)
def test_too_few_pairs_or_a_series_that_never_varies_cannot_be_judged(
    found: list[tuple[float, float]],
) -> None:
    assert follows(found) is None


@given(some.lists(some.tuples(some.integers(0, 9), some.integers(0, 9)), min_size=20, max_size=40))
def test_the_real_pairing_is_one_of_those_it_is_held_against(values: list[tuple[int, int]]) -> None:
    found = follows([(float(one), float(other)) for one, other in values])

    if found is not None:
        assert -1.000001 <= found.correlation <= 1.000001
        assert 1 / len(values) <= found.by_chance <= 1
