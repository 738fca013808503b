"""What came after the newest file is unknown, and never zero."""

from datetime import date

import pytest

from pipelines.context import Context
from pipelines.kpis.rows import rows_behind
from pipelines.kpis.series import read_series
from pipelines.periods import Grain
from tests.builders.warehouse import Row, closed, imported, meeting, proposal, warehouse_with

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
