from datetime import date, timedelta

import pytest

from dashboard.rhythm.pact.facts import (
    Facts,
    LandingFacts,
    OutsideFacts,
    QuarterFacts,
    SlipFacts,
    facts_read,
    facts_written,
)
from dashboard.rhythm.pact.rules import (
    DealState,
    ToDate,
    below_target,
    outside_limits,
    quarter_ends,
    same_run,
    slipped,
    subject,
)
from pipelines.analysis.judgement import Aim, JudgedSeries, Limits
from pipelines.analysis.verdict import judge
from pipelines.kpis.values import Point, Series
from pipelines.periods import Calendar, Grain, Period
from tests.builders.warehouse import SHIPPED

CALENDAR = Calendar()
MONDAY = date(2026, 9, 7)
LIMITS = Limits(lower=4.0, centre=10.0, upper=16.0, range_upper=7.4)
LONG_AGO = date(2026, 1, 5)
QUARTER = Period(date(2026, 10, 1), date(2027, 1, 1), Grain.QUARTER)


def weeks(*values: float | None, key: str = "meetings_held", running: int = 0) -> JudgedSeries:
    """Return judged weeks from 7 September on; the last ``running`` of them are not over."""
    points = tuple(
        Point(
            Period(MONDAY + timedelta(7 * n), MONDAY + timedelta(7 * n + 7), Grain.WEEK),
            value,
            partial=n >= len(values) - running,
        )
        for n, value in enumerate(values)
    )
    series = Series(SHIPPED[key], Grain.WEEK, points)
    return judge(series, [None] * len(points), LIMITS)


def test_two_weeks_running_below_the_lower_limit_make_a_pact_hold() -> None:
    found = outside_limits(weeks(10, 11, 3, 2), LONG_AGO)

    assert found is not None
    assert found.weeks == ((date(2026, 9, 21), 3.0), (date(2026, 9, 28), 2.0))
    assert (found.lower, found.upper) == (4.0, 16.0)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ((10, 11, 12, 3), "one week is an accident"),
        ((10, 3, 10, 3), "the two do not follow one another"),
        ((3, 3, 10, 11), "it is over"),
        ((10, 11, 17, 18), "above is the good side"),
        ((10, 11, 4, 4), "on the limit is inside"),
        ((10, 3, None, 3), "a week without a value ends the run"),
        ((), "there is nothing"),
    ],
)
def test_a_pact_about_limits_keeps_quiet(values: tuple[float | None, ...], why: str) -> None:
    assert outside_limits(weeks(*values), LONG_AGO) is None, why


def test_where_less_is_better_the_upper_limit_is_the_wrong_side() -> None:
    assert outside_limits(weeks(10, 17, 18, key="no_show_rate"), LONG_AGO) is not None
    assert outside_limits(weeks(10, 3, 2, key="no_show_rate"), LONG_AGO) is None


def test_the_running_week_neither_makes_nor_ends_a_run() -> None:
    assert outside_limits(weeks(10, 3, 2, 0, running=1), LONG_AGO) is not None
    assert outside_limits(weeks(10, 11, 3, 2, running=1), LONG_AGO) is None


def test_a_pact_is_not_about_what_was_there_before_it_was_written() -> None:
    series = weeks(10, 11, 3, 2)  # the last week ends before Monday 5 October

    assert outside_limits(series, date(2026, 10, 4)) is not None
    assert outside_limits(series, date(2026, 10, 5)) is None


def test_a_run_that_goes_on_is_the_run_it_was() -> None:
    first = outside_limits(weeks(10, 3, 2), LONG_AGO)
    longer = outside_limits(weeks(10, 3, 2, 1), LONG_AGO)
    another = outside_limits(weeks(10, 3, 2, 10, 2, 1), LONG_AGO)
    assert first
    assert longer
    assert another

    assert same_run(longer, [first])
    assert not same_run(another, [first])
    assert (subject(first, CALENDAR), subject(another, CALENDAR)) == ("2026-W38", "2026-W41")


def reached(actual: float | None, aim: float | None, *, days: int = 30, **said: date) -> ToDate:
    return ToDate(
        QUARTER,
        said.get("until", date(2026, 11, 15)),
        days,
        actual,
        None if aim is None else Aim(aim),
        None,
    )


def test_a_landing_below_the_share_of_the_target_to_date_makes_a_pact_hold() -> None:
    # 390,000 of 500,000 are 78 %
    found = below_target(SHIPPED["sales_won"], reached(390_000, 500_000), 0.8, LONG_AGO)

    assert found is not None
    assert found.share == pytest.approx(0.78)
    assert subject(found, CALENDAR) == "2026-Q4"


@pytest.mark.parametrize(
    ("key", "actual", "aim", "fires"),
    [
        ("sales_won", 400_000, 500_000, False),  # exactly 80 %
        ("sales_won", 0, 500_000, True),
        ("sales_won", 0, 0, False),  # a share of nothing
        ("sales_won", None, 500_000, False),
        ("sales_won", 390_000, None, False),
        ("no_show_rate", 0.15, 0.10, True),  # two thirds of the way
        ("no_show_rate", 0.12, 0.10, False),  # five sixths
        ("no_show_rate", 0.0, 0.10, False),  # none at all: better than any target
    ],
)
def test_how_far_a_kpi_is_depends_on_what_is_better(
    key: str, actual: float | None, aim: float | None, *, fires: bool
) -> None:
    found = below_target(SHIPPED[key], reached(actual, aim), 0.8, LONG_AGO)

    assert (found is not None) is fires


def test_the_first_two_weeks_of_a_quarter_tell_nothing_about_its_landing() -> None:
    kpi = SHIPPED["sales_won"]

    assert below_target(kpi, reached(1, 100, days=9), 0.8, LONG_AGO) is None
    assert below_target(kpi, reached(1, 100, days=10), 0.8, LONG_AGO) is not None


def test_data_that_ends_before_the_pact_was_written_does_not_make_it_hold() -> None:
    kpi, late = SHIPPED["sales_won"], reached(1, 100, until=date(2026, 11, 15))

    assert below_target(kpi, late, 0.8, date(2026, 11, 16)) is None
    assert below_target(kpi, late, 0.8, date(2026, 11, 15)) is not None


def deal(
    amount: float, expected: str, before: str | None = None, moved: str | None = None
) -> DealState:
    day = date.fromisoformat
    return DealState(
        "hubspot",
        "42",
        "École des Cèdres",
        "Zoé Côté",
        amount,
        day(expected),
        day(before) if before else None,
        day(moved) if moved else None,
    )


WRITTEN, TOLD = date(2026, 11, 2), date(2026, 11, 13)


def test_a_deal_moved_later_since_the_pact_was_written_has_slipped() -> None:
    (found,) = slipped(
        [deal(60_000, "2026-12-18", "2026-11-20", "2026-11-09")], 50_000, WRITTEN, TOLD
    )

    assert (found.before, found.expected) == (date(2026, 11, 20), date(2026, 12, 18))
    assert subject(found, CALENDAR) == "deal hubspot 42"


def test_a_deal_whose_date_passed_since_the_pact_was_written_has_slipped() -> None:
    (found,) = slipped([deal(60_000, "2026-11-12")], 50_000, WRITTEN, TOLD)

    assert (found.before, found.expected) == (None, date(2026, 11, 12))


@pytest.mark.parametrize(
    "one",
    [
        deal(49_999, "2026-11-12"),
        deal(60_000, "2026-11-13"),  # the file is of that day: it may still be signed
        deal(60_000, "2026-12-18", "2026-11-20", "2026-11-02"),  # moved before
        deal(60_000, "2026-11-01"),  # passed before
        deal(60_000, "2026-12-18"),
    ],
)
def test_other_deals_have_not_slipped(one: DealState) -> None:
    assert slipped([one], 50_000, WRITTEN, TOLD) == []


@pytest.mark.parametrize(
    ("weeks_left", "day", "fires"),
    [
        (2, "2026-12-17", False),
        (2, "2026-12-18", True),  # the quarter ends with Thursday 31 December
        (2, "2026-12-31", True),
        (2, "2027-01-01", False),
        (6, "2026-11-20", True),
    ],
)
def test_the_last_weeks_of_a_quarter_are_counted_back_from_its_end(
    weeks_left: int, day: str, *, fires: bool
) -> None:
    found = quarter_ends(CALENDAR, weeks_left, date.fromisoformat(day))

    assert (found is not None) is fires
    if found:
        assert subject(found, CALENDAR) == "2026-Q4"


def test_the_quarter_is_the_companys_own() -> None:
    fiscal = Calendar(fiscal_year_start=2)  # its quarters end with January, April …

    assert quarter_ends(fiscal, 2, date(2026, 12, 18)) is None
    assert quarter_ends(fiscal, 2, date(2027, 1, 18)) is not None


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        ("2026-10-01", "2026-11-01", "2026-10"),
        ("2026-10-01", "2027-01-01", "2026-Q4"),
    ],
)
def test_a_month_and_its_quarter_are_two_subjects(start: str, end: str, label: str) -> None:
    day = date.fromisoformat
    found = LandingFacts("sales_won", day(start), day(end), day(start), 1, 2, 0.5, None)

    assert subject(found, CALENDAR) == label


@pytest.mark.parametrize(
    "facts",
    [
        OutsideFacts("win_rate", ((MONDAY, 0.1), (MONDAY + timedelta(7), 0.2)), 0.25, 0.5, None),
        LandingFacts("sales_won", MONDAY, TOLD, WRITTEN, 1.5, 2.5, 0.6, "CAD"),
        SlipFacts("hubspot", "7", None, None, 60_000.0, None, TOLD),
        QuarterFacts(MONDAY, TOLD, 3),
    ],
)
def test_facts_come_back_from_the_database_as_they_were_seen(facts: Facts) -> None:
    assert facts_read(facts_written(facts)) == facts
