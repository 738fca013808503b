"""The stretches of days that a gap review looks at. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipelines.periods import Calendar, Grain, Period, day_after


class When(StrEnum):
    """Which stretch it is."""

    MONTH = "month"
    TO_DATE = "to_date"
    MONTH_LAST_YEAR = "month_last_year"
    TO_DATE_LAST_YEAR = "to_date_last_year"
    FORMER_MONTH = "former_month"


@dataclass(frozen=True)
class Stretches:
    """What is looked at.

    Attributes:
        days: Each stretch, as far as the files tell about it.
        partial: Those that are not over, or whose end the files do not reach.
        unknown: Nothing is known of the month yet.
    """

    days: dict[When, Period]
    partial: frozenset[When]
    unknown: bool


#: The stretch that another one is compared with.
YEAR_BEFORE = {
    When.MONTH: When.MONTH_LAST_YEAR,
    When.TO_DATE: When.TO_DATE_LAST_YEAR,
}


def stretches(calendar: Calendar, month: Period, until: date, *, partial: bool) -> Stretches:
    """Return the stretches of the review of a month; a year before, the same calendar dates.

    Args:
        month: A month, or a whole quarter: then it is its own quarter to date.
        until: The last day that is known.
        partial: The month is not over, or the files do not reach its last working day.
    """
    quarter = calendar.period(Grain.QUARTER, month.start)
    end = min(month.end, day_after(until)) if partial else month.end
    to_date = Period(quarter.start, max(end, day_after(quarter.start)), Grain.QUARTER)
    shown = Period(month.start, end, month.grain) if end > month.start else month
    return Stretches(
        days={
            When.MONTH: shown,
            When.TO_DATE: to_date,
            When.MONTH_LAST_YEAR: year_before(shown),
            When.TO_DATE_LAST_YEAR: year_before(to_date),
            When.FORMER_MONTH: calendar.previous(month),
        },
        partial=frozenset(
            ([When.MONTH] if partial else [])
            + ([When.TO_DATE] if partial or month.end < quarter.end else [])
        ),
        unknown=until < month.start,
    )


def year_before(period: Period) -> Period:
    """Return the same calendar dates a year before; what ends on 28 February ends on it."""
    return Period(_year_before(period.start), _year_before(period.end), period.grain)


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February: as the end of what came before it, and as a first day
        return date(day.year - 1, 3, 1)
