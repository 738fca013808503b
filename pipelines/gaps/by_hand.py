"""Hand-kept KPIs in the stretches of a gap review: months as they were typed."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import fsum

from pipelines.context import Context
from pipelines.errors import msg
from pipelines.gaps.counts import Count, Counts
from pipelines.gaps.reading import Asked, Reading
from pipelines.gaps.stretches import When, stretches
from pipelines.kpis import typed
from pipelines.kpis.definition import Aggregate, Definition
from pipelines.kpis.values import Point, Series
from pipelines.periods import Grain, Period


def read(asked: Asked, definition: Definition) -> Reading:
    """Return the reading of a hand-kept KPI.

    A quarter to date is made of its months; a running month has no year before, since nobody
    types which part of a month a number is for.
    """
    context, month = asked.context, asked.month
    partial = month.is_partial(asked.day)
    days = stretches(context.calendar, month, asked.day, partial=partial)
    (company,) = typed.series(context, definition, month.grain, by=None, as_of=asked.day)
    if company.unavailable:
        return Reading(definition, days, unavailable=company.unavailable)
    by_start = {point.period.start: point for point in company.points}
    if month.start not in by_start:
        reason = msg("Nothing has been typed for it up to {day}.", day=asked.day)
        return Reading(definition, days, unavailable=reason)
    months = {When.MONTH: month, When.FORMER_MONTH: context.calendar.previous(month)}
    if not partial:
        months[When.MONTH_LAST_YEAR] = _year_before(context, month)
    points = {when: by_start[one.start] for when, one in months.items() if one.start in by_start}
    to_date = [(When.TO_DATE, month)]
    to_date += [(When.TO_DATE_LAST_YEAR, _year_before(context, month))] if not partial else []
    for when, last in to_date:
        parts = _months_to_date(context, last)
        if all(one.start in by_start for one in parts):
            points[when] = _together(
                definition, days.days[when], [by_start[one.start] for one in parts]
            )
    return Reading(
        definition,
        days,
        points=points,
        groups=_groups(asked, definition, months),
        currency=company.currency,
    )


def _year_before(context: Context, month: Period) -> Period:
    return context.calendar.period(month.grain, month.start.replace(year=month.start.year - 1))


def _months_to_date(context: Context, month: Period) -> list[Period]:
    quarter = context.calendar.period(Grain.QUARTER, month.start)
    return list(context.calendar.periods(month.grain, quarter.start, month.end))


def _together(definition: Definition, stretch: Period, points: Sequence[Point]) -> Point:
    """Return what several months make by the rule of the KPI; no value where one is missing."""
    value = numerator = denominator = None
    values = [one.value for one in points if one.value is not None]
    if definition.aggregate is Aggregate.SUM and len(values) == len(points):
        value = fsum(values)
    elif definition.aggregate is Aggregate.MEAN and len(values) == len(points):
        value = fsum(values) / len(values)
    elif definition.aggregate is Aggregate.LAST:
        value = points[-1].value
    elif definition.aggregate is Aggregate.RATIO:
        parts = [(one.numerator, one.denominator) for one in points]
        if all(one is not None and other is not None for one, other in parts):
            numerator = fsum(one or 0 for one, _ in parts)
            denominator = fsum(other or 0 for _, other in parts)
            value = numerator / denominator if denominator > 0 else None
    partial = any(one.partial for one in points)
    return Point(stretch, value, numerator, denominator, partial=partial)


def _groups(
    asked: Asked, definition: Definition, months: Mapping[When, Period]
) -> dict[tuple[str, When], Counts]:
    """Return what was typed person by person, where it makes the company's number."""
    if definition.aggregate not in {Aggregate.SUM, Aggregate.RATIO}:
        return {}
    people = typed.series(asked.context, definition, asked.month.grain, by="owner", as_of=asked.day)
    if any(one.unavailable or one.group is None for one in people):
        return {}  # what was typed for the company is not made of theirs
    found: dict[tuple[str, When], Counts] = {}
    for when, month in months.items():
        counts = {one.group: _count(definition, one, month) for one in people}
        found["owner", when] = {group: count for group, count in counts.items() if count}
    return found


def _count(definition: Definition, series: Series, month: Period) -> Count | None:
    point = next((one for one in series.points if one.period == month), None)
    if point is None or point.value is None:
        return None
    if definition.aggregate is Aggregate.SUM:
        return Count(Decimal(str(point.value)))
    if point.numerator is None or point.denominator is None:
        return None
    return Count(Decimal(str(point.numerator)), Decimal(str(point.denominator)))
