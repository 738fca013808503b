"""Tell a signal from routine variation: XmR charts (individual values and moving ranges).

Source: D. J. Wheeler, *Understanding Variation* (1993) and *Making Sense of Data* (2003).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum

from pipelines.analysis.judgement import Limits, Signal

#: 3 / d2, where d2 = 1.128 for moving ranges of two points.
LIMIT_FACTOR = 2.66
#: D4 for moving ranges of two points.
RANGE_FACTOR = 3.268
#: With fewer points the limits still move too much to judge anybody by them.
MIN_POINTS = 6
#: From here on limits hardly move any more.
FIRM_POINTS = 12

_RUN = 8
_WINDOW = 4
_WITHIN_WINDOW = 3
#: Sums of fractions are off in the last bits; numbers this close are the same number.
_SAME = 1e-12


@dataclass(frozen=True)
class Mark:
    """A signal on one point.

    Attributes:
        upward: The point lies above the centre (for a range signal, too: its later point).
    """

    signal: Signal
    upward: bool


def moving_ranges(values: Sequence[float | None]) -> list[float | None]:
    """Return the distance of each value to the one before, None where either is missing.

    The first is always None, so that ranges and values have the same length and order.
    """
    ranges: list[float | None] = [None] if values else []
    for before, after in pairwise(values):
        ranges.append(None if before is None or after is None else abs(after - before))
    return ranges


def natural_limits(values: Sequence[float | None]) -> Limits | None:
    """Return the band that a stable series is expected to stay in.

    Args:
        values: One value per finished period, oldest first, in the KPI's own unit; None for a
            period without a value, which no moving range spans.

    Returns:
        Limits in the same unit, provisional below ``FIRM_POINTS`` values; None for fewer than
        ``MIN_POINTS`` values or when no two of them are neighbours. Not floored: see
        ``floored``.
    """
    known = [value for value in values if value is not None]
    ranges = [size for size in moving_ranges(values) if size is not None]
    if len(known) < MIN_POINTS or not ranges:
        return None
    centre, mean_range = fsum(known) / len(known), fsum(ranges) / len(ranges)
    return Limits(
        lower=centre - LIMIT_FACTOR * mean_range,
        centre=centre,
        upper=centre + LIMIT_FACTOR * mean_range,
        range_upper=RANGE_FACTOR * mean_range,
        provisional=len(known) < FIRM_POINTS,
    )


def signals(values: Sequence[float | None], limits: Limits) -> list[Mark | None]:
    """Return the strongest signal of each value, None for routine variation.

    Args:
        values: One per period, oldest first; None for a period that has no value or is not
            judged, which breaks runs, windows and ranges.
        limits: Of this series, or of a locked baseline. The half-way lines are taken from
            the centre and the upper limit, which is never floored.

    Returns:
        As many marks as values: ``OUTSIDE`` the limits; a moving ``RANGE`` above its limit, on
        its later point; ``THREE_OF_FOUR`` successive points beyond the same half-way line, on
        those beyond it; ``RUN_OF_EIGHT`` on one side of the centre, on all of the run. Every
        comparison is strict.
    """
    lines = _Lines(limits)
    marks: list[Mark | None] = [None] * len(values)

    def mark(index: int, signal: Signal) -> None:
        value, before = values[index], values[index - 1]
        side = 0 if value is None else lines.side(value, limits.centre)
        if side == 0 and value is not None and before is not None:
            # only a range signal lands on the centre: it takes the way that the value moved
            side = lines.side(value, before)
        marks[index] = Mark(signal, side > 0)

    # from the weakest to the strongest: the later one overwrites
    for index in _runs(values, lines):
        mark(index, Signal.RUN_OF_EIGHT)
    for index in _three_of_four(values, lines):
        mark(index, Signal.THREE_OF_FOUR)
    for index, size in enumerate(moving_ranges(values)):
        if size is not None and lines.side(size, limits.range_upper) > 0:
            mark(index, Signal.RANGE)
    for index, value in enumerate(values):
        if value is not None and lines.is_outside(value):
            mark(index, Signal.OUTSIDE)
    return marks


class _Lines:
    """The lines of a chart; a value on a line is on neither side of it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        half = (limits.upper - limits.centre) / 2
        self.half_below, self.half_above = limits.centre - half, limits.centre + half
        size = max(abs(limits.lower), abs(limits.centre), abs(limits.upper))
        self._same = _SAME * size

    def side(self, value: float, line: float) -> int:
        """Return 1 above a line, -1 below it, 0 on it."""
        if abs(value - line) <= self._same:
            return 0
        return 1 if value > line else -1

    def side_of_centre(self, value: float | None) -> int:
        return 0 if value is None else self.side(value, self._limits.centre)

    def is_outside(self, value: float) -> bool:
        limits = self._limits
        return self.side(value, limits.upper) > 0 or self.side(value, limits.lower) < 0


def _runs(values: Sequence[float | None], lines: _Lines) -> Iterator[int]:
    run: list[int] = []
    side = 0
    for index, value in enumerate(values):
        here = lines.side_of_centre(value)
        if here == 0 or here != side:
            run = []
        side = here
        if here:
            run.append(index)
        if len(run) == _RUN:
            yield from run
        elif len(run) > _RUN:
            yield index


def _three_of_four(values: Sequence[float | None], lines: _Lines) -> Iterator[int]:
    above = [_is_beyond(value, lines.half_above, 1, lines) for value in values]
    below = [_is_beyond(value, lines.half_below, -1, lines) for value in values]
    for beyond in (above, below):
        for start in range(len(values) - _WINDOW + 1):
            window = range(start, start + _WINDOW)
            if sum(beyond[start : start + _WINDOW]) < _WITHIN_WINDOW:
                continue
            if all(values[index] is not None for index in window):
                yield from (index for index in window if beyond[index])


def _is_beyond(value: float | None, line: float, side: int, lines: _Lines) -> bool:
    return value is not None and lines.side(value, line) == side
