"""Which days a pipeline review can look back to. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta

from pipelines.periods import Calendar, Grain

#: "Last time" is not yesterday: an export that comes every night would leave nothing to talk about.
_APART = timedelta(days=6)
#: Where no export tells, so far back.
_MONTH = timedelta(days=28)
#: More days than anybody chooses among.
_OFFERED = 12


def usual_since(told: Sequence[date], as_of: date) -> date:
    """Return the day to look back to by itself: that of the export before the one that tells.

    Args:
        told: Days on which exports came, newest first, none after ``as_of``.
    """
    newest = told[0] if told else as_of
    before = [day for day in told if day <= newest - _APART]
    if before:
        return before[0]
    return told[-1] if told and told[-1] < newest else newest - _MONTH


def offered(told: Sequence[date], as_of: date, calendar: Calendar) -> tuple[date, ...]:
    """Return days to look back to, newest first: those of exports, and the starts of periods.

    Args:
        told: As above.
    """
    found: list[date] = []
    for day in told:
        if day < as_of and (not found or found[-1] - day >= _APART):
            found.append(day)
    month = calendar.period(Grain.MONTH, as_of)
    quarter = calendar.period(Grain.QUARTER, as_of)
    starts = {month.start, quarter.start, calendar.previous(quarter).start, as_of - _MONTH}
    known = {*found[:_OFFERED], *(day for day in starts if day < as_of)}
    return tuple(sorted(known, reverse=True))
