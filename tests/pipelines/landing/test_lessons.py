"""What earlier periods teach, against distributions that are known."""

import numpy as np
import pytest

from pipelines.landing.lessons import Lesson, Size, scenarios, size_effect, spread


def lesson(chance: float, many: int, won: int, amount: int = 100) -> Lesson:
    return Lesson(
        np.full(many, chance),
        np.full(many, amount, dtype=np.int64),
        np.arange(many) < won,
    )


def test_deals_of_one_size_teach_nothing_about_size() -> None:
    assert size_effect([lesson(0.5, 40, 10, amount=7919)]) == Size()
    assert size_effect([]) == Size()
    assert size_effect([lesson(0.5, 40, 10, amount=0)]) == Size()


def test_the_slope_is_where_the_penalised_likelihood_is_flat() -> None:
    # 200 small deals of which 150 were won, 200 large ones of which 50 were
    size = size_effect([lesson(0.5, 200, 150, amount=100), lesson(0.5, 200, 50, amount=10_000)])

    # by symmetry the sizes are -1 and +1; the pull of the data, 400 (1/4 - p), is that of the
    # penalty, 30 times the slope, where p = 31.00 % (found by halving, outside of the program)
    assert size.slope == pytest.approx(-0.80009, abs=1e-5)
    small, large = size.applied(np.array([0.5, 0.5]), np.array([100, 10_000]))
    assert small == pytest.approx(0.68999, abs=1e-5)
    assert large == pytest.approx(0.31001, abs=1e-5)
    assert size.applied(np.array([0.5]), np.array([0])) == [0.5]
    assert size.applied(np.array([0.0, 1.0]), np.array([100, 100])).tolist() == [0, 1]


def test_periods_that_go_as_promised_have_hardly_any_spread() -> None:
    # variance 10 a period; nothing beyond: (-8 x 10 + 4 x 100 x 0.09) / (800 + 400) < 0
    assert spread([lesson(0.5, 40, 20)] * 8) == 0


def test_periods_that_go_well_or_badly_as_a_whole_have_a_wide_one() -> None:
    # 8 off: (8 x (64 - 10) + 400 x 0.09) / 1200 = 0.39
    good_and_bad = [lesson(0.5, 40, 28), lesson(0.5, 40, 12)] * 4

    assert spread(good_and_bad) == pytest.approx(0.39**0.5)


def test_without_lessons_it_is_the_usual_spread() -> None:
    assert spread([]) == 0.3
    assert spread([lesson(0.0, 10, 0)]) == 0.3


def test_scenarios_vary_about_what_earlier_periods_brought() -> None:
    earlier = [np.full(count, 500, dtype=np.int64) for count in (8, 12, 9, 11, 10, 10, 8, 12)]

    found = scenarios(earlier)

    assert len(found) == 40
    assert (np.diff(found) >= 0).all()
    assert set((found % 500).tolist()) == {0}
    # mean 10 a period; the variance is that of Poisson, 10, and an eighth more
    assert found.mean() / 500 == pytest.approx(10, abs=0.3)
    assert (found / 500).std() == pytest.approx((10 * 9 / 8) ** 0.5, rel=0.12)


def test_scenarios_are_the_same_each_time_and_none_without_anything() -> None:
    earlier = [np.array([100, 900], dtype=np.int64), np.array([300], dtype=np.int64)]

    assert scenarios(earlier).tolist() == scenarios(earlier).tolist()
    assert scenarios([np.zeros(0, dtype=np.int64)] * 5).tolist() == [0]


def test_very_many_new_deals_add_up_to_something_normal() -> None:
    earlier = [np.arange(20_000, dtype=np.int64)] * 6

    found = scenarios(earlier)

    assert found.mean() == pytest.approx(20_000 * 9_999.5, rel=0.01)
