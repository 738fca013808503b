"""How far a KPI moved, with an interval reckoned on paper."""

from math import isclose, sqrt

from pipelines.analysis.before_after import difference


def test_two_stretches_of_counts_differ_by_their_means_with_welchs_interval() -> None:
    before = [(one, 1.0) for one in (10.0, 12.0, 11.0, 13.0)]  # mean 11.5, s² = 5/3
    after = [(one, 1.0) for one in (15.0, 17.0, 16.0)]  # mean 16, s² = 1

    found = difference(before, after)

    # spreads 5/12 and 1/3; freedom (3/4)² / ((5/12)²/3 + (1/3)²/2) = 4.958…, rounded down to 4
    reach = 2.776 * sqrt(5 / 12 + 1 / 3)
    assert (found.before, found.after, found.change) == (11.5, 16.0, 4.5)
    assert found.low is not None
    assert found.high is not None
    assert isclose(found.low, 4.5 - reach)
    assert isclose(found.high, 4.5 + reach)


def test_a_rate_is_that_of_all_weeks_and_never_the_mean_of_their_rates() -> None:
    # one of one, then nothing of nine: 10 %, not 50 %
    found = difference([(1.0, 1.0), (0.0, 9.0)], [(5.0, 10.0), (5.0, 10.0)])

    assert (found.before, found.after) == (0.1, 0.5)
    # residuals 1 - 0.1 = 0.9 and 0 - 0.9: s² = 1.62; /2 /5² = 0.0324, its root 0.18; freedom 1
    assert found.low is not None
    assert isclose(found.low, 0.4 - 12.706 * 0.18)


def test_one_week_on_a_side_gives_a_size_without_an_interval() -> None:
    found = difference([(10.0, 1.0)], [(14.0, 1.0), (16.0, 1.0)])

    assert (found.change, found.low, found.high) == (5.0, None, None)


def test_weeks_that_never_vary_leave_no_doubt() -> None:
    found = difference([(2.0, 1.0)] * 3, [(5.0, 1.0)] * 3)

    assert (found.low, found.change, found.high) == (3.0, 3.0, 3.0)
