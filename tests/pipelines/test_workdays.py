"""Working days are those of the company's own place."""

from datetime import date

from pipelines.periods import Calendar, Grain
from pipelines.workdays import working_days

_CALENDAR = Calendar()


def count(country: str, province: str | None, grain: Grain, day: date) -> int:
    return working_days(country, province).count(_CALENDAR.period(grain, day))


def test_weekends_and_public_holidays_are_no_working_days() -> None:
    days = working_days("CA", "QC")

    assert date(2026, 6, 23) in days
    assert date(2026, 6, 24) not in days  # Fête nationale
    assert date(2026, 6, 27) not in days  # Saturday
    assert date(2026, 6, 28) not in days


def test_a_province_has_holidays_of_its_own() -> None:
    assert date(2026, 6, 24) in working_days("CA", "ON")
    assert count("CA", "ON", Grain.MONTH, date(2026, 6, 1)) == 22
    assert count("CA", "QC", Grain.MONTH, date(2026, 6, 1)) == 21


def test_a_week_with_a_holiday_is_shorter() -> None:
    assert count("FR", None, Grain.WEEK, date(2026, 7, 13)) == 4  # 14 July is a Tuesday
    assert count("FR", None, Grain.WEEK, date(2026, 7, 20)) == 5


def test_the_days_of_a_period_come_in_order() -> None:
    week = _CALENDAR.period(Grain.WEEK, date(2026, 7, 13))

    assert working_days("FR", None).days(week) == [
        date(2026, 7, 13),
        date(2026, 7, 15),
        date(2026, 7, 16),
        date(2026, 7, 17),
    ]
