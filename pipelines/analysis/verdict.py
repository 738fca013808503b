"""Judge a series by its target and its signals, and say what to do about each period."""

from collections.abc import Sequence
from dataclasses import replace

from pipelines.analysis.judgement import Aim, JudgedPoint, JudgedSeries, Limits, Verdict
from pipelines.analysis.signals import Mark, signals
from pipelines.kpis.definition import Better, Definition, Unit
from pipelines.kpis.values import Point, Series


def judge(series: Series, aims: Sequence[Aim | None], limits: Limits | None) -> JudgedSeries:
    """Return the series with a judgement per point.

    Args:
        series: Every period from the KPI's first row on.
        aims: The target of each point, None where there is none; as long as ``series.points``.
        limits: Natural limits, not floored; None when there are too few points for any.
    """
    definition = series.definition
    finished = [None if point.partial else point.value for point in series.points]
    nothing: list[Mark | None] = [None] * len(finished)
    marks = nothing if limits is None else signals(finished, limits)
    points: list[JudgedPoint] = []
    run = 0
    for point, aim, mark in zip(series.points, aims, marks, strict=True):
        # a period with too few rows counts for its neighbours' signals but is not judged itself:
        # it bears none, and neither adds to a streak nor keeps it
        thin = is_thin(point, definition)
        judged = _judge_point(
            point,
            aim,
            None if thin else mark,
            definition,
            enough=not thin and limits is not None,
            run=0 if thin else run + 1,
        )
        run = judged.off_target_run
        points.append(judged)
    return JudgedSeries(series, floored(limits, series), tuple(points))


def is_on_target(value: float, aim: Aim) -> bool:
    """Tell whether a value meets its target (both ends of a range belong to it)."""
    if aim.max_value is not None:
        return aim.value <= value <= aim.max_value
    return value <= aim.value if aim.at_most else value >= aim.value


def is_thin(point: Point, definition: Definition) -> bool:
    """Tell whether too few rows lie behind a value to judge it: it is shown only."""
    measure = definition.measure
    return measure is not None and point.sample is not None and point.sample < measure.min_sample


def reached(judged: JudgedPoint, definition: Definition) -> bool | None:
    """Return whether a period was on target; None where too little lies behind it to say so."""
    return None if is_thin(judged.point, definition) else judged.on_target


def floored(limits: Limits | None, series: Series) -> Limits | None:
    """Return limits whose lower one is not below zero where no value can be.

    Counts and amounts cannot fall below zero, except amounts that did (a negative margin).
    """
    if limits is None or limits.lower >= 0:
        return limits
    if series.definition.unit not in {Unit.COUNT, Unit.MONEY}:
        return limits
    if any(point.value is not None and point.value < 0 for point in series.points):
        return limits
    return replace(limits, lower=0.0)


def as_drawn(judged: JudgedSeries) -> JudgedSeries:
    """Return a series with limits as people see them.

    A share or a duration that was never negative has no lower limit below zero either: drawn or
    said, one would only puzzle. What is computed from limits uses those of the series itself.
    """
    limits = judged.limits
    if limits is None or limits.lower >= 0:
        return judged
    if any((point.point.value or 0) < 0 for point in judged.points):
        return judged
    return replace(judged, limits=replace(limits, lower=0.0))


def _judge_point(
    point: Point,
    aim: Aim | None,
    mark: Mark | None,
    definition: Definition,
    *,
    enough: bool,
    run: int,
) -> JudgedPoint:
    """Judge one point; ``run`` is the streak it makes if it is off target."""
    gap = on_target = None
    if aim is not None and point.value is not None and not point.partial:
        gap, on_target = point.value - aim.value, is_on_target(point.value, aim)
    favourable = None if mark is None else mark.upward is (definition.better is Better.UP)
    if point.value is None:
        verdict = Verdict.NONE
    elif point.partial:
        verdict = Verdict.PARTIAL
    elif not enough:
        verdict = Verdict.TOO_FEW
    else:
        verdict = _verdict(on_target=on_target, favourable=favourable)
    return JudgedPoint(
        point=point,
        aim=aim,
        gap=gap,
        on_target=on_target,
        signal=mark.signal if mark else None,
        favourable=favourable,
        verdict=verdict,
        off_target_run=run if on_target is False else 0,
    )


def _verdict(*, on_target: bool | None, favourable: bool | None) -> Verdict:
    if on_target is None:
        return Verdict.NO_TARGET
    if favourable is not None:
        return Verdict.LEARN if favourable else Verdict.FIND_THE_CAUSE
    return Verdict.QUIET if on_target else Verdict.CHANGE_THE_SYSTEM
