"""Landings that need no open deals: a rate goes on, a mean stays where it is."""

from dataclasses import replace
from datetime import date

from pipelines.context import Context
from pipelines.errors import msg
from pipelines.kpis.definition import Definition
from pipelines.kpis.series import read_series
from pipelines.landing.model import Landing, Method
from pipelines.periods import Grain, Period, day_after
from pipelines.workdays import working_days


def simple(context: Context, found: Landing, *, is_first: bool) -> Landing:
    """Return a landing by what there is to date.

    Args:
        found: With what there is to date.
        is_first: Whether its first row of all lies in the period.
    """
    to_date = found.to_date
    if to_date is None:
        reason = msg("There is no value to date.")
        return replace(found, unavailable=reason)
    if not found.definition.adds_up:
        return replace(found, method=Method.TO_DATE, value=to_date)
    if found.definition.measure is None:
        typed = _typed(context, found)
        if typed is None:  # one number for the whole period: nothing tells how far it goes
            return replace(found, method=Method.TO_DATE, value=to_date)
        found = typed
    settings = context.workspace.settings
    place = working_days(settings.country, settings.province)
    until = Period(found.period.start, day_after(found.until), found.period.grain)
    passed, all_days = place.count(until), place.count(found.period)
    if not passed:
        reason = msg("No working day has passed yet.")
        return replace(found, unavailable=reason)
    if is_first and (begun := _first_day(context, found)):
        # of what nobody wrote down, nothing tells whether it was nothing
        before = place.count(Period(found.period.start, begun, found.period.grain))
        if before > passed - before:
            reason = msg(
                "It has nothing before {day}: too short a time to tell its pace.", day=begun
            )
            # they say how the pace goes on
            return replace(found, notes=(), unavailable=reason)
    value = to_date * all_days / passed
    return replace(found, method=Method.RUN_RATE, value=value)


def _first_day(context: Context, found: Landing) -> date | None:
    """Return the first day of the first week with rows; None: that began before the period."""
    keys = [found.definition.key]
    (weekly,) = read_series(context, keys, Grain.WEEK, as_of=found.as_of)
    begun = weekly.points[0].period.start
    return begun if begun > found.period.start else None


def _typed(context: Context, found: Landing) -> Landing | None:
    """Return a landing that knows up to which day numbers were typed; None if nothing says so."""
    for grain in (Grain.WEEK, Grain.MONTH):
        if grain is found.period.grain:
            return None
        last = _last_typed(context, found.definition, grain, found)
        if last is not None:
            return replace(found, until=min(found.until, last.last_day))
    return None


def _last_typed(
    context: Context, definition: Definition, grain: Grain, found: Landing
) -> Period | None:
    (series,) = read_series(context, [definition.key], grain, as_of=found.as_of)
    typed = [
        point.period
        for point in series.points
        if point.value is not None and point.period.last_day >= found.period.start
    ]
    return typed[-1] if typed else None
