"""What is said about a period: the first rule that applies."""

from dataclasses import replace
from datetime import date

import pytest

from pipelines.analysis.judgement import Aim, JudgedPoint, JudgedSeries, Limits, Signal, Verdict
from pipelines.analysis.signals import natural_limits
from pipelines.analysis.verdict import as_drawn, is_on_target, judge
from pipelines.kpis.definition import Better, Definition, Unit
from pipelines.kpis.values import Point, Series
from pipelines.periods import Calendar, Grain
from tests.builders.warehouse import SHIPPED

_CALENDAR = Calendar()
_SALES, _WIN_RATE, _NO_SHOWS = SHIPPED["deals_won"], SHIPPED["win_rate"], SHIPPED["no_show_rate"]
# centre 10, limits 0 and 20, half-way lines 5 and 15
_LIMITS = Limits(lower=0, centre=10, upper=20, range_upper=12.29)


def series(
    *values: float | None, definition: Definition = _SALES, sample: int = 99, running: bool = False
) -> Series:
    start = _CALENDAR.period(Grain.WEEK, date(2026, 1, 5))
    points = []
    for number, value in enumerate(values):
        is_last = number == len(values) - 1
        points.append(Point(start, value, sample=sample, partial=running and is_last))
        start = _CALENDAR.next(start)
    return Series(definition, Grain.WEEK, tuple(points))


def last(judged: JudgedSeries) -> JudgedPoint:
    return judged.points[-1]


def judged_value(
    value: float | None, aim: Aim | None, limits: Limits | None = _LIMITS, *, running: bool = False
) -> JudgedPoint:
    """Judge a value that follows a calm one."""
    return last(judge(series(10.0, value, running=running), [None, aim], limits))


def test_no_value_comes_first() -> None:
    point = judged_value(None, Aim(12), running=True)

    assert (point.verdict, point.gap, point.on_target) == (Verdict.NONE, None, None)


def test_a_running_period_is_partial_and_is_not_compared() -> None:
    point = judged_value(30.0, Aim(12), running=True)

    assert (point.verdict, point.gap, point.signal) == (Verdict.PARTIAL, None, None)


def test_without_limits_there_are_too_few_points_but_the_gap_is_there() -> None:
    point = judged_value(30.0, Aim(12), limits=None)

    assert (point.verdict, point.gap, point.signal) == (Verdict.TOO_FEW, 18, None)


def test_a_rate_of_few_deals_is_shown_and_not_judged() -> None:
    rates = series(0.4, 0.9, definition=_WIN_RATE, sample=9)
    limits = Limits(lower=0.2, centre=0.4, upper=0.6, range_upper=0.3)

    point = last(judge(rates, [None, Aim(0.5)], limits))

    assert (point.verdict, point.signal, point.on_target) == (Verdict.TOO_FEW, None, True)


def test_ten_deals_are_enough_for_a_win_rate() -> None:
    rates = series(0.4, 0.9, definition=_WIN_RATE, sample=10)
    limits = Limits(lower=0.2, centre=0.4, upper=0.6, range_upper=0.3)

    assert last(judge(rates, [None, Aim(0.5)], limits)).verdict is Verdict.LEARN


def test_without_a_target_the_signal_is_still_given() -> None:
    point = judged_value(21.0, None)

    assert (point.verdict, point.signal) == (Verdict.NO_TARGET, Signal.OUTSIDE)


def test_an_adverse_signal_asks_for_its_cause_even_on_target() -> None:
    point = judged_value(-1.0, Aim(-5))

    assert (point.verdict, point.on_target) == (Verdict.FIND_THE_CAUSE, True)


def test_a_favourable_signal_is_to_learn_from_even_off_target() -> None:
    point = judged_value(21.0, Aim(50))

    assert (point.verdict, point.on_target, point.favourable) == (Verdict.LEARN, False, True)


def test_where_less_is_better_a_high_value_is_adverse() -> None:
    limits = Limits(lower=0.0, centre=0.1, upper=0.2, range_upper=0.12)
    point = last(judge(series(0.1, 0.3, definition=_NO_SHOWS), [None, None], limits))

    assert (point.signal, point.favourable) == (Signal.OUTSIDE, False)


def test_off_target_without_a_signal_only_another_way_of_working_helps() -> None:
    assert judged_value(11.0, Aim(12)).verdict is Verdict.CHANGE_THE_SYSTEM


def test_on_target_without_a_signal_there_is_nothing_to_say() -> None:
    assert judged_value(12.0, Aim(12)).verdict is Verdict.QUIET


@pytest.mark.parametrize(
    ("value", "aim", "met"),
    [
        (10, Aim(10), True),
        (9.9, Aim(10), False),
        (10, Aim(10, at_most=True), True),
        (10.1, Aim(10, at_most=True), False),
        (9.9, Aim(10, max_value=14), False),
        (10, Aim(10, max_value=14), True),
        (14, Aim(10, max_value=14), True),
        (14.1, Aim(10, max_value=14), False),
    ],
)
def test_a_target_is_met_at_its_own_value(value: float, aim: Aim, met: bool) -> None:  # noqa: FBT001 - a parameter
    assert is_on_target(value, aim) is met


def test_weeks_off_target_in_a_row_are_counted_and_a_good_one_ends_the_streak() -> None:
    values = (8.0, 9.0, 12.0, 9.0, 8.0, 9.0)

    judged = judge(series(*values), [Aim(10)] * 6, _LIMITS)

    assert [point.off_target_run for point in judged.points] == [1, 2, 0, 1, 2, 3]


def test_a_week_without_target_or_value_ends_a_streak_and_the_running_one_adds_nothing() -> None:
    values = (8.0, None, 8.0, 8.0, 8.0)
    aims = [Aim(10), Aim(10), Aim(10), None, Aim(10)]

    judged = judge(series(*values, running=True), aims, _LIMITS)

    assert [point.off_target_run for point in judged.points] == [1, 0, 1, 0, 0]


def test_the_running_period_takes_no_part_in_a_run() -> None:
    values = [11.0] * 8

    judged = judge(series(*values, running=True), [None] * 8, _LIMITS)

    assert {point.signal for point in judged.points} == {None}


def test_the_lower_limit_of_counts_stops_at_zero_and_signals_do_not_change() -> None:
    values = [0.0, 9.0, 1.0, 8.0, 0.0, 9.0]
    limits = natural_limits(values)
    assert limits is not None
    assert limits.lower < 0

    judged = judge(series(*values), [None] * 6, limits)

    assert judged.limits == replace(limits, lower=0)
    assert {point.signal for point in judged.points} == {None}


def test_the_lower_limit_of_a_rate_and_of_a_negative_margin_is_left_alone() -> None:
    limits = Limits(lower=-0.1, centre=0.2, upper=0.5, range_upper=0.4)
    margin = replace(_SALES, unit=Unit.MONEY, better=Better.UP)

    assert judge(series(0.2, definition=_WIN_RATE), [None], limits).limits == limits
    assert judge(series(-3.0, definition=margin), [None], limits).limits == limits


def test_a_share_is_drawn_without_a_limit_below_zero_and_keeps_its_own() -> None:
    shares = series(0.1, 0.4, 0.2, definition=_WIN_RATE)
    limits = Limits(lower=-0.2, centre=0.3, upper=0.8, range_upper=0.6)

    judged = judge(shares, [None] * 3, limits)

    assert judged.limits == limits
    assert as_drawn(judged).limits == replace(limits, lower=0.0)


def test_a_margin_that_was_negative_is_drawn_with_its_limit_below_zero() -> None:
    margins = series(-0.1, 0.4, 0.2, definition=SHIPPED["gross_margin_rate"])
    judged = judge(margins, [None] * 3, Limits(-0.2, 0.3, 0.8, 0.6))

    assert as_drawn(judged) == judged
