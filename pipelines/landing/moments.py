"""The same time of other periods: with as many working days left. Pure."""

from collections.abc import Iterator

from pipelines.landing.columns import Columns, number_of
from pipelines.landing.forecast import MOST_EARLIER, Moment
from pipelines.periods import Calendar, Period
from pipelines.workdays import WorkingDays


def moment(period: Period, day: int) -> Moment:
    """Return a day of a period, by its number."""
    return Moment(number_of(period.start) - 1, day, number_of(period.last_day))


def earlier_periods(
    columns: Columns, calendar: Calendar, place: WorkingDays, period: Period, day: int
) -> list[tuple[Period, Moment]]:
    """Return the same time of the periods before one, oldest first; at most ``MOST_EARLIER``.

    Those that began before the oldest deal, and those in which no deal was finished, tell nothing.
    """
    left = sum(number_of(one) > day for one in place.days(period))
    found: list[tuple[Period, Moment]] = []
    for one in _before(calendar, period):
        if number_of(one.start) < columns.first_day or len(found) == MOST_EARLIER:
            break
        at = _with_days_left(place, one, left)
        if _has_finished(columns, one):
            found.insert(0, (one, moment(one, at)))
    return found


def _before(calendar: Calendar, period: Period) -> Iterator[Period]:
    while True:
        period = calendar.previous(period)
        yield period


def _with_days_left(place: WorkingDays, period: Period, left: int) -> int:
    """Return the last day of a period after which so many working days are left."""
    days = place.days(period)
    if left == 0:
        return number_of(period.last_day)
    if left > len(days):
        return number_of(period.start) - 1
    return number_of(days[-left]) - 1


def _has_finished(columns: Columns, period: Period) -> bool:
    before = columns.finished_by(number_of(period.start) - 1)
    return columns.finished_by(number_of(period.last_day)) > before
