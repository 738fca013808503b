"""Series with targets, limits, signals and verdicts: what pages, reports and commands show."""

from collections.abc import Mapping, Sequence
from datetime import date

from pipelines.analysis.judgement import JudgedSeries, Limits
from pipelines.analysis.signals import natural_limits
from pipelines.analysis.verdict import judge
from pipelines.context import Context
from pipelines.kpis.locks import Lock, limits_of, newest_locks
from pipelines.kpis.series import read_series
from pipelines.kpis.targets import aims, list_targets
from pipelines.kpis.values import Series
from pipelines.periods import Grain


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
        by: Groups are judged by their own limits (locks are the company's) and, for owners, by
            their own targets.
        as_of: See ``read_series``.

    Raises:
        Refused: A key or the column to split by is unknown.
    """
    locks = newest_locks(context, grain) if by is None else {}
    targets = list_targets(context)
    judged = []
    for series in read_series(context, keys, grain, by=by, as_of=as_of):
        periods = [point.period for point in series.points]
        if by is None or (by == "owner" and series.group is not None):
            aimed = aims(context, series.definition, periods, owner=series.group, targets=targets)
        else:
            aimed = [None] * len(periods)  # targets for segments come later
        judged.append(judge(series, aimed, _limits(series, locks)))
    return judged


def _limits(series: Series, locks: Mapping[str, Lock]) -> Limits | None:
    lock = locks.get(series.definition.key)
    # a report on a week before the baseline cannot be judged by it
    return (lock and limits_of(lock, series)) or natural_limits(
        [None if point.partial else point.value for point in series.points]
    )
