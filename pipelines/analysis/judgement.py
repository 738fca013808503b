"""The words of judgement: limits, signals, verdicts, and a judged series. Pure values."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipelines.kpis.values import Point, Series


class Signal(StrEnum):
    """What makes a point more than routine variation, strongest first."""

    OUTSIDE = "outside"
    RANGE = "range"
    THREE_OF_FOUR = "three_of_four"
    RUN_OF_EIGHT = "run_of_eight"


class Verdict(StrEnum):
    """What to do about a period."""

    NONE = "none"
    PARTIAL = "partial"
    TOO_FEW = "too_few"
    NO_TARGET = "no_target"
    FIND_THE_CAUSE = "find_the_cause"
    LEARN = "learn"
    CHANGE_THE_SYSTEM = "change_the_system"
    QUIET = "quiet"


@dataclass(frozen=True)
class Limits:
    """Natural process limits of a series, in its own unit.

    Attributes:
        range_upper: Upper limit of the moving range.
        provisional: They rest on so few points that they will still move.
        locked_on: The day somebody locked them; None if they follow the data.
    """

    lower: float
    centre: float
    upper: float
    range_upper: float
    provisional: bool = False
    locked_on: date | None = None


@dataclass(frozen=True)
class Aim:
    """The target of one period, in the KPI's unit.

    Attributes:
        value: The target, or the lower end of a range.
        max_value: Upper end of a range; None for a single value.
        at_most: The value is a ceiling, whatever direction is good.
    """

    value: float
    max_value: float | None = None
    at_most: bool = False


@dataclass(frozen=True)
class JudgedPoint:
    """A point with everything that is said about it.

    Attributes:
        aim: None without a target for that period.
        gap: value - target, in the KPI's unit; None if either is missing or the point partial.
        on_target: None if there is no gap.
        signal: The strongest signal, None for routine variation.
        favourable: Whether the signal goes the good way; None without a signal.
        off_target_run: How many periods in a row, this one included, were off target.
    """

    point: Point
    aim: Aim | None
    gap: float | None
    on_target: bool | None
    signal: Signal | None
    favourable: bool | None
    verdict: Verdict
    off_target_run: int = 0


@dataclass(frozen=True)
class JudgedSeries:
    """A series with its limits and a judgement per point (same order as ``series.points``)."""

    series: Series
    limits: Limits | None
    points: tuple[JudgedPoint, ...]
