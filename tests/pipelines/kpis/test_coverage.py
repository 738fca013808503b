"""What came after the newest file is unknown, and never zero."""

from datetime import date, timedelta

import pytest

from pipelines.context import Context
from pipelines.kpis.rows import rows_behind
from pipelines.kpis.series import read_series
from pipelines.periods import Grain
from tests.builders.warehouse import (
    Row,
    closed,
    created,
    imported,
    invoice,
    meeting,
    proposal,
    warehouse_with,
)

# week of 2 March: one won deal; week of 9 March: none; today is in the week of 23 March
_TODAY = "2026-03-24"


def weeks(context: Context, key: str = "deals_won") -> list[tuple[float | None, bool]]:
    (series,) = read_series(context, [key], Grain.WEEK)
    assert series.unavailable is None, str(series.unavailable)
    return [(point.value, point.partial) for point in series.points]


def company(*files: Row) -> Context:
    return warehouse_with(closed("2026-03-03", "won"), *files, today=_TODAY)


def test_weeks_after_the_newest_import_have_no_value() -> None:
    warehouse = company(imported("deals", "2026-03-13"))  # a Friday

    assert weeks(warehouse) == [(1, False), (0, False), (None, False), (None, True)]


@pytest.mark.parametrize(
    ("day", "partial"), [("2026-03-12", True), ("2026-03-13", False), ("2026-03-15", False)]
)
def test_a_week_is_whole_once_a_file_reaches_its_last_working_day(day: str, partial: bool) -> None:  # noqa: FBT001 - a parameter
    assert weeks(company(imported("deals", day)))[1] == (0, partial)


def test_a_file_of_today_makes_an_empty_week_an_empty_week() -> None:
    warehouse = company(imported("deals", "2026-03-01"), imported("deals", _TODAY))

    assert weeks(warehouse) == [(1, False), (0, False), (0, False), (0, True)]


def test_files_about_other_things_say_nothing_about_deals() -> None:
    warehouse = company(imported("deals", "2026-03-13"), imported("activities", _TODAY))

    assert weeks(warehouse)[2] == (None, False)


def test_meetings_and_proposals_go_by_the_files_that_bring_them() -> None:
    warehouse = warehouse_with(
        meeting("2026-03-03"),
        proposal("2026-03-03"),
        imported("activities", "2026-03-13"),
        today=_TODAY,
    )

    for key in ("meetings_held", "proposals_sent"):
        assert weeks(warehouse, key) == [(1, False), (0, False), (None, False), (None, True)]


def test_a_deal_dated_after_its_file_is_not_counted_yet() -> None:
    warehouse = warehouse_with(
        closed("2026-03-03", "won"),
        closed("2026-03-14", "won"),
        imported("deals", "2026-03-13"),
        today=_TODAY,
    )

    assert weeks(warehouse)[1] == (0, False)
    assert rows_behind(warehouse, "deals_won", date(2026, 3, 9), date(2026, 3, 16)).total == 0


def test_asking_about_a_day_before_the_newest_file_changes_nothing() -> None:
    warehouse = company(imported("deals", _TODAY))

    (series,) = read_series(warehouse, ["deals_won"], Grain.WEEK, as_of=date(2026, 3, 16))

    assert [(point.value, point.partial) for point in series.points] == [
        (1, False),
        (0, False),
        (0, True),
    ]


def every(days: int, times: int, last: str) -> list[Row]:
    """Return a deal won every so many days, the last one on a day."""
    end = date.fromisoformat(last)
    return [closed(str(end - timedelta(days * number)), "won") for number in range(times)]


def until(context: Context, key: str = "deals_won") -> date | None:
    (series,) = read_series(context, [key], Grain.WEEK)
    return series.known_until


def test_an_old_export_taken_in_today_says_nothing_about_the_months_after_its_last_row() -> None:
    # a deal every week until Friday, 2 May 2025; the file is taken in on 16 November 2026
    warehouse = warehouse_with(
        *every(7, 20, "2025-05-02"), imported("deals", "2026-11-16"), today="2026-11-16"
    )

    values = weeks(warehouse)

    assert until(warehouse) == date(2025, 5, 2)
    assert values[:20] == [(1, False)] * 20
    # 79 weeks from Monday, 5 May 2025 to Sunday, 8 November 2026, one more, and the running one
    assert values[20:] == [(None, False)] * 80 + [(None, True)]


@pytest.mark.parametrize(
    ("silent_days", "stops"),
    [(28, False), (29, True)],
)
def test_a_silence_of_four_weeks_is_believed_and_one_day_more_is_not(
    silent_days: int,
    stops: bool,  # noqa: FBT001 - a parameter
) -> None:
    # something happens every week, so twice the longest pause is fourteen days: four weeks hold
    today = date(2026, 11, 16)
    last = today - timedelta(silent_days)
    warehouse = warehouse_with(
        *every(7, 20, str(last)), imported("deals", str(today)), today=str(today)
    )

    assert until(warehouse) == (last if stops else None)


@pytest.mark.parametrize(("silent_days", "stops"), [(60, False), (61, True)])
def test_a_silence_counts_against_the_longest_pause_of_the_year_before(
    silent_days: int,
    stops: bool,  # noqa: FBT001 - a parameter
) -> None:
    # an invoice on the first days of every month: the longest pause is thirty days
    today = date(2026, 11, 16)
    last = today - timedelta(silent_days)
    warehouse = warehouse_with(
        *(invoice(str(last - timedelta(30 * number)), 100.0, 60.0) for number in range(13)),
        imported("invoices", str(today)),
        today=str(today),
    )

    assert until(warehouse, "gross_margin") == (last if stops else None)


def test_a_table_in_which_little_happens_has_no_usual_pause_and_no_guess_is_made() -> None:
    warehouse = warehouse_with(
        *every(7, 11, "2025-05-02"), imported("deals", "2026-11-16"), today="2026-11-16"
    )

    assert until(warehouse) is None
    assert weeks(warehouse)[-2] == (0, False)


def test_no_sales_while_deals_are_still_created_are_no_sales() -> None:
    new = [created(str(date(2026, 11, 13) - timedelta(7 * week))) for week in range(40)]
    warehouse = warehouse_with(
        *every(7, 20, "2026-05-01"), *new, imported("deals", "2026-11-16"), today="2026-11-16"
    )

    assert until(warehouse) is None
    assert weeks(warehouse)[-2] == (0, False)


def test_a_plan_for_later_is_nothing_that_happened() -> None:
    held = [meeting(str(date(2025, 5, 2) - timedelta(7 * week))) for week in range(20)]
    plan = meeting("2026-10-01", outcome="planned")
    warehouse = warehouse_with(
        *held, plan, imported("activities", "2026-11-16"), today="2026-11-16"
    )

    assert until(warehouse, "meetings_held") == date(2025, 5, 2)
