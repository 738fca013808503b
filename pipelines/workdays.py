"""Working days of a place: no weekends, no public holidays. Pure."""

from datetime import date, timedelta
from functools import cache
from threading import Lock

import holidays

from pipelines.periods import Period

_DAY = timedelta(days=1)


class WorkingDays:
    """The working days of a country, or of one of its provinces; safe to use from any thread.

    Args:
        country: ISO 3166 code, such as ``CA``.
        province: Code of the subdivision, such as ``QC``; None for the country's own holidays.
    """

    def __init__(self, country: str, province: str | None = None) -> None:
        self._place = (country, province)
        self._weekend = frozenset(holidays.country_holidays(country, subdiv=province).weekend)
        self._holidays: dict[int, frozenset[date]] = {}
        self._lock = Lock()

    def __contains__(self, day: object) -> bool:
        # any container of days may stand in for this one, and containers are asked for anything
        if not isinstance(day, date):
            return False
        return day.weekday() not in self._weekend and day not in self._of_year(day.year)

    def days(self, period: Period) -> list[date]:
        """Return the working days of a period, in order."""
        length = (period.end - period.start).days
        return [day for n in range(length) if (day := period.start + n * _DAY) in self]

    def count(self, period: Period) -> int:
        """Return how many working days a period has."""
        return len(self.days(period))

    def _of_year(self, year: int) -> frozenset[date]:
        # the library adds years to a calendar as they are asked for, which threads must not see
        with self._lock:
            if year not in self._holidays:
                country, province = self._place
                found = holidays.country_holidays(country, subdiv=province, years=year)
                self._holidays[year] = frozenset(found)
            return self._holidays[year]


@cache
def working_days(country: str, province: str | None) -> WorkingDays:
    """Return the working days of a place; its holidays are looked up once per process."""
    return WorkingDays(country, province)
