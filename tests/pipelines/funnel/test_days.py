from datetime import date

from pipelines.funnel.days import offered, usual_since
from pipelines.periods import Calendar

TODAY = date(2026, 11, 16)


def days(*written: str) -> list[date]:
    return [date.fromisoformat(one) for one in written]


def test_last_time_is_the_export_before_the_newest() -> None:
    assert usual_since(days("2026-11-16", "2026-10-12"), TODAY) == date(2026, 10, 12)


def test_an_export_of_yesterday_is_not_last_time() -> None:
    told = days("2026-11-16", "2026-11-15", "2026-11-11", "2026-11-09", "2026-11-02")

    assert usual_since(told, TODAY) == date(2026, 11, 9)


def test_after_two_exports_in_a_week_the_first_is_last_time() -> None:
    assert usual_since(days("2026-11-16", "2026-11-13"), TODAY) == date(2026, 11, 13)


def test_with_one_export_one_looks_back_four_weeks_from_it() -> None:
    assert usual_since(days("2026-11-16"), TODAY) == date(2026, 10, 19)
    assert usual_since(days("2026-10-12"), TODAY) == date(2026, 9, 14)
    assert usual_since([], TODAY) == date(2026, 10, 19)


def test_exports_at_least_six_days_apart_and_the_starts_of_periods_are_offered() -> None:
    told = days("2026-11-16", "2026-11-09", "2026-11-08", "2026-10-12")

    assert offered(told, TODAY, Calendar()) == tuple(
        days("2026-11-09", "2026-11-01", "2026-10-19", "2026-10-12", "2026-10-01", "2026-07-01")
    )
