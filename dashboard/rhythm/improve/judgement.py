"""Whether an experiment moved its KPI: natural limits before it, signals after it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum, auto
from math import fsum

from pipelines.analysis.judgement import JudgedSeries, Limits, Signal
from pipelines.analysis.signals import MIN_POINTS, natural_limits, signals
from pipelines.kpis.definition import Better
from pipelines.kpis.values import Point


class Finding(Enum):
    """What the weeks after an experiment say."""

    NO_BASELINE = auto()  # too few weeks before the start to compare with
    TOO_EARLY = auto()
    RIGHT = auto()  # a signal in the hoped-for direction
    WRONG = auto()
    MIXED = auto()  # signals both ways
    NO_SIGNAL = auto()


@dataclass(frozen=True)
class Judgement:
    """What can be said about an experiment.

    Attributes:
        before: Natural limits of the weeks that ended before the start; None: too few of them.
            As people see them, as are those after: not below zero where no value ever was.
        after: Natural limits of the weeks from start plus lag on; None: fewer than six of them.
        weeks_before, weeks_after: How many weeks with a value there are.
        mean_after: None without such weeks.
        signals: How many of the weeks after are signals in the hoped-for direction.
        first_signal: The first day of the first of them; None without any.
        shows_from: The first day on which the effect should show.
        needed: With so many weeks after, "no signal" means something.
    """

    finding: Finding
    before: Limits | None
    after: Limits | None
    weeks_before: int
    weeks_after: int
    mean_after: float | None
    signals: int
    first_signal: date | None
    shows_from: date
    needed: int = MIN_POINTS


def judge_experiment(
    judged: JudgedSeries, starts_on: date, lag_weeks: int, ended_on: date | None = None
) -> Judgement:
    """Return what a weekly series says about a change that was made on a day.

    The weeks after are held against the limits of the weeks before, as signals of their own:
    what happened before the start or during the lag adds to no run.

    Args:
        judged: The weekly series of the whole company.
        ended_on: The day the experiment ended; weeks that end later say nothing about it.
    """
    shows_from = starts_on + timedelta(weeks=lag_weeks)
    finished = [point for point in (one.point for one in judged.points) if not point.partial]
    before = [point for point in finished if point.period.end <= starts_on]
    after = [
        point
        for point in finished
        if point.period.start >= shows_from and (ended_on is None or point.period.end <= ended_on)
    ]
    limits = natural_limits([point.value for point in before])
    good, bad = _marks(judged, after, limits) if limits else ([], [])
    values = [point.value for point in after if point.value is not None]
    return Judgement(
        finding=_finding(limits, len(values), good, bad),
        before=_as_seen(limits, finished),
        after=_as_seen(natural_limits([point.value for point in after]), finished),
        weeks_before=sum(point.value is not None for point in before),
        weeks_after=len(values),
        mean_after=fsum(values) / len(values) if values else None,
        signals=len(good),
        first_signal=good[0] if good else None,
        shows_from=shows_from,
    )


def _as_seen(limits: Limits | None, points: Sequence[Point]) -> Limits | None:
    if limits is None or limits.lower >= 0 or any((one.value or 0) < 0 for one in points):
        return limits
    return replace(limits, lower=0.0)


def _marks(
    judged: JudgedSeries, after: Sequence[Point], limits: Limits
) -> tuple[list[date], list[date]]:
    """Return the first days of the weeks with a signal in the good and in the bad direction."""
    definition = judged.series.definition
    smallest = definition.measure.min_sample if definition.measure else 0
    good: list[date] = []
    bad: list[date] = []
    for point, mark in zip(after, signals([one.value for one in after], limits), strict=True):
        # as everywhere, a week of too few rows bears no signal itself
        thin = point.sample is not None and point.sample < smallest
        # a jump tells nothing about where it went: back from a very good week to a usual one is one
        if mark is None or thin or mark.signal is Signal.RANGE:
            continue
        side = good if mark.upward is (definition.better is Better.UP) else bad
        side.append(point.period.start)
    return good, bad


def _finding(limits: Limits | None, weeks: int, good: list[date], bad: list[date]) -> Finding:
    if limits is None:
        return Finding.NO_BASELINE
    if good or bad:
        return Finding.MIXED if good and bad else Finding.RIGHT if good else Finding.WRONG
    return Finding.TOO_EARLY if weeks < MIN_POINTS else Finding.NO_SIGNAL
