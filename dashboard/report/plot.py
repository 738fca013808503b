"""Where things go in a chart: everything as fractions of its width and height. Pure.

The templates only draw what is computed here, so that collisions can be tested.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

#: Steps between grid lines that people read without thinking.
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Scale:
    """A vertical axis.

    Attributes:
        low: The value at the bottom.
        high: The value at the top; more than ``low``.
        ticks: Round values from bottom to top.
    """

    low: float
    high: float
    ticks: tuple[float, ...] = ()

    def at(self, value: float) -> float:
        """Return where a value lies: 0 at the bottom, 1 at the top."""
        return (value - self.low) / (self.high - self.low)


def tight_scale(values: Sequence[float]) -> Scale:
    """Return the scale that values fill from edge to edge, for sparklines; level ones centred."""
    low, high = (min(values), max(values)) if values else (0.0, 0.0)
    if math.isclose(low, high, rel_tol=1e-9):
        margin = abs(low) / 2 or 1.0
        return Scale(low - margin, high + margin)
    return Scale(low, high)


def round_scale(values: Sequence[float], *, intervals: int = 4, whole: bool = False) -> Scale:
    """Return a scale between round numbers that holds all values.

    Args:
        values: What must be seen; may be empty.
        intervals: About how many steps to make.
        whole: Things that are counted: no step below one.
    """
    tight = tight_scale(values)
    low, high = tight.low, tight.high
    if values and min(values) >= 0:
        # amounts near zero are read against zero
        low = 0.0 if low < (high - low) or low < 0 else low
    step = _round_step((high - low) / intervals)
    if whole:
        step = max(step, 1.0)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    # adding steps up would gather rounding errors
    ticks = tuple(number * step for number in range(first, max(last, first + 1) + 1))
    return Scale(ticks[0], ticks[-1], ticks)


def spread(places: Sequence[float], *, least: float) -> tuple[float, ...]:
    """Move labels apart until no two are nearer than ``least``, each as little as possible.

    Args:
        places: Wanted places as fractions of the height, in any order.
        least: The smallest distance between two labels; together they must fit.

    Returns:
        The places to use, in the same order, all within 0 and 1.
    """
    order = sorted(range(len(places)), key=lambda index: places[index])
    # neighbours that touch become one block, placed where its members would like it on average
    blocks: list[tuple[list[int], float]] = []
    for index in order:
        blocks.append(([index], _within(places[index], 1, least)))
        while len(blocks) > 1 and _touch(blocks[-2], blocks[-1], least):
            upper, lower = blocks.pop()[0], blocks.pop()[0]
            members = lower + upper
            wanted = [
                places[member] - (rank - (len(members) - 1) / 2) * least
                for rank, member in enumerate(members)
            ]
            blocks.append((members, _within(sum(wanted) / len(wanted), len(members), least)))
    moved = [0.0] * len(places)
    for members, middle in blocks:
        for rank, member in enumerate(members):
            moved[member] = middle + (rank - (len(members) - 1) / 2) * least
    return tuple(moved)


def across(count: int) -> tuple[float, ...]:
    """Return where the points of a series lie from left to right, each in a slot of its own."""
    return tuple((index + 0.5) / count for index in range(count))


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough * (1 - 1e-9))


def _within(middle: float, members: int, least: float) -> float:
    half = (members - 1) / 2 * least
    return min(max(middle, half), 1 - half)


def _touch(lower: tuple[list[int], float], upper: tuple[list[int], float], least: float) -> bool:
    reach = (len(lower[0]) + len(upper[0])) / 2 * least
    return upper[1] - lower[1] < reach - 1e-9
