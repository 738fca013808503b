import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.funnel.chance import Outcome, beyond_chance, by_chance, interval


def test_the_interval_is_the_one_of_the_textbook() -> None:
    # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3 (score, no correction)
    assert interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert interval(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert interval(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert interval(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)


def test_the_lady_who_tastes_tea_may_be_guessing() -> None:
    # Fisher, The Design of Experiments (1935): 3 of 4 cups right; both tails (1+16+16+1)/70 of
    # the tables that are no more probable than 16/70
    assert by_chance(Outcome(3, 4), Outcome(1, 4)) == pytest.approx(34 / 70)
    assert by_chance(Outcome(4, 4), Outcome(0, 4)) == pytest.approx(2 / 70)


def test_equal_shares_are_chance_and_very_different_ones_are_not() -> None:
    assert by_chance(Outcome(30, 100), Outcome(300, 1000)) == pytest.approx(1.0)
    assert by_chance(Outcome(5, 100), Outcome(500, 1000)) < 1e-12


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_the_test_does_not_care_which_side_is_which(a: int, b: int, c: int, d: int) -> None:
    one, other = Outcome(a, a + b), Outcome(c, c + d)

    assert by_chance(one, other) == pytest.approx(by_chance(other, one))
    assert 0 <= by_chance(one, other) <= 1 + 1e-12


def test_many_comparisons_have_to_stand_out_more_than_one() -> None:
    # Holm: 0.05/4, 0.05/3, 0.05/2, 0.05/1; the first that fails ends it
    assert beyond_chance([0.01, 0.04, 0.03, 0.005]) == (True, False, False, True)
    assert beyond_chance([0.04]) == (True,)
    assert beyond_chance([0.04, 0.04]) == (False, False)
    assert beyond_chance([]) == ()
