"""When people work in Québec, and when almost nobody does."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import holidays

_DAY = timedelta(days=1)
_FRIDAY = 4
_SUNDAY = 6
#: How much still happens while the construction industry is away.
QUIET_PACE = 0.4


def construction_holiday(year: int) -> tuple[date, date]:
    """Return the construction holiday: first day, and the day after the last.

    Source:
        Commission de la construction du Québec: two full weeks that begin on the second-last
        Sunday of July.
    """
    last = date(year, 7, 31)
    last_sunday = last - _DAY * ((last.weekday() - _SUNDAY) % 7)
    start = last_sunday - 7 * _DAY
    return start, start + 14 * _DAY


def christmas_fortnight(year: int) -> tuple[date, date]:
    """Return the two weeks that begin on the last Sunday before Christmas Day of ``year``."""
    eve = date(year, 12, 24)
    start = eve - _DAY * ((eve.weekday() - _SUNDAY) % 7)
    return start, start + 14 * _DAY


def is_quiet(day: date) -> bool:
    """Tell whether the day lies in one of the two fortnights."""
    fortnights = (
        construction_holiday(day.year),
        christmas_fortnight(day.year),
        christmas_fortnight(day.year - 1),
    )
    return any(start <= day < end for start, end in fortnights)


def is_workday(day: date) -> bool:
    """Tell whether offices are open: no weekend, no public holiday of Québec."""
    return day.weekday() <= _FRIDAY and day not in _public_holidays(day.year)


def pace(day: date) -> float:
    """Return how busy the day is: 1 as usual, 0 closed, in between in a quiet fortnight."""
    if not is_workday(day):
        return 0.0
    return QUIET_PACE if is_quiet(day) else 1.0


def workdays(start: date, end: date) -> Iterator[date]:
    """Yield the workdays of [``start``, ``end``)."""
    for offset in range((end - start).days):
        day = start + _DAY * offset
        if is_workday(day):
            yield day


def workday_from(day: date) -> date:
    """Return the first workday that is not before ``day``."""
    while not is_workday(day):
        day += _DAY
    return day


def after_the_quiet(day: date) -> date:
    """Return the first workday not before ``day`` and outside the quiet fortnights."""
    while is_quiet(day):
        day += _DAY
    return workday_from(day)


@cache
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("CA", subdiv="QC", years=year))
