"""Weeks, months and quarters of a company's calendar.

Pure: "today" is always an argument, except in ``clock``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from pipelines.errors import Refused, msg

_DAY = timedelta(days=1)
_MONTHS_IN_QUARTER = 3
_MONTHS_IN_YEAR = 12


class Grain(StrEnum):
    """How long a period is. Years exist for targets; series stop at quarters."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


#: What series are made of and reviews are held in; years are for targets.
SERIES_GRAINS = (Grain.WEEK, Grain.MONTH, Grain.QUARTER)


class Weekday(IntEnum):
    """The day a company's week starts on, numbered as ``date.weekday`` does."""

    MONDAY = 0
    SUNDAY = 6


def last_day(end: date) -> date:
    """Return the last day that counts before an end, which is exclusive wherever it is kept."""
    return end - _DAY


def day_after(last: date) -> date:
    """Return the exclusive end of what has this last day: people name the one, we keep the other."""
    return last + _DAY


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of days: ``start`` inclusive, ``end`` exclusive."""

    start: date
    end: date
    grain: Grain

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def last_day(self) -> date:
        """The last day that belongs to the period."""
        return last_day(self.end)

    def is_partial(self, today: date) -> bool:
        """Tell whether the period is still running on ``today`` (its last day included)."""
        return self.end > today


@dataclass(frozen=True)
class Calendar:
    """A company's own division of time.

    Attributes:
        week_start: Monday (ISO 8601) or Sunday. A Sunday week bears the number of the
            ISO week of its Monday.
        fiscal_year_start: Month (1-12) in which the fiscal year begins; the year is named
            by the calendar year in which it ends.
    """

    week_start: Weekday = Weekday.MONDAY
    fiscal_year_start: int = 1

    def period(self, grain: Grain, day: date) -> Period:
        """Return the period of this grain that contains ``day``."""
        start = self._start(grain, day)
        return Period(start, self._next_start(grain, start), grain)

    def periods(self, grain: Grain, start: date, end: date) -> Iterator[Period]:
        """Yield the periods that start within [``start``, ``end``), oldest first."""
        period = self.period(grain, start)
        if period.start < start:
            period = self.next(period)
        while period.start < end:
            yield period
            period = self.next(period)

    def next(self, period: Period) -> Period:
        """Return the period right after."""
        return self.period(period.grain, period.end)

    def previous(self, period: Period) -> Period:
        """Return the period right before."""
        return self.period(period.grain, period.start - _DAY)

    def last_finished(self, grain: Grain, today: date) -> Period:
        """Return the newest period that ended before ``today`` began."""
        return self.previous(self.period(grain, today))

    def number(self, period: Period) -> tuple[int, int]:
        """Return (year, number): ISO week, calendar month, fiscal quarter, (fiscal year, 0)."""
        match period.grain:
            case Grain.WEEK:
                # the Monday of a Sunday week is its second day
                iso = (period.start + _DAY * (self.week_start is Weekday.SUNDAY)).isocalendar()
                return iso.year, iso.week
            case Grain.MONTH:
                return period.start.year, period.start.month
            case Grain.QUARTER:
                months = (period.start.month - self.fiscal_year_start) % _MONTHS_IN_YEAR
                return self._fiscal_year(period.start), months // _MONTHS_IN_QUARTER + 1
            case Grain.YEAR:
                return self._fiscal_year(period.start), 0

    def label(self, period: Period) -> str:
        """Return the language-free name used on the command line: 2026-W46, 2026-10, 2026-Q3."""
        year, number = self.number(period)
        match period.grain:
            case Grain.WEEK:
                return f"{year}-W{number:02d}"
            case Grain.MONTH:
                return f"{year}-{number:02d}"
            case Grain.QUARTER:
                return f"{year}-Q{number}"
            case Grain.YEAR:
                return f"{year}"

    def parse(self, text: str) -> Period:
        """Return the period that ``label`` writes as ``text`` (``S`` and ``T`` as in French too).

        Raises:
            Refused: The text names no period.
        """
        match = re.fullmatch(r"(\d{4})-(?:([WwSs])(\d{1,2})|([QqTt])([1-4])|(\d{2}))", text.strip())
        if match:
            year = int(match[1])
            for period in self._candidates(year, match):
                number = int(match[3] or match[5] or match[6])
                if self.number(period) == (year, number):
                    return period
        raise Refused.of(
            msg("'{text}' is not a period.", text=text),
            hint=msg("Write a week as 2026-W46, a month as 2026-10, a quarter as 2026-Q3."),
        )

    def _candidates(self, year: int, match: re.Match[str]) -> Iterator[Period]:
        grain = Grain.WEEK if match[2] else Grain.QUARTER if match[4] else Grain.MONTH
        # a fiscal or ISO year reaches into its neighbours
        return self.periods(grain, date(year - 1, 1, 1), date(year + 1, 12, 31))

    def _start(self, grain: Grain, day: date) -> date:
        match grain:
            case Grain.WEEK:
                return day - _DAY * ((day.weekday() - self.week_start) % 7)
            case Grain.MONTH:
                return day.replace(day=1)
            case Grain.QUARTER:
                return _add_months(
                    day.replace(day=1), -((day.month - self.fiscal_year_start) % _MONTHS_IN_QUARTER)
                )
            case Grain.YEAR:
                return _add_months(
                    day.replace(day=1), -((day.month - self.fiscal_year_start) % _MONTHS_IN_YEAR)
                )

    @staticmethod
    def _next_start(grain: Grain, start: date) -> date:
        match grain:
            case Grain.WEEK:
                return start + 7 * _DAY
            case Grain.MONTH:
                return _add_months(start, 1)
            case Grain.QUARTER:
                return _add_months(start, _MONTHS_IN_QUARTER)
            case Grain.YEAR:
                return _add_months(start, _MONTHS_IN_YEAR)

    def _fiscal_year(self, day: date) -> int:
        first = self._start(Grain.YEAR, day)
        return (_add_months(first, _MONTHS_IN_YEAR) - _DAY).year


def _add_months(first_of_month: date, months: int) -> date:
    years, month = divmod(first_of_month.month - 1 + months, _MONTHS_IN_YEAR)
    return date(first_of_month.year + years, month + 1, 1)
