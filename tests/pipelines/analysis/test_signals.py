"""Limits and signals against published examples, and what must never matter to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.analysis.judgement import Limits, Signal
from pipelines.analysis.signals import Mark, moving_ranges, natural_limits, signals

_OUTSIDE, _RANGE = Signal.OUTSIDE, Signal.RANGE
_WINDOW, _RUN = Signal.THREE_OF_FOUR, Signal.RUN_OF_EIGHT


def numbers(text: str) -> list[float | None]:
    """Return numbers written with spaces between them, ``–`` for a missing one."""
    return [None if word == "–" else float(word) for word in text.split()]


def limits_of(text: str) -> Limits:
    limits = natural_limits(numbers(text))
    assert limits is not None
    return limits


def kinds(values: list[float | None], limits: Limits) -> list[Signal | None]:
    return [mark.signal if mark else None for mark in signals(values, limits)]


_CALM = (
    "19 27 20 16 18 25 22 24 17 25 15 17 20 22 19 16 22 19 25 22 18 20 16 17 20 15 27 25 17 19 28"
)
_BASELINE = "43 40 37 33 30 33 34 35 29 33 31 39"
_AFTER = "35 37 33 32 27 29 31 22 25 30 24 19"

# centre 10, limits 0 and 20, half-way lines 5 and 15, range limit 12.29
_ROUND = Limits(lower=0, centre=10, upper=20, range_upper=10 / 2.66 * 3.268)


def test_the_published_calm_series_has_its_limits_and_no_signal() -> None:
    limits = limits_of(_CALM)

    assert limits.centre == pytest.approx(20.39, abs=0.005)
    assert limits.upper == pytest.approx(32.89, abs=0.005)
    assert limits.lower == pytest.approx(7.885, abs=0.0005)
    assert limits.range_upper == pytest.approx(15.36, abs=0.005)
    assert not limits.provisional
    assert kinds(numbers(_CALM), limits) == [None] * 31


def test_the_published_mean_moving_range_is_found() -> None:
    ranges = [size for size in moving_ranges(numbers(_CALM)) if size is not None]

    assert sum(ranges) / len(ranges) == pytest.approx(4.7)


def test_the_published_baseline_judges_the_twelve_points_after_it() -> None:
    limits = limits_of(_BASELINE)

    assert limits.upper == pytest.approx(43.9, abs=0.05)
    assert limits.lower == pytest.approx(25.6, abs=0.05)
    assert kinds(numbers(f"{_BASELINE} {_AFTER}"), limits)[12:] == [
        None,
        None,
        _RUN,
        _RUN,
        _WINDOW,
        _WINDOW,
        _RUN,
        _OUTSIDE,
        _OUTSIDE,
        _WINDOW,
        _OUTSIDE,
        _OUTSIDE,
    ]


@pytest.mark.parametrize(("count", "there"), [(5, False), (6, True)])
def test_limits_need_six_points(count: int, there: bool) -> None:  # noqa: FBT001 - a parameter
    limits = natural_limits([1.0, 2.0] * 3 if count == 6 else [1.0] * count)

    assert (limits is not None) is there


@pytest.mark.parametrize(("count", "provisional"), [(6, True), (11, True), (12, False)])
def test_limits_are_provisional_below_twelve_points(
    count: int,
    provisional: bool,  # noqa: FBT001 - a parameter
) -> None:
    limits = natural_limits([float(number) for number in range(count)])

    assert limits is not None
    assert limits.provisional is provisional


def test_missing_periods_are_not_spanned_by_a_moving_range() -> None:
    # 1-2, 2-1, 9-8, 8-9: four ranges of one; the step from 1 to 9 is none
    limits = limits_of("1 2 1 – 9 8 9")

    assert limits.centre == 5
    assert limits.upper == pytest.approx(5 + 2.66)


def test_six_points_of_which_no_two_are_neighbours_have_no_limits() -> None:
    assert natural_limits(numbers("1 – 2 – 3 – 4 – 5 – 6")) is None


def test_a_value_on_the_limit_is_not_outside() -> None:
    values = numbers("20 – 0 – 20.001 – -0.001")

    assert kinds(values, _ROUND) == [None, None, None, None, _OUTSIDE, None, _OUTSIDE]


def test_a_range_signal_is_marked_on_the_later_point_and_takes_its_side() -> None:
    marks = signals(numbers("4 17 4"), _ROUND)

    assert marks == [None, Mark(_RANGE, upward=True), Mark(_RANGE, upward=False)]


def test_a_range_onto_the_centre_takes_the_way_the_value_moved() -> None:
    wide = Limits(lower=-30, centre=10, upper=50, range_upper=11)

    assert signals(numbers("-2 10"), wide)[1] == Mark(_RANGE, upward=True)
    assert signals(numbers("22 10"), wide)[1] == Mark(_RANGE, upward=False)


def test_three_of_four_beyond_the_half_way_line_marks_only_those_beyond() -> None:
    assert kinds(numbers("16 16 12 16 11"), _ROUND) == [_WINDOW, _WINDOW, None, _WINDOW, None]


def test_points_on_the_half_way_line_are_not_beyond_it() -> None:
    assert kinds(numbers("15 15 15 15"), _ROUND) == [None] * 4


def test_three_of_four_needs_the_same_side() -> None:
    assert kinds(numbers("16 4 16 4"), _ROUND) == [None] * 4


@pytest.mark.parametrize("text", ["16 16 – 16", "16 – 16 16 11"])
def test_a_missing_period_breaks_a_window(text: str) -> None:
    assert set(kinds(numbers(text), _ROUND)) == {None}


def test_a_run_of_eight_is_marked_as_a_whole_and_one_of_seven_is_not() -> None:
    assert kinds(numbers("9 11 11 11 11 11 11 11 11 9"), _ROUND) == [None, *[_RUN] * 8, None]
    assert set(kinds(numbers("11 11 11 11 11 11 11 9"), _ROUND)) == {None}


def test_a_run_goes_on_past_the_eighth_point() -> None:
    assert kinds([9.0] * 10, _ROUND) == [_RUN] * 10


@pytest.mark.parametrize("middle", ["10", "–"])
def test_the_centre_and_a_missing_period_break_a_run(middle: str) -> None:
    text = f"11 11 11 11 {middle} 11 11 11 11"

    assert set(kinds(numbers(text), _ROUND)) == {None}


def test_the_strongest_signal_is_the_one_that_shows() -> None:
    # the last point ends a run, is the third of four, jumped, and lies outside
    values = numbers("11 11 11 11 11 16 16 29")

    assert kinds(values, _ROUND) == [*[_RUN] * 5, _WINDOW, _WINDOW, _OUTSIDE]
    assert kinds(numbers("3 16 16 16"), _ROUND) == [None, _RANGE, _WINDOW, _WINDOW]


def test_a_rate_that_never_changes_gives_no_signal() -> None:
    # rounding limits to two decimals would put every point of 0.023 above a centre of 0.02
    values: list[float | None] = [0.023] * 40
    limits = natural_limits(values)

    assert limits is not None
    assert set(kinds(values, limits)) == {None}


def test_sums_of_tenths_do_not_make_a_false_run() -> None:
    # the mean of these is 0.2, but not to the last bit
    values: list[float | None] = [*[0.1, 0.3] * 5, *[0.2] * 12]
    limits = natural_limits(values)

    assert limits is not None
    assert kinds(values, limits)[10:] == [None] * 12


def test_a_half_way_line_at_zero_is_still_a_line() -> None:
    # 1.33 * 100 below a centre of 133, give or take the last bit
    limits = Limits(lower=133 - 266, centre=133, upper=133 + 2.66 * 100, range_upper=326.8)

    assert kinds([0.0] * 4, limits) == [None] * 4


def test_no_values_have_no_limits_and_no_signals() -> None:
    assert natural_limits([]) is None
    assert signals([], _ROUND) == []


_SERIES = st.lists(st.one_of(st.none(), st.integers(-1000, 1000).map(float)), max_size=60)


@given(_SERIES, st.integers(-1000, 1000))
def test_adding_the_same_to_every_value_changes_no_signal(
    values: list[float | None], shift: int
) -> None:
    shifted = [None if value is None else value + shift for value in values]
    limits, limits_shifted = natural_limits(values), natural_limits(shifted)

    assert (limits is None) is (limits_shifted is None)
    if limits and limits_shifted:
        assert limits_shifted.upper - limits.upper == pytest.approx(shift, abs=1e-6)
        assert signals(values, limits) == signals(shifted, limits_shifted)


@given(_SERIES, st.sampled_from([0.5, 2.0, 1024.0]))
def test_another_unit_changes_no_signal(values: list[float | None], scale: float) -> None:
    scaled = [None if value is None else value * scale for value in values]
    limits, limits_scaled = natural_limits(values), natural_limits(scaled)

    if limits and limits_scaled:
        assert signals(values, limits) == signals(scaled, limits_scaled)


@given(_SERIES)
def test_upside_down_the_signals_are_the_same_and_point_the_other_way(
    values: list[float | None],
) -> None:
    turned = [None if value is None else -value for value in values]
    limits, limits_turned = natural_limits(values), natural_limits(turned)

    if limits and limits_turned:
        expected = [
            Mark(mark.signal, not mark.upward) if mark else None for mark in signals(values, limits)
        ]
        assert signals(turned, limits_turned) == expected


@given(_SERIES)
def test_a_period_without_a_value_bears_no_signal(values: list[float | None]) -> None:
    if limits := natural_limits(values):
        marks = signals(values, limits)
        assert all(mark is None for mark, value in zip(marks, values, strict=True) if value is None)
