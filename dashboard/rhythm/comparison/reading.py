"""What two quarters are compared by: KPIs, meetings, commitments."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from statistics import fmean

from dashboard.rhythm import action_store
from dashboard.rhythm.comparison.model import Comparison, KpiPair, Rhythm, Side, apart, weeks_of
from dashboard.rhythm.effect.kept import kept_between
from dashboard.rhythm.effect.promises import promises_of
from dashboard.rhythm.meeting.model import Kind, Status
from dashboard.rhythm.meeting.reading import meetings
from pipelines.actor import ITSELF, Scope
from pipelines.analysis.judgement import JudgedPoint, JudgedSeries
from pipelines.analysis.verdict import reached
from pipelines.context import Context
from pipelines.errors import Refused, msg
from pipelines.kpis.assess import assess, assess_each
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.choice import chosen, steered
from pipelines.kpis.definition import Definition
from pipelines.kpis.typed import days_to_thursday
from pipelines.periods import Calendar, Grain, Period
from pipelines.workdays import working_days

_WEEK = timedelta(weeks=1)


def compare(
    context: Context, first: Period, second: Period, *, as_of: date | None = None
) -> Comparison:
    """Return two finished quarters side by side, the earlier one first.

    The KPIs are those that the company steered by at the beginning or at the end of either; before
    it chose any, those it steers by today, else those proposed to it.

    Args:
        as_of: The day it is seen from; today if None.

    Raises:
        Refused: One of them is no quarter, is not over, or they are the same.
    """
    there = context if as_of is None else context.on(as_of)
    first, second = sorted((first, second))
    _check(first, second, there.today())
    keys = _keys(there, (first, second))
    weeks = [weeks_in(there.calendar, quarter) for quarter in (first, second)]
    quarterly = assess(there, keys, Grain.QUARTER) if keys else []
    # each quarter as its review judged it: with the limits that its own last week had
    ends = [inside[-1] for inside in weeks]
    weekly = assess_each(there, keys, ends) if keys else {end: [] for end in ends}
    pairs = tuple(
        _pair(there, whole, by_weeks, (first, second), weeks)
        for whole, *by_weeks in zip(quarterly, *(weekly[end] for end in ends), strict=True)
    )
    rhythms = (_rhythm(there, first, weeks[0]), _rhythm(there, second, weeks[1]))
    return Comparison(first, second, pairs, rhythms)


def finished_quarters(context: Context, most: int) -> tuple[Period, ...]:
    """Return the newest finished quarters with any row of the KPIs, newest first.

    Args:
        most: So many at most.
    """
    calendar, today = context.calendar, context.today()
    newest = calendar.last_finished(Grain.QUARTER, today)
    keys = _keys(context, (newest,))
    begun = [
        one.points[0].point.period for one in assess(context, keys, Grain.QUARTER) if one.points
    ]
    if not begun:
        return ()
    earliest, found = min(begun), [newest]
    while len(found) < most and found[-1] > earliest:
        found.append(calendar.previous(found[-1]))
    return tuple(found)


def weeks_in(calendar: Calendar, quarter: Period) -> tuple[Period, ...]:
    """Return the weeks of a quarter, oldest first: a week lies where its Thursday lies."""
    to_thursday = timedelta(days=days_to_thursday(calendar))
    around = calendar.periods(Grain.WEEK, quarter.start - _WEEK, quarter.end)
    return tuple(week for week in around if week.start + to_thursday in quarter)


def _check(first: Period, second: Period, today: date) -> None:
    if {first.grain, second.grain} != {Grain.QUARTER}:
        raise Refused.of(msg("Only quarters are compared here."))
    if first == second:
        raise Refused.of(msg("These are the same quarter."), hint=msg("Choose two of them."))
    if second.is_partial(today):
        raise Refused.of(
            msg("The quarter until {day} is not over yet.", day=second.last_day),
            hint=msg("It can be compared from the day after on."),
        )


def _keys(context: Context, quarters: Sequence[Period]) -> list[str]:
    known = catalogue(context)
    found = [key for quarter in quarters for key in sorted(_steered(context, quarter))]
    if not found:
        found = [one.key for one in steered(context)[0]]
    now = [one.key for one in chosen(context)]
    # in the order in which they are shown today; those that were replaced come last
    ordered = sorted(
        dict.fromkeys(found), key=lambda key: now.index(key) if key in now else len(now)
    )
    return [key for key in ordered if key in known]


def _steered(context: Context, quarter: Period) -> frozenset[str]:
    """Return the KPIs that the company steered by at the beginning or at the end of a quarter."""
    days = (quarter.start, quarter.last_day)
    return frozenset(one.key for day in days for one in chosen(context, day))


def _is_counted(context: Context, key: str, quarter: Period) -> bool:
    """Tell whether the company steered by a KPI at the end of a quarter, or by none yet."""
    at_end = {one.key for one in chosen(context, quarter.last_day)}
    return not at_end or key in at_end


def _pair(
    context: Context,
    whole: JudgedSeries,
    by_weeks: Sequence[JudgedSeries],
    quarters: tuple[Period, Period],
    weeks: Sequence[Sequence[Period]],
) -> KpiPair:
    series = whole.series
    points = {one.point.period: one for one in whole.points}
    first, second = (
        Side(
            _seen(points.get(quarter), series.definition),
            weeks_of(by_week, inside),
            series.definition.key in _steered(context, quarter),
            _is_counted(context, series.definition.key, quarter),
        )
        for quarter, by_week, inside in zip(quarters, by_weeks, weeks, strict=True)
    )
    return KpiPair(
        series.definition,
        series.currency,
        first,
        second,
        series.unavailable,
        apart(by_weeks[-1], *weeks),
    )


def _seen(judged: JudgedPoint | None, definition: Definition) -> JudgedPoint | None:
    return judged and replace(judged, on_target=reached(judged, definition))


def _rhythm(context: Context, quarter: Period, weeks: Sequence[Period]) -> Rhythm:
    """Return how the rhythm was kept, everybody's: no name and no single rating comes out of it."""
    whole = context.by(replace(ITSELF, scope=Scope(ratings=context.actor.scope.ratings)))
    closed = [
        line for line in meetings(whole) if line.status is Status.CLOSED and line.held_on in quarter
    ]
    weekly = [line for line in closed if line.kind is Kind.WEEKLY]
    ratings = [line.rating for line in weekly if line.rating is not None]
    actions, events = context.store.read(
        lambda cursor: (action_store.read_all(cursor), action_store.read_events(cursor))
    )
    settings = context.workspace.settings
    working = working_days(settings.country, settings.province)
    return Rhythm(
        weeks=sum(bool(working.count(week)) for week in weeks),
        held=len(weekly),
        in_time=sum(bool(line.in_time) for line in weekly),
        decisions=sum(line.decisions for line in closed),
        worked=sum(line.worked for line in closed),
        kept=kept_between(
            promises_of(actions, events, context.today()), quarter.start, quarter.end
        ),
        rating=fmean(ratings) if ratings else None,
    )
