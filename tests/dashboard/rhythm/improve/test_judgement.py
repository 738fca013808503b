from datetime import date, timedelta

import pytest

from dashboard.rhythm.improve.judgement import Finding, Judgement, judge_experiment
from dashboard.rhythm.improve.words import judgement_words
from pipelines.analysis.verdict import judge
from pipelines.kpis.values import Point, Series
from pipelines.periods import Grain, Period
from tests.builders.warehouse import SHIPPED

MONDAY = date(2026, 6, 1)
#: Moving ranges are all 2, the mean 10: limits 10 ± 2.66 * 2, that is 4.68 and 15.32.
BEFORE = (9.0, 11.0, 9.0, 11.0, 9.0, 11.0, 9.0, 11.0)
START = MONDAY + timedelta(weeks=len(BEFORE))


def judged(
    *after: float | None,
    before: tuple[float | None, ...] = BEFORE,
    lag: int = 0,
    ended_on: date | None = None,
    key: str = "meetings_held",
    samples: dict[int, int] | None = None,
    start: date | None = None,
) -> Judgement:
    values = [*before, *after]
    points = tuple(
        Point(
            Period(MONDAY + timedelta(7 * n), MONDAY + timedelta(7 * n + 7), Grain.WEEK),
            value,
            sample=(samples or {}).get(n, 100),
        )
        for n, value in enumerate(values)
    )
    series = judge(Series(SHIPPED[key], Grain.WEEK, points), [None] * len(points), None)
    begin = start or MONDAY + timedelta(weeks=len(before))
    return judge_experiment(series, begin, lag, ended_on)


def test_limits_before_come_from_the_weeks_before_alone() -> None:
    found = judged(30, 30, 30)

    assert found.before is not None
    assert found.before.lower == pytest.approx(4.68)
    assert found.before.upper == pytest.approx(15.32)
    assert (found.weeks_before, found.weeks_after, found.mean_after) == (8, 3, 30)


def test_limits_after_need_six_weeks() -> None:
    assert judged(12, 14, 12, 14, 12).after is None
    found = judged(12, 14, 12, 14, 12, 14).after
    assert found is not None
    assert found.centre == 13
    assert found.upper == pytest.approx(13 + 2.66 * 2)


@pytest.mark.parametrize(
    ("after", "finding"),
    [
        ((), Finding.TOO_EARLY),
        ((10, 11, 9, 10, 11), Finding.TOO_EARLY),
        ((10, 11, 9, 10, 11, 9), Finding.NO_SIGNAL),
        ((10, 16), Finding.RIGHT),  # above 15.32
        ((10, 15), Finding.TOO_EARLY),
        ((10, 4), Finding.WRONG),
        ((16, 10, 4), Finding.MIXED),
        ((20, 10, 10), Finding.RIGHT),  # back to usual is a jump, and no harm
        ((13, 13, 10, 13), Finding.RIGHT),  # three of four beyond 12.66
        ((10.5,) * 8, Finding.RIGHT),  # eight on one side
        ((10.5,) * 7, Finding.NO_SIGNAL),
        ((None, None), Finding.TOO_EARLY),
    ],
)
def test_an_experiment_is_judged_by_signals_against_the_weeks_before(
    after: tuple[float | None, ...], finding: Finding
) -> None:
    assert judged(*after).finding is finding


def test_a_run_that_began_before_the_start_proves_nothing() -> None:
    long_run = (9.0, 11.0, 9.0, 11.0, 8.0, 11.0, 9.0, 10.5, 10.5, 10.5, 10.5, 10.5)

    found = judged(*(10.5,) * 5, before=long_run)

    assert found.finding is Finding.TOO_EARLY


def test_weeks_of_the_lag_say_nothing() -> None:
    assert judged(16, 16, 10, 10, lag=2).finding is Finding.TOO_EARLY
    assert judged(10, 10, 16, lag=2).finding is Finding.RIGHT
    assert judged(10, lag=2).shows_from == START + timedelta(weeks=2)


def test_a_week_in_which_it_starts_belongs_to_neither_side() -> None:
    found = judged(16, 10, start=START + timedelta(days=2))

    assert (found.weeks_before, found.weeks_after, found.finding) == (8, 1, Finding.TOO_EARLY)


def test_weeks_after_the_end_say_nothing() -> None:
    found = judged(10, 10, 16, ended_on=START + timedelta(weeks=2))

    assert (found.weeks_after, found.finding) == (2, Finding.TOO_EARLY)


def test_with_fewer_than_six_weeks_before_there_is_nothing_to_compare_with() -> None:
    assert judged(30, 30, before=BEFORE[:5]).finding is Finding.NO_BASELINE
    assert judged(30, 30, before=BEFORE[:6]).finding is Finding.RIGHT


def test_where_less_is_better_a_signal_downwards_is_the_right_one() -> None:
    assert judged(4, key="no_show_rate").finding is Finding.RIGHT
    assert judged(16, key="no_show_rate").finding is Finding.WRONG


def test_a_week_of_too_few_rows_bears_no_signal() -> None:
    smallest = SHIPPED["win_rate"].measure
    assert smallest
    assert smallest.min_sample > 1

    assert judged(16, key="win_rate").finding is Finding.RIGHT
    assert judged(16, key="win_rate", samples={8: 1}).finding is Finding.TOO_EARLY


def test_the_judgement_says_its_numbers() -> None:
    found = judged(16, 12, 14)

    # only the first week is above 15.32; 16, 12, 14 are no three of four
    assert judgement_words(found, SHIPPED["meetings_held"], None, "en") == (
        "It works: 1 signal in the right direction in 3 weeks. 14 on average since then; before, "
        "10 on average, with routine variation between 4.7 and 15.3."
    )
    assert judgement_words(judged(), SHIPPED["meetings_held"], None, "en") == (
        "Too early: the effect should show from Jul 27, 2026 on."
    )
