from datetime import date

import pytest

from pipelines.sample.workdays import (
    after_the_quiet,
    christmas_fortnight,
    construction_holiday,
    is_workday,
    pace,
    workdays,
)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        # as the Commission de la construction du Québec announced them
        (date(2023, 7, 23), date(2023, 8, 5)),
        (date(2024, 7, 21), date(2024, 8, 3)),
        (date(2025, 7, 20), date(2025, 8, 2)),
        (date(2026, 7, 19), date(2026, 8, 1)),
    ],
)
def test_the_construction_holiday_is_the_one_that_was_announced(first: date, last: date) -> None:
    start, end = construction_holiday(first.year)

    assert start == first
    assert (end - last).days == 1


@pytest.mark.parametrize("year", range(2015, 2045))
def test_christmas_and_new_years_eve_lie_in_the_christmas_fortnight(year: int) -> None:
    start, end = christmas_fortnight(year)

    assert start <= date(year, 12, 25) < end
    assert start <= date(year, 12, 31) < end


@pytest.mark.parametrize(
    "closed",
    [
        date(2026, 11, 14),  # a Saturday
        date(2026, 11, 15),  # a Sunday
        date(2026, 6, 24),  # the national holiday of Québec
        date(2026, 10, 12),  # Thanksgiving
        date(2026, 12, 25),
    ],
)
def test_nobody_works_on_weekends_and_public_holidays(closed: date) -> None:
    assert not is_workday(closed)
    assert pace(closed) == 0


def test_remembrance_day_is_a_workday_in_quebec() -> None:
    assert pace(date(2026, 11, 11)) == 1


def test_a_quiet_fortnight_is_slow_but_not_closed() -> None:
    assert 0 < pace(date(2026, 7, 22)) < 1


def test_what_waits_for_the_end_of_the_construction_holiday_comes_on_the_monday_after() -> None:
    assert after_the_quiet(date(2026, 7, 22)) == date(2026, 8, 3)


def test_a_week_with_a_holiday_has_four_workdays() -> None:
    days = list(workdays(date(2026, 10, 12), date(2026, 10, 19)))

    assert [day.day for day in days] == [13, 14, 15, 16]
