"""Many recent backups are kept, few old ones."""

from datetime import date, datetime, timedelta

from pipelines.backup.manifest import Manifest, Why
from pipelines.backup.retention import kept
from pipelines.settings import Retention


def made(number: int, day: date, *, rows: int = 100, keep: bool = False) -> Manifest:
    return Manifest(
        number=number,
        why=Why.DAY,
        created=datetime(2026, 1, 1),  # noqa: DTZ001 - UTC, as everywhere; nobody asks for it here
        day=day.isoformat(),
        company="Érable",
        parts=(),
        schemas={},
        rows={"cap90.duckdb": {"deals": rows}},
        audit=None,
        originals=(),
        keep=keep,
        product="0",
    )


def every_day(first: date, days: int) -> list[Manifest]:
    return [made(number, first + timedelta(number)) for number in range(days)]


def days_kept(backups: list[Manifest], retention: Retention | None = None) -> list[str]:
    numbers = kept(backups, retention or Retention())
    return sorted(one.day for one in backups if one.number in numbers)


def test_a_year_of_daily_backups_keeps_seven_days_four_weeks_and_twelve_months() -> None:
    # 2025-11-22 (Saturday) to 2026-11-21 (Saturday)
    backups = every_day(date(2025, 11, 22), 365)

    assert days_kept(backups) == [
        # the last day of each of the twelve months, November 2026 being the twelfth
        "2025-12-31",
        "2026-01-31",
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
        "2026-05-31",
        "2026-06-30",
        "2026-07-31",
        "2026-08-31",
        "2026-09-30",
        "2026-10-31",
        # the Sundays of the three weeks before this one
        "2026-11-01",
        "2026-11-08",
        # the last seven days, one of which is the Sunday of last week
        "2026-11-15",
        "2026-11-16",
        "2026-11-17",
        "2026-11-18",
        "2026-11-19",
        "2026-11-20",
        "2026-11-21",
    ]


def test_of_several_backups_a_day_the_newest_stays_and_of_the_newest_day_the_first_too() -> None:
    monday, tuesday = date(2026, 11, 16), date(2026, 11, 17)
    backups = [
        *(made(number, monday) for number in (1, 2, 3)),
        *(made(number, tuesday) for number in (4, 5, 6)),
    ]

    assert kept(backups, Retention()) == {3, 4, 6}


def test_days_without_a_backup_take_no_place() -> None:
    backups = [made(number, date(2026, 1, 1) + timedelta(30 * number)) for number in range(7)]

    assert kept(backups, Retention(weekly_backups=0, monthly_backups=0)) == set(range(7))


def test_the_newest_backup_stays_even_if_the_clock_was_set_back() -> None:
    future = [made(number, date(2030, 1, 1) + timedelta(number)) for number in range(10)]
    newest = made(10, date(2026, 11, 21))

    assert 10 in kept([*future, newest], Retention(weekly_backups=0, monthly_backups=0))


def test_what_somebody_put_aside_is_never_cleared_away() -> None:
    aside = made(0, date(2020, 1, 1), keep=True)

    assert 0 in kept([aside, *every_day(date(2025, 1, 1), 400)[1:]], Retention())


def test_nothing_is_kept_of_nothing() -> None:
    assert kept([], Retention()) == set()


def test_a_nearly_empty_first_backup_never_outlives_a_fuller_one_of_its_day() -> None:
    # a new company: before its first file, before its second file, then one made by hand
    monday = date(2026, 11, 16)
    backups = [made(1, monday, rows=4), made(2, monday, rows=8262), made(3, monday, rows=8266)]

    assert kept(backups, Retention()) == {2, 3}


def test_the_state_before_a_days_work_and_the_fullest_after_it_both_stay() -> None:
    # four imports on Tuesday; the third took rows away
    monday, tuesday = date(2026, 11, 16), date(2026, 11, 17)
    backups = [
        made(1, monday, rows=8000),
        *(made(number, tuesday, rows=rows) for number, rows in enumerate((8000, 8100, 8400, 7900, 7950), 2)),
    ]  # fmt: skip

    assert kept(backups, Retention()) == {1, 2, 4, 6}


def test_the_full_backup_of_a_day_in_which_data_vanished_stays_for_a_week() -> None:
    # on the 2nd everything was undone by mistake, and it is found out days later
    backups = [
        made(0, date(2026, 11, 2), rows=50),
        made(1, date(2026, 11, 2), rows=8000),
        made(2, date(2026, 11, 2), rows=4),
        *(made(number, date(2026, 11, number), rows=10) for number in range(3, 9)),
    ]
    settings = Retention(weekly_backups=0, monthly_backups=0)

    assert {1, 2} <= kept(backups, settings)
    assert 0 not in kept(backups, settings)
    later = [*backups, made(9, date(2026, 11, 9), rows=10)]
    assert not {1, 2} & kept(later, settings)
