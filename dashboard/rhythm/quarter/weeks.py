"""Weekly series seen from a quarter: its own weeks, those before them, and their limits. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dashboard.rhythm.quarter.model import WeekLine
from pipelines.analysis.judgement import JudgedPoint, JudgedSeries, Limits
from pipelines.analysis.signals import natural_limits
from pipelines.analysis.verdict import reached
from pipelines.periods import Calendar, Grain, Period

#: A week belongs to the quarter in which its fourth day lies, as to the month.
_MIDDLE = timedelta(days=3)
#: What stands before the quarter in a small chart, and what an effect is measured by on each side.
QUARTER_WEEKS = 13


@dataclass(frozen=True)
class Weeks:
    """The finished weeks of a KPI up to the end of a quarter.

    Attributes:
        own: Those of the quarter.
        former: Those before it, from the KPI's first row on.
    """

    own: tuple[JudgedPoint, ...]
    former: tuple[JudgedPoint, ...]


def weeks_of(calendar: Calendar, quarter: Period, until: date) -> tuple[Period, ...]:
    """Return the weeks of a quarter that were finished on a day: 13, or 14 in some quarters."""
    first = calendar.period(Grain.WEEK, quarter.start)
    return tuple(
        week
        for week in calendar.periods(Grain.WEEK, first.start, quarter.end)
        if week.start + _MIDDLE in quarter and week.end <= until
    )


def lies_before(week: Period, quarter: Period) -> bool:
    """Tell whether a week belongs to an earlier quarter."""
    return week.start + _MIDDLE < quarter.start


def split(judged: JudgedSeries, weeks: Sequence[Period]) -> Weeks:
    """Return the points of a series in and before the weeks of a quarter; running ones left out.

    Weeks with too few rows are neither on nor off target.
    """
    wanted = frozenset(weeks)
    definition = judged.series.definition
    finished = [
        replace(one, on_target=reached(one, definition))
        for one in judged.points
        if not one.point.partial
    ]
    begins = min(wanted).start if wanted else None
    return Weeks(
        tuple(one for one in finished if one.point.period in wanted),
        tuple(one for one in finished if begins and one.point.period.end <= begins),
    )


def limits_of(points: Sequence[JudgedPoint]) -> Limits | None:
    """Return the natural limits of some weeks as people see them; None: too few weeks."""
    values = [one.point.value for one in points]
    limits = natural_limits(values)
    if limits is None or limits.lower >= 0 or any((one or 0) < 0 for one in values):
        return limits
    return replace(limits, lower=0.0)


def lines(weeks: Weeks) -> tuple[WeekLine, ...]:
    """Return the weeks that a small chart shows: those of the quarter, after some before it."""
    return tuple(
        WeekLine(
            one.point.period,
            one.point.value,
            one.aim,
            one.signal,
            one.favourable,
            one.verdict,
            one.on_target,
        )
        for one in (*weeks.former[-QUARTER_WEEKS:], *weeks.own)
    )
