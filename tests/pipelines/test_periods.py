"""Weeks, months, quarters and fiscal years of a company's calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.errors import Refused
from pipelines.periods import Calendar, Grain, Weekday

MONDAYS = Calendar()
SUNDAYS = Calendar(week_start=Weekday.SUNDAY)
FROM_APRIL = Calendar(fiscal_year_start=4)

calendars = st.builds(Calendar, st.sampled_from(Weekday), st.integers(1, 12))
grains = st.sampled_from(Grain)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def label(calendar: Calendar, grain: Grain, day: str) -> str:
    return calendar.label(calendar.period(grain, date.fromisoformat(day)))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-15", "2026-W46"),  # a Sunday ends its week
        ("2026-11-16", "2026-W47"),
        ("2026-12-31", "2026-W53"),
        ("2027-01-03", "2026-W53"),  # belongs to the year of its Thursday
        ("2024-12-30", "2025-W01"),
    ],
)
def test_a_week_from_monday_bears_its_iso_number(day: str, expected: str) -> None:
    assert label(MONDAYS, Grain.WEEK, day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-14", "2026-W46"),  # a Saturday ends its week
        ("2026-11-15", "2026-W47"),  # the day before Monday, 16 November, of ISO week 47
        ("2027-01-03", "2027-W01"),
        ("2026-12-27", "2026-W53"),
    ],
)
def test_a_week_from_sunday_bears_the_iso_number_of_its_monday(day: str, expected: str) -> None:
    assert label(SUNDAYS, Grain.WEEK, day) == expected


@pytest.mark.parametrize(
    ("day", "quarter", "year"),
    [
        ("2026-03-31", "2026-Q4", "2026"),
        ("2026-04-01", "2027-Q1", "2027"),
        ("2026-12-31", "2027-Q3", "2027"),
    ],
)
def test_a_fiscal_year_is_named_by_the_year_it_ends_in(day: str, quarter: str, year: str) -> None:
    assert label(FROM_APRIL, Grain.QUARTER, day) == quarter
    assert label(FROM_APRIL, Grain.YEAR, day) == year


def test_a_calendar_year_is_its_own_fiscal_year() -> None:
    assert label(MONDAYS, Grain.QUARTER, "2026-07-01") == "2026-Q3"
    assert label(MONDAYS, Grain.YEAR, "2026-07-01") == "2026"


def test_a_period_ends_the_day_after_its_last_day() -> None:
    week = MONDAYS.period(Grain.WEEK, date(2026, 11, 11))

    assert (week.start, week.last_day, week.end) == (
        date(2026, 11, 9),
        date(2026, 11, 15),
        date(2026, 11, 16),
    )


def test_a_period_runs_until_its_last_day_is_over() -> None:
    week = MONDAYS.period(Grain.WEEK, date(2026, 11, 11))

    assert week.is_partial(date(2026, 11, 15))
    assert not week.is_partial(date(2026, 11, 16))


def test_the_last_finished_week_on_a_monday_is_the_one_that_ended_the_day_before() -> None:
    finished = MONDAYS.last_finished(Grain.WEEK, date(2026, 11, 16))

    assert MONDAYS.label(finished) == "2026-W46"


def test_the_periods_of_a_stretch_are_those_that_start_in_it() -> None:
    months = MONDAYS.periods(Grain.MONTH, date(2026, 1, 2), date(2026, 4, 1))

    assert [MONDAYS.label(month) for month in months] == ["2026-02", "2026-03"]


@given(calendars, grains, days)
def test_every_day_lies_in_exactly_one_period_of_each_grain(
    calendar: Calendar, grain: Grain, day: date
) -> None:
    period = calendar.period(grain, day)

    assert day in period
    assert day not in calendar.next(period)
    assert day not in calendar.previous(period)
    assert calendar.previous(period).end == period.start
    assert calendar.next(period).start == period.end
    assert calendar.period(grain, period.last_day) == period


@given(calendars, st.sampled_from([Grain.WEEK, Grain.MONTH, Grain.QUARTER]), days)
def test_what_a_period_is_called_leads_back_to_it(
    calendar: Calendar, grain: Grain, day: date
) -> None:
    period = calendar.period(grain, day)

    assert calendar.parse(calendar.label(period)) == period


@given(calendars, days)
def test_quarters_are_three_months_and_years_are_four_quarters(
    calendar: Calendar, day: date
) -> None:
    year = calendar.period(Grain.YEAR, day)

    quarters = list(calendar.periods(Grain.QUARTER, year.start, year.end))

    assert len(quarters) == 4
    assert year.start.month == calendar.fiscal_year_start
    assert all(
        len(list(calendar.periods(Grain.MONTH, one.start, one.end))) == 3 for one in quarters
    )
    assert quarters[-1].end == year.end
    assert year.end - year.start in {timedelta(365), timedelta(366)}


def test_french_names_of_periods_are_understood_too() -> None:
    assert MONDAYS.parse("2026-S46") == MONDAYS.parse("2026-W46")
    assert MONDAYS.parse("2026-T3") == MONDAYS.parse("2026-Q3")


@pytest.mark.parametrize("text", ["", "2026", "2026-W54", "2025-W53", "2026-13", "2026-Q5", "W46"])
def test_what_is_no_period_is_refused_with_examples(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        MONDAYS.parse(text)

    (problem,) = refusal.value.problems
    assert repr(text) in str(problem.what)
    assert "2026-W46" in str(problem.hint)
