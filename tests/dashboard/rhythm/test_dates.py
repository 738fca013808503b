"""A due date that makes one wonder is pointed out, and another one is proposed."""

from datetime import date

import pytest

from dashboard.rhythm.dates import date_warnings
from pipelines.workdays import working_days

QUEBEC = working_days("CA", "QC")
MONDAY = date(2026, 11, 16)


@pytest.mark.parametrize("day", [MONDAY, date(2026, 11, 20), date(2027, 1, 4)])
def test_a_working_day_to_come_is_fine(day: date) -> None:
    assert date_warnings(day, MONDAY, QUEBEC) == ()


@pytest.mark.parametrize(
    ("day", "said", "proposed"),
    [
        # a Saturday, a Sunday; Christmas of 2026 is a Friday
        (date(2026, 11, 21), ["Nobody works on 2026-11-21."], date(2026, 11, 23)),
        (date(2026, 11, 22), ["Nobody works on 2026-11-22."], date(2026, 11, 23)),
        (date(2026, 12, 25), ["Nobody works on 2026-12-25."], date(2026, 12, 28)),
        (date(2026, 11, 13), ["2026-11-13 is in the past."], date(2026, 11, 17)),
        # a Saturday that is over: one thing is said about it
        (date(2026, 11, 14), ["2026-11-14 is in the past."], date(2026, 11, 17)),
    ],
)
def test_the_past_weekends_and_holidays_are_said_with_a_day_that_would_do(
    day: date, said: list[str], proposed: date
) -> None:
    found = date_warnings(day, MONDAY, QUEBEC)

    assert [str(one.what) for one in found] == said
    assert {one.proposed for one in found} == {proposed}


def test_a_place_where_nobody_ever_works_gets_the_day_after() -> None:
    (found,) = date_warnings(MONDAY, MONDAY, ())

    assert found.proposed == date(2026, 11, 17)
