"""Series with targets, limits, signals and verdicts: what pages, reports and commands show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from pipelines.analysis.judgement import Aim, JudgedSeries, Limits
from pipelines.analysis.signals import natural_limits
from pipelines.analysis.verdict import judge
from pipelines.context import Context
from pipelines.kpis.locks import Lock, limits_of, newest_locks
from pipelines.kpis.series import read_series
from pipelines.kpis.targets import aims, list_targets
from pipelines.kpis.values import Series
from pipelines.periods import Grain, Period


def assess(
    context: Context,
    keys: Sequence[str],
    grain: Grain,
    *,
    by: str | None = None,
    as_of: date | None = None,
) -> list[JudgedSeries]:
    """Return judged series, in the order of ``read_series``.

    Limits come from the locked baseline if the KPI has one, else from every finished period from
    its first row to the day asked about. Whatever part of a series is shown later changes nothing.

    Args:
        by: Groups are judged by their own limits (locks are the company's) and by their own
            targets, where they have some.
        as_of: See ``read_series``.

    Raises:
        Refused: A key or the column to split by is unknown.
    """
    locks = newest_locks(context, grain) if by is None else {}
    return [
        judge(series, aimed, _limits(series, locks))
        for series, aimed in _aimed(context, keys, grain, by=by, as_of=as_of)
    ]


def assess_each(
    context: Context, keys: Sequence[str], periods: Sequence[Period]
) -> dict[Period, list[JudgedSeries]]:
    """Return what could be said at the end of each of several finished periods.

    The rows are read once for all of them: that is what takes time.

    Args:
        periods: Of one grain; at least one.

    Returns:
        For each period the series that end with it, in the order of the keys, as ``assess`` judges
        them on the day after it; a series that begins later has no points.

    Raises:
        Refused: A key is unknown.
    """
    grain, newest = periods[0].grain, max(periods)
    locks = newest_locks(context, grain)
    whole = list(_aimed(context, keys, grain, by=None, as_of=newest.end))
    found = {}
    for period in periods:
        then = []
        for series, aimed in whole:
            points = tuple(point for point in series.points if point.period <= period)
            cut = replace(series, points=points)
            then.append(judge(cut, aimed[: len(points)], _limits(cut, locks)))
        found[period] = then
    return found


def _aimed(
    context: Context, keys: Sequence[str], grain: Grain, *, by: str | None, as_of: date | None
) -> Iterator[tuple[Series, Sequence[Aim | None]]]:
    """Yield each series with the target of each of its points."""
    targets = list_targets(context)
    for series in read_series(context, keys, grain, by=by, as_of=as_of):
        periods = [point.period for point in series.points]
        whose = None if by is None or series.group is None else (by, series.group)
        if by is None or whose is not None:
            yield series, aims(context, series.definition, periods, whose=whose, targets=targets)
        else:
            yield series, [None] * len(periods)  # what names no group is nobody's to aim at


def _limits(series: Series, locks: Mapping[str, Lock]) -> Limits | None:
    lock = locks.get(series.definition.key)
    # a report on a week before the baseline cannot be judged by it
    return (lock and limits_of(lock, series)) or natural_limits(
        [None if point.partial else point.value for point in series.points]
    )
